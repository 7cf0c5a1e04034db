"""Three examples of members' questions on no plan, made up and marked so: one answered, two that wait.

Their days are counted back from the day on which they are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid5

from domain.application import Application
from domain.facts import Told
from domain.questions.commands import AnswerAsked, AskAbout
from domain.values.activities import Activity, Status
from domain.values.days import london_day
from domain.values.errors import NotFound
from domain.values.plans import AskedAbout, AskedKind
from domain.values.words import capital, in_words
from web.demo.plan import COMMANDS, MEMBER, OFFICER, SOURCE

HARINGEY, LEEDS, PETERBOROUGH = "80498", "80481", "80537"


def tell_demo_questions(application: Application, *, at: datetime) -> int:
    """Tell the examples; again changes nothing. Gives how many there are: fewer where what they are about is not
    held."""
    today, position = london_day(at), application.ledger.max_position()
    told = 0

    def by(what: str, actor: str = MEMBER) -> Told:
        return Told(actor, uuid5(COMMANDS, f"question: {what}"), SOURCE, at)

    def ask(urn: str, what: str, days_ago: int, question: str, about: AskedAbout, answer: str = "") -> None:
        nonlocal told
        on = today - timedelta(days=days_ago)
        sent = AskAbout(urn=urn, about=about, question=question, example=True, on=on)
        made = application.do(sent, by=by(what)).question
        if answer and made is not None:
            answered = AnswerAsked(urn, made, answer=answer, on=on + timedelta(days=6))
            application.do(answered, by=by(f"answer {what}", OFFICER))
        told += 1

    def about(kind: AskedKind, days_ago: int, called: str, entry: Activity | None = None) -> AskedAbout:
        return AskedAbout(kind, today - timedelta(days=days_ago), position, called, entry.id if entry else None)

    if (visit := _newest(application, PETERBOROUGH)) is not None:
        seen = about(AskedKind.ENTRY, 12, _called(visit), visit)
        ask(PETERBOROUGH, "visit", 12, "What did inspectors want to see at their next visit?", seen)
    if (report := _newest(application, HARINGEY)) is not None:
        seen = about(AskedKind.ENTRY, 20, _called(report), report)
        answer = "The lead member had it on the day it came; the committee has it at its next meeting."
        ask(HARINGEY, "report", 20, "When did members first read this report?", seen, answer)
    if _newest(application, LEEDS) is not None:
        seen = about(AskedKind.AUTHORITY, 3, application.authorities.authority(LEEDS).name)
        ask(LEEDS, "authority", 3, "What is being done before inspectors come again?", seen)
    return told


def _newest(application: Application, urn: str) -> Activity | None:
    """The newest inspection or visit of an authority; None where none is held."""
    try:
        held = application.authorities.authority(urn).activities
    except NotFound:
        return None
    visits = [one for one in held if one.status is not Status.WITHDRAWN and one.kind.on_site]
    return max(visits, key=lambda one: one.true_on, default=None)


def _called(entry: Activity) -> str:
    return f"{capital(entry.kind.value.replace('_', ' '))}, {in_words(entry.true_on)}"
