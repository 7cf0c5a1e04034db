"""Data to Insight's overview of joint targeted area inspections: the latest of each area, as its letter begins."""

from __future__ import annotations

import re
from datetime import date

from domain.values.errors import RuleBroken
from domain.values.statements import Channel, Family, Kind, Observation, Stated
from web.intake.cells import RowRejected, plain, report_citation, states_nothing, verbatim_of, words_of
from web.intake.gathering import Bounds, Gathered
from web.intake.jtai_theme import ThemeSentence, theme_sentence
from web.intake.rows import DAYS, IDENTITY, authority_of, days_of, must_be_sound
from web.intake.scrapes import LEFT_OUT
from web.intake.tables import Table, TableRow

THEME = "inspection_theme"
PRIORITY_ACTION = "summary_priority_action"


def read_joint_inspections(table: Table, *, bounds: Bounds) -> Gathered:
    """A row is a JTAI. Days on site that its theme's sentence gives win over the column, in which the overview puts
    the day of the letter or the last day where it found no other. A start equal to the publication states none."""
    gathered = Gathered()
    for row in table.rows:
        gathered.rows += 1
        try:
            must_be_sound(row, (*IDENTITY, *DAYS, THEME))
            start, end, published = days_of(row, bounds, gathered)
            urn = authority_of(row, bounds, on=start or published)
            sentence = _sentence(row, urn, bounds, published)
            if sentence.doubt:
                gathered.notes.append(f"{row.place}: {sentence.doubt}, so they were not taken")
            if sentence.start is not None:
                start, end = sentence.start, sentence.end
            said = Stated(
                Kind.JTAI,
                start=None if start == published else start,
                end=end,
                published=published,
                theme=sentence.theme,
                priority_action=_priority_action(row),
            )
            gathered.observe(
                Observation(
                    urn=urn,
                    family=Family.SCRAPE,
                    channel=Channel.JTAI_OVERVIEW,
                    said=said,
                    row=row.place,
                    citations=report_citation("Joint targeted area inspection letter", row.get("inspection_link")),
                    verbatim=verbatim_of(row, table.headers, table.headers, LEFT_OUT),
                )
            )
        except (RowRejected, RuleBroken) as reason:
            gathered.reject(row.place, reason)
    return gathered


def _sentence(row: TableRow, urn: str, bounds: Bounds, published: date | None) -> ThemeSentence:
    if states_nothing(row.get(THEME)):
        return ThemeSentence(None)
    names = (*bounds.register[urn].names, row.text("local_authority"))
    return theme_sentence(words_of(row.text(THEME)), names, published=published)


def _priority_action(row: TableRow) -> bool | None:
    """Whether the summary has words from under the letter's heading "Areas for priority action", or says there are
    none; its silence is not a no, for many letters have no such heading to be found."""
    if states_nothing(row.get(PRIORITY_ACTION)):
        return None
    return not re.search(r"\bno (?:areas? for )?priority actions?\b", plain(row.get(PRIORITY_ACTION)))
