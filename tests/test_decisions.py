"""The records of decisions: each with its number, day and status, half a page long, and once in the index."""

from __future__ import annotations

import re
from pathlib import Path

from tests.test_docs import all_documents, text_of

DECISIONS = "docs/decisions/README.md"


def decisions() -> list[str]:
    return [name for name in all_documents() if re.match(r"docs/decisions/\d", name)]


def test_every_decision_has_a_number_a_date_and_a_status_and_takes_half_a_page():
    numbers = [Path(name).name[:4] for name in decisions()]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert len(numbers) >= 10
    for name in decisions():
        text = text_of(name)
        assert len(text.splitlines()) <= 60, name
        assert re.match(rf"# {Path(name).name[:4]}: \S", text), name
        _, status = dated(name)
        others = re.findall(r"\d{4}", status)
        assert re.fullmatch(r"accepted(, carried further by \d{4})?|superseded by \d{4}", status), name
        assert set(others) <= set(numbers) - {Path(name).name[:4]}, name
        for part in ("**Context.**", "**Choice.**", "**What it costs.**"):
            assert part in text, f"{name} lacks {part}"


def dated(name: str) -> tuple[str, str]:
    """The day of a decision and its status, from the line below its title."""
    told = re.match(r"# .*\n\nDate: (\d{4}-\d\d-\d\d)\. Status: (.*)\.\n", text_of(name))
    assert told, f"{name} says below its title: Date: 2026-11-30. Status: accepted."
    return told[1], told[2]


def test_the_index_of_decisions_lists_each_once_by_its_area():
    rows = re.findall(r"(?m)^\| \[(\d{4})\]\((\S+)\) \| (.*) \| (\S+) \| (.*) \|$", text_of(DECISIONS))
    titles = {name: text_of(name).splitlines()[0].partition(": ")[2] for name in decisions()}
    wanted = [(Path(name).name[:4], Path(name).name, titles[name], *dated(name)) for name in decisions()]
    assert sorted(rows) == wanted
    assert len(re.findall(r"(?m)^## ", text_of(DECISIONS))) >= 4
