"""What is known of people beside the log: names, passwords, sessions, attempts. Precious, and never part of a fact.

Every secret that a person holds (link, session) is kept as its SHA-256 only. Instants are seconds since 1970, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text, Uuid

SCHEMA = "people"

metadata = MetaData()

person = Table(
    "person",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("office", Text, nullable=False, comment="what pages say where facts have the person's id; may be empty"),
    Column("sign_in_name", String(200), nullable=False, unique=True, comment="casefolded"),
    Column("password", Text, comment="Argon2id, in its own notation; none until the set-up link was used"),
    Column("added_at", BigInteger, nullable=False),
)

set_up_link = Table(
    "set_up_link",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", Uuid, comment="none: for the first administrator, who gives their own name"),
    Column("ends_at", BigInteger, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("id", Uuid, nullable=False, unique=True, comment="by which a session is listed and ended"),
    Column("person", Uuid, nullable=False),
    Column("changed", BigInteger, nullable=False, comment="`Listed.changed` when it began; it ends when that moves on"),
    Column("began_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
    Column("address", Text, nullable=False),
    Column("browser", Text, nullable=False),
)
Index("by_session_person", session.c.person)

attempt = Table(
    "attempt",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("subject", String(64), nullable=False, comment="SHA-256 of what is counted, as of an account's name"),
    Column("at", BigInteger, nullable=False, comment="milliseconds since 1970, UTC"),
)
Index("by_attempt_subject", attempt.c.subject, attempt.c.at)

familiar = Table(
    "familiar",
    metadata,
    Column("person", Uuid, primary_key=True),
    Column("address", String(64), primary_key=True, comment="SHA-256 of an address from which this person signed in"),
)

upload = Table(
    "upload",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person", Uuid, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("report", LargeBinary, nullable=False, comment="what the dry run said, JSON"),
    Column("done", LargeBinary, comment="what the import said, JSON"),
)

uploaded_file = Table(
    "uploaded_file",
    metadata,
    Column("upload", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

loaded_list = Table(
    "loaded_list",
    metadata,
    Column("plan", Uuid, primary_key=True),
    Column("said", LargeBinary, nullable=False, comment="what its columns and words meant, JSON"),
)

verification = Table(
    "verification",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person", Uuid, nullable=False, comment="who started it"),
    Column("kept", Text, nullable=False, comment="checkpoints they brought; may be empty"),
    Column("started_at", BigInteger, nullable=False),
    Column("beat_at", BigInteger, nullable=False, comment="when it was last seen to be running"),
    Column("part", String(20), nullable=False, comment="what it was looking at: log, or read side"),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("finished_at", BigInteger),
    Column("exit_code", Integer, comment="0 right, 1 found wanting, 2 not everything could be checked"),
    Column("report", LargeBinary, comment="what it found, JSON"),
)
