"""A plan on a made-up report, and commands already carried out, for stories about plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from domain.command import texts_of
from domain.facts import Told
from domain.frameworks import Area, Grade
from domain.plans.action_commands import AcceptCompletion, OfferEvidence, ReportProgress
from domain.plans.base import PlanAct
from domain.plans.commands import AddAction, OpenPlan
from domain.plans.plan import ActionPlan
from domain.plans.question_commands import AskQuestion
from domain.plans.replaced import Replaced
from domain.values.activities import Activity
from domain.values.judgements import Judgements
from domain.values.plans import ANSWER_DAYS, Figure, Progress, finding_of
from domain.values.sealed import Sealed
from domain.values.statements import Kind, Source

AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
OFFICER = Told("officer", UUID(int=7), Source("form", "Form"), AT)
COLLEAGUE = replace(OFFICER, actor="colleague", command=UUID(int=8))
MEMBER = replace(OFFICER, actor="member", command=UUID(int=9))
URN = "80999"
PUBLISHED, OPENED, DUE = date(2026, 3, 2), date(2026, 3, 10), date(2026, 10, 1)
QUESTION, EVIDENCE = uuid5(MEMBER.command, "challenge"), uuid5(OFFICER.command, "evidence")
ALL_GOOD = Judgements.of({Area.IMPACT_OF_LEADERS: Grade.GOOD, Area.HELP_AND_PROTECTION: Grade.GOOD})
REPORT = Activity(
    UUID(int=1),
    URN,
    Kind.INSPECTION,
    start=date(2026, 1, 12),
    published=PUBLISHED,
    grades=ALL_GOOD,
    improvements=("The quality of plans.", "Supervision."),
)
PLANS, SUPERVISION = (finding_of(REPORT.id, text, priority=False).id for text in REPORT.improvements)
VISIT = Activity(
    UUID(int=2),
    URN,
    Kind.FOCUSED_VISIT,
    start=date(2026, 1, 12),
    published=PUBLISHED,
    priority_action=True,
    priority_actions=("Unallocated cases.",),
)
JTAI = Activity(
    UUID(int=3), URN, Kind.JTAI, start=date(2026, 1, 12), published=PUBLISHED, statement_due=date(2026, 6, 5)
)


def words(text: str) -> Sealed:
    """What stands for a sealed text in a story: decisions never read it."""
    return Sealed(uuid5(UUID(int=0), text), "AAECAwQFBgcICQoL", "AAAA")


def plan(
    activity: Activity = REPORT, *, opened_on: date = OPENED, example: bool = False, by: Told = OFFICER
) -> ActionPlan:
    return OpenPlan(URN, activity.id, on=opened_on, example=example).begin(activity, by)


def taking(record: Any) -> Any:
    """A command as a story sends it: its words come sealed, and what it asks of the world around is told it."""

    def send(
        plan: ActionPlan,
        *args: Any,
        by: Told,
        activity: Activity = REPORT,
        answer_days: int = ANSWER_DAYS,
        replaced: Replaced | None = None,
        **words: Any,
    ) -> None:
        sealed = {name: words.get(name) for name in texts_of(record)}
        said = {name: text and "Words" for name, text in sealed.items()}
        act = PlanAct(by, sealed, lambda: activity, lambda: answer_days, lambda on: replaced)
        plan.tell(record(plan.id, *args, **{**words, **said}).decide(plan.state, act), by)

    return send


def told(
    command: Any, *args: Any, on: date, by: Told = OFFICER, **more: Any
) -> tuple[Any, tuple[Any, ...], dict[str, Any]]:
    return (command, args, {**more, "on": on, "by": by})


ACTION: dict[str, Any] = {
    "findings": [PLANS],
    "what": words("Write plans with families"),
    "owner": "Head of Safeguarding",
    "due_on": DUE,
    "measure": words("Plans rated good or better by audit"),
    "unit": "%",
    "baseline": Figure("62"),
    "target": Figure("90"),
    "example": False,
}
NOT_CARRIED = {"carried_from_plan": None, "carried_from_action": None}
"""What the fact says of an action that no earlier plan had."""

ADDED = told(taking(AddAction), on=date(2026, 3, 20), **ACTION)
STARTED = told(
    taking(ReportProgress),
    1,
    progress=Progress.IN_PROGRESS,
    track=None,
    now=Figure("70"),
    narrative=None,
    on=date(2026, 5, 1),
)
REPORTED = told(
    taking(ReportProgress),
    1,
    progress=Progress.COMPLETE,
    track=None,
    now=Figure("91"),
    narrative=words("All done"),
    on=date(2026, 7, 1),
)
SHOWN = told(
    taking(OfferEvidence),
    1,
    title=words("Audit of June"),
    link=words("https://example.gov.uk/audit"),
    reference=None,
    on=date(2026, 7, 2),
)
ACCEPTED = told(taking(AcceptCompletion), 1, on=date(2026, 7, 8), by=COLLEAGUE)
ASKED = told(
    taking(AskQuestion),
    action=1,
    finding=None,
    question=words("What shows it?"),
    answer_days=10,
    on=date(2026, 6, 1),
    by=MEMBER,
)
