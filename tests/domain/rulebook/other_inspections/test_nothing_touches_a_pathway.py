"""Whatever other inspectorates do, no answer about Ofsted's inspections of children's services is another for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rulebook.forecast.queue import NationalQueue
from domain.rulebook.limits import limits
from domain.rulebook.other_inspections.area_send import BASIS
from domain.rulebook.other_inspections.words import MONITORING, OVERALL_RATING, RATINGS
from domain.rulebook.past.windows import past_windows
from domain.rulebook.validations import warnings_for
from domain.values.activities import Activity, Doubt
from domain.values.statements import OTHER_INSPECTIONS, Kind, Rating
from tests.domain.rulebook.reasoned import reasons
from tests.domain.rulebook.story import ALL_KNOWN, TYNEHAVEN, england, stands
from tests.domain.rulebook.test_reasoning_of_any_history import DAYS, happened
from tests.examples import examples

DOUBTS = (Doubt("start", "Its first day on site is a Sunday.", ("R-057",)),)


@st.composite
def others(draw: Any) -> Activity:
    """Any inspection by others, with any days, right or not."""
    kind = draw(st.sampled_from(OTHER_INSPECTIONS))
    began = draw(DAYS)
    values: dict[str, Any] = {
        "start": draw(st.sampled_from([began, None])),
        "published": began + timedelta(days=draw(st.integers(1, 120))),
        "inspectorate": "An inspectorate",
        "doubts": draw(st.sampled_from([(), (), DOUBTS])),
        "priority_action": draw(st.sampled_from([None, True])),
    }
    if values["start"] is not None:
        values["end"] = draw(st.sampled_from([None, began + timedelta(days=4)]))
    if kind is Kind.AREA_SEND:
        values["outcome"] = draw(st.sampled_from([None, 1, 2, 3]))
        values["subtype"] = draw(st.sampled_from([None, None, MONITORING]))
    else:
        values["ratings"] = (Rating(OVERALL_RATING, draw(st.sampled_from(RATINGS))),)
    return Activity(id=uuid4(), urn=TYNEHAVEN.urn, kind=kind, **values)


def waits(queue: NationalQueue, day: date) -> object:
    """Everything that a forecast from a day is made of."""
    urn = TYNEHAVEN.urn
    heard = queue.is_heard_of(urn, day), queue.held(day), queue.known_by(day), queue.is_national(day)
    return queue.spells, queue.starts, heard, queue.come(urn, day), queue.fieldwork(urn, day)


@settings(deadline=None, max_examples=examples(150))
@given(st.lists(happened(), max_size=6), st.lists(others(), min_size=1, max_size=4), DAYS)
def test_other_inspections_change_nothing_but_what_is_expected_of_them(held, beside, day):
    without = stands(day.isoformat(), *held)
    answered = stands(day.isoformat(), *held, *beside)
    ours = tuple(one for one in answered.expectations if one.basis != BASIS)
    assert replace(answered, expectations=ours) == without
    reasoned, alone = reasons(day, *held, *beside), reasons(day, *held)
    assert reasoned.pathway == alone.pathway
    assert reasoned.unapplied == alone.unapplied
    asked = {"authority": TYNEHAVEN, "on": day, "known_until": ALL_KNOWN, "holidays": england()}
    assert limits([*held, *beside], **asked) == limits(held, **asked)
    windows = {"authority": TYNEHAVEN, "on": day, "holidays": england(), "known_until": ALL_KNOWN}
    assert past_windows([*held, *beside], **windows) == past_windows(held, **windows)
    queues = [
        NationalQueue({TYNEHAVEN.urn: known}, [TYNEHAVEN], holidays=england()) for known in (held, [*held, *beside])
    ]
    assert waits(queues[0], day) == waits(queues[1], day)
    for one in held:
        assert warnings_for(one, [*held, *beside]) == warnings_for(one, held)
