"""A plan's list of actions as a spreadsheet: taken out, and loaded by columns that an officer confirms."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
from web.formats.table import as_csv
from web.formats.workbook import Workbook
from web.intake.action_sheet import ActionSheet, read_sheet
from web.plans.committee_paper.tables import findings
from web.plans.register import narrowing
from web.plans.spreadsheet import mapping as spreadsheet_mapping
from web.plans.spreadsheet.columns import KNOWN, STATED, list_of_actions
from web.plans.spreadsheet.load import File, RowFate, load, report
from web.plans.spreadsheet.rows import Mapped
from web.site import access, catch_up, plan_reader, reader
from web.site.form_base import NOT_OPENED_HERE, NothingToFillIn
from web.site.receipts import tell_of
from web.store.store import current_store
from web.store.uploads import Upload

bp = Blueprint("sheets", __name__, url_prefix="/plans/<uuid:plan>")

BUCKETS: Mapping[RowFate, str] = {
    RowFate.BAD: "Cannot be loaded",
    RowFate.NEW: "New actions",
    RowFate.UPDATED: "Changes of actions",
    RowFate.UNCHANGED: "Nothing new",
}
"""What becomes of a row, in the order shown."""

CHANGED = (
    "The plan, or what the columns mean, changed after you saw what each row would do. Nothing was recorded. Look at "
    "the rows again, then record them."
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


@bp.route("/import", methods=["GET", "POST"])
def start(plan: UUID) -> Response:
    """Send a list of actions in; nothing is recorded before its report was confirmed. 422 where it cannot be taken."""
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
            about = {"plan": str(plan), "name": files[0][0], "mapped": None}
            upload = current_store().uploads.keep(me(), files, about)
            return redirect(url_for(".columns", plan=plan, upload=upload), 303)
    return _page("plans/spreadsheet/start.html", plan, form, 422 if form.is_submitted() else 200)


@bp.route("/import/<uuid:upload>", methods=["GET", "POST"])
def columns(plan: UUID, upload: UUID) -> Response:
    """Say which column is what and what its words mean; asked again while a column chosen brought words not seen."""
    kept = _own(plan, upload)
    if kept.done is not None:
        return redirect(url_for(".rows", plan=plan, upload=upload), 303)
    form, answer, sheet = NothingToFillIn(), plan_reader.plan(plan, reader.now()), _file(plan, upload)[2]
    known = _findings(answer)
    try:
        if form.is_submitted():
            mapped, whole = spreadsheet_mapping.chosen_in(request.form, sheet, known)
            about = {**kept.report, "mapped": spreadsheet_mapping.as_document(mapped)}
            current_store().uploads.revise(upload, about)
            return redirect(url_for(".rows" if whole else ".columns", plan=plan, upload=upload), 303)
    except RuleBroken as refusal:
        form.refuse(str(refusal))
    mapped = _mapped(kept) or spreadsheet_mapping.first_guess(sheet, known)
    return _page(
        "plans/spreadsheet/columns.html",
        plan,
        form,
        422 if form.refusal else 200,
        name=kept.report["name"],
        sheet=sheet,
        mapped=mapped,
        columns=spreadsheet_mapping.columns(mapped),
        status_words=spreadsheet_mapping.status_words(mapped, sheet),
        finding_texts=spreadsheet_mapping.finding_texts(mapped, sheet, known),
        headings=list(enumerate(sheet.headings)),
        findings=known,
        numbered=[(number, f"{number}. {finding.text}") for number, finding in enumerate(known, 1)],
        meanings=STATED,
    )


@bp.route("/import/<uuid:upload>/rows", methods=["GET", "POST"])
def rows(plan: UUID, upload: UUID) -> Response:
    """What each row would do or, once confirmed, did. Sent twice it acts once; 409 with the report made anew where the
    plan, or what was said of the columns, is no longer what the person saw."""
    kept = _own(plan, upload)
    mapped = _mapped(kept)
    if mapped is None:
        return redirect(url_for(".columns", plan=plan, upload=upload), 303)
    confirmed = request.method == "POST"
    if confirmed and kept.done is not None:
        return redirect(url_for(".rows", plan=plan, upload=upload), 303)
    if confirmed:
        catch_up.catch_up()  # the version compared is the newest, whoever wrote it
    answer, form = plan_reader.plan(plan, reader.now()), NothingToFillIn()
    seen = _seen(answer, mapped)
    if confirmed and request.form.get("seen") == seen:
        with saves() as recorded:
            found = _loaded(answer, upload, mapped, dry_run=False)[0]
        current_store().uploads.finish(upload, found)
        catch_up.catch_up()
        if recorded:
            tell_of("The list of actions was loaded.", recorded)
        return redirect(url_for(".rows", plan=plan, upload=upload), 303)
    if confirmed:
        form.refuse(CHANGED)
    found, texts = (kept.done, {}) if kept.done else _loaded(answer, upload, mapped, dry_run=True)
    return _page(
        "plans/spreadsheet/rows.html",
        plan,
        form,
        409 if confirmed else 200,
        seen=seen,
        upload=upload,
        name=kept.report["name"],
        done=kept.done is not None,
        report=found,
        texts=texts,
        groups=_grouped(found["rows"]),
    )


def _seen(answer: PlanAnswer, mapped: Mapped) -> str:
    """What a report was made of: the plan's version, and what was said of the file."""
    said = json.dumps(spreadsheet_mapping.as_document(mapped), sort_keys=True)
    return f"{answer.head.version}-{sha256(said.encode()).hexdigest()[:16]}"


def _loaded(
    answer: PlanAnswer, upload: UUID, mapped: Mapped, *, dry_run: bool
) -> tuple[dict[str, Any], dict[str, str]]:
    """The report of a run, and the words of each row by its place."""
    name, digest, sheet = _file(answer.head.id, upload)
    store = current_store()
    file = File(digest, name, sheet, mapped)
    actor, at = access.present().actor, datetime.now(UTC)
    outcomes = load(store.application.plans, answer, file, actor=actor, at=at, dry_run=dry_run)
    words = {row.place: str(row.cell(mapped.columns["what"]) or "") for row in sheet.rows}
    return report(outcomes), words


def _grouped(rows: list[dict[str, Any]]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Rows by what becomes of them, what cannot be loaded first."""
    return [
        (bucket.value, label, [row for row in rows if row["bucket"] == bucket.value])
        for bucket, label in BUCKETS.items()
    ]


def _file(plan: UUID, upload: UUID) -> tuple[str, str, ActionSheet]:
    """Name, digest and sheet of the file that was sent in; 404 where it was forgotten."""
    ((name, content),) = contents(upload, again=url_for(".start", plan=plan))
    return name, sha256(content).hexdigest(), read_sheet(content, KNOWN)


def _own(plan: UUID, upload: UUID) -> Upload:
    found = own(upload, "mapped", again=url_for(".start", plan=plan))
    if found.report["plan"] != str(plan):
        abort(404)
    return found


def _mapped(kept: Upload) -> Mapped | None:
    document = kept.report["mapped"]
    return spreadsheet_mapping.from_document(document) if document else None


def _findings(answer: PlanAnswer) -> tuple[PlanFinding, ...]:
    return tuple(row.finding for row in answer.findings)


def _page(template: str, plan: UUID, form: NothingToFillIn, status: int, **context: Any) -> Response:
    head = plan_reader.plan(plan, reader.now()).head
    return make_response(render_template(template, plan=head, form=form, **context), status)
