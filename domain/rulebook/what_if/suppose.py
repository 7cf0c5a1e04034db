"""What the rulebook would say if something happened that has not: pure, and nothing supposed is ever stored.

A supposed visit or report is an `Activity` like any other, laid beside what is held; the same `standing` answers for
both, so that what differs is all that the supposition changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from domain.frameworks import AREAS, PRESENT, SET_ROWS, Area, Framework, Grade, JudgementSet, in_order
from domain.rulebook.expectations import standing
from domain.rulebook.pathway import DEFAULT_POLICY, Policy, awaiting_report, governing, is_graded_inspection
from domain.rulebook.results import Expectation, Standing
from domain.rulebook.rows import ILACS_IN_FORCE
from domain.rulebook.validations import RuleWarning, warnings_for
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity, AuthorityFacts
from domain.values.errors import RuleBroken
from domain.values.judgements import NO_OVERALL_JUDGEMENT, Judgements, judgement_set
from domain.values.known_until import NOTHING_KNOWN, KnownUntil
from domain.values.statements import Kind
from domain.values.words import in_words, listed, month_in_words, spelt

_SUPPOSED = UUID("5d0d0b0a-6f5c-5c1e-9a57-3f5a4f0c6e21")
"""The space of supposed ids: the same supposition has the same id, and no fact has one of these."""

WITHOUT_OVERALL = tuple(row for row in PRESENT if row.overall is None)
"""The sets of which a report has no overall grade, so that all its judgements are needed."""

AREAS_SUPPOSED: tuple[Area, ...] = (
    *in_order(row.overall for row in PRESENT if row.overall is not None),
    *in_order(area for row in WITHOUT_OVERALL for area in row.areas),
)
"""What a grade can be supposed for: overall effectiveness decides of earlier inspections, the others together since."""


@dataclass(frozen=True)
class Moved:
    """An expectation that stays and changes: its days, or the type of the graded inspection expected."""

    before: Expectation
    after: Expectation


@dataclass(frozen=True)
class Supposed:
    """What the rulebook says without the supposition and with it, on the same day.

    `warnings` are what would be unusual about it. `comes`, `goes` and `moves` are the expectations that differ."""

    activity: Activity
    before: Standing
    after: Standing
    warnings: tuple[RuleWarning, ...]
    comes: tuple[Expectation, ...]
    goes: tuple[Expectation, ...]
    moves: tuple[Moved, ...]

    @property
    def pathway_differs(self) -> bool:
        return self.before.pathway is not self.after.pathway

    @property
    def governing_differs(self) -> bool:
        """Another report governs."""
        was, now = self.before.governing, self.after.governing
        return (was and was.id) != (now and now.id)

    @property
    def type_differs(self) -> bool:
        return self.before.expected_next.graded.type is not self.after.expected_next.graded.type

    @property
    def window_differs(self) -> bool:
        """The window's first or last day, or whether there is one."""
        was, now = self.before.expected_next.graded, self.after.expected_next.graded
        return (was.window_from, was.window_to) != (now.window_from, now.window_to)

    @property
    def differs(self) -> bool:
        """Anything at all would be answered otherwise."""
        return bool(
            self.pathway_differs
            or self.governing_differs
            or self.type_differs
            or self.window_differs
            or self.before.expected_next != self.after.expected_next
            or self.comes
            or self.goes
            or self.moves
        )


def supposed_visit(
    urn: str, *, began: date, priority_action: bool, ended: date | None = None, published: date | None = None
) -> Activity:
    """A focused visit that began on a day, with an area for priority action or without.

    Without `published` it counts as public on its last day, as any visit does whose letter's day is not known (R-095).
    Raises RuleBroken where the days are out of order, or before there were focused visits (R-002)."""
    if began < ILACS_IN_FORCE:
        raise RuleBroken(
            f"Focused visits began with the present framework, in {month_in_words(ILACS_IN_FORCE)}. Suppose one that "
            f"begins on or after {in_words(ILACS_IN_FORCE)}."
        )
    _must_be_in_order(began, ended, published, "letter")
    return Activity(
        id=_id(urn, Kind.FOCUSED_VISIT, began, ended, published, priority_action),
        urn=urn,
        kind=Kind.FOCUSED_VISIT,
        start=began,
        end=ended,
        published=published,
        priority_action=priority_action,
    )


def judged_on(*, published: date, start: date | None = None) -> JudgementSet:
    """The judgements a supposed report has: by its first day on site, or where none is supposed by its publication.

    So a report supposed for a day from 1 April 2026 on has no overall grade, unless its fieldwork is supposed to have
    begun before (R-005, R-006)."""
    return judgement_set(Framework.ILACS, started=start or published, published=published)


def supposed_report(
    urn: str,
    *,
    published: date,
    grades: Mapping[Area, Grade] | Judgements,
    start: date | None = None,
    end: date | None = None,
) -> Activity:
    """A graded report published on a day, with the grades that decide the pathway.

    Those are overall effectiveness where the inspection has such a judgement, and all four judgements where it has
    none; others may be given. Raises RuleBroken where a grade does not fit the inspection, one that decides is missing,
    the days are out of order, or lie before the present framework (R-002 to R-006, R-020, R-023)."""
    if (start or published) < ILACS_IN_FORCE:
        raise RuleBroken(
            f"The present framework was first used in {month_in_words(ILACS_IN_FORCE)}. Suppose an inspection of "
            f"{in_words(ILACS_IN_FORCE)} or later."
        )
    _must_be_in_order(start, end, published, "report")
    judged = grades if isinstance(grades, Judgements) else Judgements.of(grades)
    _must_decide(judged, judged_on(published=published, start=start))
    return Activity(
        id=_id(urn, Kind.INSPECTION, start, end, published, judged),
        urn=urn,
        kind=Kind.INSPECTION,
        start=start,
        end=end,
        published=published,
        framework=Framework.ILACS,
        grades=judged,
    )


def supposing(
    activities: Sequence[Activity],
    supposed: Activity,
    *,
    authority: AuthorityFacts,
    on: date,
    holidays: BankHolidays,
    policy: Policy = DEFAULT_POLICY,
    known_until: KnownUntil = NOTHING_KNOWN,
    public_by: date | None = None,
) -> Supposed:
    """What would be answered on a day if `supposed` were among what is held, beside what is answered without it.

    With `public_by` (inclusive) a later day is answered for from what had happened and was public by then, as if
    nothing but the supposition came after; without it, or where the day asked is not later, from what was by that day.
    Where an inspection's report is awaited on that day, a report supposed without a first day on site, or with the same
    one, is that inspection's. Raises RuleBroken where the supposition is another authority's, cannot be seen on that
    day, is a report that a later one already overtook, or befalls an authority that was not there."""
    _must_befall(supposed, authority, on)
    if public_by is not None and public_by < on:
        activities = _known_by(activities, public_by)
    held = list(activities)
    inspections = [activity for activity in activities if is_graded_inspection(activity)]
    governs = governing(inspections, on)
    if supposed.kind is Kind.INSPECTION:
        if governs is not None and supposed.public_on <= governs.public_on:
            raise RuleBroken(
                f"The report that governs was published on {in_words(governs.public_on)}. Suppose one published after "
                "that day; an earlier one would change nothing."
            )
        awaited = awaiting_report(inspections, on, governs)
        if awaited is not None and supposed.start in (None, awaited.start):
            held = [activity for activity in held if activity.id != awaited.id]
            supposed = _reporting_on(awaited, supposed)
    seen = [one for activity in held if activity.counts and (one := activity.as_seen_on(on))]
    before = standing(activities, authority=authority, on=on, holidays=holidays, policy=policy, known_until=known_until)
    after = standing(
        [*held, supposed], authority=authority, on=on, holidays=holidays, policy=policy, known_until=known_until
    )
    comes, goes, moves = differences(before.expectations, after.expectations)
    return Supposed(supposed, before, after, warnings_for(supposed, seen), comes, goes, moves)


def instead(
    activities: Sequence[Activity],
    other: Activity,
    *,
    authority: AuthorityFacts,
    on: date,
    holidays: BankHolidays,
    policy: Policy = DEFAULT_POLICY,
    known_until: KnownUntil = NOTHING_KNOWN,
) -> Supposed:
    """What would be answered on a day if something held were as `other` has it, which bears the same id."""
    changed = [other if activity.id == other.id else activity for activity in activities]
    before = standing(activities, authority=authority, on=on, holidays=holidays, policy=policy, known_until=known_until)
    after = standing(changed, authority=authority, on=on, holidays=holidays, policy=policy, known_until=known_until)
    return Supposed(other, before, after, (), *differences(before.expectations, after.expectations))


def _known_by(activities: Sequence[Activity], day: date) -> list[Activity]:
    """What had happened and was public by a day. That an authority was not yet inspected is of no day and stays."""
    return [
        seen
        for one in activities
        if (seen := one if one.kind is Kind.NOT_YET_INSPECTED else one.as_seen_on(day)) is not None
    ]


def _id(*parts: object) -> UUID:
    return uuid5(_SUPPOSED, repr(parts))


def _must_be_in_order(began: date | None, ended: date | None, published: date | None, item: str) -> None:
    if began is not None and ended is not None and ended < began:
        raise RuleBroken("The last day on site lies before the first. Suppose days in order.")
    last = ended or began
    if last is not None and published is not None and published < last:
        raise RuleBroken(
            f"The {item} would be published on {in_words(published)}, before inspectors had left on {in_words(last)}. "
            "Suppose a later day of publication, or earlier days on site."
        )


def _must_decide(grades: Judgements, which: JudgementSet) -> None:
    """Raises RuleBroken where a grade does not fit, or one that decides the pathway is missing (R-020, R-023)."""
    grades.must_fit(which)
    row = SET_ROWS[which]
    if row.overall is None:
        missing = [AREAS[area].words for area in row.areas if grades.get(area) is None]
        if missing:
            raise RuleBroken(
                f"Inspections that start from {in_words(row.start)} on have no overall grade, so all "
                f"{spelt(len(row.areas))} judgements are needed. Give a grade for {listed(missing)} too."
            )
    elif grades.get(row.overall) is None:
        starts = f" that starts before {in_words(NO_OVERALL_JUDGEMENT)}" if row.start < NO_OVERALL_JUDGEMENT else ""
        raise RuleBroken(
            f"For an inspection{starts} the overall grade decides. Give one for {AREAS[row.overall].words}."
        )


def _must_befall(supposed: Activity, authority: AuthorityFacts, on: date) -> None:
    if supposed.urn != authority.urn:
        raise RuleBroken("What is supposed belongs to another authority. Suppose it of the one that is asked about.")
    if authority.abolished_on is not None and authority.abolished_on <= max(on, supposed.visible_on):
        raise RuleBroken(
            f"{authority.name} was abolished on {in_words(authority.abolished_on)}; nothing can be supposed of it "
            "from that day on."
        )
    if authority.formed_on is not None and supposed.visible_on < authority.formed_on:
        raise RuleBroken(
            f"{authority.name} was formed on {in_words(authority.formed_on)}. Suppose a day on or after that."
        )
    if supposed.visible_on > on:
        raise RuleBroken(
            f"On {in_words(on)} nothing would be known yet of what is supposed for {in_words(supposed.visible_on)}. "
            "Ask for that day or a later one."
        )


def _reporting_on(awaited: Activity, supposed: Activity) -> Activity:
    """The awaited inspection with the supposed report. Raises RuleBroken where its grades do not fit it."""
    published = supposed.public_on
    _must_be_in_order(awaited.start, awaited.end, published, "report")
    _must_decide(supposed.grades, judged_on(published=published, start=awaited.start))
    return replace(awaited, published=published, published_by_council=None, grades=supposed.grades)


def differences(
    before: Sequence[Expectation], after: Sequence[Expectation]
) -> tuple[tuple[Expectation, ...], tuple[Expectation, ...], tuple[Moved, ...]]:
    """What comes, what goes, and what stays with other days or of another type, each in the order of expectations."""
    was = _by_what(before)
    comes: list[Expectation] = []
    moves: list[Moved] = []
    for what, rows in _by_what(after).items():
        left = was.get(what, [])
        changed = [row for row in rows if not _take(left, row)]
        for row in changed:
            if left:
                moves.append(Moved(left.pop(0), row))
            else:
                comes.append(row)
    return tuple(comes), tuple(row for rows in was.values() for row in rows), tuple(moves)


def _by_what(rows: Sequence[Expectation]) -> dict[str, list[Expectation]]:
    """By what is expected; the next graded inspection is one thing, whatever its type."""
    found: dict[str, list[Expectation]] = defaultdict(list)
    for row in rows:
        found[
            "pathway" if row.basis == "pathway" or row.is_called_inspection else f"{row.activity} {row.basis}"
        ].append(row)
    return found


def _take(rows: list[Expectation], wanted: Expectation) -> bool:
    """Removes the row of the same type and days, if there is one."""
    for index, row in enumerate(rows):
        if (row.activity, row.due_from, row.due_to) == (wanted.activity, wanted.due_from, wanted.due_to):
            del rows[index]
            return True
    return False
