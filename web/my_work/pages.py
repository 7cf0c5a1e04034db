"""My work: what waits for the person in hand, each with its button, then what others owe soon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, render_template, url_for

from domain.plans.waiting import ActionWait
from domain.values.offices import is_office
from domain.values.roles import OF_AUTHORITIES, Listed
from projections.plans.answers import DueAction, DueAnswer, QuestionRow
from web.my_work.mine import WaitingForMe, waiting_for
from web.plans.due import line_of
from web.site import access, reader
from web.site.access_table import AccessRule
from web.site.filters import WAITS
from web.site.people_names import recorded_by, shown
from web.site.reader import Asked
from web.words import plans as plan_words
from web.words import words

bp = Blueprint("my_work", __name__)

SOON_SHOWN = 5
"""Of what others owe, on this page; the list of actions has the rest."""

ANSWER_SOON = 7
"""Days before the last one on which an answer is asked for by the day."""

WAITING = {
    ActionWait.LATE: "late",
    ActionWait.EVIDENCE: "reported complete without evidence",
    ActionWait.NO_DATE: "without a due date",
    ActionWait.SILENT: "not updated for a month",
}


@dataclass(frozen=True)
class WorkItem:
    """One thing that waits: its state, what it is, what is known of it, and the button that does it."""

    tone: str
    state: str
    title: str
    address: str
    about: str
    button: str
    does: str
    example: bool = False


bp.record_once(lambda state: state.app.extensions.__setitem__(WAITS, lambda present: waiting_for(present).count))


@bp.get("/my-work")
def show() -> str:
    """What waits for me first; whoever is not signed in is told what this is, and where to read what is public."""
    present = access.present()
    if present.listed is None:
        return render_template("my_work/public.html")
    mine, now = waiting_for(present), reader.now()
    due = reader.due(now) if present.may(AccessRule.READS) else None
    rows = {} if due is None else {(one.head.id, one.action.number): one for one in _all_of(due)}
    asked = reader.questions(now).rows if due is not None else ()
    others = [] if due is None else _others(due, mine, present.listed, present.office)
    return render_template(
        "my_work/page.html",
        mine=mine,
        items=_items(mine, rows, asked, now.as_at),
        owed=[_owed(one, now) for one in others[:SOON_SHOWN]],
        more=len(others),
        unanswered=[_asked(row) for row in asked if row.waits and row.asked_by == present.actor],
        has_role=due is not None,
        records=present.listed.has(*OF_AUTHORITIES),
        office=present.office,
        asks=present.may(AccessRule.ASKS),
    )


def _items(
    mine: WaitingForMe, rows: dict[tuple[UUID, int], DueAction], asked: Iterable[QuestionRow], today: date
) -> list[WorkItem]:
    """Acceptances and questions first, then updates, then files."""
    questions = {row.id: row for row in asked}
    items = [_accept(rows[one.plan, one.number]) for one in mine.accept if (one.plan, one.number) in rows]
    items += [_answer(questions[one.question], today) for one in mine.answer if one.question in questions]
    for plan, found in mine.update.items():
        counted = Counter(one.wait for one in found)
        name = reader.authority(found[0].urn).name
        late = counted[ActionWait.LATE]
        items.append(
            WorkItem(
                tone="overdue" if late else "not-started",
                state=f"{late} late" if late else f"{len(found)} to update",
                title=f"{name}: {words.count(len(found), 'action')} to update",
                address=url_for("plans.show", plan=plan),
                about=", ".join(f"{counted[wait]} {said}" for wait, said in WAITING.items() if counted[wait]),
                button="Update",
                does=url_for("updating.show", plan=plan),
            )
        )
    if mine.files:
        does = url_for("imports.start")
        title = f"{words.count(mine.files, 'imported file')} to decide on"
        items.append(WorkItem("open", "Decide", title, does, "What corrects or disputes what is held", "Look", does))
    return items


def _accept(one: DueAction) -> WorkItem:
    action, unit = one.action, one.action.unit or ""
    figures = [
        f"measure {action.now.text}{unit} of {action.target.text}{unit}" if action.now and action.target else "",
        words.count(action.evidence, "piece", "pieces") + " of evidence",
    ]
    about = [f"reported complete, since {words.day(action.since)}", action.owner, *filter(None, figures)]
    return WorkItem(
        tone="awaited",
        state="Accept evidence",
        title=f"{one.head.authority.name} {action.number}: {shown(action.what)}",
        address=url_for("plans.action", plan=one.head.id, number=action.number),
        about=" · ".join(about),
        button="Look",
        does=url_for("planning.act", plan=one.head.id, number=action.number, kind="accept"),
        example=action.example,
    )


def _answer(row: QuestionRow, today: date) -> WorkItem:
    left = (row.answer_by - today).days
    state = f"Answer by {words.short_day(row.answer_by)}"
    if left < 0:
        state = f"Answer {words.count(-left, 'day')} late"
    elif left <= ANSWER_SOON:
        state = f"Answer in {words.count(left, 'day')}" if left else "Answer today"
    does = (
        url_for("planning.reply", plan=row.plan, challenge=row.id, kind="answer")
        if row.plan is not None
        else url_for("asking.reply", urn=(row.asked_of or row.authority).urn, challenge=row.id, kind="answer")
    )
    about = f"on {plan_words.about(row)} · asked {words.day(row.asked_on)}, {recorded_by(row.asked_by)}"
    return WorkItem(
        tone="overdue" if left < 0 else "open",
        state=state,
        title=f"{row.authority.name}: “{shown(row.question)}”",
        address=url_for("challenges.show", challenge=row.id),
        about=f"{about} · an answer is due by {words.day(row.answer_by)}",
        button="Answer",
        does=does,
        example=row.example,
    )


def _asked(row: QuestionRow) -> WorkItem:
    """A question of one's own that has no answer yet."""
    late = row.days_overdue
    does = url_for("challenges.show", challenge=row.id)
    return WorkItem(
        tone="overdue" if late else "open",
        state=f"{words.count(late, 'day')} late" if late else "Waits",
        title=f"{row.authority.name}: “{shown(row.question)}”",
        address=does,
        about=f"asked {words.day(row.asked_on)} · an answer is due by {words.day(row.answer_by)}",
        button="Open",
        does=does,
        example=row.example,
    )


def _others(due: DueAnswer, mine: WaitingForMe, person: Listed, office: str) -> Sequence[DueAction]:
    """What is late or due soon, waits for somebody else and is not one's own office's: of one's authorities or, for
    somebody whose role is for none, of all."""
    anywhere = not person.has(*OF_AUTHORITIES)
    first = {(one.plan, one.number) for found in (mine.accept, *mine.update.values()) for one in found}
    return [
        one
        for one in (*due.overdue, *due.soon)
        if (anywhere or person.may_record(one.head.authority.urn))
        and not is_office(one.action.owner, office)
        and (one.head.id, one.action.number) not in first
    ]


def _owed(one: DueAction, now: Asked) -> WorkItem:
    line = line_of(one, now)
    return WorkItem(
        tone="overdue" if line.late else line.colour,
        state=line.late or line.label,
        title=f"{line.authority} {one.action.number}: {shown(one.action.what)}",
        address=line.address,
        about=f"{line.owner} · {'was due' if line.late else 'due'} {line.due}{f' · {line.label}' if line.late else ''}",
        button="Open",
        does=line.address,
        example=line.example,
    )


def _all_of(due: DueAnswer) -> Iterable[DueAction]:
    return (*due.overdue, *due.evidence_awaited, *due.acceptance_awaited, *due.soon, *due.undated)
