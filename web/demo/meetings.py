"""Three examples of scrutiny meetings, on the example of an action plan: two that were held, and one to come.

Days, resolutions and what came of them are made up, and marked so. The days lie around the one on which they are
told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from domain.application import Application
from domain.facts import Told
from domain.meetings.commands import ArrangeMeeting, CarryOutResolution, FixView, PutQuestion, Resolve, SetNextReport
from domain.values.days import london_day
from web.demo.plan import COMMANDS, GATESHEAD, OFFICER, SOURCE, was_told_before

COMMITTEE = "Scrutiny committee for children and families"
THURSDAY = 3


def tell_demo_meetings(application: Application, plan: UUID, *, at: datetime) -> None:
    """Tell the examples, around the day of `at`; again, on whatever day, changes nothing. A store that has those of an
    earlier release keeps them."""
    all_told = application.ledger.positions_of(uuid5(COMMANDS, "meeting: third")) is not None
    if all_told or was_told_before(application) is not None:
        return

    def by(what: str) -> Told:
        return Told(OFFICER, uuid5(COMMANDS, f"meeting: {what}"), SOURCE, at)

    def arranged(name: str, day: date, *, on: date, held: bool) -> UUID:
        meeting = ArrangeMeeting(
            urn=GATESHEAD, committee=COMMITTEE, day=day, plans=[plan], held=held, example=True, again=True, on=on
        )
        return application.do(meeting, by=by(name)).meeting

    today = london_day(at)
    day_1, day_2 = _thursday(today - timedelta(days=63)), _thursday(today - timedelta(days=1))
    day_3 = _thursday(today + timedelta(days=62))
    first = arranged("first", day_1, on=day_1, held=True)
    application.do(FixView(first, as_at=day_1, known_at=at, on=day_1), by=by("first seen"))
    application.do(
        Resolve(
            first,
            text="That the next audit of supervision be reported to the committee’s next meeting.",
            owner="Service director, social work",
            due_on=day_2,
            on=day_1,
        ),
        by=by("first resolution"),
    )
    application.do(
        Resolve(
            first,
            text="That members be told how young people’s views shape what is agreed with housing.",
            owner="Head of the front door",
            due_on=today + timedelta(days=29),
            on=day_1,
        ),
        by=by("second resolution"),
    )
    application.do(SetNextReport(first, due_on=day_2, on=day_1), by=by("first next report"))
    application.do(
        CarryOutResolution(first, resolution=1, how="The audit was item 4 of the agenda.", on=day_2),
        by=by("first resolution done"),
    )
    second = arranged("second", day_2, on=day_2, held=True)
    application.do(FixView(second, as_at=day_2, known_at=at, on=day_2), by=by("second seen"))
    for number, question in enumerate(application.plans.plan(plan).state.challenges, 1):
        application.do(PutQuestion(second, plan=plan, question=question, on=day_2), by=by(f"question {number}"))
    application.do(
        Resolve(
            second,
            text="That the next report say what was done for young carers, school by school.",
            owner="Head of early help",
            due_on=day_3,
            on=day_2,
        ),
        by=by("third resolution"),
    )
    application.do(SetNextReport(second, due_on=day_3, on=day_2), by=by("second next report"))
    arranged("third", day_3, on=day_2, held=False)


def _thursday(day: date) -> date:
    """The last Thursday by a day, inclusive: committees meet on weekdays."""
    return day - timedelta(days=(day.weekday() - THURSDAY) % 7)
