"""`people`: who may sign in and what they were trusted with, for whoever may run commands on the machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from web.cli.answers import as_json
from web.cli.kept import says_its_entries
from web.cli.outcome import answers, tell

if TYPE_CHECKING:
    from uuid import UUID

    from domain.facts import Told

ROLES = ("member", "officer", "approver", "administrator", "auditor")

why = click.option("--reason", required=True, help="Why; kept with the change. Do not name the person.")
who = click.argument("person")


@click.group()
def people() -> None:
    """Local accounts: people, their roles, set-up links."""


@people.command()
@click.argument("name")
@click.option("--sign-in-name", required=True, help="Without spaces, such as a work e-mail address.")
@click.option("--office", default="", help="What pages show beside what this person records.")
@click.option("--reason", default="Added at the machine", show_default=True)
@answers
@says_its_entries()
def add(name: str, sign_in_name: str, office: str, reason: str) -> None:
    """Add a person called NAME, and print the link by which they set their password; it works once."""
    from uuid import uuid4

    from web.store.store import current_store

    store, person = current_store(), uuid4()
    store.accounts.add(person, name=name, office=office, sign_in_name=sign_in_name)
    store.application.people.register_person(person, by=_told(reason))
    click.echo(f"{name} was added, with no role yet. Give them this link; it works once, for three days:")
    click.echo(set_up_address(store.accounts.make_link(person)))
    _say_which_port()


@people.command()
@who
@click.argument("role", type=click.Choice(ROLES))
@click.option("--authority", "authorities", multiple=True, metavar="URN", help="For this authority; may be repeated.")
@click.option("--national", is_flag=True, help="For every authority, and for importing files.")
@click.option("--withdraw", is_flag=True, help="Take the role back instead.")
@why
@answers
@says_its_entries()
def role(person: str, role: str, authorities: tuple[str, ...], national: bool, withdraw: bool, reason: str) -> None:
    """Give the PERSON of a sign-in name a ROLE. Officers and approvers have it for authorities."""
    from domain.values.roles import Role
    from projections.authorities.names import identify
    from web.site import demonstration
    from web.store.store import current_store
    from web.words.dates import today

    store, chosen = current_store(), Role(role)
    if withdraw:
        store.application.people.withdraw_role(_named(person), role=chosen, by=_told(reason))
        click.echo(f"The role {role} was taken back. Every session of theirs ended.")
        return
    urns = [identify(store.reader, named, as_at=today()) for named in authorities]
    by = _told(reason)
    store.application.people.grant_role(_named(person), role=chosen, authorities=urns, national=national, by=by)
    if chosen is Role.ADMINISTRATOR:
        demonstration.end(by)
    click.echo(f"The role {role} was given. They have to sign in again.")


@people.command()
@who
@why
@answers
@says_its_entries()
def disable(person: str, reason: str) -> None:
    """Shut the PERSON of a sign-in name out: roles are taken back, sessions end."""
    from web.store.store import current_store

    store, found = current_store(), _named(person)
    store.application.people.disable_person(found, by=_told(reason))
    store.sessions.end_all(found)
    store.accounts.drop_links(found)
    click.echo("Shut out. Every session ended.")


@people.command(name="list")
@as_json
@answers
def list_(json_: bool) -> None:
    """Everybody with their roles."""
    from web.store.store import current_store

    store = current_store()
    roll = store.application.people.roll()
    accounts = store.accounts.all()
    rows = []
    for person, listed in ({} if roll is None else roll.listed).items():
        account = accounts.get(person)
        rows.append(
            {
                "person": str(person),
                "name": account.name if account else None,
                "sign_in_name": account.sign_in_name if account else None,
                "office": account.office if account else None,
                "roles": [
                    {"role": role.value, "national": scope.national, "authorities": list(scope.authorities)}
                    for role, scope in listed.grants.items()
                ],
                "disabled": listed.disabled,
                "ready": account is not None and account.ready,
            }
        )
    if json_:
        tell(rows)
        return
    for row in rows:
        state = "shut out" if row["disabled"] else "" if row["ready"] else "not set up yet"
        click.echo(f"{row['sign_in_name'] or row['person']:<40}{row['name'] or '':<30}{_roles(row)} {state}".rstrip())
    if not rows:
        click.echo("Nobody was added yet.")


def set_up_address(token: str) -> str:
    """The address of a set-up link, as people reach this service."""
    import os

    from web.store.settings import LOOPBACK_HOSTS, current_settings

    settings = current_settings()
    public = [host for host in settings.trusted_hosts if host not in LOOPBACK_HOSTS]
    if public:
        return f"{'https' if settings.https else 'http'}://{public[0]}/set-up/{token}"
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/set-up/{token}"


def _say_which_port() -> None:
    """Where neither the settings nor the environment say at which address the service is, that it was guessed."""
    import os

    from web.store.settings import LOOPBACK_HOSTS, current_settings

    if "PORT" not in os.environ and set(current_settings().trusted_hosts) <= set(LOOPBACK_HOSTS):
        click.echo("If it is served on another port than 8000, put that port into the link.")


def _roles(row: Mapping[str, Any]) -> str:
    found = []
    for one in row["roles"]:
        where = "all" if one["national"] else ",".join(one["authorities"])
        found.append(f"{one['role']}{f' ({where})' if where else ''}")
    return "; ".join(found) or "no role"


def _named(sign_in_name: str) -> UUID:
    from domain.values.errors import NotFound
    from web.store.store import current_store

    account = current_store().accounts.named(sign_in_name)
    if account is None:
        raise NotFound(f"Nobody signs in as {sign_in_name}. See: people list")
    return account.person


def _told(reason: str) -> Told:
    from datetime import UTC, datetime
    from uuid import uuid4

    from domain.facts import Told
    from domain.values.statements import Source

    return Told("local", uuid4(), Source("administration", "Command on the machine"), datetime.now(UTC), reason)
