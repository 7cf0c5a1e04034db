"""What was read of a report or letter, as a form in which every value can be corrected, and what was corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from wtforms import BooleanField, Field, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from domain.frameworks import FRAMEWORK_ROWS, Area, Framework, Grade, grades_for, in_order, set_on
from domain.rulebook.other_inspections.words import OUTCOMES as AREA_SEND_OUTCOMES
from domain.values.documents import DocumentKind, ItemRead, ValuePlace
from domain.values.judgements import Judgements
from domain.values.national_framework import OUTCOMES
from domain.values.statements import Kind, PeriodOnSite, Stated, Variant
from web.intake.ofsted_documents import KINDS, clean, places_of, stated_by
from web.intake.reports.reading import DocumentReading
from web.site.fields import DateInput, OnePerLine, WholeNumber, choice, day_if_any, plain_text, text
from web.site.form_base import SmallForm
from web.words import dates, words

OF_FINDINGS: Mapping[str, str] = {
    "priority_actions": "areas_for_priority_action",
    "improvements": "areas_for_improvement",
}
"""The fields of lists of findings, and how the reader names the place of each list's heading."""

STANDS_AT: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "started_on": ("start", "periods.0", "periods"),
    "ended_on": ("end", "periods.0", "periods"),
    "resumed_on": ("periods.1",),
    "resumed_until": ("periods.1",),
    "published_on": ("published",),
    "framework": ("framework",),
    "variant": ("variant",),
    "focus": ("focus",),
    "theme": ("theme",),
    "priority_action": ("priority_action", "areas_for_priority_action"),
    "number": ("number", "visit_number"),
    "statement_due": ("statement_of_action_due", "statement_due"),
    "outcome": ("outcome",),
}
"""Under which names of the reader the place of a field's value may be found, the most exact first."""

FIRST_WORDS = 160
"""Characters by which a finding is found again in the document."""

_TAG = re.compile(r"\s*\[\s*(\d{1,2}(?:\s*,\s*\d{1,2})*)\s*\]\s*$")


class DocumentForm(SmallForm):
    """Every value that a document can give; `own` are those of its kind."""

    kind = choice(
        "What is it?",
        [(kind.value, words.DOCUMENTS[kind].removeprefix("A ").capitalize()) for kind in KINDS],
        asks="what kind of document it is",
    )
    started_on = DateInput("First day on site", asks="the first day on site", required=True)
    ended_on = DateInput("Last day on site", asks="the last day on site", required=True)
    resumed_on = DateInput(
        "First day of a second period on site (optional)",
        asks="the first day of the second period",
        hint="Only where the inspection was broken off and resumed",
    )
    resumed_until = DateInput("Last day of the second period (optional)", asks="the last day of the second period")
    published_on = DateInput("Published", asks="the day on which Ofsted published it", required=True)
    framework = SelectField(
        "Framework",
        default="",
        choices=[SelectChoice(value="", label="Not told")]
        + [SelectChoice(value=row.framework.value, label=words.FRAMEWORKS[row.framework]) for row in FRAMEWORK_ROWS],
    )
    variant = SelectField(
        "Type of inspection",
        default="",
        choices=[SelectChoice(value="", label="Not told")]
        + [SelectChoice(value=variant.value, label=words.VARIANTS[variant]) for variant in Variant],
    )
    focus = text("Focus", longest=500)
    theme = text("Theme", longest=500)
    number = WholeNumber(
        "Which visit was it? (optional)",
        asks="the number of the visit",
        description="1 for the first after the inadequate report",
        validators=[Optional(), NumberRange(min=1, max=30, message="Enter a number from 1 to 30.")],
    )
    statement_due = DateInput("Joint statement of action due (optional)", asks="the day the statement is due")
    outcome = choice(
        "Which outcome does it give?",
        [
            *((str(one.number), f"{one.number}: {one.short}") for one in AREA_SEND_OUTCOMES.values()),
            ("", "It could not be read"),
        ],
    )
    priority_action = choice(
        "Does it make an area for priority action?", [("yes", "Yes"), ("no", "No"), ("", "It does not say")]
    )
    priority_actions = OnePerLine("Areas for priority action", description="One on each line", validators=[plain_text])
    improvements = OnePerLine(
        "Areas for improvement",
        render_kw={"rows": 12},
        description="One on each line. Where the document names outcomes of the national framework, their numbers "
        "stand in square brackets at the end, for example [1, 3]: those that were read are there already. Where it "
        "names none, type none",
        validators=[plain_text],
    )
    about = BooleanField("It is about this authority")
    seen = HiddenField(default="")
    """The file's SHA-256 and, after a colon, by what the values held when the form was shown are known again."""

    must_say_about = False

    @property
    def shown_as(self) -> str:
        """By what the values held when the form was shown are known again; blank where it showed what was read."""
        return (self.seen.data or "").partition(":")[2]

    def shown(self) -> list[Field]:
        return [self[name] for name in self.names()]

    def names(self) -> tuple[str, ...]:
        """The fields of the kind of document chosen, in the order shown."""
        kind = self._kind()
        graded = kind is Kind.INSPECTION
        found = [*(("about",) if self.must_say_about else ()), "kind", "started_on", "ended_on"]
        found += [*(("resumed_on", "resumed_until") if graded else ()), "published_on"]
        if graded:
            found += ["framework", "variant", *(area.value for area in self.areas)]
        else:
            found += _OWN.get(kind or Kind.INSPECTION, ["focus"])
            found += ["priority_action"]
        return (*found, *OF_FINDINGS)

    areas: tuple[Area, ...] = ()
    """The judgements offered: those of the inspection's set, and those that were read."""

    def _kind(self) -> Kind | None:
        known = {kind.value: told for kind, (told, _, _) in KINDS.items()}
        return known.get(self.kind.data or "")

    def document_kind(self) -> DocumentKind:
        return DocumentKind(self.kind.data)

    def validate_about(self, field: Field) -> None:
        if self.must_say_about and not field.data:
            raise ValidationError("Say that the document is about this authority, or leave it.")

    def validate_ended_on(self, field: Field) -> None:
        _not_before(self.started_on, field, "The last day on site lies before the first.")

    def validate_resumed_on(self, field: Field) -> None:
        first, last = day_if_any(self.resumed_on), day_if_any(self.resumed_until)
        if (first is None) is not (last is None):
            raise ValidationError("Enter both days of the second period, or neither.")
        ended = day_if_any(self.ended_on)
        if first is not None and ended is not None and first <= ended:
            raise ValidationError("The second period begins before the first has ended.")

    def validate_resumed_until(self, field: Field) -> None:
        _not_before(self.resumed_on, field, "The second period ends before it begins.")

    def validate_published_on(self, field: Field) -> None:
        day = day_if_any(self.published_on)
        if day is not None and day > dates.today():
            raise ValidationError(
                "What is recorded here is public at once. Record the document on the day on which Ofsted publishes it."
            )
        last = self.resumed_until if day_if_any(self.resumed_until) else self.ended_on
        _not_before(last, field, "It would be published before inspectors had left.")

    def validate_priority_actions(self, field: Field) -> None:
        if self.priority_actions.lines and self.priority_action.data == "no" and "priority_action" in self.names():
            raise ValidationError("There are areas for priority action here, and above it says that there are none.")

    def validate_improvements(self, field: Field) -> None:
        named = {number for item in items_in(self.improvements.lines) for number in item.outcomes}
        if not named <= set(OUTCOMES):
            raise ValidationError(
                f"Outcomes of the national framework are numbered {OUTCOMES[0]} to {OUTCOMES[-1]}, for example [1, 3]."
            )

    def periods(self) -> tuple[PeriodOnSite, ...]:
        """The days on site; the second period where there was one."""
        first = _period(self.started_on, self.ended_on)
        second = _period(self.resumed_on, self.resumed_until) if "resumed_on" in self.names() else None
        return tuple(one for one in (first, second) if one is not None)

    def said(self) -> Stated:
        """What the form says of the inspection or visit. Call it on a form without errors."""
        kind = self._kind()
        assert kind is not None
        named = self.names()
        periods = self.periods()
        items = items_in(self.improvements.lines)
        outcomes = tuple(item.outcomes for item in items)
        return Stated(
            kind,
            start=periods[0].start if periods else None,
            end=periods[-1].end if periods else None,
            periods=periods if len(periods) > 1 else (),
            published=day_if_any(self.published_on),
            framework=Framework(self.framework.data) if "framework" in named and self.framework.data else None,
            variant=Variant(self.variant.data) if "variant" in named and self.variant.data else None,
            grades=Judgements.of(
                {area: Grade(grade) for area in self.areas if area.value in named and (grade := self[area.value].data)}
            ),
            focus=(self.focus.data or None) if "focus" in named else None,
            theme=(self.theme.data or None) if "theme" in named else None,
            number=self.number.data if "number" in named else None,
            statement_due=day_if_any(self.statement_due) if "statement_due" in named else None,
            outcome=int(self.outcome.data) if "outcome" in named and self.outcome.data else None,
            priority_action={"yes": True, "no": False}.get(self.priority_action.data or "")
            if "priority_action" in named
            else bool(self.priority_actions.lines) or None,
            priority_actions=self.priority_actions.lines,
            improvements=tuple(item.text for item in items),
            improvement_outcomes=outcomes if any(outcomes) else (),
        )


_OWN: Mapping[Kind, list[str]] = {
    Kind.JTAI: ["theme", "statement_due"],
    Kind.MONITORING_VISIT: ["focus", "number"],
    Kind.AREA_SEND: ["outcome"],
}
"""What is asked of each kind of visit beside its days; of all others its focus."""


def _judgement(area: Area) -> SelectField:
    return SelectField(
        words.AREAS[area],
        default="",
        choices=[SelectChoice(value="", label="Not given")]
        + [SelectChoice(value=row.grade.value, label=row.words) for row in grades_for([area])],
    )


for _area in Area:
    setattr(DocumentForm, _area.value, _judgement(_area))


def _not_before(first: DateInput, last: DateInput, why: str) -> None:
    began, ended = day_if_any(first), day_if_any(last)
    if began is not None and ended is not None and ended < began:
        raise ValidationError(why)


def _period(first: DateInput, last: DateInput) -> PeriodOnSite | None:
    began, ended = day_if_any(first), day_if_any(last)
    return PeriodOnSite(began, ended) if began is not None and ended is not None else None


def items_in(lines: Iterable[str]) -> list[ItemRead]:
    """Findings, one a line, with the outcomes in brackets at its end."""
    found = []
    for line in lines:
        tag = _TAG.search(line)
        outcomes = tuple(dict.fromkeys(map(int, tag[1].split(",")))) if tag else ()
        found.append(ItemRead(line[: tag.start()] if tag else line, outcomes))
    return found


def line_of(item: str, outcomes: Sequence[int]) -> str:
    """A finding as a line of the form."""
    one_line = " ".join(item.split())
    return f"{one_line} [{', '.join(map(str, outcomes))}]" if outcomes else one_line


def form_of(
    read: DocumentReading, sent: Any = None, *, shown: tuple[DocumentKind, Stated] | None = None, **more: Any
) -> DocumentForm:
    """The form for a document: with what was sent, or filled in with what is to be `shown`, else with what was read."""
    if shown is None and read.kind in KINDS:
        assert read.kind is not None
        shown = (read.kind, stated_by(read))
    form = DocumentForm(**more) if sent is None else DocumentForm(sent, **more)
    form.must_say_about = read.urn is None or "urn" in read.uncertain
    row = set_on(read.framework, read.start, read.published)
    form.areas = in_order({*row.areas, *(area for area, _ in (*read.grades, *(shown[1].grades if shown else ())))})
    if sent is None and shown is not None and not form.is_submitted():
        _fill_in(form, *shown)
    return form


def _fill_in(form: DocumentForm, kind: DocumentKind, said: Stated) -> None:
    form.kind.data = kind.value
    periods = said.periods
    days = {
        "started_on": periods[0].start if periods else said.start,
        "ended_on": periods[0].end if periods else said.end,
        "resumed_on": periods[-1].start if periods else None,
        "resumed_until": periods[-1].end if periods else None,
        "published_on": said.published,
        "statement_due": said.statement_due,
    }
    for name, day in days.items():
        if day is not None:
            form[name].suggest(day)
    form.framework.data = said.framework.value if said.framework else ""
    form.variant.data = said.variant.value if said.variant else ""
    for area, grade in said.grades:
        form[area.value].data = grade.value
    form.focus.data, form.theme.data, form.number.data = said.focus, said.theme, said.number
    form.outcome.data = str(said.outcome or "")
    form.priority_action.data = {True: "yes", False: "no", None: ""}[said.priority_action]
    form.priority_actions.data = "\n".join(line_of(item, ()) for item in said.priority_actions)
    outcomes = said.improvement_outcomes or ((),) * len(said.improvements)
    form.improvements.data = "\n".join(map(line_of, said.improvements, outcomes))


@dataclass(frozen=True)
class PlaceShown:
    """Where a value stands in the document."""

    page: int
    words: str


def place_of(read: DocumentReading, name: str) -> tuple[PlaceShown, ...]:
    """Where the value of a field stands; nothing where the reader does not say, or found no such value."""
    by_name = {one.value: one for one in places_of(read)}
    if name in OF_FINDINGS:
        items = read.improvements if name == "improvements" else read.priority_actions
        heading = by_name.get(OF_FINDINGS[name])
        first = {
            item.page: shorten(item.text, FIRST_WORDS, placeholder="…")
            for item in reversed(items)
            if item.page is not None
        }
        if heading is not None:
            first[heading.page] = heading.words
        return tuple(PlaceShown(page, clean(first[page])) for page in sorted(first))
    if name in {area.value for area in Area}:
        found: ValuePlace | None = by_name.get(f"grades.{name}")
    else:
        found = next((by_name[one] for one in STANDS_AT.get(name, ()) if one in by_name), None)
    return (PlaceShown(found.page, found.words),) if found is not None else ()


def without_a_place(read: DocumentReading, name: str) -> str:
    """What is said of a value that stands nowhere in the document."""
    if name == "published_on" and read.published is not None and read.published_from == "file_name":
        return "From the file’s name: the document does not print it"
    if name == "variant" and read.variant in (Variant.SHORT, Variant.STANDARD):
        return "From the days on site: reports do not print it"
    if name == "priority_action" and not read.priority_action:
        return "The document has no such heading, and no words on it: nothing is recorded of it unless you answer"
    return "Not read from the document"
