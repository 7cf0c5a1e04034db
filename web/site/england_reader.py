"""Where pages get answers about many authorities beside one another; the moment is `reader.asked()` as everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from projections.engine.answers import OutlooksAnswer
from projections.outlook.grades_through_time import GradesThroughTime
from projections.outlook.neighbours import Beside, NeighboursAnswer
from web.site.reader import Asked
from web.store.store import current_store


def outlooks(asked: Asked) -> OutlooksAnswer:
    """What past waits said of every authority's next graded inspection."""
    from projections.outlook.forecasts import outlooks

    return outlooks(current_store().reader, on=asked.as_at, known_at=asked.known_at)


def comparison(
    urn: str,
    asked: Asked,
    *,
    beside: Beside = Beside.NEIGHBOURS,
    chosen: Sequence[str] = (),
    with_forecasts: bool = False,
) -> NeighboursAnswer:
    """One authority beside others. Raises NotFound."""
    from projections.outlook.neighbours import comparison

    return comparison(
        current_store().reader,
        urn,
        beside=beside,
        chosen=chosen,
        as_at=asked.as_at,
        known_at=asked.known_at,
        with_forecasts=with_forecasts,
    )


def grades_through_time(region: str, asked: Asked) -> GradesThroughTime:
    """How grades moved over the years in a region, or in all England. Raises NotFound."""
    from projections.outlook.grades_through_time import grades_through_time

    return grades_through_time(current_store().reader, region=region, as_at=asked.as_at, known_at=asked.known_at)
