"""Where published sources disagree, across England: what is held, what each source says, and whether it is settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from flask import Blueprint, render_template

from domain.values.activities import Status
from projections.engine.answers import DisagreementRow
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
    )


def unsettled(rows: Iterable[DisagreementRow]) -> int:
    """How many no officer settled or corrected; those about entries withdrawn no longer matter and are not counted."""
    return sum(not row.disagreement.ruled_on and row.activity.status is not Status.WITHDRAWN for row in rows)


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
