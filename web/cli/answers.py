"""The questions people ask, answered as JSON or in plain lines: `standing`, `timeline`, `past-windows` and so on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click

from domain.frameworks import OVERALL
from domain.rulebook.results import Standing, WindowStatus
from web.cli.opening import opened
from web.cli.outcome import answers, tell, usable
from web.words.dates import as_day, as_instant, today

as_json = click.option("--json", "json_", is_flag=True, help="One JSON document on standard output.")

known_at_option = click.option(
    "--known-at",
    metavar="DATETIME",
    callback=usable(as_instant),
    help="Only what was recorded by then; a date means the end of that day in London.",
)


def one_or_all(authority: str | None, everyone: bool) -> None:
    """Raises UsageError unless either one authority was named or all were asked for."""
    if (authority is None) != everyone:
        raise click.UsageError("Name one authority, or say --all.")


def at_a_moment(command: Callable[..., Any]) -> Callable[..., Any]:
    as_at = click.option(
        "--as-at",
        metavar="DATE",
        callback=usable(lambda text: as_day(text, "as at")),
        help="What had happened and was public by this day, as now understood. Default: today.",
    )
    return as_at(known_at_option(command))


@click.command()
@click.argument("authority", required=False)
@click.option("--all", "everyone", is_flag=True, help="Every current authority, as a list.")
@at_a_moment
@as_json
@answers
def standing(authority: str | None, everyone: bool, as_at: date | None, known_at: datetime | None, json_: bool) -> None:
    """Where an AUTHORITY stands and what comes next. Name it by URN, GSS code, LA number or any known name."""
    from projections.authorities.names import identify
    from projections.authorities.register import register as register_of
    from projections.outlook.standing import standing_of
    from web.documents.authorities import standing_document

    one_or_all(authority, everyone)
    store = opened()
    day = as_at or today()
    if authority is None:
        found = register_of(store.reader, as_at=day, known_at=known_at, with_expectations=True)
        standings = [(row.standing, found.moment) for row in found.rows]
    else:
        urn = identify(store.reader, authority, as_at=day)
        answer = standing_of(store.reader, urn, as_at=day, known_at=known_at)
        standings = [(answer.standing, answer.moment)]
    if json_:
        documents = [standing_document(*one) for one in standings]
        tell(documents if everyone else documents[0])
        return
    for stands, _ in standings:
        _tell_standing(stands)


def _tell_standing(stands: Standing) -> None:
    graded, who = stands.expected_next.graded, stands.authority
    coming = graded.type.value if graded.type else "unknown"
    window = f"{graded.window_from} to {graded.window_to}" if graded.window_from else "no window"
    if stands.ended:
        coming, window, state = "nothing", "", f"ended on {who.abolished_on}"
    elif stands.window_status is WindowStatus.NOT_KNOWN:
        state = f"not known since {stands.known_until.graded}" if stands.known_until.graded else "not known"
    elif stands.window_status is WindowStatus.OVERDUE and stands.known_until.graded is not None:
        state = f"overdue on {min(stands.known_until.graded, stands.on)}"
    elif stands.only_called:
        from web.words import words

        state = words.window_state(stands.window_status, only_called=True).lower()
    else:
        state = stands.window_status.value
    click.echo(f"{who.urn:>8}  {who.name:<40.40} {stands.pathway.value:<22}{coming:<36}{window:<26}{state}")


@click.command()
@click.argument("authority")
@at_a_moment
@as_json
@answers
def timeline(authority: str, as_at: date | None, known_at: datetime | None, json_: bool) -> None:
    """An AUTHORITY's whole history, in order of when it was true."""
    from projections.authorities.names import identify
    from projections.authorities.timeline import timeline as timeline_of
    from web.documents.authorities import timeline_document

    store = opened()
    day = as_at or today()
    urn = identify(store.reader, authority, as_at=day)
    document = timeline_document(timeline_of(store.reader, urn, as_at=day, known_at=known_at))
    if json_:
        tell(document)
        return
    click.echo(document["authority"]["name"])
    overall = {area.value for area in OVERALL}
    for entry in document["entries"]:
        when = (
            entry.get("start") or entry.get("date") or entry.get("on") or entry.get("period") or entry.get("published")
        )
        when = when or entry.get("notified")
        what = " ".join(str(entry[key]) for key in ("type", "framework", "variant", "focus") if entry.get(key))
        grade = next((code for area, code in entry.get("grades", {}).items() if area in overall), "")
        click.echo(f"{when!s:<12}{what:<48.48} {grade:<22}{entry['status']}")


@click.command()
@click.argument("authority", required=False)
@click.option("--all", "everyone", is_flag=True, help="How often windows came true, over every authority.")
@at_a_moment
@as_json
@answers
def past_windows(
    authority: str | None, everyone: bool, as_at: date | None, known_at: datetime | None, json_: bool
) -> None:
    """Each window of an AUTHORITY with what came of it: inside or outside, by how much, and why where a rule says."""
    from projections.authorities.names import identify
    from projections.outlook.past_windows import past_windows_of, tally_of
    from web.documents.authorities import past_windows_document, tally_document

    one_or_all(authority, everyone)
    store = opened()
    day = as_at or today()
    if authority is None:
        document = tally_document(tally_of(store.reader, as_at=day, known_at=known_at))
    else:
        urn = identify(store.reader, authority, as_at=day)
        document = past_windows_document(past_windows_of(store.reader, urn, as_at=day, known_at=known_at))
    if json_:
        tell(document)
    elif everyone:
        _tell_tally(document)
    else:
        click.echo(document["authority"]["name"])
        for window in document["windows"]:
            click.echo(f"{window['since']}  {window['outcome']:<18}{window['said']}")


def _tell_tally(document: dict[str, Any]) -> None:
    rows = [
        ("all", document["all"]),
        *((group["pathway"], group) for group in document["by_pathway"]),
        *((group["cohort"], group) for group in document["by_cohort"]),
    ]
    columns = (
        "came",
        "inside",
        "early",
        "late",
        "cannot_be_judged",
        "overdue",
        "not_known",
        "median_days_early",
        "median_days_late",
    )
    click.echo(" " * 24 + "  ".join(column.replace("_", " ") for column in columns))
    for name, group in rows:
        cells = ("" if group[column] is None else str(group[column]) for column in columns)
        click.echo(
            f"{name:<24}" + "  ".join(cell.rjust(len(column)) for cell, column in zip(cells, columns, strict=True))
        )


@click.command()
@click.option("--authority", metavar="URN", help="Only this authority's.")
@at_a_moment
@as_json
@answers
def disagreements(authority: str | None, as_at: date | None, known_at: datetime | None, json_: bool) -> None:
    """Where sources disagree: what is held, and who says what."""
    from projections.authorities.disagreements import disagreements as disagreements_of
    from projections.authorities.names import identify
    from web.documents.authorities import disagreement_documents

    store = opened()
    day = as_at or today()
    urn = None if authority is None else identify(store.reader, authority, as_at=day)
    rows = disagreements_of(store.reader, urn, as_at=day, known_at=known_at)
    documents = disagreement_documents(rows)
    if json_:
        tell(documents)
        return
    for document in documents:
        others = "; ".join(f"{saying['source']}: {saying['value']}" for saying in document["says"])
        click.echo(f"{document['urn']}  {document['start'] or document['published']}  {document['field']}  {others}")


@click.command()
@click.option("--authority", metavar="URN", help="Only this authority's.")
@at_a_moment
@as_json
@answers
def doubts(authority: str | None, as_at: date | None, known_at: datetime | None, json_: bool) -> None:
    """Questions for an officer: what cannot be right, or is unusual, among what is held."""
    from projections.authorities.doubts import doubts as doubts_of
    from projections.authorities.names import identify
    from web.documents.authorities import doubt_documents

    store = opened()
    day = as_at or today()
    urn = None if authority is None else identify(store.reader, authority, as_at=day)
    documents = doubt_documents(doubts_of(store.reader, urn, as_at=day, known_at=known_at))
    if json_:
        tell(documents)
        return
    for document in documents:
        held = "" if document["governs"] else "  Governs and dates nothing until an officer answers."
        click.echo(f"{document['urn']}  {document['authority']}, {document['type']}: {document['question']}{held}")


@click.command()
@click.option("--region", metavar="NAME", default="", help="Only authorities of this region.")
@click.option("--pathway", metavar="PATHWAY", default="", help="Only this pathway, for example inadequate.")
@at_a_moment
@as_json
@answers
def planner(region: str, pathway: str, as_at: date | None, known_at: datetime | None, json_: bool) -> None:
    """Windows of England month by month for two years: opening, open, closing, overdue."""
    from projections.authorities.register import register as register_of
    from projections.outlook.planner import planner as planner_of
    from web.documents.planner import planner_document
    from web.words.register import pathway_named

    store = opened()
    register = register_of(store.reader, as_at=as_at or today(), known_at=known_at, include_abolished=True)
    answer = planner_of(register, region=region.strip(), pathway=pathway_named(pathway.strip()))
    document = planner_document(answer, region=region.strip(), pathway=pathway.strip())
    if json_:
        tell(document)
        return
    not_known = f", not known {len(answer.not_known)}" if answer.not_known else ""
    called = f"called or inspected now {len(answer.called)}, " if answer.called else ""
    click.echo(f"{called}overdue now {len(answer.overdue)}{not_known}, open now {len(answer.open)}")
    for month in document["months"]:
        counts = "  ".join(f"{key} {len(month[key]):>3}" for key in ("opening", "open", "closing", "overdue_from"))
        click.echo(f"{month['month']}  {counts}")
