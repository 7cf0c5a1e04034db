"""Words are sealed here, with keys that lie outside the log and can be destroyed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from domain.command import texts_of
from domain.facts import Fact, Told, facts_that_erase, names_of, stored_name
from domain.ledger.erasure_keys import ErasureKeys
from domain.ledger.store import Ledger
from domain.values.errors import StoreMissing
from domain.values.sealed import Place, Sealed, as_words, subject_of


class Sealing:
    """Seals what commands say; without keys nothing is sealed, so nothing is recorded."""

    def __init__(self, ledger: Ledger, keys: ErasureKeys | None = None) -> None:
        self._ledger = ledger
        self._found = keys
        self._erased_to: int | None = None

    def apply_erasures(self) -> int:
        """Destroy again whatever the log says was erased: an old key table may have been put back. Gives how many keys
        there were."""
        upto = self._ledger.max_position()
        gone = [
            subject
            for _, fact in self._ledger.read_facts((self._erased_to or 0) + 1, names=names_of(facts_that_erase()))
            for subject in getattr(fact, "subjects", ())
        ]
        found = self._open.destroy(gone)
        self._erased_to = upto
        return found

    @property
    def keys(self) -> ErasureKeys:
        """The keys, after what the log says was erased is gone from them."""
        if self._erased_to is None:
            self.apply_erasures()
        return self._open

    @property
    def _open(self) -> ErasureKeys:
        if self._found is None:
            raise StoreMissing("The keys of erasable words are not open, so nothing about plans can be recorded.")
        return self._found

    def seal(self, stream: UUID, by: Told, fact: type[Fact], field: str, text: str) -> Sealed:
        """Words that a fact of a stream says in a field, already checked."""
        return self.keys.seal(text, Place(stream, by.command, stored_name(fact), field), subject_of(by.command))

    def reason(self, stream: UUID, by: Told, fact: type[Fact], why: str) -> Sealed:
        return self.seal(stream, by, fact, "why", as_words(why, "the reason"))

    def reason_if_any(self, stream: UUID, by: Told, fact: type[Fact], why: str | None) -> Sealed | None:
        return None if why is None else self.seal(stream, by, fact, "why", as_words(why, "the reason"))

    def words_of(self, command: Any, stream: UUID, by: Told) -> dict[str, Sealed | None]:
        """The words of a command that is a record, checked and sealed, by the name of the field."""
        return sealed_words(command, lambda field, text: self.seal(stream, by, command.tells, field, text))


def sealed_words(command: Any, seal: Callable[[str, str], Sealed]) -> dict[str, Sealed | None]:
    """The words of a command, checked and given to `seal` with the name of the field. Raises RuleBroken."""
    found: dict[str, Sealed | None] = {}
    kind: Any = type(command)
    for name, text in texts_of(kind).items():
        said = getattr(command, name)
        checked = None if said is None else text.check(said, text.called)
        found[name] = None if checked is None else seal(name, checked)
    return found
