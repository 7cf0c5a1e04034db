"""What is kept of those who follow the news: whom they follow, their address, and what became of each mail.

It stands beside people, in the same database, and is no part of the history: an address can be deleted. Rows of
`outbox` are only ever added. Instants are seconds since 1970, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, Uuid

from web.store.tables import metadata

follow = Table(
    "follow",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person", Uuid, unique=True, comment="who is mailed; none: an address with a secret"),
    Column("digest", String(64), unique=True, comment="SHA-256 of the secret; none: of a person"),
    Column("choice", Text, nullable=False, comment="whom and what they follow, JSON"),
    Column("cadence", String(10), comment="weekly or daily"),
    Column("address", Text, comment="where mails go; deleted with the choice"),
    Column("asked_at", BigInteger, nullable=False, comment="when the address was given, or the secret made"),
    Column("confirmed_at", BigInteger, comment="when its owner opened the link that was mailed there"),
    Column("position", BigInteger, comment="the last event of the log when it was confirmed"),
    Column("used_at", BigInteger, comment="when the address with the secret was last asked for"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("message", Uuid, nullable=False),
    Column("follow", Uuid, nullable=False),
    Column("kind", String(10), nullable=False, comment="confirm or digest"),
    Column("state", String(10), nullable=False, comment="prepared, begun, and what became of it"),
    Column("at", BigInteger, nullable=False),
    Column("upto", BigInteger, comment="the last event of the log that a digest counts"),
    Column("until", String(10), comment="the last day that it counts"),
    Column("why", Text, comment="what the mail server said"),
)
Index("by_outbox_follow", outbox.c.follow, outbox.c.number)
Index("by_outbox_message", outbox.c.message, outbox.c.number)
