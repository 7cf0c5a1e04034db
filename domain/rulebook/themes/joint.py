"""What joint targeted area inspections look at: two strands, and themes by their months, each in one spelling (R-068).

The front door is looked at at any time; a theme for some months, in some areas. Until 2020 every inspection had a deep
dive, which was its theme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from domain.rulebook.rows import Confidence, Row
from domain.values.activities import Activity

LETTERS = "Letters on joint targeted area inspections, February 2016 to March 2025"
TABLE = "Data to Insight's table of joint inspections of 29 June 2026"
GUIDANCE = "Guidance on joint targeted area inspections"


class Strand(Enum):
    """Which of the two kinds of joint targeted area inspection it was."""

    FRONT_DOOR = "front_door"
    THEME = "theme"


@dataclass(frozen=True)
class JointTheme:
    """A theme in its one spelling. `said` finds it in the words of letters, tables and officers, in small letters."""

    code: str
    words: str
    said: str
    strand: Strand = Strand.THEME


@dataclass(frozen=True, kw_only=True)
class ThemeRound(Row):
    """Months in which inspectors came for a theme, or since its guidance. On the first day on site."""

    theme: JointTheme


_DOMESTIC_ABUSE = r"domestic (?:abuse|violence)"

GANGS = JointTheme("exploitation_gangs_missing", "Exploitation, gangs and missing children", r"\bgangs\b")
SEXUAL_EXPLOITATION = JointTheme(
    "child_sexual_exploitation", "Child sexual exploitation", r"sexual exploitation|sexually exploited"
)
DOMESTIC_ABUSE = JointTheme("domestic_abuse", "Domestic abuse", _DOMESTIC_ABUSE)
NEGLECT = JointTheme("neglect", "Neglect", r"(?<!abuse and )neglect")
IN_THE_FAMILY = JointTheme(
    "sexual_abuse_in_the_family",
    "Child sexual abuse in the family",
    r"sexual abuse (?:in|within) the (?:\w+ )?family|intra-?familial",
)
EXPLOITATION = JointTheme("child_exploitation", "Child exploitation", r"child exploitation")
MENTAL_HEALTH = JointTheme("mental_health", "Children's mental health", r"mental (?:ill.?)?health")
INITIAL_NEED = JointTheme(
    "initial_need_and_risk",
    "Identification of initial need and risk",
    r"initial need|front.door",
    Strand.FRONT_DOOR,
)
CRIMINAL_EXPLOITATION = JointTheme(
    "criminal_exploitation", "Criminal exploitation of children", r"criminal exploitation|criminally exploited"
)
FAMILIES_WHO_NEED_HELP = JointTheme(
    "families_who_need_help", "Children and families who need help", r"famil\w+ who need help|early help"
)
YOUTH_VIOLENCE = JointTheme("serious_youth_violence", "Serious youth violence", r"youth violence")
DOMESTIC_ABUSE_TO_7 = JointTheme("domestic_abuse_0_to_7", "Domestic abuse, children aged 0 to 7", _DOMESTIC_ABUSE)

THEMES: Sequence[JointTheme] = (
    GANGS,
    SEXUAL_EXPLOITATION,
    DOMESTIC_ABUSE,
    NEGLECT,
    IN_THE_FAMILY,
    CRIMINAL_EXPLOITATION,
    EXPLOITATION,
    MENTAL_HEALTH,
    INITIAL_NEED,
    FAMILIES_WHO_NEED_HELP,
    YOUTH_VIOLENCE,
    DOMESTIC_ABUSE_TO_7,
)
"""The first whose words are said is meant, so the narrower stands before the wider."""


def _seen(theme: JointTheme, start: date, end: date) -> ThemeRound:
    return ThemeRound(rule="R-068", source=LETTERS, confidence=Confidence.MEASURED, theme=theme, start=start, end=end)


def _announced(theme: JointTheme, start: date, end: date | None, source: str) -> ThemeRound:
    return ThemeRound(rule="R-068", source=source, confidence=Confidence.READ, theme=theme, start=start, end=end)


ROUNDS: Sequence[ThemeRound] = (
    _seen(SEXUAL_EXPLOITATION, date(2016, 2, 1), date(2016, 9, 1)),
    _seen(DOMESTIC_ABUSE, date(2016, 9, 1), date(2017, 4, 1)),
    _seen(NEGLECT, date(2017, 5, 1), date(2018, 1, 1)),
    _seen(GANGS, date(2018, 1, 1), date(2018, 6, 1)),
    _seen(DOMESTIC_ABUSE, date(2018, 6, 1), date(2018, 8, 1)),
    _seen(IN_THE_FAMILY, date(2018, 9, 1), date(2019, 6, 1)),
    _seen(EXPLOITATION, date(2019, 6, 1), date(2019, 9, 1)),
    _seen(MENTAL_HEALTH, date(2019, 9, 1), date(2020, 3, 1)),
    _announced(INITIAL_NEED, date(2022, 1, 1), None, f"{LETTERS}; {GUIDANCE}, updated 5 April 2024"),
    _seen(CRIMINAL_EXPLOITATION, date(2022, 1, 1), date(2023, 1, 1)),
    _announced(FAMILIES_WHO_NEED_HELP, date(2022, 10, 7), date(2024, 1, 1), f"{GUIDANCE} of 7 October 2022"),
    _seen(YOUTH_VIOLENCE, date(2023, 9, 1), date(2024, 7, 1)),
    _announced(DOMESTIC_ABUSE_TO_7, date(2024, 9, 12), date(2025, 6, 1), f"{GUIDANCE} of 12 September 2024; {TABLE}"),
    _announced(IN_THE_FAMILY, date(2025, 9, 10), None, f"{GUIDANCE} of 10 September 2025; {TABLE}"),
)
"""In order of their first months."""

GENERAL = "abuse and neglect"
"""What tables give of letters until 2020, whatever the deep dive was about: no theme of its own."""

DEEP_DIVES_UNTIL = date(2020, 3, 1)
"""Exclusive: until then there was one theme at a time."""


@dataclass(frozen=True)
class ThemeFound:
    """What one inspection looked at. `inferred` where sources name no theme of their own: it is that of its months."""

    round: ThemeRound
    inferred: bool = False

    @property
    def theme(self) -> JointTheme:
        return self.round.theme


def theme_of(inspection: Activity) -> ThemeFound | None:
    """The theme that the words held of a joint inspection mean; where they are the general ones, that of its months.

    Of several rounds of the same words it is the newest that had begun by the first day on site or, where that is not
    known, by publication. None where no theme is said, or in words that nothing here knows: those stand as they are."""
    day = inspection.start or inspection.published
    said = (inspection.theme or "").replace("_", " ").casefold()
    if not said or day is None:
        return None
    if said.startswith(GENERAL):
        then = [one for one in ROUNDS if one.in_force(day)] if inspection.start and day < DEEP_DIVES_UNTIL else []
        return ThemeFound(then[0], inferred=True) if len(then) == 1 else None
    meant = next((theme for theme in THEMES if re.search(theme.said, said)), None)
    begun = [one for one in ROUNDS if meant and one.theme.said == meant.said and one.start <= day]
    return ThemeFound(begun[-1]) if begun else None
