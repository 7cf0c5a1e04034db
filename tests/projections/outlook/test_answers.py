"""Facts in, answers out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain import facts
from domain.frameworks import Grade
from domain.rulebook.past.tally import tally
from domain.rulebook.what_if.suppose import supposed_visit
from domain.values.activities import Status
from domain.values.days import end_of_day
from domain.values.errors import NotFound
from domain.values.statements import Channel, Kind, Stated
from projections.authorities.disagreements import disagreements
from projections.authorities.entries import entry
from projections.authorities.files import files
from projections.authorities.findings import findings
from projections.authorities.names import authority, identify
from projections.authorities.register import register
from projections.authorities.timeline import timeline
from projections.outlook.authority_page import history
from projections.outlook.forecasts import outlook_of
from projections.outlook.past_windows import past_windows_of, tally_of
from projections.outlook.standing import standing_of
from projections.outlook.what_if import suppose
from tests.projections.story import CUMBRIA, FIRST, LEEDS, STOCKTON, Store, inspection, replayed, tell_a_varied_history

TODAY = date(2024, 7, 1)


@pytest.fixture
def told(store: Store) -> Store:
    tell_a_varied_history(store)
    store.projector.catch_up()
    return store


def test_every_day_of_a_timeline_on_every_day_of_our_knowledge_equals_a_replay_of_the_log(told: Store):
    moments = [None, *(FIRST + timedelta(minutes=minute, seconds=30) for minute in range(0, 24, 4))]
    days = [date(2019, 5, 19), date(2019, 5, 22), date(2019, 7, 1), date(2022, 12, 19), TODAY]
    for urn in (STOCKTON, LEEDS, CUMBRIA):
        for known_at in moments:
            for day in days:
                answer = timeline(told.reader, urn, as_at=day, known_at=known_at)
                shown = {entry.activity.id: entry.activity for entry in answer.entries}
                held = {one.id: one for one in replayed(told.ledger, urn, as_at=day, known_at=known_at)}
                assert shown == held


def test_the_register_lists_the_authorities_of_the_day(told: Store):
    today = register(told.reader, as_at=TODAY)
    assert [row.authority.name for row in today.rows] == ["City of Leeds", "Stockton-on-Tees"]
    assert [row.disagreements for row in today.rows] == [0, 2]
    assert today.moment.position == told.ledger.max_position()
    assert today.moment.data_horizon == date(2024, 6, 1)
    then = register(told.reader, as_at=date(2023, 3, 31))
    assert [row.authority.name for row in then.rows] == ["Cumbria", "Leeds", "Stockton-on-Tees"]
    everything = register(told.reader, as_at=TODAY, include_abolished=True)
    assert {row.authority.urn for row in everything.rows} == {STOCKTON, LEEDS, CUMBRIA}


def test_a_row_of_the_register_stands_where_the_authority_s_own_page_says(told: Store):
    for row in register(told.reader, as_at=TODAY, with_expectations=True).rows:
        assert row.standing == standing_of(told.reader, row.authority.urn, as_at=TODAY).standing


def test_earlier_windows_are_the_same_on_the_authority_s_page_alone_and_in_the_tally(told: Store):
    every = []
    for urn in (STOCKTON, LEEDS, CUMBRIA):
        for as_at in (date(2019, 6, 30), date(2022, 12, 19), TODAY):
            answer = past_windows_of(told.reader, urn, as_at=as_at)
            assert history(told.reader, urn, as_at=as_at).past_windows == answer
        every += answer.windows
    assert every
    assert tally_of(told.reader, as_at=TODAY).tally == tally(every)


def test_what_is_supposed_is_laid_beside_what_the_authority_s_own_page_says(told: Store):
    visit = supposed_visit(STOCKTON, began=TODAY, priority_action=True)
    answer = suppose(told.reader, STOCKTON, visit, on=TODAY, as_at=TODAY)
    assert answer.supposed.before == standing_of(told.reader, STOCKTON, as_at=TODAY).standing
    assert answer.supposed.differs
    position = told.ledger.max_position()
    assert answer.moment.position == position


def test_of_a_later_day_only_what_was_public_by_the_moment_is_used(told: Store):
    then, later = date(2019, 7, 1), date(2023, 6, 1)
    visit = supposed_visit(STOCKTON, began=date(2022, 9, 20), priority_action=True)
    known_then = suppose(told.reader, STOCKTON, visit, on=later, as_at=then).supposed
    known_since = suppose(told.reader, STOCKTON, visit, on=later, as_at=TODAY).supposed
    assert known_then.before.governing is not None
    assert known_then.before.governing.published == then
    assert known_since.before != known_then.before


def test_a_window_is_accounted_for_by_what_was_recorded_by_then(told: Store):
    assert past_windows_of(told.reader, STOCKTON, as_at=TODAY, known_at=FIRST).windows == ()
    assert past_windows_of(told.reader, STOCKTON, as_at=TODAY).windows != ()


def test_a_store_that_has_read_nothing_has_no_data_horizon(store: Store):
    store.register(LEEDS, "Leeds")
    store.projector.catch_up()
    answer = register(store.reader, as_at=TODAY)
    assert answer.moment.data_horizon is None
    assert len(answer.rows) == 1


def test_a_history_document_about_one_authority_makes_no_forecast_of_another_fresher(told: Store):
    late = date(2025, 9, 1)
    assert outlook_of(told.reader, LEEDS, on=TODAY).outlook.forecast is not None
    visit = Stated(Kind.FOCUSED_VISIT, start=date(2025, 7, 1))
    told.state(STOCKTON, visit, channel=Channel.HISTORY_DOCUMENT, read_on=date(2025, 8, 1))
    told.projector.catch_up()
    for urn in (LEEDS, STOCKTON):
        outlook = outlook_of(told.reader, urn, on=late).outlook
        assert outlook.forecast is None
        assert outlook.basis.startswith("Sources of a forecast were last read on 1 June 2024, so long ago")


def test_a_withdrawn_entry_stays_in_the_timeline_and_is_marked(told: Store):
    visit = next(e for e in timeline(told.reader, LEEDS, as_at=TODAY).entries if e.activity.kind is Kind.FOCUSED_VISIT)
    assert visit.activity.status is Status.WITHDRAWN
    assert visit.activity.reason == "Another authority's visit."
    assert visit.recorded_at > visit.first_recorded_at


def test_disagreements_name_both_sides_and_whether_they_are_settled(told: Store):
    rows = disagreements(told.reader, as_at=TODAY)
    assert {(row.authority.urn, row.disagreement.field, row.disagreement.settled) for row in rows} == {
        (STOCKTON, "start", True),
        (STOCKTON, "end", False),
        (STOCKTON, "grades.overall_effectiveness", False),
    }
    assert disagreements(told.reader, STOCKTON, as_at=TODAY) == rows
    assert disagreements(told.reader, as_at=date(2019, 6, 1)) == ()


def test_an_entry_is_found_by_any_of_its_statements_with_all_that_was_said_of_it(told: Store):
    held = next(e for e in timeline(told.reader, LEEDS, as_at=TODAY).entries if e.activity.kind is Kind.INSPECTION)
    assert len(held.activity.statements) == 2
    answers = [entry(told.reader, name, as_at=TODAY) for name in (held.activity.id, *held.activity.statements)]
    assert all(answer == answers[0] for answer in answers)
    (readings,) = {answer.readings for answer in answers}
    assert [reading.statement for reading in readings] == list(held.activity.statements)
    read_again = next(reading for reading in readings if reading.channel is Channel.JT39_HISTORY)
    assert read_again.read_on == date(2024, 4, 1)
    assert read_again.verbatim.cells == (("name", "a cell"),)
    assert read_again.said == Stated(Kind.INSPECTION, published=date(2022, 4, 25))
    before = entry(told.reader, read_again.statement, as_at=TODAY, known_at=read_again.recorded_at)
    assert [reading.read_on for reading in before.readings] == [date(2024, 1, 5)]
    with pytest.raises(NotFound):
        entry(told.reader, held.activity.id, as_at=date(2022, 1, 1))


def test_what_was_said_of_an_inspection_is_not_shown_before_its_report(told: Store):
    held = timeline(told.reader, STOCKTON, as_at=TODAY).entries[0].activity
    during = entry(told.reader, held.id, as_at=date(2019, 6, 3))
    assert during.readings == ()
    assert not during.entry.activity.grades


def test_findings_are_found_by_their_words_once_they_are_public(told: Store):
    assert [row.text for row in findings(told.reader, as_at=TODAY)] == ["The quality of plans.", "Plans.", "Visits."]
    assert [row.authority.urn for row in findings(told.reader, containing="PLANS", as_at=TODAY)] == [CUMBRIA, STOCKTON]
    assert [row.text for row in findings(told.reader, STOCKTON, as_at=TODAY)] == ["Plans.", "Visits."]
    assert findings(told.reader, as_at=date(2019, 6, 30)) == ()
    assert findings(told.reader, containing="100%_", as_at=TODAY) == ()


def test_an_import_cut_short_is_shown_as_unfinished(told: Store):
    newest, *_, older = files(told.reader)
    assert (newest.name, newest.finished, newest.rows) == ("Cut short", False, None)
    assert (older.name, older.finished, older.rows, older.read_on) == ("JT-39 of April", True, 3, date(2024, 4, 1))
    assert files(told.reader, known_at=FIRST) == ()


def test_an_authority_is_known_by_any_number_and_name_it_has_had(told: Store):
    for name in (STOCKTON, f"E{STOCKTON}", "563", "stockton on tees", " Stockton "):
        assert identify(told.reader, name, as_at=TODAY) == STOCKTON
    assert identify(told.reader, "Leeds", as_at=TODAY) == LEEDS
    with pytest.raises(NotFound, match="No local authority is known by 'Atlantis'"):
        identify(told.reader, "Atlantis", as_at=TODAY)


def test_a_name_holds_from_its_day_and_an_abolition_shows_from_its_own(told: Store):
    assert authority(told.reader, LEEDS, as_at=date(2023, 5, 31)).name == "Leeds"
    assert authority(told.reader, LEEDS, as_at=date(2023, 6, 1)).name == "City of Leeds"
    assert authority(told.reader, CUMBRIA, as_at=date(2023, 3, 31)).abolished_on is None
    gone = authority(told.reader, CUMBRIA, as_at=date(2023, 4, 1))
    assert (gone.abolished_on, gone.successors) == (date(2023, 4, 1), (LEEDS,))


def test_a_code_is_the_former_one_until_the_day_it_changed(sqlite_store: Store):
    sqlite_store.register(LEEDS, "Leeds", gss_code="E08000016")
    words = {"scheme": "gss_code", "was": "E08000016", "now": "E08000038", "effective_on": date(2025, 4, 1)}
    sqlite_store.tell(LEEDS, (facts.AuthorityRecoded, words))
    sqlite_store.projector.catch_up()
    assert authority(sqlite_store.reader, LEEDS, as_at=date(2025, 3, 31)).gss_code == "E08000016"
    assert authority(sqlite_store.reader, LEEDS, as_at=date(2025, 4, 1)).gss_code == "E08000038"
    assert {identify(sqlite_store.reader, code, as_at=TODAY) for code in ("E08000016", "e08000038")} == {LEEDS}


def test_a_date_of_knowledge_means_the_end_of_that_day_in_london():
    assert end_of_day(date(2024, 7, 1)).astimezone(UTC) == datetime(2024, 7, 1, 22, 59, 59, 999999, tzinfo=UTC)
    assert end_of_day(date(2024, 1, 1)).astimezone(UTC) == datetime(2024, 1, 1, 23, 59, 59, 999999, tzinfo=UTC)


def test_a_clock_set_back_neither_hides_nor_advances_what_was_told(sqlite_store: Store):
    store = sqlite_store
    store.register(LEEDS, "Leeds")
    store.state(LEEDS, inspection(date(2022, 2, 21), date(2022, 4, 25)), read_on=date(2024, 1, 1))
    before = store.now
    store.now -= timedelta(days=400)
    store.state(LEEDS, inspection(date(2024, 2, 21), date(2024, 4, 25), Grade.INADEQUATE), read_on=date(2024, 5, 1))
    store.projector.catch_up()
    assert timeline(store.reader, LEEDS, as_at=TODAY, known_at=before).moment.position == store.ledger.max_position()
    earlier = timeline(store.reader, LEEDS, as_at=TODAY, known_at=before - timedelta(days=300))
    assert (earlier.moment.position, earlier.entries) == (0, ())
    assert earlier.authority.name == "Leeds", "who an authority is does not wait for us to be told"


def test_an_authority_not_yet_inspected_has_that_as_its_standing_but_no_entry(sqlite_store: Store):
    sqlite_store.register(LEEDS, "Leeds")
    formed = {"predecessors": (), "formed_on": date(2023, 4, 1)}
    sqlite_store.tell(LEEDS, (facts.AuthorityFormed, formed))
    sqlite_store.state(LEEDS, Stated(Kind.NOT_YET_INSPECTED), channel=Channel.OFSTED_LATEST, read_on=date(2024, 3, 31))
    sqlite_store.projector.catch_up()
    assert timeline(sqlite_store.reader, LEEDS, as_at=TODAY).entries == ()
    assert standing_of(sqlite_store.reader, LEEDS, as_at=TODAY).standing.pathway.value == "not_yet_judged"
