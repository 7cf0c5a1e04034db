"""Where published sources disagree, across England, and what they say that cannot be right: what is held, what each
source says, whether it is settled, and what an officer is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from flask import Blueprint, render_template

from domain.values.activities import Status
from projections.engine.answers import DisagreementRow, DoubtRow
from web.site import reader
from web.words import timeline

bp = Blueprint("disagreements", __name__)


@dataclass(frozen=True)
class Disputed:
    """One entry of an authority with every value its sources disagree on."""

    id: UUID
    title: str
    withdrawn: bool
    disputes: tuple[timeline.Dispute, ...]


@dataclass(frozen=True)
class Section:
    """One authority and its disputed entries, in order of when they were true."""

    urn: str
    name: str
    entries: tuple[Disputed, ...]


@dataclass(frozen=True)
class InQuestion:
    """One entry of an authority with what an officer is asked about it."""

    id: UUID
    urn: str
    name: str
    title: str
    questions: tuple[timeline.DoubtShown, ...]


@bp.get("/disagreements")
def show() -> str:
    """Every disagreement at the moment asked, by name of the authority, settled ones and abolished ones included."""
    asked = reader.asked()
    rows = reader.disagreements(asked)
    return render_template(
        "authorities/disagreements/page.html",
        asked=asked,
        moment=reader.moment(asked),
        sections=sections(rows),
        total=len(rows),
        unsettled=unsettled(rows),
        in_question=in_question(reader.doubts(asked)),
    )


def unsettled(rows: Iterable[DisagreementRow]) -> int:
    """How many no officer settled or corrected; those about entries withdrawn no longer matter and are not counted."""
    return sum(not row.disagreement.ruled_on and row.activity.status is not Status.WITHDRAWN for row in rows)


def in_question(rows: Sequence[DoubtRow]) -> tuple[InQuestion, ...]:
    """Each entry about which something is asked, in the order they come in."""
    found = []
    for _, of_one in groupby(rows, lambda row: (row.authority.urn, row.activity.id)):
        row = next(of_one)
        title = timeline.line_title(row.activity)
        questions = timeline.questions(row.activity)
        found.append(InQuestion(row.activity.id, row.authority.urn, row.authority.name, title, questions))
    return tuple(found)


def sections(rows: Sequence[DisagreementRow]) -> tuple[Section, ...]:
    """The rows by authority and by entry, in the order they come in."""
    return tuple(
        Section(urn, name, tuple(_entries(list(of_one))))
        for (urn, name), of_one in groupby(rows, lambda row: (row.authority.urn, row.authority.name))
    )


def _entries(rows: Sequence[DisagreementRow]) -> Iterable[Disputed]:
    for _, of_one in groupby(rows, lambda row: row.activity.id):
        about = list(of_one)
        activity = about[0].activity
        yield Disputed(
            activity.id,
            timeline.line_title(activity),
            activity.status is Status.WITHDRAWN,
            tuple(timeline.dispute(row.disagreement) for row in about),
        )
