"""The list of authorities, and one authority's page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from domain.rulebook.results import UNDER_WAY, Standing, WindowStatus
from domain.values.activities import Activity, Status
from domain.values.known_until import KnownKind
from domain.values.statements import Kind
from projections.authorities.regions import regions
from projections.engine.answers import Moment
from web.authorities.command_table import RECORDS
from web.authorities.searched import searched
from web.authorities.tools import quiet_tools, tools
from web.charts.lanes import OTHER_MARK, entry_mark, lanes_picture
from web.charts.next_expected import next_expected, next_picture
from web.charts.small_multiples import small_multiples
from web.duties.inherited import not_inherited
from web.duties.passed import passed_things
from web.meetings.timeline import meeting_lines, with_notes
from web.outlook.what_if import NOTHING_WANTED, form_context
from web.plans.timeline import PlanLine, counts, merged, plan_lines, waiting
from web.site import plan_reader, reader
from web.site.about import shown
from web.site.htmx import go_to, page_or_part, part_wanted
from web.site.list_filters import list_page
from web.site.people_names import recorded_by
from web.words import answer, register, timeline, words
from web.words.announced import AnnouncedShown, announced_shown, published_shown, withdrawn_calls
from web.words.asked_for import AskedFor, asked_for, own_rows
from web.words.elements import elements_shown
from web.words.judgement_table import judgement_table
from web.words.past_windows import accounts
from web.words.summary import called, has_ended, rule_ids, summary, unread
from web.words.timeline import TimelineLine

NEXT_RECORDS: Mapping[WindowStatus, tuple[str, ...]] = {
    WindowStatus.ANNOUNCED: ("first-day", "call-withdrawn"),
    WindowStatus.ON_SITE: ("first-day", "last-day", "paused", "call-withdrawn"),
    WindowStatus.PAUSED: ("resumed", "last-day"),
    WindowStatus.REPORT_AWAITED: ("first-day", "last-day", "call-withdrawn", "report", "letter"),
}
"""What an officer may record next of an inspection that was called, as far as its form takes it."""

SHOWN_FIRST = 6
"""So many entries stand in the list before the others unfold."""

NOT_DRAWN = UNDER_WAY | {WindowStatus.NOT_APPLICABLE}
"""Where an inspection has come, or none comes, there is nothing to wait for."""


@dataclass(frozen=True)
class InTheList:
    """The lines that stand in the list, and those that unfold, under what they are called."""

    first: Sequence[TimelineLine | PlanLine]
    folded: Sequence[tuple[str, Sequence[TimelineLine | PlanLine]]]


bp = Blueprint("authorities", __name__, url_prefix="/authorities")


@bp.get("")
def index() -> Response:
    """Every authority, searched, filtered and sorted as the address asks; empty fields leave the address.

    Who searches for one that is meant beyond doubt, and asks for nothing else, goes straight there."""
    asked = reader.asked()
    answer = reader.register(asked)
    found = register.rows(answer.rows, asked.as_at)
    known_regions = regions(row.authority for row in answer.rows)
    wanted = register.RegisterAsked.of(request.args, known_regions)
    answered = searched(wanted.q, answer, asked)
    if answered.only is not None and list(wanted.args()) == ["q"] and not part_wanted():
        return go_to(url_for(".show", identifier=answered.only.urn, **asked.address))
    address = url_for(".index", **wanted.args(), **asked.address)
    return list_page(
        "authorities/index.html",
        "authorities/_results.html",
        address=address,
        context=lambda: {
            "asked": asked,
            "moment": answer.moment,
            "wanted": wanted,
            "rows": register.chosen(found, wanted, answered.places),
            "answered": answered,
            "total": len(found),
            "columns": _columns(wanted, asked),
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
    succession = reader.succession(urn, asked)
    governing = standing.governing.id if standing.governing else None
    others = [activity for activity in held if _has_findings(activity) and activity.id != governing]
    outlook = None if asked.chosen else reader.outlook(urn, asked).outlook
    lines = merged(with_notes(entries, told.entries, told.moment), of_plans, kind)
    return {
        "asked": asked,
        "moment": told.moment,
        "authority": authority,
        "place": answer.place(authority),
        "codes": words.codes(authority),
        "tools": tools(
            authority,
            asked,
            ended=has_ended(standing, asked.as_at),
            begins=succession.begins,
            called=bool(came),
            waiting=waiting(of_plans),
        ),
        "quiet_tools": quiet_tools(authority, asked, begins=succession.begins),
        "carried": asked.query,
        "passed": passed_things(urn, asked),
        "not_inherited": not_inherited(standing, asked),
        "succession": succession,
        "summary": summary(standing, asked.as_at),
        "came": came,
        "called": next((one for one in came if one.kind is Kind.INSPECTION), None),
        "new_report": published_shown(standing, asked.as_at),
        "next_records": {one.about: tuple(_next_records(one, held)) for one in came},
        "withdrawn_calls": withdrawn_calls(held, asked.as_at),
        "unread": unread(standing, told.moment),
        "known": answer.known_until(told.moment.known_until),
        "checks": tuple(_checks(urn, told.moment)),
        "five": elements_shown(history.elements),
        "grades": answer.grades_card(standing, activities),
        "pill": answer.pill(standing, asked.as_at),
        "chance": answer.chance(outlook, standing, asked.as_at),
        "basis": outlook.basis if outlook else "",
        "picture": None if standing.window_status in NOT_DRAWN else next_picture(next_expected(standing, outlook)),
        "visit_chance": None if asked.chosen else reader.visit_chance(urn),
        "rules": [shown(rule) for rule in reader.rules(rule_ids(standing))],
        "table": judgement_table(activities),
        "panels": small_multiples(activities, asked.as_at, authority.abolished_on),
        "lanes": lanes_picture(
            authority.name,
            activities,
            None if has_ended(standing, asked.as_at) else standing.expected_next.graded,
            asked.as_at,
        ),
        "asked_for": _asked_for(urn, standing.governing, asked),
        "past": accounts(history.past_windows),
        "wanted": NOTHING_WANTED,
        **form_context(asked, swaps=False),
        "acted_since": [(one, timeline.line_title(one)) for one in others if _acted_since(one, standing)],
        "findings": [(one, timeline.line_title(one)) for one in others if not _acted_since(one, standing)],
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
        "listed": _listed(lines, kind),
        "other_mark": OTHER_MARK,
        "marks": {activity.id: entry_mark(activity) for activity in activities},
        "choices": timeline.choices(told.entries, kind, counts(of_plans), beside),
        "lines": lines,
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


def _listed(lines: Sequence[TimelineLine | PlanLine], kind: str) -> InTheList:
    """The newest lines of what inspectors and the authority did; older ones, and those of plans, unfold."""
    of_plans = [] if kind else [line for line in lines if isinstance(line, PlanLine)]
    others = [line for line in lines if line not in of_plans]
    earlier = others[SHOWN_FIRST:]
    folds: list[tuple[str, Sequence[TimelineLine | PlanLine]]] = []
    if earlier:
        folds.append((words.count(len(earlier), "earlier entry", "earlier entries"), earlier))
    if of_plans:
        folds.append((f"Plans and questions: {words.count(len(of_plans), 'entry', 'entries')}", of_plans))
    return InTheList(others[:SHOWN_FIRST], folds)


def _asked_for(urn: str, governing: Activity | None, asked: reader.Asked) -> AskedFor:
    """What Ofsted asked for in the report that counts, and which of it before."""
    rows = reader.findings_of(urn, asked)
    return asked_for(governing, rows, reader.raised_before(own_rows(governing, rows), rows, asked))


def _acted_since(activity: Activity, standing: Standing) -> bool:
    """Priority action was asked for after the report that counts."""
    governing = standing.governing
    return bool(activity.priority_actions) and (governing is None or activity.public_on > governing.public_on)


def _has_findings(activity: Any) -> bool:
    return bool(activity.improvements or activity.priority_actions)
