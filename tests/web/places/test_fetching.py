"""What a place has to give: a file, the newest release that GOV.UK leads to, documents of an authority's index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.web.places.stub import Site, site
from web.places.client import Client, Limits
from web.places.fetching import Answer, fetch
from web.places.govuk import attachments_of, newest_release
from web.places.ofsted_site import MOST_DOCUMENTS, documents_of
from web.places.table import FilePlace

QUICK = Limits(body=1 << 20, pause=0.0)
CSV = b"urn,local_authority\n80469,gateshead\n"
RELEASE = "/government/statistics/childrens-social-care-in-england-2025"
COLLECTION = "/api/content/government/collections/childrens-social-care-statistics"


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as served:
        yield served


def look(here: Site, path: str, format_: str, kept: dict[str, str] | None = None, own: tuple[str, ...] = ()) -> Answer:
    place = FilePlace("a_place", here.address + path, format_, "weekly", "OGL", loopback=True)
    with Client("1.2", None, QUICK) as client:
        return fetch(client, place, kept or {}, own=own)


def test_a_file_has_the_name_that_its_site_gives_or_that_of_its_address(here: Site):
    here.gives("/main/ofsted%20history.csv", CSV)
    answer = look(here, "/main/ofsted%20history.csv", "jt39_history")
    assert (answer.outcome, answer.http_status) == ("changed", 200)
    assert [(file.name, file.content) for file in answer.files] == [("ofsted history.csv", CSV)]
    assert look(here, "/main/ofsted%20history.csv", "jt39_history", dict(answer.kept)).outcome == "unchanged"
    named = {"Content-Disposition": 'attachment; filename="../../history 2026-11-30.csv"'}
    here.gives("/download", CSV, **named)
    assert look(here, "/download", "jt39_history").files[0].name == "history 2026-11-30.csv"


def test_a_place_that_fails_says_why_and_whether_for_good(here: Site):
    here.refuses("/gone", 410)
    gone = look(here, "/gone", "jt39_history")
    assert (gone.outcome, gone.http_status, gone.gone) == ("failed", 410, True)
    away = look(here, "/away", "jt39_history")
    assert (away.outcome, away.http_status, away.gone, away.files) == ("failed", 404, False, ())
    assert away.why == "127.0.0.1 has nothing at this address (404)."


def a_release(updated: str = "2025-11-18T09:30:00Z", files: tuple[str, ...] = ("outcomes.ods",)) -> dict[str, Any]:
    names = [*files, "key-findings.pdf"]
    attached = [{"title": name, "filename": name, "url": f"/media/1/{name}"} for name in names]
    return {
        "base_path": RELEASE,
        "title": "Children's social care in England 2025",
        "public_updated_at": updated,
        "details": {"attachments": attached},
    }


def a_collection() -> dict[str, Any]:
    def page(path: str, title: str, day: str, kind: str = "official_statistics") -> dict[str, str]:
        return {"base_path": path, "title": title, "public_updated_at": f"{day}T09:30:00Z", "document_type": kind}

    pages = [
        page("/government/statistics/fostering-in-england-2025", "Fostering in England", "2025-11-27"),
        page(RELEASE, "Children's social care in England 2025", "2025-11-18"),
        page(f"{RELEASE[:-4]}2024", "Children's social care in England 2024", "2024-08-30"),
        page("/guidance/inspecting", "Inspecting children's social care", "2026-01-01", "guidance"),
    ]
    return {"base_path": COLLECTION, "title": "Statistics", "details": {}, "links": {"documents": pages}}


def gives(here: Site, path: str, page: dict[str, Any]) -> None:
    here.gives(path, json.dumps(page).encode(), kind="application/json")


def test_a_collection_leads_to_the_table_of_its_newest_release(here: Site):
    gives(here, COLLECTION, a_collection())
    gives(here, f"/api/content{RELEASE}", a_release())
    here.gives("/media/1/outcomes.ods", b"PK\x03\x04 a workbook", kind="application/vnd.oasis.opendocument.spreadsheet")
    answer = look(here, COLLECTION, "ofsted_outcomes")
    assert (answer.outcome, [file.name for file in answer.files]) == ("changed", ["outcomes.ods"])
    assert here.paths() == [COLLECTION, f"/api/content{RELEASE}", "/media/1/outcomes.ods"]


def test_a_release_that_was_fetched_is_fetched_again_only_when_it_was_renewed(here: Site):
    gives(here, COLLECTION, a_collection())
    gives(here, f"/api/content{RELEASE}", a_release())
    here.gives("/media/1/outcomes.ods", b"PK\x03\x04 a workbook")
    kept = dict(look(here, COLLECTION, "ofsted_outcomes").kept)
    here.asked.clear()
    assert look(here, COLLECTION, "ofsted_outcomes", kept).outcome == "unchanged"
    assert "/media/1/outcomes.ods" not in here.paths()
    gives(here, f"/api/content{RELEASE}", a_release("2026-01-08T09:30:00Z"))
    assert look(here, COLLECTION, "ofsted_outcomes", kept).outcome == "changed"


def test_a_release_without_a_table_or_with_one_elsewhere_fails_in_words(here: Site):
    gives(here, COLLECTION, a_collection())
    gives(here, f"/api/content{RELEASE}", a_release(files=()))
    assert "has no table of outcomes" in (look(here, COLLECTION, "ofsted_outcomes").why or "")
    page = a_release()
    page["details"]["attachments"][0]["url"] = "https://files.example/outcomes.ods"
    gives(here, f"/api/content{RELEASE}", page)
    assert look(here, COLLECTION, "ofsted_outcomes").outcome == "failed"


def test_what_is_no_list_of_releases_is_passed_over():
    assert newest_release({"links": {"documents": "none"}}, "https://www.gov.uk/api/content/x") is None
    assert newest_release({"links": {"documents": [{"title": "Outcomes"}, 7]}}, "https://www.gov.uk/") is None
    address = f"https://www.gov.uk{COLLECTION}"
    assert newest_release(a_collection(), address) == f"https://www.gov.uk/api/content{RELEASE}"
    twice = {"details": {"attachments": [{"url": "/a/Outcomes.ods"}, {"url": "/a/outcomes.xlsx"}, {"url": 7}]}}
    assert attachments_of(twice, "https://www.gov.uk/x") == ("https://www.gov.uk/a/Outcomes.ods",)


PAGE = """<!DOCTYPE html><title>Gateshead</title><ul>
<li><a href="/v1/file/50267802">Inspection report</a> published 29 January 2025</li>
<li><a href="/v1/file/50083971">Inspection report, 11 Jun 2019</a></li>
<li><a href="/v1/file/50083971">The same again</a></li>
<li><a href="https://files.example/v1/file/1">Of another site</a></li>
<li><a href="/provider/44/80470">Another authority</a></li>
<li><a href="/v1/file/50000001">Between 1 May 2018 and 3 May 2018</a></li>
</ul>"""


def test_an_index_leads_to_its_own_documents_each_with_the_day_beside_it():
    found = list(documents_of(PAGE.encode(), "https://reports.example/provider/44/80469"))
    assert [(one.address.rpartition("/")[2], one.published) for one in found] == [
        ("50267802", date(2025, 1, 29)),
        ("50083971", date(2019, 6, 11)),
        ("50000001", None),
    ]
    assert [one.file_name("80469") for one in found] == [
        "2025-01-29_80469_50267802.pdf",
        "2019-06-11_80469_50083971.pdf",
        "80469_50000001.pdf",
    ]


def test_each_document_of_ones_own_authorities_is_fetched_once(here: Site):
    here.gives("/provider/44/80469", PAGE.encode(), kind="text/html")
    here.gives("/v1/file/50267802", b"%PDF-1.7 one", kind="application/pdf")
    here.gives("/v1/file/50083971", b"PK no document")
    first = look(here, "/provider/44/{urn}", "ofsted_site", own=("80469",))
    assert [file.name for file in first.files] == ["2025-01-29_80469_50267802.pdf"]
    assert "has nothing at this address (404)" in (first.why or "")
    here.asked.clear()
    again = look(here, "/provider/44/{urn}", "ofsted_site", dict(first.kept), own=("80469",))
    assert again.outcome == "failed", "the one that is missing is asked for again, and is all there is"
    assert here.paths() == ["/provider/44/80469", "/v1/file/50000001"]


def test_without_an_authority_of_ones_own_no_index_is_asked(here: Site):
    assert look(here, "/provider/44/{urn}", "ofsted_site").outcome == "unchanged"
    assert here.asked == []


def test_no_more_documents_are_fetched_in_one_look_than_may_be(here: Site):
    numbers = range(100, 100 + MOST_DOCUMENTS + 5)
    page = "".join(f'<a href="/v1/file/{number}">x</a>' for number in numbers)
    here.gives("/provider/44/80469", page.encode(), kind="text/html")
    for number in numbers:
        here.gives(f"/v1/file/{number}", b"%%PDF-1.7 %d" % number)
    first = look(here, "/provider/44/{urn}", "ofsted_site", own=("80469",))
    assert len(first.files) == MOST_DOCUMENTS
    assert len(look(here, "/provider/44/{urn}", "ofsted_site", dict(first.kept), own=("80469",)).files) == 5
