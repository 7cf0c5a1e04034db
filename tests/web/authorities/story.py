"""Pages about one authority."""

from __future__ import annotations

import re

from tests.web.client import Client
from tests.web.demo_app import HARINGEY
from web.authorities.command_table import RECORDS

AUTHORITY = f"/authorities/{HARINGEY}"
RECORD_PAGES = tuple(f"{AUTHORITY}/record/{kind}" for kind in RECORDS)


def entries(client: Client, address: str = AUTHORITY) -> list[str]:
    """The addresses of the entries on an authority's timeline, in order."""
    text = client.client.get(address).text
    return re.findall(r'<p><a href="(/inspections/[0-9a-f-]{36})[^"]*"><b>', text)
