"""Forms about one action of a plan, each about one thing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from wtforms import SelectField

from domain.plans.action_commands import (
    AcceptCompletion,
    ChangeFindings,
    ChangeOwner,
    CloseAction,
    FindUnneeded,
    MoveDueDate,
    OfferEvidence,
    RateImpact,
    RefuseCompletion,
    ReopenAction,
    ReportProgress,
    SetMeasure,
    WithdrawAction,
)
from domain.values.plans import REPORTED, Impact, Progress, Track
from projections.plans.answers import ActionRow
from web.plans.form_base import (
    ActionForm,
    as_figure,
    chosen,
    day_of,
    figure,
    office,
    reason,
    reason_if_any,
    set_choices,
    several_findings,
    true_on,
    words_if_any,
    words_in,
)
from web.plans.form_context import FormContext
from web.site.fields import DateInput, choice, long_text, text
from web.words import plans as plan_words


class ProgressForm(ActionForm):
    own: ClassVar[tuple[str, ...]] = ("progress", "track", "now", "narrative", "on")

    progress: SelectField = choice(
        "How far is it?", [(one.value, plan_words.PROGRESS[one]) for one in REPORTED], asks="how far it is"
    )
    track: SelectField = choice(
        "How sure is it that it will be done in time? (optional)",
        [(one.value, plan_words.TRACKS[one]) for one in Track],
        hint="Not kept of what is reported complete",
    )
    now = figure("Where does its measure stand now? (optional)")
    narrative = long_text("What is new? (optional)", hint="What was done since the last update, and what it showed.")
    on = true_on()

    def start(self, held: FormContext) -> None:
        super().start(held)
        assert held.action is not None
        self.narrow(held)
        self.begin(held.action.action)

    def begin(self, action: ActionRow) -> None:
        """Begin with what is held; that it is on track is asked anew where it is overdue."""
        self.progress.data = action.progress.value
        if action.track and not (action.days_overdue and action.track is Track.ON_TRACK):
            self.track.data = action.track.value

    def narrow(self, held: FormContext) -> None:
        self.leave(held.progress)

    def leave(self, left: Sequence[Progress]) -> None:
        """Leave of how far it may be what the state leaves, and what was chosen."""
        offered = [one for one in REPORTED if one in left or one.value == self.progress.data]
        set_choices(self.progress, [(one.value, plan_words.PROGRESS[one]) for one in offered])

    def record(self, plan: UUID, number: int) -> ReportProgress:
        return self.report(plan, number, on=day_of(self.on))

    def report(self, plan: UUID, number: int, *, on: date) -> ReportProgress:
        return ReportProgress(
            plan,
            number,
            progress=Progress(self.progress.data),
            track=Track(self.track.data) if self.track.data else None,
            now=as_figure(self.now),
            narrative=words_if_any(self.narrative),
            on=on,
            seen=self.version(),
        )


class EvidenceForm(ActionForm):
    own = ("title", "link", "reference", "on")

    title = text("What shows that it was done?", hint="For example: Audit of October 2026", asks="what the evidence is")
    link = text(
        "Link to it",
        hint="Begins with https://. Give a link, a reference, or both. Documents are not uploaded here.",
        longest=500,
    )
    reference = text(
        "Reference by which it can be found",
        hint="For example: Quality assurance report, item 4. Give a link, a reference, or both.",
    )
    on = true_on()

    def record(self, plan: UUID, number: int) -> OfferEvidence:
        return OfferEvidence(
            plan,
            number,
            title=words_in(self.title),
            link=words_if_any(self.link),
            reference=words_if_any(self.reference),
            on=day_of(self.on),
            seen=self.version(),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two will do, and none will not."""
        valid = bool(super().validate(extra_validators))
        if self.link.data or self.reference.data:
            return valid
        self.link.errors = [*self.link.errors, "Give a link, a reference, or both."]
        return False


class DueDateForm(ActionForm):
    own = ("due_on", "why", "on")

    due_on = DateInput("When is it due now?", asks="the new due date", required=True)
    why = reason("why the date moves")
    on = true_on("When was the move decided?")

    def record(self, plan: UUID, number: int) -> MoveDueDate:
        return MoveDueDate(
            plan,
            number,
            due_on=day_of(self.due_on),
            why=words_in(self.why),
            on=day_of(self.on),
            seen=self.version(),
        )


class OwnerForm(ActionForm):
    own = ("owner", "on")

    owner = office("Which office owns it now?")
    on = true_on("From which day?")

    def record(self, plan: UUID, number: int) -> ChangeOwner:
        return ChangeOwner(plan, number, owner=words_in(self.owner), on=day_of(self.on), seen=self.version())

    def start(self, held: FormContext) -> None:
        super().start(held)
        assert held.action is not None
        self.owner.data = held.action.action.owner


class FindingsForm(ActionForm):
    own = ("findings", "on")

    findings = several_findings()
    on = true_on()

    def offer(self, held: FormContext) -> None:
        set_choices(self.findings, held.findings)

    def start(self, held: FormContext) -> None:
        super().start(held)
        assert held.action is not None
        self.findings.data = [str(name) for name in held.action.action.findings]

    def record(self, plan: UUID, number: int) -> ChangeFindings:
        return ChangeFindings(plan, number, findings=chosen(self.findings), on=day_of(self.on), seen=self.version())


class MeasureForm(ActionForm):
    own = ("measure", "unit", "baseline", "target", "on")

    measure = text(
        "By what is its success measured?", hint="For example: plans rated good by audit", asks="what is measured"
    )
    unit = text("In which unit? (optional)", hint="For example: %", longest=30)
    baseline = figure("Where did the measure stand at the start? (optional)")
    target = figure("Which figure is aimed at? (optional)")
    on = true_on()

    def start(self, held: FormContext) -> None:
        super().start(held)
        assert held.action is not None
        action = held.action.action
        self.measure.data = action.measure.text if action.measure else None
        self.unit.data = action.unit
        self.baseline.data = action.baseline.text if action.baseline else None
        self.target.data = action.target.text if action.target else None

    def record(self, plan: UUID, number: int) -> SetMeasure:
        return SetMeasure(
            plan,
            number,
            measure=words_in(self.measure),
            unit=words_if_any(self.unit),
            baseline=as_figure(self.baseline),
            target=as_figure(self.target),
            on=day_of(self.on),
            seen=self.version(),
        )


class ImpactForm(ActionForm):
    own = ("impact", "why", "on")

    impact = choice(
        "What has it changed for children?",
        [(one.value, plan_words.IMPACTS[one]) for one in Impact],
        asks="what it has changed",
        hint="Apart from whether it was done",
    )
    why = long_text("What shows it? (optional)")
    on = true_on()

    def start(self, held: FormContext) -> None:
        super().start(held)
        assert held.action is not None
        self.impact.data = held.action.action.impact.value

    def record(self, plan: UUID, number: int) -> RateImpact:
        return RateImpact(
            plan,
            number,
            impact=Impact(self.impact.data),
            why=words_if_any(self.why),
            on=day_of(self.on),
            seen=self.version(),
        )


class AcceptForm(ActionForm):
    own = ("on",)
    button = "Accept"

    on = true_on("When was the evidence looked at?")

    def record(self, plan: UUID, number: int) -> AcceptCompletion:
        return AcceptCompletion(plan, number, on=day_of(self.on), seen=self.version())


class RefuseForm(ActionForm):
    own = ("why", "on")
    button = "Do not accept"

    why = reason("what is missing")
    on = true_on("When was the evidence looked at?")

    def record(self, plan: UUID, number: int) -> RefuseCompletion:
        return RefuseCompletion(plan, number, why=words_in(self.why), on=day_of(self.on), seen=self.version())


class CloseForm(ActionForm):
    own = ("why", "on")
    button = "Close the action"

    why = reason_if_any()
    on = true_on()

    def record(self, plan: UUID, number: int) -> CloseAction:
        return CloseAction(plan, number, why=words_if_any(self.why), on=day_of(self.on), seen=self.version())


class WithdrawActionForm(ActionForm):
    own = ("why", "on")
    button = "Withdraw the action"

    why = reason("why it is given up")
    on = true_on()

    def record(self, plan: UUID, number: int) -> WithdrawAction:
        return WithdrawAction(plan, number, why=words_in(self.why), on=day_of(self.on), seen=self.version())


class NotRequiredForm(ActionForm):
    own = ("why", "on")

    why = reason("why no action is required")
    on = true_on()

    def record(self, plan: UUID, number: int) -> FindUnneeded:
        return FindUnneeded(plan, number, why=words_in(self.why), on=day_of(self.on), seen=self.version())


class ReopenForm(ActionForm):
    own = ("why", "on")
    button = "Reopen the action"

    why = reason("why it is not done")
    on = true_on()

    def record(self, plan: UUID, number: int) -> ReopenAction:
        return ReopenAction(plan, number, why=words_in(self.why), on=day_of(self.on), seen=self.version())
