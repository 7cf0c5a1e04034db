"""GOV.UK's content API: from a collection or a release to the tables of outcomes attached to it.

The shape read here is that of the API's published schemas: a collection lists its pages under `links.documents`, each
with `api_url` or `base_path`, `public_updated_at` and `document_type`; a release has its files under
`details.attachments`, each with `url`, `filename` and `content_type`. It was not tried on the living site."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

CONTENT_API = "content API"
MOST_FILES = 2

_RELEASE = re.compile(r"inspection|outcome|children.?s social care", re.IGNORECASE)
_TABLE = re.compile(r"outcome|underlying", re.IGNORECASE)
_TABLES = (".ods", ".xlsx")


def is_content(body: bytes) -> Mapping[str, Any] | None:
    """A page of the content API; None for any other body."""
    if not body.lstrip().startswith(b"{"):
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return (
        found if isinstance(found, dict) and "base_path" in found and isinstance(found.get("details"), dict) else None
    )


def newest_release(content: Mapping[str, Any], address: str) -> str | None:
    """The address, in the content API, of the newest release of statistics that a collection lists; None where the page
    is no collection."""
    links = content.get("links")
    pages = links.get("documents") if isinstance(links, dict) else None
    if not isinstance(pages, list):
        return None
    releases = [
        page
        for page in pages
        if isinstance(page, dict)
        and isinstance(page.get("base_path"), str)
        and "statistics" in str(page.get("document_type", "statistics"))
        and _RELEASE.search(str(page.get("title", "")))
    ]
    if not releases:
        return None
    newest = max(releases, key=lambda page: (str(page.get("public_updated_at", "")), page["base_path"]))
    before, found, _ = urlsplit(address).path.partition("/api/content")
    return urljoin(address, f"{before}{found}{newest['base_path']}")


def attachments_of(content: Mapping[str, Any], address: str) -> tuple[str, ...]:
    """The addresses of a release's tables of outcomes, at most two, in the release's own order; of one table in two
    formats the first."""
    attached = content["details"].get("attachments")
    found: dict[str, str] = {}
    for one in attached if isinstance(attached, list) else []:
        if not isinstance(one, dict) or not isinstance(one.get("url"), str):
            continue
        name = PurePosixPath(urlsplit(one["url"]).path)
        if name.suffix.lower() in _TABLES and _TABLE.search(f"{one.get('title', '')} {name.name}"):
            found.setdefault(name.stem.casefold(), urljoin(address, one["url"]))
    return tuple(found.values())[:MOST_FILES]
