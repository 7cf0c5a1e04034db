"""What a committee reads first: where the plan stands in three sentences and a bar, and what members are asked to do.

Everything here is made from what was recorded; of what there is none of nothing is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.values.words import listed, number_in_words, spelt
from projections.plans.answers import PlanAnswer, QuestionRow
from web.formats.blocks import Block, Paragraph
from web.plans import states
from web.plans.committee_paper.tables import RaisedBefore, raised_words
from web.words import words

MOST_ASKED = 3
"""So many recommendations at most."""


def standing(answer: PlanAnswer, raised: RaisedBefore) -> Iterator[Block]:
    """The sentences, and the bar with every count."""
    yield Paragraph(" ".join(_sentences(answer, raised)))
    bar = states.bar(answer.actions)
    if bar is not None:
        yield bar


def _sentences(answer: PlanAnswer, raised: RaisedBefore) -> Iterator[str]:
    counts = answer.head.counts
    if not counts.actions:
        yield "The plan has no actions yet."
    else:
        yield f"{_done(answer)}{_reported(counts.evidence_awaited + counts.acceptance_awaited)}."
    late = [
        f"{number} {'is' if number == 1 else 'are'} {told}" if not place else f"{number} {told}"
        for place, (number, told) in enumerate(_behind(answer))
    ]
    if late:
        yield f"{listed(late)}."
    if answer.findings:
        yield f"{_answered(answer)}{_raised(answer, raised)}."


def _done(answer: PlanAnswer) -> str:
    counts = answer.head.counts
    verb = "is" if counts.done == 1 else "are"
    return f"{counts.done} of {number_in_words(counts.actions, 'action')} {verb} complete with evidence accepted"


def _reported(awaited: int) -> str:
    return f"; {awaited} more {'is' if awaited == 1 else 'are'} reported complete" if awaited else ""


def _behind(answer: PlanAnswer) -> list[tuple[int, str]]:
    """How many are overdue, off track and at risk, as the bar has them."""
    numbers = states.numbers(answer.actions)
    return [(numbers[tone], states.ORDER[tone]) for tone in ("overdue", "off-track", "at-risk") if numbers[tone]]


def _answered(answer: PlanAnswer) -> str:
    number, gaps = len(answer.findings), answer.head.counts.gaps
    if gaps:
        return f"{gaps} of Ofsted’s {number_in_words(number, 'finding')} {'has' if gaps == 1 else 'have'} no action yet"
    return (
        "Ofsted’s one finding has an action"
        if number == 1
        else f"Every one of Ofsted’s {number} findings has an action"
    )


def _raised(answer: PlanAnswer, raised: RaisedBefore) -> str:
    sure, likely = _before(answer, raised)
    told = [
        f"{spelt(number)} {'was' if number == 1 else 'were'} {how}"
        for number, how in ((sure, "raised before"), (likely, "perhaps raised before"))
        if number
    ]
    return f"; {listed(told)}" if told else ""


def _before(answer: PlanAnswer, raised: RaisedBefore) -> tuple[int, int]:
    """How many findings were raised before as an officer said, and how many are only worded alike."""
    told = [raised_words(raised.get(row.finding.id, ())) for row in answer.findings]
    return sum(one.startswith("Yes") for one in told), sum(one.startswith("Likely") for one in told)


def dates(answer: PlanAnswer) -> Iterator[Block]:
    """What became of the plan's own papers, and of the plan."""
    head = answer.head
    told = [deadline.said for deadline in head.deadlines]
    if head.reply_on:
        told.append(f"Ofsted replied on {words.day(head.reply_on)}.")
    if head.replaced is not None:
        told.append(
            f"The report that the plan answers was replaced by that of {words.day(head.replaced.on)}: nothing promised "
            "before is called overdue since."
        )
    if head.closed_on:
        told.append(f"The plan was closed on {words.day(head.closed_on)}.")
    if told:
        yield Paragraph(" ".join(told), quiet=True)


def recommendations(answer: PlanAnswer, on_no_plan: Sequence[QuestionRow], raised: RaisedBefore) -> Iterator[str]:
    """Three at most, each from a fact; the last ends the sentence that they are."""
    asked = list(_asked(answer, on_no_plan, raised))[:MOST_ASKED]
    if len(asked) < MOST_ASKED:
        asked.append("say what they wish to see at the next report")
    for number, one in enumerate(asked, 1):
        yield f"{one}{'.' if number == len(asked) else ';'}"


def _asked(answer: PlanAnswer, on_no_plan: Sequence[QuestionRow], raised: RaisedBefore) -> Iterator[str]:
    counts, on = answer.head.counts, answer.moment.as_at
    if counts.actions:
        fallen_due = sum(row.counts and row.due_on is not None and row.due_on <= on for row in answer.actions)
        were = "was" if fallen_due == 1 else "were"
        yield f"note that {_done(answer)}, where {fallen_due} {were} due by {words.day(on)}"
    else:
        yield "note that the plan has no actions yet"
    if behind := _behind(answer):
        told = listed([f"{spelt(number)} {name}" for number, name in behind])
        one = sum(number for number, _ in behind) == 1
        them = "action that is" if one else "actions that are"
        yield f"consider the {them} behind ({told}), and ask for {'a date' if one else 'dates'} that will hold"
    if counts.gaps:
        has = "has" if counts.gaps == 1 else "have"
        yield f"ask for an action on {number_in_words(counts.gaps, 'finding')} that {has} none"
    if waiting := counts.questions_open + sum(one.waits for one in on_no_plan):
        wait = "waits" if waiting == 1 else "wait"
        yield f"note that {number_in_words(waiting, 'question')} of members {wait} for an answer"
    sure, likely = _before(answer, raised)
    if number := sure or likely:
        those = "the finding" if number == 1 else f"the {spelt(number)} findings"
        yield f"ask what shows that {those} {'' if sure else 'likely '}raised before will not be raised again"
