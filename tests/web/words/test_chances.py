from __future__ import annotations

import pytest

from web.words.chances import about


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "less than 1 in 20"),
        (0.049, "less than 1 in 20"),
        (0.05, "about 1 in 20"),
        (0.161, "about 1 in 6"),
        (0.24, "about 1 in 4"),
        (0.5, "about 1 in 2"),
        (0.66, "about 2 in 3"),
        (0.95, "about 9 in 10"),
        (0.96, "more than 19 in 20"),
    ],
)
def test_a_chance_is_said_in_small_whole_numbers(share: float, said: str):
    assert about(share) == said
