"""What only a browser can tell: accessibility, keyboard, narrow screens, pages without scripts, parts swapped in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.values.roles import Listed, Role
from tests.browser.checks import must_be_accessible
from tests.web.demo_app import HARINGEY, STOCKTON
from tests.web.signed_in import PASSWORD, person, store_of
from web import WebApp
from web.words.words import WINDOW_STATES

AUTHORITY = f"/authorities/{HARINGEY}"
FORM = f"/authorities/{STOCKTON}/record/jtai"


@pytest.fixture
def as_officer(served: WebApp, sign_in: Callable[[Listed], None]) -> None:
    """The page of this test is an officer's, for all authorities."""
    sign_in(person(served, Role.OFFICER, office="Improvement officer"))


def test_a_refused_form_keeps_to_wcag_2_2_aa_and_takes_the_focus_to_its_errors(page: Page, as_officer: None):
    page.goto(FORM)
    page.get_by_label("What was its theme?").fill("neglect")
    page.get_by_role("button", name="Record").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_visible()
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: Record "))
    expect(page.get_by_label("What was its theme?")).to_have_value("neglect")
    must_be_accessible(page)
    page.get_by_role("link", name=re.compile("Enter the first day on site")).click()
    expect(page.locator("#started_on-day")).to_be_focused()


@pytest.mark.shows("_receipt.html")
def test_a_record_leads_to_the_authority_with_the_news(page: Page, as_officer: None):
    page.goto(FORM)
    for part, text in (("day", "4"), ("month", "5"), ("year", "2026")):
        page.locator(f"#started_on-{part}").fill(text)
    page.get_by_label("Where did you read this?").fill("Joint letter of 1 July 2026")
    page.get_by_role("button", name="Record").click()
    expect(page).to_have_url(re.compile(rf"/authorities/{STOCKTON}$"))
    expect(page.locator(".note.done")).to_contain_text("Recorded: joint targeted area inspection.")
    expect(page.locator("#timeline")).to_contain_text("Joint targeted area inspection")
    must_be_accessible(page)


def test_the_list_answers_while_one_types_and_back_returns_to_the_whole(page: Page):
    page.goto("/authorities")
    expect(page.locator("#results-count")).to_have_text("153 authorities")
    page.get_by_label("Search by name, region or code").fill("haring")
    expect(page.locator("#results-count")).to_have_text("1 of 153 authorities")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/authorities\?q=haring$"))
    expect(page.get_by_label("Search by name, region or code")).to_be_focused()
    must_be_accessible(page)
    page.go_back()
    expect(page.locator("#results tbody tr")).to_have_count(153)
    expect(page.get_by_label("Search by name, region or code")).to_have_value("")


def test_a_search_suggests_and_arrows_and_enter_open_what_is_chosen(page: Page):
    page.goto("/")
    box = page.get_by_role("combobox", name="Find an authority by name, short name or code")
    box.fill("lei")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    must_be_accessible(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Leicestershire")
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    box.fill("leics")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/authorities/80483$"))


def test_the_live_region_stays_in_the_page_when_results_are_swapped(page: Page):
    page.goto("/authorities")
    region = page.locator("#results-count").element_handle()
    page.locator("summary", has_text="More filters").click()
    page.get_by_label("Region", exact=True).select_option("London")
    expect(page.locator("#results-count")).to_have_text(re.compile(r"\d+ of 153 authorities"))
    assert region is not None
    assert region.evaluate("element => element.isConnected"), "a region that is replaced is not read out"


def test_a_supposition_is_answered_in_place_at_an_address_that_can_be_shared(page: Page):
    page.goto(AUTHORITY)
    page.get_by_text("What if …?").click()
    page.locator("#suppose-visit-day").fill("2028-01-11")
    page.get_by_role("button", name="Suppose this visit").click()
    expect(page).to_have_url(re.compile(r"/suppose\?suppose=visit&day=2028-01-11$"))
    page.locator("#suppose-visit-day").fill("")
    page.get_by_role("button", name="Suppose this visit").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: What if"))
    must_be_accessible(page)
    page.locator("#suppose-visit-day").fill("2028-02-08")
    page.get_by_role("button", name="Suppose this visit").click()
    expect(page.locator("#answer-heading")).to_be_focused()
    expect(page.locator("#answer-heading")).to_contain_text("began on 8 February 2028")
    expect(page).to_have_title(re.compile("^What if"))
    expect(page).to_have_url(re.compile(r"/suppose\?suppose=visit&day=2028-02-08$"))
    must_be_accessible(page)
    page.go_back()
    expect(page.locator("#answer-heading")).to_contain_text("began on 11 January 2028")


def test_what_is_coming_up_is_narrowed_and_opened_without_scripts(plain: Page):
    plain.goto("/coming-up?as_at=2021-10-31")
    plain.get_by_role("link", name="Requires improvement", exact=True).click()
    expect(plain).to_have_url(re.compile(r"/coming-up\?pathway=requires_improvement&as_at=2021-10-31$"))
    plain.get_by_text("Choose a region").click()
    plain.get_by_label("Region", exact=True).select_option("London")
    plain.get_by_role("button", name="Show windows").click()
    expect(plain.locator(".lede")).to_have_text("Of the windows of 1 authority, 1 is open now.")
    plain.get_by_text("Month by month").click()
    names = plain.locator(".app-months summary", has_text="closing in Jun 2022")
    names.click()
    expect(plain.locator(".app-months").get_by_role("link", name="Haringey").first).to_be_visible()
    plain.get_by_role("link", name="1 open in Dec 2021").click()
    expect(plain.get_by_role("heading", name="December 2021: 1 window open on some day")).to_be_visible()
    plain.get_by_role("region", name="Windows open in December 2021").get_by_role("link", name="Haringey").click()
    expect(plain).to_have_url(re.compile(rf"/authorities/{HARINGEY}\?as_at=2021-10-31$"))


def test_the_timeline_is_filtered_in_place(page: Page):
    page.goto(AUTHORITY)
    everything = page.locator(".history li[id]").count()
    page.get_by_text("Show only some").click()
    page.get_by_role("navigation", name="Show in the list").get_by_role("link", name=re.compile("Visits")).click()
    expect(page).to_have_url(re.compile(r"kind=visits"))
    expect(page.get_by_role("link", name=re.compile("Visits"))).to_have_attribute("aria-current", "true")
    assert 0 < page.locator(".history li[id]").count() < everything
    page.go_back()
    expect(page.locator(".history li[id]")).to_have_count(everything)


def test_the_keyboard_reaches_the_main_part_first_and_every_control_in_order(page: Page):
    page.goto("/authorities")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    wanted = ["q", "Show authorities", "Clear filters", "More filters", "Authority"]
    places = [reached.index(name) for name in wanted]
    assert places == sorted(places), reached


@pytest.mark.parametrize("width", [800, 1100])
@pytest.mark.parametrize("address_of_page", ["/authorities", "/authorities?sort=judgement&order=descending"])
def test_the_list_of_authorities_needs_no_sideways_scrolling(page: Page, address_of_page: str, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address_of_page)
    table, room = page.locator("#results .wide").evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert table <= room
    state = page.locator("#results tbody tr").first.locator("td").last
    expect(state).to_contain_text(re.compile("|".join(WINDOW_STATES.values())))


def test_paper_gets_what_can_be_read_on_it(plain: Page):
    plain.goto(AUTHORITY)
    plain.emulate_media(media="print")
    expect(plain.get_by_role("navigation", name="Menu")).to_be_hidden()
    expect(plain.get_by_text("Something missing?")).to_be_hidden()
    expect(plain.get_by_text("Printed from")).to_be_visible()
    of_when = plain.locator(".app-printed-moment")
    expect(of_when).to_have_text(
        re.compile(r"^As at \d+ \w+ \d{4}\. Exactly this page: http://\S+/authorities/\S+as_at=")
    )
    expect(plain.locator(".head")).to_be_hidden()
    cards = plain.locator(".answer > .card").evaluate_all("all => all.map(card => card.getBoundingClientRect().top)")
    assert len(cards) == 2
    assert len(set(cards)) == 1, "the cards are not in one row"
    told = plain.locator("main a").evaluate_all("all => all.map(link => getComputedStyle(link, '::after').content)")
    assert not [content for content in told if "/authorities" in content or "/inspections" in content]
    expect(plain.locator("#workings ol")).to_be_hidden()
    asked = plain.locator("#timeline .fold .history").first
    assert asked.evaluate("list => list.getBoundingClientRect().height") > 0, "what is folded is not printed"


def test_everything_works_without_scripts(served: WebApp, plain: Page):
    officer = person(served, Role.OFFICER, password=PASSWORD)
    plain.goto("/")
    plain.locator("main").get_by_label("Find an authority").fill("haringay")
    plain.locator("main").get_by_role("button", name="Find").click()
    expect(plain).to_have_url(re.compile(r"/authorities\?q=haringay$"))
    plain.locator("#results").get_by_role("link", name="Haringey").click()
    plain.get_by_text("Show only some").click()
    plain.get_by_role("link", name=re.compile("Visits")).click()
    expect(plain).to_have_url(re.compile("kind=visits"))
    plain.get_by_text("What if …?").click()
    plain.get_by_role("button", name="Suppose this visit").click()
    expect(plain).to_have_url(re.compile(r"/suppose\?suppose=visit&day="))
    expect(plain.locator("#suppose")).to_contain_text("Nothing was recorded.")
    plain.go_back()
    plain.get_by_role("link", name=re.compile("Record an inspection")).click()
    plain.get_by_label("Sign-in name").fill(store_of(served).accounts.of(officer.person).sign_in_name)
    plain.get_by_label("Password").fill(PASSWORD)
    plain.get_by_role("button", name="Sign in").click()
    plain.get_by_role("link", name="Day of an engagement meeting", exact=True).click()
    plain.get_by_role("button", name="Record").click()
    expect(plain.locator(".govuk-error-summary")).to_contain_text("Enter when it was held")
    plain.locator("#held-month").fill("3")
    plain.locator("#held-year").fill("2026")
    plain.get_by_label("Where did you read this?").fill("Scrutiny paper of April 2026")
    plain.get_by_role("button", name="Record").click()
    expect(plain.locator("#timeline")).to_contain_text("Engagement meeting with Ofsted")


def test_a_calendar_is_chosen_without_scripts(plain: Page, address: str):
    plain.goto(AUTHORITY)
    plain.get_by_role("link", name="Calendar", exact=True).click()
    expect(plain.get_by_label("Address to subscribe to")).to_have_value(f"{address}/calendar/{HARINGEY}.ics")
    plain.get_by_label("Region").select_option("North East")
    plain.get_by_role("button", name="Make the address").click()
    made = f"/calendar/chosen.ics?urn={HARINGEY}&region=North+East"
    expect(plain.get_by_label("Address to subscribe to")).to_have_value(f"{address}{made}")
    assert plain.request.get(made).text().startswith("BEGIN:VCALENDAR")


def test_the_first_page_weighs_at_most_60_kilobytes_in_at_most_6_requests(browser: Browser, address: str):
    with browser.new_context(base_url=address) as context:
        page = context.new_page()
        weights: list[int] = []
        page.on("requestfinished", lambda request: weights.append(request.sizes()["responseBodySize"]))
        page.goto("/")
        page.wait_for_load_state("networkidle")
    assert 3 <= len(weights) <= 6
    assert sum(weights) <= 60 * 1024


def test_the_reasoning_is_reached_and_read_without_scripts_and_its_steps_are_printed(plain: Page):
    plain.goto(f"{AUTHORITY}?as_at=2026-09-01")
    plain.get_by_text("How this is worked out").click()
    plain.get_by_role("link", name="The whole reasoning, rule by rule").click()
    expect(plain).to_have_url(re.compile(rf"{AUTHORITY}/window\?as_at=2026-09-01$"))
    expect(plain.get_by_text("Ofsted does not publish inspection dates.")).to_be_visible()
    folded = plain.locator("details.fold:has(.app-step)")
    assert folded.count() > 2
    folded.first.locator("summary").click()
    expect(folded.first.locator(".app-step").first).to_be_visible()
    plain.emulate_media(media="print")
    why = plain.get_by_role("heading", name="Why, in three steps")
    expect(why).to_be_visible()
    expect(folded.first.locator(".app-step").last).to_be_hidden()  # a long proof stays shut on paper
    expect(plain.locator(".app-moment")).to_be_hidden()
