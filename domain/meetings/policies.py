"""Why something cannot be recorded of a meeting: asked with the day of which a command speaks, and without one for what
a page offers. Each command lists its policies in the order in which they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from domain.command import in_the_future, too_early
from domain.meetings.state import MeetingState
from domain.values.words import in_words

MOST_RESOLUTIONS = 100
MOST_QUESTIONS = 200


class MeetingCase(NamedTuple):
    """A meeting, and the day of which somebody would speak; None while nobody said one."""

    meeting: MeetingState
    on: date | None = None
    today: date = date.max


Policy = Callable[[MeetingCase], str | None]
"""Why it cannot be done as things stand, in words safe to show; None where it can."""


def it_stands(case: MeetingCase) -> str | None:
    withdrawn = case.meeting.withdrawn
    return withdrawn and f"The meeting was withdrawn on {in_words(withdrawn.true_on)}. Record it anew if it stands."


def the_day_has_come(case: MeetingCase) -> str | None:
    return None if case.on is None else in_the_future(case.on, case.today)


def it_was_arranged_by_then(case: MeetingCase) -> str | None:
    arranged = case.meeting.arranged
    assert arranged is not None
    return None if case.on is None else too_early(case.on, arranged.true_on, "The meeting was arranged")


def it_is_still_planned(case: MeetingCase) -> str | None:
    held = case.meeting.held
    return held and f"The meeting was already held, on {in_words(held.true_on)}."


def it_was_held(case: MeetingCase) -> str | None:
    return None if case.meeting.held else "Record first that the meeting was held."


def it_was_held_by_then(case: MeetingCase) -> str | None:
    held = case.meeting.held
    if held is None or case.on is None or case.on >= held.true_on:
        return None
    return f"The meeting was held on {in_words(held.true_on)}; enter that day or later."


def it_takes_another_question(case: MeetingCase) -> str | None:
    room = len(case.meeting.questions) < MOST_QUESTIONS
    return None if room else f"A meeting takes at most {MOST_QUESTIONS} questions."


def it_takes_another_resolution(case: MeetingCase) -> str | None:
    room = len(case.meeting.resolutions) < MOST_RESOLUTIONS
    return None if room else f"A meeting takes at most {MOST_RESOLUTIONS} resolutions."


def a_resolution_is_open(case: MeetingCase) -> str | None:
    """Only for what is offered: a command names its resolution, and is refused by that."""
    still = any(one.done is None for one in case.meeting.resolutions.values())
    return None if still else "Every resolution was carried out."


WHILE_IT_STANDS = (it_stands, the_day_has_come, it_was_arranged_by_then)
WHILE_PLANNED = (*WHILE_IT_STANDS, it_is_still_planned)
ONCE_HELD = (*WHILE_IT_STANDS, it_was_held, it_was_held_by_then)
