"""A log with what an auditor keeps of it, to be harmed by a test."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from domain.audit import Audit, CheckOutcome, CheckStep, Report
from domain.ledger.store import Ledger, open_ledger
from domain.values.errors import StoreUnavailable
from tests.faults.writers import withdrawals

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
COVERED, ALL = 102, 120


def audit_of(ledger: Ledger, folder: Path) -> Audit:
    return Audit(ledger, folder / "signing", folder / "remembered")


def keep(ledger: Ledger, count: int = 3, stream: UUID | None = None, after: int = 0) -> UUID:
    command = uuid4()
    ledger.save(*withdrawals(count, command, stream=stream, after=after), command=command)
    return command


def verified(audit: Audit, **kept: Any) -> Report:
    """All seven checks; there are no read models in these stores."""
    return audit.verify(read_models=Beside(), at=AT, **kept)


class Beside:
    """A read side that differs from a replay in what it is given, or cannot be replayed."""

    def __init__(self, *differing: str, away: bool = False) -> None:
        self._differing, self._away = differing, away

    def carried_on(self) -> None: ...

    def anew(self) -> tuple[str, ...]:
        if self._away:
            raise StoreUnavailable("gone")
        return self._differing

    def keep(self) -> None: ...


def found_wanting(report: Report) -> set[CheckStep]:
    return {step for step, outcome in report.outcomes.items() if outcome is CheckOutcome.WANTING}


class Kept:
    """A log of 120 events in 40 saves, signed at 102, and what a member kept of it."""

    def __init__(self, where: str, folder: Path) -> None:
        self.where, self.folder = where, folder
        with open_ledger(where) as ledger:
            audit = audit_of(ledger, folder)
            self.commands = [keep(ledger) for _ in range(COVERED // 3)]
            self.note = audit.sign(at=AT)
            self.commands += [keep(ledger) for _ in range((ALL - COVERED) // 3)]
            self.receipts = [self._write(f"{seq}.json", audit.proof(seq)) for seq in (55, 57, 60, 95, 115)]
            self.origin = audit.proof(1)["origin"]
        self.checkpoint = folder / "kept by a member"
        self.checkpoint.write_text(self.note, encoding="utf-8")

    def _write(self, name: str, document: object) -> Path:
        path = self.folder / name
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    def verify(self, *, checkpoints: bool = False, receipts: bool = False) -> Report:
        """With what is asked for, and nothing of the signer's."""
        key = (self.folder / "signing" / "public_keys").read_text(encoding="utf-8")
        with open_ledger(self.where) as ledger:
            audit = Audit(ledger, self.folder / "nobody signed here", self.folder / "nor remembered")
            return verified(
                audit,
                checkpoints=[self.checkpoint] if checkpoints else [],
                receipts=self.receipts if receipts else [],
                key=key,
            )
