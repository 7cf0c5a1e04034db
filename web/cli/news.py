"""`news`: what changed, for reading, for a mail, for another program."""

from __future__ import annotations

from datetime import date

import click

from web.cli.opening import opened
from web.cli.outcome import REFUSED, answers, end, tell, usable
from web.words.dates import as_day, today


@click.group()
def news() -> None:
    """What changed: new reports and letters, inspections announced, windows, and corrections apart."""


@news.command()
@click.option(
    "--since",
    metavar="DATE",
    required=True,
    callback=usable(lambda text: as_day(text, "since")),
    help="The first day of which is told.",
)
@click.option(
    "--until", metavar="DATE", callback=usable(lambda text: as_day(text, "until")), help="The last day. Default: today."
)
@click.option("--authority", metavar="URN", help="Only of this authority. Default: of every one.")
@click.option("--format", "format_", type=click.Choice(["text", "html", "json"]), default="text", show_default=True)
@answers
def digest(since: date, until: date | None, authority: str | None, format_: str) -> None:
    """Print what changed from a day on (inclusive): news, windows, and corrections of what was held. Links lead to
    TIMELINE_ADDRESS, each to the page as it was known then."""
    from projections.authorities.names import identify
    from projections.news.answers import NewsScope
    from web.news.digest import as_html, as_json, as_text, digest

    store, last = opened(), until or today()
    urns = frozenset() if authority is None else frozenset({identify(store.reader, authority, as_at=last)})
    found = digest(store.reader, since, last, NewsScope(urns=urns), address=store.settings.address)
    if format_ == "json":
        tell(as_json(found))
    else:
        click.echo(as_html(found) if format_ == "html" else as_text(found), nl=format_ == "html")


@news.command()
@click.option("--dry-run", is_flag=True, help="Mail and keep nothing; say who would be mailed.")
@answers
def send(dry_run: bool) -> None:
    """Mail links to confirm addresses, and the digest to everybody who follows and is due: weekly from Monday 07:00,
    daily from 07:00, London time. To be run each hour; exit code 1 where a mail was not accepted."""
    from datetime import UTC, datetime

    from web.news.mail import MailServerAway
    from web.news.sending import send as mail
    from web.store.outbox import MailState

    try:
        sent = mail(opened(), datetime.now(UTC), dry_run=dry_run)
    except MailServerAway as away:
        end(f"{away} Nothing was begun; the next run tries again.", REFUSED)
        return
    for line in sent.told:
        click.echo(line, err=not dry_run)
    states = [f"{number} {state.value}" for state in MailState if (number := sent.counts.get(state))]
    click.echo(f"Mails: {', '.join(states) or 'none is due'}.")
    if not sent.well:
        end("Not every mail was accepted. What failed is tried again at the next run.", REFUSED)
