"""What goes in comes out: every fact, every value, and nothing else."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.facts import FACTS, STREAMS, EntryWithdrawn, Fact, FileRead, ReportPublished, SourceStated
from domain.frameworks import Area, Grade
from domain.ledger.codec import MAX_IDS, MAX_ITEMS, MAX_PAYLOAD, MAX_TEXT, decode_fact, encode_fact
from domain.ledger.mapper import LedgerMapper
from domain.values.errors import CorruptEvent, RuleBroken
from domain.values.judgements import Judgements
from domain.values.plans import Figure
from domain.values.statements import Channel, Citation, Family, Kind, Period, Source, Stated, Verbatim
from tests.examples import examples

STREAM = UUID("1b4db7eb-4057-5ddf-91e0-36dec72071f5")
COMMAND = UUID("7d444840-9dc0-51d1-b245-5ffdce74fad2")
HEARD = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)

STATED = SourceStated(
    originator_id=STREAM,
    originator_version=2,
    timestamp=HEARD,
    actor="import",
    command=COMMAND,
    source=Source("ofsted_statistics", "Outcomes as at 31 March 2025", None, date(2025, 8, 1)),
    reason=None,
    statement=UUID("c9d2f1a0-0000-5000-8000-000000000001"),
    family=Family.OFSTED_STATISTICS,
    channel=Channel.OFSTED_LATEST,
    edition=date(2025, 3, 31),
    about=None,
    said=Stated(
        Kind.INSPECTION,
        start=date(2022, 1, 10),
        published=date(2022, 3, 4),
        grades=Judgements.of({Area.OVERALL_EFFECTIVENESS: Grade.GOOD, Area.HELP_AND_PROTECTION: Grade.GOOD}),
    ),
    citations=(Citation("Report", "https://reports.ofsted.gov.uk/provider/44/80563"),),
    verbatim=Verbatim((("URN", "80563"), ("Overall effectiveness", "Good"))),
)
WITHDRAWN = EntryWithdrawn(
    originator_id=STREAM,
    originator_version=3,
    timestamp=HEARD,
    actor="local",
    command=COMMAND,
    source=Source("form", "An officer's note"),
    reason="Entered twice",
    activity=STREAM,
    statements=(),
)

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def values(annotation: Any) -> st.SearchStrategy[Any]:
    """Anything a field of this type may hold."""
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXT,
        int: st.integers(-(2**63), 2**63 - 1),
        bool: st.booleans(),
        date: st.dates(),
        datetime: st.datetimes(timezones=st.just(UTC)),
        UUID: st.uuids(),
        Period: st.dates(date(1900, 1, 1)).map(lambda day: Period(f"{day:%Y-%m}")),
        Figure: st.decimals(-999_999_999, 999_999_999, places=2).map(lambda number: Figure(str(number))),
        Judgements: st.dictionaries(st.sampled_from(Area), st.sampled_from(Grade), max_size=4).map(Judgements.of),
        Verbatim: st.lists(st.tuples(TEXT, TEXT), max_size=4).map(lambda cells: Verbatim(tuple(cells))),
    }
    if annotation in plain:
        return plain[annotation]
    if NoneType in get_args(annotation):
        return st.none() | values(get_args(annotation)[0])
    if get_origin(annotation) is tuple:
        return st.lists(values(get_args(annotation)[0]), max_size=3).map(tuple)
    if issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    assert is_dataclass(annotation)
    hints = get_type_hints(annotation)
    return st.builds(annotation, **{field.name: values(hints[field.name]) for field in fields(annotation)})


def facts(cls: type[Fact]) -> st.SearchStrategy[Fact]:
    hints = get_type_hints(cls)
    own = {field.name: values(hints[field.name]) for field in fields(cls) if not field.name.startswith("originator")}
    if cls in STREAMS:
        own["originator_topic"] = st.just(STREAMS[cls])
    return st.builds(cls, originator_id=st.uuids(), originator_version=st.integers(1, 10**6), **own)


@pytest.mark.parametrize("cls", FACTS.values(), ids=FACTS)
def test_a_fact_is_read_as_it_was_written(cls: type[Fact]):
    @settings(max_examples=examples(12), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(fact=facts(cls))
    def written_and_read(fact: Fact) -> None:
        state = encode_fact(fact)
        read = decode_fact(cls, state, fact.originator_id, fact.originator_version, STREAMS.get(cls))
        assert read == fact
        assert encode_fact(read) == state

    written_and_read()


def test_types_are_never_written_and_absent_values_are_left_out():
    stored = json.loads(encode_fact(WITHDRAWN))
    assert stored == {
        "timestamp": "2026-05-01T09:30:00+00:00",
        "actor": "local",
        "command": COMMAND.hex,
        "source": {"kind": "form", "title": "An officer's note"},
        "activity": STREAM.hex,
        "statements": [],
        "reason": "Entered twice",
    }


def test_grades_are_kept_by_area_and_cells_by_column():
    stored = json.loads(encode_fact(STATED))
    assert stored["said"]["grades"] == {"overall_effectiveness": "good", "help_and_protection": "good"}
    assert stored["verbatim"] == {"URN": "80563", "Overall effectiveness": "Good"}


def test_two_columns_of_one_name_are_both_kept():
    twice = replace(STATED, verbatim=Verbatim((("Grade", "Good"), ("Grade", "Inadequate"))))
    assert json.loads(encode_fact(twice))["verbatim"] == [["Grade", "Good"], ["Grade", "Inadequate"]]
    assert decode_fact(SourceStated, encode_fact(twice), STREAM, 2) == twice


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "=SUM(A1)",
        '{"_type_":"uuid_hex","_data_":1}',
        "a\\ud800b",
        "naïve ☃ 👪",
        "\t\r\n\x1b",
    ],
)
def test_text_that_means_something_elsewhere_is_only_text_here(text: str):
    fact = replace(WITHDRAWN, reason=text)
    assert decode_fact(EntryWithdrawn, encode_fact(fact), STREAM, 3) == fact


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("reason", "half of a pair \ud83d", "half of a character"),
        ("reason", "a\0b", "reason holds a NUL character"),
        ("reason", "x" * (MAX_TEXT + 1), "reason is 20,001 characters long"),
        ("reason", {"_type_": "bogus", "_data_": 1}, "reason is a dict where text belongs"),
        ("reason", float("nan"), "reason is a float"),
        ("reason", True, "reason is a bool"),
        ("activity", STREAM.hex, "activity is a str where an id belongs"),
        ("timestamp", datetime(2026, 5, 1), "timestamp is not in UTC"),
        ("timestamp", datetime(2026, 5, 1, tzinfo=timezone(timedelta(hours=1))), "timestamp is not in UTC"),
        ("source", Source("form", ["a", "list"]), "source title is a list where text belongs"),  # type: ignore[arg-type]
        ("source", Source("form", "t", None, HEARD), "source read on is a datetime where a date belongs"),
        ("source", {"kind": "form", "title": "t"}, "source is a dict where Source belongs"),
    ],
)
def test_what_does_not_fit_is_refused_naming_the_field(field: str, value: object, words: str):
    with pytest.raises(RuleBroken, match=words):
        encode_fact(replace(WITHDRAWN, **{field: value}))


def test_lists_and_whole_facts_are_bounded():
    read = FileRead(STREAM, 2, HEARD, "import", COMMAND, STATED.source, None, date(2025, 8, 1), None, 1, 0, (), True)
    full = replace(read, restated=(STREAM,) * MAX_IDS)
    assert len(encode_fact(full)) <= MAX_PAYLOAD
    with pytest.raises(RuleBroken, match="restated has 4,001 items"):
        encode_fact(replace(read, restated=(STREAM,) * (MAX_IDS + 1)))
    with pytest.raises(RuleBroken, match="citations has 1,001 items"):
        encode_fact(replace(STATED, citations=(Citation("t"),) * (MAX_ITEMS + 1)))
    with pytest.raises(RuleBroken, match="bytes, and 150,000 is the most"):
        encode_fact(replace(STATED, citations=(Citation("x" * 16_000),) * 10))
    with pytest.raises(RuleBroken, match="rows is too large"):
        encode_fact(replace(read, rows=2**63))


def test_a_report_cannot_grade_an_area_twice():
    twice = Judgements(((Area.ADOPTION, Grade.GOOD), (Area.ADOPTION, Grade.INADEQUATE)))
    fact = ReportPublished(
        STREAM,
        2,
        HEARD,
        "local",
        COMMAND,
        STATED.source,
        None,
        activity=STREAM,
        judgements=twice,
        published_on=HEARD.date(),
    )
    with pytest.raises(RuleBroken, match="give an area twice"):
        encode_fact(fact)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"colour": "blue"}, "has no field 'colour'"),
        ({"originator_topic": "os:system"}, "has no field 'originator_topic'"),
        ({"_type_": "bogus", "_data_": 1}, "has no field '_type_'"),
        ({"actor": None}, "actor: is a NoneType where text belongs"),
        ({"actor": 1}, "actor: is a int"),
        ({"activity": "{" + STREAM.hex + "}"}, "activity: "),
        ({"activity": STREAM.hex.upper()}, "activity: is not an id"),
        ({"activity": 7}, "activity: "),
        ({"activity": ["x"]}, "activity: "),
        ({"timestamp": "2026-05-01T09:30:00"}, "timestamp: is not a UTC"),
        ({"timestamp": "2026-05-01T09:30:00+01:00"}, "timestamp: is not a UTC"),
        ({"source": "form"}, "source: is a str where an object belongs"),
        ({"source": {"kind": "form"}}, "source: title is missing"),
        ({"source": {"kind": "form", "title": "t", "read_on": "20260501"}}, "source: read_on: is not a date"),
        ({"source": {"kind": "form", "title": "t", "read_on": "2026-02-30"}}, "source: read_on: "),
        ({"source": {"kind": "form", "title": "t", "read_on": {}}}, "source: read_on: "),
        ({"v": 2}, "class version 2, newer than version 1"),
        ({"v": "1"}, "class version '1'"),
    ],
)
def test_a_stored_payload_that_is_not_exactly_a_fact_is_refused(change: dict[str, object], why: str):
    stored = json.loads(encode_fact(WITHDRAWN)) | change
    with pytest.raises(CorruptEvent, match=why):
        decode_fact(EntryWithdrawn, json.dumps(stored).encode(), STREAM, 3)


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"actor":NaN}',
        b"[" * 50_000,
        b'{"a":' * 20_000,
        b'{"actor":' + b"9" * 6_000 + b"}",
        b" " * (MAX_PAYLOAD + 1),
        encode_fact(WITHDRAWN)[:-1],
        encode_fact(WITHDRAWN).replace(b"Entered twice", b"\\ud800"),
        encode_fact(WITHDRAWN).replace(b"Entered twice", b"\\u0000"),
    ],
    ids=range(13),
)
def test_bytes_that_do_not_decode_are_a_corrupt_event_and_nothing_else(state: bytes):
    with pytest.raises(CorruptEvent):
        decode_fact(EntryWithdrawn, state, STREAM, 3)


class LetterSent(Fact):
    """A fact of this test's own, in its third version: `to` was called `recipient`, then became a list."""

    class_version = 3
    to: tuple[str, ...]

    @staticmethod
    def upcast_v1_v2(stored: dict[str, Any]) -> None:
        stored["to"] = stored.pop("recipient")

    @staticmethod
    def upcast_v2_v3(stored: dict[str, Any]) -> None:
        stored["to"] = [stored["to"]]


def test_an_older_version_of_a_fact_is_read_as_todays_and_a_newer_one_is_refused():
    sent = LetterSent(STREAM, 3, HEARD, "local", COMMAND, WITHDRAWN.source, None, ("The council",))
    today = json.loads(encode_fact(sent))
    assert (today["v"], today["to"]) == (3, ["The council"])
    common = {key: value for key, value in today.items() if key not in ("v", "to")}
    for older in ({"recipient": "The council"}, {"v": 2, "to": "The council"}, {"v": 3, "to": ["The council"]}):
        assert decode_fact(LetterSent, json.dumps(common | older).encode(), STREAM, 3) == sent
    with pytest.raises(CorruptEvent, match="class version 4, newer than version 3 which this program reads"):
        decode_fact(LetterSent, json.dumps(today | {"v": 4}).encode(), STREAM, 3)


HOSTILE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=5)
    | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["_type_", "_data_", "v"]), inner),
    max_leaves=5,
)


@settings(max_examples=examples(300), deadline=None, database=None)
@given(
    hostile=HOSTILE,
    where=st.sampled_from(["actor", "reason", "edition", "note", "number", "cell", "title", "improvements"]),
)
def test_no_input_is_stored_that_cannot_be_read_back(hostile: Any, where: str):
    changed = {
        "note": lambda: replace(STATED, said=replace(STATED.said, note=hostile)),
        "number": lambda: replace(STATED, said=replace(STATED.said, number=hostile)),
        "improvements": lambda: replace(STATED, said=replace(STATED.said, improvements=hostile)),
        "cell": lambda: replace(STATED, verbatim=Verbatim((("URN", hostile),))),
        "title": lambda: replace(STATED, source=replace(STATED.source, title=hostile)),
    }
    fact = changed[where]() if where in changed else replace(STATED, **{where: hostile})
    mapper = LedgerMapper()
    try:
        stored = mapper.to_stored_event(fact)
    except RuleBroken:
        return
    assert mapper.to_domain_event(stored) == fact
