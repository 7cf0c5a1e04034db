"""Ofsted's yearly statistics on local authority inspections, as at 31 March: every release since 2022, ODS or XLSX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from domain.frameworks import Area, Framework
from domain.values.errors import RuleBroken
from domain.values.statements import Channel, Citation, Family, Kind, Observation, Stated, Variant
from web.intake.cells import NOT_YET, RowRejected, date_of, grades_of, plain, states_nothing, verbatim_of
from web.intake.gathering import Bounds, Gathered
from web.intake.ofsted_history import ActivityColumns, activities_across
from web.intake.tables import Sheet, Table, TableRow, shown, tables_in
from web.words.file_formats import FORMATS, Layout

LATEST = r"(?:LA_level_at|Inspections(?:_as_at)?)_31_Mar(?:ch)?(?:_\d{4})?"
IN_YEAR = r"(?:LA_level_in_year|Inspections_in_year|In-year_inspections)(?:_\d{4}-\d{2,4})?"
HISTORY = r"(?:LA_inspections_2009|ILACS_inspections_2018)-\d{4}|ILACS_inspection_history"
SHEETS = (LATEST, IN_YEAR, HISTORY)
"""Whole names of the sheets read. Caches such as `...#LA_level_at_31_Mar_2020` do not match."""

NAME = "local authority name"
KNOWN_BY = FORMATS[Layout.OFSTED_OUTCOMES].known_by[0]
"""Headers of a table of outcomes; the first stands in its first column."""
CODE = "local authority area code"
STATUS = "local authority status"
DATE = ("inspection date", "inspection/visit date")
TYPE = ("inspection type", "inspection/visit type")
PUBLISHED = "publication date"
THEME = "visit theme"
LEFT_OUT = frozenset({"web link"})
"""The link's text is the same in every row, and its address is wrong for two authorities."""

_AS_AT = re.compile(r"31[ _]Mar(?:ch)?[ _](20\d\d)", re.IGNORECASE)
_SPAN = re.compile(r"(?:20\d\d)-(20\d\d|\d\d)$")


def is_header(keys: Sequence[str]) -> bool:
    link, name = KNOWN_BY
    return bool(keys) and keys[0] == link and name in keys


def edition_of(sheets: Iterable[Sheet], cover: Sheet, file_name: str) -> date | None:
    """The 31 March the release speaks of: from a sheet's name, else its title, the cover, or the file's name."""
    sheets = list(sheets)
    years = [found[1] for sheet in sheets if (found := _AS_AT.search(sheet.name))]
    if not years:
        titles = [shown(cell) for sheet in (*sheets, cover) for row in sheet.rows[:8] for cell in row]
        years = [found[1] for title in titles if (found := _AS_AT.search(title))]
    if not years:
        years = [f"20{found[1][-2:]}" for sheet in sheets if (found := _SPAN.search(sheet.name))]
    if not years and (found := re.search(r"(?<!\d)(20\d\d)(?!\d)", file_name)):
        years = [found[1]]
    return date(int(max(years)), 3, 31) if years else None


def read_release(sheets: Iterable[Sheet], *, edition: date, bounds: Bounds) -> Gathered:
    """Every activity in the release's local-authority sheets."""
    gathered = Gathered()
    for sheet in sheets:
        channel = _channel(sheet.name)
        for table in tables_in(sheet, is_header):
            reader = _TableReader(table, channel, edition, bounds, gathered)
            for row in table.rows:
                reader.read(row)
    return gathered


def _channel(sheet: str) -> Channel:
    if re.fullmatch(LATEST, sheet, re.IGNORECASE):
        return Channel.OFSTED_LATEST
    if re.fullmatch(IN_YEAR, sheet, re.IGNORECASE):
        return Channel.OFSTED_IN_YEAR
    return Channel.OFSTED_HISTORY


@dataclass(frozen=True)
class _TableReader:
    table: Table
    channel: Channel
    edition: date
    bounds: Bounds
    gathered: Gathered

    def read(self, row: TableRow) -> None:
        self.gathered.rows += 1
        fault = row.fault(self.columns)
        if fault is None and not row.text(NAME):
            fault = "it names no local authority"
        if fault is not None:
            self.gathered.reject(row.place, fault)
        elif any(key in row.cells for key in DATE):
            self._take(row, partial(self._one_activity, row), self.table.headers)
        else:
            for activity in self.across:
                stated = partial(activity.said, row, latest=self.bounds.latest, hear=self.gathered.hears(row.place))
                self._take(row, stated, (NAME, *activity.columns))

    @cached_property
    def across(self) -> list[ActivityColumns]:
        """The inspections side by side in a row; none where a row is one activity."""
        return [] if any(key in self.table.headers for key in DATE) else activities_across(self.table.headers)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read."""
        blocks = [column for activity in self.across for column in activity.columns]
        return (NAME, CODE, STATUS, *DATE, *TYPE, PUBLISHED, THEME, *self.grades, *blocks)

    @cached_property
    def grades(self) -> Mapping[str, Area]:
        return grade_columns(self.table.headers)

    def _take(self, row: TableRow, stated: Callable[[], Stated | None], columns: Iterable[str]) -> None:
        try:
            said = stated()
            if said is None:
                return
            if said.kind is Kind.NOT_YET_INSPECTED:
                said = Stated(Kind.NOT_YET_INSPECTED, on=self.edition)
            urn = self._urn(row, said)
        except (RowRejected, RuleBroken) as reason:
            self.gathered.reject(row.place, reason)
            return
        self.gathered.observe(
            Observation(
                urn=urn,
                family=Family.OFSTED_STATISTICS,
                channel=self.channel,
                said=said,
                row=row.place,
                citations=(self._citation(urn),),
                verbatim=verbatim_of(row, self.table.headers, columns, LEFT_OUT),
            )
        )

    def _urn(self, row: TableRow, said: Stated) -> str:
        return self.bounds.register.identify(
            name=row.text(NAME),
            codes=[row.text(CODE)],
            on=said.start or said.published,
            abolished_table=self.table.later or "no longer" in plain(row.get(STATUS)),
        )

    def _citation(self, urn: str) -> Citation:
        title = f"Ofsted statistics as at 31 March {self.edition.year}, {self.table.sheet}"
        return Citation(title, f"https://reports.ofsted.gov.uk/provider/44/{urn}")

    def _one_activity(self, row: TableRow) -> Stated:
        """A row of the latest, the in-year or the long-form history sheet: one inspection or visit."""
        given = row.get(*DATE)
        if plain(given) in NOT_YET:
            return Stated(Kind.NOT_YET_INSPECTED)
        read = partial(date_of, latest=self.bounds.latest, hear=self.gathered.hears(row.place))
        start, published = read(given, "Inspection date"), read(row.get(PUBLISHED), "Publication date")
        if start is None and published is None:
            raise RowRejected("it has neither the date of an inspection nor that of its publication")
        kind, framework, variant = _type_of(row)
        theme = row.text(THEME) if not states_nothing(row.get(THEME)) else ""
        assurance = "assurance" in theme.casefold() or "assurance" in plain(row.get(*TYPE))
        return Stated(
            kind,
            start=start,
            published=published,
            framework=framework,
            variant=variant,
            grades=grades_of(row, self.grades),
            focus=theme if theme and not assurance and kind is not Kind.JTAI else None,
            theme=theme if theme and kind is Kind.JTAI else None,
            subtype="covid_assurance" if assurance else None,
        )


def grade_columns(headers: Mapping[str, str]) -> dict[str, Area]:
    """The columns that hold grades, by what their header says they grade."""
    return {key: area for key in headers if (area := area_of(key)) is not None}


def area_of(header: str) -> Area | None:
    """The area a grade column is for. Before 2023 "children in care" held the combined grade; it is read as named."""
    if header == "overall effectiveness":
        return Area.OVERALL_EFFECTIVENESS
    if "impact of leaders" in header:
        return Area.IMPACT_OF_LEADERS
    if "help and protection" in header:
        return Area.HELP_AND_PROTECTION
    if "in care and care leavers" in header:
        return Area.IN_CARE_AND_CARE_LEAVERS
    if "children in care" in header:
        return Area.IN_CARE
    if "care leavers" in header:
        return Area.CARE_LEAVERS
    return None


def _type_of(row: TableRow) -> tuple[Kind, Framework | None, Variant | None]:
    """Kind, framework and form by the words of the type column; a sheet without one lists graded inspections."""
    words = plain(row.get(*TYPE))
    framework = Framework.ILACS if "ilacs" in words else None
    if "monitoring" in words:
        return Kind.MONITORING_VISIT, None, None
    if "focused" in words or "focussed" in words or "assurance" in words:
        return Kind.FOCUSED_VISIT, framework, None
    if "joint targeted" in words or "jtai" in words:
        return Kind.JTAI, None, None
    if "short" in words:
        return Kind.INSPECTION, framework, Variant.SHORT
    if "standard" in words:
        return Kind.INSPECTION, framework, Variant.STANDARD
    if any(key in row.cells for key in TYPE):
        raise RowRejected(f"{row.text(*TYPE)[:60]!r} is not a type of inspection or visit that is known")
    return Kind.INSPECTION, None, None
