"""The lines of a timeline page: what happened, when it did, when it was public and recorded, and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit
from uuid import UUID

from domain.frameworks import AREAS, GRADES, OVERALL, Area, Grade
from domain.register.register import name_of
from domain.values.activities import Activity, Disagreement, Status
from domain.values.authority_keys import is_number
from domain.values.statements import OTHER_INSPECTIONS, Citation, Kind
from domain.values.words import capital, listed
from projections.engine.answers import TimelineEntry
from web.words import other_inspections, words

GROUPS: Mapping[str, tuple[str, frozenset[Kind]]] = {
    "inspections": ("Inspections", frozenset({Kind.INSPECTION, Kind.NOT_YET_INSPECTED})),
    "visits": (
        "Visits and joint inspections",
        frozenset(
            {
                Kind.FOCUSED_VISIT,
                Kind.MONITORING_VISIT,
                Kind.JTAI,
                Kind.ACTION_PLANNING_VISIT,
                Kind.MONITORING_VISIT_CANCELLED,
            }
        ),
    ),
    "others": ("Other inspections", frozenset(OTHER_INSPECTIONS)),
    "plans": (
        "Action plans",
        frozenset(
            {
                Kind.ACTION_PLAN_DUE,
                Kind.DRAFT_ACTION_PLAN_DUE,
                Kind.ACTION_PLAN_APPROVED,
                Kind.ACTION_PLAN_SUBMITTED,
                Kind.ACTION_PLAN_REPLY,
            }
        ),
    ),
    "questions": ("Questions", frozenset()),
    "meetings": (
        "Meetings, self-evaluations and returns",
        frozenset({Kind.SELF_EVALUATION, Kind.ENGAGEMENT_MEETING, Kind.DATA_RETURN}),
    ),
    "government": (
        "Government and structure",
        frozenset(
            {
                Kind.AUTHORITY_CREATED,
                Kind.TRUST_START,
                Kind.TRUST_END,
                Kind.IMPROVEMENT_NOTICE,
                Kind.STATUTORY_DIRECTION,
                Kind.COMMISSIONER,
                Kind.INTERVENTION_LIFTED,
                Kind.SUCCESSION_ANNOUNCED,
                Kind.SUCCESSION_CANCELLED,
            }
        ),
    ),
}
CORRECTIONS = "corrections"
NO_MORE: Mapping[str, int] = {}
MEETINGS = "meetings"
BRIEF = 28
"""So many letters at most has a fact that stands in the list itself."""


@dataclass(frozen=True)
class SourceLink:
    """A source: its title and, where it is one a browser may safely follow, its address; of a document that was read
    also its SHA-256."""

    title: str
    url: str | None
    sha256: str | None = None


@dataclass(frozen=True)
class ValueCorrected:
    """A corrected value: which field, what it was and is, and what each rests on."""

    field: str
    was: str
    now: str
    told: str


@dataclass(frozen=True)
class Side:
    source: str
    family: str
    value: str
    read: str
    held: bool


@dataclass(frozen=True)
class Dispute:
    """A disagreement between sources in words, both sides shown, the held value first."""

    field: str
    held: str
    sides: tuple[Side, ...]
    settled: bool
    reason: str | None
    corrected: str | None = None


@dataclass(frozen=True)
class DoubtShown:
    """Something for an officer to answer about an entry; where it `weighs`, nothing follows from the entry until
    then."""

    text: str
    rules: tuple[str, ...]
    weighs: bool


@dataclass(frozen=True)
class AreaLetter:
    """A grade as a letter beside the short name of its area; `grade` is the whole word."""

    area: str
    letter: str
    grade: str
    tone: str


@dataclass(frozen=True)
class TimelineLine:
    """One entry of the timeline, ready to print. `address` is that of its page, where it is not an inspection's."""

    id: UUID
    lane: str
    title: str
    iso: str
    happened: str
    dated: bool
    public: str
    made_public: str
    recorded: str
    grades: tuple[tuple[str, str, str], ...]
    facts: tuple[str, ...]
    priority: bool
    status: Status
    reason: str | None
    changes: tuple[ValueCorrected, ...]
    disputes: int
    sources: tuple[SourceLink, ...]
    address: str = ""
    corrected: tuple[Dispute, ...] = ()
    questions: tuple[DoubtShown, ...] = ()
    letters: tuple[AreaLetter, ...] = ()
    overall: AreaLetter | None = None

    @property
    def dates(self) -> str:
        """When it was and when it became public, as short as in a table."""
        return words.with_short_months(f"{capital(self.happened)} · {self.made_public}")

    @property
    def brief(self) -> str:
        """What else is known of it, as far as it is said shortly; the rest stands on the entry's page."""
        return " ".join(fact for fact in self.facts if len(fact) <= BRIEF)

    @property
    def doubtful(self) -> bool:
        return any(one.weighs for one in self.questions)


@dataclass(frozen=True)
class TimelineFilter:
    """One filter of the timeline with how many entries it leaves."""

    key: str
    label: str
    number: int
    chosen: bool


def links(citations: Iterable[Citation]) -> tuple[SourceLink, ...]:
    """Sources as links; an address that is not https or http is shown as text only."""
    return tuple(SourceLink(citation.title, followable(citation.url)) for citation in citations)


def places(citations: Iterable[Citation]) -> tuple[SourceLink, ...]:
    """Sources as links, each once, with all the pages on which a document says it."""
    pages: dict[Citation, list[int]] = {}
    for one in citations:
        held = pages.setdefault(replace(one, page=None), [])
        held += [one.page] if one.page is not None else []
    return tuple(
        SourceLink(f"{one.title}{_on_pages(found)}", followable(one.url), one.sha256) for one, found in pages.items()
    )


def _on_pages(pages: Sequence[int]) -> str:
    return f", page{'s' if len(pages) > 1 else ''} {listed(list(map(str, pages)))}" if pages else ""


def followable(url: str | None) -> str | None:
    """The address if a page may link to it, else None."""
    return url if url and urlsplit(url).scheme in ("https", "http") else None


def group_of(activity: Activity) -> str:
    """The key of the group an activity is filtered by."""
    (found,) = (key for key, (_, kinds) in GROUPS.items() if activity.kind in kinds)
    return found


def is_corrected(activity: Activity) -> bool:
    """Whether what is held was corrected, or struck out; what a lesser source took back is told on the entry's page."""
    return activity.status is not Status.CURRENT or any(one.corrected is not None for one in activity.disagreements)


def choices(
    entries: Iterable[TimelineEntry],
    chosen: str,
    more: Mapping[str, int] = NO_MORE,
    beside: Sequence[TimelineLine] = (),
) -> tuple[TimelineFilter, ...]:
    """The filters that leave something, "All" first; the chosen one stays even if it leaves nothing.

    `more` counts lines that are no entries, by the key of their group; `beside` are lines of meetings."""
    activities = [entry.activity for entry in entries]
    counts = {
        key: sum(activity.kind in kinds for activity in activities) + more.get(key, 0)
        for key, (_, kinds) in GROUPS.items()
    }
    counts[MEETINGS] += len(beside)
    offered = [TimelineFilter("", "All", len(activities) + len(beside) + sum(more.values()), not chosen)]
    offered += [TimelineFilter(key, label, counts[key], chosen == key) for key, (label, _) in GROUPS.items()]
    corrected = sum(map(is_corrected, activities)) + sum(map(_is_struck_out, beside))
    offered.append(TimelineFilter(CORRECTIONS, "Corrected or withdrawn", corrected, chosen == CORRECTIONS))
    return tuple(choice for choice in offered if choice.number or choice.chosen or not choice.key)


def lines(
    entries: Iterable[TimelineEntry], chosen: str = "", beside: Sequence[TimelineLine] = ()
) -> tuple[TimelineLine, ...]:
    """The entries of a filter and the lines `beside` them that it leaves, newest first."""
    kept = [entry for entry in entries if _kept(entry.activity, chosen)]
    kept.sort(key=lambda entry: (entry.activity.true_on, entry.position), reverse=True)
    others = [one for one in beside if chosen in ("", MEETINGS) or (chosen == CORRECTIONS and _is_struck_out(one))]
    return tuple(sorted((*map(line, kept), *others), key=lambda one: one.iso, reverse=True))


def _is_struck_out(line: TimelineLine) -> bool:
    return line.status is not Status.CURRENT


def _kept(activity: Activity, chosen: str) -> bool:
    if not chosen:
        return True
    if chosen == CORRECTIONS:
        return is_corrected(activity)
    return chosen in GROUPS and activity.kind in GROUPS[chosen][1]


def line(entry: TimelineEntry) -> TimelineLine:
    activity = entry.activity
    first, last = words.day_of(entry.first_recorded_at), words.day_of(entry.recorded_at)
    recorded = words.day(first) if first == last else f"{words.day(first)}, changed {words.day(last)}"
    return TimelineLine(
        id=activity.id,
        lane="graded" if activity.kind is Kind.INSPECTION else group_of(activity),
        title=words.title(activity),
        iso=activity.true_on.isoformat(),
        happened=words.happened(activity),
        dated=words.dated(activity),
        public=words.public(activity),
        made_public=words.made_public(activity),
        recorded=recorded,
        grades=grades(activity),
        facts=facts(activity),
        priority=bool(activity.priority_action) and not activity.kind.by_others,
        status=activity.status,
        reason=activity.reason,
        changes=changes(activity) if activity.status is Status.CORRECTED else (),
        disputes=sum(one.corrected is None for one in activity.disagreements),
        sources=links(activity.sources),
        corrected=tuple(dispute(one) for one in activity.disagreements if one.corrected is not None),
        questions=questions(activity),
        letters=tuple(_letter(area, grade) for area, grade in activity.grades if area not in OVERALL),
        overall=next((_letter(area, grade) for area, grade in activity.grades if area in OVERALL), None),
    )


def _letter(area: Area, grade: Grade) -> AreaLetter:
    return AreaLetter(AREAS[area].head, GRADES[grade].letter, words.GRADES[grade], words.GRADE_TONES[grade])


def questions(activity: Activity) -> tuple[DoubtShown, ...]:
    """What an officer is asked about an entry."""
    return tuple(DoubtShown(one.text, one.rules, one.weighs) for one in activity.doubts)


def line_title(activity: Activity) -> str:
    """What an entry is called away from the timeline: its title and when it was."""
    return f"{words.title(activity)}, {words.happened(activity)}"


def grades(activity: Activity) -> tuple[tuple[str, str, str], ...]:
    """Area, grade in words and its tone, in the order of the report."""
    return tuple((words.AREAS[area], words.GRADES[grade], words.GRADE_TONES[grade]) for area, grade in activity.grades)


def facts(activity: Activity) -> tuple[str, ...]:
    """What else is known of it, a short sentence each."""
    found = list(_of_others(activity)) if activity.kind.by_others else []
    if activity.notified and activity.published is None:
        found.append(f"Ofsted called on {words.day(activity.notified)}.")
    if activity.call_withdrawn:
        found.append(f"The call was withdrawn on {words.day(activity.call_withdrawn)}.")
    if activity.paused and not activity.periods:
        back = f", resumed on {words.day(activity.resumed)}" if activity.resumed else ""
        found.append(f"Paused after {words.day(activity.paused)}{back}.")
    if activity.kind is Kind.FOCUSED_VISIT and activity.priority_action is False:
        found.append("No areas for priority action.")
    if activity.priority_action:
        number = activity.priority_action_count or len(activity.priority_actions)
        found.append(
            f"{words.count(number, 'area')} for priority action." if number else "An area for priority action."
        )
    if activity.priority_action_resolved:
        found.append(f"Priority action resolved on {words.day(activity.priority_action_resolved)}.")
    if activity.improvements:
        found.append(f"{words.count(len(activity.improvements), 'area')} for improvement.")
    if activity.focus and activity.kind is not Kind.FOCUSED_VISIT:
        found.append(f"Focus: {activity.focus}.")
    if activity.statement_due:
        found.append(f"Joint statement of action due {words.day(activity.statement_due)}.")
    if activity.successors:
        followed = listed([name_of(one) if is_number(one) else one for one in activity.successors])
        found.append(f"{capital(followed)} {'follows' if len(activity.successors) == 1 else 'follow'}.")
    if activity.order:
        found.append(f"Order: {activity.order}.")
    if activity.received:
        found.append(f"Report received {words.day(activity.received)}.")
    if activity.letter_received:
        found.append(f"Letter received {words.day(activity.letter_received)}.")
    if activity.note:
        found.append(activity.note)
    return tuple(found)


def _of_others(activity: Activity) -> Iterator[str]:
    """What another inspectorate found, in its own words."""
    if activity.inspectorate and activity.kind is not Kind.YOUTH_JUSTICE:
        yield f"Inspected by {activity.inspectorate}."
    if activity.outcome is not None:
        yield f"Outcome {other_inspections.outcome(activity.outcome)}."
    if activity.ratings:
        by = f" by {activity.inspectorate}" if activity.kind is Kind.YOUTH_JUSTICE and activity.inspectorate else ""
        yield f"Rated{by}: {listed(list(map(other_inspections.in_words, activity.ratings)))}."
    if told := other_inspections.explained(activity):
        yield told


def changes(activity: Activity) -> tuple[ValueCorrected, ...]:
    """What was corrected: the older reading, the one that counts, and where each was read."""
    return tuple(
        ValueCorrected(
            field=words.field(correction.field),
            was=words.stated(correction.field, correction.was.value),
            now=words.stated(correction.field, correction.now.value),
            told=(
                f"{correction.was.source}, {words.read(correction.was.family, correction.was.read_on)}; "
                f"now {correction.now.source}, {words.read(correction.now.family, correction.now.read_on)}"
            ),
        )
        for correction in activity.corrections
    )


def dispute(disagreement: Disagreement) -> Dispute:
    return Dispute(
        field=words.field(disagreement.field),
        held=words.stated(disagreement.field, disagreement.held),
        sides=tuple(
            Side(
                source=saying.source,
                family=words.FAMILIES[saying.family],
                value=words.stated(disagreement.field, saying.value),
                read=words.read(saying.family, saying.read_on),
                held=saying.value == disagreement.held,
            )
            for saying in disagreement.says
        ),
        settled=disagreement.settled,
        reason=disagreement.reason,
        corrected=disagreement.corrected,
    )
