"""What focused visits look at: a short list of topics, told from the letter's own words or by an officer (R-037)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.rulebook.graded_windows import of_the_covid_round
from domain.rulebook.rows import Confidence, Row
from domain.values.activities import Activity
from domain.values.statements import Kind

_LETTERS = "Letters on focused visits, January 2018 to January 2026; Ofsted's themes of visits in its yearly outcomes"


@dataclass(frozen=True, kw_only=True)
class TopicRow(Row):
    """A topic of focused visits, since the first visit on it that is held. On the first day on site.

    `said` finds it in the words of letters, of Ofsted's statistics and of officers, in small letters."""

    code: str
    words: str
    said: str


def _topic(code: str, words: str, start: date, said: str) -> TopicRow:
    return TopicRow(
        rule="R-037",
        source=_LETTERS,
        confidence=Confidence.MEASURED,
        start=start,
        code=code,
        words=words,
        said=said,
    )


TOPICS: Sequence[TopicRow] = (
    _topic(
        "front_door",
        "Front door",
        date(2018, 1, 30),
        r"front.door|contacts? and referrals?|contact, referral|first point of contact|receiving referrals"
        r"|safeguarding hub|\bmash\b",
    ),
    _topic(
        "children_in_need",
        "Children in need or on a protection plan",
        date(2018, 1, 31),
        r"child(?:ren)?.in.need|protection plan|child protection (?:planning|enquir)|pre-proceedings|subject to a plan",
    ),
    _topic(
        "vulnerable_adolescents",
        "Vulnerable adolescents and risk outside the family",
        date(2018, 4, 11),
        r"adolescents|extra.?familial|outside the (?:home|family)",
    ),
    _topic(
        "children_in_care",
        "Children in care",
        date(2018, 1, 30),
        r"(?:children|young people)(?: aged [\w ]+)? in care|come into care|looked.after",
    ),
    _topic(
        "permanence",
        "Planning and achieving permanence",
        date(2018, 4, 17),
        r"permanen",
    ),
    _topic(
        "leaving_care",
        "Care leavers",
        date(2018, 1, 30),
        r"care leavers|leaving care|care.experienced",
    ),
    _topic(
        "placement_decisions",
        "Placement decisions for older children",
        date(2024, 2, 1),
        r"placement decision",
    ),
)
"""Those that R-037 counts, in its order but for the last, which Ofsted asked about since 2024."""

OF_NO_TOPIC: Mapping[str, str] = {
    "covid_round": "Covid round, 2020 to 2021",
    "other_words": "Words that name none of these",
    "not_told": "Not told by what is held",
}
"""Where a visit has no topic of the list. Visits of the Covid round looked at everything (R-012)."""

_PART_OF_IT = re.compile(
    r"(?<=permanence)[\w ]*? for children (?:in care|looked after)[\w ]*"
    r"|\bthresholds? for .*"
    r"|(?<=placement decision).*"
)
"""Whom or what a topic is about, in words that name another topic."""


def topics_said(words: str) -> tuple[TopicRow, ...]:
    """The topics that words name, in the list's order; empty where they name none that is known here."""
    said = _PART_OF_IT.sub("", words.replace("’", "'").casefold())
    return tuple(row for row in TOPICS if re.search(row.said, said))


def topics_of(visit: Activity) -> tuple[TopicRow, ...]:
    """The topics of a focused visit: those that an officer chose, or else those that its words name.

    Empty where they name none of the list, where none are held, and for a visit of the Covid round."""
    if visit.kind is not Kind.FOCUSED_VISIT or of_the_covid_round(visit):
        return ()
    return tuple(row for row in TOPICS if row.code in visit.topics) or topics_said(visit.focus or "")


def filed_under(visit: Activity) -> tuple[str, ...]:
    """The codes under which a focused visit is found: of its topics, or of why it has none."""
    topics = tuple(row.code for row in topics_of(visit))
    if topics:
        return topics
    if of_the_covid_round(visit):
        return ("covid_round",)
    return ("other_words",) if visit.focus else ("not_told",)
