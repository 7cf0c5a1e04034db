"""Two dates side by side, for an authority and for a plan: what happened between them, or what was learned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.values.days import london_day
from domain.values.errors import RuleBroken
from projections.engine.answers import Moment
from projections.outlook.comparing import ComparedMoment, comparison_of, counted_by
from projections.plans.comparing import plan_comparison_of
from projections.plans.plan import plan_heads
from web.authorities.comparison_files import as_table, as_word
from web.formats.downloads import CSV, WORD, sent
from web.formats.latest_checkpoint import sealing
from web.site import access, people_names, reader
from web.site.htmx import page_or_part, part_wanted
from web.store.store import current_store
from web.words import dates, differences, words
from web.words.differences import Compared, Naming

bp = Blueprint("compare", __name__)

A_YEAR = timedelta(days=365)
"""How far back a comparison goes where the address does not say."""

Read = TypeVar("Read")

NAMING = Naming(people_names.recorded_by, people_names.shown)

FIELDS = ("from", "to", "from_known", "to_known")


@dataclass(frozen=True)
class ComparisonAsked:
    """Two moments, and what the address states of them."""

    since: ComparedMoment
    until: ComparedMoment
    chosen: Mapping[str, str]


def asked() -> ComparisonAsked:
    """The moments in the address. `to` is the moment of any page (`as_at`, `known_at`) where it is not given; `from`
    a year before it, or the same day where only `from_known` is; `from_known` is `to_known` where it is not given.

    Raises AtFields where one is no date, or where the later lies before the earlier."""
    page, chosen = reader.asked(), _chosen()
    problems: dict[str, str] = {}

    def told(name: str, read: Callable[[str, str], Read], otherwise: Read) -> Read:
        try:
            return read(chosen[name], f"“{name.replace('_', ' ')}”") if name in chosen else otherwise
        except RuleBroken as refusal:
            problems[name] = str(refusal)
            return otherwise

    to = told("to", dates.as_day, page.as_at)
    to_known = told("to_known", dates.as_instant, page.known_at)
    from_known = told("from_known", dates.as_instant, to_known)
    since = told("from", dates.as_day, to if "from_known" in chosen else to - A_YEAR)
    for days, run in (
        ("", partial(dates.must_run_forwards, since, to)),
        ("_known", partial(_known_forwards, from_known, to_known)),
    ):
        names = {f"from{days}", f"to{days}"}
        try:
            if not names & problems.keys():
                run()
        except RuleBroken as refusal:
            problems[f"to{days}" if f"to{days}" in chosen else f"from{days}"] = str(refusal)
    if problems:
        raise dates.AtFields(problems)
    return ComparisonAsked(ComparedMoment(since, from_known), ComparedMoment(to, to_known), chosen)


def _chosen() -> dict[str, str]:
    return {name: text for name in FIELDS if (text := request.args.get(name, "").strip())}


def _known_forwards(first: datetime | None, last: datetime | None) -> None:
    if first is not None and last is not None and first > last:
        raise RuleBroken("What is compared was known later than what it is compared with. Exchange the two dates.")


@bp.get("/authorities/<urn>/compare")
def authority(urn: str) -> Response | AnyResponse:
    """What differs of one authority between two moments; other identifiers redirect here."""
    if (known := reader.urn_of(urn)) != urn:
        return redirect(reader.with_query(url_for(".authority", urn=known)), 301)
    here = url_for(".authority", urn=urn)
    try:
        wanted = asked()
    except dates.AtFields as refusal:
        facts = reader.authority(urn)
        return _form_again(refusal, subject=facts.name, authority=facts, here=here)
    answer = comparison_of(current_store().reader, urn, since=wanted.since, until=wanted.until)
    return _page(
        differences.of_authority(answer),
        wanted,
        moment=answer.after.moment,
        authority=answer.authority,
        here=here,
        files={kind: url_for(f".authority_{kind}", urn=urn, **exact(wanted)) for kind in ("word", "table")},
        plans=_plans(urn, wanted.until) if access.may("READS") else [],
        json=url_for("api_time.compare", authority=urn, **exact(wanted)),
    )


@bp.get("/authorities/<urn>/compare.docx")
def authority_word(urn: str) -> Response:
    """The same as a Word document."""
    compared, link = _of_authority(urn)
    return sent(as_word(compared, link, sealing()), WORD, f"compare-{urn}.docx")


@bp.get("/authorities/<urn>/compare.csv")
def authority_table(urn: str) -> Response:
    """The same as a table."""
    compared, link = _of_authority(urn)
    return sent(as_table(compared, link, sealing()), CSV, f"compare-{urn}.csv")


@bp.get("/plans/<uuid:plan>/compare")
def plan(plan: UUID) -> Response | AnyResponse:
    """What differs of one action plan between two moments."""
    here = url_for(".plan", plan=plan)
    try:
        wanted = asked()
    except dates.AtFields as refusal:
        facts = reader.authority(current_store().application.plans.plan(plan).urn)
        return _form_again(refusal, subject=f"Action plan, {facts.name}", authority=facts, here=here)
    answer = plan_comparison_of(current_store().reader, plan, since=wanted.since, until=wanted.until)
    return _page(
        differences.of_plan(answer, _moment(wanted.since), answer.after.moment, NAMING),
        wanted,
        moment=answer.after.moment,
        authority=answer.after.head.authority,
        here=here,
        files={kind: url_for(f".plan_{kind}", plan=plan, **exact(wanted)) for kind in ("word", "table")},
        json="",
    )


@bp.get("/plans/<uuid:plan>/compare.docx")
def plan_word(plan: UUID) -> Response:
    """The same as a Word document."""
    compared, link = _of_plan(plan)
    return sent(as_word(compared, link, sealing()), WORD, f"compare-plan-{plan}.docx")


@bp.get("/plans/<uuid:plan>/compare.csv")
def plan_table(plan: UUID) -> Response:
    """The same as a table."""
    compared, link = _of_plan(plan)
    return sent(as_table(compared, link, sealing()), CSV, f"compare-plan-{plan}.csv")


def exact(wanted: ComparisonAsked) -> dict[str, Any]:
    """The address of a comparison that never changes: every moment filled in, knowledge by the last fact counted."""
    found = {"from": wanted.since.as_at.isoformat(), "to": wanted.until.as_at.isoformat()}
    for name, point in (("from_known", wanted.since), ("to_known", wanted.until)):
        known_at = counted_by(current_store().reader, point.known_at).last or point.known_at
        found |= {name: known_at.isoformat()} if known_at is not None else {}
    return found


def _plans(urn: str, until: ComparedMoment) -> list[dict[str, str]]:
    """The authority's action plans at the later moment, each with its own comparison of the moments in the address."""
    found = plan_heads(current_store().reader, urn=urn, as_at=until.as_at, known_at=until.known_at).heads
    return [
        {
            "words": f"Action plan opened on {words.day(head.opened_on)}",
            "address": reader.with_query(url_for(".plan", plan=head.id)),
        }
        for head in found
    ]


def _page(compared: Compared, wanted: ComparisonAsked, **context: Any) -> Response | AnyResponse:
    tidy = reader.tidied()
    if tidy and not part_wanted():
        return redirect(tidy, 303)
    return page_or_part(
        "authorities/compare/page.html",
        "authorities/compare/_results.html",
        push_url=tidy or reader.with_query(request.path),
        compared=compared,
        subject=compared.subject,
        problems={},
        wrong=[],
        wanted=wanted,
        fields={name: _as_day(wanted, name) for name in FIELDS},
        exact=f"{context['here']}?{urlencode(exact(wanted))}",
        **context,
    )


def _form_again(refusal: dates.AtFields, **context: Any) -> Response:
    """The form as it was filled in, with what is wrong at its fields. Where htmx asked for the results, only words."""
    if part_wanted():
        raise refusal
    page = page_or_part(
        "authorities/compare/page.html",
        "authorities/compare/_results.html",
        compared=None,
        problems=refusal.problems,
        wrong=[(f"compare-{name}", why) for name, why in refusal.problems.items()],
        fields={name: _chosen().get(name, "") for name in FIELDS},
        moment=reader.moment(reader.now(), of=context["authority"].urn),
        **context,
    )
    page.status_code = 422
    return page


def _as_day(wanted: ComparisonAsked, name: str) -> str:
    """What the form's box for a moment shows: a day, filled in where it was not chosen."""
    days: Mapping[str, date] = {"from": wanted.since.as_at, "to": wanted.until.as_at}
    if name in days:
        return days[name].isoformat()
    known_at = (wanted.since if name == "from_known" else wanted.until).known_at
    return london_day(known_at).isoformat() if known_at is not None and name in wanted.chosen else ""


def _moment(point: ComparedMoment) -> Moment:
    store = current_store().reader
    with store.connect() as connection:
        return store.moment(connection, point.as_at, point.known_at)


def _of_authority(urn: str) -> tuple[Compared, str]:
    wanted = asked()
    answer = comparison_of(current_store().reader, urn, since=wanted.since, until=wanted.until)
    link = url_for(".authority", urn=urn, _external=True, **exact(wanted))
    return differences.of_authority(answer), link


def _of_plan(plan: UUID) -> tuple[Compared, str]:
    wanted = asked()
    answer = plan_comparison_of(current_store().reader, plan, since=wanted.since, until=wanted.until)
    link = url_for(".plan", plan=plan, _external=True, **exact(wanted))
    return differences.of_plan(answer, _moment(wanted.since), answer.after.moment, NAMING), link
