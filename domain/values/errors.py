"""What can be refused, and what can be found wanting. `RuleBroken` and its kin are safe to show to a person."""

from __future__ import annotations

from uuid import UUID


class RuleBroken(Exception):
    """A command was refused. The message says what happened and what to do, in words safe to show."""


class NotFound(RuleBroken):
    """Nothing of that name, number or address is known."""


class EntryAltered(RuleBroken):
    """An entry of the log is not what was recorded, or the tree over it is damaged: nothing of it can be proved."""


class NoRule(LookupError):
    """No row, or more than one, is in force on the date asked."""


class BeyondBankHolidays(NoRule):
    """A count of working days would run past the last year whose bank holidays are known."""


class CorruptEvent(Exception):
    """An event in the log cannot be read: unknown name, unknown field, or bytes that do not decode."""

    def __init__(self, position: int | None, why: str) -> None:
        self.position = position
        self.why = why
        where = "an event" if position is None else f"the event at position {position}"
        super().__init__(f"{where} cannot be read: {why}")


class ConcurrentChange(RuleBroken):
    """Another process changed the same history in between; deciding again on the new state is safe."""

    def __init__(self) -> None:
        super().__init__("Someone else changed this a moment ago. Look at it again, then repeat what you wanted to do.")


class ChangedMeanwhile(RuleBroken):
    """A person decided on an older version of an action than is held: nothing was kept, and both must be shown.

    `seen` and `now` are versions of the plan's stream."""

    def __init__(self, action: int, seen: int, now: int) -> None:
        self.action = action
        self.seen = seen
        self.now = now
        super().__init__(
            f"Somebody else changed action {action} after you opened it. Look at their change, then send yours again."
        )


class EntryChangedMeanwhile(RuleBroken):
    """A person decided on an older state of an entry than is held: nothing was kept, and what is held must be shown."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed this entry a moment ago. Look at what is held now, shown above your answers, and send "
            "it again if it is still right."
        )


class Overtaken(RuleBroken):
    """A person decided on an older version of a meeting, or of an authority's labels, than is held: nothing was kept,
    and both must be shown. `seen` and `now` are versions of it."""

    def __init__(self, what: str, seen: int, now: int) -> None:
        self.seen = seen
        self.now = now
        super().__init__(
            f"Somebody else changed {what} after you opened the form. Look at their change, then send yours again."
        )


class AlreadyArranged(RuleBroken):
    """A meeting of the same committee on the same day is recorded: the person has to look at it first."""

    def __init__(self, meeting: UUID, named: str) -> None:
        self.meeting = meeting
        super().__init__(
            f"{named} is recorded already. Look at it first. If yours is another one, tick the box and send it again."
        )


class CommandAlreadyDone(Exception):
    """A command of this id was kept before: nothing was added. `first` and `last` are the positions of its facts."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        super().__init__(f"This was done already; see positions {first} to {last}.")


class StoreUnavailable(Exception):
    """The store cannot be used; the message is safe to show, the cause is not and is for the log."""


class Busy(StoreUnavailable):
    """Too much is asked at once; asking again later will do."""


class StoreMissing(StoreUnavailable):
    """There is no store at the address, or it was never prepared."""


class StoreTooNew(StoreUnavailable):
    """The store was prepared by a newer version of this program."""


class UnsafeSetting(StoreUnavailable):
    """A setting under which facts could be lost or forged; the program does not start with it."""
