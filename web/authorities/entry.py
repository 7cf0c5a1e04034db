"""One inspection, visit, meeting or letter with everything that was said about it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from domain.values.activities import Activity
from domain.values.errors import NotFound
from domain.values.judgements import Judgements
from domain.values.statements import Family, Stated
from domain.values.words import capital
from projections.engine.answers import SourceReading
from web.authorities import correcting
from web.meetings.timeline import told_to_ofsted
from web.plans.chain import plans_before, plans_from
from web.site import reader
from web.site.people_names import recorded_by
from web.words import looked_at, other_inspections, timeline, words
from web.words.looked_at import TOPIC_WORDS

bp = Blueprint("inspections", __name__, url_prefix="/inspections")


@dataclass(frozen=True)
class ReadingShown:
    """What one source said, in words and verbatim."""

    id: UUID
    title: str
    url: str | None
    family: str
    channel: str
    recorded: str
    by: str
    reason: str | None
    values: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, str], ...]
    links: tuple[timeline.SourceLink, ...]
    position: int


@bp.get("/<uuid:activity>")
def show(activity: UUID) -> str | Response:
    """Dates, judgements, findings, disagreements, corrections and every source's reading of one entry.

    The address of a statement leads to the entry it speaks of."""
    asked = reader.asked()
    try:
        answer = reader.entry(activity, asked)
    except NotFound:
        return _not_yet(activity, asked)
    held = answer.entry.activity
    if held.id != activity:
        return redirect(reader.with_query(url_for(".show", activity=held.id)), 303)
    return render_template(
        "authorities/entry/page.html",
        asked=asked,
        moment=answer.moment,
        authority=answer.authority,
        activity=held,
        framework=words.said_value(held.framework) if held.framework else "",
        line=timeline.line(answer.entry),
        told=told_to_ofsted([held], answer.moment),
        dates=_dates(answer.entry.activity),
        looked_at=tuple(looked_at.in_lines(held)),
        found=other_inspections.lines(held),
        scale=other_inspections.explained(held),
        findings=[(held, timeline.line_title(held))] if held.improvements or held.priority_actions else [],
        made=plans_from(held, asked),
        before=plans_before(held, asked),
        disputes=tuple(map(timeline.dispute, held.disagreements)),
        readings=tuple(map(reading, answer.readings)),
        corrections=correcting.offered_for(answer),
        answers=correcting.answers_to(answer),
    )


def _not_yet(activity: UUID, asked: reader.Asked) -> str:
    """That an entry of today was not known or not public at the moment asked. Raises NotFound where there is none."""
    if not asked.chosen:
        raise NotFound("No inspection or visit is known by that number.")
    today = reader.entry(activity, reader.now())
    return render_template(
        "authorities/entry/not_yet.html",
        asked=asked,
        authority=today.authority,
        activity=today.entry.activity,
        line=timeline.line(today.entry),
    )


def _dates(held: Activity) -> tuple[tuple[str, str], ...]:
    """The dates held, in the order in which they happen."""
    announced = ("notified", "expected_start", "expected_end", "call_withdrawn")
    on_site = ("start", "paused", "resumed", "end", "on", "period")
    later = ("received", "letter_received", "published", "published_by_council", "statement_due")
    periods = ((words.field("periods"), words.happened(held)),) if held.periods else ()
    known_better = {*(on_site[:4] if periods else ()), *(announced[1:3] if held.start else ())}
    return periods + tuple(
        (words.field(name), words.said_value(value))
        for name in (*announced, *on_site, *later, "priority_action_resolved", "next_by")
        if (value := getattr(held, name)) is not None and name not in known_better
    )


def reading(answer: SourceReading) -> ReadingShown:
    return ReadingShown(
        id=answer.statement,
        title=answer.source_title,
        url=timeline.followable(answer.source_reference),
        family=words.FAMILIES[answer.family],
        channel=words.CHANNELS[answer.channel],
        recorded=_recorded(answer),
        by=recorded_by(answer.actor),
        reason=answer.reason,
        values=said_in_words(answer.said),
        cells=answer.verbatim.cells,
        links=timeline.places(answer.citations),
        position=answer.position,
    )


def _recorded(answer: SourceReading) -> str:
    """When it was read and recorded; one of Ofsted's own documents is read here when it is recorded."""
    here = "read here on" if answer.family is Family.OFSTED_DOCUMENT else "recorded"
    return f"{capital(words.read(answer.family, answer.read_on))}, {here} {words.moment(answer.recorded_at)}"


def said_in_words(said: Stated) -> tuple[tuple[str, str], ...]:
    """Every value a source stated, by its label."""
    found: list[tuple[str, str]] = []
    for name, value in said.stated.items():
        if isinstance(value, Judgements):
            found += [(words.AREAS[area], words.GRADES[grade]) for area, grade in value]
        elif name == "not_judged":
            found += [(words.AREAS[area], "Not judged") for area in said.not_judged]
        elif name == "improvement_outcomes":
            found += [
                (f"{words.field('improvements')} {number}, outcomes of the national framework", words.said_value(one))
                for number, one in enumerate(value, 1)
                if one
            ]
        elif name == "topics":
            found += [(words.field(name), TOPIC_WORDS.get(code, code)) for code in said.topics]
        elif isinstance(value, tuple):
            found += [
                (f"{words.field(name)} {number}", words.said_value(one)) for number, one in enumerate(value, 1) if one
            ]
        else:
            found.append((words.field(name), words.said_value(value)))
    return tuple(found)
