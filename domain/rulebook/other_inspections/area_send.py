"""What follows an area SEND inspection, about when, and why (R-075 to R-079): kept apart from every ILACS answer.

The day from which "within" counts is not printed in any report, so that each of these days is inferred. After it
nothing is overdue: no source lists monitoring inspections, and "about" is no deadline (R-078)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from domain.rulebook.deadline_rows import AREA_SEND_FOLLOWS, MONITORING_AREA_SEND, AreaSendFollows
from domain.rulebook.evidence import AfterAreaSend, Worked
from domain.rulebook.known_until import not_known
from domain.rulebook.other_inspections.words import MONITORING, OUTCOMES
from domain.rulebook.results import Expectation, WindowStatus
from domain.rulebook.situation import Situation
from domain.rulebook.steps import Input, RowUsed, Step, days_of, from_activity
from domain.rulebook.working_days import add_months
from domain.values.activities import Activity
from domain.values.known_until import KnownKind, KnownUntil
from domain.values.statements import Kind
from domain.values.words import in_words, number_in_words, span_in_words

BASIS = "other_inspection"
"""The `basis` of everything that is expected of other inspections than those of children's services by Ofsted."""

_WHAT = {True: "a monitoring inspection", False: "a full inspection"}
NONE_LISTS_MONITORING = (
    "Not known: no source lists monitoring inspections of area SEND, so nothing says whether one took place (R-078)."
)


def area_send_expected(activities: Iterable[Activity], on: date, known_until: KnownUntil) -> Iterator[Worked]:
    """What the latest full inspection that was public by a day leads one to expect; nothing where its outcome is not
    known, or a later one had begun."""
    begun = [one for one in activities if one.kind is Kind.AREA_SEND and one.counts and one.begun_on <= on]
    latest = max((one for one in begun if not is_monitoring(one)), key=lambda one: one.true_on, default=None)
    seen = latest.as_seen_on(on) if latest is not None else None
    if seen is None or seen.outcome is None or seen.public_on > on:
        return
    looked_again = any(is_monitoring(one) and one.true_on > seen.true_on for one in begun)
    for row in AREA_SEND_FOLLOWS:
        if row.outcome == seen.outcome and not (looked_again and row.activity == MONITORING_AREA_SEND):
            yield _follows(seen, row, on, known_until)


def is_monitoring(inspection: Activity) -> bool:
    """Whether an area SEND inspection only looked at what an earlier one found: it has no outcome."""
    return inspection.subtype == MONITORING


def _follows(inspection: Activity, row: AreaSendFollows, on: date, known_until: KnownUntil) -> Worked:
    from_publication = row.from_publication or inspection.start is None
    counted = inspection.public_on if from_publication or inspection.start is None else inspection.start
    due = add_months(counted, row.months)
    workings = AfterAreaSend(inspection, row, counted, from_publication, due)
    monitoring = row.activity == MONITORING_AREA_SEND
    passed = on > due
    until = None if monitoring else known_until.until(KnownKind.AREA_SEND)
    caveats = [*([_silence(until, due, monitoring=monitoring)] if passed else []), *_caveats(workings)]
    expectation = Expectation(
        activity=row.activity,
        basis=BASIS,
        due_from=None,
        due_to=due,
        status=WindowStatus.NOT_KNOWN if passed else WindowStatus.UPCOMING,
        why=f"{_held(inspection)} found outcome {row.outcome}, {OUTCOMES[row.outcome].short}: {_WHAT[monitoring]} "
        f"follows within about {_months(row.months)}, {'at the latest ' if row.from_publication else ''}by about "
        f"{in_words(due)} (inferred).",
        rules=("R-075", "R-077", *(("R-078", "R-105") if passed else ())),
        caveats=tuple(caveats),
        inferred=True,
        about=inspection.id,
        known_until=until,
    )
    return Worked(expectation, workings)


def _held(inspection: Activity) -> str:
    if inspection.start is None:
        return f"The area SEND inspection published on {in_words(inspection.public_on)}"
    return f"The area SEND inspection of {span_in_words(inspection.start, inspection.end or inspection.start)}"


def _months(months: int) -> str:
    return number_in_words(months // 12, "year") if months % 12 == 0 else number_in_words(months, "month")


def _silence(until: date | None, due: date, *, monitoring: bool) -> str:
    if monitoring:
        return NONE_LISTS_MONITORING
    if until is None or until < due:
        return not_known(KnownKind.AREA_SEND, until)
    return (
        f"No later one is held among those that sources tell of until {in_words(until)}; a day that is only about when "
        "it comes makes nothing overdue (R-078)."
    )


def _caveats(workings: AfterAreaSend) -> Iterator[str]:
    inspection, row = workings.inspection, workings.row
    if row.from_publication:
        yield (
            "It counts from the day on which the partnership received the final report, which is earlier than "
            "publication and not known."
        )
    elif workings.from_publication:
        yield "Its first day on site is not known, so this counts from publication."
    else:
        yield "Counted from the first day on site; the report does not print from which day it counts."
    stated = inspection.next_by
    of_this_row = row.activity == MONITORING_AREA_SEND or inspection.outcome != 3
    if stated is not None and of_this_row and stated != workings.due:
        yield f"The table that lists it gives {in_words(stated)}, counted from the first day on site."


# --- told ------------------------------------------------------------------------------------------------------------


def after_area_send(workings: AfterAreaSend, now: Situation) -> Iterator[Step]:
    """From the outcome to the day about which something follows."""
    inspection, row = workings.inspection, workings.row
    outcome = OUTCOMES[row.outcome]
    yield Step(
        rule="R-075",
        inputs=(
            from_activity("Area SEND inspection", inspection, now.on),
            *days_of(inspection, now.on),
            Input("Outcome", row.outcome, inspection.id),
        ),
        result=f"{outcome.text} Next comes {outcome.next}.",
    )
    anchor = "Published" if workings.from_publication else "First day on site"
    yield Step(
        rule="R-077",
        inputs=(Input(anchor, workings.counted, inspection.id), Input("Months", row.months)),
        result=f"{_months(row.months)} after {in_words(workings.counted)} is {in_words(workings.due)}: about then.",
        row=RowUsed(row, "publication", inspection.public_on),
        inferred=True,
        last=workings.due,
    )
    if now.on > workings.due:
        yield Step(
            rule="R-078",
            inputs=(Input("About when", workings.due), Input("Day asked", now.on)),
            result="No list of monitoring inspections is published and “about” is no deadline: nothing is overdue.",
            last=workings.due,
        )
