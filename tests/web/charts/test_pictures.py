"""Pictures of comparisons: what is drawn where, and what it says to who cannot see it."""

from __future__ import annotations

from datetime import date

from web.charts.dot_plot import DotRow, dot_plot
from web.charts.grades_through_time import HEIGHT, GradeShare, YearBar, grades_picture
from web.charts.windows_strip import Spans, axis_of, heading, in_words, picture, strip

ON = date(2026, 11, 30)
LATE = Spans("East Riding", (date(2025, 9, 5), date(2026, 9, 5)), (date(2026, 12, 7), date(2027, 4, 5)), past=True)
FAR = Spans("Somerset", (date(2028, 12, 10), date(2029, 12, 10)))


def test_strips_share_one_axis_of_whole_years():
    scale = axis_of([LATE, FAR], ON, 150)
    assert heading(scale).labels == ((2025, 15), (2026, 45), (2027, 75), (2028, 105), (2029, 135))
    late, far = strip(LATE, scale, ON), strip(FAR, scale, ON)
    assert late.today == far.today == 57
    assert late.policy is not None
    assert far.policy is not None
    assert late.forecast is not None
    assert (late.policy.x + late.policy.width, late.forecast.x, far.policy.x) == (50, 58, 118)
    assert (late.past, far.past, far.forecast) == (True, False, None)


def test_a_strip_says_what_it_draws():
    assert in_words(LATE) == (
        "Ofsted’s policy: September 2025 to September 2026. Forecast, 8 chances in 10: December 2026 to April 2027."
    )
    assert in_words(Spans("Leeds", None)) == "No window."


def test_an_axis_reaches_no_further_than_a_year_back_and_four_ahead():
    old = Spans("Nottingham", (date(2019, 1, 1), date(2020, 1, 1)))
    far = Spans("Nowhere", (date(2040, 1, 1), date(2041, 1, 1)))
    scale = axis_of([old, far], ON, 100)
    assert (scale.first, scale.last) == (date(2025, 1, 1), date(2031, 1, 1))
    assert strip(old, scale, ON).policy is None


def test_all_windows_are_a_line_each_in_the_order_given():
    drawn = picture([(LATE, "past"), (FAR, "open")], axis_of([LATE, FAR], ON, 150), ON, title="Windows", desc="Two.")
    assert [(line.look, line.y) for line in drawn.lines] == [("past", 20), ("open", 25)]
    assert drawn.height == 34


def test_equal_months_are_stacked_and_the_middle_and_the_own_are_marked():
    plot = dot_plot(
        [DotRow("Neighbours", (5, 28, 28, 44), 28), DotRow("England", (4, 28), 16)],
        own=28,
        own_name="here, 28 months",
        title="Months",
        desc="Here 28 months.",
    )
    neighbours, england = plot.rows
    assert len({dot.x for dot in neighbours.dots}) == 3
    equal = [dot for dot in neighbours.dots if dot.x == neighbours.median]
    assert len(equal) == 2
    assert equal[0].y - equal[1].y == 9
    assert england.own is not None
    assert england.own.x == neighbours.median
    assert [month for month, _ in plot.ticks] == [0, 12, 24, 36, 48]
    assert all(0 <= dot.x <= plot.width and 0 < dot.y < plot.height for row in plot.rows for dot in row.dots)


def test_a_dot_plot_fits_a_phone_and_marks_nothing_where_nothing_is_held():
    plot = dot_plot([DotRow("England", (), None)], own=None, own_name="", title="Months", desc="None.", narrow=True)
    assert (plot.width, plot.rows[0].dots, plot.rows[0].median, plot.rows[0].own) == (288, (), None, None)


def test_bars_of_grades_are_of_one_height_and_say_numbers_where_there_is_room():
    shares = (
        GradeShare("Good", "G", "tone-good", 150),
        GradeShare("Inadequate", "I", "tone-red", 2),
        GradeShare("None", "", "track", 0),
    )
    drawn = grades_picture([YearBar("2025", shares), YearBar("2026", shares)], title="Grades", desc="Two days.")
    (first, _) = drawn.bars
    assert [(part.tone, part.text) for part in first.parts] == [("tone-good", "150"), ("tone-red", "")]
    assert sum(part.height + 1 for part in first.parts) == HEIGHT


def test_on_a_phone_the_last_seven_years_are_drawn():
    years = [YearBar(str(year), (GradeShare("Good", "G", "tone-good", 1),)) for year in range(2014, 2027)]
    drawn = grades_picture(years, title="Grades", desc="Thirteen years.", narrow=True)
    assert [bar.label for bar in drawn.bars] == [str(year) for year in range(2020, 2027)]
    assert drawn.bars[-1].x + drawn.bars[-1].width <= 288
