"""What a place has to give today: the file itself, the newest release that GOV.UK leads to, or documents of an index.

Each gives files, or that nothing changed, or why nothing came. What is to be remembered until the next look is text."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from domain.values.words import listed
from web.places.client import Client, Failed, Response
from web.places.govuk import CONTENT_API, attachments_of, is_content, newest_release
from web.places.ofsted_site import MOST_DOCUMENTS, documents_of
from web.places.table import OFSTED_SITE, FilePlace

FILES_HOSTS: Mapping[str, frozenset[str]] = {
    "www.gov.uk": frozenset({"assets.publishing.service.gov.uk"}),
    "reports.ofsted.gov.uk": frozenset({"files.ofsted.gov.uk"}),
}
"""Hosts that a place's own host may lead to."""

SEEN = "seen"
MOST_SEEN = 2_000


@dataclass(frozen=True)
class FetchedFile:
    """A file as a place gave it. `name` is its own, or the last part of its address."""

    name: str
    content: bytes
    address: str


@dataclass(frozen=True)
class Answer:
    """What came of looking at a place: `changed` with `files`, `unchanged`, or `failed` with `why`.

    `kept` is to be handed in at the next look, once everything of this one was dealt with. `gone` says that the place
    said it will not come back. A place with several files may give some and say `why` others failed."""

    outcome: str
    http_status: int | None
    why: str | None = None
    files: tuple[FetchedFile, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    gone: bool = False


def fetch(client: Client, place: FilePlace, kept: Mapping[str, str], *, own: Collection[str] = ()) -> Answer:
    """Look at a place. `kept` is what the last look left; `own` are the authorities whose documents are looked for
    where the place is an index."""
    try:
        if place.format == OFSTED_SITE:
            return _documents(client, place, kept, own)
        response = client.get(place.address, loopback=place.loopback, hosts=_hosts(place.address), kept=kept)
        if response.unchanged:
            return Answer("unchanged", response.status, kept=kept)
        content = is_content(response.body)
        if content is not None:
            return _release(client, place, response, content, kept)
        return Answer("changed", response.status, files=(_file(response),), kept=response.kept)
    except Failed as fault:
        return Answer("failed", fault.status, fault.why, gone=fault.gone)


def _file(response: Response, name: str | None = None) -> FetchedFile:
    last = unquote(PurePosixPath(urlsplit(response.address).path).name)
    return FetchedFile(name or response.name or last or "file", response.body, response.address)


def _hosts(address: str) -> frozenset[str]:
    return FILES_HOSTS.get(urlsplit(address).hostname or "", frozenset())


# --- GOV.UK -----------------------------------------------------------------------------------------------------------


def _release(
    client: Client, place: FilePlace, first: Response, content: Mapping[str, Any], kept: Mapping[str, str]
) -> Answer:
    """The attachments of the newest release that a page or collection of GOV.UK's content API leads to."""
    asked: Mapping[str, Any] = content
    if (leads_to := newest_release(content, first.address)) is not None:
        response = client.get(leads_to, loopback=place.loopback)
        found = is_content(response.body)
        if found is None:
            raise Failed(f"{urlsplit(leads_to).hostname} answered with no page of its {CONTENT_API}.", response.status)
        asked, first = found, response
    files = attachments_of(asked, first.address)
    if not files:
        raise Failed(f"The newest release, “{str(asked.get('title'))[:100]}”, has no table of outcomes.", first.status)
    marks = {"release": json.dumps([asked.get("base_path"), asked.get("public_updated_at"), *files])}
    if marks["release"] == kept.get("release"):
        return Answer("unchanged", first.status, kept=kept)
    hosts = _hosts(place.address)
    got = tuple(_file(client.get(one, loopback=place.loopback, hosts=hosts | _host(one, hosts))) for one in files)
    return Answer("changed", first.status, files=got, kept=marks)


def _host(address: str, hosts: frozenset[str]) -> frozenset[str]:
    host = urlsplit(address).hostname or ""
    return frozenset({host}) & hosts


# --- an index of documents --------------------------------------------------------------------------------------------


def _documents(client: Client, place: FilePlace, kept: Mapping[str, str], own: Collection[str]) -> Answer:
    """Documents of one's own authorities that were not fetched before, at most `MOST_DOCUMENTS` a look."""
    if not own:
        return Answer("unchanged", None, kept=kept)
    seen: list[str] = json.loads(kept.get(SEEN, "[]"))
    files: list[FetchedFile] = []
    faults: list[str] = []
    status: int | None = None
    for urn in own:
        try:
            page = client.get(place.address.replace("{urn}", urn), loopback=place.loopback, page=True)
        except Failed as fault:
            faults.append(fault.why)
            status = status or fault.status
            continue
        status = page.status
        for document in documents_of(page.body, page.address, hosts=_hosts(place.address)):
            if document.address in seen or len(files) + len(faults) >= MOST_DOCUMENTS:
                continue
            try:
                response = client.get(document.address, loopback=place.loopback, hosts=_hosts(place.address))
            except Failed as fault:
                faults.append(fault.why)
                continue
            seen.append(document.address)
            if response.body.startswith(b"%PDF-"):
                files.append(_file(response, document.file_name(urn)))
    why = listed(sorted(set(faults))) if faults else None
    if faults and not files:
        return Answer("failed", status, why, kept=kept)
    marks = {SEEN: json.dumps(seen[-MOST_SEEN:])}
    return Answer("changed" if files else "unchanged", status, why, tuple(files), marks)
