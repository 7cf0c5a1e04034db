"""Which passwords will do."""

from __future__ import annotations

import pytest

from domain.values.errors import RuleBroken
from tests.web.signed_in import PASSWORD
from web.store.passwords import SHORTEST, common, must_be_good


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("fourteen chars", "at least 15"),
        ("x" * 201, "at most 200"),
        ("passwordpassword", "many people use"),
        ("Correct Horse Battery Staple", "many people use"),
        ("123456789012345", "many people use"),
        ("qwertyuiopasdfgh", "many people use"),
        ("abcabcabcabcabcabc", "many people use"),
        ("zyxwvutsrqponmlkj", "easy to guess|many people use"),
        ("Inspection-Timeline-2026", "easy to guess"),
        ("adaeze okonkwo 1984", "easy to guess"),
        ("aaaaabbbbbaaaaabbbbb", "easy to guess"),
    ],
)
def test_a_password_that_is_short_common_or_about_oneself_is_refused(password: str, why: str):
    with pytest.raises(RuleBroken, match=why):
        must_be_good(password, ("Adaeze Okonkwo", "a.okonkwo@council.example"))


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "correct donkey battery paperclip", "ünïcode ist auch erlaubt", "lowercase will do too"],
)
def test_any_long_password_will_do_otherwise(password: str):
    must_be_good(password, ("Adaeze Okonkwo",))


def test_the_list_of_common_passwords_holds_only_what_the_length_lets_through():
    assert len(common()) > 100
    assert all(len(word) >= SHORTEST and word.isalnum() and word == word.casefold() for word in common())
