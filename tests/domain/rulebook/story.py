"""Short words for telling the rulebook's tests: a report, a visit, an authority, England's bank holidays."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from govuk_bank_holidays.bank_holidays import BankHolidays as GovUkBankHolidays

from domain.frameworks import Area, Framework, Grade
from domain.rulebook.expectations import standing
from domain.rulebook.results import Expectation, Standing
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity, AuthorityFacts
from domain.values.judgements import Judgements
from domain.values.known_until import KnownKind, KnownUntil
from domain.values.statements import Kind, Period

ALL_KNOWN = KnownUntil.of(dict.fromkeys(KnownKind, date.max))
"""Sources tell of every kind of activity, whatever the day asked: only the days decide."""

SPACE = UUID("00000000-0000-0000-0000-0000000000aa")
TYNEHAVEN = AuthorityFacts(urn="80999", name="Tynehaven")

SET_C = (Area.IMPACT_OF_LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS)
GRADES = {
    "O": Grade.OUTSTANDING,
    "G": Grade.GOOD,
    "R": Grade.REQUIRES_IMPROVEMENT,
    "I": Grade.INADEQUATE,
}


def on(text: str) -> date:
    return date.fromisoformat(text)


@cache
def england() -> BankHolidays:
    found = GovUkBankHolidays(use_cached_holidays=True).get_holidays(division=GovUkBankHolidays.ENGLAND_AND_WALES)
    days = frozenset(holiday["date"] for holiday in found)
    return BankHolidays(days, date(min(days).year, 1, 1), date(max(days).year, 12, 31))


def activity(kind: Kind, **values: Any) -> Activity:
    for name in ("start", "end", "published", "on", "received", "letter_received", "statement_due"):
        if isinstance(values.get(name), str):
            values[name] = on(values[name])
    if isinstance(values.get("period"), str):
        values["period"] = Period(values["period"])
    values.setdefault("urn", TYNEHAVEN.urn)
    values.setdefault("id", uuid5(SPACE, f"{kind}{sorted((k, str(v)) for k, v in values.items())}"))
    return Activity(kind=kind, **values)


def report(
    published: str | None, overall: str | None, *, framework: Framework = Framework.ILACS, **values: Any
) -> Activity:
    """A graded report with one overall grade (`O`, `G`, `R`, `I`), or none that any source knows."""
    grades = Judgements() if overall is None else Judgements.of({Area.OVERALL_EFFECTIVENESS: GRADES[overall]})
    values.setdefault("grades", grades)
    return activity(Kind.INSPECTION, framework=framework, published=published, **values)


def sif(published: str, overall: str | None, **values: Any) -> Activity:
    return report(published, overall, framework=Framework.SIF, **values)


def four(published: str, grades: str, start: str | None = "2026-04-27", **values: Any) -> Activity:
    """A report of April 2026 on: leaders, help and protection, in care, care leavers; `-` where not known."""
    judged = Judgements.of({area: GRADES[g] for area, g in zip(SET_C, grades, strict=True) if g != "-"})
    return report(published, None, start=start, grades=judged, **values)


def focused(**values: Any) -> Activity:
    return activity(Kind.FOCUSED_VISIT, **values)


def stands(day: str, *activities: Activity, authority: AuthorityFacts = TYNEHAVEN, **more: Any) -> Standing:
    more.setdefault("holidays", england())
    more.setdefault("known_until", ALL_KNOWN)
    return standing(activities, authority=authority, on=on(day), **more)


def expectation(answer: Standing, name: str, basis: str | None = None) -> Expectation:
    found = [one for one in answer.expectations if one.activity == name and basis in (None, one.basis)]
    assert len(found) == 1, f"{len(found)} expectations of {name} in {[one.activity for one in answer.expectations]}"
    return found[0]
