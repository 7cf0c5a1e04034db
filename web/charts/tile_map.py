"""England as tiles: one for each authority, about where it lies, with a letter in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from web.charts.tile_places import PLACES

STEP, RISE = 31, 27
"""How far tiles stand apart, along a row and from row to row."""

LEFT, TOP = 17, 20
SQUARE = 7
TOPMOST = max(row for _, row in PLACES.values())
EASTMOST = max(column for column, _ in PLACES.values())
WIDTH = EASTMOST * STEP + STEP // 2 + 2 * LEFT
HEIGHT = TOPMOST * RISE + 2 * TOP


@dataclass(frozen=True)
class TileOf:
    """What a tile shows: the authority, its letter with its tone, and all of it in words; in place of a letter the
    tones of up to four parts."""

    urn: str
    words: str
    letter: str
    tone: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartSquare:
    x: int
    y: int
    tone: str


@dataclass(frozen=True)
class MapTile:
    """A tile with its middle; `squares` are drawn in place of the letter."""

    urn: str
    words: str
    letter: str
    tone: str
    x: int
    y: int
    squares: tuple[PartSquare, ...]


@dataclass(frozen=True)
class TileMap:
    """The drawing, for one size: it is shown smaller where there is less room, with larger letters."""

    title: str
    desc: str
    width: int
    height: int
    tiles: tuple[MapTile, ...]


def tile_map(shown: Iterable[TileOf], *, title: str, desc: str) -> TileMap:
    """The map of those shown, from north to south; whoever has no place of its own stands in the sea to the east."""
    tiles = []
    free = iter(range(EASTMOST, 0, -1))
    taken: set[tuple[int, int]] = set()
    for one in shown:
        place = PLACES.get(one.urn)
        if place is None or place in taken:
            place = (next(free), 0)
        taken.add(place)
        tiles.append(_tile(one, *place))
    tiles.sort(key=lambda tile: (tile.y, tile.x))
    return TileMap(title, desc, WIDTH, HEIGHT, tuple(tiles))


def _tile(one: TileOf, column: int, row: int) -> MapTile:
    x = LEFT + column * STEP + (STEP // 2 if row % 2 else 0)
    y = TOP + (TOPMOST - row) * RISE
    return MapTile(one.urn, one.words, one.letter, one.tone, x, y, _squares(one.parts, x, y))


def _squares(tones: Sequence[str], x: int, y: int) -> tuple[PartSquare, ...]:
    """Two above two."""
    return tuple(
        PartSquare(x + (number % 2 - 1) * SQUARE, y + (number // 2 - 1) * SQUARE, tone)
        for number, tone in enumerate(tones[:4])
    )
