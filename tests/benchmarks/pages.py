"""The authority's page and the list, through the whole application, beside a response that asks and decides nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import Any
from uuid import uuid4

from flask import Flask

from tests.benchmarks.measuring import Bench, Figure, in_turns, milliseconds, run_line
from tests.benchmarks.stores import copy_of, installation

HEARD = datetime(2026, 8, 4, 9, 30, tzinfo=UTC)

ROWS = """<!doctype html><html lang="en"><title>{{ title }}</title><h1>{{ title }}</h1><ol>
{% for row in rows %}<li class="timeline-entry timeline-entry--{{ row.kind }}"><h3>{{ row.title }}</h3>
<dl>{% for term, told in row.told %}<dt>{{ term }}</dt><dd>{{ told }}</dd>{% endfor %}</dl></li>
{% endfor %}</ol><!--{{ rest }}-->"""
"""A page of as many rows, in plain Jinja, every value escaped: what a template at least costs."""


ENTRIES = 60
"""Entries of the authority shown."""


class Pages:
    """The product with a store that has read the published files, and one authority in it with 60 entries."""

    def __init__(self, bench: Bench) -> None:
        from web import create_app
        from web.store.settings import Settings
        from web.store.store import current_store

        self.app = create_app(Settings(home=copy_of(installation(bench.folder), bench.folder / "home-of-pages")))
        self.app.open_pages()
        self.client = self.app.test_client()
        with self.app.app_context():
            self.store = current_store()
        self.urn, self.entries = self._filled()

    def _filled(self) -> tuple[str, list[Any]]:
        """The fullest authority with focused visits added, each with its letter and two findings."""
        from domain.facts import Told
        from domain.values.statements import Source
        from projections.authorities.register import register
        from projections.authorities.timeline import timeline
        from web.words.dates import today

        reader, day = self.store.reader, today()
        urns = [row.authority.urn for row in register(reader, as_at=day).rows]
        urn = max(urns, key=lambda each: (len(timeline(reader, each, as_at=day).entries), each))
        source = Source("report_in_hand", "Ofsted letter", None, HEARD.date())
        for week in range(0, 5 * ENTRIES, 5):
            if len(timeline(reader, urn, as_at=day).entries) >= ENTRIES:
                break
            start = date(2018, 3, 6) + timedelta(weeks=week)
            self.store.application.authorities.record_focused_visit(
                urn,
                started_on=start,
                ended_on=start + timedelta(days=1),
                focus="front door",
                improvements=("The timeliness of assessments.", "Management oversight of plans."),
                published_on=start + timedelta(days=27),
                by=Told("local", uuid4(), source, HEARD),
            )
            self.store.projector.catch_up()
        return urn, list(timeline(reader, urn, as_at=day).entries)

    def get(self, path: str, *, cold: bool) -> bytes:
        if cold:
            del self.store.__dict__["_reader"]  # and all that it remembers; a KeyError, should it be kept elsewhere
        response = self.client.get(path)
        assert response.status_code == 200, response.status
        return response.get_data()


def authority(bench: Bench) -> Iterator[Figure]:
    pages = Pages(bench)
    rows = [
        {
            "kind": entry.activity.kind.value,
            "title": entry.activity.kind.value.replace("_", " "),
            "told": [(name, str(value)) for name, value in list(vars(entry.activity).items())[:9]],
        }
        for entry in pages.entries
    ]
    yield from _figures("page-authority", pages, f"/authorities/{pages.urn}", rows, bench, f"{len(rows)} entries")


def everyone(bench: Bench) -> Iterator[Figure]:
    from projections.authorities.register import register
    from web.words.dates import today

    pages = Pages(bench)
    found = register(pages.store.reader, as_at=today()).rows
    rows = [
        {
            "kind": row.standing.pathway.value,
            "title": row.authority.name,
            "told": [
                ("region", row.authority.region),
                ("pathway", row.standing.pathway.value),
                ("window", str(row.standing.expected_next.graded.window_from)),
                ("status", row.standing.expected_next.graded.status.value),
                ("disputed", row.disagreements),
            ],
        }
        for row in found
    ]
    yield from _figures("page-list", pages, "/authorities", rows, bench, f"{len(rows)} rows")


def _figures(
    name: str, pages: Pages, path: str, rows: list[dict[str, Any]], bench: Bench, shape: str
) -> Iterator[Figure]:
    runs = bench.pick(quick=5, usual=31)
    body = pages.get(path, cold=False)
    size = f"{shape}, {len(body) / 1000:.0f} kB"
    bare = _bare(body, rows)

    def of(where: str) -> Callable[[], float]:
        return milliseconds(lambda: bare.get(where).get_data())

    cold = milliseconds(lambda: pages.get(path, cold=True))
    ours, peer = in_turns(runs, cold, of("/same-size"))
    yield Figure(f"{name}-cold", ours, peer, f"limit: bare Flask response of the same size ({size})", "ms", runs)
    ours, peer = in_turns(runs, cold, of("/plain-jinja"))
    yield Figure(f"{name}-cold-jinja", ours, peer, "limit: plain Jinja, the same rows and size", "ms", runs)
    warm = milliseconds(lambda: pages.get(path, cold=False))
    ours, peer = in_turns(runs, warm, of("/plain-jinja"))
    yield Figure(f"{name}-again-jinja", ours, peer, "limit: plain Jinja; versions decoded before", "ms", runs)


def _bare(body: bytes, rows: list[dict[str, Any]]) -> Any:
    """Flask with nothing but two views that answer at once: ready bytes, and a plain template filled up to the size."""
    app = Flask("bare")
    page = app.jinja_env.from_string(ROWS)
    filled = len(page.render(title="Rows", rows=rows, rest="").encode())
    rest = escape("x" * max(0, len(body) - filled))

    @app.get("/same-size")
    def same_size() -> bytes:
        return body

    @app.get("/plain-jinja")
    def plain_jinja() -> str:
        return page.render(title="Rows", rows=rows, rest=rest)

    return app.test_client()


if __name__ == "__main__":
    run_line({"page-authority": authority, "page-list": everyone}, sys.argv[1:])
