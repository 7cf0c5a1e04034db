"""Until when something is known of an authority, by kind: which source tells of what, and who it tells of."""

from __future__ import annotations

from datetime import date, datetime

from domain import facts
from domain.authorities.source_check import SourceCheck
from domain.rulebook.known_until import kinds_of
from domain.values.known_until import KnownKind, KnownSpan
from domain.values.statements import Channel
from projections.authorities.register import register
from projections.outlook.reasoning import reasoning_of
from projections.outlook.standing import standing_of
from tests.projections.story import CUMBRIA, LEEDS, STOCKTON, Store, inspection

TODAY = date(2024, 7, 1)


def read_until(store: Store, known_at: datetime | None = None) -> list[date | None]:
    """Of Leeds, of Stockton and of every authority."""
    store.projector.catch_up()
    of_one = [standing_of(store.reader, urn, as_at=TODAY, known_at=known_at) for urn in (LEEDS, STOCKTON)]
    return [
        answer.moment.known_until.graded for answer in (*of_one, register(store.reader, as_at=TODAY, known_at=known_at))
    ]


def test_a_list_of_reports_and_a_history_document_tell_of_those_in_them(store: Store):
    store.register(LEEDS, "Leeds")
    store.register(STOCKTON, "Stockton-on-Tees")
    assert read_until(store) == [None, None, None]
    inspected = inspection(date(2022, 2, 21))
    ours = store.state(LEEDS, inspected, channel=Channel.HISTORY_DOCUMENT, read_on=date(2024, 5, 1))
    store.read_file("Ours", read_on=date(2024, 5, 1), restated=ours, kind="history_document")
    assert read_until(store) == [date(2024, 5, 1), None, None]
    theirs = store.state(STOCKTON, inspected, read_on=date(2024, 3, 1))
    store.read_file("JT-39", read_on=date(2024, 3, 1), restated=theirs, kind="jt39")
    assert read_until(store) == [date(2024, 5, 1), date(2024, 3, 1), None], "a list of one says nothing of two"
    told = store.now
    both = [*theirs, *store.state(LEEDS, inspected, read_on=date(2024, 6, 20))]
    store.read_file("JT-39", read_on=date(2024, 6, 20), restated=both, kind="jt39")
    assert read_until(store) == [date(2024, 6, 20)] * 3
    assert register(store.reader, as_at=TODAY).moment.data_horizon == date(2024, 6, 20)
    assert read_until(store, told) == [date(2024, 5, 1), date(2024, 3, 1), None]


def test_a_document_that_tells_of_nearly_all_authorities_tells_of_england(store: Store):
    store.register(LEEDS, "Leeds")
    store.register(STOCKTON, "Stockton-on-Tees")
    graded = KnownKind.GRADED_INSPECTION
    of_one = KnownSpan(graded, date(2024, 5, 1), urns=(LEEDS,))
    store.read_file("One", read_on=date(2024, 6, 1), kind="history_document", tells=(of_one,))
    assert read_until(store) == [date(2024, 5, 1), None, None]
    of_the_other = KnownSpan(graded, date(2024, 4, 1), urns=(STOCKTON,))
    store.read_file("Both", read_on=date(2024, 6, 1), kind="history_document", tells=(of_one, of_the_other))
    assert read_until(store) == [date(2024, 5, 1), date(2024, 4, 1), date(2024, 4, 1)]


def test_yearly_statistics_tell_of_visits_in_their_year_only(store: Store):
    store.register(LEEDS, "Leeds")
    store.read_file(
        "As at 31 March 2024", read_on=date(2024, 8, 1), edition=date(2024, 3, 31), kind="ofsted_statistics"
    )
    store.projector.catch_up()
    known = standing_of(store.reader, LEEDS, as_at=TODAY).standing.known_until
    kinds = (KnownKind.GRADED_INSPECTION, KnownKind.FOCUSED_VISIT, KnownKind.MONITORING_VISIT, KnownKind.JTAI)
    assert [known.until(kind) for kind in kinds] == [date(2024, 3, 31)] * 3 + [None]
    assert known.from_then(KnownKind.FOCUSED_VISIT, date(2023, 4, 1)) == date(2024, 3, 31)
    assert known.from_then(KnownKind.FOCUSED_VISIT, date(2023, 3, 31)) is None, "what came before is not in it"
    assert known.from_then(KnownKind.GRADED_INSPECTION, date(2009, 1, 1)) == date(2024, 3, 31)


def test_an_authority_that_has_ended_is_in_no_list_of_those_there_are(store: Store):
    store.register(CUMBRIA, "Cumbria")
    store.tell(CUMBRIA, (facts.AuthorityAbolished, {"abolished_on": date(2023, 4, 1)}))
    for year in (2024, 2022, 2023):
        store.read_file(f"{year}", read_on=TODAY, edition=date(year, 3, 31), kind="ofsted_statistics")
    store.projector.catch_up()
    assert standing_of(store.reader, CUMBRIA, as_at=TODAY).standing.known_until.graded == date(2023, 3, 31)


def test_what_somebody_checked_is_known_until_that_day_of_that_kind_alone(store: Store):
    store.register(LEEDS, "Leeds")
    store.register(STOCKTON, "Stockton-on-Tees")
    before = store.now
    by = store.by()
    checked = {"checked": "monitoring_visit", "kinds": kinds_of(KnownKind.MONITORING_VISIT)}
    store.ledger.save(SourceCheck.record(**checked, checked_on=date(2024, 5, 1), urn=LEEDS, by=by), command=by.command)
    store.projector.catch_up()
    of = {urn: standing_of(store.reader, urn, as_at=TODAY).standing.known_until for urn in (LEEDS, STOCKTON)}
    assert {span.kind for span in of[LEEDS].joined()} == {KnownKind.MONITORING_VISIT, KnownKind.FIRST_MONITORING_VISIT}
    assert of[LEEDS].until(KnownKind.MONITORING_VISIT) == date(2024, 5, 1)
    assert of[STOCKTON].spans == ()
    assert standing_of(store.reader, LEEDS, as_at=TODAY, known_at=before).standing.known_until.spans == ()


def test_a_look_of_which_something_waits_tells_of_the_others_alone(store: Store):
    store.register(LEEDS, "Leeds")
    store.register(STOCKTON, "Stockton-on-Tees")
    by = store.by()
    look = {"checked": "jt39_history", "kinds": (KnownKind.GRADED_INSPECTION,), "checked_on": date(2024, 5, 1)}
    store.ledger.save(SourceCheck.record(**look, urn=None, urns=(LEEDS,), by=by), command=by.command)
    store.projector.catch_up()
    of = [standing_of(store.reader, urn, as_at=TODAY).standing.known_until.graded for urn in (LEEDS, STOCKTON)]
    assert of == [date(2024, 5, 1), None]
    assert register(store.reader, as_at=TODAY).moment.known_until.graded is None


def test_a_document_of_which_nothing_was_known_moves_the_data_horizon_alone(store: Store):
    store.register(LEEDS, "Leeds")
    store.register(STOCKTON, "Stockton-on-Tees")
    store.read_file("An export", read_on=date(2024, 6, 1), kind="history_document")
    assert read_until(store) == [None] * 3
    assert register(store.reader, as_at=TODAY).moment.data_horizon == date(2024, 6, 1)


def test_a_file_that_was_not_read_to_its_end_tells_nothing_by_its_silence(store: Store):
    store.register(LEEDS, "Leeds")
    store.register(STOCKTON, "Stockton-on-Tees")
    said = store.state(LEEDS, inspection(date(2022, 2, 21)), read_on=date(2024, 3, 1))
    store.read_file("JT-39", read_on=date(2024, 3, 1), restated=said, kind="jt39", finish=False)
    assert read_until(store) == [None] * 3
    assert register(store.reader, as_at=TODAY).moment.data_horizon == date(2024, 3, 1)


def test_what_an_officer_types_is_no_reading(store: Store):
    store.register(LEEDS, "Leeds")
    store.register(STOCKTON, "Stockton-on-Tees")
    store.tell(LEEDS, (facts.FieldworkStarted, {"kind": None, "started_on": date(2022, 11, 7)}))
    assert read_until(store)[0] is None
    limits = reasoning_of(store.reader, LEEDS, as_at=TODAY).limits
    assert (
        "No source that tells of all graded inspections of Leeds has been read yet, so only what officers recorded is "
        "known here of it."
    ) in limits


def test_one_file_makes_nobody_s_reading_older(store: Store):
    store.register(LEEDS, "Leeds")
    inspected = inspection(date(2022, 2, 21))
    for name, kind, day in (("JT-39", "jt39", date(2024, 3, 1)), ("Ours", "history_document", date(2023, 5, 1))):
        said = store.state(LEEDS, inspected, read_on=day)
        store.read_file(name, read_on=day, restated=said, kind=kind)
    store.projector.catch_up()
    assert standing_of(store.reader, LEEDS, as_at=TODAY).standing.known_until.graded == date(2024, 3, 1)
