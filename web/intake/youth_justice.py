"""Data to Insight's list of what HM Inspectorate of Probation found of youth justice services, each once.

A service may serve several councils: what was found is given to each of them, by `SERVICES`. Those in Wales, and those
whose councils are not told, are rejected and said to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.register.register import plain_name
from domain.rulebook.other_inspections.words import OVERALL_RATING, PROBATION, RATINGS, rating_of
from domain.values.errors import RuleBroken
from domain.values.statements import Channel, Citation, Family, Kind, Observation, Rating, Stated
from domain.values.words import listed
from web.intake.cells import RowRejected, date_of, states_nothing, verbatim_of
from web.intake.gathering import Bounds, Gathered
from web.intake.rows import must_be_sound
from web.intake.scrapes import LEFT_OUT
from web.intake.tables import Table, TableRow, shown

NAME, OVERALL, PUBLISHED, LINK = "la_name", "overall_rating", "publication_date", "report_url"

STANDARDS: Mapping[str, str] = {
    "governance_and_leadership": "Governance and leadership",
    "staff": "Staff",
    "partnerships_and_services": "Partnerships and services",
    "information_and_facilities": "Information and facilities",
    "assessment": "Assessment",
    "planning": "Planning",
    "implementation_and_delivery": "Implementation and delivery",
    "reviewing": "Reviewing",
    "joint_working": "Joint working",
    "outofcourt_disposal_policy_and_provision": "Out-of-court disposal policy and provision",
    "policy_and_provision": "Policy and provision",
    "resettlement_policy_and_provision": "Resettlement policy and provision",
}
"""Columns, and what the inspectorate calls them. A blank states nothing: the list lost every "Requires improvement" of
them, which stands only under the overall rating."""


@dataclass(frozen=True)
class SharedService:
    """A youth justice service of several councils, by URN, and where that was read."""

    urns: tuple[str, ...]
    source: str


SERVICES: Mapping[str, SharedService] = {
    plain_name(name): SharedService(urns, source)
    for name, urns, source in (
        (
            "West Mercia",
            ("80474", "80552", "80570", "80584"),
            "The service on itself, westmerciayouthjustice.org.uk: Herefordshire, Shropshire, Telford and Wrekin, "
            "Worcestershire",
        ),
        (
            "Dorset",
            ("2532283", "2532287"),
            "HM Inspectorate of Probation, January 2023: it covers Bournemouth, Christchurch, Poole and Dorset",
        ),
        (
            "Bedfordshire",
            ("80428", "80446"),
            "Police and crime commissioner for Bedfordshire, 11 April 2023: provided by Bedford Borough and Central "
            "Bedfordshire",
        ),
        (
            "Northamptonshire",
            ("2637539", "2637548"),
            "BBC News, 15 October 2023: part of the trust of North and West Northamptonshire",
        ),
        ("Tower Hamlets and City of London", ("80450", "80516"), "The inspectorate’s own title of its report"),
    )
}

OF_ENGLAND = "authorities of England are kept here"
"""Why a row of Wales is not taken: nobody needs to look at it."""

IN_WALES = frozenset(
    plain_name(name)
    for name in (
        "Blaenau Gwent and Caerphilly",
        "Bridgend",
        "Cardiff",
        "Carmarthenshire",
        "Ceredigion",
        "Conwy & Denbighshire",
        "Cwm Taf",
        "Flintshire",
        "Gwynedd and Mon",
        "Monmouthshire and Torfaen",
        "Neath Port Talbot",
        "Newport",
        "Pembrokeshire",
        "Powys",
        "Swansea",
        "Vale of Glamorgan",
        "Western Bay",
        "Wrexham",
    )
)

_AROUND = re.compile(r"^an inspection of (?:youth \w+ services in )?|^royal borough of |\s+-\s+JI$", re.IGNORECASE)
"""Words of the list around a service's name; `JI` marks an inspection with other inspectorates."""

_REPORTS = re.compile(
    r"https://(?:www\.)?(?:justiceinspectorates\.gov\.uk/hmiprobation|hmiprobation\.justiceinspectorates\.gov\.uk)"
    r"/[!-~]{1,400}"
)


def read_youth_justice(table: Table, *, bounds: Bounds) -> Gathered:
    """A row is the inspection of one service, known by the day of its report; days on site are not in the list."""
    gathered = Gathered()
    for row in table.rows:
        gathered.rows += 1
        try:
            must_be_sound(row, (NAME, OVERALL, PUBLISHED, *STANDARDS))
            published = date_of(row.get(PUBLISHED), PUBLISHED, latest=bounds.latest, hear=gathered.hears(row.place))
            if published is None:
                raise RowRejected("it has no date of publication")
            urns = _served(row, bounds, published)
            said = Stated(
                Kind.YOUTH_JUSTICE, published=published, inspectorate=PROBATION, ratings=_ratings(row, gathered)
            )
            if len(urns) > 1:
                names = listed([bounds.register[urn].facts.name for urn in urns])
                gathered.notes.append(f"{row.place}: the service of {names}; what was found is given to each of them")
            for urn in urns:
                gathered.observe(
                    Observation(
                        urn=urn,
                        family=Family.SCRAPE,
                        channel=Channel.YOUTH_JUSTICE_RATINGS,
                        said=said,
                        row=row.place,
                        citations=_citation(row),
                        verbatim=verbatim_of(row, table.headers, table.headers, LEFT_OUT),
                    )
                )
        except (RowRejected, RuleBroken) as reason:
            gathered.reject(row.place, reason)
    return gathered


def _served(row: TableRow, bounds: Bounds, on: date) -> tuple[str, ...]:
    """The URNs of the councils whose service it is. Raises RowRejected, and RuleBroken where no such is known."""
    named = _AROUND.sub("", _AROUND.sub("", " ".join(row.text(NAME).split())))
    plain = plain_name(named)
    if plain in IN_WALES:
        raise RowRejected(f"{named!r} is a youth justice service in Wales; {OF_ENGLAND}")
    urns = SERVICES[plain].urns if plain in SERVICES else (bounds.register.identify(name=named, on=on),)
    for urn in urns:
        facts = bounds.register[urn].facts
        if facts.ended_by(on) or (facts.formed_on is not None and on < facts.formed_on):
            raise RowRejected(f"{facts.name} was not there on {on.isoformat()}, when the report was published")
    return urns


def _ratings(row: TableRow, gathered: Gathered) -> tuple[Rating, ...]:
    """The overall rating first; a cell that is no rating states nothing, and is said to."""
    found = []
    for column, called in {OVERALL: OVERALL_RATING, **STANDARDS}.items():
        if column not in row.cells or states_nothing(row.get(column)):
            continue
        rating = rating_of(row.text(column))
        if rating is None:
            said = shown(row.get(column))[:60]
            gathered.notes.append(
                f"{row.place}: {said!r} under {column!r} is none of {listed(list(RATINGS), last='or')}, so no such "
                "rating was taken"
            )
        else:
            found.append(Rating(called, rating))
    return tuple(found)


def _citation(row: TableRow) -> tuple[Citation, ...]:
    address = row.text(LINK)
    return (Citation("HM Inspectorate of Probation report", address),) if _REPORTS.fullmatch(address) else ()
