"""The stream of news: once each, where it stands, corrections apart, whatever is told twice or withdrawn."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.authorities.news import NewsKind
from domain.facts import EntriesRecognisedAsOne, EntryWithdrawn
from domain.frameworks import Grade
from domain.values.statements import Channel, Kind, Stated
from projections.news.answers import ActivityNews, NewsAnswer, NewsScope, NewsSpan
from projections.news.stream import news_of
from tests.projections.story import LEEDS, STOCKTON, Store, inspection

OF_2019 = inspection(date(2019, 5, 20), date(2019, 7, 1), Grade.REQUIRES_IMPROVEMENT)
OF_2024 = inspection(date(2024, 1, 29), date(2024, 3, 4))
A_YEAR = NewsSpan(date(2024, 1, 1), date(2024, 12, 31))


def begun(store: Store) -> None:
    """Two authorities, and what was public of them long before 1 January 2024."""
    for urn, name in ((STOCKTON, "Stockton-on-Tees"), (LEEDS, "Leeds")):
        store.register(urn, name)
        store.state(urn, OF_2019, read_on=date(2024, 1, 1))


def on(store: Store, day: date) -> None:
    store.now = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def asked(store: Store, span: NewsSpan = A_YEAR, *, most: int = 100, **scope: frozenset[object]) -> NewsAnswer:
    store.projector.catch_up()
    return news_of(store.reader, NewsScope(**scope), span, most=most)  # type: ignore[arg-type]


def shape(found: tuple[ActivityNews, ...]) -> list[tuple[str, str, date, bool]]:
    return [(one.kind.value, one.authority.name, one.day, one.late) for one in found]


def test_what_came_with_a_whole_history_stands_on_its_own_day(sqlite_store: Store):
    begun(sqlite_store)
    assert asked(sqlite_store).told == ()
    long_ago = asked(sqlite_store, NewsSpan(date(2019, 1, 1), date(2019, 12, 31))).told
    assert {one.day for one in long_ago} == {date(2019, 7, 1)}
    assert all(one.settled for one in long_ago)


def test_a_new_report_is_news_on_the_day_it_is_told_here_and_names_the_grade_before(store: Store):
    begun(store)
    on(store, date(2024, 3, 6))
    store.state(STOCKTON, OF_2024, read_on=date(2024, 3, 6))
    (news,) = asked(store).told
    assert shape((news,)) == [("report", "Stockton-on-Tees", date(2024, 3, 6), False)]
    assert news.public_on == date(2024, 3, 4)
    assert news.earlier == (Grade.REQUIRES_IMPROVEMENT, date(2019, 7, 1))


def test_a_second_source_and_a_second_reading_add_nothing(sqlite_store: Store):
    begun(sqlite_store)
    on(sqlite_store, date(2024, 3, 6))
    said = sqlite_store.state(STOCKTON, OF_2024, read_on=date(2024, 3, 6))
    first = asked(sqlite_store).told
    sqlite_store.state(STOCKTON, OF_2024, channel=Channel.OFSTED_LATEST, read_on=date(2024, 3, 31))
    sqlite_store.read_file("again.csv", read_on=date(2024, 4, 1), restated=said)
    again = asked(sqlite_store)
    assert [one.id for one in again.told] == [one.id for one in first]
    assert again.corrections == ()


def test_a_call_and_the_report_on_it_are_two(sqlite_store: Store):
    begun(sqlite_store)
    on(sqlite_store, date(2024, 1, 22))
    call = Stated(Kind.INSPECTION, notified=date(2024, 1, 22), expected_start=date(2024, 1, 29))
    (about, *_) = sqlite_store.state(STOCKTON, call, read_on=date(2024, 1, 22))
    on(sqlite_store, date(2024, 3, 6))
    sqlite_store.state(STOCKTON, OF_2024, read_on=date(2024, 3, 6), about=about)
    assert [one.kind for one in asked(sqlite_store).told] == [NewsKind.REPORT, NewsKind.CALL]


def test_what_had_long_been_public_is_learned_late(sqlite_store: Store):
    begun(sqlite_store)
    on(sqlite_store, date(2024, 11, 30))
    sqlite_store.state(STOCKTON, OF_2024, read_on=date(2024, 11, 30))
    assert shape(asked(sqlite_store).told) == [("report", "Stockton-on-Tees", date(2024, 11, 30), True)]


def test_a_correction_stands_apart_with_what_was_held_before(sqlite_store: Store):
    begun(sqlite_store)
    on(sqlite_store, date(2024, 4, 2))
    otherwise = inspection(date(2019, 5, 20), date(2019, 7, 1), Grade.INADEQUATE)
    sqlite_store.state(STOCKTON, otherwise, read_on=date(2024, 4, 2))
    found = asked(sqlite_store)
    assert found.told == ()
    (one,) = found.corrections
    assert one.day == date(2024, 4, 2)
    assert [(change.was, change.now) for change in one.changes] == [(Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE)]


def test_what_is_corrected_on_the_day_a_history_begins_nobody_had_read(sqlite_store: Store):
    begun(sqlite_store)
    better = inspection(date(2019, 5, 20), date(2019, 7, 1), Grade.GOOD)
    sqlite_store.state(STOCKTON, better, channel=Channel.OFSTED_LATEST, read_on=date(2024, 1, 1))
    assert asked(sqlite_store).corrections == ()


def test_an_entry_withdrawn_is_told_and_what_was_told_of_it_stays(sqlite_store: Store):
    begun(sqlite_store)
    on(sqlite_store, date(2024, 3, 6))
    said = sqlite_store.state(STOCKTON, OF_2024, read_on=date(2024, 3, 6))
    on(sqlite_store, date(2024, 3, 8))
    sqlite_store.tell(STOCKTON, (EntryWithdrawn, {"activity": said[0], "statements": tuple(said)}))
    found = asked(sqlite_store)
    assert [one.kind for one in found.told] == [NewsKind.REPORT]
    assert [(one.kind, one.day) for one in found.corrections] == [(NewsKind.WITHDRAWN, date(2024, 3, 8))]


def test_two_entries_that_turn_out_to_be_one_are_a_correction(sqlite_store: Store):
    begun(sqlite_store)
    on(sqlite_store, date(2024, 4, 2))
    visit = Stated(Kind.FOCUSED_VISIT, start=date(2024, 3, 5), published=date(2024, 4, 1))
    later = Stated(Kind.FOCUSED_VISIT, start=date(2024, 1, 9), published=date(2024, 2, 20))
    one, other = (sqlite_store.state(STOCKTON, said, read_on=date(2024, 4, 2))[0] for said in (visit, later))
    assert [news.kind for news in asked(sqlite_store).told] == [NewsKind.LETTER] * 2
    on(sqlite_store, date(2024, 4, 3))
    sqlite_store.tell(STOCKTON, (EntriesRecognisedAsOne, {"one": one, "other": other}))
    assert [(news.kind, news.day) for news in asked(sqlite_store).corrections] == [(NewsKind.JOINED, date(2024, 4, 3))]


def test_one_authority_has_only_its_own(sqlite_store: Store):
    begun(sqlite_store)
    on(sqlite_store, date(2024, 3, 6))
    for urn in (STOCKTON, LEEDS):
        sqlite_store.state(urn, OF_2024, read_on=date(2024, 3, 6))
    assert [one.authority.urn for one in asked(sqlite_store, urns=frozenset({LEEDS})).told] == [LEEDS]


def test_of_more_than_is_asked_for_the_rest_is_counted(sqlite_store: Store):
    begun(sqlite_store)
    on(sqlite_store, date(2024, 3, 6))
    for urn in (STOCKTON, LEEDS):
        sqlite_store.state(urn, OF_2024, read_on=date(2024, 3, 6))
    found = asked(sqlite_store, most=1)
    assert (len(found.told), found.more["news"]) == (1, 1)


def test_digests_in_a_row_hold_everything_once(sqlite_store: Store):
    begun(sqlite_store)
    first = asked(sqlite_store).position
    on(sqlite_store, date(2024, 3, 6))
    sqlite_store.state(STOCKTON, OF_2024, read_on=date(2024, 3, 6))
    second = asked(sqlite_store).position
    sqlite_store.state(LEEDS, OF_2024, read_on=date(2024, 3, 6))
    days = (date(2024, 3, 1), date(2024, 3, 7))
    one = asked(sqlite_store, NewsSpan(*days, after=first, upto=second)).told
    other = asked(sqlite_store, NewsSpan(*days, after=second)).told
    assert ([news.authority.urn for news in one], [news.authority.urn for news in other]) == ([STOCKTON], [LEEDS])


def test_what_somebody_left_out_told_is_no_news(sqlite_store: Store):
    begun(sqlite_store)
    on(sqlite_store, date(2024, 3, 6))
    sqlite_store.state(STOCKTON, OF_2024, read_on=date(2024, 3, 6))
    assert asked(sqlite_store, except_by=frozenset({"local"})).told == ()


def test_a_window_opens_and_closes_by_the_day_and_its_end_is_not_known_after_the_last_source(sqlite_store: Store):
    begun(sqlite_store)
    found = asked(sqlite_store, NewsSpan(date(2019, 7, 1), date(2024, 12, 31))).windows
    of_leeds = [one for one in found if one.authority.urn == LEEDS]
    assert [one.kind for one in of_leeds] == [NewsKind.WINDOW_CLOSED, NewsKind.WINDOW_OPENED]
    closed = of_leeds[0]
    assert (closed.day - closed.closes).days == 1
    assert not closed.known
    day_before = asked(sqlite_store, NewsSpan(date(2019, 7, 1), closed.closes)).windows
    assert NewsKind.WINDOW_CLOSED not in {one.kind for one in day_before if one.authority.urn == LEEDS}
