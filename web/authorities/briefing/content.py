"""What members are briefed with of one authority: on two sheets, in the order in which they read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.rulebook.results import UNDER_WAY, Standing, WindowStatus
from domain.values.activities import Activity, AuthorityFacts, Status
from domain.values.statements import Kind
from domain.values.words import listed, month_in_words, spelt
from projections.engine.answers import Moment
from projections.outlook.neighbours import NeighboursAnswer
from web.authorities.briefing.asking import CouldAsk, Known, could_ask
from web.charts.next_expected import NextPicture, next_expected, next_picture
from web.charts.small_multiples import Panel, small_multiples
from web.compared.shown import ComparedShown
from web.compared.shown import shown as compared
from web.site import england_reader, plan_reader, reader
from web.site.reader import Asked
from web.words import answer, words
from web.words.announced import announced_shown
from web.words.answer import Chance, GradesCard, StatePill
from web.words.asked_for import AskedFor, AskedItem, asked_for, own_rows
from web.words.elements import ElementsShown, elements_shown
from web.words.judgement_table import JudgementTable, judgement_table
from web.words.summary import Summary, has_ended, known_until_in_words, summary, unread

ROOM_FOR_ITEMS = 9
"""Lines of the first sheet on which what Ofsted asked for stands; what does not fit is counted."""

LETTERS_A_LINE = 105

NOT_DRAWN = UNDER_WAY | {WindowStatus.NOT_APPLICABLE}

SOURCE = (
    "Source: Ofsted’s published reports and statistics (Open Government Licence v3.0). Not an Ofsted service: Ofsted’s "
    "own reports are the record."
)


@dataclass(frozen=True)
class Briefing:
    """One authority. `lead` is the answer in two sentences; `items` are those of what Ofsted asked for that fit,
    `more` how many do not; `own_gone` where it did not exist on the day, so that nobody stands beside it."""

    authority: AuthorityFacts
    moment: Moment
    lead: str
    ended: bool
    summary: Summary
    grades: GradesCard
    pill: StatePill
    picture: NextPicture | None
    chance: Chance | None
    five: ElementsShown
    panels: tuple[Panel, ...]
    table: JudgementTable
    asked_for: AskedFor
    items: tuple[AskedItem, ...]
    more: int
    beside: ComparedShown | None
    questions: tuple[CouldAsk, ...]
    cannot_tell: tuple[str, ...]

    @property
    def next_when(self) -> str:
        """What comes next and between which days; after priority action the usual days stand behind."""
        acted, window = self.summary.after_priority, self.summary.window
        if acted is None:
            return f"{self.summary.next_name}, {window}" if window else self.summary.next_name
        usual = f"; by the usual interval {window}" if window else ""
        return f"{self.summary.next_name} after priority action, {acted.when}{usual}"


def briefing_of(urn: str, asked: Asked) -> Briefing:
    """Everything as of one moment. Raises NotFound where there is no such authority."""
    history = reader.history(urn, asked)
    standing, told = history.standing.standing, history.timeline
    activities = [entry.activity for entry in told.entries if entry.activity.status is not Status.WITHDRAWN]
    ended = has_ended(standing, asked.as_at)
    outlook = None if ended else reader.outlook(urn, asked).outlook
    in_short = summary(standing, asked.as_at)
    found = _asked_for(urn, standing, asked)
    items = _fitting(found.items)
    neighbours = None if ended else england_reader.comparison(urn, asked)
    real = [head for head in plan_reader.heads(asked, urn).heads if not head.example]
    recorded = any(one.kind is Kind.ACTION_PLAN_SUBMITTED for one in activities)
    chance = answer.chance(outlook, standing, asked.as_at)
    return Briefing(
        authority=told.authority,
        moment=told.moment,
        lead=" ".join(_lead(standing, in_short, activities, chance, asked)),
        ended=ended,
        summary=in_short,
        grades=answer.grades_card(standing, activities),
        pill=answer.pill(standing, asked.as_at),
        picture=None if standing.window_status in NOT_DRAWN else next_picture(next_expected(standing, outlook)),
        chance=chance,
        five=elements_shown(history.elements),
        panels=small_multiples(activities, asked.as_at, told.authority.abolished_on),
        table=judgement_table(activities),
        asked_for=found,
        items=items,
        more=len(found.items) - len(items),
        beside=_beside(neighbours),
        questions=could_ask(Known(standing, activities, found, real, recorded, neighbours)),
        cannot_tell=tuple(_cannot_tell(standing, told.moment)),
    )


def _asked_for(urn: str, standing: Standing, asked: Asked) -> AskedFor:
    rows = reader.findings(asked, of=urn)
    governing = standing.governing
    return asked_for(governing, rows, reader.raised_before(own_rows(governing, rows), rows, asked))


def _fitting(items: Sequence[AskedItem]) -> tuple[AskedItem, ...]:
    """As many from the first as have room, and one at least."""
    lines = 0
    found: list[AskedItem] = []
    for one in items:
        lines += 1 + (len(one.text) + len(one.remark)) // LETTERS_A_LINE
        if found and lines > ROOM_FOR_ITEMS:
            break
        found.append(one)
    return tuple(found)


def _beside(found: NeighboursAnswer | None) -> ComparedShown | None:
    return compared(found) if found is not None and found.own is not None and found.rows else None


def _lead(
    standing: Standing, in_short: Summary, activities: Sequence[Activity], chance: Chance | None, asked: Asked
) -> Iterator[str]:
    """What Ofsted last judged, and what comes next."""
    name, governing = standing.authority.name, standing.governing
    if governing is None:
        yield f"No graded report on {name} that decides is held here."
    elif governing.overall is not None:
        grade = words.GRADES[governing.overall].lower()
        judged = f"“{grade}”" if " " in grade else grade
        yield f"Ofsted judged {name} {judged} overall in {month_in_words(governing.public_on)}."
    else:
        grades = [words.GRADES[grade].lower() for _, grade in governing.grades]
        yield (
            f"Ofsted reported on {name} in {month_in_words(governing.public_on)}, without an overall grade"
            f"{f': {_counted(grades)}' if grades else ''}."
        )
    if in_short.ended:
        yield f"{name} no longer exists, and nothing is expected of it."
        return
    came = announced_shown(standing, activities, reader.holidays(), asked.as_at)
    called = next((one for one in came if one.kind is Kind.INSPECTION), None)
    if called is not None:
        yield f"{called.answer}."
    elif in_short.after_priority is not None:
        yield f"After priority action, a standard inspection is expected {in_short.after_priority.when}."
    else:
        yield _next(standing, in_short, chance)


def _next(standing: Standing, in_short: Summary, chance: Chance | None) -> str:
    graded, until = standing.expected_next.graded, standing.known_until.graded
    if in_short.window_ends is None or graded.window_from is None or graded.window_to is None:
        return "When the next graded inspection may come is not counted."
    called = f"A {words.small(in_short.next_name)}" if standing.expected_next.graded.type else "The next inspection"
    between = f"between {month_in_words(graded.window_from)} and {month_in_words(graded.window_to)}"
    if not in_short.window_over:
        middle = f", as likely before as after {chance.middle}" if chance and chance.middle else ""
        return f"{called} is expected {between}{middle}."
    known = f"as far as is known, which is until {words.day(until)}" if until else "as far as is known"
    if standing.window_status is WindowStatus.OVERDUE:
        return f"{called} was expected {between} and has not come, {known}."
    return f"{called} was expected {between}; whether it came is not known here."


def _counted(grades: Sequence[str]) -> str:
    """`three good, one requires improvement`."""
    return listed([f"{spelt(grades.count(grade))} {grade}" for grade in dict.fromkeys(grades)])


def _cannot_tell(standing: Standing, moment: Moment) -> Iterator[str]:
    yield f"{known_until_in_words(moment.known_until)} What happened since is not known here."
    if said := unread(standing, moment):
        yield said
    yield "Ofsted publishes no dates of inspections to come: it calls on a Monday and comes a week later."
    yield SOURCE
