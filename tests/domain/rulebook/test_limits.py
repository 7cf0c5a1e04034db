"""What an answer cannot know is said in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.rulebook.limits import limits
from domain.values.activities import Activity
from domain.values.known_until import KnownKind, KnownUntil
from tests.domain.rulebook.story import TYNEHAVEN, england, on, report

GOOD = report("2024-02-01", "G", start="2023-11-27", end="2023-12-08")
SILENCE = "That no visit, meeting or letter is held here does not mean that there was none"


def said(day: str, *held: Activity, read_until: str | None = "2026-08-22", authority=TYNEHAVEN) -> tuple[str, ...]:
    known = KnownUntil.of({KnownKind.GRADED_INSPECTION: on(read_until)} if read_until else {})
    return limits(held, authority=authority, on=on(day), known_until=known, holidays=england())


def test_within_what_was_read_only_silence_limits():
    (only,) = said("2026-08-22", GOOD)
    assert only.startswith(SILENCE)


@pytest.mark.parametrize(
    ("day", "held", "read_until", "words"),
    [
        (
            "2026-08-23",
            [GOOD],
            "2026-08-22",
            "Not known since 22 August 2026: no source read here tells of all graded",
        ),
        ("2026-08-22", [], None, "No source that tells of all graded inspections of Tynehaven has been read yet"),
        ("2026-08-22", [], "2026-08-22", "Tynehaven had happened or was public by 22 August 2026"),
        ("2023-11-26", [GOOD], "2026-08-22", "Tynehaven had happened or was public by 26 November 2023"),
        ("2017-12-31", [GOOD], "2026-08-22", "first used in January 2018"),
        ("2027-01-01", [GOOD], "2027-02-01", "A renewed framework is planned for 2027"),
        ("2029-01-01", [GOOD], "2029-02-01", "Bank holidays are known until 31 December 2028"),
    ],
)
def test_each_limit_is_said(day, held, read_until, words):
    assert any(words in limit for limit in said(day, *held, read_until=read_until))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2023-11-27", "Nothing held here"),
        ("2018-01-01", "first used in January 2018"),
        ("2026-12-31", "A renewed framework"),
    ],
)
def test_and_not_on_the_day_beside_it(day, words):
    assert not any(words in limit for limit in said(day, GOOD, read_until="2026-12-31"))


def test_of_what_came_later_not_even_that_it_is_held_is_told():
    assert said("2023-11-26", GOOD) == said("2023-11-26")


def test_an_abolished_authority_is_said_to_be():
    facts = replace(TYNEHAVEN, abolished_on=on("2025-04-01"))
    assert any("was abolished on 1 April 2025" in limit for limit in said("2025-04-01", GOOD, authority=facts))
    assert not any("abolished" in limit for limit in said("2025-03-31", GOOD, authority=facts))
