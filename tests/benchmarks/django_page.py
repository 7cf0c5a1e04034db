"""The authority's page in Django with django-simple-history, where both are installed; the product needs neither."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from tests.benchmarks.measuring import Bench, Figure, in_turns, milliseconds, run_line
from tests.benchmarks.pages import Pages

TEMPLATE = """<!doctype html><html lang="en"><title>{{ title }}</title><h1>{{ title }}</h1><ol>
{% for row in rows %}<li class="timeline-entry timeline-entry--{{ row.kind }}"><h3>{{ row.title }}</h3>
<dl>{% for one in row.told %}<dt>{{ one.0 }}</dt><dd>{{ one.1 }}</dd>{% endfor %}</dl>
<p>{{ row.recorded|date:"j F Y" }}</p></li>{% endfor %}</ol>"""


def page(bench: Bench) -> Iterator[Figure]:
    if find_spec("django") is None or find_spec("simple_history") is None:
        print("page-django is not measured: Django and django-simple-history are not installed.", file=sys.stderr)
        return
    pages = Pages(bench)
    runs = bench.pick(quick=5, usual=31)
    peer = _django(bench, pages)
    path = f"/authorities/{pages.urn}"
    ours, django = in_turns(runs, milliseconds(lambda: pages.get(path, cold=True)), milliseconds(peer))
    yield Figure(
        "page-django",
        ours,
        django,
        f"Django and django-simple-history, {len(pages.entries)} entries with who and when",
        "ms",
        runs,
    )


def _django(bench: Bench, pages: Pages) -> Any:
    """One view that reads every entry of an authority with its history rows, and a template of the same rows."""
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="benchmark",
        ALLOWED_HOSTS=["testserver"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "simple_history"],
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(bench.folder / "django.db")}},
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"page.html": TEMPLATE})]},
            }
        ],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command
    from django.db import connection, models
    from django.test import Client
    from simple_history.models import HistoricalRecords

    class Entry(models.Model):
        urn = models.CharField(max_length=10, db_index=True)
        kind = models.CharField(max_length=40)
        true_on = models.DateField(null=True)
        published_on = models.DateField(null=True)
        told = models.TextField()
        history = HistoricalRecords()

        class Meta:
            app_label = "simple_history"

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Entry)
        editor.create_model(Entry.history.model)
    for entry in pages.entries:
        activity = entry.activity
        kept = Entry.objects.create(
            urn=pages.urn,
            kind=activity.kind.value,
            true_on=activity.true_on,
            published_on=activity.published,
            told="|".join(str(value) for value in list(vars(activity).values())[:9]),
        )
        kept.kind = activity.kind.value
        kept.save()
    global urlpatterns
    urlpatterns = _addresses(Entry, pages.urn)
    client = Client()

    def get() -> bytes:
        response = client.get("/authority")
        assert response.status_code == 200
        content: bytes = response.content
        return content

    return get


urlpatterns: list[Any] = []


def _addresses(entries: Any, urn: str) -> list[Any]:
    from django.shortcuts import render
    from django.urls import path

    def show(request: Any) -> Any:
        rows = []
        for entry in entries.objects.filter(urn=urn).order_by("true_on"):
            history = list(entry.history.all())
            told = [(str(place), part) for place, part in enumerate(entry.told.split("|"))]
            rows.append({"kind": entry.kind, "title": entry.kind, "told": told, "recorded": history[-1].history_date})
        return render(request, "page.html", {"title": urn, "rows": rows})

    return [path("authority", show)]


if __name__ == "__main__":
    run_line({"page-django": page}, sys.argv[1:])
