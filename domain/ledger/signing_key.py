"""A key that signs the log's checkpoints in another's place: one stream per key, begun when it took over."""

from __future__ import annotations

from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate

from domain import facts
from domain.facts import Told, told

KEYS = UUID("3c1d0a52-4f7e-5b0f-9a55-5a6f7d2e8c11")


class SigningKey(Aggregate):
    """Begun by the statement that its predecessor and it both signed; nothing happens to it afterwards."""

    @staticmethod
    def create_id(now: str) -> UUID:
        return uuid5(KEYS, now)

    def __init__(self, was: str, now: str, note: str) -> None:
        self.was, self.now, self.note = was, now, note

    @classmethod
    def replace(cls, *, was: str, now: str, note: str, by: Told) -> SigningKey:
        """The key `now` signs from now on in the place of `was`; `note` is signed by both."""
        return cls._create(facts.SigningKeyReplaced, id=cls.create_id(now), was=was, now=now, note=note, **told(by))

    def apply(self, fact: facts.Fact) -> None:
        """Its words were taken when its stream began."""
        if not isinstance(fact, facts.SigningKeyReplaced):
            raise TypeError(f"A signing key does not know the fact {type(fact).__name__}.")
