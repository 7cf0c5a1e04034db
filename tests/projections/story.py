"""Histories told to a real ledger, and what they come to by replaying the log without any table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Engine, select

from domain.authorities.authority import Authority
from domain.authorities.dossier import Dossier
from domain.authorities.reconciliation import reconcile
from domain.facts import (
    AreaForImprovementFound,
    AuthorityAbolished,
    AuthorityRenamed,
    AuthoritySucceeded,
    DisagreementSettled,
    EntriesRecognisedAsDistinct,
    EntryFact,
    EntryWithdrawn,
    Fact,
    FieldworkStarted,
    FileRead,
    FindingsCompared,
    ReportPublished,
    SelfEvaluationShared,
    SourceStated,
    Told,
)
from domain.files.source_file import SourceFile
from domain.frameworks import Area, Grade
from domain.ledger.store import Ledger
from domain.rulebook.pathway import DEFAULT_POLICY
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity
from domain.values.judgements import Judgements
from domain.values.known_until import KnownSpan
from domain.values.statements import Channel, Citation, Family, Kind, Source, Stated, Verbatim
from projections.catalogue import PROJECTIONS
from projections.engine.database import open_store, reading
from projections.engine.projector import Projection, Projector, migrate
from projections.engine.reader import Reader

NAMES = UUID("3f0f7f3e-1b7c-5a52-9b0e-7c2a4d3e9f10")
HOLIDAYS = BankHolidays(frozenset(), date(2000, 1, 1), date(2030, 12, 31))
STOCKTON, LEEDS, CUMBRIA = "80563", "80507", "80449"
FAMILY_OF = {Channel.OFSTED_LATEST: Family.OFSTED_STATISTICS, Channel.FORM: Family.REPORT_IN_HAND}
FIRST = datetime(2024, 1, 1, 9, 0, tzinfo=UTC)


@dataclass
class Store:
    """A ledger and its read side, with a clock that the test moves."""

    ledger: Ledger
    engine: Engine
    now: datetime = FIRST
    told: int = 0

    @property
    def projector(self) -> Projector:
        return Projector(self.engine, self.ledger, PROJECTIONS)

    @property
    def reader(self) -> Reader:
        return Reader(self.engine, holidays=HOLIDAYS, policy=DEFAULT_POLICY)

    def by(self, source: Source | None = None, reason: str | None = None) -> Told:
        """Who tells; every command is a minute after the one before."""
        self.told += 1
        self.now += timedelta(minutes=1)
        command = uuid5(NAMES, f"command {self.told}")
        return Told("local", command, source or Source("form", "Form"), self.now, reason)

    def register(self, urn: str, name: str, **words: Any) -> None:
        by = self.by()
        authority = Authority.register(
            urn=urn,
            name=name,
            la_number=words.get("la_number", urn[-3:]),
            gss_code=words.get("gss_code", f"E{urn}"),
            region="North East",
            ofsted_region="North East, Yorkshire and the Humber",
            aliases=words.get("aliases", ()),
            by=by,
        )
        self.ledger.save(authority, command=by.command)

    def tell(self, urn: str, *facts: tuple[type[Fact], dict[str, Any]], by: Told | None = None) -> UUID:
        """Keep facts as one command, without asking whether they may be; gives the id its first fact is about."""
        by = by or self.by()
        authority = self.ledger.load(Authority, Authority.create_id(urn))
        assert authority is not None
        activity = uuid5(NAMES, f"activity {self.told}")
        for fact, words in facts:
            if issubclass(fact, EntryFact):
                words = {"activity": activity, **words}
            authority.tell(fact, by, **words)
        self.ledger.save(authority, command=by.command)
        return activity

    def state(
        self,
        urn: str,
        *said: Stated,
        channel: Channel = Channel.JT39_HISTORY,
        read_on: date,
        about: UUID | None = None,
    ) -> list[UUID]:
        """A published file states something of an authority, or of an entry by name; gives the statements' ids."""
        family = FAMILY_OF.get(channel, Family.SCRAPE)
        by = self.by(Source("file", f"{channel.value} of {read_on}", None, read_on))
        ids = [uuid5(NAMES, f"statement {self.told} {number}") for number in range(len(said))]
        facts = [
            (
                SourceStated,
                {
                    "statement": name,
                    "family": family,
                    "channel": channel,
                    "edition": read_on if family is Family.OFSTED_STATISTICS else None,
                    "about": about,
                    "said": one,
                    "citations": (Citation("Report", "https://reports.ofsted.gov.uk/provider/44/1"),),
                    "verbatim": Verbatim((("name", "a cell"),)),
                },
            )
            for name, one in zip(ids, said, strict=True)
        ]
        self.tell(urn, *facts, by=by)
        return ids

    def read_file(
        self,
        name: str,
        *,
        read_on: date,
        restated: Sequence[UUID] = (),
        finish: bool = True,
        kind: str = "file",
        edition: date | None = None,
        tells: tuple[KnownSpan, ...] | None = None,
    ) -> None:
        by = self.by(Source(kind, name, None, read_on))
        file = SourceFile.open(name=name, digest=f"{self.told:064x}", layout="made up", by=by)
        self.ledger.save(file, command=by.command)
        if finish:
            by = self.by(Source(kind, name, None, read_on))
            said = {"rows": 3, "rejected": 0, "restated": restated, "tells": tells}
            file.close(read_on=read_on, edition=edition, last=True, by=by, **said)
            self.ledger.save(file, command=by.command)


def open_read_side(ledger: Ledger, where: str, projections: Sequence[Projection] = PROJECTIONS) -> Store:
    """A store beside the ledger at a path, or in the same PostgreSQL database."""
    store = beside(ledger, where)
    migrate(store.engine, projections)
    return store


def beside(ledger: Ledger, where: str) -> Store:
    """The same where the read side is prepared already."""
    return Store(ledger, open_store(where if where.startswith("postgres") else Path(where).with_name("projections.db")))


def inspection(start: date, published: date | None = None, grade: Grade = Grade.GOOD, **words: Any) -> Stated:
    grades = Judgements.of({Area.OVERALL_EFFECTIVENESS: grade, Area.HELP_AND_PROTECTION: Grade.GOOD})
    return Stated(
        Kind.INSPECTION,
        start=start,
        end=start + timedelta(days=4),
        published=published,
        grades=grades if published else Judgements(),
        **words,
    )


def tell_a_varied_history(store: Store) -> None:
    """Everything that can happen to tables: new, changed, joined, parted, withdrawn, settled, read again, renamed."""
    store.register(STOCKTON, "Stockton-on-Tees", aliases=("Stockton",))
    store.register(LEEDS, "Leeds")
    store.register(CUMBRIA, "Cumbria")
    first = inspection(
        date(2019, 5, 20), date(2019, 7, 1), Grade.REQUIRES_IMPROVEMENT, improvements=("Plans.", "Visits.")
    )
    one = store.state(STOCKTON, first, read_on=date(2024, 1, 5))
    store.state(
        STOCKTON,
        inspection(date(2019, 5, 21), date(2019, 7, 1)),
        channel=Channel.OFSTED_LATEST,
        read_on=date(2024, 3, 31),
    )
    two = store.state(
        LEEDS,
        Stated(Kind.FOCUSED_VISIT, start=date(2022, 9, 6), published=date(2022, 10, 20), focus="Front door"),
        Stated(Kind.INSPECTION, published=date(2022, 4, 25)),
        read_on=date(2024, 1, 5),
    )
    store.state(LEEDS, inspection(date(2022, 2, 21)), channel=Channel.D2I_OVERVIEW, read_on=date(2024, 2, 1))
    store.read_file("JT-39 of April", read_on=date(2024, 4, 1), restated=[*one, *two], kind="jt39")
    held = store.tell(
        CUMBRIA,
        (FieldworkStarted, {"kind": None, "started_on": date(2022, 11, 7)}),
        (
            ReportPublished,
            {"judgements": Judgements.of({Area.IN_CARE: Grade.GOOD}), "published_on": date(2022, 12, 20)},
        ),
    )
    store.tell(CUMBRIA, (AreaForImprovementFound, {"activity": held, "text": "The quality of plans."}))
    store.tell(
        CUMBRIA,
        (AuthoritySucceeded, {"successors": (LEEDS,), "succeeded_on": date(2023, 4, 1)}),
        (AuthorityAbolished, {"abolished_on": date(2023, 4, 1)}),
    )
    store.tell(LEEDS, (AuthorityRenamed, {"name": "City of Leeds", "effective_on": date(2023, 6, 1)}))
    store.tell(
        LEEDS,
        (EntryWithdrawn, {"activity": two[0], "statements": (two[0],)}),
        by=store.by(reason="Another authority's visit."),
    )
    settled = Stated(Kind.INSPECTION, start=date(2019, 5, 20))
    store.tell(STOCKTON, (DisagreementSettled, {"activity": one[0], "said": settled}), by=store.by(reason="Page 1."))
    store.tell(STOCKTON, (SelfEvaluationShared, {"shared_on": date(2024, 1, 9), "period": None}))
    store.state(STOCKTON, Stated(Kind.FOCUSED_VISIT, start=date(2019, 8, 20)), read_on=date(2024, 5, 1))
    store.tell(STOCKTON, (EntriesRecognisedAsDistinct, {"one": one[0], "other": held}), by=store.by(reason="No."))
    store.state(STOCKTON, inspection(date(2023, 1, 30), date(2023, 3, 20)), read_on=date(2024, 6, 1))
    compared = {"activity": one[0], "text": "Plans.", "earlier": two[1], "earlier_text": "Planning.", "same": False}
    store.tell(STOCKTON, (FindingsCompared, compared), by=store.by(reason="Read both."))
    store.read_file("Statistics", read_on=date(2024, 6, 1), edition=date(2024, 6, 1), kind="ofsted_statistics")
    store.read_file("Cut short", read_on=date(2024, 6, 2), finish=False)


def facts_known_by(ledger: Ledger, known_at: datetime | None) -> list[Fact]:
    """The log as far as it was told by an instant; what follows a later one in the log was told later still."""
    found: list[Fact] = []
    for _, fact in ledger.read_facts():
        if known_at is not None and fact.timestamp > known_at:
            break
        found.append(fact)
    return found


def replayed(ledger: Ledger, urn: str, *, as_at: date, known_at: datetime | None) -> list[Activity]:
    """What is held of an authority, by replaying everything."""
    dossier = Dossier(urn)
    for fact in facts_known_by(ledger, known_at):
        if isinstance(fact, FileRead):
            for name in fact.restated:
                if name in dossier.statements:
                    dossier.restate(name, read_on=fact.read_on, edition=fact.edition)
        elif fact.originator_id == Authority.create_id(urn):
            dossier.apply(fact)
    seen = [activity.as_seen_on(as_at) for activity in reconcile(dossier)]
    return [activity for activity in seen if activity is not None and activity.kind is not Kind.NOT_YET_INSPECTED]


def contents(engine: Engine, projection: Projection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a projection, in order of its columns."""
    with reading(engine) as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for name, table in projection.tables.tables.items()
        }
