"""Signed notes as C2SP writes them: read, checked, refused; and keys that give way to others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.ledger.notes import (
    Checkpoint,
    NotANote,
    Note,
    PublicKey,
    public_key,
    rotated,
    rotation_text,
    sign,
    trusted,
)

NAME = "inspection-timeline/00112233445566778899aabbccddeeff"
ONE, TWO, THREE, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in range(1, 5))
AT = datetime(2026, 5, 1, 10, tzinfo=UTC)
CHECKPOINT = Checkpoint(NAME, 120, bytes(range(32)), "2026-05-01T10:00:00Z")


def key(private: Ed25519PrivateKey, name: str = NAME) -> PublicKey:
    return public_key(name, private)


def rotation(was: Ed25519PrivateKey, now: Ed25519PrivateKey, *signers: Ed25519PrivateKey) -> str:
    return str(sign(rotation_text(key(was), key(now), AT), *((NAME, signer) for signer in signers or (was, now))))


def test_a_key_known_from_the_go_implementation_is_read_and_written_alike():
    """The example of golang.org/x/mod/sumdb/note."""
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    note = (
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    assert str(PublicKey.read(text)) == text
    assert Note.read(note).by([PublicKey.read(text)])
    assert not Note.read(note.replace("answer", "cause")).by([PublicKey.read(text)])
    assert str(Note.read(note)) == note


def test_a_checkpoint_goes_out_and_comes_back():
    note = sign(CHECKPOINT.text, (NAME, ONE))
    again = Note.read(str(note))
    assert again == note
    assert Checkpoint.read(again.text) == CHECKPOINT
    assert again.by([key(TWO), key(ONE)]) == key(ONE)
    assert again.by([key(TWO)]) is None
    assert again.by([key(ONE, "another/log")]) is None


@pytest.mark.parametrize(
    ("old", "new"), [("\n120\n", "\n121\n"), ("AAEC", "AAED"), ("10:00", "10:01"), (NAME, f"{NAME[:-1]}e")]
)
def test_no_part_of_a_signed_text_can_be_changed(old: str, new: str):
    text = str(sign(CHECKPOINT.text, (NAME, ONE)))
    assert old in text
    assert Note.read(text.replace(old, new, 1)).by([key(ONE)]) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "hello\n\n",
        "hello\n\n— name\n",
        "hello\n\n— name AAAA\n",
        "hello\n\n— name not*base64\n",
        "hello\n\n— name AAAAAAAA",
        "\n— name AAAAAAAA\n",
    ],
)
def test_what_is_not_a_signed_note_is_refused(text: str):
    with pytest.raises(NotANote):
        Note.read(text)


def test_many_notes_stand_one_after_another_and_a_torn_end_is_noticed():
    notes = [sign(Checkpoint(NAME, size, bytes(32), "").text, (NAME, ONE)) for size in (1, 2, 3)]
    text = "\n".join(map(str, notes))
    assert list(Note.read_all(text)) == notes
    assert list(Note.read_all("")) == []
    with pytest.raises(NotANote, match="from line 15 on it is not a whole signed checkpoint"):
        list(Note.read_all(text[:-20]))
    with pytest.raises(NotANote, match="from line 1 on it is not a whole signed checkpoint"):
        list(Note.read_all("hello\n"))


@pytest.mark.parametrize(
    "text",
    ["a\n", "a\n1\n", "a\n01\nAA==\n", "a\n-1\n\n", f"a\n1\n{'A' * 43}\n", "a\n1\nAAAA\n", "a\nkey rotation\nx\n"],
)
def test_what_is_not_a_checkpoint_is_refused(text: str):
    with pytest.raises(NotANote):
        Checkpoint.read(text)


@pytest.mark.parametrize(
    "text", ["", "name", "name+00000000+AAAA", f"{NAME}+00000000+{str(key(ONE)).split('+', 2)[2]}"]
)
def test_what_is_not_a_public_key_is_refused(text: str):
    with pytest.raises(NotANote):
        PublicKey.read(text)


def test_a_rotation_needs_both_signatures():
    assert rotated(rotation(ONE, TWO)) == (key(ONE), key(TWO))
    for signers in ((ONE,), (TWO,), (ONE, STRANGER)):
        assert rotated(rotation(ONE, TWO, *signers)) is None
    assert rotated("nonsense") is None
    assert rotated(str(sign(CHECKPOINT.text, (NAME, ONE)))) is None


def test_trust_goes_along_rotations_in_both_directions_and_no_further():
    chain = [rotation(TWO, THREE), rotation(ONE, TWO), "nonsense", rotation(STRANGER, STRANGER)]
    for pinned in (ONE, TWO, THREE):
        assert set(trusted([key(pinned)], chain)) == {key(ONE), key(TWO), key(THREE)}
    assert trusted([key(STRANGER)], chain) == [key(STRANGER)]
    assert trusted([key(ONE)], [rotation(ONE, STRANGER, STRANGER)]) == [key(ONE)]
