"""How does one authority stand beside others: those like it, its region, those of its kind, or any chosen?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from statistics import median

from domain.frameworks import GRADES, LINES, PRESENT, Area, Grade
from domain.register.neighbours import kind_of, neighbours_of
from domain.rulebook.results import Pathway, Standing
from domain.rulebook.themes.improvement import THEMES, ImprovementTheme, themes_of
from domain.rulebook.working_days import months_between
from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import KnownKind, KnownUntil
from domain.values.statements import Kind
from projections.authorities.findings import findings
from projections.authorities.register import register
from projections.engine.answers import CalledInspection, Moment, PlannedWindow, RegisterRow, WithoutWindow
from projections.engine.identities import IdentityInLineage
from projections.engine.reader import Reader, seen_on
from projections.outlook.forecasts import outlooks
from projections.outlook.planner import window_of

MOST_CHOSEN = 20
"""So many authorities of one's own choice stand beside one."""

MOST_OF_A_GROUP = 0.6
"""A theme is one of most where so great a share of a group was asked to improve on it."""

FEWEST_HELD = 5
"""Of fewer reports whose findings are held, a share says nothing."""

COLUMNS: tuple[tuple[Area, tuple[Area, ...]], ...] = tuple(
    (areas[0], areas) for _, areas in LINES if any(areas[0] in row.areas for row in PRESENT)
)
"""The judgements of the present framework, each with those of earlier frameworks that stand in its place."""

VISITS = frozenset({Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI})


class Beside(Enum):
    """Whom an authority is seen beside."""

    NEIGHBOURS = "neighbours"
    REGION = "region"
    KIND = "kind"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class ComparedAuthority:
    """One authority in a comparison. `grades` are those of the report that governs, by `COLUMNS`; None where it gave
    none. `months` are whole ones since that report was public; `visits` those that began after it.

    `visits_known` is the day until which no visit since can have been missed; it may lie before the report, and is None
    where no source tells. `forecast` are the days between which four in five inspections like it fall. `stands_for`
    names the authorities of the list that it came after."""

    authority: AuthorityFacts
    standing: Standing
    grades: tuple[Grade | None, ...]
    months: int | None
    next: CalledInspection | PlannedWindow | WithoutWindow
    visits: int
    visits_known: date | None
    forecast: tuple[date, date] | None = None
    stands_for: tuple[str, ...] = ()

    @property
    def published(self) -> date | None:
        """When the report that governs was public."""
        return self.standing.governing.public_on if self.standing.governing else None

    @property
    def visits_told(self) -> bool:
        """Whether any source tells of visits after the report, so that none can mean that none came."""
        return self.published is not None and self.visits_known is not None and self.visits_known > self.published


@dataclass(frozen=True)
class GroupFigures:
    """What a group comes to: by column how many are good or better of how many that have that grade, and the middle of
    the months since; `months` are those of each, the fewest first."""

    authorities: int
    good: tuple[tuple[int, int], ...]
    months: tuple[int, ...]

    @property
    def middle(self) -> int | None:
        return int(median(self.months) + 0.5) if self.months else None


@dataclass(frozen=True)
class ThemeShare:
    """How many of those whose latest report is held with what it asks to improve have something to improve on a theme.

    `here` is None where that of the authority itself is not held."""

    theme: ImprovementTheme
    here: bool | None
    group: tuple[int, int]
    england: tuple[int, int]

    @property
    def stands_out(self) -> bool:
        """Whether most of the group were asked to improve on it and the authority was not, as far as enough is held."""
        number, of = self.group
        return self.here is False and of >= FEWEST_HELD and number >= MOST_OF_A_GROUP * of


@dataclass(frozen=True)
class NeighboursAnswer:
    """One authority beside others, the oldest report first. `own` is None of one that did not exist on the day.

    `region` and `england` include it, `group` does not. `listed` are those that the published list names; `absent` are
    those asked for that did not exist on the day and that nobody came after. `themes`: the most frequent first."""

    moment: Moment
    beside: Beside
    authority: AuthorityFacts
    own: ComparedAuthority | None
    rows: tuple[ComparedAuthority, ...]
    listed: int
    absent: tuple[AuthorityFacts, ...]
    group: GroupFigures
    region: GroupFigures
    england: GroupFigures
    themes: tuple[ThemeShare, ...]
    items_until: date | None


def comparison(
    reader: Reader,
    urn: str,
    *,
    beside: Beside = Beside.NEIGHBOURS,
    chosen: Sequence[str] = (),
    as_at: date,
    known_at: datetime | None = None,
    with_forecasts: bool = False,
) -> NeighboursAnswer:
    """One authority beside a group; `chosen` are the URNs of one's own choice. Raises NotFound for an unknown number.

    The published list is today's, whatever the day asked."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        identities = {one.urn: one for one in reader.identities(connection, moment.position)}
        authority = reader.identity(connection, urn, moment.position).on(as_at)
        versions = reader.versions(connection, moment)
        known = reader.known_until(connection, moment.position, identities.values())
    every = register(reader, as_at=as_at, known_at=known_at).rows
    forecasts = _forecasts(reader, as_at, known_at) if with_forecasts else {}
    told = {
        row.authority.urn: _compared(
            row,
            seen_on((one for one in versions.get(row.authority.urn, ()) if one.activity.kind in VISITS), as_at),
            known[row.authority.urn],
            forecasts.get(row.authority.urn),
        )
        for row in every
    }
    asked = _asked(beside, authority, chosen, every)
    found, absent = _there(asked, identities, told, as_at)
    rows = tuple(
        sorted(
            (_standing_for(told[key], sources) for key, sources in found.items() if key != urn),
            key=lambda row: (row.months is None, -(row.months or 0), row.authority.name),
        )
    )
    of_region = [row for row in told.values() if authority.region and row.authority.region == authority.region]
    asked_to_improve, until = _asked_to_improve(reader, as_at, known_at)
    return NeighboursAnswer(
        moment=moment,
        beside=beside,
        authority=authority,
        own=told.get(urn),
        rows=rows,
        listed=len(asked),
        absent=tuple(absent),
        group=figures(rows),
        region=figures(of_region),
        england=figures(told.values()),
        themes=_themes(urn, [row.authority.urn for row in rows], told.keys(), asked_to_improve),
        items_until=until,
    )


def _asked(
    beside: Beside, authority: AuthorityFacts, chosen: Sequence[str], every: Iterable[RegisterRow]
) -> tuple[str, ...]:
    """Whom a group names, but for the authority itself."""
    if beside is Beside.NEIGHBOURS:
        return neighbours_of(authority.urn)
    if beside is Beside.CHOSEN:
        return tuple(dict.fromkeys(key for key in chosen if key != authority.urn))[:MOST_CHOSEN]
    others = [row.authority for row in every if row.authority.urn != authority.urn]
    if beside is Beside.REGION:
        return tuple(one.urn for one in others if authority.region and one.region == authority.region)
    kind = kind_of(authority.gss_code)
    return tuple(one.urn for one in others if kind and kind_of(one.gss_code) == kind)


def _there(
    asked: Iterable[str], identities: Mapping[str, IdentityInLineage], told: Collection[str], on: date
) -> tuple[dict[str, tuple[str, ...]], list[AuthorityFacts]]:
    """Those of a list that exist on the day, or who came after them with their names; and those that do not."""
    found: dict[str, tuple[str, ...]] = {}
    absent = []
    for key in asked:
        identity = identities.get(key)
        if identity is None:
            continue
        serving = [one for one in identity.lineage.serving(key, on) if one in told]
        for one in serving:
            found[one] = (*found.get(one, ()), *(() if one == key else (identity.name_on(on),)))
        if not serving:
            absent.append(identity.on(on))
    return found, absent


def _standing_for(row: ComparedAuthority, names: tuple[str, ...]) -> ComparedAuthority:
    return ComparedAuthority(**{**vars(row), "stands_for": names}) if names else row


def _forecasts(reader: Reader, on: date, known_at: datetime | None) -> Mapping[str, tuple[date, date]]:
    found = outlooks(reader, on=on, known_at=known_at).outlooks
    return {one.authority.urn: one.band for one in found if one.band is not None}


def _compared(
    row: RegisterRow, visits: Sequence[Activity], known: KnownUntil, forecast: tuple[date, date] | None
) -> ComparedAuthority:
    governing, on = row.standing.governing, row.standing.on
    since = governing.public_on if governing else None
    return ComparedAuthority(
        authority=row.authority,
        standing=row.standing,
        grades=tuple(_grade(governing, areas) for _, areas in COLUMNS),
        months=months_between(since, on) if since else None,
        next=window_of(row),
        visits=sum(_came(one, on) and since is not None and one.true_on > since for one in visits),
        visits_known=_visits_known(row.standing.pathway, known, since),
        forecast=forecast,
    )


def _grade(governing: Activity | None, areas: Iterable[Area]) -> Grade | None:
    if governing is None:
        return None
    return next((grade for area in areas if (grade := governing.grades.get(area)) is not None), None)


def _came(visit: Activity, on: date) -> bool:
    return visit.counts and not visit.only_called and visit.begun_on <= on


def _visits_known(pathway: Pathway, known: KnownUntil, since: date | None) -> date | None:
    """Until when no visit of those usual on a pathway can have been missed."""
    kind = KnownKind.MONITORING_VISIT if pathway is Pathway.INADEQUATE else KnownKind.FOCUSED_VISIT
    return known.from_then(kind, since) if since is not None else None


def figures(rows: Iterable[ComparedAuthority]) -> GroupFigures:
    """What some authorities come to."""
    compared = tuple(rows)
    columns = [[row.grades[place] for row in compared] for place in range(len(COLUMNS))]
    return GroupFigures(
        authorities=len(compared),
        good=tuple(
            (sum(GRADES[grade].good is True for grade in column if grade), sum(grade is not None for grade in column))
            for column in columns
        ),
        months=tuple(sorted(row.months for row in compared if row.months is not None)),
    )


def _asked_to_improve(
    reader: Reader, as_at: date, known_at: datetime | None
) -> tuple[Mapping[str, frozenset[str]], date | None]:
    """The themes of each authority's latest graded report of which findings are held, and the newest of those days."""
    latest: dict[str, tuple[date, list[str]]] = {}
    for row in findings(reader, as_at=as_at, known_at=known_at):
        if row.kind == Kind.INSPECTION.value:
            day, texts = latest.setdefault(row.authority.urn, (row.found_on, []))
            if row.found_on == day:
                texts.append(row.text)
    themes = {urn: themes_of(texts) for urn, (_, texts) in latest.items()}
    return themes, max((day for day, _ in latest.values()), default=None)


def _themes(
    urn: str, group: Collection[str], every: Collection[str], held: Mapping[str, frozenset[str]]
) -> tuple[ThemeShare, ...]:
    def share(code: str, of: Collection[str]) -> tuple[int, int]:
        told = [held[each] for each in of if each in held]
        return sum(code in found for found in told), len(told)

    shares = [
        ThemeShare(
            theme,
            theme.code in held[urn] if urn in held else None,
            share(theme.code, group),
            share(theme.code, every),
        )
        for theme in THEMES
    ]
    return tuple(sorted(shares, key=lambda one: (-one.group[0], -one.england[0])))
