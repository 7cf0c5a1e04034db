"""`forecast`: what past waits say of the next graded inspection, and how often it came true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click

from web.cli.answers import as_json, known_at_option, one_or_all
from web.cli.outcome import answers, tell, usable
from web.words.dates import as_day, today


class OneOrAll(click.Group):
    """A group whose command `of` needs no name: `forecast URN` and `forecast --all` mean it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["of", *args]
        return super().parse_args(ctx, args)


def day_option(name: str, says: str, *, needed: bool = False) -> Callable[[Any], Any]:
    """An option that takes a day."""
    called = name.removeprefix("--")
    return click.option(
        name, called, metavar="DATE", required=needed, callback=usable(lambda text: as_day(text, called)), help=says
    )


@click.group(cls=OneOrAll)
def forecast() -> None:
    """What past waits say of the next graded inspection: `forecast URN`, `forecast --all`, `forecast backtest`."""


@forecast.command("of")
@click.argument("authority", required=False)
@click.option("--all", "everyone", is_flag=True, help="Every current authority, as a list.")
@day_option("--on", "Forecast from what was public the day before. Default: today.")
@known_at_option
@as_json
@answers
def of(authority: str | None, everyone: bool, on: date | None, known_at: datetime | None, json_: bool) -> None:
    """The next graded inspection of an AUTHORITY: how likely in each month, and when most likely."""
    from projections.authorities.names import identify
    from projections.outlook.forecasts import outlook_of, outlooks
    from web.documents.forecasts import outlook_document
    from web.store.store import current_store
    from web.words.forecast_card import percent

    one_or_all(authority, everyone)
    store = current_store()
    store.projector.catch_up()
    day = on or today()
    if authority is None:
        found = outlooks(store.reader, on=day, known_at=known_at)
        documents = [outlook_document(outlook, found.moment) for outlook in found.outlooks]
    else:
        urn = identify(store.reader, authority, as_at=day)
        answer = outlook_of(store.reader, urn, on=day, known_at=known_at)
        documents = [outlook_document(answer.outlook, answer.moment)]
    if json_:
        tell(documents if everyone else documents[0])
        return
    for document in documents:
        if document["median"] is None:
            click.echo(f"{document['urn']:>8}  {document['name']:<40.40} {document['basis']}")
            continue
        band = document["band"]
        click.echo(
            f"{document['urn']:>8}  {document['name']:<40.40} "
            f"within six months {percent(document['p_six_months']):>8}   as likely as not by {document['median']}   "
            f"four in five from {band['from']} to {band['to']}"
        )
    for limit in dict.fromkeys(limit for document in documents for limit in document["limits"]):
        click.echo(limit, err=True)


@forecast.command()
@day_option("--from", "The first quarter's first day, or any day before it.", needed=True)
@day_option("--to", "The last quarter's first day, or any day after it.", needed=True)
@known_at_option
@as_json
@answers
def backtest(known_at: datetime | None, json_: bool, **between: date) -> None:
    """How forecasts from the first day of each quarter in a range did."""
    from projections.outlook.forecasts import backtest_of
    from web.documents.forecasts import backtest_document
    from web.outlook.forecasts import left_out
    from web.store.store import current_store

    first, last = between["from"], between["to"]
    if first > last:
        raise click.UsageError("The range ends before it begins: give a --to on or after the --from.")
    store = current_store()
    store.projector.catch_up()
    answer = backtest_of(store.reader, first=first, last=last, as_at=today(), known_at=known_at)
    document = backtest_document(answer)
    if json_:
        tell(document)
        return
    for reason in left_out(answer.backtest.left_out):
        click.echo(reason, err=True)
    if not document["n"]:
        click.echo("Nothing to hold to account.")
        return
    click.echo(f"{document['n']} forecasts from {len(document['origins'])} quarters; {document['happened']:.1%} came.")
    click.echo(
        f"Brier score {document['brier']:.4f}; base rate {document['brier_base_rate']:.4f}; policy window "
        f"{document['brier_policy_window']:.4f} (less is better)."
    )
    for one in document["calibration"]:
        click.echo(
            f"  {one['from']:.1f} to {one['to']:.1f}: {one['n']:>5} forecasts, mean {one['forecast']:.3f}, came "
            f"{one['happened']:.3f}"
        )
    for name, group in (("all", document), *document["by_cohort"].items()):
        for label, key in (("ours", "band"), ("policy window", "policy_band"), ("past waits", "past_waits_band")):
            if (band := group[key])["n"]:
                click.echo(
                    f"  {name}, {label}: {band['coverage']:.1%} of {band['n']} starts inside, "
                    f"{band['mean_width_days']:.0f} days wide, score {band['interval_score']:.0f}"
                )
