"""One action's measure over time, as its page draws it."""

from __future__ import annotations

from projections.plans.answers import ActionAnswer
from web.charts.measure_line import MeasureLine, measure_line


def measure_lines(answer: ActionAnswer) -> tuple[MeasureLine, ...]:
    """The drawing for wide and for narrow screens; none without figures."""
    action, last = answer.action, answer.moment.as_at
    if action.due_on is not None and answer.figures:
        last = max(answer.figures[-1][0], min(action.due_on, last))
    drawn = (
        measure_line(answer.figures, action.baseline, action.target, action.unit, last, wide=wide)
        for wide in (True, False)
    )
    return tuple(one for one in drawn if one)
