"""History documents: what each type of item says, and that our own export is heard again word for word."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.authorities.dossier import statement_id
from domain.frameworks import Area, Framework, Grade
from domain.register.register import REGISTER
from domain.values.activities import Activity
from domain.values.judgements import Judgements
from domain.values.statements import (
    Channel,
    Citation,
    Family,
    Kind,
    Observation,
    Period,
    PeriodOnSite,
    Source,
    Stated,
    Statement,
    Variant,
    Verbatim,
)
from tests import CHECKOUT
from tests.domain.rulebook.test_worked_examples import EXAMPLES
from web.intake.documents import dump_yaml, parse_json, parse_yaml
from web.intake.exported import (
    Ruled,
    Ruling,
    decode_ruling,
    decode_statement,
    encode_authority,
    encode_document,
    encode_ruling,
    encode_statement,
)
from web.intake.history_item import item_of, said_of

DEMO = CHECKOUT / "web" / "demo" / "history.yaml"
A, B = UUID(int=1), UUID(int=2)


def document(tmp_path, *items, name="history.yaml", **others):
    leeds = {"id": "leeds", "name": "Leeds", "urn": "80481", "history": list(items)}
    path = tmp_path / name
    path.write_text(json.dumps({"schema_version": 1, "authorities": [leeds], **others}))
    return path


def test_an_inspection_is_a_report_in_hand_with_its_grades_and_sources(read, tmp_path):
    path = tmp_path / "history.yaml"
    path.write_text(
        """
schema_version: 1
data_horizon: 2026-08-22
authorities:
  - id: leeds
    name: Leeds
    urn: 80481
    why_included: invented
    history:
      - type: inspection
        framework: ILACS
        variant: short
        start: 2018-10-29
        end: 2018-11-02
        published: 2018-12-18
        grades: {overall_effectiveness: outstanding, in_care_and_care_leavers: good}
        areas_for_improvement: [Plans.]
        sources:
          - {title: Report, url: "https://files.ofsted.gov.uk/v1/file/50045174"}
          - {title: Paper, seed: a.txt}
    checkpoints: [{as_of: 2020-01-01}]
"""
    )
    reading = read(path)
    found = reading.observations[0]
    assert (reading.layout, reading.read_on, reading.rows) == ("history_document", date(2026, 8, 22), 1)
    assert (found.urn, found.family, found.channel) == ("80481", Family.REPORT_IN_HAND, Channel.HISTORY_DOCUMENT)
    assert found.row == "Leeds, item 1"
    assert found.said == Stated(
        Kind.INSPECTION,
        start=date(2018, 10, 29),
        end=date(2018, 11, 2),
        published=date(2018, 12, 18),
        framework=Framework.ILACS,
        variant=Variant.SHORT,
        grades=Judgements.of(
            {Area.OVERALL_EFFECTIVENESS: Grade.OUTSTANDING, Area.IN_CARE_AND_CARE_LEAVERS: Grade.GOOD}
        ),
        improvements=("Plans.",),
    )
    assert found.citations == (
        Citation("Report", "https://files.ofsted.gov.uk/v1/file/50045174"),
        Citation("Paper (a.txt)"),
    )


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (
            {
                "type": "focused_visit",
                "period": "2023-03",
                "date_precision": "month",
                "areas_for_priority_action": True,
            },
            Stated(Kind.FOCUSED_VISIT, period=Period("2023-03"), priority_action=True),
        ),
        (
            {"type": "focused_visit", "start": "2021-01-19", "subtype": "covid_assurance", "apa_count": 2},
            Stated(Kind.FOCUSED_VISIT, start=date(2021, 1, 19), subtype="covid_assurance", priority_action_count=2),
        ),
        (
            {"type": "focused_visit", "date": "2021-01-19", "end": "2021-01-20"},
            Stated(Kind.FOCUSED_VISIT, start=date(2021, 1, 19), end=date(2021, 1, 20)),
        ),
        (
            {
                "type": "monitoring_visit",
                "number": 2,
                "number_confidence": "inferred",
                "cycle": 1,
                "end": "2025-01-22",
                "period": "2025-01",
                "published_by_ofsted": False,
            },
            Stated(
                Kind.MONITORING_VISIT,
                number=2,
                number_confidence="inferred",
                cycle="1",
                end=date(2025, 1, 22),
                period=Period("2025-01"),
                published_by_ofsted=False,
            ),
        ),
        (
            {"type": "jtai", "theme": "neglect", "published": "2018-01-30", "statement_of_action_due": "2030-01-01"},
            Stated(Kind.JTAI, theme="neglect", published=date(2018, 1, 30), statement_due=date(2030, 1, 1)),
        ),
        ({"type": "self_evaluation", "period": 2022}, Stated(Kind.SELF_EVALUATION, period=Period("2022"))),
        ({"type": "engagement_meeting", "date": "2024-02-01"}, Stated(Kind.ENGAGEMENT_MEETING, on=date(2024, 2, 1))),
        ({"type": "action_plan_due", "date": "2030-07-18"}, Stated(Kind.ACTION_PLAN_DUE, on=date(2030, 7, 18))),
        ({"type": "authority_created", "date": "2021-04-01"}, Stated(Kind.AUTHORITY_CREATED, on=date(2021, 4, 1))),
        (
            {"type": "monitoring_visit_cancelled", "period": "2020-04"},
            Stated(Kind.MONITORING_VISIT_CANCELLED, period=Period("2020-04")),
        ),
        ({"type": "statutory_direction", "period": "2019"}, Stated(Kind.STATUTORY_DIRECTION, period=Period("2019"))),
    ],
)
def test_every_type_of_item_says_what_its_keys_say(read, tmp_path, item, said):
    reading = read(document(tmp_path, item))
    assert reading.rejected == ()
    assert reading.observations[0].said == said


def test_a_deadline_still_to_come_is_not_the_day_the_document_was_read(read, tmp_path):
    items = [
        {"type": "inspection", "published": "2026-03-02"},
        {"type": "action_plan_due", "date": "2026-06-10"},
        {"type": "jtai", "published": "2025-01-30", "statement_of_action_due": "2026-08-01"},
    ]
    assert read(document(tmp_path, *items)).read_on == date(2026, 3, 2)


def test_the_horizon_of_a_document_counts_as_the_day_it_was_read(read, tmp_path):
    item = {"type": "inspection", "published": "2020-03-02"}
    assert read(document(tmp_path, item, data_horizon="2026-08-22")).read_on == date(2026, 8, 22)
    assert read(document(tmp_path, item, data_horizon="2031-08-22")).read_on == date(2020, 3, 2)


def test_a_day_in_words_is_read_and_the_reading_told(read, tmp_path):
    reading = read(document(tmp_path, {"type": "inspection", "start": "Mon 2 March 2026", "published": "2026-04-20"}))
    assert reading.observations[0].said.start == date(2026, 3, 2)
    assert reading.notes == ("Leeds, item 1: 'Mon 2 March 2026' under 'start' was read as 2 March 2026",)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"type": "visitation", "date": "2020-01-01"}, "'visitation' is no type"),
        ({"type": {"_type_": "bogus", "_data_": 1}, "date": "2020-01-01"}, "a list or mapping is no type"),
        ({"type": "inspection"}, "it has no date"),
        ({"type": "inspection", "start": "2018-02-30"}, "'2018-02-30' under 'start' is not a day"),
        ({"type": "inspection", "start": {"_type_": "date_iso", "_data_": "x"}}, "a list or mapping under 'start'"),
        ({"type": "inspection", "published": "2027-01-01"}, "lies in the future"),
        ({"type": "inspection", "published": "2020-01-01", "grades": {"kitchen": "good"}}, "'kitchen' is no area"),
        ({"type": "inspection", "published": "2020-01-01", "grades": {"in_care": "fair"}}, "'fair' is no grade"),
        ({"type": "inspection", "published": "2020-01-01", "framework": "CQC"}, "'CQC' is no framework"),
        ({"type": "focused_visit", "period": "2022-13"}, "Enter a period"),
        (
            {"type": "focused_visit", "period": "2022-03", "areas_for_priority_action": "maybe"},
            "neither true nor false",
        ),
        ({"type": "focused_visit", "period": "2022-03", "focus": ["a"]}, "'focus' is not text"),
        ({"type": "focused_visit", "period": "2022-03", "focus": "a\ud800"}, "characters that are not text"),
        ({"type": "focused_visit", "period": "2022-03", "note": "a\x00"}, "characters that are not text"),
        ({"type": "focused_visit", "period": "2022-03", "note": "x" * 6000}, "longer than 5,000 characters"),
        ({"type": "monitoring_visit", "period": "2022-03", "number": "two"}, "not a number from 0 to 999"),
        ({"type": "focused_visit", "period": "2022-03", "sources": "the web"}, "not a list of sources"),
        ("not an item", "not a mapping with a type"),
    ],
)
def test_an_item_that_cannot_be_right_is_rejected_and_the_rest_is_read(read, tmp_path, item, reason):
    sound = {"type": "inspection", "published": "2020-03-02"}
    reading = read(document(tmp_path, sound, item, name="history.json"))
    assert len(reading.observations) == 1
    assert reading.rejected[0].row == "Leeds, item 2"
    assert reason in reading.rejected[0].reason


def test_an_authority_nobody_knows_loses_its_items_with_the_reason(read, tmp_path):
    path = tmp_path / "h.json"
    item = {"type": "inspection", "published": "2020-03-02"}
    path.write_text(json.dumps({"authorities": [{"name": "Atlantis", "history": [item, item]}]}))
    reading = read(path)
    assert [rejected.row for rejected in reading.rejected] == ["Atlantis, item 1", "Atlantis, item 2"]
    assert not reading.usable


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("schema_version: 2\nauthorities: []\n", "schema_version is '2'"),
        ("authorities: {a: 1}\n", "'authorities' are not a list"),
        ("a: 1\nauthorities: []\na: 2\n", "the key 'a' twice"),
        ("authorities: [\n", "not YAML that can be read at line 2"),
        ('{"schema_version": 1}', "no list of 'authorities'"),
        ('{"authorities": [NaN]}', "NaN is not a value"),
    ],
)
def test_a_document_of_another_shape_is_refused(read, tmp_path, text, reason):
    path = tmp_path / "h.yaml"
    path.write_text(text)
    assert reason in read(path).refused


# --- the demo -------------------------------------------------------------------------------------------------------


def test_the_demo_holds_the_five_authorities_with_every_item_sound_and_sourced(read):
    reading = read(DEMO)
    names = {REGISTER[observation.urn].facts.name for observation in reading.observations}
    assert reading.rejected == ()
    assert names == {"Gateshead", "Haringey", "Leeds", "Leicestershire", "Peterborough"}
    assert (len(reading.observations), reading.read_on) == (37, date(2026, 8, 22))
    assert all(observation.citations for observation in reading.observations)


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the larger set of worked examples is not here")
def test_the_demo_agrees_with_the_worked_examples_for_the_same_five(read):
    def facts(observation: Observation) -> tuple[object, ...]:
        said = observation.said
        return (
            observation.urn,
            *(value for name, value in said.stated.items() if name not in ("note", "improvements")),
        )

    ours = {facts(observation) for observation in read(DEMO).observations if not observation.said.kind.by_others}
    urns = {urn for urn, *_ in ours}
    theirs = read(EXAMPLES).observations
    assert ours == {facts(observation) for observation in theirs if observation.urn in urns}


# --- writing and hearing again --------------------------------------------------------------------------------------

DAYS = st.dates(date(2001, 1, 1), date(2025, 12, 31))
TEXT = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)
PERIODS = st.builds(lambda day, month: Period(f"{day:%Y-%m}" if month else f"{day:%Y}"), DAYS, st.booleans())
GRADES = st.dictionaries(st.sampled_from(Area), st.sampled_from(Grade)).map(Judgements.of)


def two_periods(start: date, end: date) -> tuple[PeriodOnSite, ...]:
    if end - start < timedelta(days=2):
        return ()
    return (PeriodOnSite(start, start), PeriodOnSite(end, end))


SAYINGS = st.builds(
    lambda kind, three, on, broken_off, improvements, **others: Stated(
        kind,
        **dict(zip(("start", "end", "published"), sorted(three), strict=True)),
        periods=two_periods(*sorted(three)[:2]) if broken_off else (),
        on=None if kind.on_site else on,
        improvements=tuple(text for text, _ in improvements),
        improvement_outcomes=tuple(tuple(outcomes) for _, outcomes in improvements),
        **others,
    ),
    broken_off=st.booleans(),
    kind=st.sampled_from(Kind),
    three=st.tuples(DAYS, DAYS, DAYS),
    on=st.none() | DAYS,
    period=st.none() | PERIODS,
    notified=st.none() | DAYS,
    expected_start=st.none() | DAYS,
    expected_end=st.none() | DAYS,
    call_withdrawn=st.none() | DAYS,
    paused=st.none() | DAYS,
    resumed=st.none() | DAYS,
    received=st.none() | DAYS,
    framework=st.none() | st.sampled_from(Framework),
    variant=st.none() | st.sampled_from(Variant),
    grades=GRADES,
    focus=st.none() | TEXT,
    theme=st.none() | TEXT,
    subtype=st.none() | TEXT,
    priority_action=st.none() | st.booleans(),
    priority_action_count=st.none() | st.integers(0, 99),
    priority_actions=st.lists(TEXT, max_size=3).map(tuple),
    priority_action_resolved=st.none() | DAYS,
    improvements=st.lists(st.tuples(TEXT, st.lists(st.integers(1, 4), max_size=2)), max_size=3),
    number=st.none() | st.integers(0, 99),
    number_confidence=st.none() | TEXT,
    cycle=st.none() | TEXT,
    statement_due=st.none() | DAYS,
    published_by_ofsted=st.none() | st.booleans(),
    published_by_council=st.none() | DAYS,
    letter_received=st.none() | DAYS,
    note=st.none() | TEXT,
)


@given(SAYINGS)
def test_what_is_said_comes_back_from_its_item_unchanged(said):
    assert said_of(item_of(said)) == said


@given(SAYINGS)
def test_an_item_survives_being_written_as_yaml_and_as_json(said):
    item = item_of(said)
    assert said_of(parse_yaml(dump_yaml({"item": item}))["item"]) == said
    assert said_of(parse_json(json.dumps(item))) == said


@pytest.mark.parametrize(
    "text", ["2018-03-12", "2018-02-31", "2018-W11-1", "true", "~", "", "0x1", "1_000", "a: b", "=x"]
)
def test_text_that_looks_like_something_else_comes_back_as_text(text):
    assert parse_yaml(dump_yaml({"text": text})) == {"text": text}


@given(SAYINGS, st.lists(st.tuples(TEXT, st.just("") | TEXT), unique_by=lambda cell: cell[0], max_size=4))
def test_a_statement_comes_back_from_the_export_with_its_source_and_its_days(said, cells):
    statement = Statement(
        id=A,
        family=Family.SCRAPE,
        channel=Channel.JT39_HISTORY,
        said=said,
        source=Source("jt39", "History", read_on=date(2026, 7, 30)),
        read_on=date(2026, 8, 4),
        edition=date(2025, 3, 31),
        about=B,
        citations=(Citation("Report", "https://files.ofsted.gov.uk/v1/file/1"), Citation("Paper", None, 2, "0f" * 32)),
        verbatim=Verbatim(tuple(cells)),
        reason="because",
    )
    encoded = parse_yaml(dump_yaml([encode_statement(statement)]))[0]
    assert decode_statement(encoded, urn="80481", row="r", latest=date(2026, 9, 1)) == (
        A,
        Observation(
            urn="80481",
            family=statement.family,
            channel=statement.channel,
            said=said,
            row="r",
            citations=statement.citations,
            verbatim=statement.verbatim,
            source=statement.source,
            edition=statement.edition,
            read_on=statement.read_on,
            about=B,
            reason="because",
        ),
    )


@pytest.mark.parametrize(
    "ruling",
    [
        Ruling("80481", Ruled.SAME, A, B, "one visit"),
        Ruling("80481", Ruled.WITHDRAWN, A, reason="entered twice"),
        Ruling("80481", Ruled.WITHDRAWN, A, reason="entered twice", statements=(A, B)),
    ],
)
def test_a_ruling_comes_back_from_the_export(ruling):
    assert decode_ruling(encode_ruling(ruling), urn="80481") == ruling


def test_an_exported_document_gives_the_statements_behind_each_item_and_the_rulings(read, tmp_path):
    said = Stated(Kind.INSPECTION, start=date(2022, 2, 21), published=date(2022, 5, 9))
    ofsted = Statement(
        id=A,
        family=Family.OFSTED_STATISTICS,
        channel=Channel.OFSTED_LATEST,
        said=said,
        source=Source("ofsted_statistics", "Statistics"),
        read_on=date(2024, 8, 30),
        edition=date(2024, 3, 31),
    )
    officer = Statement(
        id=B,
        family=Family.REPORT_IN_HAND,
        channel=Channel.FORM,
        said=said,
        source=Source("form", "Report"),
        read_on=date(2024, 9, 1),
    )
    activity = Activity(A, "80481", Kind.INSPECTION, start=said.start, published=said.published)
    item = item_of(activity) | {"said": [encode_statement(ofsted), encode_statement(officer)]}
    leeds = REGISTER["80481"].facts
    same = Ruling("80481", Ruled.SAME, A, B)
    withdrawn = Ruling("80481", Ruled.WITHDRAWN, A, statements=(A, B))
    exported = encode_document(
        [encode_authority(leeds, history=[item], rulings=[same, withdrawn])],
        title="Export",
        data_horizon=date(2026, 8, 4),
    )
    path = tmp_path / "export.yaml"
    path.write_text(dump_yaml(exported))
    reading = read(path)
    assert [(o.family, o.edition, o.read_on) for o in reading.observations] == [
        (Family.OFSTED_STATISTICS, date(2024, 3, 31), date(2024, 8, 30)),
        (Family.REPORT_IN_HAND, None, date(2024, 9, 1)),
    ]
    here = [statement_id(observation) for observation in reading.observations]
    assert reading.rulings == (
        Ruling("80481", Ruled.SAME, *here),
        Ruling("80481", Ruled.WITHDRAWN, here[0], statements=tuple(here)),
    ), "rulings follow their statements to the ids they have here"
    assert reading.read_on == date(2026, 8, 4)
    assert "start: 2022-02-21\n" in path.read_text()
