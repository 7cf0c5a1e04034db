"""Where each authority stands on the map of tiles: about where it lies, one tile each, no two on one place.

From `uk-upper-tier-local-authorities.hexjson` of Open Innovations' hexmaps (MIT License, see `docs/notices.md`), by the
ONS's codes as they were then: five have changed since and are found by `domain.register`'s history of codes. Cumbria's
place is Cumberland's, with Westmorland and Furness beside it; West and North Northamptonshire stand where
Northamptonshire stood, for which the row moved by one to the west."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ROWS = """
17|10:80529
16|10:80532 11:80557
15|9:80525 10:80469 11:80566
14|5:80431 6:2733690 7:2733698 9:80465 10:80458 11:80563 12:80473
13|5:80480 6:80430 7:80542 8:80444 9:80449 10:80530 11:80523 12:80541
12|5:80579 6:80548 7:80432 8:80443 9:80535 10:80478 11:80481 12:80453 13:80466
11|3:80550 4:80479 5:80560 6:80573 7:80521 8:80569 9:80426 10:80451 11:80527 12:80477 13:80526
10|3:80581 4:80485 5:80448 6:80471 7:80575 8:80562 9:80551 10:80543 11:80462 12:80484 13:80537 14:80418
9|3:80570 4:80583 5:80447 6:80564 7:80459 8:80460 9:80534 10:80428 11:80446 12:80445 13:80565
8|3:80552 4:80549 5:80574 6:80456 7:80561 8:80547 9:80533 10:80499 11:80487 12:80520 13:80475 14:80468
7|3:80464 4:80429 5:80554 6:80482 7:80483 8:80524 9:80501 10:80491 11:80498 12:80494 13:80571 14:80559
6|4:80474 5:80576 6:2637548 7:2637539 8:80442 9:80493 10:80489 11:80505 12:80496 13:80517 14:80512 15:80500
5|4:80470 5:80584 6:80536 7:80553 8:80503 9:80497 10:80544 11:80519 12:80450 13:80516 14:80511 15:80486
4|4:80556 5:80568 6:80577 7:80540 8:80546 9:80513 10:80518 11:80506 12:80514 13:80508 14:80495 15:80488 16:80522
3|3:80528 4:80441 5:80580 6:80582 7:80436 8:80567 9:80545 10:80510 11:80492 12:80490 13:80476
2|2:80461 3:80555 4:80427 5:2532287 6:80558 7:80539 8:80472 9:80578 10:80515 11:80438 12:80467
1|1:80454 2:80572 3:2532283
0|0:80455 2:80538 8:80419
"""
"""`row, counted from the south | column:URN`; every other row stands half a tile to the east."""

ENDED = """
14|6:80457
6|6:80531
2|5:80434
1|3:80463 4:80433
"""
"""The same of those that ended: where one that follows them stands now, or beside it."""


def _places(table: str) -> dict[str, tuple[int, int]]:
    found = {}
    for line in table.strip().splitlines():
        row, tiles = line.split("|")
        for tile in tiles.split():
            column, urn = tile.split(":")
            found[urn] = (int(column), int(row))
    return found


PLACES: Mapping[str, tuple[int, int]] = MappingProxyType({**_places(ROWS), **_places(ENDED)})
"""Column and row by URN."""
