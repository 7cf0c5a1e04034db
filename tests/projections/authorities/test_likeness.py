"""How alike two findings are, and how often that says that a matter was raised before."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from projections.authorities.likeness import ALIKE_FROM, likeness
from tests import CHECKOUT

Pair = tuple[str, str, bool]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The quality of life-story work.", "Life-story work for all children in care."),
        ("Support for young carers. (outcome 1, national framework)", "The identification of young carers."),
        ("The stability of the workforce.", "The recruitment and stability of the workforce."),
    ],
)
def test_findings_about_one_matter_are_alike(one: str, other: str):
    assert likeness(one, other) == likeness(other, one) >= ALIKE_FROM


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The quality of plans for children.", "The quality of supervision."),
        ("Health assessments. (outcome 4, national framework)", "Strategy meetings. (outcome 4, national framework)"),
        ("Plans", ""),
        ("Of the and", "Of the and"),
    ],
)
def test_words_that_all_findings_use_make_none_alike(one: str, other: str):
    assert likeness(one, other) < ALIKE_FROM


def test_the_same_words_are_as_alike_as_can_be():
    assert likeness("Life-story work.", "life story work") == pytest.approx(1)


def labelled(real: Path) -> list[Pair]:
    """Pairs of items of one authority's reports, the later first, and whether both are about one matter: as labelled by
    hand before anything was tried."""
    with (real / "recommendations" / "what_needs_to_improve.csv").open(encoding="utf-8-sig", newline="") as lines:
        texts = {
            (row["urn"], row["publication_date"], row["item_number"]): row["text"] for row in csv.DictReader(lines)
        }
    path = CHECKOUT / "tests" / "projections" / "authorities" / "raised_before_pairs.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            (
                texts[row["urn"], row["later_published"], row["later_item"]],
                texts[row["urn"], row["earlier_published"], row["earlier_item"]],
                row["raised_before"] == "yes",
            )
            for row in csv.DictReader(lines)
        ]


def test_of_pairs_labelled_by_hand_most_are_told_rightly(real: Path):
    pairs = labelled(real)
    assert (len(pairs), sum(same for *_, same in pairs)) == (60, 18)
    for half, precision, recall in ((pairs[0::2], 1.0, 8 / 9), (pairs[1::2], 0.7, 7 / 9)):
        told = [same for one, other, same in half if likeness(one, other) >= ALIKE_FROM]
        assert sum(told) / len(told) >= precision
        assert sum(told) / sum(same for *_, same in half) >= recall
