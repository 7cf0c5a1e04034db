"""The list of authorities, and one authority's page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from domain.rulebook.results import UNDER_WAY, WindowStatus
from domain.values.activities import Activity, Status
from domain.values.known_until import KnownKind
from domain.values.statements import Kind
from projections.authorities.regions import regions
from projections.engine.answers import Moment
from web.authorities.chart import chart
from web.authorities.command_table import RECORDS
from web.duties.inherited import not_inherited
from web.duties.passed import passed_things
from web.meetings.timeline import meeting_lines, with_notes
from web.outlook.what_if import NOTHING_WANTED, form_context
from web.plans.timeline import counts, merged, plan_lines, waiting
from web.site import plan_reader, reader
from web.site.about import shown
from web.site.htmx import page_or_part
from web.site.list_filters import list_page
from web.site.people_names import recorded_by
from web.words import register, timeline, words
from web.words.announced import AnnouncedShown, announced_shown, published_shown, withdrawn_calls
from web.words.elements import elements_shown
from web.words.judgement_table import judgement_table
from web.words.past_windows import accounts
from web.words.summary import called, has_ended, known_until_shown, rule_ids, summary, unread

NEXT_RECORDS: Mapping[WindowStatus, tuple[str, ...]] = {
    WindowStatus.ANNOUNCED: ("first-day", "call-withdrawn"),
    WindowStatus.ON_SITE: ("first-day", "last-day", "paused", "call-withdrawn"),
    WindowStatus.PAUSED: ("resumed", "last-day"),
    WindowStatus.REPORT_AWAITED: ("first-day", "last-day", "call-withdrawn", "report", "letter"),
}
"""What an officer may record next of an inspection that was called, as far as its form takes it."""

bp = Blueprint("authorities", __name__, url_prefix="/authorities")


@bp.get("")
def index() -> Response:
    """Every authority, searched, filtered and sorted as the address asks; empty fields leave the address."""
    asked = reader.asked()
    answer = reader.register(asked)
    found = register.rows(answer.rows, asked.as_at)
    known_regions = regions(row.authority for row in answer.rows)
    wanted = register.RegisterAsked.of(request.args, known_regions)
    address = url_for(".index", **wanted.args(), **asked.address)
    return list_page(
        "authorities/index.html",
        "authorities/_results.html",
        address=address,
        context=lambda: {
            "asked": asked,
            "moment": answer.moment,
            "wanted": wanted,
            "rows": register.chosen(found, wanted),
            "total": len(found),
            "columns": _columns(wanted, asked),
            "former": register.named_like(reader.abolished(asked), wanted) if wanted.q else (),
            "to_begin": register.to_begin_like(reader.to_begin(asked), wanted) if wanted.q else (),
            "regions": known_regions,
            "pathways": [(pathway.value, label) for pathway, label in words.PATHWAYS.items()],
            "judgements": list(register.JUDGEMENTS.items()),
            "windows": [(state.value, label) for state, label in words.WINDOW_STATES.items()],
            "sends": list(register.SEND.items()),
            "youths": list(register.YOUTH.items()),
            "clear": url_for(".index", **asked.address),
            "carried": asked.query,
        },
    )


def _columns(wanted: register.RegisterAsked, asked: reader.Asked) -> list[tuple[str, str, str]]:
    """Heading, the address that sorts by it (the other way if it is sorted already), and its `aria-sort`."""
    columns = []
    for key, label in register.SORTS.items():
        sorted_by = wanted.sort == key
        turned: dict[str, Any] = {"order": "descending"} if sorted_by and not wanted.descending else {}
        order: dict[str, Any] = {} if key == "name" and not turned else {"sort": key}
        address = url_for(".index", **wanted.filters(), **order, **turned, **asked.address)
        columns.append((label, address, ("descending" if wanted.descending else "ascending") if sorted_by else ""))
    return columns


@bp.get("/<identifier>")
@reader.by_urn
def show(urn: str) -> Response:
    """One authority: where it stands, what comes next, and all that happened; other identifiers redirect here."""
    context = authority_context(urn, reader.asked())
    return page_or_part("authorities/show.html", "authorities/_timeline.html", **context)


def authority_context(urn: str, asked: reader.Asked) -> dict[str, Any]:
    """Everything the authority's page shows; the timeline part takes the same."""
    history = reader.history(urn, asked)
    told = history.timeline
    standing = history.standing.standing
    authority = standing.authority
    activities = [entry.activity for entry in told.entries]
    held = [activity for activity in activities if activity.status is not Status.WITHDRAWN]
    held.sort(key=lambda activity: activity.true_on, reverse=True)
    came = announced_shown(standing, activities, reader.holidays(), asked.as_at)
    kind = request.args.get("kind", "")
    of_plans = plan_lines(urn, asked)
    beside = meeting_lines(urn, asked)
    entries = timeline.lines(told.entries, kind, beside)
    return {
        "asked": asked,
        "moment": told.moment,
        "authority": authority,
        "codes": words.codes(authority),
        "carried": asked.query,
        "passed": passed_things(urn, asked),
        "not_inherited": not_inherited(standing, asked),
        "succession": reader.succession(urn, asked),
        "summary": summary(standing, asked.as_at),
        "came": came,
        "new_report": published_shown(standing, asked.as_at),
        "next_records": {one.about: tuple(_next_records(one, held)) for one in came},
        "withdrawn_calls": withdrawn_calls(held, asked.as_at),
        "unread": unread(standing, told.moment),
        "known": known_until_shown(told.moment.known_until),
        "checks": _checks(urn, told.moment),
        "five": elements_shown(history.elements),
        "chance": None if asked.chosen or standing.window_status in UNDER_WAY else reader.chance(urn),
        "visit_chance": None if asked.chosen else reader.visit_chance(urn),
        "rules": [shown(rule) for rule in reader.rules(rule_ids(standing))],
        "table": judgement_table(activities),
        "chart": chart(
            authority.name,
            activities,
            None if has_ended(standing, asked.as_at) else standing.expected_next.graded,
            asked.as_at,
        ),
        "past": accounts(history.past_windows),
        "wanted": NOTHING_WANTED,
        **form_context(asked, swaps=False),
        "findings": [(activity, timeline.line_title(activity)) for activity in held if _has_findings(activity)],
        "disputed": [
            (activity, timeline.line_title(activity), tuple(map(timeline.dispute, activity.disagreements)))
            for activity in held
            if activity.disagreements
        ],
        "number_in_question": sum(len(activity.doubts) for activity in held),
        "number_disputed": sum(not one.ruled_on for activity in held for one in activity.disagreements),
        "kind": kind,
        "plan_recorded": any(activity.kind is Kind.ACTION_PLAN_SUBMITTED for activity in held),
        "plans": plan_reader.heads(asked, urn).heads,
        "waiting": waiting(of_plans),
        "choices": timeline.choices(told.entries, kind, counts(of_plans), beside),
        "lines": merged(with_notes(entries, told.entries, told.moment), of_plans, kind),
    }


def _next_records(one: AnnouncedShown, held: Iterable[Activity]) -> Iterator[tuple[str, str]]:
    """Those whose form offers the entry."""
    for of in (activity for activity in held if activity.id == one.about):
        for kind in NEXT_RECORDS[one.status]:
            about = RECORDS[kind].about
            if about is None or about(of):
                yield kind, RECORDS[kind].label


def _checks(urn: str, moment: Moment) -> Iterator[str]:
    """Who last looked and found nothing more, of each kind, when, and where it was said."""
    seen: set[tuple[KnownKind, ...]] = set()
    for check in reader.checks(urn, moment):
        if check.kinds not in seen:
            seen.add(check.kinds)
            whose = "" if check.urn or check.urns else " of every authority"
            yield (
                f"All {called(check.kinds)}{whose} public by {words.day(check.checked_on)} are held: looked through, "
                f"recorded {recorded_by(check.actor)} on {words.day(words.day_of(check.timestamp))}. Source: "
                f"{check.source.title or 'not named'}."
            )


def _has_findings(activity: Any) -> bool:
    return bool(activity.improvements or activity.priority_actions)
