"""A day is typed into three boxes, or whole into the first as people write it; the boxes then show how it was read."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from domain.values.statements import Period
from web.site.fields import DateInput, in_words


class Asked(Form):
    on = DateInput("Published on", asks="the day of publication")
    about = DateInput("Held in", asks="the day of the meeting", month_will_do=True)


def sent(**boxes: str) -> Asked:
    return Asked(MultiDict({name.replace("_", "-"): text for name, text in boxes.items()}))


@pytest.mark.parametrize(
    "text", ["7 Sept 2026", "7th September 2026", "07.09.26", "7-Sep-26", "Mon 7/9/2026", "2026-09-07"]
)
def test_a_whole_day_in_the_first_box_is_put_into_all_three(text: str):
    form = sent(on_day=text)
    assert (form.on.data, form.on.texts) == (date(2026, 9, 7), ("7", "9", "2026"))
    assert in_words(form.on) == "7 September 2026"


@pytest.mark.parametrize(
    "boxes", [("7", "9", "2026"), ("7th", "Sept", "2026"), ("07", "september", "26"), ("7", "9", "26")]
)
def test_three_boxes_take_an_ordinal_a_month_by_name_and_a_year_of_this_century(boxes: tuple[str, str, str]):
    day, month, year = boxes
    assert sent(on_day=day, on_month=month, on_year=year).on.data == date(2026, 9, 7)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("09/20/2026", "“09/20/2026” is not a day: there is no month 20; write the day first"),
        ("Tuesday 7 September 2026", "it says Tuesday, but 7 September 2026 is a Monday."),
        ("7 September", "“7 September” is not a day: it has no year."),
        ("soon", "The day of publication must include a month and a year."),
    ],
)
def test_what_could_be_another_day_is_asked_for_again_with_the_reason(text: str, why: str):
    form = sent(on_day=text)
    assert not form.validate()
    assert form.on.data is None
    assert why in " ".join(map(str, form.on.errors))


def test_a_month_alone_is_a_month():
    assert sent(about_month="9", about_year="2026").about.data == Period("2026-09")
    assert sent(about_day="7 Sept 2026").about.data == date(2026, 9, 7)
