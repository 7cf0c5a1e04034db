"""A run of `news send`: links to confirm addresses, and a digest for everybody who is due.

Each mail goes through the outbox: prepared, begun, and what became of it, each on the disk before the next step. So a
run that was stopped at any instruction mails nobody twice: what was only prepared is prepared anew; what was begun may
have arrived and is never sent again, and the next digest holds what it held and says so."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from flask import render_template, url_for

from domain.values.activities import AuthorityFacts
from domain.values.days import LONDON, london_day
from domain.values.errors import NotFound, RuleBroken
from projections.authorities.names import authority
from projections.engine.reader import Reader
from web.news.choice import FollowChoice
from web.news.digest import Digest, as_html, as_text, digest
from web.news.mail import MailServer, WrittenMail, written
from web.news.signed import to_confirm, to_leave
from web.news.stream import reached_at
from web.site import demonstration
from web.store.followers import Follow
from web.store.outbox import MailKind, MailRow, MailState
from web.store.store import Store

SEVEN = time(7)
"""Digests go out from seven o'clock in London."""

DAY = timedelta(days=1)

REFUSALS = 3
"""After so many in a row nothing more is mailed to an address until it is given anew."""

SETTLED = frozenset({MailState.ACCEPTED, MailState.NOTHING})
"""States after which news counts as told."""

CAME_TO_AN_END = SETTLED | {MailState.UNCERTAIN}


@dataclass
class Sent:
    """What a run did: how many mails of each state, and a line for each that was not accepted."""

    counts: dict[MailState, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def add(self, state: MailState, line: str = "") -> None:
        self.counts[state] = self.counts.get(state, 0) + 1
        if line:
            self.told.append(line)

    @property
    def well(self) -> bool:
        return not set(self.counts) & {MailState.FAILED, MailState.REFUSED, MailState.UNCERTAIN}


def due(last: datetime, cadence: str | None) -> datetime:
    """From when on the next digest is due: weekly the first Monday, daily the first day, at seven in London, after the
    last one came to an end."""
    local = last.astimezone(LONDON)
    day = local.date() if local.time() < SEVEN else local.date() + DAY
    if cadence != "daily":
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, SEVEN, LONDON)


def send(store: Store, at: datetime, *, dry_run: bool = False) -> Sent:
    """One run at an instant, UTC; a `dry_run` mails and keeps nothing, and says who would be mailed.

    Raises RuleBroken where no mail server, sender or address of this place is set, or another run is under way;
    MailServerAway where the server cannot be reached: then nothing was begun."""
    settings = store.settings
    if not (settings.mail_server and settings.mail_from and settings.address):
        raise RuleBroken(
            "Nothing is mailed before TIMELINE_MAIL_SERVER, TIMELINE_MAIL_FROM and TIMELINE_ADDRESS are set: see "
            "docs/settings.md."
        )
    with _alone(settings.home / "news_send.lock"), MailServer(settings.mail_server, settings.mail_from) as server:
        run = _Run(store, server, at, settings.address, dry_run=dry_run)
        run.clear_up()
        for follow in store.followers.mailed():
            try:
                run.serve(follow)
            except (NotFound, RuleBroken) as fault:
                run.sent.add(MailState.FAILED, f"{follow.address}: {fault}")
        if not dry_run:
            store.followers.forget_unused()
        return run.sent


class _Run:
    def __init__(self, store: Store, server: MailServer, at: datetime, address: str, *, dry_run: bool) -> None:
        self.sent = Sent()
        self._store, self._server, self._at, self._address = store, server, at, address
        self._dry_run = dry_run
        self._key = store.settings.secret_key()

    def clear_up(self) -> None:
        """What an earlier run was stopped at: of what had begun nobody can know."""
        for row in () if self._dry_run else self._store.outbox.unfinished():
            begun = row.state is MailState.BEGUN
            state = MailState.UNCERTAIN if begun else MailState.ABANDONED
            self._note(row.message, row.follow, row.kind, state, why="The run was stopped.")
            if begun:
                self.sent.add(state, f"A mail begun on {_when(row.at)} may have arrived; it is not sent again.")

    def serve(self, follow: Follow) -> None:
        """Mail one follower what is due, if anything is."""
        if not self._may(follow):
            return
        rows = self._store.outbox.of(follow.id)
        if follow.confirmed_at is None:
            mine = [row for row in rows if row.kind is MailKind.CONFIRM and row.at >= follow.asked_at]
            if not any(row.state in CAME_TO_AN_END for row in mine) and not stopped(mine):
                self._hand_in(follow, MailKind.CONFIRM, self._letter_to_confirm(follow))
            return
        mine = [row for row in rows if row.kind is MailKind.DIGEST and row.at >= follow.confirmed_at]
        ended = [row for row in mine if row.state in CAME_TO_AN_END]
        last = datetime.fromtimestamp(ended[-1].at if ended else follow.confirmed_at, UTC)
        if self._at >= due(last, follow.cadence) and not stopped(mine):
            self._digest(follow, mine)

    def _may(self, follow: Follow) -> bool:
        if follow.person is None or demonstration.is_invented(follow.person):
            return False
        listed = self._store.application.people.listed(follow.person)
        return listed is not None and not listed.disabled

    def _digest(self, follow: Follow, rows: Sequence[MailRow]) -> None:
        told = next((row for row in reversed(rows) if row.state in SETTLED), None)
        after_told = rows[rows.index(told) + 1 :] if told is not None else rows
        unsure = any(row.state is MailState.UNCERTAIN for row in after_told)
        found = self._found(follow, told)
        if found is None or found.is_empty:
            self._nothing(follow, found)
            return
        letter = self._letter_of(follow, found, unsure=unsure)
        self._hand_in(follow, MailKind.DIGEST, letter, upto=found.upto, until=found.until)

    def _found(self, follow: Follow, told: MailRow | None) -> Digest | None:
        reader, today = self._store.reader, london_day(self._at)
        choice = FollowChoice.of(follow.choice)
        scope = choice.scope(_current(reader, today))
        if scope is None:
            return None
        assert follow.confirmed_at is not None
        first = london_day(datetime.fromtimestamp(follow.confirmed_at, UTC))
        since = first if told is None or told.until is None else told.until + DAY
        after = follow.position if told is None else told.upto
        names = {urn: authority(reader, urn, as_at=today).name for urn in choice.urns[:4]}
        whose = choice.words(names)
        return digest(reader, min(since, today), today, scope, address=self._address, after=after or 0, whose=whose)

    def _nothing(self, follow: Follow, found: Digest | None) -> None:
        """Where nothing is new nothing is mailed, and the next digest begins from here."""
        if found is not None and not self._dry_run:
            state = MailState.NOTHING
            self._note(uuid4(), follow.id, MailKind.DIGEST, state, why=None, upto=found.upto, until=found.until)
        self.sent.add(MailState.NOTHING)

    def _hand_in(
        self, follow: Follow, kind: MailKind, letter: WrittenMail, *, upto: int | None = None, until: date | None = None
    ) -> None:
        if self._dry_run:
            self.sent.add(MailState.PREPARED, f"{letter.to}: {letter.subject}")
            return
        self._server.open()

        def note(state: MailState, why: str | None = None) -> None:
            self._note(letter.message, follow.id, kind, state, why=why, upto=upto, until=until)

        mail = written(letter, sender=self._server.sender, at=self._at)
        note(MailState.PREPARED)
        state, why = self._server.hand_in(letter.to, mail, lambda: note(MailState.BEGUN))
        note(state, why)
        self.sent.add(state, "" if state is MailState.ACCEPTED else f"{letter.to}: {state.value}: {why}")

    def _note(
        self,
        message: UUID,
        follow: UUID,
        kind: MailKind,
        state: MailState,
        *,
        why: str | None,
        upto: int | None = None,
        until: date | None = None,
    ) -> None:
        self._store.outbox.add(message, follow, kind, state, at=self._seconds, upto=upto, until=until, why=why)

    @property
    def _seconds(self) -> int:
        return int(self._at.timestamp())

    # --- what is in a mail -------------------------------------------------------------------------------------------

    def _letter_to_confirm(self, follow: Follow) -> WrittenMail:
        with reached_at(self._address):
            link = url_for("follow.confirm", token=to_confirm(self._key, follow), _external=True)
            told = {"link": link, "place": url_for("start.show", _external=True)}
            text = render_template("news/confirm.txt", **told)
            html = render_template("news/confirm_mail.html", **told)
        subject = "Confirm your address for news of children’s services inspections"
        return self._letter(follow, subject, text, html, {})

    def _letter_of(self, follow: Follow, found: Digest, *, unsure: bool) -> WrittenMail:
        with reached_at(self._address):
            leave = url_for("follow.leave", token=to_leave(self._key, follow.id), _external=True)
            change = url_for("follow.show", _external=True)
        lines = [("Change what you follow", change), ("Leave: no more mails", leave)]
        if unsure:
            lines.insert(0, ("An earlier mail may not have reached you. This one also holds what that one held.", ""))
        text = as_text(found, [f"{said}:\n{where}" if where else said for said, where in lines])
        headers = {
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        return self._letter(follow, found.title, text, as_html(found, lines), headers)

    def _letter(self, follow: Follow, subject: str, text: str, html: str, headers: dict[str, str]) -> WrittenMail:
        assert follow.address is not None
        return WrittenMail(uuid4(), follow.address, subject, text, html, headers)


def stopped(rows: Sequence[MailRow]) -> bool:
    """Whether the server refused so many mails in a row that nothing more is sent to this address."""
    ends = [row.state for row in rows if row.state in CAME_TO_AN_END | {MailState.REFUSED}]
    return len(ends) >= REFUSALS and set(ends[-REFUSALS:]) == {MailState.REFUSED}


def _current(reader: Reader, today: date) -> list[AuthorityFacts]:
    with reader.connect() as connection:
        identities = reader.identities(connection)
    return [one.on(today) for one in identities if one.existed_on(today)]


def _when(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, LONDON).strftime("%d %B %Y at %H:%M").lstrip("0")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one run at a time on this machine. Raises RuleBroken where another is under way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RuleBroken("Another run of news send is under way. It does what this one would.") from None
        yield
