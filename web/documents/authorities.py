"""Answers as JSON: one shape for the command line and for HTTP, described in `web/openapi/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from domain.frameworks import Grade, scale_to_name
from domain.rulebook.limits import after_readings
from domain.rulebook.past.reasons import Explanation
from domain.rulebook.past.reports import PublicationAccount
from domain.rulebook.past.tally import Count
from domain.rulebook.past.windows import PastWindow, StatedWindow
from domain.rulebook.results import Announced, Expectation, ExpectedNext, PriorityActionOverride, Standing
from domain.values.activities import Activity, AuthorityFacts, Disagreement, Doubt
from domain.values.authority_keys import is_number
from domain.values.known_until import LISTED, KnownKind, KnownUntil
from projections.engine.answers import (
    DisagreementRow,
    DoubtRow,
    Moment,
    PastWindowsAnswer,
    SupposedAnswer,
    TallyAnswer,
    TimelineAnswer,
)
from web.intake.history_item import item_of

Document = dict[str, Any]


def authority_document(authority: AuthorityFacts) -> Document:
    """Who it is; from the day on which its end is known also when it ends, and who follows it, by name.

    `urn` is its key; where that is made of its name, `ofsted_number` is null while none is given, and `begins_on` is
    told."""
    document: Document = {
        "urn": authority.urn,
        "name": authority.name,
        "la_number": authority.la_number,
        "gss_code": authority.gss_code,
        "region": authority.region,
    }
    if not is_number(authority.urn):
        document["ofsted_number"] = authority.number
        if authority.formed_on is not None:
            document["begins_on"] = day_or_none(authority.formed_on)
    if authority.ends_on is not None:
        document |= {"ends_on": day_or_none(authority.ends_on), "successors": list(authority.successor_names)}
    return document


def standing_document(standing: Standing, moment: Moment) -> Document:
    """Where an authority stands and what comes next; optional keys of `expected_next` are absent where they do not
    apply."""
    governing = standing.governing
    return {
        "authority": authority_document(standing.authority),
        "as_at": moment.as_at.isoformat(),
        "known_at": None if moment.known_at is None else moment.known_at.isoformat(),
        "pathway": standing.pathway.value,
        "governing_inspection_published": day_or_none(governing.published if governing else None),
        "inherited_monitoring": standing.inherited_monitoring,
        "expected_next": {} if standing.ended else _expected_next(standing.expected_next),
        "expectations": [expectation_document(expectation) for expectation in standing.expectations],
        "judgements": [
            {"area": area.value, "grade": grade.value} | scale_of([grade])
            for area, grade in (governing.grades if governing else ())
        ],
        "known_until": _known_until(standing.known_until),
        "data_horizon": day_or_none(moment.data_horizon),
        "position": moment.position,
    }


def _known_until(known: KnownUntil) -> Document:
    """Each kind that sources list; of youth justice, of which none lists all, only where an officer said so."""
    youth_justice = _without_blanks({KnownKind.YOUTH_JUSTICE.value: day_or_none(known.until(KnownKind.YOUTH_JUSTICE))})
    return {kind.value: day_or_none(known.until(kind)) for kind in LISTED} | youth_justice


def scale_of(grades: Iterable[Grade]) -> Document:
    """The scale that stands beside grades which are not of the four-point one; else nothing."""
    scale = scale_to_name(grades)
    return {} if scale is None else {"scale": scale}


def _expected_next(expected: ExpectedNext) -> Document:
    graded: Document = {
        "type": expected.graded.type.value if expected.graded.type else None,
        "window_from": day_or_none(expected.graded.window_from),
        "window_to": day_or_none(expected.graded.window_to),
        "status": expected.graded.status.value,
    }
    if expected.graded.midpoint is not None:
        graded["midpoint"] = day_or_none(expected.graded.midpoint)
    document: Document = {"graded": graded}
    if expected.action_plan_due is not None:
        document["action_plan_due"] = day_or_none(expected.action_plan_due)
    if (override := expected.priority_action_override) is not None:
        document["priority_action_override"] = _override(override)
    if (interim := expected.interim) is not None:
        document["interim"] = _without_blanks(
            {
                "type": interim.type.value,
                "due": day_or_none(interim.due),
                "nominal_interval_days": interim.nominal_interval_days,
            }
        )
    if expected.announced is not None:
        document["announced"] = announced_document(expected.announced)
    return document


def announced_document(announced: Announced) -> Document:
    """An inspection under way, as JSON values."""
    return {
        "type": announced.type.value if announced.type else None,
        "notified_on": day_or_none(announced.notified_on),
        "on_site_from": day_or_none(announced.on_site_from),
        "on_site_to": day_or_none(announced.on_site_to),
        "status": announced.status.value,
    }


def _override(override: PriorityActionOverride) -> Document:
    return {
        "visit_month": override.visit_month.text,
        "type": override.type.value,
        "expected_from_month": override.expected_from_month.text,
        "expected_to_month": override.expected_to_month.text,
        "also_possible": override.also_possible,
    }


def expectation_document(expectation: Expectation) -> Document:
    return {
        "activity": expectation.activity,
        "basis": expectation.basis,
        "from": day_or_none(expectation.due_from),
        "to": day_or_none(expectation.due_to),
        "status": expectation.status.value,
        "why": expectation.why,
        "rules": list(expectation.rules),
        "caveats": list(expectation.caveats),
        "inferred": expectation.inferred,
        "known_until": day_or_none(expectation.known_until),
    }


def timeline_document(answer: TimelineAnswer) -> Document:
    """An authority's history in order of when it was true; each entry is a history item and says when we were told."""
    return {
        "authority": authority_document(answer.authority),
        "entries": [
            item_of(entry.activity)
            | {
                "entry": str(entry.activity.id),
                "recorded_at": entry.recorded_at.isoformat(),
                "public_on": entry.activity.public_on.isoformat(),
                "status": entry.activity.status.value,
                "position": entry.position,
            }
            | _doubts(entry.activity)
            for entry in answer.entries
        ],
    }


def _doubts(activity: Activity) -> Document:
    """The questions about an entry, where there are any."""
    return {"doubts": [doubt_document(one) for one in activity.doubts]} if activity.doubts else {}


def supposed_document(answer: SupposedAnswer) -> Document:
    """What is answered as it stands and as supposed, on the same day, and what differs. Nothing was recorded."""
    found = answer.supposed
    moment = replace(answer.moment, as_at=answer.on)
    return {
        "recorded": False,
        "on": answer.on.isoformat(),
        "from_what_was_public_by": answer.moment.as_at.isoformat(),
        "before": standing_document(found.before, moment),
        "after": standing_document(found.after, moment),
        "comes": [expectation_document(row) for row in found.comes],
        "goes": [expectation_document(row) for row in found.goes],
        "moves": [
            {"before": expectation_document(row.before), "after": expectation_document(row.after)}
            for row in found.moves
        ],
        "warnings": [{"text": warning.text, "rules": list(warning.rules)} for warning in found.warnings],
    }


def past_windows_document(answer: PastWindowsAnswer) -> Document:
    """An authority's windows, the earliest first, each with what was stated, what came, and by how much it differed."""
    return {
        "authority": authority_document(answer.authority),
        "windows": [_past_window(window) for window in answer.windows],
    } | _moment(answer.moment)


def tally_document(answer: TallyAnswer) -> Document:
    """How often the windows of all authorities came true, together, by pathway and by cohort."""
    tally = answer.tally
    return {
        "all": _count(tally.everything),
        "by_pathway": [{"pathway": pathway.value} | _count(count) for pathway, count in tally.by_pathway],
        "by_cohort": [{"cohort": cohort.value} | _count(count) for cohort, count in tally.by_cohort],
    } | _moment(answer.moment)


def _moment(moment: Moment) -> Document:
    return {
        "as_at": moment.as_at.isoformat(),
        "known_at": None if moment.known_at is None else moment.known_at.isoformat(),
        "limits": list(after_readings(moment.as_at, moment.known_until, moment.data_horizon)),
        "data_horizon": day_or_none(moment.data_horizon),
        "position": moment.position,
    }


def _past_window(window: PastWindow) -> Document:
    came = window.came
    return {
        "since": window.since.isoformat(),
        "report": str(window.report.id) if window.report else None,
        "stated": _stated(window.stated),
        "first_stated": _stated(window.first_stated) if window.first_stated else None,
        "change": _explanation(window.change) if window.change else None,
        "came": {
            "entry": str(came.id),
            "type": window.came_type.value if window.came_type else None,
            "start": day_or_none(came.start),
            "end": day_or_none(came.end),
            "published": day_or_none(came.published),
        }
        if came
        else None,
        "outcome": window.outcome.value,
        "days": window.days,
        "at_least": window.at_least,
        "type_as_expected": window.type_as_expected,
        "inside_priority_range": window.inside_priority_range,
        "said": window.said,
        "explanations": [_explanation(one) for one in window.explanations],
        "type_explanation": _explanation(window.type_explanation) if window.type_explanation else None,
        "publication": _publication(window.publication) if window.publication else None,
    }


def _stated(stated: StatedWindow) -> Document:
    return {
        "on": stated.on.isoformat(),
        "pathway": stated.pathway.value,
        "type": stated.type.value if stated.type else None,
        "window_from": day_or_none(stated.window_from),
        "window_to": day_or_none(stated.window_to),
        "midpoint": day_or_none(stated.midpoint),
        "priority_action_override": _override(stated.priority) if stated.priority else None,
        "inferred": stated.inferred,
    }


def _explanation(explanation: Explanation) -> Document:
    return {"text": explanation.text, "rules": list(explanation.rules), "in_part": explanation.in_part}


def _publication(account: PublicationAccount) -> Document:
    return {
        "outcome": account.outcome.value,
        "expected": day_or_none(account.expected),
        "late_after": day_or_none(account.late_after),
        "published": day_or_none(account.published),
        "working_days": account.working_days,
        "held_for_election": day_or_none(account.held_for),
        "said": account.said,
        "rules": list(account.rules),
        "inferred": account.inferred,
    }


def _count(count: Count) -> Document:
    return {
        "came": count.came,
        "inside": count.inside,
        "early": count.early,
        "late": count.late,
        "cannot_be_judged": count.not_judged,
        "explained": count.explained,
        "median_days_early": count.median_days_early,
        "median_days_late": count.median_days_late,
        "type_as_expected": count.type_right,
        "type_otherwise": count.type_wrong,
        "overdue": count.overdue,
        "not_known": count.not_known,
    }


def disagreement_documents(rows: Iterable[DisagreementRow]) -> list[Document]:
    return [
        {
            "urn": row.authority.urn,
            "entry": str(row.activity.id),
            "type": row.activity.kind.value,
            "start": day_or_none(row.activity.start),
            "published": day_or_none(row.activity.published),
            "field": row.disagreement.field,
            "held": row.disagreement.held,
            "says": [
                {"source": saying.source, "value": saying.value, "read_on": saying.read_on.isoformat()}
                for saying in row.disagreement.says
            ],
            "settled": row.disagreement.settled,
            "reason": row.disagreement.reason,
            "corrected": row.disagreement.corrected,
        }
        | _scale_in_dispute(row.disagreement)
        for row in rows
    ]


def doubt_documents(rows: Iterable[DoubtRow]) -> list[Document]:
    """Questions for an officer; `governs` is False where the entry governs and dates nothing until one is answered."""
    return [
        {
            "urn": row.authority.urn,
            "authority": row.authority.name,
            "entry": str(row.activity.id),
            "type": row.activity.kind.value,
            "start": day_or_none(row.activity.start),
            "end": day_or_none(row.activity.end),
            "published": day_or_none(row.activity.published),
            "governs": row.activity.counts,
        }
        | doubt_document(row.doubt)
        for row in rows
    ]


def doubt_document(doubt: Doubt) -> Document:
    return {"field": doubt.field, "question": doubt.text, "rules": list(doubt.rules), "weighs": doubt.weighs}


def _scale_in_dispute(disagreement: Disagreement) -> Document:
    if not disagreement.field.startswith("grades."):
        return {}
    values = {disagreement.held, *(saying.value for saying in disagreement.says)}
    return scale_of(grade for grade in Grade if grade.value in values)


def day_or_none(day: date | None) -> str | None:
    """As people and programs write it; null where there is none."""
    return None if day is None else day.isoformat()


def _without_blanks(document: Mapping[str, Any]) -> Document:
    return {key: value for key, value in document.items() if value is not None}
