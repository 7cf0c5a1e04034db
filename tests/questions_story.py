"""What members ask about an authority, other than on its plans."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.application import Application
from domain.facts import Told
from domain.questions.commands import AskAbout
from domain.values.plans import AskedAbout, AskedKind, finding_of
from tests.plan_history import DAY, GATESHEAD, told

FINDING = "The quality of plans."


def about(kind: AskedKind = AskedKind.AUTHORITY, *, as_at: date = DAY, position: int = 1, **more: Any) -> AskedAbout:
    return AskedAbout(kind, as_at, position, **more)


def about_finding(entry: UUID, text: str = FINDING) -> AskedAbout:
    return about(AskedKind.FINDING, entry=entry, finding=finding_of(entry, text, priority=False))


def ask(
    door: Application,
    question: str = "What does it cost?",
    what: AskedAbout | None = None,
    *,
    urn: str = GATESHEAD,
    on: date = DAY,
    by: Told | None = None,
) -> UUID:
    """A question; gives its id."""
    sent = AskAbout(urn=urn, about=what or about(), question=question, on=on)
    made = door.do(sent, by=by or told(f"ask {question}", "member")).question
    assert made is not None
    return made
