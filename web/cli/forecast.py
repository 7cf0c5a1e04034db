"""`forecast`: the next graded inspection or focused visit, how likely it is, and how often such forecasts came true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from domain.rulebook.forecast.forecast import ForecastOf
from web.cli.answers import as_json, known_at_option, one_or_all
from web.cli.outcome import answers, tell, usable
from web.words.dates import as_day, today

if TYPE_CHECKING:
    from projections.engine.reader import Reader


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


activity_option = click.option(
    "--activity",
    type=click.Choice([one.value for one in ForecastOf]),
    default=ForecastOf.GRADED_INSPECTION.value,
    show_default=True,
    callback=lambda context, option, value: ForecastOf(value),
    help="What is forecast.",
)
"""Takes one of what can be forecast."""


@click.group(cls=OneOrAll)
def forecast() -> None:
    """The next graded inspection or focused visit: `forecast URN`, `forecast --all`, `forecast backtest`."""


@forecast.command("of")
@click.argument("authority", required=False)
@click.option("--all", "everyone", is_flag=True, help="Every current authority, as a list.")
@activity_option
@day_option("--on", "Forecast from what was public the day before. Default: today.")
@known_at_option
@as_json
@answers
def of(
    authority: str | None,
    everyone: bool,
    activity: ForecastOf,
    on: date | None,
    known_at: datetime | None,
    json_: bool,
) -> None:
    """The next graded inspection or focused visit of an AUTHORITY: how likely, and of an inspection in which month."""
    from web.store.store import current_store

    one_or_all(authority, everyone)
    store = current_store()
    store.projector.catch_up()
    documents = _forecasts(store.reader, authority, activity, on or today(), known_at)
    if json_:
        tell(documents if everyone else documents[0])
        return
    for document in documents:
        click.echo(f"{document['urn']:>8}  {document['name']:<40.40} {_in_a_line(document)}")
    for limit in dict.fromkeys(limit for document in documents for limit in document["limits"]):
        click.echo(limit, err=True)


def _forecasts(
    reader: Reader, authority: str | None, activity: ForecastOf, on: date, known_at: datetime | None
) -> list[dict[str, Any]]:
    """Of one authority, or of all where none is named."""
    from projections.authorities.names import identify
    from projections.outlook import forecasts
    from web.documents.forecasts import outlook_document
    from web.documents.visit_forecasts import visit_outlook_document

    urn = identify(reader, authority, as_at=on) if authority is not None else None
    if activity is ForecastOf.FOCUSED_VISIT:
        if urn is not None:
            visit = forecasts.visit_outlook_of(reader, urn, on=on, known_at=known_at)
            return [visit_outlook_document(visit.outlook, visit.moment)]
        visits = forecasts.visit_outlooks(reader, on=on, known_at=known_at)
        return [visit_outlook_document(outlook, visits.moment) for outlook in visits.outlooks]
    if urn is not None:
        answer = forecasts.outlook_of(reader, urn, on=on, known_at=known_at)
        return [outlook_document(answer.outlook, answer.moment)]
    found = forecasts.outlooks(reader, on=on, known_at=known_at)
    return [outlook_document(outlook, found.moment) for outlook in found.outlooks]


def _in_a_line(document: dict[str, Any]) -> str:
    from domain.values.words import percent
    from web.words.forecast_card import WORTH_SAYING

    if document["p_six_months"] is None:
        return str(document["basis"])
    if (band := document["band"]) is None:
        return f"within six months {percent(document['p_six_months']):>8}   {document['basis']}"
    already = ""
    if document["p_already_come"] is not None and document["p_already_come"] >= WORTH_SAYING:
        already = f"   (if it has not already come: {percent(document['p_already_come'])} that it has)"
    by = f"as likely as not by {document['median']}   " if document["median"] else ""
    how = "four in five" if "ends_on" not in document else f"before it ends on {document['ends_on']}"
    return (
        f"within six months {percent(document['p_six_months']):>8}{already}   "
        f"{by}{how} from {band['from']} to {band['to']}"
    )


@forecast.command()
@activity_option
@day_option("--from", "The first quarter's first day, or any day before it.", needed=True)
@day_option("--to", "The last quarter's first day, or any day after it.", needed=True)
@known_at_option
@as_json
@answers
def backtest(activity: ForecastOf, known_at: datetime | None, json_: bool, **between: date) -> None:
    """How forecasts from the first day of each quarter in a range did."""
    from projections.outlook.forecasts import backtest_of, visit_backtest_of
    from web.documents.forecasts import backtest_document
    from web.documents.visit_forecasts import visit_backtest_document
    from web.outlook.forecasts import left_out
    from web.store.store import current_store

    first, last = between["from"], between["to"]
    if first > last:
        raise click.UsageError("The range ends before it begins: give a --to on or after the --from.")
    store = current_store()
    store.projector.catch_up()
    asked: dict[str, Any] = {"first": first, "last": last, "as_at": today(), "known_at": known_at}
    if activity is ForecastOf.FOCUSED_VISIT:
        visits = visit_backtest_of(store.reader, **asked)
        document, reasons = visit_backtest_document(visits), left_out(visits.backtest.left_out, activity)
    else:
        answer = backtest_of(store.reader, **asked)
        document, reasons = backtest_document(answer), left_out(answer.backtest.left_out)
    if json_:
        tell(document)
        return
    for reason in reasons:
        click.echo(reason, err=True)
    _tell_how_they_did(document)


def _tell_how_they_did(document: dict[str, Any]) -> None:
    if not document["n"]:
        click.echo("Nothing to hold to account.")
        return
    click.echo(f"{document['n']} forecasts from {len(document['origins'])} quarters; {document['happened']:.1%} came.")
    window = document["brier_policy_window"]
    click.echo(
        f"Brier score {document['brier']:.4f}; base rate {document['brier_base_rate']:.4f}"
        + (f"; policy window {window:.4f} (less is better)." if window is not None else " (less is better).")
    )
    for one in document["calibration"]:
        click.echo(
            f"  {one['from']:.1f} to {one['to']:.1f}: {one['n']:>5} forecasts, mean {one['forecast']:.3f}, came "
            f"{one['happened']:.3f}"
        )
    for name, group in (("all", document), *document["by_cohort"].items()):
        for label, key in (("ours", "band"), ("policy window", "policy_band"), ("past waits", "past_waits_band")):
            if (band := group[key]) and band["n"]:
                click.echo(
                    f"  {name}, {label}: {band['coverage']:.1%} of {band['n']} starts inside, "
                    f"{band['mean_width_days']:.0f} days wide, score {band['interval_score']:.0f}"
                )
