"""How current what is held is, as a document. Addresses and what went wrong stay with whoever runs the installation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from domain.values.days import london_day
from domain.values.known_until import LISTED
from projections.engine.answers import Moment
from web.store.looks import Look


def sources_looked_at_document(moment: Moment, looks: Iterable[Look], title: Callable[[str], str]) -> dict[str, Any]:
    """`next_due` is the day of London on which the next look is due."""
    days = {kind.value: moment.known_until.until(kind) for kind in LISTED}
    return {
        "known_until": {kind: day.isoformat() if day else None for kind, day in days.items()},
        "data_horizon": moment.data_horizon.isoformat() if moment.data_horizon else None,
        "position": moment.position,
        "places": [
            {
                "name": look.place,
                "title": title(look.place),
                "looked_at": look.looked_at.isoformat(),
                "outcome": look.outcome,
                "read_at": look.well_at.isoformat() if look.well_at else None,
                "next_due": (london_day(look.looked_at) + timedelta(days=look.cadence_days)).isoformat(),
            }
            for look in looks
        ],
    }
