"""The signer: its key, and every checkpoint it ever signed, in a folder outside the database.

It remembers what it signed last and signs nothing that does not begin with it: a log cut short, restored from an old
copy or rewritten gets no checkpoint."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from domain.ledger.merkle import Frontier
from domain.ledger.notes import Checkpoint, NotANote, Note, PublicKey, public_key, rotation_text, sign
from domain.ledger.trail import Head, Trail
from domain.values.errors import RuleBroken, StoreUnavailable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LONGEST_NOTE = 4_096
"""Bytes; a checkpoint with a signature takes some 300."""


class Signer:
    """Signs the checkpoints of one log. Making one reads and writes nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._key = folder / "signing_key.pem"
        self._next_key = folder / "next_signing_key.pem"
        self._keys = folder / "public_keys"
        self._checkpoints = folder / "checkpoints"

    # --- what anybody may read ---------------------------------------------------------------------------------------

    def checkpoints(self) -> list[Note]:
        """Every checkpoint signed so far, the oldest first. Raises StoreUnavailable where the file cannot be read."""
        return _notes(self._checkpoints, _text(self._checkpoints))

    def public_keys(self) -> list[PublicKey]:
        """The signer's keys so far, the oldest first: the first is the one to pin."""
        try:
            return [PublicKey.read(line) for line in _text(self._keys).splitlines()]
        except NotANote as wrong:
            raise StoreUnavailable(f"{self._keys} is damaged: {wrong}.") from wrong

    def newest(self, *, covering: int = 0) -> Note | None:
        """The newest checkpoint, if it covers that many entries. Only the end of the file is read."""
        for note in self.latest(1):
            return note if Checkpoint.read(note.text).size >= covering else None
        return None

    def latest(self, most: int) -> list[Note]:
        """The newest checkpoints, the oldest of them first. Only the end of the file is read."""
        end = _end(self._checkpoints, most * LONGEST_NOTE).rstrip("\n")
        if not end:
            return []
        return _notes(self._checkpoints, "\n\n".join(end.rsplit("\n\n", 2 * most)[-2 * most :]) + "\n")

    def count(self) -> int:
        """How many checkpoints were signed so far; none is looked into."""
        return _text(self._checkpoints).count("\n\n— ")

    def of_size(self, size: int) -> Note | None:
        """The newest checkpoint of that many entries; no other is looked into."""
        text = _text(self._checkpoints)
        at = text.rfind(f"\n{size}\n")
        if at < 0:
            return None
        before = text.rfind("\n\n", 0, at)
        signatures = text.find("\n\n", at) + 2
        end = text.find("\n\n", signatures)
        note = text[0 if before < 0 else before + 2 : len(text) if end < 0 else end + 1]
        return _notes(self._checkpoints, note)[-1]

    def has_lost_its_checkpoints(self) -> bool:
        """Whether there is a key, and the file of what it signed is gone."""
        return self._keys.exists() and not self._checkpoints.exists()

    # --- signing -----------------------------------------------------------------------------------------------------

    def checkpoint(self, trail: Trail, *, at: datetime) -> Note:
        """The log as it is now, signed; the last checkpoint again where nothing was added since.

        Raises RuleBroken where the log is not a continuation of the last checkpoint, or its tree is damaged."""
        with self._alone():
            head = trail.head()
            if self.has_lost_its_checkpoints():
                raise RuleBroken(
                    f"What this key signed before is gone: {self._checkpoints} is not there. Put it back, or give "
                    "TIMELINE_SIGNING_HOME a new folder and tell whoever keeps checkpoints. Nothing was signed."
                )
            last = self.newest()
            signed = None if last is None else Checkpoint.read(last.text)
            if signed is not None:
                _must_go_on_from(signed, head)
            _must_be_whole(trail, head, signed)
            if last is not None and signed is not None and signed.size == head.size:
                return last
            key = self._private_key(head.origin)
            text = Checkpoint(head.origin, head.size, head.root, f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}").text
            note = sign(text, (head.origin, key))
            _append(self._checkpoints, f"\n{note}" if last is not None else str(note))
            return note

    def rotation(self, origin: str, *, at: datetime) -> tuple[PublicKey, PublicKey, Note]:
        """A new key, not in use yet, and the note by which the old one gives way to it, signed by both."""
        with self._alone():
            old = self._private_key(origin)
            new = _load(self._next_key) or _make(self._next_key)
            was, now = public_key(origin, old), public_key(origin, new)
            return was, now, sign(rotation_text(was, now, at), (origin, old), (origin, new))

    def rotate(self, now: PublicKey) -> None:
        """Put the new key in the old one's place, once its rotation is in the log."""
        with self._alone():
            if now not in self.public_keys():
                _append(self._keys, f"{now}\n")
            with suppress(FileNotFoundError):
                os.replace(self._next_key, self._key)
            _to_disk(self.folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One signer at a time."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as fault:
            raise StoreUnavailable(f"The signer's folder {self.folder} cannot be used: {fault.strerror}.") from fault
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _private_key(self, origin: str) -> Ed25519PrivateKey:
        """The key; made when there is none and nothing was ever signed."""
        key = _load(self._key)
        if key is None:
            if _text(self._checkpoints):
                raise RuleBroken(f"The signing key is gone: {self._key} is not there, the checkpoints it signed are.")
            _append(self._checkpoints, "")  # from now on its absence tells of a loss
            key = _make(self._key)
        if public_key(origin, key) not in self.public_keys():
            _append(self._keys, f"{public_key(origin, key)}\n")
        return key


def _must_go_on_from(signed: Checkpoint, head: Head) -> None:
    if signed.origin != head.origin:
        raise RuleBroken(
            f"This is another log: it is called {head.origin}, and the last checkpoint here was of {signed.origin}. "
            "Nothing was signed."
        )
    if head.size < signed.size:
        raise RuleBroken(
            f"The log has {head.size:,} entries, and {signed.size:,} were signed on {signed.time}: it was cut short, "
            "or an old copy was put in its place. Nothing was signed."
        )


def _must_be_whole(trail: Trail, head: Head, signed: Checkpoint | None) -> None:
    """Every leaf is read, and nothing else believed: they make up the head, and what was signed is their beginning."""
    frontier = Frontier()
    stop = 0 if signed is None else signed.size
    hashes = (bytes(leaf) for _, _, leaf in trail.leaves())
    frontier.extend(islice(hashes, stop))
    if signed is not None and (frontier.size, frontier.root()) != (signed.size, signed.root):
        raise RuleBroken(
            f"The first {signed.size:,} entries are not those signed on {signed.time}: the log was changed. "
            "Nothing was signed. Run: flask --app wsgi ledger verify"
        )
    frontier.extend(hashes)
    if (frontier.size, frontier.root()) != (head.size, head.root):
        raise RuleBroken("The tree is damaged: its leaves do not make up its head. Run: flask --app wsgi ledger verify")


def _notes(path: Path, text: str) -> list[Note]:
    try:
        notes = list(Note.read_all(text))
        for note in notes:
            Checkpoint.read(note.text)
    except NotANote as wrong:
        raise StoreUnavailable(f"{path} is damaged: {wrong}.") from wrong
    return notes


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as fault:
        raise StoreUnavailable(f"{path} cannot be read.") from fault


def _end(path: Path, most: int) -> str:
    """The last bytes of a file, from a whole character on."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - most))
            return file.read().decode(errors="ignore")
    except FileNotFoundError:
        return ""
    except OSError as fault:
        raise StoreUnavailable(f"{path} cannot be read.") from fault


def _append(path: Path, text: str) -> None:
    """Add to the end of a file in one write, and see it on the disk."""
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o644)
    try:
        os.write(handle, text.encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    _to_disk(path.parent)


def _load(path: Path) -> Ed25519PrivateKey | None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as fault:
        raise StoreUnavailable(f"The key {path} cannot be read.") from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise StoreUnavailable(f"The key {path} is not an Ed25519 key.")
    return key


def _make(path: Path) -> Ed25519PrivateKey:
    """A new key in a file that only its owner may read."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.generate()
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    try:
        os.write(handle, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(draft, path)
    _to_disk(path.parent)
    return key


def _to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
