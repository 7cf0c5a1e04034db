"""The places that published files come from: one table, as of a day, or the installation's own in its place.

No address of the built-in table was tried from where the product is made: they are those of the projects that publish
the files and of GOV.UK, as known on `AS_OF`. Branches and slugs change: `TIMELINE_PLACES` names another table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from domain.values.errors import RuleBroken
from domain.values.words import listed
from web.intake.documents import parse_yaml
from web.intake.workbook import FileRefused
from web.store.settings import Settings
from web.words.currency import title_of_place
from web.words.file_formats import CALLED, Layout

AS_OF = date(2026, 11, 30)

OFSTED_SITE = "ofsted_site"
"""A format that is no file but a site: the documents of one's own authorities, an index for each."""

FORMATS = (*(layout.value for layout in Layout), OFSTED_SITE)
KEYS = ("name", "address", "format", "cadence", "licence", "loopback")
NEEDED = ("name", "address", "format", "cadence")

CADENCES: Mapping[str, int] = {"daily": 1, "weekly": 7, "monthly": 31, "yearly": 366}
"""How often a place is to be looked at, in days."""

MOST_PLACES = 200
LARGEST = 256 * 1024
"""Bytes of a table of one's own."""

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}", re.ASCII)

OGL, MIT = "Open Government Licence v3.0", "MIT; Ofsted’s facts under the Open Government Licence v3.0"
_RAW = "https://raw.githubusercontent.com"


@dataclass(frozen=True)
class FilePlace:
    """`cadence` is a word of `CADENCES`; with `loopback` the address may be plain http and of this machine."""

    name: str
    address: str
    format: str
    cadence: str
    licence: str = ""
    loopback: bool = False

    @property
    def cadence_days(self) -> int:
        return CADENCES[self.cadence]

    @property
    def title(self) -> str:
        return title_of_place(self.name)

    @property
    def format_called(self) -> str:
        return "Documents on Ofsted’s site" if self.format == OFSTED_SITE else CALLED[self.format]


BUILT_IN = (
    FilePlace(
        "jt39_history",
        f"{_RAW}/JT-39/ofsted-ilacs-scrape-tool/main/ofsted_csc_ilacs_history.csv",
        Layout.JT39_HISTORY.value,
        "daily",
        MIT,
    ),
    FilePlace(
        "d2i_overview",
        f"{_RAW}/data-to-insight/ofsted-ilacs-scrape-tool/main/ofsted_csc_ilacs_overview.xlsx",
        Layout.D2I_OVERVIEW.value,
        "weekly",
        MIT,
    ),
    FilePlace(
        "jtai_overview",
        f"{_RAW}/data-to-insight/ofsted-jtai-scrape-tool/main/ofsted_csc_jtai_overview.xlsx",
        Layout.JTAI_OVERVIEW.value,
        "weekly",
        MIT,
    ),
    FilePlace(
        "area_send_overview",
        f"{_RAW}/data-to-insight/ofsted-send-scrape-tool/main/ofsted_csc_send_overview.xlsx",
        Layout.AREA_SEND_OVERVIEW.value,
        "weekly",
        MIT,
    ),
    FilePlace(
        "youth_justice_ratings",
        f"{_RAW}/data-to-insight/hmi-probation-youth-justice-scrape/main/hmi_youth_justice_inspection_ratings.csv",
        Layout.YOUTH_JUSTICE_RATINGS.value,
        "weekly",
        MIT,
    ),
    FilePlace(
        "ofsted_statistics",
        "https://www.gov.uk/api/content/government/collections/childrens-social-care-statistics",
        Layout.OFSTED_OUTCOMES.value,
        "weekly",
        OGL,
    ),
    FilePlace("ofsted_site", "https://reports.ofsted.gov.uk/provider/44/{urn}", OFSTED_SITE, "weekly", OGL),
)


def places(settings: Settings) -> tuple[FilePlace, ...]:
    """Every place of this installation, in the order of its table.

    Raises RuleBroken in words where the table named by `TIMELINE_PLACES` cannot be read or holds what it may not."""
    return BUILT_IN if settings.places is None else read_table(settings.places)


def why_off(place: FilePlace, settings: Settings) -> str:
    """Why a place is not looked at by itself; blank where it is."""
    if place.format == OFSTED_SITE and not settings.own_authorities:
        return "Off: TIMELINE_OWN_AUTHORITIES names no authority."
    return ""


def read_table(path: Path) -> tuple[FilePlace, ...]:
    """A table of one's own. Raises RuleBroken naming the file, the place and what is wrong with it."""
    try:
        if path.stat().st_size > LARGEST:
            raise RuleBroken(f"{path} is too large for a table of places.")
        held = parse_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise RuleBroken(f"The table of places {path} cannot be read: {fault}.") from fault
    except FileRefused as fault:
        raise RuleBroken(f"The table of places {path} cannot be used: {fault}.") from fault
    rows = held.get("places") if isinstance(held, dict) else None
    if not isinstance(rows, list) or not rows or len(rows) > MOST_PLACES:
        raise RuleBroken(f"{path} must have a list `places` of one to {MOST_PLACES} places.")
    found = tuple(_place(path, number, row) for number, row in enumerate(rows, 1))
    names = [one.name for one in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise RuleBroken(f"{path} names {listed(sorted(twice))} more than once.")
    return found


def _place(path: Path, number: int, row: object) -> FilePlace:
    where = f"{path}, place {number}"
    if not isinstance(row, dict):
        raise RuleBroken(f"{where} must have the keys {listed(NEEDED)}.")
    if unknown := set(map(str, row)) - set(KEYS):
        raise RuleBroken(f"{where} has unknown keys: {listed(sorted(unknown))}. There are {listed(KEYS)}.")
    if missing := [key for key in NEEDED if not isinstance(row.get(key), str) or not row[key].strip()]:
        raise RuleBroken(f"{where} lacks {listed(missing)}.")
    name = row["name"]
    if not _NAME.fullmatch(name):
        raise RuleBroken(
            f"{where}: a name has small letters, digits, - and _, such as jt39_history, not {name[:60]!r}."
        )
    _offered(where, "format", row["format"], FORMATS)
    _offered(where, "cadence", row["cadence"], CADENCES)
    loopback = row.get("loopback", False)
    if not isinstance(loopback, bool):
        raise RuleBroken(f"{where}: loopback is true or false.")
    licence = row.get("licence", "")
    return FilePlace(name, _address(where, row, loopback), row["format"], row["cadence"], str(licence or ""), loopback)


def _offered(where: str, key: str, value: str, known: Iterable[str]) -> None:
    if value not in (offered := tuple(known)):
        raise RuleBroken(f"{where}: {value[:60]!r} is no {key}. There are {listed(offered)}.")


def _address(where: str, row: Mapping[str, Any], loopback: bool) -> str:
    """The address as written. Which machine its name leads to is looked at when it is opened."""
    address: str = row["address"].strip()
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or not address.isascii() or not address.isprintable() or " " in address or parts.username:
        raise RuleBroken(f"{where}: {address[:80]!r} is no address such as https://example.org/history.csv.")
    if parts.scheme != "https" and not (loopback and parts.scheme == "http"):
        raise RuleBroken(f"{where}: the address must begin with https://, or be marked `loopback: true`.")
    if (row["format"] == OFSTED_SITE) != ("{urn}" in address):
        raise RuleBroken(f"{where}: an address holds {{urn}} where its format is {OFSTED_SITE}, and only there.")
    return address


def named(names: Collection[str], known: Iterable[FilePlace]) -> tuple[FilePlace, ...]:
    """The places of these names, all where none is given. Raises RuleBroken for a name that no place has."""
    found = tuple(known)
    if unknown := set(names) - {one.name for one in found}:
        raise RuleBroken(
            f"No place is called {listed(sorted(unknown))}. There are {listed([one.name for one in found])}."
        )
    return tuple(one for one in found if not names or one.name in names)


def format_of(name: str, settings: Settings) -> str:
    """The format of the place of a name; any other name as it is. A table that cannot be used names no place."""
    try:
        known = {one.name: one.format for one in places(settings)}
    except RuleBroken:
        return name
    return known.get(name.strip(), name)
