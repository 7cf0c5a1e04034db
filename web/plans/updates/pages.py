"""Updating many actions of a plan on one page: each row that changed is a command of its own, kept or refused by
itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, Response, make_response, render_template, request, url_for

from domain.audit import saves
from domain.facts import Told
from domain.plans.batch import PlanBatch
from domain.values.errors import ChangedMeanwhile, RuleBroken
from domain.values.offices import is_office
from domain.values.statements import Source
from projections.plans.allowed import reportable_actions
from projections.plans.answers import PlanAnswer
from projections.plans.plan import plan_of
from web.plans import form_context
from web.plans.form_base import PlanForm, day_of, true_on
from web.plans.updates.rows import GridRow, ReportRow
from web.site import access, catch_up
from web.site.htmx import go_to
from web.site.people_names import recorded_by
from web.site.receipts import tell_of
from web.store.store import current_store
from web.words import dates, words

bp = Blueprint("updating", __name__)

SOURCE = Source("form", "Form for many actions of the plan")
NOTHING_CHANGED = "Nothing was changed, so nothing was saved. Change what is new, then save."


class SheetForm(PlanForm):
    """What stands once for all rows; `command` is the beginning of every row's own."""

    own = ("on",)

    on = true_on("On which day was this so?")


@dataclass(frozen=True)
class UpdateGrid:
    """The rows of a plan that the person in hand may update: those of their own office first, or only those."""

    answer: PlanAnswer
    rows: list[GridRow]
    office: str
    others: int
    """Rows of other offices that are not shown."""

    @property
    def own(self) -> int:
        return sum(row.own for row in self.rows)

    @property
    def failed(self) -> list[GridRow]:
        return [row for row in self.rows if row.failed]


@bp.route("/plans/<uuid:plan>/update", methods=["GET", "POST"])
def show(plan: UUID) -> Response:
    """The grid; 303 to the plan once all that changed was kept, 422 with the rows that were not."""
    sheet, grid = SheetForm(), _grid(plan)
    if not sheet.is_submitted():
        sheet.on.suggest(dates.today())
        return _page(grid, sheet, 200)
    whole = [row for row in grid.rows if row.sent and row.form.validate()]
    changed = [row for row in whole if row.form.changed]
    if not sheet.validate():
        return _page(grid, sheet, 422)
    if not changed and not grid.failed:
        sheet.refuse(NOTHING_CHANGED)
        return _page(grid, sheet, 422)
    with saves() as recorded:
        kept = _save(plan, changed, UUID(sheet.command.data), day_of(sheet.on))
    if kept:
        catch_up.catch_up()
    if not grid.failed:
        tell_of(f"{words.count(len(kept), 'action')} updated.", recorded)
        return go_to(url_for("plans.show", plan=plan))
    _look_again(plan, grid, kept)
    return _page(grid, sheet, 422)


def _grid(plan: UUID) -> UpdateGrid:
    """Rows as they are held or, where the form was sent, as they were typed; a row that was sent comes back though
    nothing more can be reported of its action."""
    answer = plan_of(current_store().reader, plan, as_at=dates.today())
    left = reportable_actions(current_store().reader, plan, on=dates.today())
    office, rows = access.present().office, []
    for action in answer.actions:
        form = ReportRow(action.number)
        row = GridRow(action, form, is_office(action.owner, office), form.seen.name in request.form)
        if row.sent:
            form.leave(left.get(action.number, ()))
        elif action.number in left:
            form.fill(action, left[action.number])
        if row.sent or action.number in left:
            rows.append(row)
    shown = [row for row in rows if row.sent]
    if not shown and not request.args.get("all"):
        shown = [row for row in rows if row.own]
    shown = sorted(shown or rows, key=lambda row: not row.own)
    return UpdateGrid(answer, shown, office, len(rows) - len(shown))


def _save(plan: UUID, rows: Sequence[GridRow], sheet: UUID, on: date) -> dict[int, int]:
    """Tell each row by itself; gives the positions of those that were kept, by number of the action."""
    door, kept = PlanBatch(current_store().application.plans, plan), {}
    for row in rows:
        by = Told(access.present().actor, row.command(uuid5(sheet, str(plan)), on), SOURCE, datetime.now(UTC))
        try:
            kept[row.number] = door.do(row.form.report(plan, row.number, on=on), by=by).position
        except ChangedMeanwhile as newer:
            held = form_context.action(plan, row.number)
            row.theirs = [(one, recorded_by(one.by)) for one in form_context.changes_since(held, newer.seen)]
        except RuleBroken as refusal:
            row.refusal = str(refusal)
    return kept


def _look_again(plan: UUID, grid: UpdateGrid, kept: dict[int, int]) -> None:
    """Rows that were kept begin anew and say so; those that somebody else changed are looked at as they are now."""
    store = current_store()
    held = {action.number: action for action in plan_of(store.reader, plan, as_at=dates.today()).actions}
    left = reportable_actions(store.reader, plan, on=dates.today())
    for row in grid.rows:
        row.action = held[row.number]
        if row.number in kept:
            row.form.fill(row.action, left.get(row.number, (row.action.progress,)))
            row.saved = store.audit.seq_of(kept[row.number])
        elif row.theirs is not None:
            row.form.see(row.action)


def _page(grid: UpdateGrid, sheet: SheetForm, status: int) -> Response:
    head = grid.answer.head
    problems = sheet.problems() + [problem for row in grid.rows for problem in row.problems()]
    context: dict[str, Any] = {
        "head": head,
        "authority": head.authority,
        "grid": grid,
        "form": sheet,
        "problems": problems,
        "saved": [row for row in grid.rows if row.saved],
        "address": request.full_path if request.query_string else request.path,
    }
    response = make_response(render_template("plans/updates/page.html", **context), status)
    response.headers["Cache-Control"] = "no-store"
    return response
