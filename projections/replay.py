"""Are the tables what the log comes to? A replay of the log, kept beside them, says so.

The replay is made once from the first event and then carried on. It serves as long as it was made by this very program
from a log that begins with what it was made of; else, and before anything is found wanting, it is made anew. Decision
0023."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from domain.values.errors import StoreUnavailable
from projections.catalogue import PROJECTIONS
from projections.engine.log import ReadableLedger
from projections.engine.projector import ProjectionMark, Projector, Stopped, migrate
from projections.engine.replay_snapshots import SnapshotFile, SnapshotPlace, place_for
from projections.engine.table_diff import rows_differing

TRIES = 10
"""How often tables are compared anew because somebody wrote in between."""

ROOT = Path(__file__).resolve().parent.parent

Tree = Callable[[int], tuple[int, str] | None]
"""Size and root of the log's tree up to the event at a position; None where the tree has no such event."""


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class ReplayNote:
    """What a kept replay was made of: the log up to `position`, where the tree had this size and root, by the program
    of that digest; begun at an instant, UTC. It is of the replay in that `place` alone, as it was when it had the
    place's `seal`."""

    place: str
    seal: str
    program: str
    begun: str
    position: int
    size: int
    root: str


class Replay:
    """One installation's replay, in a place of its own, with the note in a folder; to be entered, for one at a time may
    use it. Where another holds it, or the folder cannot be written, a replay is made for this once."""

    def __init__(
        self,
        projector: Projector,
        engine: Engine,
        ledger: ReadableLedger,
        folder: Path,
        *,
        tree: Tree,
        at: datetime,
        progress: Callable[[int, int], None] = _unseen,
    ) -> None:
        self._projector, self._engine, self._ledger = projector, engine, ledger
        self._folder, self._tree, self._at, self._progress = folder, tree, at, progress
        self._open = ExitStack()
        self._ours = self._made = False
        self._note: ReplayNote | None = None
        self._place: SnapshotPlace

    def __enter__(self) -> Replay:
        with suppress(OSError, SQLAlchemyError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
            self._open.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._place = place_for(self._engine, self._folder)
            self._ours = self._place.take(self._open)
        if not self._ours:
            self._place = SnapshotFile(Path(self._open.enter_context(TemporaryDirectory(prefix="timeline-replay-"))))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(SQLAlchemyError):
            self._open.close()

    # --- comparing ---------------------------------------------------------------------------------------------------

    def carried_on(self) -> str | None:
        """When the kept replay was begun, if it agrees with the tables once it was carried on; None where there is none
        that serves, or where it does not agree: then only a replay made anew can tell."""
        note = self._noted()
        if note is None or self._tree(note.position) != (note.size, note.root):
            return None
        try:
            beside = self._place.kept()
            if beside is None:
                return None
            try:
                replayed = Projector(beside, self._ledger, PROJECTIONS)
                stands = set(_positions(replayed.marks()).values()) == {note.position}
                if not stands or self._place.seal(beside) != note.seal:
                    return None
                differing, position, seal = self._compared(replayed, beside)
                if differing:
                    return None
                self._note = note if position == note.position else self._of(seal, position, note.begun)
            finally:
                beside.dispose()
        except (SQLAlchemyError, StoreUnavailable):
            return None
        return note.begun

    def anew(self) -> Sequence[str]:
        """In words, every row of the tables that is not as a replay from the first event makes it; empty if none.

        Raises StoreUnavailable where the log cannot be replayed to its end, or others write so fast that the two never
        stand at the same position."""
        self._note = None
        beside = self._place.making()
        self._made = True
        try:
            migrate(beside, PROJECTIONS)
            replayed = Projector(beside, self._ledger, PROJECTIONS)
            try:
                replayed.rebuild(progress=self._progress)
            except Stopped as stopped:
                raise StoreUnavailable(f"A replay of the log is not possible: {stopped}.") from stopped
            differing, position, seal = self._compared(replayed, beside)
            self._note = self._of(seal, position, self._at.isoformat(timespec="seconds"))
        finally:
            beside.dispose()
        return differing

    def keep(self) -> None:
        """Keep what was compared with for the next time. To be called where nothing is wrong with the log itself."""
        if not self._ours or self._note is None:
            return
        with suppress(OSError, SQLAlchemyError):
            if self._made:
                self._place.replace()
                self._made = False
            draft = self._folder / "note.new"
            draft.write_text(json.dumps(asdict(self._note)), encoding="utf-8")
            draft.replace(self._folder / "note.json")

    def _compared(self, replayed: Projector, beside: Engine) -> tuple[list[str], int, str]:
        """What differs, the position at which both stand, and the replay's seal from before they were compared."""
        for _ in range(TRIES):
            before = _positions(self._projector.catch_up())
            if before == _positions(replayed.catch_up()):
                seal = self._place.seal(beside)
                found = list(rows_differing(PROJECTIONS, self._engine, beside))
                if before == _positions(self._projector.marks()):
                    return found, max(before.values()), seal
            elif stopped := [mark for mark in self._projector.marks().values() if mark.stopped_at is not None]:
                return [f"{mark.name} stopped at position {mark.stopped_at}: {mark.error}" for mark in stopped], 0, ""
        raise StoreUnavailable("Others keep writing: the read side never stood still to be compared. Try again later.")

    # --- keeping -----------------------------------------------------------------------------------------------------

    def _noted(self) -> ReplayNote | None:
        """What is noted of the replay in this place, if this program made it and nobody else holds it."""
        if not self._ours:
            return None
        try:
            note = ReplayNote(**json.loads((self._folder / "note.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return note if (note.place, note.program) == (self._place.name, _program()) else None

    def _of(self, seal: str, position: int, begun: str) -> ReplayNote | None:
        """Of a replay that stands at a position; None where that is no place in the tree."""
        found = self._tree(position)
        return None if found is None else ReplayNote(self._place.name, seal, _program(), begun, position, *found)


def _positions(marks: Any) -> dict[str, int]:
    held: dict[str, ProjectionMark] = dict(marks)
    return {name: mark.position for name, mark in held.items()}


@cache
def _program() -> str:
    """A digest of everything that decides what rows are made: the files of the domain and of the read side."""
    digest = sha256()
    for part in ("domain", "projections"):
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()
