"""The committee paper on one plan: chosen and looked at on a page, printed from it, or taken as Word or Excel."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.rulebook.other_inspections.area_send import BASIS
from domain.values.errors import NotFound, RuleBroken
from projections.authorities.raised_before import named as place
from projections.engine.answers import EarlierFinding, EntryAnswer, HistoryAnswer
from projections.plans.answers import PlanAnswer, QuestionRow
from projections.plans.finding_plans import named as finding_named
from web.files.uploads import taken
from web.formats.downloads import EXCEL, WORD, called, sent
from web.formats.latest_checkpoint import sealing
from web.meetings import choices as meeting_choices
from web.plans.committee_paper.content import CHOICES, KnownBeside, Pack, pack_of
from web.plans.committee_paper.options import Wanted
from web.plans.committee_paper.tables import OthersHeld
from web.site import plan_reader, reader, time_travel
from web.site.form_base import NOT_OPENED_HERE, NothingToFillIn
from web.site.htmx import page_or_part, part_wanted
from web.site.people_names import recorded_by
from web.site.reader import Asked
from web.store.store import current_store
from web.words.elements import elements_shown

bp = Blueprint("pack", __name__, url_prefix="/plans/<uuid:plan>")


@bp.get("/report")
def show(plan: UUID) -> Response:
    """Choose what the paper holds, and see it as it will be; empty fields leave the address."""
    wanted, asked = _asked(plan)
    address = _address(".show", plan, wanted, asked)
    if not part_wanted() and any(not value for _, value in request.args.items(multi=True)):
        return redirect(address, 303)
    answer, pack = _pack(plan, wanted, asked)
    return page_or_part(
        "plans/committee_paper/page.html",
        "plans/committee_paper/_paper.html",
        push_url=None if reader.shown_already(address) else address,
        asked=asked,
        moment=answer.moment,
        plan=answer.head,
        wanted=wanted,
        choices=CHOICES,
        meetings=meeting_choices.offered(answer.head.authority.urn, reader.now(), meeting_choices.TO_REPORT_TO),
        pack=pack,
        word=_address(".word", plan, wanted, asked),
        template=_address(".in_template", plan, wanted, asked),
        excel=_address(".excel", plan, wanted, asked),
        frozen=_frozen(plan, wanted, asked),
    )


@bp.get("/report.docx")
def word(plan: UUID) -> Response:
    """The paper as a Word document."""
    from web.plans.committee_paper.word import as_word

    answer, pack = _pack(plan, *_asked(plan))
    return sent(as_word(pack), WORD, called(answer, "report", "docx"))


@bp.route("/report/template", methods=["GET", "POST"])
def in_template(plan: UUID) -> Response:
    """The paper as Word in a template that is sent along and forgotten at once; 422 where it cannot be used."""
    from web.formats.word_base import usable
    from web.plans.committee_paper.word import as_word

    form, (wanted, asked) = NothingToFillIn(), _asked(plan)
    if form.is_submitted():
        try:
            if not form.validate():
                raise RuleBroken(NOT_OPENED_HERE)
            base = usable(taken(request.files.getlist("template"), most=1)[0][1])
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            answer, pack = _pack(plan, wanted, asked)
            return sent(as_word(pack, base), WORD, called(answer, "report", "docx"))
    page = render_template(
        "plans/committee_paper/template.html",
        form=form,
        asked=asked,
        plan=plan_reader.plan(plan, asked).head,
        here=_address(".in_template", plan, wanted, asked),
        back=_address(".show", plan, wanted, asked),
    )
    return make_response(page, 422 if form.is_submitted() else 200)


@bp.get("/report.xlsx")
def excel(plan: UUID) -> Response:
    """The same as a workbook."""
    from web.plans.committee_paper.workbook import as_workbook

    answer, pack = _pack(plan, *_asked(plan))
    return sent(as_workbook(pack), EXCEL, called(answer, "report", "xlsx"))


def _asked(plan: UUID) -> tuple[Wanted, Asked]:
    """What the address asks for, with what follows from the meeting in it. Raises NotFound, and RuleBroken."""
    asked = reader.asked()
    wanted = Wanted.of(request.args, asked)
    return wanted.with_meeting(plan_reader.authority_of(plan), asked) if wanted.meeting else (wanted, asked)


def _frozen(plan: UUID, wanted: Wanted, asked: Asked) -> str:
    """The address that always shows this paper."""
    return url_for(".show", plan=plan, **wanted.resolved.args, **time_travel.moment_kept(asked))


def _pack(plan: UUID, wanted: Wanted, asked: Asked) -> tuple[PlanAnswer, Pack]:
    answer = plan_reader.plan(plan, asked, since=wanted.chosen.since)
    last = current_store().audit.seq_of(answer.moment.position)
    history = reader.history(answer.head.authority.urn, asked)
    entry, by = _entry(answer, asked), cache(recorded_by)
    raised = _raised_before(answer, asked)
    beside = KnownBeside(_others(history), elements_shown(history.elements), _on_no_plan(answer, asked), raised)
    return answer, pack_of(
        answer,
        entry,
        sealing(),
        last,
        wanted.chosen,
        by,
        beside,
        f"{request.host_url.rstrip('/')}{_frozen(plan, wanted, asked)}",
    )


def _raised_before(answer: PlanAnswer, asked: Asked) -> dict[UUID, tuple[EarlierFinding, ...]]:
    """What was found before and is, or may be, about the same, by the id of the plan's own finding."""
    every = reader.findings(asked, of=answer.head.authority.urn)
    taken = {row.finding.id for row in answer.findings}
    rows = {name: row for row in every if (name := finding_named(row)) in taken}
    earlier = reader.raised_before(list(rows.values()), every, asked)
    return {name: earlier[place(row)] for name, row in rows.items()}


def _on_no_plan(answer: PlanAnswer, asked: Asked) -> list[QuestionRow]:
    """Members' questions on no plan that its authority answers; what is made up stands apart from what is not."""
    if answer.head.example:
        return []
    urn = answer.head.authority.urn
    rows = plan_reader.questions(urn, asked).rows
    return [one for one in rows if one.plan is None and one.authority.urn == urn and not one.example]


def _others(history: HistoryAnswer) -> OthersHeld:
    """What others inspected at the same authority, as known at the moment."""
    held = [entry.activity for entry in history.timeline.entries]
    return OthersHeld(
        [one for one in held if one.kind.by_others and one.counts],
        [one for one in history.standing.standing.expectations if one.basis == BASIS],
    )


def _entry(answer: PlanAnswer, asked: Asked) -> EntryAnswer | None:
    """The report or letter that the plan is on, where it was known at the moment."""
    try:
        return reader.entry(answer.head.activity, asked)
    except NotFound:
        return None


def _address(endpoint: str, plan: UUID, wanted: Wanted, asked: Asked) -> str:
    return url_for(endpoint, plan=plan, **{**wanted.args, **asked.address})
