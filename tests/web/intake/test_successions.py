"""Ends that a history document tells: what would leave an area without an authority is rejected (R-072)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("successors", "refused"),
    [
        (["Leeds"], "Leeds does not follow itself"),
        ([], "it does not name under 'successors' who follows"),
        (["Bury"], "Bury, named to follow, itself ends on 1 April 2028"),
        (["Cumbria"], "Cumbria, named to follow, itself ended on 1 April 2023"),
        (["9999999"], "no authority is known by '9999999'"),
        (["New Leeds", "Bradford"], None),
    ],
)
def test_an_end_that_would_leave_an_area_without_authority_is_rejected(
    tmp_path: Path, read: Any, successors: list[str], refused: Any
):
    item = {"type": "succession_announced", "on": "2028-04-01", "published": "2026-08-01", "sources": [{"title": "O"}]}
    document = {
        "schema_version": 1,
        "authorities": [
            {"name": "Leeds", "history": [item | {"successors": successors}]},
            {"name": "Bury", "history": [item | {"successors": ["Bolton"]}]},
        ],
    }
    path = tmp_path / "ends.json"
    path.write_text(json.dumps(document))
    reasons = [one.reason for one in read(path).rejected]
    assert len(reasons) == (refused is not None)
    assert all(refused in reason for reason in reasons)
