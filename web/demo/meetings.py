"""Two examples of scrutiny meetings, on the example of an action plan: Gateshead in the winter of 2019 to 2020.

Days, resolutions and what came of them are made up, and marked so."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from domain.application import Application
from domain.facts import Told
from domain.meetings.commands import ArrangeMeeting, CarryOutResolution, FixView, PutQuestion, Resolve, SetNextReport
from web.demo.plan import COMMANDS, GATESHEAD, OFFICER, SOURCE

COMMITTEE = "Scrutiny committee for children and families"
FIRST, SECOND = date(2019, 11, 28), date(2020, 1, 30)


def tell_demo_meetings(application: Application, plan: UUID, *, at: datetime) -> tuple[UUID, UUID]:
    """Tell the examples; again changes nothing. Gives the meetings' ids, the earlier one first."""

    def by(what: str) -> Told:
        return Told(OFFICER, uuid5(COMMANDS, f"meeting: {what}"), SOURCE, at)

    def held(day: date) -> UUID:
        meeting = application.do(
            ArrangeMeeting(urn=GATESHEAD, committee=COMMITTEE, day=day, plans=[plan], held=True, example=True, on=day),
            by=by(f"held {day}"),
        ).meeting
        application.do(FixView(meeting, as_at=day, known_at=at, on=day), by=by(f"seen {day}"))
        return meeting

    first = held(FIRST)
    application.do(
        Resolve(
            first,
            text="That the next audit of supervision be reported to the committee’s meeting in January.",
            owner="Service director, social work",
            due_on=SECOND,
            on=FIRST,
        ),
        by=by("resolution of November"),
    )
    application.do(
        Resolve(
            first,
            text="That members be told how the views of young people shaped the new plan template.",
            owner="Service director, social work",
            due_on=date(2020, 2, 28),
            on=FIRST,
        ),
        by=by("second resolution of November"),
    )
    application.do(SetNextReport(first, due_on=SECOND, on=FIRST), by=by("next report in January"))
    application.do(
        CarryOutResolution(first, resolution=1, how="The audit was item 4 of the agenda.", on=SECOND),
        by=by("audit reported"),
    )
    second = held(SECOND)
    for number, question in enumerate(application.plans.plan(plan).state.challenges, 1):
        application.do(PutQuestion(second, plan=plan, question=question, on=SECOND), by=by(f"question {number}"))
    application.do(
        Resolve(
            second,
            text="That the return of education plans be reported by school at the next meeting.",
            owner="Head of the virtual school",
            due_on=date(2020, 4, 1),
            on=SECOND,
        ),
        by=by("resolution of January"),
    )
    application.do(SetNextReport(second, due_on=date(2020, 4, 2), on=SECOND), by=by("next report in April"))
    return first, second
