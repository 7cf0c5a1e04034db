"""When inspectors were last there, and the months that Ofsted aims to leave until they come again (R-050)."""

from __future__ import annotations

from datetime import date

from domain.rulebook.calendar_rows import EPISODE_GAP_MONTHS, EPISODES_APART, EPISODES_MEASURED
from domain.rulebook.evidence import EarlierVisit
from domain.rulebook.situation import Situation
from domain.rulebook.working_days import add_months
from domain.values.activities import Activity
from domain.values.statements import Kind
from domain.values.words import in_words, period_in_words, spelt


def latest_episode(now: Situation) -> Activity | None:
    """The last inspection, visit or joint inspection seen by the day (R-050)."""
    episodes = now.visible(Kind.INSPECTION, Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI)
    return max((seen for seen in episodes if seen.last_day), key=lambda seen: seen.true_on, default=None)


def last_there(now: Situation) -> EarlierVisit | None:
    """The last time inspectors were there by the day asked, and when the months that Ofsted aims to leave are over."""
    latest = latest_episode(now)
    if latest is None or latest.last_day is None or latest.last_day > now.on:
        return None
    return EarlierVisit(latest, add_months(latest.last_day, EPISODE_GAP_MONTHS))


def earlier_visit(now: Situation, *, after: date | None = None) -> EarlierVisit | None:
    """The last time inspectors were there, where another visit so soon would be unusual (R-050).

    None once six months have passed by the day asked, or by `after` where that is later."""
    found = last_there(now)
    return None if found is None or found.clear_from <= max(now.on, after or now.on) else found


SIX_MONTHS_APART = f"Ofsted aims, without being bound to it, to leave {spelt(EPISODE_GAP_MONTHS)} months"


def six_month_aim(soon: EarlierVisit | None) -> str | None:
    """The caveat that a visit so soon after the last would be unusual (R-050)."""
    if soon is None:
        return None
    until = in_words(soon.clear_from)
    return (
        f"Inspectors were last there {last_time(soon.latest)}; {SIX_MONTHS_APART}, that is until {until}, and did in "
        f"{EPISODES_APART} of {EPISODES_MEASURED} cases."
    )


def last_time(seen: Activity) -> str:
    """`on 16 July 2025`, or `in March 2023` where the day is not known."""
    if seen.period is not None and not (seen.start or seen.end or seen.on):
        return f"in {period_in_words(seen.period)}"
    return f"on {in_words(seen.last_day or seen.true_on)}"
