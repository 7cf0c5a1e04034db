"""`authority`: that an authority ends, who follows it, and the number that it is given later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from domain.values.words import listed
from web.cli.answers import as_json
from web.cli.kept import document_of, say
from web.cli.opening import opened
from web.cli.outcome import answers, tell, usable
from web.words.dates import as_day, as_past_day, today

if TYPE_CHECKING:
    from domain.application import Application
    from domain.authorities.handler import Done
    from domain.facts import Told


@click.group()
def authority() -> None:
    """Authorities that end and begin: `authority announce-succession`, `cancel-succession`, `carry-out-succession`."""


class NamesInARow(click.Command):
    """A command whose `--successor` takes one name or, behind it, several."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        told: list[str] = []
        for word in args:
            if told[-2:-1] == ["--successor"] and not word.startswith("-"):
                told.append("--successor")
            told.append(word)
        return super().parse_args(ctx, told)


source_option = click.option(
    "--source", metavar="TEXT", required=True, help="Where it is read: the order, or the minister's statement."
)


@authority.command("announce-succession", cls=NamesInARow)
@click.argument("urn")
@click.option(
    "--on",
    "ends_on",
    metavar="DATE",
    required=True,
    callback=usable(lambda text: as_day(text, "on")),
    help="The vesting day: the first on which it no longer exists and those that follow do.",
)
@click.option(
    "--successor",
    "successors",
    metavar="NAME…",
    multiple=True,
    required=True,
    help="Who follows, by name or number; as often as there are. One that nobody knows begins with this.",
)
@source_option
@click.option(
    "--announced-on",
    metavar="DATE",
    callback=usable(lambda text: as_past_day(text, "announced on")),
    help="The day of the order or the statement, from which it is known. Default: today.",
)
@click.option("--order", metavar="TEXT", help="Title of the order, and perhaps its address.")
@as_json
@answers
def announce_succession(
    urn: str,
    ends_on: date,
    successors: tuple[str, ...],
    source: str,
    announced_on: date | None,
    order: str | None,
    json_: bool,
) -> None:
    """Record that an authority ends, by an order or a minister's statement; a plan or consultation is none."""
    from web.site.reader import key_if_known

    _do(
        urn,
        source,
        None,
        lambda door, key, by: door.successions.announce(
            key,
            ends_on=ends_on,
            successors=[key_if_known(name) for name in successors],
            announced_on=announced_on or today(),
            order=order,
            by=by,
        ),
        json_=json_,
    )


@authority.command("correct-succession")
@click.argument("urn")
@click.option(
    "--on",
    "ends_on",
    metavar="DATE",
    required=True,
    callback=usable(lambda text: as_day(text, "on")),
    help="The vesting day as it should have been recorded.",
)
@click.option("--reason", metavar="TEXT", required=True, help="Why the day held is wrong.")
@source_option
@as_json
@answers
def correct_succession(urn: str, ends_on: date, reason: str, source: str, json_: bool) -> None:
    """Put right a vesting day that was wrongly recorded."""
    _do(
        urn,
        source,
        reason,
        lambda door, key, by: door.successions.correct(key, ends_on=ends_on, by=by),
        json_=json_,
    )


@authority.command("cancel-succession")
@click.argument("urn")
@click.option(
    "--on",
    "cancelled_on",
    metavar="DATE",
    required=True,
    callback=usable(lambda text: as_past_day(text, "on")),
    help="The day on which it was taken back; from then on nothing is said of an end.",
)
@source_option
@as_json
@answers
def cancel_succession(urn: str, cancelled_on: date, source: str, json_: bool) -> None:
    """Record that an authority does not end after all."""
    _do(
        urn,
        source,
        None,
        lambda door, key, by: door.successions.cancel(key, cancelled_on=cancelled_on, by=by),
        json_=json_,
    )


@authority.command("carry-out-succession")
@click.argument("urn")
@source_option
@as_json
@answers
def carry_out_succession(urn: str, source: str, json_: bool) -> None:
    """Record, from the vesting day on, that an authority has ended and those that follow are there."""
    _do(urn, source, None, lambda door, key, by: door.successions.carry_out(key, by=by), json_=json_)


@authority.command("give-number")
@click.argument("urn")
@click.argument("number")
@click.option(
    "--scheme",
    type=click.Choice(["urn", "la_number", "gss_code"]),
    default="urn",
    show_default=True,
    help="Whose number: Ofsted's, the three-digit one of the local authority, or the GSS code.",
)
@click.option(
    "--on",
    "given_on",
    metavar="DATE",
    callback=usable(lambda text: as_past_day(text, "on")),
    help="The first day of the number. Default: today.",
)
@source_option
@as_json
@answers
def give_number(urn: str, number: str, scheme: str, given_on: date | None, source: str, json_: bool) -> None:
    """Record the NUMBER that was given to an authority which began without one; its key stays."""
    _do(
        urn,
        source,
        None,
        lambda door, key, by: door.successions.give_code(
            key, scheme=scheme, now=number.strip(), given_on=given_on or today(), by=by
        ),
        json_=json_,
        said=f"has the number {number.strip()}.",
    )


def _do(
    urn: str,
    source: str,
    reason: str | None,
    send: Callable[[Application, str, Told], Done],
    *,
    json_: bool,
    said: str = "",
) -> None:
    """Carry it out and say what is known of the authority now."""
    from datetime import UTC, datetime
    from uuid import uuid4

    from domain.audit import saves
    from domain.facts import Told
    from domain.values.statements import Source
    from projections.authorities.names import authority as facts_of
    from projections.authorities.names import identify
    from web.documents.authorities import authority_document

    store = opened()
    key = identify(store.reader, urn, as_at=today())
    by = Told("local", uuid4(), Source("order", source), datetime.now(UTC), reason)
    with saves() as kept:
        send(store.application, key, by)
    store.projector.catch_up()
    document: dict[str, Any] = authority_document(facts_of(store.reader, key, as_at=today()))
    if json_:
        tell({"authority": document} | document_of(kept))
        return
    ends, names = document.get("ends_on"), document.get("successors", ())
    follow = "follows" if len(names) == 1 else "follow"
    ending = f"ends on {ends}; {listed(names)} {follow}." if ends else "does not end."
    click.echo(f"{document['name']} {said or ending}")
    say(kept)
