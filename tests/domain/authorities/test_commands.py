"""The door for writing: a command acts once, a file tells its news once, whatever the order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import permutations
from pathlib import Path
from uuid import UUID

import pytest

from domain.application import Application
from domain.authorities.buckets import Bucket
from domain.facts import FileOpened, FileRead, SourceStated, Told
from domain.files.importing import FileOfStatements
from domain.files.source_file import SourceFile
from domain.frameworks import Area, Framework, Grade
from domain.ledger.store import open_ledger
from domain.values.activities import Activity
from domain.values.errors import ConcurrentChange, NotFound, RuleBroken
from domain.values.judgements import Judgements
from domain.values.statements import Channel, Family, Kind, Observation, Source, Stated, Variant

AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
STOCKTON = "80563"


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Application]:
    with open_ledger(tmp_path / "ledger.db", create=True) as ledger:
        door = Application(ledger)
        door.authorities.register_authorities(at=AT)
        yield door


def inspection(channel: Channel, family: Family, help_and_protection: Grade, **dates: object) -> Observation:
    grades = Judgements.of({Area.HELP_AND_PROTECTION: help_and_protection})
    return Observation(STOCKTON, family, channel, Stated(Kind.INSPECTION, grades=grades, **dates))  # type: ignore[arg-type]


def file(name: str, read_on: date, *observations: Observation, edition: date | None = None) -> FileOfStatements:
    return FileOfStatements(
        name=name,
        digest=sha256(f"{name} {read_on}".encode()).hexdigest(),
        layout="test",
        source=Source("file", name),
        read_on=read_on,
        edition=edition,
        rows=len(observations),
        rejected=0,
        observations=observations,
    )


D2I_WRONG = file(
    "d2i.xlsx",
    date(2023, 9, 4),
    inspection(Channel.D2I_OVERVIEW, Family.SCRAPE, Grade.GOOD, start=date(2023, 3, 6), published=date(2023, 5, 9)),
)
D2I_RIGHT = file(
    "d2i.xlsx",
    date(2024, 9, 2),
    inspection(
        Channel.D2I_OVERVIEW,
        Family.SCRAPE,
        Grade.REQUIRES_IMPROVEMENT,
        start=date(2023, 3, 6),
        published=date(2023, 5, 9),
    ),
)
D2I_WRONG_AGAIN = replace(D2I_WRONG, read_on=date(2025, 9, 1), digest="a" * 64)
OFSTED = file(
    "ofsted.ods",
    date(2024, 3, 31),
    Observation(
        STOCKTON,
        Family.OFSTED_STATISTICS,
        Channel.OFSTED_HISTORY,
        Stated(
            Kind.INSPECTION,
            published=date(2023, 5, 9),
            framework=Framework.ILACS,
            variant=Variant.STANDARD,
            grades=Judgements.of({Area.HELP_AND_PROTECTION: Grade.REQUIRES_IMPROVEMENT}),
        ),
    ),
    edition=date(2024, 3, 31),
)


def read(timeline: Application, what: FileOfStatements, *, dry_run: bool = False) -> dict[str, int]:
    outcome = timeline.files.read_file(what, actor="import", at=AT, rehearsed={} if dry_run else None)
    return {bucket.value: count for bucket, count in outcome.counts.items() if count}


def held(timeline: Application) -> tuple[Activity, ...]:
    return timeline.authorities.authority(STOCKTON).activities


def facts(timeline: Application) -> list[str]:
    return [type(fact).__name__ for _, fact in timeline.ledger.read_facts(1)]


def test_a_new_store_knows_the_authorities_once(timeline: Application):
    count = timeline.ledger.max_position()
    assert timeline.authorities.register_authorities(at=AT) == 0
    assert timeline.ledger.max_position() == count
    assert timeline.authorities.authority("80457").abolished_on == date(2023, 4, 1)
    with pytest.raises(NotFound, match="no authority with the number 1"):
        timeline.authorities.authority("1")


def test_the_same_bytes_twice_add_no_event(timeline: Application):
    assert read(timeline, OFSTED) == {"new": 1}
    count = timeline.ledger.max_position()
    assert read(timeline, OFSTED) == {"unchanged": 1}
    assert timeline.ledger.max_position() == count


def test_what_another_process_told_between_two_readings_of_a_file_is_seen_by_the_next(tmp_path: Path):
    with open_ledger(tmp_path / "ledger.db", create=True) as one, open_ledger(tmp_path / "ledger.db") as other:
        mine, theirs = Application(one), Application(other)
        mine.authorities.register_authorities(at=AT)
        for _ in range(2):
            read(mine, OFSTED)
        read(theirs, D2I_WRONG)
        found = mine.files.read_file(OFSTED, actor="import", at=AT).found
        assert tuple(activity for _, activity, _ in found) == held(mine)
        assert len(held(mine)[0].statements) == 2


def test_a_later_reading_that_only_the_calendar_dates_is_not_remembered(timeline: Application):
    read(timeline, OFSTED)
    read(timeline, D2I_WRONG)
    tomorrow = replace(OFSTED, read_on=date(2026, 9, 2), dated=False)
    assert read(timeline, tomorrow) == {"unchanged": 1}
    found = timeline.files.read_file(OFSTED, actor="import", at=AT).found
    assert tuple(activity for _, activity, _ in found) == held(timeline)
    days = [saying.read_on for one in found[0][1].disagreements for saying in one.says]
    assert max(days) == OFSTED.read_on


def test_a_newer_reading_that_says_nothing_new_adds_only_that_the_file_was_read(timeline: Application):
    read(timeline, D2I_RIGHT)
    before = facts(timeline)
    later = replace(D2I_RIGHT, read_on=date(2025, 1, 6), digest="b" * 64)
    assert read(timeline, later) == {"unchanged": 1}
    assert facts(timeline)[len(before) :] == [FileOpened.__name__, FileRead.__name__]


def test_a_dry_run_reports_the_same_and_writes_nothing(timeline: Application):
    read(timeline, OFSTED)
    count = timeline.ledger.max_position()
    foretold = read(timeline, D2I_WRONG, dry_run=True)
    assert timeline.ledger.max_position() == count
    assert read(timeline, D2I_WRONG) == foretold == {"disagreed": 1}


@pytest.mark.parametrize("order", list(permutations([D2I_WRONG, D2I_RIGHT, D2I_WRONG_AGAIN, OFSTED])))
def test_any_order_of_files_ends_in_the_same_state(timeline: Application, order: tuple[FileOfStatements, ...]):
    for what in order:
        read(timeline, what)
    (activity,) = held(timeline)
    assert activity.grades.get(Area.HELP_AND_PROTECTION) is Grade.REQUIRES_IMPROVEMENT
    (dispute,) = activity.disagreements
    assert [(saying.value, saying.read_on) for saying in dispute.says] == [
        ("requires_improvement", date(2024, 3, 31)),
        ("good", date(2025, 9, 1)),
    ], "the scrape last said good, on the newest day it was read"
    assert [(c.was.value, c.now.value) for c in activity.corrections] == [("requires_improvement", "good")]


def test_an_import_cut_short_is_finished_by_the_next_and_ends_the_same(timeline: Application, tmp_path: Path):
    cut_short = RuntimeError("the power went")

    def stop(done: int, total: int) -> None:
        if done == 1:
            raise cut_short

    two = replace(OFSTED, observations=(*OFSTED.observations, replace(OFSTED.observations[0], urn="80560")))
    with pytest.raises(RuntimeError):
        timeline.files.read_file(two, actor="import", at=AT, progress=stop)
    assert facts(timeline).count("FileOpened") == 1
    assert facts(timeline).count("FileRead") == 0, "shown as unfinished"
    assert read(timeline, two) == {"new": 1, "unchanged": 1}
    assert facts(timeline).count("FileOpened") == 1
    assert facts(timeline).count("FileRead") == 1
    assert facts(timeline).count("SourceStated") == 2


def test_a_file_with_more_than_a_save_may_hold_about_one_authority_is_refused_whole(timeline: Application):
    many = tuple(
        inspection(Channel.JT39_HISTORY, Family.SCRAPE, Grade.GOOD, published=date(2010, 1, 1) + timedelta(days=n))
        for n in range(501)
    )
    count = timeline.ledger.max_position()
    with pytest.raises(RuleBroken, match="500"):
        read(timeline, file("many.csv", date(2026, 1, 1), *many))
    assert timeline.ledger.max_position() == count


def test_a_command_sent_twice_acts_once_and_is_answered_alike(timeline: Application):
    by = Told("local", UUID(int=5), Source("report", "Ofsted letter"), AT)
    words = {"started_on": date(2026, 3, 3), "ended_on": None, "focus": "Front door", "by": by}
    first = timeline.authorities.record_focused_visit(STOCKTON, **words)  # type: ignore[arg-type]
    again = timeline.authorities.record_focused_visit(STOCKTON, **words)  # type: ignore[arg-type]
    assert (again.activity, again.position, first.repeated, again.repeated) == (
        first.activity,
        first.position,
        False,
        True,
    )
    assert facts(timeline).count("FocusedVisitHeld") == 1


def test_a_file_confirms_what_an_officer_recorded_by_hand(timeline: Application):
    by = Told("local", UUID(int=6), Source("report", "Ofsted report"), AT)
    timeline.authorities.record_inspection(
        STOCKTON,
        started_on=date(2023, 3, 6),
        ended_on=date(2023, 3, 17),
        kind=Variant.STANDARD,
        published_on=date(2023, 5, 9),
        judgements=Judgements.of({Area.HELP_AND_PROTECTION: Grade.REQUIRES_IMPROVEMENT}),
        by=by,
    )
    assert read(timeline, D2I_RIGHT) == {"confirmed": 1}
    assert len(held(timeline)) == 1


def test_what_a_source_says_is_kept_with_who_told_us_and_when_it_was_read(timeline: Application):
    read(timeline, D2I_RIGHT)
    stated = [fact for _, fact in timeline.ledger.read_facts(1) if isinstance(fact, SourceStated)]
    assert [(f.actor, f.source.title, f.source.read_on, f.timestamp) for f in stated] == [
        ("import", "d2i.xlsx", date(2024, 9, 2), AT)
    ]


def test_every_bucket_is_counted_even_when_empty(timeline: Application):
    outcome = timeline.files.read_file(OFSTED, actor="import", at=AT)
    assert set(outcome.counts) == set(Bucket)


def test_a_file_that_others_keep_closing_is_told_to_be_unfinished(
    timeline: Application, monkeypatch: pytest.MonkeyPatch
):
    save = timeline.ledger.save

    def lose_the_race(*facts: object, command: UUID) -> tuple[int, int]:
        if any(isinstance(fact, SourceFile) and fact.version > 1 for fact in facts):
            raise ConcurrentChange
        return save(*facts, command=command)  # type: ignore[arg-type]

    monkeypatch.setattr(timeline.ledger, "save", lose_the_race)
    with pytest.raises(RuleBroken, match="Import it again"):
        read(timeline, OFSTED)
    monkeypatch.undo()
    assert read(timeline, OFSTED) == {"unchanged": 1}
    assert facts(timeline).count("FileRead") == 1
