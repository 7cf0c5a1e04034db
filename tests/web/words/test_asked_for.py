"""What Ofsted asked for: raised before only where an officer said so, new only where there is something to compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from projections.engine.answers import EarlierFinding, FindingRow
from tests.web.examples import ILACS_2018, ILACS_2024, STANDING
from web.words.asked_for import asked_for

NEW = FindingRow(
    STANDING.authority, ILACS_2024.id, "inspection", 1, "The timeliness of visits.", False, date(2024, 7, 1)
)
OLD = FindingRow(STANDING.authority, ILACS_2018.id, "inspection", 2, "Timely visits.", False, date(2018, 7, 1))
OTHER = replace(OLD, number=3, text="Case recording.")
KEY = (NEW.activity, NEW.priority, NEW.number)


def test_what_an_officer_confirmed_was_raised_before_and_what_words_suggest_perhaps():
    said = asked_for(ILACS_2024, [NEW, OLD], {KEY: (EarlierFinding(OLD, 0.4, same=True),)}).items[0]
    likely = asked_for(ILACS_2024, [NEW, OLD], {KEY: (EarlierFinding(OLD, 0.4),)}).items[0]
    assert (said.remark, said.tone) == ("Raised before, in 2018", "hot")
    assert (likely.remark, likely.tone) == ("Perhaps raised before, in 2018", "")
    assert likely.earlier.text == "Timely visits."


def test_what_an_officer_refused_is_no_earlier_finding():
    found = asked_for(ILACS_2024, [NEW, OLD], {KEY: (EarlierFinding(OLD, 0.4, same=False),)})
    assert found.items[0].remark == "New in 2024"
    assert found.not_again.items == ("Timely visits.",)


def test_nothing_is_new_where_no_earlier_report_is_held():
    assert asked_for(ILACS_2024, [NEW], {}).items[0].remark == ""


def test_what_was_not_raised_again_is_listed_of_the_report_before():
    found = asked_for(ILACS_2024, [NEW, OLD, OTHER], {KEY: (EarlierFinding(OLD, 0.4),)}).not_again
    assert (found.year, found.items, found.of) == (2018, ("Case recording.",), 2)


def test_a_report_whose_items_are_not_held_says_which_and_counts_nothing_as_solved():
    found = asked_for(ILACS_2024, [OLD], {})
    assert found.missing == f"{ILACS_2024.published:%B %Y}"
    assert found.not_again is None
