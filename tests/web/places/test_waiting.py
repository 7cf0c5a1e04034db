"""What of a file from a place goes in by itself, what waits for an officer, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.frameworks import Area, Grade
from domain.values.errors import NotFound, RuleBroken
from domain.values.known_until import KnownKind
from projections.authorities.files import files
from tests.web.demo_app import HARINGEY, LEICESTERSHIRE, STOCKTON, demo_app
from tests.web.places.files import (
    FIRST,
    LEADERS_WORSE,
    NEW_OF_HARINGEY,
    NEW_OF_LEICESTERSHIRE,
    REJECTED,
    SECOND,
    THIRD,
    command,
    fetched,
    given,
    history,
    row,
    waits,
)
from tests.web.signed_in import store_of
from web.places import waiting
from web.places.waiting import finish_what_was_cut_short, set_aside, take, take_in
from web.store.store import Store
from web.store.waiting import WHOLE, DecidedMeanwhile

OFFICER, OTHER = str(UUID(int=7)), str(UUID(int=8))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    app = demo_app(tmp_path / "store")
    with app.app_context():
        yield store_of(app)


def leaders(store: Store, urn: str) -> Grade:
    """Of the newest report."""
    entries = store.application.authorities.authority(urn).activities
    newest = max((one for one in entries if one.published and one.grades), key=lambda one: one.published)
    return dict(newest.grades)[Area.IMPACT_OF_LEADERS]


def actors_after(store: Store, position: int) -> set[str]:
    return {fact.actor for _, fact in store.ledger.read_facts(position + 1)}


def finished(store: Store) -> list[bool]:
    store.projector.catch_up()
    return [file.finished for file in files(store.reader) if file.name == "ilacs_history.csv"]


def known_until(store: Store, urn: str):
    store.projector.catch_up()
    with store.reader.connect() as connection:
        told = store.reader.moment(connection, THIRD, None, of=urn).known_until
    return told.until(KnownKind.GRADED_INSPECTION)


def test_a_new_report_goes_in_by_itself_and_names_no_person(store: Store):
    before = store.ledger.max_position()
    taken = given(store, NEW_OF_HARINGEY)
    assert (taken.outcome, taken.waiting, taken.named, taken.left_out) == ("new", None, {HARINGEY}, frozenset())
    assert leaders(store, HARINGEY) is Grade.GOOD
    assert actors_after(store, before) == {"sources"}
    assert finished(store) == [True]


def test_a_file_that_says_only_what_is_held_is_unchanged(store: Store):
    given(store, NEW_OF_HARINGEY)
    assert given(store, NEW_OF_HARINGEY, on=SECOND).outcome == "unchanged"


def test_of_a_file_with_a_correction_the_other_authorities_go_in_and_the_corrected_one_waits(store: Store):
    given(store, NEW_OF_HARINGEY)
    taken = given(store, LEADERS_WORSE, NEW_OF_LEICESTERSHIRE, on=SECOND)
    assert (taken.outcome, taken.named, taken.left_out) == ("waiting", {HARINGEY, LEICESTERSHIRE}, {HARINGEY})
    (file,) = store.waiting.all()
    (part,) = file.parts
    assert (part.name, [one["kind"] for one in part.reasons]) == ("Haringey", ["corrected", "standing"])
    assert (part.reasons[0]["was"], part.reasons[0]["becomes"]) == ("Good", "Requires improvement")
    assert leaders(store, HARINGEY) is Grade.GOOD
    published = [one.published for one in store.application.authorities.authority(LEICESTERSHIRE).activities]
    assert date(2026, 7, 7) in published
    assert finished(store) == [False, True]


def test_what_an_officer_takes_in_names_the_officer_and_finishes_the_file(store: Store):
    given(store, NEW_OF_HARINGEY)
    file, before = waits(store, LEADERS_WORSE, NEW_OF_LEICESTERSHIRE), store.ledger.max_position()
    done = take_in(store, file, [HARINGEY], by=OFFICER, command=command())
    assert not done.open
    assert leaders(store, HARINGEY) is Grade.REQUIRES_IMPROVEMENT
    assert actors_after(store, before) == {OFFICER}
    assert finished(store) == [True, True]
    assert known_until(store, HARINGEY) == SECOND
    assert store.waiting.content(file) is None
    assert store.waiting.count() == 0


def test_of_what_was_set_aside_nothing_goes_in_and_the_source_tells_nothing_of_it(store: Store):
    given(store, NEW_OF_HARINGEY)
    file = waits(store, LEADERS_WORSE, NEW_OF_LEICESTERSHIRE)
    set_aside(store, file, [HARINGEY], by=OFFICER, reason="The report says good.", command=command())
    assert leaders(store, HARINGEY) is Grade.GOOD
    assert (known_until(store, HARINGEY), known_until(store, LEICESTERSHIRE)) == (FIRST, SECOND)
    assert finished(store) == [True, True]


def test_what_was_set_aside_is_not_asked_again_of_tomorrows_file(store: Store):
    given(store, NEW_OF_HARINGEY)
    file = waits(store, LEADERS_WORSE)
    set_aside(store, file, [HARINGEY], by=OFFICER, reason="The report says good.", command=command())
    taken = given(store, LEADERS_WORSE, NEW_OF_LEICESTERSHIRE, on=THIRD)
    assert (taken.outcome, taken.left_out) == ("new", {HARINGEY})
    assert leaders(store, HARINGEY) is Grade.GOOD


def test_a_new_report_of_an_authority_of_which_something_was_set_aside_is_asked_about(store: Store):
    given(store, NEW_OF_HARINGEY)
    file = waits(store, LEADERS_WORSE)
    set_aside(store, file, [HARINGEY], by=OFFICER, reason="The report says good.", command=command())
    newer = row(HARINGEY, "28/09/26", "17/08/2026", "21/08/2026", file=2)
    again = waits(store, LEADERS_WORSE, newer, on=THIRD)
    kinds = [one["kind"] for one in store.waiting.one(again).part(HARINGEY).reasons]
    assert kinds[0] in ("beside", "question")
    assert "corrected" in kinds, "what was set aside is shown with it"
    take_in(store, again, [HARINGEY], by=OFFICER, command=command())
    published = [one.published for one in store.application.authorities.authority(HARINGEY).activities]
    assert date(2026, 9, 28) in published


def test_a_row_that_was_looked_at_once_is_not_asked_again_though_it_has_moved(store: Store):
    file = waits(store, NEW_OF_HARINGEY, REJECTED)
    assert known_until(store, HARINGEY) != SECOND
    take_in(store, file, [WHOLE], by=OFFICER, command=command())
    assert known_until(store, HARINGEY) == SECOND
    assert given(store, NEW_OF_LEICESTERSHIRE, NEW_OF_HARINGEY, REJECTED, on=THIRD).outcome == "new"


def test_a_file_that_lacks_many_authorities_waits_whole_and_goes_in_whole(store: Store):
    many = [row(urn, "01/07/26", "18/05/2026", "22/05/2026") for urn in (HARINGEY, STOCKTON, LEICESTERSHIRE)]
    given(store, *many)
    position = store.ledger.max_position()
    short = row(HARINGEY, "28/08/26", "06/07/2026", "10/07/2026", file=2)
    file = waits(store, short)
    assert store.ledger.max_position() == position, "nothing of it went in"
    assert "2 of 3 authorities" in store.waiting.one(file).part(WHOLE).reasons[0]["sentence"]
    take_in(store, file, [WHOLE], by=OFFICER, command=command())
    assert actors_after(store, position) == {OFFICER}
    assert known_until(store, HARINGEY) == SECOND


def test_a_whole_file_that_is_set_aside_leaves_nothing_behind(store: Store):
    given(store, *(row(urn, "01/07/26", "18/05/2026", "22/05/2026") for urn in (HARINGEY, STOCKTON, LEICESTERSHIRE)))
    position = store.ledger.max_position()
    file = waits(store, row(HARINGEY, "28/08/26", "06/07/2026", "10/07/2026", file=2))
    set_aside(store, file, [WHOLE], by=OFFICER, reason="It was cut off.", command=command())
    assert store.ledger.max_position() == position
    assert store.waiting.count() == 0


def test_a_decision_sent_twice_acts_once(store: Store):
    given(store, NEW_OF_HARINGEY)
    file, same = waits(store, LEADERS_WORSE), command()
    take_in(store, file, [HARINGEY], by=OFFICER, command=same)
    position = store.ledger.max_position()
    take_in(store, file, [HARINGEY], by=OFFICER, command=same)
    assert store.ledger.max_position() == position


def test_the_second_of_two_officers_is_told_and_changes_nothing(store: Store):
    given(store, NEW_OF_HARINGEY)
    file = waits(store, LEADERS_WORSE)
    set_aside(store, file, [HARINGEY], by=OFFICER, reason="The report says good.", command=command())
    with pytest.raises(DecidedMeanwhile, match="Haringey was set aside"):
        take_in(store, file, [HARINGEY], by=OTHER, command=command())
    assert leaders(store, HARINGEY) is Grade.GOOD


def test_what_a_newer_file_took_the_place_of_cannot_be_decided(store: Store):
    given(store, NEW_OF_HARINGEY)
    file = waits(store, LEADERS_WORSE)
    newer = waits(store, LEADERS_WORSE, NEW_OF_LEICESTERSHIRE, on=THIRD)
    assert [one.id for one in store.waiting.all()] == [newer]
    with pytest.raises(DecidedMeanwhile, match="A newer file"):
        take_in(store, file, [HARINGEY], by=OFFICER, command=command())


def test_a_newer_file_without_the_fault_goes_in_and_nothing_waits_any_more(store: Store):
    given(store, NEW_OF_HARINGEY)
    waits(store, LEADERS_WORSE)
    assert given(store, NEW_OF_HARINGEY, NEW_OF_LEICESTERSHIRE, on=THIRD).outcome == "new"
    assert store.waiting.count() == 0


def test_the_same_bytes_wait_once(store: Store):
    given(store, NEW_OF_HARINGEY)
    file = waits(store, LEADERS_WORSE)
    assert waits(store, LEADERS_WORSE) == file
    assert store.waiting.count() == 1


def test_a_process_stopped_after_a_decision_was_noted_loses_nothing(store: Store, monkeypatch: pytest.MonkeyPatch):
    given(store, NEW_OF_HARINGEY)
    file = waits(store, LEADERS_WORSE)
    with monkeypatch.context() as patch:
        patch.setattr(waiting, "finish", lambda store, seen: seen)
        take_in(store, file, [HARINGEY], by=OFFICER, command=command())
    assert leaders(store, HARINGEY) is Grade.GOOD
    before = store.ledger.max_position()
    finish_what_was_cut_short(store)
    assert leaders(store, HARINGEY) is Grade.REQUIRES_IMPROVEMENT
    assert actors_after(store, before) == {OFFICER}
    finish_what_was_cut_short(store)
    assert finished(store) == [True, True]


def test_a_dry_run_says_the_same_and_keeps_nothing(store: Store):
    given(store, NEW_OF_HARINGEY)
    before = store.ledger.max_position()
    tried = take(store, fetched(history(LEADERS_WORSE, NEW_OF_LEICESTERSHIRE), SECOND), dry_run=True)
    assert (tried.outcome, tried.waiting) == ("waiting", None)
    assert store.ledger.max_position() == before
    assert store.waiting.count() == 0


def test_a_file_of_an_unknown_layout_fails_and_says_why(store: Store):
    taken = take(store, fetched(b"<html>Not found</html>"))
    assert taken.outcome == "failed"
    assert taken.why


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_setting_aside_takes_a_reason_of_some_length(store: Store, reason: str):
    given(store, NEW_OF_HARINGEY)
    file = waits(store, LEADERS_WORSE)
    with pytest.raises(RuleBroken, match="Say why"):
        set_aside(store, file, [HARINGEY], by=OFFICER, reason=reason, command=command())
    assert store.waiting.one(file).open


def test_a_file_or_an_authority_that_nobody_waits_for_is_not_found(store: Store):
    given(store, NEW_OF_HARINGEY)
    file = waits(store, LEADERS_WORSE)
    for of, urn in ((uuid4(), HARINGEY), (file, STOCKTON)):
        with pytest.raises(NotFound):
            take_in(store, of, [urn], by=OFFICER, command=command())
