"""What is kept of the places that files come from: looks, runs, and files of which something waits for an officer.

It stands beside people, in the same database: it is not part of the history, which says what was decided. Instants are
seconds since 1970, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table, Text, Uuid

from web.store.tables import metadata

look = Table(
    "place_look",
    metadata,
    Column("place", String(100), primary_key=True, comment="the name in the table of places"),
    Column("cadence_days", Integer, nullable=False, comment="how often it is to be looked at"),
    Column("looked_at", BigInteger, nullable=False),
    Column("outcome", String(20), nullable=False, comment="new, unchanged, waiting or failed"),
    Column("http_status", Integer),
    Column("why", Text),
    Column("well_at", BigInteger, comment="the last look that did not fail"),
    Column("kept", Text, nullable=False, comment="what the next look needs to know, such as an ETag; JSON"),
)

run = Table(
    "places_run",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("started_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, comment="none: it runs, or was stopped"),
    Column("places", LargeBinary, nullable=False, comment="each place with its outcome, bytes and seconds; JSON"),
)

waiting_file = Table(
    "waiting_file",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("place", String(100), nullable=False),
    Column("address", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("looked_on", String(10), nullable=False, comment="the day of the look, in London"),
    Column("fetched_at", BigInteger, nullable=False),
    Column("whole", Boolean, nullable=False, comment="nothing of it went in by itself"),
    Column("urns", Text, nullable=False, comment="every authority that it names, JSON"),
    Column("report", LargeBinary, nullable=False, comment="what the dry run said, JSON"),
    Column("open", Boolean, nullable=False, comment="something of it still waits"),
    Column("begun", Boolean, nullable=False, comment="what goes in by itself is in the history"),
    Column("applied", Boolean, nullable=False, comment="and so is what was decided so far"),
    Column("superseded", Boolean, nullable=False, comment="a newer file of the same address took its place"),
)
Index("by_waiting_open", waiting_file.c.open, waiting_file.c.fetched_at)

waiting_content = Table(
    "waiting_content",
    metadata,
    Column("file", Uuid, primary_key=True),
    Column("content", LargeBinary, nullable=False, comment="the bytes of a file of which something waits"),
)

waiting_part = Table(
    "waiting_part",
    metadata,
    Column("file", Uuid, primary_key=True),
    Column("urn", String(40), primary_key=True, comment="of the authority; empty for what is said of the whole file"),
    Column("name", Text, nullable=False),
    Column("reasons", LargeBinary, nullable=False, comment="why it waits, JSON"),
    Column("state", String(20), nullable=False, comment="waiting, taken_in or set_aside"),
    Column("decided_by", String(60)),
    Column("decided_at", BigInteger),
    Column("why", Text, comment="the officer's reason"),
    Column("command", Uuid, comment="of the form that decided, so that sent twice it acts once"),
)

remembered_reason = Table(
    "remembered_reason",
    metadata,
    Column("place", String(100), primary_key=True),
    Column("key", String(64), primary_key=True, comment="SHA-256 of what the reason is about"),
    Column("state", String(20), nullable=False),
    Column("decided_at", BigInteger, nullable=False),
)
