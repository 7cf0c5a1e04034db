"""Answers about meetings as JSON: one shape for the command line and for HTTP."""

from __future__ import annotations

from projections.meetings.answers import MeetingRow, MeetingsAnswer, ResolutionRow, ViewRow
from web.documents.authorities import Document, authority_document, day_or_none
from web.documents.plans import handed_document, maybe_words, moment_document, words_document


def meetings_document(answer: MeetingsAnswer) -> Document:
    """Meetings, the latest day first; `authority` is null where all were asked for."""
    return {
        "authority": authority_document(answer.authority) if answer.authority else None,
        "meetings": [_meeting(row) for row in answer.rows],
    } | moment_document(answer.moment)


def _meeting(row: MeetingRow) -> Document:
    return {
        "meeting": str(row.id),
        "urn": row.authority.urn,
        "authority": row.authority.name,
        "committee": row.committee,
        "day": row.day.isoformat(),
        "state": row.stage.value,
        "day_has_passed": row.passed,
        "example": row.example,
        "plans": [str(plan) for plan in row.plans],
        "panel_saw": _view(row.view) if row.view else None,
        "questions": row.questions,
        "resolutions": [_resolution(one) for one in row.resolutions],
        "next_report_on": day_or_none(row.next_report_on),
        "next_report_late": row.next_report_late,
        "previous_meeting_on": day_or_none(row.previous),
        "handed_over": [handed_document(one) for one in row.handed],
        "withdrawn_on": day_or_none(row.withdrawn_on),
        "withdrawn_why": maybe_words(row.withdrawn_why),
        "recorded_at": row.recorded_at.isoformat(),
        "recorded_by": row.recorded_by,
        "position": row.position,
    }


def _view(view: ViewRow) -> Document:
    return {"as_at": view.as_at.isoformat(), "known_at": view.known_at.isoformat(), "why": maybe_words(view.why)}


def _resolution(one: ResolutionRow) -> Document:
    return {
        "resolution": one.number,
        "text": words_document(one.text),
        "owner": one.owner,
        "due_on": day_or_none(one.due_on),
        "state": one.stage.value,
        "days_overdue": one.days_overdue,
        "made_on": one.made_on.isoformat(),
        "done_on": day_or_none(one.done_on),
        "how": maybe_words(one.how),
    }
