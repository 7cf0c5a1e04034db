"""The places that published files come from: when each was last looked at and what came of it, and the last runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template

from domain.values.days import london_day
from domain.values.errors import RuleBroken
from web.england.shipped import shipped
from web.england.taking_in import Held, held, offer
from web.places.listing import PlaceListed, listing
from web.places.table import places
from web.store.looks import RefreshRun
from web.store.settings import current_settings
from web.store.store import Store, current_store
from web.words import dates, words
from web.words.currency import OUTCOMES, title_of_place

bp = Blueprint("places", __name__)

RUNS_SHOWN = 20


@dataclass(frozen=True)
class FilePlaceShown:
    """One place in words. `amiss`: its last look failed, or it is late."""

    title: str
    name: str
    address: str
    format: str
    cadence: str
    licence: str
    looked: str
    outcome: str
    why: str
    well: str
    due: str
    amiss: bool
    late: bool


@dataclass(frozen=True)
class RunShown:
    """One refresh in words; each line is one place: its name, what came of it, how much was read, and why."""

    started: str
    took: str
    lines: tuple[tuple[str, str, str, str], ...]


@bp.get("/admin/places")
def show() -> str:
    """Every place of this installation's table, and the last refreshes."""
    store, settings = current_store(), current_settings()
    try:
        table, refused = places(settings), ""
    except RuleBroken as refusal:
        table, refused = (), str(refusal)
    today = dates.today()
    known = {place.name for place in table}
    return render_template(
        "places/page.html",
        refused=refused,
        places=[_shown(one, today) for one in listing(store, table)],
        gone=[title_of_place(look.place) for look in store.looks.all() if look.place not in known and not refused],
        runs=[_run(run) for run in store.looks.runs(RUNS_SHOWN)],
        waits=store.waiting.count(),
        own_table=settings.places is not None,
        england=_england(store),
    )


def _england(store: Store) -> str:
    """Which facts of England that come with the product are held, and what else could be taken in."""
    came = shipped()
    if held(store) is Held.THIS:
        return (
            f"The facts of England that come with this release are held: made on {words.day(came.made_on)}, of sources "
            f"read until {words.day(came.data_horizon)}."
        )
    return offer(store) or "Facts of England come with the product, and are not taken in here."


def _shown(one: PlaceListed, today: date) -> FilePlaceShown:
    place, look = one.place, one.look
    return FilePlaceShown(
        title=place.title,
        name=place.name,
        address=place.address,
        format=place.format_called,
        cadence=place.cadence,
        licence=place.licence,
        looked=words.moment(look.looked_at) if look else "Never",
        outcome=OUTCOMES.get(look.outcome, look.outcome) if look else "",
        why=(look.why or "") if look else "",
        well=words.day(london_day(look.well_at)) if look and look.well_at and one.failed else "",
        due=one.off or _due(one.next_due, today),
        amiss=not one.off and (one.failed or one.is_late(today)),
        late=one.is_late(today) and not one.failed,
    )


def _due(due: date | None, today: date) -> str:
    if due is None:
        return "At the next refresh"
    return words.day(due) if due > today else f"Since {words.day(due)}" if due < today else "Today"


def _run(run: RefreshRun) -> RunShown:
    ended = run.ended_at
    return RunShown(
        started=words.moment(run.started_at),
        took="did not come to its end, or still runs"
        if ended is None
        else f"took {words.count(max(1, round((ended - run.started_at).total_seconds())), 'second')}",
        lines=tuple(_line(one) for one in run.places),
    )


def _line(one: Mapping[str, Any]) -> tuple[str, str, str, str]:
    outcome = str(one.get("outcome", ""))
    read, seconds = one.get("bytes"), one.get("seconds")
    told = [f"{read:,} bytes" if read else "", f"{seconds:.1f} s" if seconds else ""]
    return (
        title_of_place(str(one.get("name", ""))),
        OUTCOMES.get(outcome, outcome),
        ", ".join(part for part in told if part),
        str(one.get("why") or ""),
    )
