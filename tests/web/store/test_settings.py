"""The environment in, typed values out; what is unknown, malformed or unsafe is refused in one line."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from domain.rulebook.pathway import SetCInadequate, SetCPathway, WindowAnchor
from tests import CHECKOUT
from web.store.settings import (
    INADEQUATE_POLICIES,
    PATHWAY_POLICIES,
    SETTINGS,
    VERSION,
    WINDOW_ANCHORS,
    SettingRefused,
    Settings,
    bank_holidays,
)

HEAVY = (
    "icalendar",
    "sqlalchemy",
    "psycopg",
    "eventsourcing",
    "requests",
    "govuk_bank_holidays",
    "python_calamine",
    "wtforms",
    "flask_wtf",
    "secure",
    "whitenoise",
    "yaml",
    "cryptography",
)


def flask(*words: str, python: tuple[str, ...] = (), **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TIMELINE_")}
    return subprocess.run(
        [sys.executable, *python, "-m", "flask", "--app", "wsgi", *words],
        cwd=CHECKOUT,
        env={**kept, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_set_means_sqlite_on_this_machine():
    settings = Settings.from_environ({})
    assert settings.home == CHECKOUT / "instance"
    assert settings.database_url is None
    assert settings.trusted_hosts == ("localhost", "127.0.0.1")
    assert (settings.https, settings.debug, settings.proxy_hops) == (False, False, 0)
    assert (settings.set_c_inadequate, settings.window_anchor) == ("any", "publication")


def test_every_setting_is_read(tmp_path: Path):
    settings = Settings.from_environ(
        {
            "TIMELINE_HOME": str(tmp_path),
            "TIMELINE_DATABASE_URL": "postgresql://reader@db.example/timeline",
            "TIMELINE_SECRET_KEY": "k" * 32,
            "TIMELINE_TRUSTED_HOSTS": "inspections.example.gov.uk, localhost",
            "TIMELINE_HTTPS": "true",
            "TIMELINE_PROXY_HOPS": "1",
            "TIMELINE_POLICY_SET_C_INADEQUATE": "manual",
            "TIMELINE_POLICY_SET_C_PATHWAY": "manual",
            "TIMELINE_WINDOW_ANCHOR": "last_day_on_site",
            "TIMELINE_ENGLAND": "false",
            "TIMELINE_PLACES": str(tmp_path / "places.yaml"),
            "TIMELINE_CONTACT": "timeline@council.example",
            "TIMELINE_OWN_AUTHORITIES": "80469, 80498",
            "TIMELINE_ADDRESS": "https://timeline.council.example/",
            "TIMELINE_MAIL_SERVER": "smtp://sender:word@mail.council.example:587",
            "TIMELINE_MAIL_FROM": "timeline@council.example",
            "PATH": "/usr/bin",
        }
    )
    assert settings == Settings(
        home=tmp_path,
        database_url="postgresql://reader@db.example/timeline",
        given_secret="k" * 32,
        trusted_hosts=("inspections.example.gov.uk", "localhost"),
        https=True,
        proxy_hops=1,
        set_c_inadequate="manual",
        set_c_pathway="manual",
        window_anchor="last_day_on_site",
        england=False,
        places=tmp_path / "places.yaml",
        contact="timeline@council.example",
        own_authorities=("80469", "80498"),
        address="https://timeline.council.example",
        mail_server="smtp://sender:word@mail.council.example:587",
        mail_from="timeline@council.example",
    )


def test_an_empty_setting_is_one_not_set():
    assert Settings.from_environ({"TIMELINE_DATABASE_URL": "", "TIMELINE_DEBUG": " "}) == Settings()


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("TIMELINE_DATABASE", "TIMELINE_DATABASE_URL"),
        ("TIMELINE_HOMES", "TIMELINE_HOME"),
        ("TIMELINE_ANCHOR", "TIMELINE_WINDOW_ANCHOR"),
    ],
)
def test_an_unknown_setting_is_refused_naming_the_nearest(name: str, nearest: str):
    with pytest.raises(SettingRefused, match=rf"{name} is not a setting. Did you mean {nearest}\?"):
        Settings.from_environ({name: "x"})


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("TIMELINE_DATABASE_URL", "mysql://db/timeline", "must begin with postgresql://"),
        ("TIMELINE_SECRET_KEY", "short", "at least 32 characters"),
        ("TIMELINE_HTTPS", "perhaps", "must be true or false"),
        ("TIMELINE_PROXY_HOPS", "-1", "whole number"),
        ("TIMELINE_POLICY_SET_C_PATHWAY", "any", "leaders_and_practice, manual"),
        ("TIMELINE_POLICY_SET_C_INADEQUATE", "none", "any, leaders_or_practice_majority, manual"),
        ("TIMELINE_WINDOW_ANCHOR", "start", "publication, last_day_on_site, first_day_on_site"),
        ("TIMELINE_CONTACT", "the council", "e-mail address"),
        ("TIMELINE_OWN_AUTHORITIES", "Gateshead", "Ofsted's numbers"),
        ("TIMELINE_ADDRESS", "timeline.council.example", "https://timeline.council.example"),
        ("TIMELINE_MAIL_SERVER", "mail.council.example", "smtp://"),
        ("TIMELINE_MAIL_FROM", "A council <a@council.example>", "e-mail address"),
        ("TIMELINE_MAIL_FROM", "a@council.example\nBcc: b@council.example", "e-mail address"),
        ("POSTGRES_ENABLE_DB_FUNCTIONS", "y", "readers miss events"),
    ],
)
def test_a_bad_or_unsafe_value_is_refused_in_one_line(name: str, value: str, why: str):
    with pytest.raises(SettingRefused, match=why) as refused:
        Settings.from_environ({name: value})
    assert "\n" not in refused.value.format_message()


def test_debug_is_refused_where_others_can_reach_it():
    with pytest.raises(SettingRefused, match="TIMELINE_DEBUG"):
        Settings.from_environ({"TIMELINE_DEBUG": "true", "TIMELINE_TRUSTED_HOSTS": "inspections.example.gov.uk"})
    assert Settings.from_environ({"TIMELINE_DEBUG": "true"}).debug is True


def test_python_without_assertions_is_refused(tmp_path: Path):
    started = flask("demo", python=("-O",), TIMELINE_HOME=str(tmp_path))
    assert started.returncode == 2
    assert "PYTHONOPTIMIZE" in started.stderr
    assert "Traceback" not in started.stderr


def test_an_unknown_setting_stops_every_command(tmp_path: Path):
    started = flask("demo", TIMELINE_HOME=str(tmp_path), TIMELINE_HOEM="x")
    assert started.returncode == 2
    assert "Did you mean TIMELINE_HOME?" in started.stderr
    assert "Traceback" not in started.stderr


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path):
    home = tmp_path / "store"
    first = Settings(home=home).secret_key()
    assert len(first) == 64
    assert Settings(home=home).secret_key() == first
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600
    assert [file.name for file in home.iterdir()] == ["secret_key"]
    assert Settings(home=home, given_secret="g" * 32).secret_key() == "g" * 32


def test_the_settings_page_lists_exactly_the_settings():
    page = (CHECKOUT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(TIMELINE_\w+)` \| (.+?) \| (.+?) \|$", page, flags=re.MULTILINE)
    assert rows == [(setting.name, setting.default, setting.meaning) for setting in SETTINGS]


def test_the_choices_are_those_of_the_rulebook():
    assert tuple(policy.value for policy in SetCInadequate) == INADEQUATE_POLICIES
    assert tuple(policy.value for policy in SetCPathway) == PATHWAY_POLICIES
    assert tuple(anchor.value for anchor in WindowAnchor) == WINDOW_ANCHORS


def test_the_choices_of_the_page_are_those_of_the_code():
    meanings = {setting.name: setting.meaning for setting in SETTINGS}
    assert all(f"`{policy}`" in meanings["TIMELINE_POLICY_SET_C_INADEQUATE"] for policy in INADEQUATE_POLICIES)
    assert all(f"`{policy}`" in meanings["TIMELINE_POLICY_SET_C_PATHWAY"] for policy in PATHWAY_POLICIES)
    assert all(f"`{anchor}`" in meanings["TIMELINE_WINDOW_ANCHOR"] for anchor in WINDOW_ANCHORS)


def test_bank_holidays_are_england_s_own_list_and_cover_whole_years():
    known = bank_holidays()
    assert date(2022, 6, 3) in known.days  # the Platinum Jubilee
    assert date(2023, 5, 8) in known.days  # the coronation
    assert date(2026, 12, 28) in known.days  # Boxing Day falls on a Saturday
    assert date(2022, 11, 30) not in known.days  # Scotland only
    assert (known.known_from.month, known.known_from.day) == (1, 1)
    assert (known.known_to.month, known.known_to.day) == (12, 31)
    assert known.known_from.year <= 2013
    assert known.known_to.year >= 2027


def test_a_command_that_needs_no_page_loads_no_heavy_library(tmp_path: Path):
    program = (
        "import sys; from flask.cli import main\n"
        "sys.argv = ['flask', '--app', 'wsgi', '--help']\n"
        "try: main()\n"
        f"finally: print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=CHECKOUT,
        env={**os.environ, "TIMELINE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "LOADED []" in done.stdout, done.stdout[-500:] + done.stderr[-500:]
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_version_told_to_places_is_that_of_the_product():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION
