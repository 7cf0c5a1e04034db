"""What was worked out of the log, kept while there is room: what came first goes first."""

from __future__ import annotations

from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Values by key, up to so many facts in all; the newest stays however large it is. For any number of threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[K, tuple[V, int]] = {}
        self._facts = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        found = self._held.get(key)
        return None if found is None else found[0]

    def put(self, key: K, value: V, facts: int) -> None:
        """Keep a value that is made of so many facts, as the newest."""
        with self._lock:
            _, before = self._held.pop(key, (value, 0))
            self._held[key] = (value, facts)
            self._facts += facts - before
            while self._facts > self._most and len(self._held) > 1:
                oldest = next(iter(self._held))
                self._facts -= self._held.pop(oldest)[1]

    def __len__(self) -> int:
        return len(self._held)
