"""Was the log altered? Seven checks, each named, and every entry that differs.

What the database says of itself shows a careless change, and where. Whoever rebuilds the tree as well is found by what
is kept outside: checkpoints say that something changed, and between which entries; receipts say which."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from domain.facts import SigningKeyReplaced, stored_name
from domain.ledger.kept import KeptCheckpoint
from domain.ledger.leaves import Leaves, LogEntry
from domain.ledger.merkle import WIDTH, Frontier
from domain.ledger.notes import PublicKey, trusted
from domain.ledger.proofs import Claim
from domain.ledger.trail import Head, Trail, TreeDamaged

ROTATED = stored_name(SigningKeyReplaced).encode()
"""Stored name of the fact by which one signing key gives way to another."""

UNVOUCHED = "Nothing inside the store is altered; nothing kept outside vouches for it yet"
"""The verdict where everything is right, and no checkpoint that was signed or brought covers any of it."""

AT_ONCE = 2_000

AFTER_ALL = 2**63

NO_COMMAND = (0, 0, b"", b"")


class CheckStep(Enum):
    """What is looked at, in this order."""

    EVENTS = "events"
    TREE = "tree"
    CHECKPOINTS = "checkpoints"
    SIGNATURES = "signatures"
    VERSIONS = "versions"
    READ_MODELS = "read_models"
    RECEIPTS = "receipts"


class CheckOutcome(Enum):
    """How a check came out. Only `ok` is good news; `not_asked` is what the caller chose to leave out."""

    OK = "ok"
    WANTING = "found_wanting"
    UNCHECKED = "could_not_check"
    NOTHING = "nothing_to_check"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it should be; `seq` and `position` where it is about one entry."""

    step: CheckStep
    what: str
    seq: int | None = None
    position: int | None = None

    def __str__(self) -> str:
        """One line, beginning with where it is."""
        where = (("entry", self.seq), ("position", self.position))
        named = ", ".join(f"{name} {number:,}" for name, number in where if number is not None)
        return f"{named or 'the log'}: {self.what}"


@dataclass
class Report:
    """What was found. `faults` is in the order of checks and entries; `remarks` are no faults but worth knowing.

    `vouched_for` is how many first entries a signed or brought checkpoint covers that agrees."""

    head: Head | None = None
    outcomes: dict[CheckStep, CheckOutcome] = field(
        default_factory=lambda: dict.fromkeys(CheckStep, CheckOutcome.UNCHECKED)
    )
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    vouched_for: int = 0

    @property
    def exit_code(self) -> int:
        """0: everything that could be checked is right; 1: found wanting; 2: something could not be checked."""
        if self.faults or CheckOutcome.WANTING in self.outcomes.values():
            return 1
        return 2 if CheckOutcome.UNCHECKED in self.outcomes.values() else 0

    def wanting(self, step: CheckStep, what: str, seq: int | None = None, position: int | None = None) -> None:
        self.faults.append(Fault(step, what, seq, position))
        self.outcomes[step] = CheckOutcome.WANTING

    def unchecked(self, step: CheckStep, why: str) -> None:
        if self.outcomes[step] is not CheckOutcome.WANTING:
            self.outcomes[step] = CheckOutcome.UNCHECKED
        self.remarks.append(f"{step.value.replace('_', ' ')} could not be checked: {why}")

    def passed(self, step: CheckStep) -> None:
        if self.outcomes[step] is CheckOutcome.UNCHECKED:
            self.outcomes[step] = CheckOutcome.OK

    def document(self) -> dict[str, Any]:
        return {
            "ok": self.exit_code == 0,
            "origin": self.head and self.head.origin,
            "size": self.head and self.head.size,
            "root": self.head and self.head.root_text,
            "made_later": self.head and self.head.made_later,
            "vouched_for": self.vouched_for,
            "first_bad_position": min((f.position for f in self.faults if f.position is not None), default=None),
            "checks": {step.value: outcome.value for step, outcome in self.outcomes.items()},
            "faults": [
                {"check": fault.step.value, "seq": fault.seq, "position": fault.position, "what": fault.what}
                for fault in self.faults
            ],
            "remarks": self.remarks,
        }


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""


def verify(
    trail: Trail,
    *,
    kept: Sequence[KeptCheckpoint] = (),
    keys: Sequence[PublicKey] = (),
    receipts: Sequence[Claim] = (),
    progress: Callable[[int, int], None] = _unseen,
) -> Report:
    """Everything but the read models, which are not the log's. `keys` are the pinned ones."""
    report = Report()
    try:
        report.head = trail.head()
    except TreeDamaged as broken:
        report.wanting(CheckStep.TREE, str(broken))
    read = _Reading(trail, report, {one.checkpoint.size for one in kept}, {claim.seq for claim in receipts})
    read.run(progress)
    _check_head(report, read)
    _check_tiles(trail, report, read)
    for step in (CheckStep.EVENTS, CheckStep.TREE, CheckStep.VERSIONS):
        report.passed(step)
    _check_checkpoints(report, read, kept)
    _check_signatures(report, read, kept, keys)
    _check_receipts(report, read, receipts)
    order = list(CheckStep)
    report.faults.sort(key=lambda fault: order.index(fault.step))
    return report


class _Reading:
    """One pass over events, commands and leaves side by side, in the order of positions."""

    def __init__(self, trail: Trail, report: Report, sizes: Iterable[int], numbers: Iterable[int]) -> None:
        self._trail, self._report = trail, report
        self._leaf = Leaves(report.head.origin if report.head else "").leaf
        self._made_later, self._begun = (
            (report.head.made_later, report.head.begun.encode()) if report.head else (0, b"")
        )
        self._sizes = sorted(size for size in sizes if size > 0)
        self._numbers = frozenset(numbers)
        self.frontier = Frontier()
        self.tiles: list[tuple[int, int, bytes]] = []
        self.roots = {0: Frontier().root()}
        self.rotations: list[str] = []
        self.later_still: list[int] = []
        self.found: dict[int, tuple[bytes, LogEntry | None]] = {}

    def run(self, progress: Callable[[int, int], None]) -> None:
        report, total = self._report, self._report.head.size if self._report.head else 0
        leaves = self._leaves()
        leaf = next(leaves, None)
        commands = self._commands()
        command, following = NO_COMMAND, next(commands)
        versions: dict[bytes, int] = defaultdict(int)
        latest, backwards, previous = b"", 0, 0
        for count, (position, stream, version, topic, state, as_stored) in enumerate(self._trail.events(), start=1):
            while following[0] <= position:
                self._ended(command, previous)
                command, following = following, next(commands)
            previous = position
            who, when = (command[2], command[3]) if position <= command[1] else (b"", b"")
            while leaf is not None and leaf[1] < position:
                self._gone(leaf)
                leaf = next(leaves, None)
            if leaf is None or leaf[1] != position:
                report.wanting(CheckStep.EVENTS, "an event that the tree does not have", position=position)
            else:
                seq, _, hashed = leaf
                try:
                    same = as_stored and self._leaf(stream, version, topic, state, when, who) == hashed
                except TypeError:
                    same = False
                if seq <= self._made_later and when > self._begun:
                    self.later_still.append(seq)
                if not same:
                    what = f"the event is not the one that was kept: {_named(stream, version, topic)}"
                    report.wanting(CheckStep.EVENTS, what, seq, position)
                if seq in self._numbers:
                    entry = LogEntry(
                        position, _word(stream), version, _word(topic), bytes(state or b""), _word(when), _word(who)
                    )
                    self.found[seq] = (bytes(hashed), entry)
                leaf = next(leaves, None)
            if version != versions[stream] + 1:
                what = f"version {version} of stream {_word(stream)} follows version {versions[stream]}"
                report.wanting(CheckStep.VERSIONS, what, position=position)
            versions[stream] = version if type(version) is int else 0
            if when < latest:
                backwards += 1
            else:
                latest = when
            if topic == ROTATED:
                self.rotations.append(_rotation(state))
            if not count % AT_ONCE:
                progress(count, max(count, total))
        for later in (command, following, *commands):
            if later[0] < AFTER_ALL:
                self._ended(later, previous)
        while leaf is not None:
            self._gone(leaf)
            leaf = next(leaves, None)
        if backwards:
            report.remarks.append(f"{backwards:,} entries were saved at a time before that of an earlier one")

    def _ended(self, command: tuple[int, int, bytes, bytes], previous: int) -> None:
        if previous < command[1]:
            what = f"command {_word(command[2])} wrote up to here, and its last event is gone from the log"
            self._report.wanting(CheckStep.EVENTS, what, position=command[1])

    def _gone(self, leaf: tuple[int, int, bytes]) -> None:
        seq, position, hashed = leaf
        self._report.wanting(CheckStep.EVENTS, "its event is gone from the log", seq, position)
        if seq in self._numbers:
            self.found[seq] = (bytes(hashed), None)

    def _commands(self) -> Iterator[tuple[int, int, bytes, bytes]]:
        """Commands whose row can be read, and one more that comes after every event."""
        latest = 0
        for first, last, who, when, as_stored in self._trail.commands():
            if not as_stored or not latest < first <= last:
                what = (
                    f"the row of command {_word(who)} is damaged: positions {first} to {last}, after one up to {latest}"
                )
                self._report.wanting(CheckStep.EVENTS, what)
            if type(first) is int and type(last) is int:
                latest = last
                yield first, last, who or b"", when or b""
        yield AFTER_ALL, AFTER_ALL, b"", b""

    def _leaves(self) -> Iterator[tuple[int, int, bytes]]:
        """The stored leaves as they come; on the way the tree is made of them again."""
        report, gathered, latest = self._report, list[bytes](), 0
        stops = iter([*self._sizes, 2**63])
        stop = next(stops)
        for number, (seq, position, hashed) in enumerate(self._trail.leaves(), start=1):
            if seq != number + self._missing:
                report.wanting(CheckStep.TREE, f"entries {number + self._missing:,} to {seq - 1:,} are missing", seq)
                self._missing = seq - number
            if type(position) is not int or position <= latest:
                report.wanting(CheckStep.TREE, "its leaf is out of order", seq)
                position = latest
            if type(hashed) is not bytes or len(hashed) != WIDTH:
                report.wanting(CheckStep.TREE, "its leaf is not a hash", seq, position)
                hashed = bytes(WIDTH)
            latest = position
            gathered.append(hashed)
            if number == stop or len(gathered) == AT_ONCE:
                self.tiles += self.frontier.extend(gathered)
                gathered = []
                if number == stop:
                    self.roots[number] = self.frontier.root()
                    stop = next(stops)
            yield seq, position, hashed
        self.tiles += self.frontier.extend(gathered)

    _missing = 0


def _check_head(report: Report, read: _Reading) -> None:
    head, frontier = report.head, read.frontier
    if head is None:
        return
    if head.size != frontier.size:
        report.wanting(CheckStep.TREE, f"the head counts {head.size:,} entries, there are {frontier.size:,} leaves")
    elif head.root != frontier.root():
        report.wanting(CheckStep.TREE, "the leaves do not make up the head's root")
    if later := read.later_still:
        what = f"the head counts {head.made_later:,} entries as older than the tree; {len(later):,} were saved after it"
        report.wanting(CheckStep.TREE, f"{what} was begun", later[0])
    elif head.made_later:
        report.remarks.append(
            f"entries 1 to {head.made_later:,} were there before the tree; their leaves were made at migration on "
            f"{head.begun[:10]}: so the store says itself, and no checkpoint covers it"
        )


def _check_tiles(trail: Trail, report: Report, read: _Reading) -> None:
    stored = {(level, number): bytes(tile) for level, number, tile in trail.tiles()}
    made = {(level, number): tile for level, number, tile in read.tiles}
    if differing := sorted(key for key in stored.keys() | made.keys() if stored.get(key) != made.get(key)):
        where = ", ".join(f"level {level} number {number}" for level, number in differing)
        report.wanting(CheckStep.TREE, f"nodes kept for proofs are not those of the leaves: {where}")


def _check_checkpoints(report: Report, read: _Reading, kept: Sequence[KeptCheckpoint]) -> None:
    """Each names the log, a size it has, and the root over that many of its leaves.

    Where all were only remembered here and agree there was nothing to check: the machine agrees with itself."""
    outside = [one for one in kept if not one.remembered_here]
    if not outside:
        report.outcomes[CheckStep.CHECKPOINTS] = CheckOutcome.NOTHING
        report.remarks.append("no checkpoint was there to compare with: nothing outside the store vouches for it")
    agreed, remembered = 0, None
    origin = report.head.origin if report.head else None
    for one in sorted(kept, key=lambda one: one.checkpoint.size):
        checkpoint = one.checkpoint
        of = f"the checkpoint of {checkpoint.size:,} entries ({checkpoint.time or 'no time'}, {one.where})"
        if checkpoint.origin != origin:
            report.wanting(CheckStep.CHECKPOINTS, f"{of} is of another log, {checkpoint.origin}")
        elif checkpoint.size > read.frontier.size:
            report.wanting(CheckStep.CHECKPOINTS, f"the log is shorter, {read.frontier.size:,} entries, than {of}")
        elif read.roots[checkpoint.size] != checkpoint.root:
            what = f"{of} is of other entries: one from {agreed + 1:,} to {checkpoint.size:,} was changed since"
            report.wanting(CheckStep.CHECKPOINTS, what)
        else:
            agreed = checkpoint.size
            if one.remembered_here:
                remembered = checkpoint
            else:
                report.vouched_for = checkpoint.size
    report.passed(CheckStep.CHECKPOINTS)
    if remembered is not None:
        report.remarks.append(
            f"what verifications remembered on this machine agrees, up to {remembered.size:,} entries "
            f"({remembered.time}); that does not bind whoever runs it"
        )
    if (
        outside
        and report.vouched_for < read.frontier.size
        and report.outcomes[CheckStep.CHECKPOINTS] is CheckOutcome.OK
    ):
        after, size = report.vouched_for + 1, read.frontier.size
        told = f"entry {size:,} is" if after == size else f"entries {after:,} to {size:,} are"
        report.remarks.append(f"{told} after the last checkpoint")


def _check_signatures(
    report: Report, read: _Reading, kept: Sequence[KeptCheckpoint], pinned: Sequence[PublicKey]
) -> None:
    notes = [one for one in kept if one.note is not None]
    if not notes and not read.rotations:
        report.outcomes[CheckStep.SIGNATURES] = CheckOutcome.NOTHING
        return
    if not pinned:
        report.unchecked(CheckStep.SIGNATURES, "no public key is pinned; give one with --key")
        return
    try:
        keys = trusted(pinned, read.rotations)
        unsigned = [one for one in notes if one.note is not None and one.note.by(keys) is None]
    except ImportError:
        report.unchecked(CheckStep.SIGNATURES, "the library cryptography is not installed")
        return
    for one in unsigned:
        what = f"the checkpoint of {one.checkpoint.size:,} entries ({one.where}) is not signed by the pinned key"
        report.wanting(CheckStep.SIGNATURES, what)
    report.passed(CheckStep.SIGNATURES)


def _check_receipts(report: Report, read: _Reading, receipts: Sequence[Claim]) -> None:
    if not receipts:
        report.outcomes[CheckStep.RECEIPTS] = CheckOutcome.NOTHING
        return
    origin = report.head.origin if report.head else None
    for claim in receipts:
        if fault := claim.fault():
            report.wanting(CheckStep.RECEIPTS, f"the receipt does not prove itself: {fault}", claim.seq)
        elif claim.origin != origin:
            report.wanting(CheckStep.RECEIPTS, f"the receipt is of another log, {claim.origin}", claim.seq)
        elif claim.seq not in read.found:
            what = "the log has no such entry any more" if claim.seq > read.frontier.size else "its event is gone"
            report.wanting(CheckStep.RECEIPTS, what, claim.seq, claim.position)
        elif claim.entry is None:
            _check_withheld(report, read, claim)
        else:
            leaf, entry = read.found[claim.seq]
            if leaf != claim.leaf or entry is None or _changed(claim.entry, entry):
                what = f"the entry is not the one the receipt shows: {_difference(claim.entry, entry)}"
                report.wanting(CheckStep.RECEIPTS, what, claim.seq, claim.position)
    report.passed(CheckStep.RECEIPTS)


def _check_withheld(report: Report, read: _Reading, claim: Claim) -> None:
    """The leaf at that number is the one shown; of the event nothing is shown that could be checked."""
    told = "the document withholds the event, so that only its leaf and the path from it could be checked"
    report.remarks.append(f"entry {claim.seq:,}: {told}")
    leaf, entry = read.found[claim.seq]
    if leaf != claim.leaf or entry is None:
        what = "its event is gone" if entry is None else "its leaf is another than the document shows"
        report.wanting(CheckStep.RECEIPTS, what, claim.seq, claim.position)


PARTS = ("stream", "version", "topic", "state", "recorded_at", "command")


def _changed(one: LogEntry, other: LogEntry) -> list[str]:
    return [part for part in PARTS if getattr(one, part) != getattr(other, part)]


def _difference(claimed: LogEntry, found: LogEntry | None) -> str:
    if found is None:
        return "its event is gone"
    names = {"state": "recorded bytes", "recorded_at": "time of recording"}
    parts = ", ".join(names.get(part, part) for part in _changed(claimed, found))
    return f"its {parts} changed" if parts else "only its leaf changed"


def _named(stream: bytes, version: object, topic: bytes) -> str:
    return f"{_word(topic)}, version {version} of stream {_word(stream)}"


def _word(raw: bytes | None) -> str:
    return bytes(raw or b"").decode(errors="replace")


def _rotation(state: bytes) -> str:
    try:
        return str(json.loads(state)["note"])
    except (ValueError, TypeError, KeyError):
        return ""
