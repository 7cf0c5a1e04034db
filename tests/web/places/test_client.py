"""The client that fetches published files: polite, within limits, and to nowhere it should not go."""

from __future__ import annotations

import gzip
import ssl
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
import trustme

from tests.installation import Installation
from tests.web.places.stub import Site, head, send, site
from web.places.addresses import NotAllowed, resolved, target
from web.places.client import Client, Failed, Limits, Response

CSV = b"urn,local_authority\n80469,gateshead\n"
QUICK = Limits(body=1 << 20, pause=0.0)
IMPATIENT = Limits(body=1 << 20, silence=0.3, whole=0.6, pause=0.0)


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as served:
        yield served


@pytest.fixture
def client() -> Client:
    return Client("1.2", "timeline@council.example", QUICK)


def get(client: Client, address: str, kept: dict[str, str] | None = None) -> Response:
    return client.get(address, loopback=True, kept=kept)


def why(client: Client, address: str) -> str:
    with pytest.raises(Failed) as failed:
        get(client, address)
    return failed.value.why.replace(str(target(address, loopback=True).host), "SITE")


def test_a_file_comes_with_the_marks_to_ask_again_by(here: Site, client: Client):
    address = here.gives("/history.csv", CSV)
    first = get(client, address)
    assert (first.body, first.status, first.unchanged) == (CSV, 200, False)
    again = get(client, address, dict(first.kept))
    assert (again.body, again.status, again.unchanged) == (b"", 304, True)
    here.gives("/history.csv", CSV + b"80470,knowsley\n")
    assert get(client, address, dict(first.kept)).body.endswith(b"knowsley\n")


def test_the_day_of_change_is_sent_where_a_site_tells_that_alone(here: Site, client: Client):
    told = "Tue, 03 Nov 2026 06:00:00 GMT"
    address = here.refuses("/history.csv", 200, CSV, **{"Last-Modified": told})
    get(client, address, dict(get(client, address).kept))
    assert here.asked[-1][1]["If-Modified-Since"] == told


def test_who_asks_is_named_and_can_be_reached(here: Site, client: Client):
    get(client, here.gives("/history.csv", CSV))
    headers = here.asked[-1][1]
    assert headers["User-Agent"] == "inspection-timeline/1.2 (timeline@council.example)"
    assert headers["From"] == "timeline@council.example"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (403, "SITE does not let us in (403)."),
        (404, "SITE has nothing at this address (404)."),
        (410, "SITE says that it is gone for good (410)."),
        (500, "SITE is out of order (500)."),
        (204, "SITE gives no file (204)."),
    ],
)
def test_a_refusal_is_told_in_words(here: Site, client: Client, status: int, said: str):
    address = here.refuses("/history.csv", status)
    assert why(client, address) == said
    with pytest.raises(Failed) as failed:
        get(client, address)
    assert (failed.value.status, failed.value.gone) == (status, status == 410)


def test_a_site_that_is_asked_too_often_says_when_to_come_again(here: Site, client: Client):
    assert "come again after 90 seconds" in why(client, here.refuses("/a", 429, **{"Retry-After": "90"}))
    late = {"Retry-After": "Tue, 03 Nov 2026 06:30:00 GMT"}
    assert "come again after 06:30 UTC" in why(client, here.refuses("/b", 503, **late))


def test_what_is_slow_silent_or_cut_off_is_no_file(here: Site, client: Client):
    client.limits = IMPATIENT
    assert why(client, here.drips("/slow")) == "SITE took longer than 1 seconds."
    begun = monotonic()
    assert why(client, here.drips_its_headers("/head")) == "SITE took longer than 1 seconds."
    assert monotonic() - begun < 5, "the limit is of the whole request"
    assert why(client, here.is_silent("/silent")) == "SITE was silent for too long."
    assert why(client, here.cuts_off("/cut")) == "The answer of SITE was cut off."
    assert why(client, here.cuts_off("/chunk", chunked=True)) == "The answer of SITE was cut off."
    packed = gzip.compress(CSV)[:-6]
    assert "cut off" in why(client, here.refuses("/gzip", 200, packed, **{"Content-Encoding": "gzip"}))


def test_two_hundred_megabytes_are_refused_before_and_while_they_come(here: Site, client: Client):
    assert why(client, here.says_it_is_large("/told", 200 << 20)) == "SITE sends more than 1 MB."
    assert client.bytes_read == 0
    assert why(client, here.goes_on("/untold", 200 << 20)) == "SITE sends more than 1 MB."
    assert client.bytes_read < 3 << 20


def test_a_packed_file_is_unpacked_as_far_as_any_may_go(here: Site, client: Client):
    packed = here.refuses("/packed", 200, gzip.compress(CSV), **{"Content-Encoding": "gzip"})
    assert get(client, packed).body == CSV
    before = client.bytes_read
    assert why(client, here.is_a_bomb("/bomb", 300 << 20)) == "SITE sends more than 1 MB."
    assert client.bytes_read - before < 1 << 20
    assert "cannot be unpacked" in why(client, here.refuses("/no", 200, CSV, **{"Content-Encoding": "gzip"}))
    assert "was not asked for (br)" in why(client, here.refuses("/br", 200, CSV, **{"Content-Encoding": "br"}))


def test_a_file_that_is_packed_in_several_parts_comes_whole(here: Site, client: Client):
    parts = gzip.compress(CSV) + gzip.compress(b"80470,knowsley\n")
    whole = here.refuses("/parts", 200, parts + b"\0" * 512, **{"Content-Encoding": "gzip"})
    assert get(client, whole).body == CSV + b"80470,knowsley\n"
    assert "cut off" in why(client, here.refuses("/cut", 200, parts[:-6], **{"Content-Encoding": "gzip"}))
    bombs = gzip.compress(b"0" * (600 << 10)) * 2
    assert "more than 1 MB" in why(client, here.refuses("/bombs", 200, bombs, **{"Content-Encoding": "gzip"}))


def test_no_header_however_wrong_is_more_than_a_failure(here: Site, client: Client):
    digits = "9" * 5000
    assert why(client, here.refuses("/wait", 429, **{"Retry-After": digits})) == "SITE was asked too often (429)."
    never = {"Retry-After": "Fri, 31 Dec 9999 23:00:00 -1200"}
    assert why(client, here.refuses("/never", 503, **never)) == "SITE is out of order (503)."
    assert "sends us on to what is no address" in why(client, here.leads("/lost", "http://[::1/x"))
    here.answers["/long"] = lambda request: head(request, 200, {"Content-Length": digits})
    assert why(client, here.address + "/long") == "SITE sends more than 1 MB."


def test_a_web_page_in_the_place_of_a_file_is_told_apart(here: Site, client: Client):
    page = b"\n<!DOCTYPE html><html><title>Not found</title></html>"
    assert why(client, here.gives("/history.csv", page)) == "SITE answered with a web page instead of a file."
    assert client.get(here.address + "/history.csv", loopback=True, page=True).body == page
    assert why(client, here.gives("/empty", b"")) == "SITE answered with an empty file."


def test_bytes_come_as_they_are_whatever_their_encoding_is_said_to_be(here: Site, client: Client):
    latin = "St\xe9phane".encode("latin-1")
    address = here.gives("/history.csv", latin, kind="text/csv; charset=utf-8")
    assert get(client, address).body == latin


def test_a_redirect_on_the_same_site_is_followed_and_every_other_is_refused(here: Site, client: Client):
    here.gives("/there.csv", CSV)
    assert get(client, here.leads("/here", "/there.csv")).body == CSV
    assert "sends us on to another site, files.example" in why(client, here.leads("/a", "http://files.example/x"))
    assert "only https is" in why(client, here.leads("/b", "ftp://127.0.0.1/x"))
    with site() as other:
        other.gives("/x", CSV)
        assert "another server of this machine" in why(client, here.leads("/c", f"{other.address}/x"))
        assert other.asked == []
    assert "again and again" in why(client, here.leads("/d", "/d"))


def test_what_a_site_s_rules_shut_out_is_not_fetched(here: Site, client: Client):
    here.gives("/robots.txt", b"User-agent: *\nDisallow: /private/\n", kind="text/plain")
    shut = here.gives("/private/history.csv", CSV)
    assert "robots.txt" in why(client, shut)
    assert get(client, here.gives("/history.csv", CSV)).body == CSV
    assert here.paths() == ["/history.csv"]
    assert [path for path, _ in here.asked].count("/robots.txt") == 1, "once a run"


def test_a_site_whose_rules_cannot_be_read_is_left_alone_today(here: Site, client: Client):
    here.refuses("/robots.txt", 500)
    assert "what programs may fetch" in why(client, here.gives("/history.csv", CSV))
    assert here.paths() == []


def test_rules_that_lie_elsewhere_on_the_site_are_read(here: Site, client: Client):
    here.leads("/robots.txt", "/rules.txt", 301)
    here.gives("/rules.txt", b"User-agent: *\nDisallow: /private/\n", kind="text/plain")
    assert "robots.txt" in why(client, here.gives("/private/history.csv", CSV))
    assert get(client, here.gives("/history.csv", CSV)).body == CSV


@pytest.mark.parametrize("onward", ["http://files.example/robots.txt", "/robots.txt", "http://[::1/x"])
def test_rules_that_lead_to_no_end_or_away_shut_nothing_out(here: Site, client: Client, onward: str):
    here.leads("/robots.txt", onward)
    assert get(client, here.gives("/history.csv", CSV)).body == CSV


def test_a_site_that_is_asked_for_its_rules_too_often_is_left_alone_today(here: Site, client: Client):
    here.refuses("/robots.txt", 429)
    assert "does not say today" in why(client, here.gives("/history.csv", CSV))


def test_a_pause_is_kept_between_two_requests_and_a_long_one_ends_the_run(
    here: Site, client: Client, monkeypatch: pytest.MonkeyPatch
):
    slept: list[float] = []
    monkeypatch.setattr("web.places.client.sleep", slept.append)
    here.gives("/robots.txt", b"User-agent: *\nCrawl-delay: 3\n", kind="text/plain")
    get(client, here.gives("/history.csv", CSV))
    assert [round(seconds) for seconds in slept] == [3]
    here.gives("/robots.txt", b"User-agent: *\nCrawl-delay: 600\n", kind="text/plain")
    fresh = Client("1.2", None, QUICK)
    assert "wants 600 seconds between two requests" in why(fresh, here.address + "/history.csv")


def test_a_certificate_is_checked_by_the_name_of_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def served_by(*names: str, of: trustme.CA) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        of.issue_cert(*names).configure_cert(context)
        return context

    trusted, stranger = trustme.CA(), trustme.CA()
    trusted.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    at_home = {"resolve": lambda host, port: ["127.0.0.1"]}
    with site(served_by("files.example", of=trusted), host="files.example") as right:
        address = right.gives("/history.csv", CSV)
        assert Client("1.2", None, QUICK, **at_home).get(address, loopback=True).body == CSV
        assert right.asked[-1][1]["Host"].startswith("files.example:")
    for wrong in (served_by("other.example", of=trusted), served_by("files.example", of=stranger)):
        with site(wrong, host="files.example") as other:
            with pytest.raises(Failed, match=r"The certificate of files.example is not right"):
                Client("1.2", None, QUICK, **at_home).get(other.gives("/history.csv", CSV), loopback=True)
            assert other.asked == []


PRIVATE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "::1",
    "::ffff:10.0.0.1",
    "fe80::1",
    "fd00::1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
)


@pytest.mark.parametrize("private", PRIVATE)
def test_no_private_address_is_connected_to_whatever_name_it_has(private: str):
    with pytest.raises(NotAllowed, match="is not a public address"):
        resolved("files.example", 443, loopback=False, resolve=lambda host, port: ["8.8.8.8", private])


@pytest.mark.parametrize(
    "written",
    [
        "https://2130706433/",
        "https://0x7f.1/",
        "https://017700000001/",
        "https://[::ffff:127.0.0.1]/",
        "https://127.1/",
    ],
)
def test_nor_is_one_that_is_written_otherwise(written: str):
    with pytest.raises(NotAllowed, match="is not a public address"):
        target(written, loopback=False)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://files.example/a.csv", "only https is"),
        ("file:///etc/passwd", "is not an address that can be asked"),
        ("https://name:word@files.example/", "a name or a password"),
        ("https://files.example/a b", "is not an address"),
        ("https://files.example:99999/", "is not an address"),
    ],
)
def test_what_is_no_address_of_a_published_file_is_not_asked(address: str, said: str):
    with pytest.raises(NotAllowed, match=said):
        target(address, loopback=False)


def test_a_name_is_looked_up_once_so_that_it_cannot_lead_elsewhere_afterwards(here: Site):
    looked_up: list[str] = []

    def turning(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) <= 2 else ["10.0.0.1"]

    address = here.gives("/history.csv", CSV).replace("127.0.0.1", "files.example")
    client = Client("1.2", None, QUICK, resolve=turning)
    assert client.get(address, loopback=True).body == CSV
    assert len(looked_up) == 2, "for robots.txt and for the file, each connected to as it was checked"
    with pytest.raises(Failed, match="said to be on this machine"):
        client.get(address, loopback=True)


def test_a_place_on_this_machine_may_not_lead_to_another(here: Site):
    client = Client("1.2", None, QUICK, resolve=lambda host, port: ["8.8.8.8"])
    with pytest.raises(Failed, match="said to be on this machine, and it is not"):
        client.get("http://files.example/history.csv", loopback=True)


def test_a_proxy_that_the_environment_names_is_asked_instead(monkeypatch: pytest.MonkeyPatch):
    with site() as proxy:
        proxy.refuses("http://files.example/robots.txt", 404)
        proxy.answers["http://files.example/history.csv"] = lambda request: send(request, 200, CSV)
        monkeypatch.setenv("http_proxy", proxy.address)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.setattr("web.places.client.target", lambda address, loopback: target(address, loopback=True))
        assert Client("1.2", None, QUICK).get("http://files.example/history.csv").body == CSV
        assert [path for path, _ in proxy.asked][-1] == "http://files.example/history.csv"


def test_nothing_is_fetched_while_a_page_is_asked_for(installation: Installation, client: Client):
    with installation.app.test_request_context("/"):
        with pytest.raises(RuntimeError, match="while a page is asked for"):
            client.get("https://files.example/history.csv")
        with pytest.raises(RuntimeError, match="while a page is asked for"):
            client.__enter__()
