"""What is due over all action plans, and what of it is the reader's own work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.plans.clock import PaperStatus
from domain.values.offices import is_office
from domain.values.plans import Reading
from domain.values.roles import OF_AUTHORITIES, Listed
from projections.authorities.regions import regions
from projections.plans.answers import DueAction, DueAnswer, DuePaper, DuePlan, PlanHead
from web.formats.sheet_download import csv_file
from web.site import access, reader
from web.site.list_filters import Known, Narrowing, authorities_known, list_page
from web.site.people_names import shown
from web.site.plan_links import action_link, plan_link
from web.site.reader import Asked
from web.words import words
from web.words.plans import READINGS

bp = Blueprint("actions", __name__)

MINE, ALL = "mine", "all"

LISTS: Mapping[str, tuple[str, str, str]] = {
    "overdue": ("Overdue", "overdue", "overdue"),
    "evidence_awaited": (READINGS[Reading.EVIDENCE_AWAITED], "evidence awaited", "evidence awaited"),
    "acceptance_awaited": ("Evidence offered, acceptance awaited", "acceptance awaited", "acceptance awaited"),
    "undated": ("No due date yet", "without a due date", "without a due date"),
    "soon": ("Due in the next 30 days", "due in 30 days", "due in 30 days"),
    "papers": ("Papers to send to Ofsted", "paper to send", "papers to send"),
    "replaced": ("Plans whose report was replaced", "plan to close or carry over", "plans to close or carry over"),
}
"""The lists of an answer by name: a heading, and how one and several are counted."""

HEADS = (
    "list",
    "urn",
    "authority",
    "plan",
    "example",
    "action",
    "what",
    "office",
    "due_on",
    "first_due_on",
    "due_date_moves",
    "days_overdue",
    "label",
    "progress",
    "evidence",
)


@dataclass(frozen=True)
class DueLine:
    """One action, paper or plan in words. `late` is how long it is overdue, `moved` how often its date was moved."""

    what: str
    address: str
    plan: str
    urn: str
    authority: str
    example: bool
    owner: str
    due: str
    late: str
    moved: str
    label: str
    colour: str


@bp.get("/my-work/actions")
def index() -> AnyResponse:
    """What is due and what waits, as the address asks; without being asked, an officer is shown their own work."""
    asked = reader.asked()
    mine = _own_work()
    if not request.args.keys() - {*reader.MOMENT_ARGS} and mine:
        return redirect(url_for(".index", **mine, **asked.address), 303)
    due = reader.due(asked)
    wanted = Narrowing.of(request.args, _known(due))
    return list_page(
        "plans/due/page.html",
        "plans/due/_results.html",
        address=url_for(".index", **wanted.args(), **asked.address),
        context=partial(_context, due, wanted, asked, mine),
    )


@bp.get("/my-work/actions.csv")
def table() -> Response:
    """The same as a table, a row per action; papers and plans whose report was replaced are in it by their plan."""
    asked = reader.asked()
    due = reader.due(asked)
    left = narrowed(due, Narrowing.of(request.args, _known(due)))
    rows = [_row(name, one) for name in LISTS for one in getattr(left, name)]
    return csv_file(f"actions-due-{asked.as_at}.csv", HEADS, rows)


def _own_work() -> dict[str, Any]:
    """What the address of the reader's own work asks: the authorities of their role; nothing for somebody whose role is
    not for authorities. Offices are for the filter: few actions name one as an account does."""
    person = access.present().listed
    if person is None or not person.has(*OF_AUTHORITIES):
        return {}
    return {"work": MINE}


def _known(due: DueAnswer) -> Known:
    heads = _heads(due)
    return {
        "work": (MINE, ALL),
        "region": regions(head.authority for head in heads),
        "authority": authorities_known(head.authority for head in heads),
        "office": None,
        "state": LISTS,
    }


def _heads(due: DueAnswer) -> list[PlanHead]:
    return [one.head for name in LISTS for one in getattr(due, name)]


def narrowed(due: DueAnswer, wanted: Narrowing) -> DueAnswer:
    """What is left of an answer: own work leaves the authorities of the reader's role, an office the actions that it
    owns, however it is written, and then no papers or whole plans: nobody's office is named for those."""
    office = wanted["office"]
    person = access.present().listed

    def stays(one: DueAction | DuePaper | DuePlan) -> bool:
        authority = one.head.authority
        return (
            (not wanted["region"] or authority.region == wanted["region"])
            and (not wanted["authority"] or authority.urn == wanted["authority"])
            and (wanted["work"] != MINE or _is_of(person, authority.urn))
            and (not office or (isinstance(one, DueAction) and is_office(one.action.owner, office)))
        )

    chosen = [name for name in LISTS if wanted["state"] in ("", name)]
    kept: dict[str, Any] = {name: tuple(filter(stays, getattr(due, name))) if name in chosen else () for name in LISTS}
    return replace(due, **kept)


def _is_of(person: Listed | None, urn: str) -> bool:
    return person is not None and person.may_record(urn)


def _context(due: DueAnswer, wanted: Narrowing, asked: Asked, mine: dict[str, Any]) -> dict[str, Any]:
    """Everything the page shows; the part takes the same."""
    left = narrowed(due, wanted)
    heads = _heads(due)
    offices = {row.action.owner.casefold(): row.action.owner for name in LISTS for row in _actions(due, name)}
    if wanted["office"]:
        offices.setdefault(wanted["office"].casefold(), wanted["office"])
    counted = [words.count(many, *LISTS[name][1:]) for name in LISTS if (many := len(getattr(left, name)))]
    own = wanted["work"] == MINE
    clear: dict[str, Any] = {"work": MINE} if own else {"work": ALL} if mine else {}
    return {
        "asked": asked,
        "moment": due.moment,
        "wanted": wanted,
        "own": own,
        "elsewhere": _elsewhere(due, left, wanted) if own else None,
        "mine": url_for(".index", **mine, **asked.address) if mine else "",
        "everything": url_for(".index", work=ALL, **asked.address),
        "lists": [
            (name, LISTS[name][0], tuple(line_of(one, asked) for one in getattr(left, name)))
            for name in LISTS
            if wanted["state"] in ("", name)
        ],
        "counts": ", ".join(counted) or "Nothing",
        "regions": regions(head.authority for head in heads),
        "authorities": list(authorities_known(head.authority for head in heads).items()),
        "offices": sorted((name, name) for name in offices.values()),
        "states": [(name, heading) for name, (heading, *_) in LISTS.items()],
        "office": next((name for key, name in offices.items() if key == wanted["office"].casefold()), ""),
        "no_papers": bool(wanted["office"]) and bool(due.papers or due.replaced),
        "clear": url_for(".index", **clear, **asked.address),
        "download": url_for(".table", **wanted.args(), **asked.address),
    }


def _elsewhere(due: DueAnswer, shown: DueAnswer, wanted: Narrowing) -> tuple[str, str] | None:
    """Where the reader's own work is none though there is some of others: why it is none, and how much there is."""
    everything = sum(len(getattr(due, name)) for name in LISTS)
    if any(getattr(shown, name) for name in LISTS) or not everything or wanted.args().keys() - {"work", "office"}:
        return None
    return f"None for your {'office' if wanted['office'] else 'authorities'}", f"{everything:,} in all"


def _actions(due: DueAnswer, name: str) -> list[DueAction]:
    return [one for one in getattr(due, name) if isinstance(one, DueAction)]


def line_of(one: DueAction | DuePaper | DuePlan, asked: Asked) -> DueLine:
    head = one.head
    plan = plan_link(head.id, asked)
    of_plan = {"plan": plan, "urn": head.authority.urn, "authority": head.authority.name}
    if isinstance(one, DuePlan):
        return DueLine(
            what=f"Plan of {words.day(head.opened_on)}: {head.headline}",
            address=plan,
            example=head.example,
            owner="",
            due=words.short_day(head.replaced.on) if head.replaced else "",
            late="",
            moved="",
            label="Report replaced",
            colour="grey",
            **of_plan,
        )
    if isinstance(one, DuePaper):
        passed = one.deadline.status is PaperStatus.NOT_KNOWN
        return DueLine(
            what=one.deadline.said,
            address=plan,
            example=head.example,
            owner="",
            due=words.short_day(one.deadline.due_on) if one.deadline.due_on else "",
            late="",
            moved="",
            label="Not known whether it was sent" if passed else "Not recorded as sent",
            colour="grey",
            **of_plan,
        )
    action = one.action
    return DueLine(
        what=f"{action.number}. {shown(action.what)}",
        address=action_link(head.id, action.number, asked),
        example=action.example,
        owner=action.owner,
        due=words.short_day(action.due_on) if action.due_on else "No date yet",
        late=_late(action.days_overdue),
        moved=f"moved {words.count(action.moves, 'time')}" if action.moves else "",
        label=action.label.words,
        colour=action.label.colour.value,
        **of_plan,
    )


def _late(days: int) -> str:
    return f"{words.count(days, 'day')} late" if days > 0 else ""


def _row(name: str, one: DueAction | DuePaper | DuePlan) -> list[object]:
    head = one.head
    of_plan = [name, head.authority.urn, head.authority.name, head.id, "yes" if head.example else "no"]
    if isinstance(one, DuePlan):
        return [*of_plan, "", head.headline, "", "", "", "", "", "", "", ""]
    if isinstance(one, DuePaper):
        return [*of_plan, "", one.deadline.said, "", one.deadline.due_on, "", "", "", "", "", ""]
    action = one.action
    return [
        *of_plan,
        action.number,
        shown(action.what),
        action.owner,
        action.due_on,
        action.first_due_on,
        action.moves,
        action.days_overdue,
        action.label.words,
        action.progress.value,
        action.evidence,
    ]
