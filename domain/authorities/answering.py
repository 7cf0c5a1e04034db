"""How an officer with the report in hand answers a question about an entry that cannot be right, or is unusual."""

from __future__ import annotations

from uuid import UUID, uuid5

from domain import facts
from domain.authorities.authority import Authority
from domain.authorities.preconditions import must_give_a_reason
from domain.facts import Told
from domain.values.activities import Activity
from domain.values.errors import RuleBroken
from domain.values.statements import Kind

NOTHING_ASKED = "Nothing about this entry is in question."
VISITS = (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT)


def confirm(authority: Authority, activity: UUID, *, by: Told) -> None:
    """It is right as held: from now on the officer says so too, and it counts. Needs a reason.

    Raises RuleBroken where nothing is in question, or its grades are: those are entered."""
    known = authority.activity(activity)
    must_give_a_reason(by)
    if not known.doubts:
        raise RuleBroken(NOTHING_ASKED)
    if all(doubt.field == "grades" for doubt in known.doubts):
        raise RuleBroken("Enter the grades that the report gives: correct them one by one.")
    told = [*_days(known), *_publication(known)]
    if not told:
        raise RuleBroken("No day is held that could be right. Correct the date instead.")
    for fact, words in told:
        authority.tell(fact, by, activity=known.id, **words)


Words = tuple[type[facts.EntryFact], dict[str, object]]


def _days(known: Activity) -> list[Words]:
    if known.kind.by_others:
        return [(facts.OtherInspectionHeld, _by_others(known))]
    if known.start is None:
        return []
    first: dict[str, object] = {"started_on": known.start}
    whole = first | {"ended_on": known.end}
    if known.kind is Kind.FOCUSED_VISIT:
        return [(facts.FocusedVisitHeld, whole | {"focus": known.focus})]
    if known.kind is Kind.MONITORING_VISIT:
        return [(facts.MonitoringVisitHeld, whole | {"number": known.number, "focus": known.focus})]
    if known.kind is Kind.JTAI:
        return [(facts.JointInspectionHeld, whole | {"theme": known.theme})]
    found: list[Words] = [(facts.FieldworkStarted, first | {"kind": None})]
    return [*found, (facts.FieldworkEnded, {"ended_on": known.end})] if known.end is not None else found


def _by_others(known: Activity) -> dict[str, object]:
    same = ("kind", "inspectorate", "title", "outcome", "ratings", "subtype")
    days = {"started_on": known.start, "ended_on": known.end, "published_on": known.published}
    return days | {name: getattr(known, name) for name in same} | {"link": None}


def _publication(known: Activity) -> list[Words]:
    if known.published is None or known.kind.by_others:
        return []
    if known.kind is Kind.INSPECTION:
        return [(facts.ReportPublished, {"judgements": known.grades, "published_on": known.published})]
    return [(facts.LetterPublished, {"publisher": facts.Publisher.OFSTED, "published_on": known.published})]


def recognise_as_visit(authority: Authority, activity: UUID, *, kind: Kind, by: Told) -> None:
    """A row taken for an inspection was a visit: the entry is withdrawn, and a visit on its days recorded. Needs a
    reason. Raises RuleBroken for what is no inspection in question, or has grades, or no first day."""
    known = authority.activity(activity)
    if kind not in VISITS:
        raise RuleBroken("Choose a focused visit or a monitoring visit.")
    if known.kind is not Kind.INSPECTION or not known.doubts:
        raise RuleBroken("Only an inspection about which something is in question can be recognised as a visit.")
    if known.grades:
        raise RuleBroken("It has grades, and a visit has none. Correct its dates, or withdraw it.")
    if known.start is None:
        raise RuleBroken("Its first day on site is not held. Record the visit, and withdraw this entry.")
    authority.withdraw_entry(activity, by=by)
    visit = uuid5(by.command, "visit")
    if kind is Kind.FOCUSED_VISIT:
        authority.record_focused_visit(
            visit, started_on=known.start, ended_on=known.end, focus=known.focus, assurance=False, by=by
        )
    else:
        authority.record_monitoring_visit(
            visit, started_on=known.start, ended_on=known.end, number=None, focus=known.focus, by=by
        )
    if known.published is not None:
        authority.publish_letter(visit, publisher=facts.Publisher.OFSTED, published_on=known.published, by=by)
