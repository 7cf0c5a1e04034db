"""Signed notes and checkpoints as C2SP writes them (signed-note, tlog-checkpoint), with Ed25519.

A note is lines of text, an empty line, and a line for each signature. A checkpoint's text is the log's name, its size,
its root, and here the time of signing."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from domain.ledger.merkle import WIDTH

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = b"\x01"
"""How C2SP numbers this kind of signature."""

ROTATION = "key rotation"
"""Second line of the note by which one key gives way to another; a checkpoint has its size there."""

_NOTE = re.compile(r"((?:[^\n]+\n)+)\n((?:— [^ \n]+ [A-Za-z0-9+/=]+\n)+)")
_SIGNATURE = re.compile(r"— ([^ \n]+) ([A-Za-z0-9+/=]+)\n")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class NotANote(ValueError):
    """Text that is not a signed note, not a checkpoint or not a key; the message says what is wrong with it."""


@dataclass(frozen=True)
class PublicKey:
    """A key that signatures are checked against, with the name it signs under."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    def __str__(self) -> str:
        """As it is handed out: name, id and key, joined by plus signs."""
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.raw).decode()}"

    @classmethod
    def read(cls, text: str) -> PublicKey:
        """Raises NotANote where the text is not a key as `str` writes it."""
        name, _, rest = text.strip().partition("+")
        identity, _, encoded = rest.partition("+")
        raw = _decoded(encoded)
        if not name or re.search(r"\s", name) or raw[:1] != ED25519 or len(raw) != 33:
            raise NotANote("this is not a public key of ours: name+id+key in base64")
        key = cls(name, raw[1:])
        if key.id.hex() != identity:
            raise NotANote("this public key is damaged: its id does not belong to it")
        return key

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this key signed the text."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Note:
    """A text and who signed it: names of keys, their ids and signatures. Nothing is checked by reading it."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def __str__(self) -> str:
        lines = (f"— {name} {b64encode(key + signature).decode()}\n" for name, key, signature in self.signatures)
        return f"{self.text}\n{''.join(lines)}"

    @classmethod
    def read(cls, text: str) -> Note:
        """Raises NotANote."""
        if not (found := _NOTE.fullmatch(text)):
            raise NotANote("this is not a signed note: text, an empty line, then a line for each signature")
        return cls._of(found)

    @classmethod
    def read_all(cls, text: str) -> Iterator[Note]:
        """Notes one after another, an empty line between them. Raises NotANote at the first that is none."""
        at = 0
        while at < len(text):
            if not (found := _NOTE.match(text, at)):
                line = text.count("\n", 0, at) + 1
                raise NotANote(
                    f"from line {line} on it is not a whole signed checkpoint, which is the lines of the log, an empty "
                    "line, and a line for each signature"
                )
            yield cls._of(found)
            at = found.end()
            while text[at : at + 1] == "\n":
                at += 1

    def by(self, keys: Iterable[PublicKey]) -> PublicKey | None:
        """The first of these keys that signed this; None if none did."""
        for key in keys:
            for name, identity, signature in self.signatures:
                if (name, identity) == (key.name, key.id) and key.signed(self.text, signature):
                    return key
        return None

    @classmethod
    def _of(cls, found: re.Match[str]) -> Note:
        signatures = []
        for name, encoded in _SIGNATURE.findall(found[2]):
            raw = _decoded(encoded)
            if len(raw) < 5:
                raise NotANote(f"the signature of {name} is cut short")
            signatures.append((name, raw[:4], raw[4:]))
        return cls(found[1], tuple(signatures))


@dataclass(frozen=True)
class Checkpoint:
    """A tree's size and root at a time, under the log's name."""

    origin: str
    size: int
    root: bytes
    time: str

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\ntime {self.time}\n"

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        """The checkpoint that a note's text is; lines after the third that are not ours are passed over."""
        lines = text.split("\n")
        if len(lines) < 4 or not _NUMBER.fullmatch(lines[1]):
            raise NotANote("this is not a checkpoint: the log's name, its size and its root on a line each")
        root = _decoded(lines[2])
        if len(root) != WIDTH:
            raise NotANote("this is not a checkpoint: the third line is not a root of 32 bytes")
        time = next((line.removeprefix("time ") for line in lines[3:] if line.startswith("time ")), "")
        return cls(lines[0], int(lines[1]), root, time)


def sign(text: str, *keys: tuple[str, Ed25519PrivateKey]) -> Note:
    """The text as a note, signed by private keys, each under a name."""
    return Note(text, tuple((name, public_key(name, key).id, key.sign(text.encode())) for name, key in keys))


def public_key(name: str, key: Ed25519PrivateKey) -> PublicKey:
    return PublicKey(name, key.public_key().public_bytes_raw())


def rotation_text(was: PublicKey, now: PublicKey, at: datetime) -> str:
    """What both keys sign when one gives way to the other."""
    return f"{was.name}\n{ROTATION}\n{was}\n{now}\ntime {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n"


def rotated(text: str) -> tuple[PublicKey, PublicKey] | None:
    """The old and the new key of a rotation that both of them signed; None for anything else."""
    try:
        note = Note.read(text)
        name, kind, was, now, *_ = note.text.split("\n")
        old, new = PublicKey.read(was), PublicKey.read(now)
    except ValueError:
        return None
    agreed = kind == ROTATION and name == old.name == new.name and note.by([old]) and note.by([new])
    return (old, new) if agreed else None


def trusted(pinned: Iterable[PublicKey], rotations: Iterable[str]) -> list[PublicKey]:
    """The pinned keys and every key that rotations, each signed by both its keys, join to them."""
    keys = list(pinned)
    pairs = [pair for text in rotations if (pair := rotated(text))]
    grown = True
    while grown:
        grown = False
        for old, new in pairs:
            for known, other in ((old, new), (new, old)):
                if known in keys and other not in keys:
                    keys.append(other)
                    grown = True
    return keys


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (NotBase64, ValueError) as wrong:
        raise NotANote("something here is not base64") from wrong
