"""Publishing a plan: an approver who told none of what is new puts it before the public as it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, render_template, url_for
from wtforms import HiddenField

from domain.facts import Told
from domain.plans.commands import PublishPlan
from domain.plans.handler import PlanDone
from domain.values.errors import RuleBroken
from domain.values.statements import Source
from projections.plans.answers import PlanAnswer
from web.site import access, catch_up, plan_reader, reader
from web.site.form_base import SmallForm
from web.site.htmx import go_to
from web.site.receipts import tell
from web.store.store import current_store
from web.words.dates import today

bp = Blueprint("publishing", __name__, url_prefix="/plans")


class PublishForm(SmallForm):
    """`seen` is the version of the plan that the approver looked at."""

    seen = HiddenField()

    def record(self, plan: UUID) -> PublishPlan:
        seen = self.seen.data or ""
        return PublishPlan(plan, on=today(), seen=int(seen) if seen.isascii() and seen.isdigit() else 0)


@bp.route("/<uuid:plan>/publish", methods=["GET", "POST"])
def publish(plan: UUID) -> Response:
    """Publish the plan as it stands; 422 with the form where it is refused."""
    answer, form = plan_reader.plan(plan, reader.now()), PublishForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate() and (done := _published(answer, form)):
            tell("The plan is published here. Everybody can read it as it stands.", done.position)
            return go_to(url_for("plans.show", plan=plan))
    elif not form.seen.data:
        form.seen.data = str(answer.head.version)
    page = render_template(
        "plans/publish.html", asked=reader.now(), form=form, head=answer.head, authority=answer.head.authority
    )
    return Response(page, status, headers={"Cache-Control": "no-store"})


def _published(answer: PlanAnswer, form: PublishForm) -> PlanDone | None:
    """What the command did; None where it was refused, and the form says why."""
    store = current_store()
    source = Source("form", "Page that publishes a plan")
    by = Told(access.present().actor, form.command_id(), source, datetime.now(UTC))
    try:
        done = store.application.do(form.record(answer.head.id), by=by)
    except RuleBroken as refusal:
        form.refuse(str(refusal))
        return None
    catch_up.catch_up()
    return done
