"""What is held, chosen from everything that is said: a pure function of the statements.

The best family that states a value is held; inside a family its newest reading counts. Values that lose stay
visible: a held value that another family contradicts is a disagreement, a value that a family took back is a
correction. What cannot be right loses to whatever can. Nothing depends on the order in which statements came in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from operator import attrgetter
from typing import Any
from uuid import UUID

from domain.authorities.dossier import Dossier
from domain.authorities.doubting import (
    DATES,
    beside_another,
    dates_held,
    doubtful_statements,
    grades_missing,
    still_doubted,
)
from domain.authorities.matching import groups_of, struck_out
from domain.frameworks import Area
from domain.values.activities import Activity, Correction, Disagreement, Doubt, Saying, Status
from domain.values.judgements import NO_JUDGEMENTS, Judgements, judgement_set
from domain.values.normalising import framework_of, held_variant, in_judgement_set, variant_on_site
from domain.values.statements import Channel, Citation, Family, Kind, PeriodOnSite, Rating, Statement, by_hand

OF_THE_CALL = frozenset({"notified", "expected_start", "expected_end", "call_withdrawn"})
"""What is told of a call stands also where the days on site that are told with it cannot be right."""

PLAIN = OF_THE_CALL | frozenset(
    {
        "on",
        "period",
        "paused",
        "resumed",
        "received",
        "focus",
        "topics",
        "theme",
        "subtype",
        "priority_action",
        "priority_action_count",
        "priority_action_resolved",
        "number",
        "number_confidence",
        "cycle",
        "statement_due",
        "published_by_ofsted",
        "published_by_council",
        "letter_received",
        "letter_unpublished",
        "note",
        "inspectorate",
        "title",
        "next_by",
        "successors",
        "order",
    }
)
"""Fields held from the best family that states them, without a word on who else says what."""


def reconcile(dossier: Dossier) -> tuple[Activity, ...]:
    """Every activity that anyone spoke of, in order of when it was true; withdrawn ones included and marked."""
    said: Iterable[Statement] = dossier.statements.values()
    struck: list[tuple[Statement, ...]] = []
    if dossier.withdrawn:
        struck = struck_out(said, dossier.withdrawn, together=dossier.withdrawn_together)
        gone = {statement.id for group in struck for statement in group}
        said = [statement for statement in said if statement.id not in gone]
    doubted = doubtful_statements(dossier.urn, said, dossier.doubted_alone)
    groups = groups_of(said, same=dossier.same, apart=dossier.apart, doubtful=doubted)
    held = beside_another([_hold(dossier, group, doubted) for group in groups], said)
    withdrawn = [_hold(dossier, group, {}) for group in struck]
    return tuple(sorted((*held, *withdrawn), key=lambda activity: (activity.true_on, activity.kind.value, activity.id)))


# --- one activity ---------------------------------------------------------------------------------------------------


_Reading = tuple[Any, Statement]
"""A value as it would be held, and the statement that gives it."""


class _Weighing:
    """The fields of one activity weighed one by one: what is held, who gave it, who says otherwise."""

    def __init__(self, doubted: Collection[UUID]) -> None:
        """`doubted` are statements that are heard, and from which nothing is held."""
        self._doubted = doubted
        self.disagreements: list[Disagreement] = []
        self.corrections: list[Correction] = []
        self.held_from: dict[str, Family] = {}

    def weigh(self, field: str, readings: Sequence[_Reading], held: Any = None) -> Any:
        """The value that is `held`, or else that of the best reading, or None; `readings` are best first."""
        if not readings or (held is None and readings[0][1].id in self._doubted):
            return None
        holding = readings[0] if held is None else next(one for one in readings if one[0] == held)
        self.held_from[field] = holding[1].family
        if len(readings) > 1 and any(other != holding[0] for other, _ in readings):
            self.disagreements += _disagreements(field, readings, holding)
            self.corrections += [c for c in _corrections(field, readings) if c.now.statement not in self._doubted]
        return holding[0]


def _hold(dossier: Dossier, group: Sequence[Statement], doubted: Mapping[UUID, tuple[Doubt, ...]]) -> Activity:
    doubted = still_doubted(dossier.urn, group, doubted)
    by_precedence = sorted(group, key=attrgetter("precedence"))
    best_first, counted = by_precedence, by_precedence
    if doubted:
        best_first = sorted(by_precedence, key=lambda statement: statement.id in doubted)
        counted = [statement for statement in best_first if statement.id not in doubted] or best_first
    stated: dict[str, list[_Reading]] = {}
    for statement in counted:
        for field, value in statement.said.stated.items():
            stated.setdefault(field, []).append((value, statement))
    for statement in best_first[len(counted) :]:
        for field in statement.said.stated.keys() & OF_THE_CALL:
            stated.setdefault(field, []).append((getattr(statement.said, field), statement))
    weighing = _Weighing([statement.id for statement in best_first[len(counted) :]])
    periods: tuple[PeriodOnSite, ...] = stated["periods"][0][0] if "periods" in stated else _around_a_break(stated)
    dated = {field: _dated(field, by_precedence, periods) for field in DATES}
    dates = dates_held(dossier.urn, best_first, dated, periods, doubted)
    values: dict[str, Any] = {
        field: weighing.weigh(field, readings, day)
        for field, readings in dated.items()
        if (day := getattr(dates, field)) is not None
    }
    if periods := _within(periods, values.get("start"), values.get("end")):
        values["periods"] = periods
    kind = best_first[0].said.kind
    if kind is Kind.INSPECTION:
        values |= _hold_inspection(counted, best_first[len(counted) :], values, weighing)
    elif kind.by_others:
        values |= _hold_by_others(stated, weighing)
    elif kind is Kind.SUCCESSION_ANNOUNCED and "on" in stated:
        values["on"] = weighing.weigh("on", stated["on"])
    for field in stated.keys() & PLAIN - values.keys():
        values[field] = stated[field][0][0]
    if "start" in values:
        values.pop("period", None)
    for field in stated.keys() & {"improvements", "priority_actions"}:
        values[field] = _texts(counted, field)
    if "improvement_outcomes" in stated:
        values["improvement_outcomes"] = _outcomes(counted, values.get("improvements", ()))
    if "priority_actions" in values:
        values["priority_action"] = True
    reason = _withdrawn(dossier, best_first)
    corrected = any(weighing.held_from.get(c.field) is c.now.family for c in weighing.corrections)
    held = Activity(
        id=_identity(counted),
        urn=dossier.urn,
        kind=kind,
        status=Status.WITHDRAWN if reason is not None else Status.CORRECTED if corrected else Status.CURRENT,
        reason=reason,
        statements=tuple([statement.id for statement in best_first]),
        sources=_sources(best_first),
        corrections=tuple(weighing.corrections),
        disagreements=tuple(weighing.disagreements),
        doubts=dates.doubts if reason is None else (),
        **values,
    )
    missing = grades_missing(held) if held.counts else ()
    return replace(held, doubts=(*held.doubts, *missing)) if missing else held


def _dated(field: str, by_precedence: Iterable[Statement], periods: Sequence[PeriodOnSite]) -> list[_Reading]:
    """What all statements say of a date, best first; those that cannot be right are heard too."""
    found = []
    for one in by_precedence:
        day: date | None = getattr(one.said, field)
        if day is not None:
            found.append(_whole(periods, field, day, one) if periods and field in ("start", "end") else (day, one))
    return found


def _hold_inspection(
    best_first: Sequence[Statement],
    doubted: Sequence[Statement],
    dates: Mapping[str, Any],
    weighing: _Weighing,
) -> dict[str, Any]:
    """The framework, the type and the grades of a graded inspection, given the dates held; `doubted` statements are
    heard after the others.

    A type that an officer was told, in the call too, stands: a report prints none, and what is made of its days gives
    way, as does what the days on site say. Of several periods what a scrape made of the days says nothing (R-059)."""
    periods = dates.get("periods", ())
    start, published = dates.get("start"), dates.get("published")
    paused = next((one.said.paused for one in best_first if one.said.paused), None)
    end = periods[0].end if periods else dates.get("end")
    framework = framework_of(best_first, start=start, end=end, published=published)
    types = [
        (variant, one)
        for one in (*best_first, *doubted)
        if (variant := one.said.variant) is not None
        and held_variant(variant, one.family, framework) is not None
        and not (periods and one.family is Family.SCRAPE)
    ]
    came = [one for one in types if not one[1].said.only_calls]
    called = [one for one in types if one[1].said.only_calls]
    told = [] if any(_names_the_kind(one) for _, one in came) else [one for one in called if _names_the_kind(one[1])]
    by_days = variant_on_site(framework, start, dates.get("end"), periods, paused)
    held: dict[str, Any] = {
        "framework": framework,
        "variant": weighing.weigh("variant", told or came) or by_days or weighing.weigh("variant", called),
    }
    which = judgement_set(framework, started=start, published=published)
    by_area: dict[Area, list[_Reading]] = {}
    heard = in_judgement_set(best_first, which) + (in_judgement_set(doubted, which) if doubted else [])
    for statement, grades in heard:
        for area, grade in grades.items():
            by_area.setdefault(area, []).append((grade, statement))
    found = {area: weighing.weigh(f"grades.{area.value}", readings) for area, readings in by_area.items()}
    held["grades"] = Judgements.of({area: grade for area, grade in found.items() if grade is not None})
    if any(one.said.not_judged for one in best_first):
        weighing.corrections += _taken_back(best_first, held.get("grades", NO_JUDGEMENTS))
    return held


def _names_the_kind(statement: Statement) -> bool:
    """Not worked out from the days on site: an officer, a ruling or Ofsted's statistics say what kind it was."""
    ruled = statement.family in (Family.SETTLEMENT, Family.OFSTED_STATISTICS)
    return ruled or by_hand(statement.family, statement.channel)


def _hold_by_others(stated: Mapping[str, Sequence[_Reading]], weighing: _Weighing) -> dict[str, Any]:
    """The outcome and each rating of another inspection, with who says otherwise."""
    by_area: dict[str, list[_Reading]] = {}
    for ratings, statement in stated.get("ratings", ()):
        for one in ratings:
            by_area.setdefault(one.area, []).append((one.rating, statement))
    found = [Rating(area, weighing.weigh(f"ratings.{area}", readings)) for area, readings in by_area.items()]
    return {"outcome": weighing.weigh("outcome", stated.get("outcome", ())), "ratings": tuple(found)}


def _around_a_break(stated: Mapping[str, Sequence[_Reading]]) -> tuple[PeriodOnSite, ...]:
    """Two periods on site, where the days around a break are told and the first and the last day (R-059)."""
    start, paused, resumed, end = (
        stated[field][0][0] if field in stated else None for field in ("start", "paused", "resumed", "end")
    )
    if start is None or paused is None or resumed is None or end is None or not start <= paused < resumed <= end:
        return ()
    return (PeriodOnSite(start, paused), PeriodOnSite(resumed, end))


def _whole(periods: Sequence[PeriodOnSite], field: str, day: date, statement: Statement) -> _Reading:
    """A source that knows one of several periods on site does not contradict the one that knows them all (R-059).

    An officer's ruling on a day is meant as it stands."""
    ruled = statement.corrects or statement.family is Family.SETTLEMENT
    if not ruled and day in [getattr(one, field) for one in periods]:
        day = periods[0].start if field == "start" else periods[-1].end
    return day, statement


def _within(periods: Sequence[PeriodOnSite], start: date | None, end: date | None) -> tuple[PeriodOnSite, ...]:
    """The periods with the first and last day that are held; none where those leave no room for them all."""
    if not periods or start is None or end is None or start > periods[0].end or end < periods[-1].start:
        return ()
    first, last = periods[0], periods[-1]
    return (replace(first, start=start), *periods[1:-1], replace(last, end=end))


def _withdrawn(dossier: Dossier, statements: Sequence[Statement]) -> str | None:
    if not dossier.withdrawn:
        return None
    return next((dossier.withdrawn[s.id] for s in statements if s.id in dossier.withdrawn), None)


def _identity(best_first: Sequence[Statement]) -> UUID:
    """An officer's own entry keeps its id; otherwise the best source's oldest dates give it."""
    ids = {statement.id for statement in best_first}
    own = sorted(s.about for s in best_first if s.about is not None and s.about not in ids)
    if own:
        return own[0]
    statements = [s for s in best_first if s.about is None] or list(best_first)
    return min(
        statements,
        key=lambda s: (s.family.rank, s.channel.rank, s.said.start or s.said.published or date.max, s.id),
    ).id


def _texts(best_first: Sequence[Statement], field: str) -> tuple[str, ...]:
    """The findings of the best source that lists any. An officer's forms give one each and count together; where the
    officer adds to an entry known from elsewhere, they follow what that source lists."""
    ids = {statement.id for statement in best_first}
    lists: list[tuple[Statement, tuple[str, ...]]] = [(s, getattr(s.said, field)) for s in best_first]
    forms = sorted((s for s, texts in lists if texts and s.channel is Channel.FORM), key=lambda s: s.order)
    listed = next((texts for s, texts in lists if texts and s.channel is not Channel.FORM), ())
    own_entry = any(s.about not in ids for s in forms)
    added = tuple(text for s in forms for text in getattr(s.said, field))
    return tuple(dict.fromkeys(added if own_entry else (*listed, *added)))


def _outcomes(best_first: Sequence[Statement], texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The outcomes named with each of the items held, by the best source that names any with the same words."""
    named: dict[str, tuple[int, ...]] = {}
    for statement in best_first:
        said = statement.said
        for text, outcomes in zip(said.improvements, said.improvement_outcomes, strict=False):
            if outcomes:
                named.setdefault(_alike(text), outcomes)
    found = tuple(named.get(_alike(text), ()) for text in texts)
    return found if any(found) else ()


def _alike(text: str) -> str:
    return " ".join(text.casefold().split())


# --- who says what --------------------------------------------------------------------------------------------------


def _disagreements(field: str, readings: Sequence[_Reading], holding: _Reading) -> list[Disagreement]:
    """The held value against the newest value of every other family; none where they agree."""
    held, holder = holding
    newest: dict[Family, _Reading] = {}
    for reading in readings:
        newest.setdefault(reading[1].family, holding if reading[1].family is holder.family else reading)
    if all(value == held for value, _ in newest.values()):
        return []
    settled = holder.family is Family.SETTLEMENT
    return [
        Disagreement(
            field=field,
            held=_in_words(held),
            says=tuple(_saying(*reading) for reading in newest.values()),
            settled=settled,
            reason=holder.reason if settled else None,
            corrected=(holder.reason or "") if holder.corrects else None,
        )
    ]


def _corrections(field: str, readings: Sequence[_Reading]) -> list[Correction]:
    """Each time a family's newer reading says otherwise than its older one. Parts of one reading that contradict each
    other are no correction: they stand side by side in the entry's sources."""
    return [
        Correction(field=field, was=_saying(was, older), now=_saying(now, newer))
        for (was, older), (now, newer) in zip(readings[1:], readings, strict=False)
        if older.family is newer.family and was != now and _when(older) != _when(newer)
    ]


NOT_JUDGED = "not_judged"
"""What stands in a correction where a source now says that an area was not judged at all."""


def _taken_back(best_first: Sequence[Statement], held: Judgements) -> Iterable[Correction]:
    """Grades that a family gave and, in a newer reading, says were never given; none of what is held all the same."""
    for index, newer in enumerate(best_first):
        for area in newer.said.not_judged:
            if held.get(area) is not None:
                continue
            for older in best_first[index + 1 :]:
                if older.family is not newer.family or area in older.said.not_judged:
                    break
                grade = older.said.grades.get(area)
                if grade is not None and _when(older) != _when(newer):
                    yield Correction(
                        field=f"grades.{area.value}",
                        was=_saying(grade, older),
                        now=_saying(NOT_JUDGED, newer),
                    )
                    break


def _when(statement: Statement) -> object:
    if by_hand(statement.family, statement.channel):
        return (statement.read_on, statement.order)
    return statement.edition or statement.read_on


def _saying(value: object, statement: Statement) -> Saying:
    return Saying(
        source=source_title(statement),
        family=statement.family,
        value=_in_words(value),
        read_on=statement.read_on,
        statement=statement.id,
    )


def _in_words(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value if isinstance(value, Enum) else value)


SHEETS: Mapping[Channel, str] = {
    Channel.OFSTED_HISTORY: "history of inspections",
    Channel.OFSTED_LATEST: "latest inspections",
    Channel.OFSTED_IN_YEAR: "in-year inspections and visits",
}


def source_title(statement: Statement) -> str:
    """What the source is called wherever it is cited; the same whichever file brought the statement."""
    if statement.family is Family.OFSTED_STATISTICS and statement.edition is not None:
        day = f"{statement.edition.day} {statement.edition:%B %Y}"
        return f"Ofsted statistics as at {day}, {SHEETS.get(statement.channel, 'local authorities')}"
    return TITLES.get(statement.channel) or statement.source.title


TITLES: Mapping[Channel, str] = {
    Channel.JT39_HISTORY: "JT-39 inspection history",
    Channel.JT39_OVERVIEW: "JT-39 overview of latest inspections",
    Channel.D2I_OVERVIEW: "Data to Insight overview of latest inspections",
    Channel.JTAI_OVERVIEW: "Data to Insight overview of joint inspections",
    Channel.AREA_SEND_OVERVIEW: "Data to Insight overview of area SEND inspections",
    Channel.YOUTH_JUSTICE_RATINGS: "Data to Insight list of youth justice ratings",
    Channel.IMPROVEMENT_ITEMS: "What needs to improve, from the published reports",
    Channel.VISITS_TABLE: "Table of visits",
    Channel.REGISTER: "Register of local authorities",
}


def _sources(best_first: Sequence[Statement]) -> tuple[Citation, ...]:
    """Where to look it up, best first, each address once."""
    found: dict[tuple[str, str | None], Citation] = {}
    for statement in best_first:
        if statement.family is Family.OFSTED_STATISTICS:
            url = next((citation.url for citation in statement.citations), None)
            cited: Sequence[Citation] = (Citation(source_title(statement), url),)
        else:
            cited = statement.citations or (Citation(statement.source.title, _https(statement.source.reference)),)
        for citation in cited:
            found.setdefault((citation.title, citation.url), citation)
    return tuple(found.values())


def _https(reference: str | None) -> str | None:
    return reference if reference is not None and reference.startswith("https://") else None
