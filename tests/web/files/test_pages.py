"""Importing in the browser says and does what the command does, and nothing before it was confirmed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from domain.values.roles import Role
from projections.engine.database import reading
from tests.installation import SMALL_HISTORY, Installation
from tests.web.client import Client
from tests.web.demo_app import HARINGEY, demo_app, told
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp, serve
from web.site.upload_limits import MIB
from web.store import tables, uploads
from web.words.file_formats import FORMATS, Layout

HISTORY = (
    "urn,local_authority,inspection_link,publication_date,inspection_framework,inspection_start_date,"
    "inspection_end_date,overall_effectiveness_grade,impact_of_leaders_grade,help_and_protection_grade,in_care_grade,"
    "care_leavers_grade\n"
    "80563,stockton-on-tees,https://files.ofsted.gov.uk/v1/file/50090001,01/07/19,short,20/05/2019,24/05/2019,"
    "requires improvement,good,requires improvement,requires improvement,inspection_pre_dates_judgement\n"
    "99999,erewhon,https://files.ofsted.gov.uk/v1/file/50090002,01/07/19,short,20/05/2019,24/05/2019,"
    "good,good,good,good,good\n"
)


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    return demo_app(tmp_path / "store")


@pytest.fixture
def officer(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.OFFICER))
    return client


def send(client: Client, *files: tuple[str, bytes]):
    form = MultiDict([("command", str(uuid4()))])
    for name, content in files:
        form.add("files", FileStorage(io.BytesIO(content), name))
    boundary, body = encode_multipart(form)
    return client.client.post("/admin/imports", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def figures(client: Client, address: str) -> dict[str, int]:
    """The counts that the report's page shows, summed over its files."""
    page = client.page(address)
    labels, values = ([cell.said for cell in page.all(tag)] for tag in ("dt", "dd"))
    found: dict[str, int] = {}
    for label, value in zip(labels, values, strict=True):
        found[label] = found.get(label, 0) + int(value)
    return found


def as_shown(totals: dict[str, int]) -> dict[str, int]:
    return {
        "New": totals["new"],
        "Filled in": totals["filled"],
        "Corrected": totals["corrected"],
        "In dispute": totals["disagreed"],
        "Confirmed": totals["confirmed"],
        "Unchanged": totals["unchanged"],
        "Rejected rows": totals["rejected"],
    }


def test_the_report_is_that_of_the_command_and_nothing_is_written_before_it_is_confirmed(
    app: WebApp, officer: Client, with_history: Installation
):
    small, csv = SMALL_HISTORY.encode(), HISTORY.encode()
    before = store_of(app).application.ledger.max_position()
    answer = send(officer, ("small.yaml", small), ("history_2026-08-04.csv", csv))
    assert answer.status_code == 303
    address = answer.headers["Location"]
    assert store_of(app).application.ledger.max_position() == before
    here = Installation(store_of(app).settings.home)
    files = [with_history.write("small.yaml", SMALL_HISTORY), with_history.write("history_2026-08-04.csv", HISTORY)]
    totals = here.answer("history", "import", "--dry-run", *files)["totals"]
    assert figures(officer, address) == as_shown(totals)
    assert totals["rejected"] == 1
    assert "erewhon" in officer.page(address).all("main")[0].said.lower()
    here.store.close()


def test_the_report_says_where_authorities_would_stand_and_what_would_be_asked(officer: Client):
    header = HISTORY.partition("\n")[0]
    begins = f"{HARINGEY},haringey,https://files.ofsted.gov.uk/v1/file/5009000"
    worse = f"{begins}3,30/06/26,standard,11/05/2026,22/05/2026,not_reported_post_reform,inadequate,good,good,good"
    sunday = f"{begins}4,24/06/25,standard,04/05/2025,16/05/2025,good,good,good,good,good"
    file = "\n".join((header, worse, sunday, "")).encode()
    said = officer.page(send(officer, ("history_2026-08-04.csv", file)).headers["Location"]).all("main")[0].said
    assert "Where 1 authority stands would be different" in " ".join(said.split())
    assert "Haringey: good or outstanding → inadequate" in said
    assert "1 question for an officer" in said
    assert "4 May 2025, is a Sunday" in said


def test_what_was_confirmed_is_imported_once_by_the_officer(app: WebApp, officer: Client):
    address = send(officer, ("history_2026-08-04.csv", HISTORY.encode())).headers["Location"]
    foretold = figures(officer, address)
    before = store_of(app).application.ledger.max_position()
    first = store_of(app).audit.head().size + 1
    assert officer.client.post(f"{address}/confirm").status_code == 303
    after = store_of(app).application.ledger.max_position()
    assert after > before
    page = officer.page(address)
    last = store_of(app).audit.head().size
    assert f"Recorded as entries {first:,} to {last:,} of the history. " in page.all("main")[0].said
    assert officer.receipt(page)["entries"][-1]["seq"] == last
    assert figures(officer, address) == foretold
    assert "Imported" in officer.page(address).all("h1")[0].said
    actors = {fact.actor for _, fact in store_of(app).application.ledger.read_facts(before + 1)}
    assert actors <= {str(one) for one in store_of(app).accounts.all()}
    assert officer.client.post(f"{address}/confirm").status_code == 303
    assert store_of(app).application.ledger.max_position() == after
    assert store_of(app).uploads.files(uuid4()) == []


def test_the_receipt_is_of_the_import_though_somebody_else_records_meanwhile(app: WebApp, officer: Client):
    store = store_of(app)
    address = send(officer, ("history_2026-08-04.csv", HISTORY.encode())).headers["Location"]
    finish = store.uploads.finish

    def after_somebody_else(*words: Any) -> None:
        door, by = store.application, told("meanwhile")
        door.elements.record_engagement_meeting(HARINGEY, held_on=date(2026, 8, 1), by=by)
        finish(*words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store.uploads, "finish", after_somebody_else)
        officer.client.post(f"{address}/confirm")
    (read,) = [at for at, _ in store.ledger.read_facts(names=("file.read",))][-1:]
    assert officer.receipt(officer.page(address))["entries"][-1]["seq"] == store.audit.seq_of(read)
    assert store.ledger.max_position() > read


def test_files_of_another_person_or_of_yesterday_are_not_there(
    app: WebApp, officer: Client, monkeypatch: pytest.MonkeyPatch
):
    address = send(officer, ("small.yaml", SMALL_HISTORY.encode())).headers["Location"]
    other = Client(app)
    sign_in(app, other.client, person(app, Role.OFFICER))
    before = store_of(app).application.ledger.max_position()
    other.page(address, status=404)
    assert other.client.post(f"{address}/confirm").status_code == 404
    later = uploads.now() + uploads.KEPT_SECONDS + 1
    monkeypatch.setattr(uploads, "now", lambda: later)
    officer.page(address, status=404)
    assert officer.client.post(f"{address}/confirm").status_code == 404
    assert store_of(app).application.ledger.max_position() == before


def test_whoever_comes_back_after_an_hour_is_told_what_became_of_the_file_and_where_to_send_it(
    officer: Client, monkeypatch: pytest.MonkeyPatch
):
    address = send(officer, ("small.yaml", SMALL_HISTORY.encode())).headers["Location"]
    later = uploads.now() + uploads.KEPT_SECONDS + 1
    monkeypatch.setattr(uploads, "now", lambda: later)
    for page in (officer.page(address, status=404), officer.post(f"{address}/confirm", {}, status=404)):
        assert page.all("h1")[0].said == "The file is no longer here"
        assert "forgotten after an hour" in page.all("main")[0].said
        assert [one.get("href") for one in page.all("a") if one.said == "Choose another file"] == ["/admin/imports"]


@pytest.mark.parametrize(
    "act",
    [
        lambda kept, fresh, who: kept.of(fresh, who),
        lambda kept, fresh, who: kept.files(fresh),
        lambda kept, fresh, who: kept.finish(fresh, {"done": True}),
        lambda kept, fresh, who: kept.forget_old(),
    ],
)
def test_files_too_old_are_deleted_whatever_is_done_next(
    app: WebApp, monkeypatch: pytest.MonkeyPatch, act: Callable[[uploads.Uploads, UUID, UUID], object]
):
    kept, who, begun = store_of(app).uploads, uuid4(), uploads.now()
    monkeypatch.setattr(uploads, "now", lambda: begun)
    old = kept.keep(who, [("old.csv", b"x")], {})
    monkeypatch.setattr(uploads, "now", lambda: begun + 3000)
    fresh = kept.keep(who, [("fresh.csv", b"y")], {})
    monkeypatch.setattr(uploads, "now", lambda: begun + uploads.KEPT_SECONDS + 1)
    act(kept, fresh, who)
    with reading(kept.engine) as connection:
        assert old not in connection.scalars(select(tables.uploaded_file.c.upload)).all()
        assert connection.scalars(select(tables.upload.c.id)).all() == [fresh]


def test_what_an_import_did_is_kept_though_it_took_until_its_files_were_too_old(
    app: WebApp, monkeypatch: pytest.MonkeyPatch
):
    kept, begun = store_of(app).uploads, uploads.now()
    monkeypatch.setattr(uploads, "now", lambda: begun)
    upload = kept.keep(uuid4(), [("long.csv", b"x")], {})
    monkeypatch.setattr(uploads, "now", lambda: begun + uploads.KEPT_SECONDS + 1)
    kept.finish(upload, {"done": True})
    with reading(kept.engine) as connection:
        assert connection.scalar(select(tables.upload.c.done)) == b'{"done": true}'


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ((), "Choose at least one file"),
        (tuple((f"{number}.csv", b"x") for number in range(21)), "at most 20 files"),
        ((("large.csv", b"x" * (10 * 1024 * 1024 + 1)),), "at most 10 MiB"),
    ],
)
def test_what_cannot_be_taken_is_said(officer: Client, files: tuple[tuple[str, bytes], ...], why: str):
    assert why in officer.checked(send(officer, *files), 422).all("main")[0].said


@pytest.mark.parametrize("mebibytes", [11, 20])
def test_more_than_ten_mebibytes_are_not_even_read_and_a_page_of_ours_says_so(officer: Client, mebibytes: int):
    assert mebibytes * MIB < serve.LARGEST_BODY, "or waitress would refuse it in words of its own"
    page = officer.checked(send(officer, ("large.csv", b"x" * (mebibytes * MIB))), 413)
    said = page.all("main")[0].said
    assert "The file is larger than 10 MiB" in said
    assert "256 kilobytes" not in said
    assert [link.get("href") for link in page.all("a") if link.said == "Choose another file"] == ["/admin/imports"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", b"Nothing about inspections."),
        ("empty.csv", b""),
        ("bomb.xlsx", b"PK\x03\x04" + b"\x00" * 100),
        ("../../etc/passwd", b"root:x:0:0"),
        ("..\\..\\evil.csv", b"x,y\n1,2\n"),
        ("a\x1b[31m.csv", b"x,y\n1,2\n"),
        ("語" * 300 + ".csv", b"x,y\n1,2\n"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_in_the_report_and_cannot_be_imported(
    app: WebApp, officer: Client, name: str, content: bytes
):
    before = store_of(app).application.ledger.max_position()
    address = send(officer, (name, content)).headers["Location"]
    page = officer.page(address)
    said = page.all("main")[0].said
    assert "Refused:" in said
    assert "/" not in page.all("h2")[0].said
    assert not [form for form in page.all("form") if "confirm" in (form.get("action") or "")]
    assert officer.client.post(f"{address}/confirm").status_code == 303
    assert store_of(app).application.ledger.max_position() == before


def test_the_report_names_what_it_would_touch_and_leads_there_afterwards(app: WebApp, officer: Client):
    address = send(officer, ("history_2026-08-04.csv", HISTORY.encode())).headers["Location"]
    before = officer.page(address)
    named = [link.said for link in before.all("a") if "/authorities/8" in (link.get("href") or "")]
    assert named == ["Stockton-on-Tees"]
    told = before.all("main")[0].said
    assert "1 authority that it would touch" in told
    assert re.search(r"Stockton-on-Tees ?: [1-9]\d* (new|filled in|corrected|in dispute)", told)
    assert [one.get("open") is not None for one in before.all("details") if one.inside("main")] == [True], (
        "why a row was rejected"
    )
    assert not [link for link in before.all("a") if "/inspections/" in (link.get("href") or "")]
    assert officer.client.post(f"{address}/confirm").status_code == 303
    links = [link.get("href") or "" for link in officer.page(address).all("a")]
    entries = [link for link in links if link.startswith("/inspections/")]
    assert entries
    for entry in entries:
        officer.page(entry)


def test_a_file_of_which_every_row_was_rejected_cannot_be_imported(officer: Client):
    header, _, erewhon = HISTORY.splitlines(keepends=True)
    page = officer.page(send(officer, ("history_2026-08-04.csv", (header + erewhon).encode())).headers["Location"])
    assert "There is nothing here that could be imported." in page.all("main")[0].said
    assert not [form for form in page.all("form") if "confirm" in (form.get("action") or "")]


def test_every_format_is_described_with_where_it_comes_from_and_the_columns_it_must_have(officer: Client):
    said = officer.page("/admin/imports").all("main")[0].said
    assert set(FORMATS) == set(Layout)
    documents = {Layout.OFSTED_REPORT, Layout.OFSTED_LETTER}
    for layout, about in FORMATS.items():
        assert about.called in said
        assert about.comes_from in said
        assert bool(about.known_by) is (layout not in documents)
        assert all(f"“{column}”" in said for columns in about.known_by for column in columns)


def test_an_officer_of_one_authority_cannot_import(app: WebApp):
    client = Client(app)
    sign_in(app, client.client, person(app, Role.OFFICER, authorities=[HARINGEY]))
    assert send(client, ("small.yaml", SMALL_HISTORY.encode())).status_code == 403
