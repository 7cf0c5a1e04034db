"""What reports ask to improve, by theme: found by the words of each finding, in the order in which reports tell it.

Inferred: no report names themes. A finding may be on several, or on none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ImprovementTheme:
    """A theme of findings. `said` finds it in their words, in small letters; `words` is what it is called."""

    code: str
    words: str
    said: str


THEMES: Sequence[ImprovementTheme] = (
    ImprovementTheme(
        "oversight",
        "Supervision and oversight",
        r"supervis|management oversight|managers?’? (?:oversight|grip)|management (?:direction|challenge|decision)"
        r"|oversight (?:by|from|and challenge|of practice)|managerial oversight",
    ),
    ImprovementTheme(
        "leaving_care",
        "Care leavers’ support",
        r"care.leavers|care.experienced (?:young|people)|leaving care|pathway plan|personal adviser",
    ),
    ImprovementTheme(
        "assessments",
        "Assessments and plans",
        r"assessments?\b(?! of (?:carers|foster))|(?<!pathway )\bplans?\b|care.planning|planning for children"
        r"|child.in.need plan",
    ),
    ImprovementTheme(
        "strategy",
        "Strategy meetings and conferences",
        r"strategy(?:/[\w ‑-]+)? (?:meeting|discussion)"
        r"|child protection (?:conference|enquir|meeting|discussion)|section 47|core groups?\b",
    ),
    ImprovementTheme(
        "homeless",
        "Homeless 16 and 17 year olds",
        r"homeless",
    ),
    ImprovementTheme(
        "recording",
        "Recording",
        r"recording|(?:case|written|children’s) records?|records? of"
        r"|\brecorded\b|(?:child|children)’s (?:case )?files?",
    ),
    ImprovementTheme(
        "sufficiency",
        "Enough places to live",
        r"sufficien|availability of (?:suitable |appropriate )?(?:placements|homes|accommodation)|unregistered"
        r"|unregulated|placement choice|range of (?:placements|homes)|enough (?:placements|homes|suitable)",
    ),
    ImprovementTheme(
        "pre_proceedings",
        "Pre-proceedings",
        r"pre.?proceedings|public law outline|\bplo\b",
    ),
    ImprovementTheme(
        "kinship",
        "Private fostering and kinship",
        r"private(?:ly)? foster|kinship|connected (?:person|carer)|friends and family|family and friends",
    ),
    ImprovementTheme(
        "life_story",
        "Life story and direct work",
        r"life.?story|life.?journey|direct work|own histor|histories",
    ),
    ImprovementTheme(
        "front_door",
        "Front door and thresholds",
        r"front door|contacts? and referrals?"
        r"|\breferrals?\b|\bmash\b|safeguarding hub|thresholds?\b|out.of.(?:hours|office)",
    ),
    ImprovementTheme(
        "missing",
        "Missing and exploitation",
        r"\bmissing\b|return.home interview|exploit|extra.?familial",
    ),
    ImprovementTheme(
        "neglect",
        "Neglect and domestic abuse",
        r"neglect|domestic abuse|domestic violence",
    ),
    ImprovementTheme(
        "permanence",
        "Permanence",
        r"permanen",
    ),
    ImprovementTheme(
        "workforce",
        "Workloads and staff",
        r"workload|caseload|workforce|(?:worker|social work|staff|service|sufficient) capacity|staffing|turnover"
        r"|consistency of (?:practitioners|social workers|workers)|changes of (?:social )?worker",
    ),
)


def themes_said(text: str) -> tuple[ImprovementTheme, ...]:
    """The themes that the words of one finding name; empty where they name none of these."""
    said = text.replace("'", "’").casefold()
    return tuple(theme for theme in THEMES if re.search(theme.said, said))


def themes_of(texts: Iterable[str]) -> frozenset[str]:
    """The codes of the themes that some findings of one report name."""
    return frozenset(theme.code for text in texts for theme in themes_said(text))
