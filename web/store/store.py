"""One installation's store: the ledger, the door for writing, the read side that follows it, and who people are.

Everything is opened when first used, after the process was forked, and kept for the life of the process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

from flask import Flask, current_app

from domain.values.errors import StoreMissing
from web.store.settings import Settings, bank_holidays

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from domain.application import Application
    from domain.audit import Audit
    from domain.ledger.erasure_keys import ErasureKeys
    from domain.ledger.store import Ledger
    from domain.rulebook.pathway import Policy
    from projections.engine.projector import Projector
    from projections.engine.reader import Reader
    from projections.replay import Replay
    from web.store.accounts import Accounts
    from web.store.attempts import Attempts
    from web.store.followers import Followers
    from web.store.loaded_lists import LoadedLists
    from web.store.looks import Looks
    from web.store.outbox import Outbox
    from web.store.sessions import Sessions
    from web.store.uploads import Uploads
    from web.store.verifications import Verifications
    from web.store.waiting import Waiting


class Store:
    """What one installation keeps, by its settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._followed_at = float("-inf")
        self.stopped_at: int | None = None

    @property
    def ledger_address(self) -> str | Path:
        return self.settings.database_url or self.settings.home / "ledger.db"

    @property
    def projections_address(self) -> str | Path:
        return self.settings.database_url or self.settings.home / "projections.db"

    @cached_property
    def ledger(self) -> Ledger:
        """The log. Raises StoreMissing where `store migrate` was never run."""
        from domain.ledger.store import open_ledger

        return open_ledger(self.ledger_address)

    @cached_property
    def application(self) -> Application:
        """The only door for writing."""
        from domain.application import Application

        return Application(self.ledger, self.words)

    @property
    def keys_address(self) -> str | Path:
        return self.settings.database_url or self.settings.home / "keys.db"

    @cached_property
    def words(self) -> ErasureKeys:
        """The keys of erasable words; their table is looked for when it is first needed."""
        from domain.ledger.erasure_keys import open_words

        return open_words(self.keys_address)

    @cached_property
    def audit(self) -> Audit:
        """Checkpoints, proofs, receipts and the verification of the log."""
        from domain.audit import Audit

        return Audit(self.ledger, self.settings.signing_folder, self.settings.home / "remembered_checkpoints")

    @cached_property
    def engine(self) -> Engine:
        """The read side's database. Raises StoreMissing where `store migrate` was never run."""
        from projections.engine.database import open_store

        address = self.projections_address
        if isinstance(address, Path) and not address.exists():
            raise StoreMissing(f"There is no store in {address.parent}. Make one with: flask --app wsgi store migrate")
        return open_store(address)

    @property
    def accounts_address(self) -> str | Path:
        return self.settings.database_url or self.settings.home / "people.db"

    @cached_property
    def accounts_engine(self) -> Engine:
        """The database of people. Raises StoreMissing where `store migrate` was never run."""
        from web.store.accounts import open_accounts, prepared

        address = self.accounts_address
        if not isinstance(address, Path) or address.exists():
            engine = open_accounts(address)
            if prepared(engine):
                return engine
            engine.dispose()
        raise StoreMissing("The database of people is missing. Make it with: flask --app wsgi store migrate")

    @cached_property
    def accounts(self) -> Accounts:
        """Names, passwords and set-up links."""
        from web.store.accounts import Accounts

        return Accounts(self.accounts_engine)

    @cached_property
    def sessions(self) -> Sessions:
        """Who is signed in."""
        from web.store.sessions import Sessions

        return Sessions(self.accounts_engine)

    @cached_property
    def attempts(self) -> Attempts:
        """How often something was tried."""
        from web.store.attempts import Attempts

        return Attempts(self.accounts_engine)

    @cached_property
    def loaded_lists(self) -> LoadedLists:
        """What was said of plans' lists when they were last loaded."""
        from web.store.loaded_lists import LoadedLists

        return LoadedLists(self.accounts_engine)

    @cached_property
    def uploads(self) -> Uploads:
        """Files sent in and not yet imported."""
        from web.store.uploads import Uploads

        return Uploads(self.accounts_engine)

    @cached_property
    def looks(self) -> Looks:
        """When the places that files come from were looked at."""
        from web.store.looks import Looks

        return Looks(self.accounts_engine)

    @cached_property
    def waiting(self) -> Waiting:
        """Files from places of which something waits for an officer."""
        from web.store.waiting import Waiting

        return Waiting(self.accounts_engine)

    @cached_property
    def followers(self) -> Followers:
        """Who follows the news, and where it is mailed."""
        from web.store.followers import Followers

        return Followers(self.accounts_engine)

    @cached_property
    def outbox(self) -> Outbox:
        """What became of each mail."""
        from web.store.outbox import Outbox

        return Outbox(self.accounts_engine)

    @cached_property
    def verifications(self) -> Verifications:
        """Verifications of the log that were started on a page."""
        from web.store.verifications import Verifications

        return Verifications(self.accounts_engine)

    @cached_property
    def projector(self) -> Projector:
        from projections.catalogue import PROJECTIONS
        from projections.engine.projector import Projector

        return Projector(self.engine, self.ledger, PROJECTIONS)

    def replay(self, *, at: datetime, progress: Callable[[int, int], None]) -> Replay:
        """A replay of the log to compare the read side with; to be entered."""
        from projections.replay import Replay

        folder = self.settings.home / "replay"
        return Replay(self.projector, self.engine, self.ledger, folder, tree=self.audit.until, at=at, progress=progress)

    @property
    def reader(self) -> Reader:
        """Answers every question, by the rulebook with this installation's policy, from what any process wrote."""
        self.follow()
        return self._reader

    @cached_property
    def _reader(self) -> Reader:
        from projections.engine.reader import Reader

        return Reader(self.engine, holidays=bank_holidays(), policy=self.policy, words=self.words)

    @property
    def policy(self) -> Policy:
        from domain.rulebook.pathway import Policy, SetCInadequate, SetCPathway, WindowAnchor

        return Policy(
            SetCInadequate(self.settings.set_c_inadequate),
            WindowAnchor(self.settings.window_anchor),
            SetCPathway(self.settings.set_c_pathway),
        )

    def migrate(self) -> int:
        """Make what is missing: tables, and the histories of authorities the register knows. Gives how many begun."""
        from domain.ledger.store import migrate as migrate_ledger
        from projections.catalogue import PROJECTIONS
        from projections.engine.database import open_store
        from projections.engine.projector import migrate as migrate_projections
        from web.store.accounts import migrate as migrate_accounts
        from web.store.accounts import open_accounts

        migrate_ledger(self.ledger_address)
        self.words.migrate()
        engine = open_store(self.projections_address)
        try:
            migrate_projections(engine, PROJECTIONS)
        finally:
            engine.dispose()
        self.application.apply_erasures()
        engine = open_accounts(self.accounts_address)
        try:
            migrate_accounts(engine)
        finally:
            engine.dispose()
        begun = self.application.authorities.register_authorities(at=datetime.now(UTC))
        self.projector.catch_up()
        return begun

    def follow(self, *, at_least_every: float = 1.0) -> None:
        """Bring the read side up to what other processes wrote, at most once in so many seconds."""
        if monotonic() - self._followed_at >= at_least_every:
            marks = self.projector.catch_up()
            self.stopped_at = next((m.stopped_at for m in marks.values() if m.stopped_at is not None), None)
            self._followed_at = monotonic()

    def close(self) -> None:
        """Let go of every connection; what is asked for next is opened again."""
        opened = vars(self)
        for name in ("engine", "accounts_engine"):
            if (engine := opened.pop(name, None)) is not None:
                engine.dispose()
        if (ledger := opened.pop("ledger", None)) is not None:
            ledger.close()
        if (words := opened.pop("words", None)) is not None:
            words.close()
        reading = ("application", "audit", "projector", "_reader")
        for made_from_them in (
            *reading,
            "accounts",
            "sessions",
            "attempts",
            "loaded_lists",
            "uploads",
            "looks",
            "waiting",
            "followers",
            "outbox",
            "verifications",
        ):
            opened.pop(made_from_them, None)

    def is_missing(self) -> bool:
        """Whether nothing was ever kept here; only an SQLite store can be told to be missing without asking it."""
        address = self.ledger_address
        return isinstance(address, Path) and not address.exists()


def current_store() -> Store:
    """The store of the app in hand."""
    found: Store = current_app.extensions["timeline"]
    return found


def register(app: Flask, settings: Settings) -> None:
    """Give the app its store; nothing is opened yet."""
    app.extensions["timeline"] = Store(settings)


@contextmanager
def passing() -> Iterator[Store]:
    """A store that knows the authorities and is gone afterwards: for a dry run where there is none yet."""
    with TemporaryDirectory(prefix="timeline-") as home:
        store = Store(Settings(home=Path(home)))
        yield store
        store.close()
