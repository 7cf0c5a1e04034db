"""What anybody may check: checkpoints, proofs, receipts, the verification of the whole log, and its export.

`docs/ledger-format.md` says how to check the same without this product."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid5

from domain.application import Application
from domain.facts import Fact, Told
from domain.ledger.exporting import export
from domain.ledger.kept import KeptCheckpoint, checkpoints_in, key_in, receipt_in, remembered_in, with_receipt
from domain.ledger.kept import remember as keep_in_mind
from domain.ledger.merkle import root_at
from domain.ledger.notes import Checkpoint, NotANote, Note
from domain.ledger.proofs import Document, consistency, proof, receipt
from domain.ledger.signing import Signer
from domain.ledger.store import Ledger, Saved, in_plain_words, saves
from domain.ledger.verifying import UNVOUCHED, CheckOutcome, CheckStep, Report, verify
from domain.values.errors import CorruptEvent, NotFound, RuleBroken, StoreUnavailable
from domain.values.statements import Source

__all__ = [
    "UNVOUCHED",
    "Audit",
    "CheckOutcome",
    "CheckStep",
    "Document",
    "Recorded",
    "Report",
    "Saved",
    "Signed",
    "saves",
]


@dataclass(frozen=True)
class Signed:
    """A size and root that somebody kept: a checkpoint with the note as `text` and its key's id, or, where both are
    blank, what a verification remembered. `root` is base64, `time` UTC."""

    size: int
    root: str
    time: str
    key: str = ""
    text: str = ""


@dataclass(frozen=True)
class Recorded:
    """What was recorded: its first and last entry, both inclusive, and the commands that wrote them, in order; no
    command where the log does not name it, as of events kept before there was a tree."""

    first: int
    last: int
    commands: tuple[UUID, ...]


class ReadModels(Protocol):
    """The read side beside a replay of the log, as `projections.replay.Replay` has it."""

    def carried_on(self) -> str | None:
        """When the replay kept from the last time was begun, if it serves still and agrees with the tables."""

    def anew(self) -> Sequence[str]:
        """In words, how the tables differ from a replay of every event. Raises StoreUnavailable, CorruptEvent."""

    def keep(self) -> None:
        """Keep the replay that was compared with for the next time."""


ROTATIONS = UUID("5b7cf0a9-2f0e-5a44-8f2d-7f5f3c0d9e62")


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""


class Audit:
    """One log, its signer's folder, and the file where `verify` remembers what it found.

    Only `sign` and `rotate` use the private key; everything else works where there is none."""

    def __init__(self, ledger: Ledger, signing: Path, remembered: Path) -> None:
        self._ledger = ledger
        self._signer = Signer(signing)
        self._remembered = remembered

    # --- checkpoints -------------------------------------------------------------------------------------------------

    def sign(self, *, at: datetime) -> str:
        """The log as it is now as a signed checkpoint; the last one again where nothing was added since.

        Raises RuleBroken where the log does not continue what was signed last."""
        with self._ledger.trail() as trail:
            return str(self._signer.checkpoint(trail, at=at))

    def checkpoint(self) -> str:
        """The newest checkpoint that was signed. Raises NotFound where none was."""
        newest = self._signer.newest()
        if newest is None:
            raise NotFound("No checkpoint was signed yet. Sign one with: flask --app wsgi ledger checkpoint")
        return str(newest)

    def signed(self, most: int) -> list[Signed]:
        """The newest checkpoints that were signed, the newest first."""
        return [_signed(Checkpoint.read(note.text), note) for note in reversed(self._signer.latest(most))]

    def times_signed(self) -> int:
        """How many checkpoints were signed."""
        return self._signer.count()

    def signed_at(self, size: int) -> Signed:
        """The newest checkpoint of that many entries. Raises NotFound."""
        note = self._signer.of_size(size)
        if note is None:
            raise NotFound(f"No checkpoint of {size:,} entries was signed.")
        return _signed(Checkpoint.read(note.text), note)

    def remembered(self) -> list[Signed]:
        """What verifications remembered here, the newest first."""
        return [_signed(one.checkpoint) for one in reversed(remembered_in(self._remembered))]

    def origin(self) -> str:
        """The log's name."""
        with self._ledger.trail() as trail:
            return trail.head().origin

    def head(self) -> Signed:
        """The log as it is now, not signed."""
        with self._ledger.trail() as trail:
            head = trail.head()
        return Signed(head.size, head.root_text, "")

    def public_key(self) -> str:
        """The signer's key of today, as it is handed out. Raises NotFound where there is none."""
        keys = self._signer.public_keys()
        if not keys:
            raise NotFound("There is no signing key yet. It is made with the first: flask --app wsgi ledger checkpoint")
        return str(keys[-1])

    def rotate(self, application: Application, *, at: datetime) -> str:
        """Make a new key, put the statement that both keys signed into the log, and sign with the new one from then on.

        Gives the new public key. Cut short anywhere, it is finished by doing it again."""
        with self._ledger.trail() as trail:
            origin = trail.head().origin
        was, now, note = self._signer.rotation(origin, at=at)
        command = uuid5(ROTATIONS, str(now))
        by = Told("signer", command, Source("signer", "The signer of this log"), at)
        application.replace_signing_key(was=str(was), now=str(now), note=str(note), by=by)
        self._signer.rotate(now)
        return str(now)

    # --- proofs ------------------------------------------------------------------------------------------------------

    def proof(self, seq: int) -> Document:
        """One entry, its place in the tree, and the newest checkpoint if that covers it; entries count from 1.

        Raises NotFound where there is no such entry, RuleBroken where it is not the one the tree was made of."""
        with self._ledger.trail() as trail:
            return proof(trail, seq, self._signer.newest(covering=seq))

    def seq_of(self, position: int) -> int | None:
        """The number in the tree of the event at a position of the log; None where there is none."""
        with self._ledger.trail() as trail:
            return next(iter(trail.numbers_of(position, position)), None)

    def together(self, position: int) -> Recorded | None:
        """All that was recorded by the command that wrote the event at a position; None where the tree has no such
        event. Raises NotFound where the event itself is gone."""
        with self._ledger.trail() as trail:
            seq = next(iter(trail.numbers_of(position, position)), None)
            if seq is None:
                return None
            command = trail.entry(seq)[0].command
            if not command:
                return Recorded(seq, seq, ())
            first, last = self._ledger.positions_of(UUID(command)) or (position, position)
            numbers = trail.numbers_of(first, last)
            return Recorded(numbers[0], numbers[-1], (UUID(command),))

    def recorded(self, saves: Sequence[Saved]) -> Recorded | None:
        """The entries of saves, as `saves` noted them; None where there were none."""
        if not saves:
            return None
        with self._ledger.trail() as trail:
            ends = [trail.numbers_of(one.first, one.last) for one in (saves[0], saves[-1])]
        return Recorded(ends[0][0], ends[1][-1], tuple(one.command for one in saves)) if all(ends) else None

    def until(self, position: int) -> tuple[int, str] | None:
        """Size and root of the tree up to the event at a position; None where the tree has no such event."""
        with self._ledger.trail() as trail:
            size = next(iter(trail.numbers_of(position, position)), None)
            return None if size is None else (size, b64encode(root_at(size, trail.node())).decode())

    def receipt_of(self, of: UUID | Fact) -> Document:
        """The receipt of a command, by its id or any fact of it: each entry it wrote, proved as in `proof`.

        Raises NotFound where the command was never kept."""
        command = of if isinstance(of, UUID) else of.command
        positions = self._ledger.positions_of(command)
        if positions is None:
            raise NotFound("Nothing was kept under that command.")
        with self._ledger.trail() as trail:
            return receipt(trail, command, positions, self._signer.newest())

    def consistency(self, old: int, new: int) -> Document:
        """That the first `old` entries are the beginning of the first `new`."""
        with self._ledger.trail() as trail:
            return consistency(trail, old, new)

    # --- the whole ---------------------------------------------------------------------------------------------------

    def verify(
        self,
        *,
        checkpoints: Sequence[Path] = (),
        receipts: Sequence[Path] = (),
        key: str | None = None,
        read_models: ReadModels | None = None,
        anew: bool = False,
        progress: Callable[[int, int], None] = _unseen,
        remember: bool = False,
        at: datetime,
    ) -> Report:
        """All seven checks. `checkpoints` and `receipts` are files that somebody kept; `key` is the pinned public key,
        by default the signer's first. Without `read_models` they are left out; `anew` replays every event for them
        even where the replay of the last time would serve.

        `remember` keeps the size and root found, if nothing is wanting, for the next time. A log that cannot be read to
        its end is reported as not checked. Raises StoreUnavailable where one of the files cannot be read."""
        pinned = [key_in(key)] if key is not None else self._signer.public_keys()[:1]
        shown = [claim for path in receipts for claim in receipt_in(path)]
        kept = [
            *(KeptCheckpoint.signed(note, "the signer's") for note in self._signer.checkpoints()),
            *remembered_in(self._remembered),
            *(one for path in checkpoints for one in checkpoints_in(path)),
            *dict.fromkeys(map(with_receipt, shown)),
        ]
        with ThreadPoolExecutor(max_workers=2) as beside:  # the databases do this by themselves, while we hash
            damage = beside.submit(self._damage)
            begun = beside.submit(read_models.carried_on) if read_models is not None and not anew else None
            try:
                with self._ledger.trail() as trail:
                    report = verify(trail, kept=kept, keys=pinned, receipts=shown, progress=progress)
                damaged = damage.result()
            except StoreUnavailable as fault:
                report = Report()
                report.remarks.append(f"the log could not be read to its end: {fault.__cause__ or fault}")
                return report
        for what in damaged:
            report.wanting(CheckStep.EVENTS, what)
        if self._signer.has_lost_its_checkpoints():
            report.unchecked(CheckStep.CHECKPOINTS, "there is a signing key, and the checkpoints it signed are gone")
        _check_read_models(report, read_models, begun.result() if begun is not None else None)
        if remember and report.head is not None and report.exit_code == 0:
            keep_in_mind(self._remembered, report.head, at)
        return report

    def _damage(self) -> list[str]:
        with in_plain_words():
            return list(self._ledger.recorder.damage())

    def export(self, target: Path, *, at: datetime) -> int:
        """Write what the verifier in one file needs; gives how many events. Raises RuleBroken where there is a file."""
        with self._ledger.trail() as trail:
            return export(trail, target, self._signer.public_keys(), self._signer.checkpoints(), at=at)


def must_be_checkpoints(text: str) -> None:
    """Raises RuleBroken where a text is not one signed checkpoint or several."""
    try:
        notes = list(Note.read_all(text.replace("\r\n", "\n").strip("\n") + "\n"))
        for note in notes:
            Checkpoint.read(note.text)
    except NotANote as wrong:
        raise RuleBroken(
            f"What you entered is not a checkpoint: {wrong}. Enter the whole note, as it was printed."
        ) from wrong


def _signed(checkpoint: Checkpoint, note: Note | None = None) -> Signed:
    key = "" if note is None else note.signatures[0][1].hex()
    text = "" if note is None else str(note)
    return Signed(checkpoint.size, b64encode(checkpoint.root).decode(), checkpoint.time, key, text)


def _check_read_models(report: Report, read_models: ReadModels | None, begun: str | None) -> None:
    """Against the replay that was begun at an instant, or else a new one: always where the log itself is wanting, for
    then nothing that was kept stands for it."""
    if read_models is None:
        report.outcomes[CheckStep.READ_MODELS] = CheckOutcome.NOT_ASKED
        return
    sound = not report.faults
    try:
        differing: Sequence[str] = () if begun is not None and sound else read_models.anew()
    except (CorruptEvent, StoreUnavailable) as fault:
        report.unchecked(CheckStep.READ_MODELS, str(fault))
        return
    for what in differing:
        report.wanting(CheckStep.READ_MODELS, what)
    report.passed(CheckStep.READ_MODELS)
    if sound:
        read_models.keep()
        if begun is not None:
            report.remarks.append(f"the read side agrees with a replay begun at {begun} and carried on since")
