"""A plan's list of actions as a spreadsheet: taken out, and loaded by columns that an officer confirms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.audit import saves
from domain.values.errors import RuleBroken
from domain.values.plans import PlanFinding
from projections.plans.answers import PlanAnswer
from web.files.uploads import contents, me, own, taken
from web.formats.downloads import CSV, EXCEL, called, sent
from web.formats.latest_checkpoint import sealing
from web.formats.sheet_download import csv_file
from web.formats.table import as_csv
from web.formats.workbook import Workbook
from web.intake.action_sheet import ActionSheet, read_sheet
from web.intake.tables import shown
from web.plans.committee_paper.tables import findings
from web.plans.register import narrowing
from web.plans.spreadsheet import mapping
from web.plans.spreadsheet.columns import KNOWN, STATED, list_of_actions
from web.plans.spreadsheet.due_words import DueChoices
from web.plans.spreadsheet.load import File, RowFate, RowOutcome, load, reading_of_plan
from web.plans.spreadsheet.preview import VIEWS, edited, preview_of
from web.plans.spreadsheet.questions import questions_of
from web.plans.spreadsheet.rows import Mapped, stated_in
from web.site import access, catch_up, plan_reader, reader
from web.site.form_base import NOT_OPENED_HERE, NothingToFillIn
from web.site.receipts import tell_of
from web.store.store import current_store
from web.store.uploads import Upload

bp = Blueprint("sheets", __name__, url_prefix="/plans/<uuid:plan>")

CHANGED = (
    "The plan, or what the columns mean, changed after you saw what each row would do. Nothing was recorded. Look at "
    "the rows again, then load them."
)


@bp.get("/actions.xlsx")
def workbook(plan: UUID) -> Response:
    """The actions that the register shows, in columns that can be loaded again, and the findings whose numbers stand
    there."""
    answer = narrowing.narrowed(plan_reader.plan(plan, reader.asked()), request.args)
    book = Workbook(f"Actions of {answer.head.authority.name}", "Post-Ofsted action plan")
    book.table("Actions", list_of_actions(answer))
    book.table("Findings", findings(answer, caption="Findings of the plan"))
    book.sealed(sealing())
    return sent(book.data(), EXCEL, called(answer, "actions", "xlsx"))


@bp.get("/actions.csv")
def table(plan: UUID) -> Response:
    """The same actions as a table of text."""
    answer = narrowing.narrowed(plan_reader.plan(plan, reader.asked()), request.args)
    return sent(as_csv(list_of_actions(answer), sealing()), CSV, called(answer, "actions", "csv"))


@dataclass(frozen=True)
class ListSent:
    """A list that was sent in for a plan, as it is read: what was said of it, and what was written in its cells."""

    upload: Upload
    answer: PlanAnswer
    name: str
    digest: str
    raw: ActionSheet
    said: Mapped | None

    @property
    def findings(self) -> tuple[PlanFinding, ...]:
        return tuple(row.finding for row in self.answer.findings)

    @property
    def mapped(self) -> Mapped:
        """What was said or, before that, what its headings and words suggest."""
        return self.said or mapping.first_guess(self.raw, self.findings, _remembered(self.answer.head.id))

    def file(self, mapped: Mapped) -> File:
        """The rows as they are loaded."""
        report = self.upload.report
        sheet = mapping.carried(self.raw, mapped)
        return File(self.digest, self.name, sheet, mapped, report["edits"], frozenset(report["skipped"]))


@bp.route("/import", methods=["GET", "POST"])
def start(plan: UUID) -> Response:
    """Send a list of actions in; nothing is recorded before its rows were seen. 422 where it cannot be taken. A list
    of which everything was said before goes straight to its rows."""
    form = NothingToFillIn()
    if form.is_submitted():
        try:
            if not form.validate():
                raise RuleBroken(NOT_OPENED_HERE)
            files = taken(request.files.getlist("files"), most=1)
            read_sheet(files[0][1], KNOWN, f"The file “{files[0][0]}”")
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            about: dict[str, Any] = {
                "plan": str(plan),
                "name": files[0][0],
                "mapped": None,
                "sheets": None,
                "edits": {},
                "skipped": [],
            }
            upload = current_store().uploads.keep(me(), files, about)
            return redirect(url_for(f".{_first_step(plan, upload)}", plan=plan, upload=upload), 303)
    return _page("plans/spreadsheet/start.html", plan, form, 422 if form.is_submitted() else 200)


def _first_step(plan: UUID, upload: UUID) -> str:
    """The rows of a list of which everything was said before, the columns of any other."""
    if not (remembered := _remembered(plan)):
        return "columns"
    kept = _sent(plan, upload)
    if named := [one.name for one in kept.raw.offers if one.name in remembered.get("sheets", ())]:
        _revise(kept.upload, sheets=named)
        kept = _sent(plan, upload)
    mapped = kept.mapped
    if questions_of(kept.file(mapped).sheet, mapped, kept.findings).open:
        return "columns"
    _revise(kept.upload, mapped=mapping.as_document(mapped))
    return "rows"


@bp.route("/import/<uuid:upload>", methods=["GET", "POST"])
def columns(plan: UUID, upload: UUID) -> Response:
    """Say which column is what and what its words mean; asked again while a column chosen brought words not seen."""
    kept, form = _sent(plan, upload), NothingToFillIn()
    mapped = kept.mapped
    try:
        if form.is_submitted():
            sheets = request.form.getlist("sheet")
            if sheets and set(sheets) != {one.name for one in kept.raw.offers if one.chosen}:
                _revise(kept.upload, sheets=sheets, mapped=None)
                return redirect(url_for(".columns", plan=plan, upload=upload), 303)
            opened_on = kept.answer.head.opened_on
            mapped = mapping.chosen_in(request.form, kept.raw, kept.findings, opened_on, _remembered(plan))
            _revise(kept.upload, mapped=mapping.as_document(mapped))
            asked = questions_of(kept.file(mapped).sheet, mapped, kept.findings)
            whole = all(one.name in request.form for one in (*asked.statuses, *asked.findings, *asked.owners))
            return redirect(url_for(".rows" if whole else ".columns", plan=plan, upload=upload), 303)
    except RuleBroken as refusal:
        form.refuse(str(refusal))
    sheet = kept.file(mapped).sheet
    return _page(
        "plans/spreadsheet/columns.html",
        plan,
        form,
        422 if form.refusal else 200,
        name=kept.name,
        sheet=sheet,
        mapped=mapped,
        choices=DueChoices.of(dict(mapped.due)),
        asked=questions_of(sheet, mapped, kept.findings),
        meanings=mapping.columns_in_order(),
        states=list(STATED.items()),
        findings=kept.findings,
        numbered=_numbered(kept),
        offices=_offices(kept.answer),
    )


@bp.route("/import/<uuid:upload>/rows", methods=["GET", "POST"])
def rows(plan: UUID, upload: UUID) -> Response:
    """What each row would do, with cells to mend; those ticked are loaded when the officer says so, the rest can be
    mended still. Sent twice it acts once; 409 where the plan, or what was said of the columns, is no longer what the
    person saw."""
    if request.method == "POST":
        catch_up.catch_up()  # the version compared is the newest, whoever wrote it
    kept, form = _sent(plan, upload), NothingToFillIn()
    if kept.said is None:
        return redirect(url_for(".columns", plan=plan, upload=upload), 303)
    view, seen = request.args.get("show", ""), _seen(kept)
    if request.method == "POST":
        if request.form.get("seen") == seen:
            kept = _with_cells(kept)
            if "load" in request.form:
                _load(kept, seen)
        elif not request.form.get("seen") or request.form["seen"] != kept.upload.report.get("loaded"):
            form.refuse(CHANGED)  # and not the same page sent twice
        if not form.refusal:
            return redirect(url_for(".rows", plan=plan, upload=upload, show=view or None), 303)
    return _page(
        "plans/spreadsheet/rows.html",
        plan,
        form,
        409 if form.refusal else 200,
        seen=seen,
        upload=upload,
        name=kept.name,
        preview=preview_of(_outcomes(kept, dry_run=True), kept.file(kept.mapped), view if view in VIEWS else ""),
        views=VIEWS,
        states=STATED,
        loaded=kept.upload.report.get("count"),
        numbered=_numbered(kept),
        offices=_offices(kept.answer),
    )


@bp.get("/import/<uuid:upload>/rest.csv")
def rest(plan: UUID, upload: UUID) -> Response:
    """The rows that are not loaded, with every reason."""
    kept = _sent(plan, upload)
    file = kept.file(kept.mapped)
    left = [
        (row.place, *(shown(row.cell(place)) for place in range(len(file.sheet.headings))), one.problem or "Not ticked")
        for row, one in zip(file.sheet.rows, _outcomes(kept, dry_run=True), strict=True)
        if one.bucket is RowFate.BAD or (one.would_change and one.place in file.skipped)
    ]
    return csv_file("rows-not-loaded.csv", ("Row", *file.sheet.headings, "Why not"), left)


def _with_cells(kept: ListSent) -> ListSent:
    """The list with what a page says of its cells."""
    file = kept.file(kept.mapped)
    reading = reading_of_plan(kept.answer, file.sheet, file.mapped, file.edits)
    stated = {place: stated_in(row, reading) for place, row in enumerate(file.sheet.rows)}
    edits, skipped = edited(request.form, file, stated)
    return replace(kept, upload=_revise(kept.upload, edits=edits, skipped=sorted(skipped)))


def _load(kept: ListSent, seen: str) -> None:
    """Record the rows that are ticked, and remember what was said of the list."""
    plan, before = kept.answer.head.id, kept.upload.report
    with saves() as recorded:
        found = _outcomes(kept, dry_run=False)
    count = sum(one.would_change and one.place not in before["skipped"] for one in found)
    _revise(kept.upload, loaded=seen, count=count + before.get("count", 0))
    remembered = mapping.to_remember(kept.mapped, kept.raw, kept.findings, _remembered(plan))
    current_store().loaded_lists.keep(plan, remembered)
    catch_up.catch_up()
    if recorded:
        tell_of("The list of actions was loaded.", recorded)


def _outcomes(kept: ListSent, *, dry_run: bool) -> list[RowOutcome]:
    actor, at = access.present().actor, datetime.now(UTC)
    plans = current_store().application.plans
    return load(plans, kept.answer, kept.file(kept.mapped), actor=actor, at=at, dry_run=dry_run)


def _seen(kept: ListSent) -> str:
    """What a page of rows was made of: the plan's version, and what was said of the file."""
    said = json.dumps(mapping.as_document(kept.mapped), sort_keys=True)
    return f"{kept.answer.head.version}-{sha256(said.encode()).hexdigest()[:16]}"


def _sent(plan: UUID, upload: UUID) -> ListSent:
    """A list that the person in hand sent in for this plan; 404 where it was forgotten or is another's."""
    found = own(upload, "mapped", again=url_for(".start", plan=plan))
    if found.report["plan"] != str(plan):
        abort(404)
    ((name, content),) = contents(upload, again=url_for(".start", plan=plan))
    document = found.report["mapped"]
    return ListSent(
        found,
        plan_reader.plan(plan, reader.now()),
        name,
        sha256(content).hexdigest(),
        read_sheet(content, KNOWN, chosen=found.report["sheets"]),
        mapping.from_document(document) if document else None,
    )


def _revise(upload: Upload, **said: Any) -> Upload:
    """The upload with more said of it, kept."""
    report = {**upload.report, **said}
    current_store().uploads.revise(upload.id, report)
    return replace(upload, report=report)


def _remembered(plan: UUID) -> Mapping[str, Any]:
    return current_store().loaded_lists.of(plan)


def _numbered(kept: ListSent) -> list[tuple[str, str]]:
    return [(str(number), f"{number}. {finding.text}") for number, finding in enumerate(kept.findings, 1)]


def _offices(answer: PlanAnswer) -> list[str]:
    """The offices that own actions of the plan: its register."""
    return sorted({row.owner for row in answer.actions}, key=str.casefold)


def _page(template: str, plan: UUID, form: NothingToFillIn, status: int, **context: Any) -> Response:
    head = plan_reader.plan(plan, reader.now()).head
    return make_response(render_template(template, plan=head, form=form, **context), status)
