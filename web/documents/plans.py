"""Answers about plans as JSON: one shape for the command line and for HTTP, described in `web/openapi/`."""

from __future__ import annotations

from collections.abc import Iterable

from domain.plans.clock import Deadline
from domain.plans.stories import Carried, HandedOver
from domain.values.plans import AskedAbout, Figure, PlanFinding
from projections.engine.answers import Moment
from projections.plans.answers import (
    ActionAnswer,
    ActionRow,
    BurnUpAnswer,
    DueAction,
    DueAnswer,
    PlanAnswer,
    PlanHead,
    PlansAnswer,
    QuestionRow,
    QuestionsAnswer,
    Wording,
)
from projections.plans.passed import PassedPlan
from web.documents.authorities import Document, authority_document, day_or_none
from web.site.people_names import shown


def plans_document(answer: PlansAnswer, passed: Iterable[PassedPlan] = ()) -> Document:
    """An authority's plans with their actions, the one opened last first, and those that it handed over."""
    urn = answer.authority.urn
    return {
        "authority": authority_document(answer.authority),
        "plans": [_plan(plan) for plan in answer.plans],
        "handed_over": [
            {"plan": str(one.head.id), "to": one.passing.now, "on": one.passing.stamp.true_on.isoformat()}
            for one in passed
            if urn in (one.passing.was, one.passing.of)
        ],
    } | moment_document(answer.moment)


def plan_document(answer: PlanAnswer) -> Document:
    """One plan with its findings, actions and questions."""
    return _plan(answer) | moment_document(answer.moment)


def action_document(answer: ActionAnswer) -> Document:
    """One action with its whole story, the earliest fact first."""
    return (
        _of_plan(answer.head)
        | {
            "action": _action(answer.action),
            "findings": [_finding(finding) for finding in answer.findings],
            "due_date_moves": [
                {
                    "was": day_or_none(move.was),
                    "now": move.now.isoformat(),
                    "why": words_document(move.why),
                    "moved_on": move.moved_on.isoformat(),
                    "by": move.by,
                }
                for move in answer.moves
            ],
            "evidence": [
                {
                    "evidence": str(one.id),
                    "title": words_document(one.title),
                    "link": maybe_words(one.link),
                    "reference": maybe_words(one.reference),
                    "offered_on": one.offered_on.isoformat(),
                    "by": one.by,
                }
                for one in answer.evidence
            ],
            "figures": [{"day": day.isoformat(), "figure": figure.text} for day, figure in answer.figures],
            "questions": [_question(row) for row in answer.questions],
            "story": [
                {
                    "position": one.position,
                    "version": one.version,
                    "event": one.name,
                    "true_on": one.true_on.isoformat(),
                    "recorded_at": one.recorded_at.isoformat(),
                    "by": one.by,
                    "said": one.said,
                    "words": {name: words_document(text) for name, text in one.words},
                }
                for one in answer.story
            ],
        }
        | moment_document(answer.moment)
    )


def burn_up_document(answer: BurnUpAnswer) -> Document:
    """How a plan's counts grew: a row for each day on which any of them changed."""
    return (
        _of_plan(answer.head)
        | {
            "points": [
                {"day": point.day.isoformat(), "actions": point.actions, "due": point.due, "done": point.done}
                for point in answer.points
            ],
        }
        | moment_document(answer.moment)
    )


def due_document(answer: DueAnswer) -> Document:
    """What is due or overdue on a day, over all plans."""
    return {
        "on": answer.moment.as_at.isoformat(),
        "office": answer.office,
        "days": answer.days,
        "overdue": [_due(row) for row in answer.overdue],
        "evidence_awaited": [_due(row) for row in answer.evidence_awaited],
        "acceptance_awaited": [_due(row) for row in answer.acceptance_awaited],
        "due_soon": [_due(row) for row in answer.soon],
        "no_due_date": [_due(row) for row in answer.undated],
        "papers": [_of_plan(row.head) | _deadline(row.deadline) for row in answer.papers],
        "report_replaced": [
            _of_plan(row.head) | {"headline": row.head.headline, "replaced": _replaced(row.head)}
            for row in answer.replaced
        ],
        "known_at": _instant(answer.moment),
        "data_horizon": day_or_none(answer.moment.data_horizon),
        "position": answer.moment.position,
    }


def questions_document(answer: QuestionsAnswer) -> Document:
    """Members' questions, those longest overdue first."""
    return {
        "state": answer.state.value if answer.state else None,
        "questions": [
            {
                "plan": str(row.plan) if row.plan else None,
                "urn": row.authority.urn,
                "authority": row.authority.name,
                "example": row.example,
                "asked_of": row.asked_of.urn if row.asked_of else None,
                "asked_about": _asked_about(row.asked_about) if row.asked_about else None,
            }
            | _question(row)
            for row in answer.rows
        ],
    } | moment_document(answer.moment)


def moment_document(moment: Moment) -> Document:
    """For which moment it was answered."""
    return {
        "as_at": moment.as_at.isoformat(),
        "known_at": _instant(moment),
        "data_horizon": day_or_none(moment.data_horizon),
        "position": moment.position,
    }


def _plan(answer: PlanAnswer) -> Document:
    head, counts = answer.head, answer.head.counts
    return {
        "plan": str(head.id),
        "authority": authority_document(head.authority),
        "entry": str(head.activity),
        "basis": head.basis.value,
        "example": head.example,
        "opened_on": head.opened_on.isoformat(),
        "closed_on": day_or_none(head.closed_on),
        "published_on": day_or_none(head.published_on),
        "received_on": day_or_none(head.received_on),
        "deadlines": [_deadline(deadline) for deadline in head.deadlines],
        "reply_on": day_or_none(head.reply_on),
        "reply_says_it_reflects_the_findings": head.reflects,
        "made_public_on": day_or_none(head.made_public_on),
        "replaced": _replaced(head),
        "handed_over": [handed_document(one) for one in head.handed],
        "headline": head.headline,
        "counts": {
            "actions": counts.actions,
            "complete_and_evidenced": counts.done,
            "overdue": counts.overdue,
            "longest_overdue_days": counts.longest_overdue,
            "off_track": counts.off_track,
            "at_risk": counts.at_risk,
            "evidence_awaited": counts.evidence_awaited,
            "acceptance_awaited": counts.acceptance_awaited,
            "not_started": counts.not_started,
            "left_out": counts.left_out,
            "findings_without_action": counts.gaps,
            "questions_open": counts.questions_open,
            "questions_overdue": counts.questions_overdue,
            "due_dates_moved": counts.moves,
        },
        "findings": [
            _finding(row.finding)
            | {"actions": list(row.actions), "questions": [str(name) for name in row.questions], "gap": row.gap}
            for row in answer.findings
        ],
        "actions": [_action(row) for row in answer.actions],
        "since": day_or_none(answer.since),
        "moved": [
            {"action": row.number, "what": words_document(row.what), "changes": list(row.changes)}
            for row in answer.moved
        ],
        "questions": [_question(row) for row in answer.questions],
    }


def _action(row: ActionRow) -> Document:
    return {
        "action": row.number,
        "version": row.version,
        "example": row.example,
        "findings": [str(name) for name in row.findings],
        "what": words_document(row.what),
        "owner": row.owner,
        "due_on": day_or_none(row.due_on),
        "first_due_on": day_or_none(row.first_due_on),
        "due_date_moves": row.moves,
        "days_overdue": row.days_overdue,
        "progress": row.progress.value,
        "confidence": row.track.value if row.track else None,
        "impact": row.impact.value,
        "reading": row.reading.value,
        "label": row.label.words,
        "colour": row.label.colour.value,
        "previous_reading": row.previous.value if row.previous else None,
        "since": row.since.isoformat(),
        "measure": maybe_words(row.measure),
        "unit": row.unit,
        "baseline": _figure(row.baseline),
        "target": _figure(row.target),
        "now": _figure(row.now),
        "reached_per_cent": row.reached,
        "evidence": row.evidence,
        "reopened": row.reopened,
        "narrative": maybe_words(row.narrative),
        "changed_on": row.changed_on.isoformat(),
        "changed_by": row.changed_by,
        "carried_from": _carried(row.carried_from),
        "carried_to": _carried(row.carried_to),
    }


def handed_document(one: HandedOver) -> Document:
    """From whom to whom something passed; `put_right` where another had it by mistake."""
    return {"from": one.was, "to": one.now, "on": one.stamp.true_on.isoformat(), "put_right": one.puts_right}


def _carried(other: Carried | None) -> Document | None:
    return None if other is None else {"plan": str(other.plan), "action": other.action}


def _replaced(head: PlanHead) -> Document | None:
    """The newer graded report that took the place of the plan's."""
    found = head.replaced
    return None if found is None else {"entry": str(found.activity), "published_on": found.on.isoformat()}


def _question(row: QuestionRow) -> Document:
    return {
        "question": str(row.id),
        "action": row.action,
        "finding": _finding(row.finding) if row.finding else None,
        "state": row.state.value,
        "asked": words_document(row.question),
        "asked_on": row.asked_on.isoformat(),
        "asked_by": row.asked_by,
        "answer_by": row.answer_by.isoformat(),
        "days_overdue": row.days_overdue,
        "answer": maybe_words(row.answer),
        "answered_on": day_or_none(row.answered_on),
        "answered_by": row.answered_by,
        "withdrawn_on": day_or_none(row.withdrawn_on),
        "withdrawn_why": maybe_words(row.why),
    }


def _asked_about(about: AskedAbout) -> Document:
    return {
        "kind": about.kind.value,
        "called": about.called,
        "as_at": about.as_at.isoformat(),
        "position": about.position,
        "entry": str(about.entry) if about.entry else None,
        "expected": about.expected,
        "window_from": day_or_none(about.window_from),
        "window_to": day_or_none(about.window_to),
    }


def _due(row: DueAction) -> Document:
    return _of_plan(row.head) | _action(row.action)


def _of_plan(head: PlanHead) -> Document:
    return {"plan": str(head.id), "urn": head.authority.urn, "authority": head.authority.name, "example": head.example}


def _deadline(deadline: Deadline) -> Document:
    return {
        "stage": deadline.stage.value,
        "due_on": day_or_none(deadline.due_on),
        "latest": deadline.latest,
        "counted": deadline.counted.value if deadline.counted else None,
        "counted_from": day_or_none(deadline.counted_from),
        "working_days": deadline.working_days,
        "status": deadline.status.value,
        "submitted_on": day_or_none(deadline.submitted_on),
        "days_left": deadline.days_left,
        "working_days_left": deadline.working_days_left,
        "days_late": deadline.days_late,
        "said": deadline.said,
        "rules": list(deadline.rules),
    }


def _finding(finding: PlanFinding) -> Document:
    return {
        "finding": str(finding.id),
        "entry": str(finding.activity),
        "priority_action": finding.priority,
        "text": finding.text,
    }


def words_document(words: Wording) -> Document:
    """The text, null where it was erased; `shown` is what stands in its place."""
    return {
        "text": words.text,
        "shown": shown(words),
        "erased": words.erased is not None,
        "subject": str(words.subject),
    }


def maybe_words(words: Wording | None) -> Document | None:
    return None if words is None else words_document(words)


def _figure(figure: Figure | None) -> str | None:
    return None if figure is None else figure.text


def _instant(moment: Moment) -> str | None:
    return None if moment.known_at is None else moment.known_at.isoformat()
