"""The states of actions on paper: a pill each, how many there are of each, and the sentence that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from domain.values.plans import LABELS, Label, QuestionState, Reading
from domain.values.words import number_in_words
from projections.plans.answers import ActionRow, QuestionRow
from web.formats.blocks import SharesBar
from web.formats.pills import SIGNS, Pill
from web.words import plans as plan_words
from web.words import words

OURS: Mapping[Reading, str] = {label.reading: label.words for label in LABELS}

SHORT: Mapping[Reading, str] = {
    Reading.EVIDENCE_AWAITED: "Evidence awaited",
    Reading.ACCEPTANCE_AWAITED: "Acceptance awaited",
    Reading.COMPLETE: "Complete",
    Reading.NO_ACTION_REQUIRED: "Not required",
    Reading.CARRIED_OVER: "Carried over",
}
"""Narrow words for narrow columns, where a council chose none of its own."""

ORDER: Mapping[str, str] = {
    "complete": "complete",
    "awaited": "reported complete, evidence or acceptance awaited",
    "on-track": "on track",
    "at-risk": "at risk",
    "off-track": "off track",
    "overdue": "overdue",
    "not-started": "not started",
}
"""The shares of a bar from the left, and what each is called in its caption."""

ASKED: Mapping[QuestionState, str] = {
    QuestionState.OVERDUE: "overdue",
    QuestionState.OPEN: "awaited",
    QuestionState.ANSWERED: "complete",
    QuestionState.WITHDRAWN: "open",
}


def named(label: Label) -> str:
    """What the council calls a state; in short where it chose no word of its own."""
    own = label.words != OURS[label.reading]
    return label.words if own else SHORT.get(label.reading, label.words)


def pill(label: Label) -> Pill:
    return Pill(plan_words.STATE_TONES[label.reading], named(label))


def state_of(row: ActionRow) -> Pill:
    """`! 30 days late`, `▲ At risk`; of an overdue one a council's own word comes before the days."""
    if row.reading is not Reading.OVERDUE:
        return pill(row.label)
    late = f"{number_in_words(row.days_overdue, 'day')} late"
    own = row.label.words != OURS[Reading.OVERDUE]
    return Pill("overdue", f"{row.label.words}: {late}" if own else late)


def signed(row: ActionRow) -> str:
    """`6 !`: an action's number with the sign of its state."""
    return f"{row.number} {SIGNS[plan_words.STATE_TONES[row.reading]]}"


def question_state(row: QuestionRow) -> Pill:
    """`! Overdue by 3 days`, `✓ Answered after 8 days`."""
    if row.state is QuestionState.OVERDUE:
        told = f"Overdue by {number_in_words(row.days_overdue, 'day')}"
    elif row.state is QuestionState.ANSWERED:
        told = f"Answered after {number_in_words(row.days, 'day')}"
    else:
        told = words.plain(row.state.value)
    return Pill(ASKED[row.state], told)


def numbers(rows: Iterable[ActionRow]) -> Counter[str]:
    """How many actions there are of each state, by its tone."""
    return Counter(plan_words.STATE_TONES[row.reading] for row in rows if row.counts)


def bar(rows: Iterable[ActionRow]) -> SharesBar | None:
    """How many actions there are of each state; None where there are none. Of what there is none of nothing is said."""
    found = numbers(rows)
    shares = tuple((found[tone], Pill(tone, called)) for tone, called in ORDER.items() if found[tone])
    if not shares:
        return None
    told = ", ".join(f"{number} {share.words}" for number, share in shares)
    return SharesBar("Actions by state", f"Actions by state, from the left: {told}.", shares)


def key() -> str:
    """What the signs stand for."""
    told = {**ORDER, "awaited": "evidence or acceptance awaited"}
    return "Signs: " + " · ".join(f"{SIGNS[tone]} {called}" for tone, called in told.items())
