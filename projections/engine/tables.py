"""The tables of the read side. All of them can be dropped and made again from the log.

Knowledge is bounded by positions of the log, never by clocks: a version of a row is known from `known_from`
(inclusive) to `known_to` (exclusive); `FOREVER` stands for "still". Bodies are the JSON of
`projections.engine.json_codec`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
)

from domain.values.authority_keys import LONGEST_KEY

FOREVER = 2**63 - 1
"""The `known_to` of what is still held: one comparison, `known_from <= p < known_to`, answers for every position."""

metadata = MetaData()

projection = Table(
    "projection",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("stopped_at", BigInteger),
    Column("error", Text),
    Column("claimed", Integer),
    Column("rebuilt_to", BigInteger),
    comment="How far each projection has read; why and where it stopped; the rebuild under way, if any.",
)

kept_answer = Table(
    "kept_answer",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("mark", String(64), nullable=False, comment="of everything that it was made from"),
    Column("body", LargeBinary, nullable=False),
    comment="Answers that take seconds to work out, until what they are made from moves on.",
)

timeline = MetaData()

authority = Table(
    "authority",
    timeline,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("known_from", BigInteger, nullable=False),
    Column("known_to", BigInteger, nullable=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

identifier = Table(
    "identifier",
    timeline,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("scheme", String(10), nullable=False),
    Column("value", Text, nullable=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
)

stream = Table(
    "stream",
    timeline,
    Column("originator_id", Uuid, primary_key=True),
    Column("urn", String(LONGEST_KEY), nullable=False),
    Column("version", BigInteger, nullable=False),
    comment="The last fact counted of each authority's stream.",
)

entry = Table(
    "entry",
    timeline,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("known_from", BigInteger, nullable=False),
    Column("known_to", BigInteger, nullable=False),
    Column("entry_id", Uuid, nullable=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("status", String(10), nullable=False),
    Column("true_on", Date, nullable=False),
    Column("visible_on", Date, nullable=False),
    Column("public_on", Date, nullable=False),
    Column("start_on", Date),
    Column("end_on", Date),
    Column("published_on", Date),
    Column("period", String(7)),
    Column("framework", String(10)),
    Column("variant", String(20)),
    Column("priority_action", Boolean),
    Column("judgements", BigInteger, nullable=False),
    Column("findings", BigInteger, nullable=False),
    Column("disagreements", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    comment="Every version of every activity. `judgements`, `findings` and `disagreements` name the version that "
    "first held them as they are now (0: none), so that what did not change is kept once.",
)

judgement = Table(
    "judgement",
    timeline,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("area", String(40), primary_key=True),
    Column("grade", String(20), nullable=False),
)

finding = Table(
    "finding",
    timeline,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("priority", Boolean, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("outcomes", Text, nullable=False, comment="numbers of the national framework that a reader found"),
    Column("words", Text, nullable=False, comment="as `projections.authorities.finding_words` keeps them"),
)

comparison = Table(
    "comparison",
    timeline,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
    Column("text", Text, nullable=False),
    Column("earlier_text", Text, nullable=False),
    Column("same", Boolean, nullable=False),
    Column("reason", Text),
    comment="What officers said of two findings of one authority: the latest word on a pair counts.",
)

disagreement = Table(
    "disagreement",
    timeline,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("field", String(60), primary_key=True),
    Column("held", Text, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("reason", Text),
    comment="Who says what is in the body of the entry.",
)

statement = Table(
    "statement",
    timeline,
    Column("id", Uuid, nullable=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("family", String(20), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("edition", Date),
    Column("read_on", Date, nullable=False),
    Column("recorded_at", BigInteger, nullable=False, comment="microseconds since 1970, UTC"),
    Column("actor", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

reading = Table(
    "reading",
    timeline,
    Column("statement", Uuid, nullable=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("read_on", Date, nullable=False),
    Column("edition", Date),
    comment="Another file that says the same again, on whatever day it was read.",
)

moment = Table(
    "moment",
    timeline,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("recorded_at", BigInteger, nullable=False, comment="microseconds since 1970, UTC"),
    Column(
        "known_by", BigInteger, nullable=False, comment="the latest `recorded_at` so far: a clock set back hides none"
    ),
)

horizon = Table(
    "horizon",
    timeline,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("read_on", Date, nullable=False),
    comment="The newest day on which any source had been read; where it moved.",
)

OF_ALL = ""
"""In place of a URN: of every authority."""

OF_MOST = "*"
"""In place of a URN: of so many authorities that it is an answer about England, though each has its own day."""

known_until = Table(
    "known_until",
    timeline,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("urn", String(LONGEST_KEY), primary_key=True, comment="or `OF_ALL`, `OF_MOST`"),
    Column("kind", String(30), primary_key=True),
    Column("since", Date, primary_key=True, comment="0001-01-01 for the beginning"),
    Column("until", Date, nullable=False),
    comment="Until when sources tell of a kind of activity of every authority, or of one; where it moved.",
)

documents = MetaData()

document = Table(
    "document",
    documents,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("known_from", BigInteger, nullable=False, comment="`FOREVER` until it is told whole"),
    Column("known_to", BigInteger, nullable=False),
    Column("originator_id", Uuid, nullable=False),
    Column("statement", Uuid, nullable=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
    Column("kind", String(40), nullable=False),
    comment="Each reading of one of Ofsted's own documents; a later one of the same file takes its place.",
)

paragraph = Table(
    "paragraph",
    documents,
    Column("document", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True),
    Column("heading", Text, nullable=False),
    Column("area", String(40)),
    Column("page", Integer, nullable=False),
    Column("label", Text, comment="the number that the document itself gives it"),
    Column("text", Text, nullable=False),
    Column("words", Text, nullable=False, comment="as `projections.authorities.finding_words` keeps them"),
)

files = MetaData()

file = Table(
    "file",
    files,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("originator_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("layout", Text, nullable=False),
    Column("opened_at", BigInteger, nullable=False, comment="microseconds since 1970, UTC"),
    Column("finished", BigInteger, comment="position of the fact that it was read to its end"),
    Column("read_on", Date),
    Column("edition", Date),
    Column("rows", Integer),
    Column("rejected", Integer),
)

plans = MetaData()

plan = Table(
    "plan",
    plans,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("plan", Uuid, nullable=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
    Column("activity", Uuid, nullable=False),
)

plan_fact = Table(
    "plan_fact",
    plans,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("plan", Uuid, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("name", String(40), nullable=False),
    Column("true_on", Date, nullable=False),
    Column("body", LargeBinary, nullable=False),
    comment="Every fact of every plan as the log has it: words are ciphertext here too, and opened when asked for.",
)

question_stream = Table(
    "question_stream",
    plans,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("stream", Uuid, nullable=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
    comment="Of which authorities members asked other than on a plan; the facts stand among those of plans.",
)

plan_convention = Table(
    "plan_convention",
    plans,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("originator_id", Uuid, nullable=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

audit = MetaData()

audit_event = Table(
    "audit_event",
    audit,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False, comment="its number in the tree: dense, in the order of positions"),
    Column("originator_id", Uuid, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("name", String(40), nullable=False),
    Column("urn", String(LONGEST_KEY)),
    Column("plan", Uuid),
    Column("actor", Text, nullable=False),
    Column("true_on", Date),
    Column("recorded_at", BigInteger, nullable=False, comment="microseconds since 1970, UTC"),
    Column("words", Text, nullable=False, comment="what can be searched: never a text that can be erased"),
    comment="Every event of the log, so that a page of them is found without reading the rest.",
)


meetings = MetaData()

meeting = Table(
    "meeting",
    meetings,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("meeting", Uuid, nullable=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
)

meeting_fact = Table(
    "meeting_fact",
    meetings,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("meeting", Uuid, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("name", String(40), nullable=False),
    Column("true_on", Date, nullable=False),
    Column("body", LargeBinary, nullable=False),
    comment="Every fact of every scrutiny meeting as the log has it: words are ciphertext here too.",
)

engagement_fact = Table(
    "engagement_fact",
    meetings,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("originator_id", Uuid, nullable=False),
    Column("activity", Uuid, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("name", String(40), nullable=False),
    Column("body", LargeBinary, nullable=False),
    comment="What was noted of engagement meetings, which are not published: no other table has it.",
)


@dataclass(frozen=True)
class Seek:
    """An index; made after the rows in a rebuild, unless something has to be found before."""

    table: Table
    columns: tuple[str, ...]
    unique: bool = False


ENTRIES_OF = Seek(entry, ("urn", "known_to"))
STATEMENT_BY_ID = Seek(statement, ("id",), unique=True)
READINGS_OF = Seek(reading, ("urn", "position"))
FILE_BY_STREAM = Seek(file, ("originator_id",))
DOCUMENT_BY_STREAM = Seek(document, ("originator_id",))

TIMELINE_SEEKS: Sequence[Seek] = (
    ENTRIES_OF,
    Seek(entry, ("known_to", "visible_on")),
    Seek(entry, ("entry_id", "known_from")),
    STATEMENT_BY_ID,
    READINGS_OF,
    Seek(reading, ("statement",)),
    Seek(authority, ("urn", "known_to")),
    Seek(identifier, ("scheme", "value")),
    Seek(moment, ("known_by",)),
    Seek(known_until, ("urn", "kind", "since", "until", "position")),
    Seek(comparison, ("urn", "position")),
)
FILES_SEEKS: Sequence[Seek] = (FILE_BY_STREAM,)
DOCUMENTS_SEEKS: Sequence[Seek] = (DOCUMENT_BY_STREAM, Seek(document, ("statement",)))
PLANS_SEEKS: Sequence[Seek] = (
    Seek(plan, ("plan",), unique=True),
    Seek(plan, ("urn",)),
    Seek(plan_fact, ("plan", "row")),
    Seek(question_stream, ("stream",), unique=True),
    Seek(plan_convention, ("urn",)),
)
MEETINGS_SEEKS: Sequence[Seek] = (
    Seek(meeting, ("meeting",), unique=True),
    Seek(meeting, ("urn",)),
    Seek(meeting_fact, ("meeting", "row")),
    Seek(engagement_fact, ("activity", "row")),
)
AUDIT_SEEKS: Sequence[Seek] = (
    Seek(audit_event, ("seq",), unique=True),
    Seek(audit_event, ("urn", "position")),
    Seek(audit_event, ("plan", "position")),
    Seek(audit_event, ("name", "position")),
    Seek(audit_event, ("actor", "position")),
)


class Shelf:
    """The tables of one projection in one generation: the live ones, or those of a rebuild beside them."""

    def __init__(self, tables: MetaData, seeks: Sequence[Seek], generation: int, *, shadow: bool) -> None:
        self.generation = generation
        self.shadow = shadow
        self.seeks = tuple(seeks)
        self._made: set[Seek] = set() if shadow else set(self.seeks)
        names = MetaData()
        self.tables = {table.name: table.to_metadata(names, name=self.name_of(table)) for table in tables.sorted_tables}
        self.metadata = names

    def name_of(self, table: Table) -> str:
        return f"{table.name}_g{self.generation}" if self.shadow else table.name

    def __getitem__(self, table: Table) -> Table:
        return self.tables[table.name]

    def index(self, seek: Seek) -> Index:
        """The index of this generation, not yet made; its name carries the generation, which outlives the swap."""
        table = self[seek.table]
        name = f"by_{seek.table.name}_{'_'.join(seek.columns)}_g{self.generation}"
        found = next((index for index in table.indexes if index.name == name), None)
        return found if found is not None else Index(name, *(table.c[c] for c in seek.columns), unique=seek.unique)

    def missing(self) -> tuple[Seek, ...]:
        return tuple(seek for seek in self.seeks if seek not in self._made)

    def make(self, connection: Connection, seek: Seek) -> None:
        """Make the index unless it is there."""
        if seek not in self._made:
            self.index(seek).create(connection)
            self._made.add(seek)
