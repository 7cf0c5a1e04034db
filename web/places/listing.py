"""Every place of an installation's table beside the last look at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.values.days import london_day
from web.places.table import FilePlace, why_off
from web.store.looks import FAILED, Look
from web.store.store import Store
from web.words.currency import TIMES_LATE


@dataclass(frozen=True)
class PlaceListed:
    """`look` is None where it was never looked at; `off` is why it is not looked at by itself, blank where it is."""

    place: FilePlace
    look: Look | None
    off: str

    @property
    def next_due(self) -> date | None:
        """The day of London on which it is to be looked at again; None where it never was, or is off."""
        if self.look is None or self.off:
            return None
        return london_day(self.look.looked_at) + timedelta(days=self.place.cadence_days)

    @property
    def failed(self) -> bool:
        return self.look is not None and self.look.outcome == FAILED

    def is_late(self, on: date) -> bool:
        """Whether more than twice its days have passed since the last look, well or not."""
        if self.look is None or self.off:
            return False
        return on - london_day(self.look.looked_at) > timedelta(days=TIMES_LATE * self.place.cadence_days)

    def document(self) -> dict[str, Any]:
        """As `sources list --json` and `/api/sources` give it; instants are UTC, `next_due` is a day of London."""
        place, look = self.place, self.look
        return {
            "name": place.name,
            "address": place.address,
            "format": place.format,
            "cadence": place.cadence,
            "licence": place.licence,
            "loopback": place.loopback,
            "off": self.off or None,
            "looked_at": look.looked_at.isoformat() if look else None,
            "outcome": look.outcome if look else None,
            "http_status": look.http_status if look else None,
            "why": look.why if look else None,
            "read_at": look.well_at.isoformat() if look and look.well_at else None,
            "next_due": self.next_due.isoformat() if self.next_due else None,
        }


def listing(store: Store, places: Iterable[FilePlace]) -> tuple[PlaceListed, ...]:
    """In the order of the table."""
    looks = {look.place: look for look in store.looks.all()}
    return tuple(PlaceListed(place, looks.get(place.name), why_off(place, store.settings)) for place in places)
