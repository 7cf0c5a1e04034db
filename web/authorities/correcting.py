"""Putting an entry right: correct a grade or a date, withdraw it, settle what sources disagree on, join or part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, request, url_for

from domain.authorities.handler import Done
from domain.rulebook.what_if.suppose import differences
from domain.values.activities import Activity, Status
from domain.values.errors import EntryChangedMeanwhile, NotFound, RuleBroken
from domain.values.statements import Kind
from projections.engine.answers import EntryAnswer
from projections.outlook.standing import standing_without
from web.authorities import correcting_forms as forms
from web.authorities.recording import told
from web.outlook.what_if import before_and_after, changes
from web.site import catch_up, reader
from web.site.htmx import go_to, page_or_part
from web.site.receipts import tell
from web.store.store import current_store
from web.words import dates, timeline, words

bp = Blueprint("correcting", __name__, url_prefix="/authorities/<urn>/entries/<uuid:activity>/correct")


@dataclass(frozen=True)
class CorrectionKind:
    """One way to put an entry right: its form, the words of its link, and what is said when it is done."""

    form: type[forms.CorrectingForm]
    label: str
    done: str


CORRECTIONS: Mapping[str, CorrectionKind] = {
    "grade": CorrectionKind(forms.GradeForm, "Correct a grade", "The grade was corrected."),
    "date": CorrectionKind(forms.DateForm, "Correct a date", "The date was corrected."),
    "due": CorrectionKind(forms.DueForm, "Correct the due date", "The due date was corrected."),
    "settle": CorrectionKind(
        forms.SettleForm, "Settle what sources disagree on", "The disagreement was settled. Both sides stay."
    ),
    "same": CorrectionKind(forms.SameForm, "It is the same as another entry", "The two entries are now one."),
    "distinct": CorrectionKind(forms.DistinctForm, "It is two inspections or visits", "The entry was parted in two."),
    "right": CorrectionKind(forms.RightForm, "It is right as it stands", "The entry was confirmed, and counts."),
    "visit": CorrectionKind(forms.VisitForm, "It was a visit", "A visit was recorded, and the inspection withdrawn."),
    "topics": CorrectionKind(forms.TopicsForm, "Say which topics it looked at", "The topics were kept."),
    "raised": CorrectionKind(
        forms.RaisedBeforeForm, "Say whether a finding was raised before", "What you said of the two findings is kept."
    ),
    "withdraw": CorrectionKind(
        forms.WithdrawEntryForm, "Withdraw it", "The entry was withdrawn. It stays visible, struck out."
    ),
}


ANSWERS = ("right", "date", "grade", "visit", "same", "withdraw")
"""The corrections by which an officer answers what is asked about an entry."""


@bp.route("/<kind>", methods=["GET", "POST"])
def correct(urn: str, activity: UUID, kind: str) -> Response:
    """Put one entry right; 422 with the form when it is refused, 409 when somebody else was quicker."""
    if kind not in CORRECTIONS:
        abort(404, "There is no form of that name. Choose what to correct from the entry’s page.")
    answer = _entry(urn, activity)
    correction = CORRECTIONS[kind]
    form = correction.form()
    offered = _offer(form, answer)
    if not form.is_submitted():
        form.seen.data = answer.entry.activity.mark
        form.begin(request.args)
        return _page(form, kind, answer, offered, 200)
    status = 422
    try:
        if offered and form.validate():
            done = _kept(form, answer)
            tell(correction.done, done.position)
            return go_to(url_for("inspections.show", activity=activity))
    except EntryChangedMeanwhile as changed:
        status, answer = 409, _as_left_by_others(urn, activity)
        offered = _offer(form, answer)
        form.seen.data = answer.entry.activity.mark
        form.refuse(str(changed))
    except RuleBroken as refusal:
        form.refuse(str(refusal))
    return _page(form, kind, answer, offered, status)


def _entry(urn: str, activity: UUID) -> EntryAnswer:
    """The entry as it is now. Raises NotFound where it is not one of this authority's."""
    answer = reader.entry(activity, reader.now())
    if answer.authority.urn != urn:
        raise NotFound("No inspection or visit of this authority is known by that number.")
    return answer


def _offer(form: forms.CorrectingForm, answer: EntryAnswer) -> bool:
    """Fills in what can be chosen; whether there is anything to put right this way."""
    others = [entry.activity for entry in reader.timeline(answer.authority.urn, reader.now()).entries]
    return form.offer(answer, others) and answer.entry.activity.status is not Status.WITHDRAWN


def _as_left_by_others(urn: str, activity: UUID) -> EntryAnswer:
    catch_up.catch_up()
    return _entry(urn, activity)


def _kept(form: forms.CorrectingForm, answer: EntryAnswer) -> Done:
    """What the command did. Raises RuleBroken."""
    done = form.correct(current_store().application, answer.entry.activity, told(form))
    catch_up.catch_up()
    return done


def _page(form: forms.CorrectingForm, kind: str, answer: EntryAnswer, offered: bool, status: int) -> Response:
    held = answer.entry.activity
    response = page_or_part(
        "authorities/correcting/page.html",
        "authorities/correcting/_form.html",
        authority=answer.authority,
        activity=held,
        line=timeline.line(answer.entry),
        disputes=tuple(map(timeline.dispute, held.disagreements)) if kind == "settle" else (),
        form=form,
        kind=kind,
        offered=offered,
        **(_without(held) if kind == "withdraw" and offered else {}),
    )
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _without(held: Activity) -> Mapping[str, Any]:
    """What a withdrawal would change of where the authority stands today."""
    today = dates.today()
    before, after = standing_without(current_store().reader, held.urn, held.id, as_at=today)
    lines = before_and_after(before, after, today)
    return {
        "lines": lines if any(line.differs for line in lines) else (),
        "changes": changes(*differences(before.expectations, after.expectations), said=""),
        "today": words.day(today),
    }


def answers_to(answer: EntryAnswer) -> tuple[tuple[str, str], ...]:
    """Which corrections answer what is asked about an entry; empty where nothing is."""
    asked = bool(answer.entry.activity.doubts)
    return tuple(one for one in offered_for(answer) if asked and one[0] in ANSWERS)


def offered_for(answer: EntryAnswer) -> tuple[tuple[str, str], ...]:
    """Which corrections an entry's page offers: their kinds and labels."""
    held = answer.entry.activity
    apart = {
        "grade": bool(held.grades) or any(doubt.field == "grades" for doubt in held.doubts),
        "date": held.kind.on_site,
        "due": held.kind is Kind.ACTION_PLAN_DUE,
        "settle": bool(held.disagreements),
        "same": held.kind.on_site,
        "distinct": len(answer.readings) > 1,
        "topics": forms.may_have_topics(held),
        "raised": bool(held.improvements or held.priority_actions),
        "right": forms.can_be_confirmed(held),
        "visit": forms.can_be_a_visit(held),
        "withdraw": True,
    }
    withdrawn = held.status is Status.WITHDRAWN
    return () if withdrawn else tuple((kind, one.label) for kind, one in CORRECTIONS.items() if apart[kind])
