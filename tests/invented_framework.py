"""A framework that nobody has published, and the product with its rows, in a process of its own.

Five grades, areas of its own and no overall grade: what a renewed framework might bring. The rows are put into the text
of the tables as somebody would write them there; nothing else of the product is changed."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests import CHECKOUT

CODES = {
    "Grade": """
    EXCEPTIONAL = "exceptional"
    STRONG = "strong"
    EXPECTED = "expected_standard"
    ATTENTION = "needs_attention"
    URGENT = "urgent_improvement"
""",
    "Area": """
    GOVERNANCE = "governance_and_partnership"
    FAMILY_HELP = "family_help"
    SAFE = "safety_from_harm"
    HOMES = "homes_and_permanence"
    ADULTHOOD = "moving_to_adulthood"
""",
    "JudgementSet": """
    FIVE = "five"
""",
}
AREA_ROWS = """
    AreaRow(Area.GOVERNANCE, "governance and partnership", short="Governance", beside=Area.IMPACT_OF_LEADERS),
    AreaRow(Area.FAMILY_HELP, "family help"),
    AreaRow(Area.SAFE, "safety from harm", beside=Area.HELP_AND_PROTECTION),
    AreaRow(Area.HOMES, "homes and permanence", beside=Area.IN_CARE),
    AreaRow(Area.ADULTHOOD, "moving to adulthood", beside=Area.CARE_LEAVERS),
"""
NOT_SAID_YET = {
    **CODES,
    "SCALES": """
    Scale(
        "five_points",
        "R-010",
        (
            GradeRow(Grade.EXCEPTIONAL, "Exceptional", "Ex", Tone.BEST),
            GradeRow(Grade.STRONG, "Strong", "St", Tone.GOOD),
            GradeRow(Grade.EXPECTED, "Expected standard", "Es", Tone.GOOD),
            GradeRow(Grade.ATTENTION, "Needs attention", "Na", Tone.AMBER),
            GradeRow(Grade.URGENT, "Urgent improvement", "Ui", Tone.RED),
        ),
    ),
""",
    "AREA_ROWS": AREA_ROWS,
    "SETS": """
    SetRow(
        JudgementSet.FIVE,
        ILACS,
        SCALES[-1],
        (Area.GOVERNANCE, Area.FAMILY_HELP, Area.SAFE, Area.HOMES, Area.ADULTHOOD),
        "R-010",
        start=date(2026, 6, 1),
        undated=date(2026, 7, 15),
        called="summer 2026 framework",
    ),
""",
}
"""The rows as they can be written on the day the framework is published: what follows from a grade is not said."""

SAID = {
    **NOT_SAID_YET,
    "SCALES": """
    Scale(
        "five_points",
        "R-010",
        (
            GradeRow(Grade.EXCEPTIONAL, "Exceptional", "Ex", Tone.BEST, good=True, failing=False),
            GradeRow(Grade.STRONG, "Strong", "St", Tone.GOOD, good=True, failing=False),
            GradeRow(Grade.EXPECTED, "Expected standard", "Es", Tone.GOOD, good=True, failing=False),
            GradeRow(Grade.ATTENTION, "Needs attention", "Na", Tone.AMBER, good=False, failing=False),
            GradeRow(Grade.URGENT, "Urgent improvement", "Ui", Tone.RED, good=False, failing=True),
        ),
    ),
""",
    "SETS": NOT_SAID_YET["SETS"].replace(
        "start=date",
        "leaders=Area.GOVERNANCE,\n        practice=(Area.FAMILY_HELP, Area.SAFE, Area.HOMES, Area.ADULTHOOD),\n"
        "        needed=3,\n        start=date",
    ),
    "PATHWAY_TESTS": """
    PathwayTest(
        rule="R-010",
        source="Invented for this test",
        confidence=Confidence.INFERRED,
        start=date(2026, 6, 1),
        by=PathwayBasis.JUDGEMENTS,
    ),
""",
}
"""The same once a row says what follows."""

ROWS = {"not said yet": NOT_SAID_YET, "said": SAID}
TABLES = {"domain.frameworks": "domain/frameworks.py", "domain.rulebook.rows": "domain/rulebook/rows.py"}


def with_rows(text: str, added: Mapping[str, str]) -> str:
    """A module's text with rows put at the end of its tables and codes at the end of its enumerations, by name."""
    lines = text.splitlines(keepends=True)
    put: dict[int, str] = {}
    for node in ast.parse(text).body:
        match node:
            case ast.ClassDef(name=name) if name in added:
                last = [one for one in node.body if isinstance(one, ast.Assign)][-1]
                put[last.end_lineno or 0] = added[name]
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Tuple() as table) if name in added:
                put[(table.end_lineno or 0) - 1] = added[name]
    for line in sorted(put, reverse=True):
        lines.insert(line, put[line])
    return "".join(lines)


def put_into_the_tables(added: Mapping[str, str]) -> None:
    """Before anything of the product is imported: its tables as they would be with these rows."""
    assert not any(name.startswith("domain.") for name in sys.modules)
    for name, path in TABLES.items():
        text = (CHECKOUT / path).read_text(encoding="utf-8")
        changed = with_rows(text, added)
        spec = importlib.util.spec_from_file_location(name, CHECKOUT / path)
        assert spec is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        exec(compile(changed, path, "exec"), module.__dict__)


def told(story: str, rows: str, home: Path) -> Any:
    """What a story of `tests/whole` tells of the product with the invented rows; whatever it raises fails the test."""
    command = [sys.executable, "-m", "tests.invented_framework", story, rows, str(home)]
    ended = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-4000:]
    return json.loads(ended.stdout.splitlines()[-1])


if __name__ == "__main__":
    story, rows, home = sys.argv[1:]
    put_into_the_tables(ROWS[rows])
    print(json.dumps(importlib.import_module(story).tell(Path(home))))
