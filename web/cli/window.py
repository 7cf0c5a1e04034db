"""`window`: why one authority stands where it stands and why each activity is expected when it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from web.cli.answers import as_json, at_a_moment
from web.cli.opening import opened
from web.cli.outcome import answers, tell
from web.words.dates import today

if TYPE_CHECKING:
    from domain.rulebook.results import Standing


@click.command()
@click.argument("authority")
@at_a_moment
@as_json
@answers
def window(authority: str, as_at: date | None, known_at: datetime | None, json_: bool) -> None:
    """Why an AUTHORITY's window is what it is: every step with its rule, what did not apply, what would change it."""
    from projections.authorities.names import identify
    from projections.outlook.reasoning import reasoning_of
    from web.documents.window import window_document

    store = opened()
    day = as_at or today()
    urn = identify(store.reader, authority, as_at=day)
    answer = reasoning_of(store.reader, urn, as_at=day, known_at=known_at)
    document = window_document(answer)
    if json_:
        tell(document)
        return
    for line in _lines(document, answer.reasoning.standing):
        click.echo(line)


def _lines(document: dict[str, Any], stands: Standing) -> Iterable[str]:
    standing = document["standing"]
    yield f"{standing['authority']['name']} ({standing['authority']['urn']}) as at {standing['as_at']}"
    yield f"Next graded inspection: {_next(standing, stands)}"
    yield "Ofsted does not publish inspection dates."
    for limit in document["limits"]:
        yield f"Limit: {limit}"
    yield from ("", f"Pathway: {_plain(standing['pathway'])}", *_steps(document["pathway"]["steps"]))
    for one in document["expectations"]:
        ends = {"window_from": one["from"], "window_to": one["to"]}
        yield from ("", f"{_plain(one['activity'])} ({_plain(one['basis'])}): {_when(ends)}", *_steps(one["steps"]))
    yield from ("", "Rules that did not apply, and why")
    for one in document["did_not_apply"]:
        yield f"  {one['rule']:<7}{one['why']}"
    yield from ("", "What would change this", *(["  Nothing: it no longer exists."] if stands.ended else []))
    for one in document["would_change"]:
        if "then" in one:
            found = one["then"]["expected_next"]["graded"]
            result = f"{_plain(one['then']['pathway'])}, {_plain(found['type'] or 'type not known')}, {_when(found)}"
        else:
            result = one["words"]
        yield f"  {one['if']}: {result} [{', '.join(one['rules'])}]"


def _next(standing: dict[str, Any], stands: Standing) -> str:
    """What comes next, and its window's status as far as anything is known (R-099)."""
    if stands.ended:
        return "none expected, the authority no longer exists"
    graded = standing["expected_next"]["graded"]
    return f"{_plain(graded['type'] or 'type not known')}, {_when(graded)}: {_plain(stands.window_status.value)}"


def _steps(steps: Iterable[dict[str, Any]]) -> Iterable[str]:
    for number, step in enumerate(steps, 1):
        yield f"  {number}. {step['result']}{' (inferred)' if step['inferred'] else ''}"
        yield f"     {step['rule']} {step['text']} [{', '.join(step['confidence'])}: {step['source']}]"
        if step["inputs"]:
            yield "     " + "; ".join(f"{one['name']}: {one['value']}" for one in step["inputs"])
        if step["row"]:
            row = step["row"]
            since = f"from {row['in_force_from']} on" if row["in_force_from"] else "from the start"
            until = f", before {row['in_force_before']}" if row["in_force_before"] else ""
            yield f"     row in force {since}{until}; by {row['compared_with']} {row['compared_on'] or ''}".rstrip()


def _when(graded: dict[str, Any]) -> str:
    first, last = graded["window_from"], graded["window_to"]
    if first and last:
        return f"{first} to {last}"
    return f"by {last}" if last else "no date"


def _plain(code: str) -> str:
    return code.replace("_", " ")
