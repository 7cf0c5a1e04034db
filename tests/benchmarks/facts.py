"""The history that is measured: real reports and findings, or made-up ones of the same shape, and a log of any length
made of them."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid5

from eventsourcing.persistence import StoredEvent

from domain.application import Application
from domain.authorities.authority import Authority
from domain.facts import Told
from domain.files.importing import FileOfStatements
from domain.frameworks import Area, Framework, Grade
from domain.ledger.store import Ledger, open_ledger
from domain.register.register import REGISTER
from domain.values.judgements import Judgements
from domain.values.statements import Channel, Citation, Family, Kind, Observation, Source, Stated, Variant, Verbatim
from tests import CHECKOUT
from web.files.run import import_paths
from web.intake.reading import read_file

HEARD = datetime(2026, 8, 4, 9, 30, tzinfo=UTC)
TODAY = date(2026, 8, 4)
AS_IF = UUID("4b7a9a53-0f3f-5f39-9d39-2f5f5b7f9e01")
OFFICER = Source("report_in_hand", "Ofsted report", None, TODAY)

EVENTS_A_SAVE, BYTES_A_SAVE = 500, 150_000
"""What the recorder takes at once."""

_ID = re.compile(rb'(?:(?<="statement":")|(?<="activity":"))([0-9a-f]{32})')
_URN = re.compile(rb'(?<="urn":")(\w+)')


def real_files() -> Path | None:
    """The folder of real published files, where there is one."""
    shared = os.environ.get("TIMELINE_SHARED")
    folder = (Path(shared) if shared else CHECKOUT.parent / "shared") / "data"
    return folder if folder.is_dir() else None


def origin() -> str:
    return "real reports and findings" if real_files() else "MADE-UP reports and findings: no real files here"


def four_files(folder: Path) -> list[Path]:
    """Both JT-39 histories and both of Ofsted's releases."""
    return [*sorted((folder / "jt39_history").glob("*.csv")), *sorted((folder / "ofsted_official").glob("*.ods"))]


# --- one England ----------------------------------------------------------------------------------------------------


def import_reports(timeline: Application) -> None:
    """The register, and every report of the newest JT-39 history."""
    timeline.authorities.register_authorities(at=HEARD)
    folder = real_files()
    if folder is None:
        timeline.files.read_file(_as_file(_made_up_reports()), actor="import", at=HEARD)
    else:
        import_paths(timeline, [sorted((folder / "jt39_history").glob("*.csv"))[-1]], actor="import")


def findings() -> dict[str, list[tuple[date, tuple[str, ...]]]]:
    """By URN: the day a report was published, and what it says needs to improve."""
    folder = real_files()
    if folder is None:
        observed: Sequence[Observation] = _made_up_reports()
        items = tuple(f"{n}. The timeliness of assessments, and the oversight of plans for children." for n in range(3))
        texts = dict.fromkeys(observed, items)
    else:
        path = folder / "recommendations" / "what_needs_to_improve.csv"
        observed = read_file(path, register=REGISTER, today=TODAY).observations
        texts = {observation: observation.said.improvements for observation in observed}
    found: dict[str, list[tuple[date, tuple[str, ...]]]] = defaultdict(list)
    for observation in observed:
        if observation.said.published is not None:
            found[observation.urn].append((observation.said.published, texts[observation]))
    return found


def england(folder: Path) -> list[StoredEvent]:
    """One event for each authority, report and finding; an authority's reports come in one command, as an import
    tells them, and each report's findings in one, as a form does."""
    with open_ledger(folder / "england.db", create=True) as ledger:
        timeline = Application(ledger)
        import_reports(timeline)
        log: list[StoredEvent] = list(ledger.recorder.select_notifications(1, ledger.max_position()))
        for urn, reports in findings().items():
            authority = timeline.authorities.authority(urn)
            for published, texts in reports:
                _find(authority, published, texts)
            log += [ledger.mapper.to_stored_event(fact) for fact in authority.collect_events()]
    return log


def _find(authority: Authority, published: date, texts: Sequence[str]) -> None:
    activity = next((a for a in authority.activities if a.published == published), None)
    if activity is not None:
        by = Told("local", uuid5(activity.id, "findings"), OFFICER, HEARD)
        for text in texts:
            authority.record_finding(activity.id, text=text, priority=False, by=by)


def _made_up_reports() -> list[Observation]:
    """As many, as long and as far apart as the real ones."""
    areas = (Area.OVERALL_EFFECTIVENESS, Area.IMPACT_OF_LEADERS, Area.HELP_AND_PROTECTION)
    grades = tuple(Grade)
    cells = Verbatim(tuple((f"column_{n}", f"cell {n} as it stood") for n in range(12)))
    reports = []
    for place, row in enumerate(REGISTER):
        for number in range(3):
            start = date(2018, 1, 8) + timedelta(weeks=130 * number + place % 120)
            grade = grades[(place + number) % len(grades)]
            said = Stated(
                Kind.INSPECTION,
                start=start,
                end=start + timedelta(days=11),
                published=start + timedelta(days=50),
                framework=Framework.ILACS,
                variant=Variant.SHORT if (place + number) % 2 else Variant.STANDARD,
                grades=Judgements(tuple((area, grade) for area in areas)),
            )
            address = Citation("Report", f"https://reports.example/{row.facts.urn}/{number}")
            reports.append(
                Observation(
                    row.facts.urn, Family.SCRAPE, Channel.JT39_HISTORY, said, citations=(address,), verbatim=cells
                )
            )
    return reports


def _as_file(observations: Sequence[Observation]) -> FileOfStatements:
    return FileOfStatements(
        name="reports.csv",
        digest=sha256(b"reports").hexdigest(),
        layout="made_up",
        source=Source("scrape", "Made-up reports"),
        read_on=TODAY,
        edition=None,
        rows=len(observations),
        rejected=0,
        observations=observations,
    )


# --- as many Englands as it takes -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Pattern:
    """An event cut at the ids in it, so that its copies differ in nothing else."""

    event: StoredEvent
    between: tuple[bytes, ...]
    ids: tuple[int, ...]

    @classmethod
    def of(cls, event: StoredEvent) -> _Pattern:
        parts = _ID.split(event.state)
        return cls(event, tuple(parts[0::2]), tuple(int(part, 16) for part in parts[1::2]))

    def state(self, salt: int) -> bytes:
        state = self.between[0]
        for identity, after in zip(self.ids, self.between[1:], strict=True):
            state += b"%032x" % (identity ^ salt) + after
        return state


def copies(events: Sequence[StoredEvent], count: int) -> Iterator[StoredEvent]:
    """The events over and over, each time under new URNs and new ids, `count` in all."""
    patterns = [_Pattern.of(event) for event in events]
    streams: dict[UUID, UUID] = {}
    for place in range(count):
        number, which = divmod(place, len(patterns))
        if which == 0:
            salt = uuid5(AS_IF, str(number)).int
            streams.clear()
        pattern = patterns[which]
        event, state = pattern.event, pattern.state(salt)
        named = UUID(str(event.originator_id))
        stream = streams.get(named)
        if stream is None:
            if event.topic == "authority.registered":
                state = _URN.sub(rb"%03d\1" % number, state)
                found = _URN.search(state)
                assert found is not None
                stream = Authority.create_id(found[1].decode())
            else:
                stream = uuid5(named, str(number))
            streams[named] = stream
        yield StoredEvent(stream, event.originator_version, event.topic, state)


def write(ledger: Ledger, events: Iterator[StoredEvent]) -> None:
    """Put events into a log through its recorder, as many at once as it takes."""
    batch: list[StoredEvent] = []
    size = 0
    for number, event in enumerate(events):
        if batch and (len(batch) == EVENTS_A_SAVE or size + len(event.state) > BYTES_A_SAVE):
            ledger.recorder.insert_events(batch, command=uuid5(AS_IF, f"save {number}"))
            batch, size = [], 0
        batch.append(event)
        size += len(event.state)
    if batch:
        ledger.recorder.insert_events(batch, command=uuid5(AS_IF, "last save"))
