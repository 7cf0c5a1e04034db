"""The environment in, typed values out: every setting of the product, what it means, and what is refused.

`docs/settings.md` shows the same list to people; a test holds the two equal."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import click
from flask import current_app

if TYPE_CHECKING:
    from domain.rulebook.working_days import BankHolidays

_T = TypeVar("_T")

VERSION = "0.1.0"
"""The product's own, as in `pyproject.toml`."""

CHECKOUT = Path(__file__).resolve().parents[2]
"""Where the product lies: a checkout, or the folder that its wheel unpacked it into."""

HOME = (CHECKOUT if (CHECKOUT / "Makefile").exists() else Path.cwd()) / "instance"
"""The store's folder where none is set: in a checkout, else where the command was started."""

LOOPBACK_HOSTS = ("localhost", "127.0.0.1")

INADEQUATE_POLICIES = ("any", "leaders_or_practice_majority", "manual")
"""R-024: when a report without overall effectiveness puts an authority on the inadequate pathway."""

PATHWAY_POLICIES = ("leaders_and_practice", "manual")
"""R-023: what the judgements of such a report mean for the pathway where none is inadequate."""

WINDOW_ANCHORS = ("publication", "last_day_on_site", "first_day_on_site")
"""R-025: the day of the last graded inspection from which the next window is counted."""


class SettingRefused(click.ClickException):
    """A setting that is unknown, malformed or unsafe. The message is one line and says what to do."""

    exit_code = 2


@dataclass(frozen=True)
class Setting:
    """One name of the environment: its default in words, and what it means."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting(
        "TIMELINE_HOME",
        "`instance` in the checkout, or where an installed command is started",
        "Folder of the SQLite files and of the secret key.",
    ),
    Setting(
        "TIMELINE_DATABASE_URL",
        "SQLite in `TIMELINE_HOME`",
        "`postgresql://user@host/name`: keep the log, the read side and people in that database instead.",
    ),
    Setting(
        "TIMELINE_SECRET_KEY",
        "made once, kept in `TIMELINE_HOME/secret_key`",
        "Signs form tokens; at least 32 characters. Set it when several machines serve one store.",
    ),
    Setting(
        "TIMELINE_SIGNING_HOME",
        "`TIMELINE_HOME/signing`",
        "Folder of the key that signs checkpoints, and of every checkpoint signed. Put it where whoever runs the "
        "database cannot write.",
    ),
    Setting(
        "TIMELINE_TRUSTED_HOSTS",
        "`localhost,127.0.0.1`",
        "Host names this is served under, separated by commas; a request for any other host is answered 400.",
    ),
    Setting(
        "TIMELINE_HTTPS",
        "`false`",
        "`true` when people reach it over https: cookies are then marked `Secure` and named `__Host-…`.",
    ),
    Setting(
        "TIMELINE_PROXY_HOPS",
        "`0`",
        "How many proxies of your own stand in front and set `X-Forwarded-*`; with 0 those headers are not believed.",
    ),
    Setting(
        "TIMELINE_DEBUG",
        "`false`",
        "`true` shows faults in the browser. Refused together with hosts other than this machine's.",
    ),
    Setting(
        "TIMELINE_POLICY_SET_C_INADEQUATE",
        "`any`",
        "When a report without overall effectiveness means the inadequate pathway (R-024, inferred): `any` judgement "
        "inadequate, `leaders_or_practice_majority`, or `manual`.",
    ),
    Setting(
        "TIMELINE_POLICY_SET_C_PATHWAY",
        "`leaders_and_practice`",
        "What a report without overall effectiveness means for the pathway where nothing is inadequate (R-023, "
        "inferred): `leaders_and_practice` good mean the good pathway, or `manual`.",
    ),
    Setting(
        "TIMELINE_WINDOW_ANCHOR",
        "`publication`",
        "The day from which the next inspection's window is counted (R-025): `publication`, `last_day_on_site` or "
        "`first_day_on_site`.",
    ),
    Setting(
        "TIMELINE_ENGLAND",
        "`true`",
        "`false` leaves a new store empty: the facts of England that come with the product are neither taken in at the "
        "first start nor offered.",
    ),
    Setting(
        "TIMELINE_PLACES",
        "the built-in table",
        "YAML file of the places that published files come from, instead of the built-in table.",
    ),
    Setting(
        "TIMELINE_CONTACT",
        "none",
        "E-mail or https address of whoever runs this, told to every place that files are fetched from.",
    ),
    Setting(
        "TIMELINE_OWN_AUTHORITIES",
        "none",
        "Ofsted's numbers, separated by commas, of the authorities whose documents are looked for on "
        "Ofsted's site; none: nothing is looked for there.",
    ),
    Setting(
        "TIMELINE_ADDRESS",
        "none",
        "Where people reach this, such as `https://timeline.council.example`: for links in e-mails.",
    ),
    Setting(
        "TIMELINE_MAIL_SERVER",
        "none",
        "`smtp://user:password@host:587` (TLS is asked for and required; plain only to this machine) or "
        "`smtps://user:password@host:465`: where e-mails are handed in.",
    ),
    Setting("TIMELINE_MAIL_FROM", "none", "The address that e-mails come from."),
    Setting("TIMELINE_SHARED", "none", "Folder of real published files; read by the tests and benchmarks only."),
)


@dataclass(frozen=True)
class Settings:
    """What the environment decides. Build it with `from_environ`; tests build it directly."""

    home: Path = HOME
    database_url: str | None = None
    given_secret: str | None = None
    signing_home: Path | None = None
    trusted_hosts: tuple[str, ...] = LOOPBACK_HOSTS
    https: bool = False
    proxy_hops: int = 0
    debug: bool = False
    set_c_inadequate: str = "any"
    window_anchor: str = "publication"
    set_c_pathway: str = "leaders_and_practice"
    england: bool = True
    places: Path | None = None
    contact: str | None = None
    own_authorities: tuple[str, ...] = ()
    address: str | None = None
    mail_server: str | None = None
    mail_from: str | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Reads every `TIMELINE_*` name. Raises SettingRefused for an unknown name, a bad value or an unsafe start."""
        refuse_unknown_names(environ)
        refuse_unsafe_start(environ)

        def read(name: str, convert: Callable[[str, str], _T], default: _T) -> _T:
            text = environ.get(name, "").strip()
            return convert(name, text) if text else default

        settings = cls(
            home=read("TIMELINE_HOME", _folder, cls.home),
            database_url=read("TIMELINE_DATABASE_URL", _postgresql_address, None),
            given_secret=read("TIMELINE_SECRET_KEY", _long_enough, None),
            signing_home=read("TIMELINE_SIGNING_HOME", _folder, None),
            trusted_hosts=read("TIMELINE_TRUSTED_HOSTS", _hosts, cls.trusted_hosts),
            https=read("TIMELINE_HTTPS", _yes_or_no, False),
            proxy_hops=read("TIMELINE_PROXY_HOPS", _count, 0),
            debug=read("TIMELINE_DEBUG", _yes_or_no, False),
            set_c_inadequate=read("TIMELINE_POLICY_SET_C_INADEQUATE", _one_of(INADEQUATE_POLICIES), "any"),
            set_c_pathway=read("TIMELINE_POLICY_SET_C_PATHWAY", _one_of(PATHWAY_POLICIES), "leaders_and_practice"),
            window_anchor=read("TIMELINE_WINDOW_ANCHOR", _one_of(WINDOW_ANCHORS), "publication"),
            england=read("TIMELINE_ENGLAND", _yes_or_no, True),
            places=read("TIMELINE_PLACES", _folder, None),
            contact=read("TIMELINE_CONTACT", _contact, None),
            own_authorities=read("TIMELINE_OWN_AUTHORITIES", _numbers, ()),
            address=read("TIMELINE_ADDRESS", _site_address, None),
            mail_server=read("TIMELINE_MAIL_SERVER", _mail_server, None),
            mail_from=read("TIMELINE_MAIL_FROM", _e_mail, None),
        )
        if settings.debug and not set(settings.trusted_hosts) <= set(LOOPBACK_HOSTS):
            raise SettingRefused("TIMELINE_DEBUG shows faults to anyone: leave it out, or TIMELINE_TRUSTED_HOSTS.")
        return settings

    @property
    def signing_folder(self) -> Path:
        return self.signing_home or self.home / "signing"

    def secret_key(self) -> str:
        """The key that signs cookies; made on first use and kept in `secret_key`, readable by its owner only."""
        return self.given_secret or _kept_secret(self.home)


def current_settings() -> Settings:
    """The settings of the app in hand."""
    settings: Settings = current_app.extensions["timeline.settings"]
    return settings


def bank_holidays() -> BankHolidays:
    """The bank holidays of England and Wales, from the list that the library carries: it never calls out.

    Known for whole calendar years, both ends inclusive."""
    from govuk_bank_holidays.bank_holidays import BankHolidays as PublishedHolidays

    from domain.rulebook.working_days import BankHolidays

    published = PublishedHolidays(use_cached_holidays=True)
    days = frozenset(row["date"] for row in published.get_holidays(division=PublishedHolidays.ENGLAND_AND_WALES))
    return BankHolidays(
        days=days,
        known_from=date(min(days).year, 1, 1),
        known_to=date(max(days).year, 12, 31),
    )


def refuse_unknown_names(environ: Mapping[str, str]) -> None:
    """Raises SettingRefused for the first `TIMELINE_*` name that is not a setting, naming the nearest that is."""
    known = [setting.name for setting in SETTINGS]
    for name in sorted(environ):
        if name.startswith("TIMELINE_") and name not in known:
            import difflib  # a refusal is rare, and every command waits for what this module imports

            nearest = difflib.get_close_matches(name, known, n=1, cutoff=0)[0]
            raise SettingRefused(f"{name} is not a setting. Did you mean {nearest}? See docs/settings.md.")


def refuse_unsafe_start(environ: Mapping[str, str]) -> None:
    """Raises SettingRefused where the log could not be trusted: checks switched off, or readers that miss events."""
    if sys.flags.optimize:
        raise SettingRefused("Python's -O (PYTHONOPTIMIZE) removes checks that keep the log whole: start without it.")
    if environ.get("POSTGRES_ENABLE_DB_FUNCTIONS", "").strip().lower() in ("y", "yes", "t", "true", "on", "1"):
        raise SettingRefused("POSTGRES_ENABLE_DB_FUNCTIONS lets readers miss events: unset it.")


def _kept_secret(home: Path) -> str:
    kept = home / "secret_key"
    if not kept.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = home / f"secret_key.{secrets.token_hex(8)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, kept)  # of several processes that start together, one makes the key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return kept.read_text(encoding="ascii").strip()


def _folder(name: str, text: str) -> Path:
    return Path(text).expanduser().resolve()


def _postgresql_address(name: str, text: str) -> str:
    if urlsplit(text).scheme not in ("postgresql", "postgres"):
        raise SettingRefused(f"{name} must begin with postgresql://")
    return text


def plain_e_mail(text: str) -> str:
    """An e-mail address that somebody typed. Raises SettingRefused unless it is one, plain and on one line."""
    return _e_mail("The address", text.strip())


def _e_mail(name: str, text: str) -> str:
    """A plain address: one line, one `@`, no display name."""
    local, _, host = text.partition("@")
    if not (local and host and text.isascii() and text.isprintable() and not set(text) & set(' <>,;"\\@:') - {"@"}):
        raise SettingRefused(f"{name} must be an e-mail address, such as timeline@council.example, not {text!r}.")
    if text.count("@") != 1:
        raise SettingRefused(f"{name} must be one e-mail address, not {text!r}.")
    return text


def _contact(name: str, text: str) -> str:
    if text.startswith("https://") and urlsplit(text).hostname and text.isascii() and text.isprintable():
        return text
    return _e_mail(name, text)


def _numbers(name: str, text: str) -> tuple[str, ...]:
    numbers = tuple(number.strip() for number in text.split(",") if number.strip())
    for number in numbers:
        if not (number.isascii() and number.isdigit()):
            raise SettingRefused(f"{name} must be Ofsted's numbers, such as 80469,80498, not {number!r}.")
    return numbers


def _site_address(name: str, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise SettingRefused(f"{name} must be an address such as https://timeline.council.example, not {text!r}.")
    return f"{parts.scheme}://{parts.netloc}"


def _mail_server(name: str, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingRefused(f"{name} must begin with smtp:// or smtps:// and name a host.")
    return text


def _long_enough(name: str, text: str) -> str:
    if len(text) < 32:
        raise SettingRefused(f"{name} must have at least 32 characters.")
    return text


def _hosts(name: str, text: str) -> tuple[str, ...]:
    return tuple(host.strip() for host in text.split(",") if host.strip())


def _yes_or_no(name: str, text: str) -> bool:
    answers = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if text.lower() not in answers:
        raise SettingRefused(f"{name} must be true or false, not {text!r}.")
    return answers[text.lower()]


def _count(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 9):
        raise SettingRefused(f"{name} must be a whole number from 0 to 9, not {text!r}.")
    return int(text)


def _one_of(choices: tuple[str, ...]) -> Callable[[str, str], str]:
    def convert(name: str, text: str) -> str:
        if text not in choices:
            raise SettingRefused(f"{name} must be one of {', '.join(choices)}, not {text!r}.")
        return text

    return convert
