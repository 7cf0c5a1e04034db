"""`plan`: what an authority promised on its reports and letters, what is due, and erasing words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import click

from web.cli.answers import as_json, at_a_moment, known_at_option
from web.cli.forecast import OneOrAll, day_option
from web.cli.kept import says_its_entries
from web.cli.outcome import answers, tell, usable
from web.words.dates import as_day, today

LOCAL = "local"
"""Who tells, where nobody signed in: whoever may use this machine's account."""


@click.group(cls=OneOrAll)
def plan() -> None:
    """Action plans: `plan URN`, `plan due`, `plan challenges`, `plan erase`, `plan erase-asked`."""


@plan.command("of")
@click.argument("authority")
@at_a_moment
@click.option(
    "--since",
    metavar="DATE",
    callback=usable(lambda text: as_day(text, "since")),
    help="Also what moved after this day.",
)
@as_json
@answers
def of(authority: str, as_at: date | None, known_at: datetime | None, since: date | None, json_: bool) -> None:
    """An AUTHORITY's plans with their actions, exceptions first."""
    from projections.authorities.names import identify
    from projections.plans.passed import plans_passed
    from projections.plans.plan import plans_of
    from web.documents.plans import plans_document
    from web.store.store import current_store

    store = current_store()
    store.projector.catch_up()
    day = as_at or today()
    urn = identify(store.reader, authority, as_at=day)
    answer = plans_of(store.reader, urn, as_at=day, known_at=known_at, since=since)
    document = plans_document(answer, plans_passed(store.reader, urn, as_at=day, known_at=known_at))
    if json_:
        tell(document)
        return
    click.echo(document["authority"]["name"])
    for found in document["plans"]:
        click.echo(f"{found['plan']}  {found['headline']}{_made_up(found)}")
        for deadline in found["deadlines"]:
            click.echo(f"      {deadline['said']}")
        for action in found["actions"]:
            click.echo(_line(action))
        for row in found["findings"]:
            if row["gap"]:
                click.echo(f"     no action: {row['text']}")
        for row in found["moved"]:
            click.echo(f"     moved: {row['action']}: {'; '.join(row['changes'])}")


@plan.command("due")
@day_option("--on", "What is due or overdue on this day. Default: today.")
@known_at_option
@click.option("--authority", metavar="URN", help="Only this authority's plans.")
@click.option("--office", metavar="NAME", help="Only actions that this office owns.")
@click.option(
    "--days", type=click.IntRange(0, 366), default=30, show_default=True, help="How far ahead, the last day included."
)
@as_json
@answers
def due(
    on: date | None, known_at: datetime | None, authority: str | None, office: str | None, days: int, json_: bool
) -> None:
    """Over all open plans: what is overdue, due soon, or waits for evidence or acceptance."""
    from projections.authorities.names import identify
    from projections.plans.due import actions_due
    from web.documents.plans import due_document
    from web.store.store import current_store

    store = current_store()
    store.projector.catch_up()
    day = on or today()
    urn = None if authority is None else identify(store.reader, authority, as_at=day)
    document = due_document(actions_due(store.reader, on=day, known_at=known_at, urn=urn, office=office, days=days))
    if json_:
        tell(document)
        return
    for paper in document["papers"]:
        click.echo(f"{paper['authority']:<28.28} {paper['said']}{_made_up(paper)}")
    for paper in document["report_replaced"]:
        click.echo(f"{paper['authority']:<28.28} {paper['headline']}{_made_up(paper)}")
    for name in ("overdue", "evidence_awaited", "acceptance_awaited", "due_soon", "no_due_date"):
        for action in document[name]:
            click.echo(f"{action['authority']:<28.28}{_line(action)}{_made_up(action)}")


@plan.command("challenges")
@click.option("--state", metavar="STATE", default="", help="Only those that are open, overdue, answered or withdrawn.")
@click.option("--authority", metavar="URN", help="Only those asked of this authority, or handed over to it.")
@click.option("--plan", "plan_id", metavar="PLAN", type=click.UUID, help="Only on this plan.")
@at_a_moment
@as_json
@answers
def challenges(
    state: str,
    authority: str | None,
    plan_id: UUID | None,
    as_at: date | None,
    known_at: datetime | None,
    json_: bool,
) -> None:
    """Members' questions, those longest overdue first."""
    from projections.authorities.names import identify
    from projections.questions.questions import questions as questions_of
    from web.documents.plans import questions_document
    from web.questions.pages import question_state
    from web.store.store import current_store

    store = current_store()
    store.projector.catch_up()
    day = as_at or today()
    urn = None if authority is None else identify(store.reader, authority, as_at=day)
    wanted = question_state(state.strip())
    answer = questions_of(store.reader, state=wanted, urn=urn, plan=plan_id, as_at=day, known_at=known_at)
    document = questions_document(answer)
    if json_:
        tell(document)
        return
    for row in document["questions"]:
        late = f"  {row['days_overdue']} days overdue" if row["days_overdue"] else ""
        click.echo(
            f"{row['authority']:<28.28} {row['state']:<10}{row['answer_by']}  {row['asked']['shown']:<60.60}{late}"
            f"{_made_up(row)}"
        )


@plan.command("erase")
@click.argument("plan_id", metavar="PLAN", type=click.UUID)
@click.argument("subjects", metavar="SUBJECT...", nargs=-1, required=True, type=click.UUID)
@click.option("--reason", required=True, help="Why, without the words themselves: it stands in their place.")
@answers
@says_its_entries()
def erase(plan_id: UUID, subjects: tuple[UUID, ...], reason: str) -> None:
    """Erase words of a PLAN for good, with every copy carried over into another plan; SUBJECT is what `plan URN
    --json` names beside them."""
    from domain.facts import Told
    from domain.plans.commands import EraseWords
    from domain.values.sealed import as_line
    from domain.values.statements import Source
    from web.store.store import current_store

    store = current_store()
    why = as_line(reason, "the reason")
    by = Told(LOCAL, uuid4(), Source("command_line", "plan erase"), datetime.now(UTC), why)
    store.application.do(EraseWords(plan_id, subjects, on=today()), by=by)
    store.projector.catch_up()
    click.echo(f"Erased: {len(set(subjects))}. Keep no backup of keys from before today longer than you must.")


@plan.command("erase-asked")
@click.argument("authority")
@click.argument("subjects", metavar="SUBJECT...", nargs=-1, required=True, type=click.UUID)
@click.option("--reason", required=True, help="Why, without the words themselves: it stands in their place.")
@answers
@says_its_entries()
def erase_asked(authority: str, subjects: tuple[UUID, ...], reason: str) -> None:
    """Erase for good words of questions on no plan that an AUTHORITY was asked; SUBJECT is what `plan challenges
    --json` names beside them."""
    from domain.facts import Told
    from domain.questions.commands import EraseAskedWords
    from domain.values.sealed import as_line
    from domain.values.statements import Source
    from projections.authorities.names import identify
    from web.store.store import current_store

    store = current_store()
    why = as_line(reason, "the reason")
    urn = identify(store.reader, authority, as_at=today())
    by = Told(LOCAL, uuid4(), Source("command_line", "plan erase-asked"), datetime.now(UTC), why)
    store.application.do(EraseAskedWords(urn, subjects, on=today()), by=by)
    store.projector.catch_up()
    click.echo(f"Erased: {len(set(subjects))}. Keep no backup of keys from before today longer than you must.")


def _made_up(row: dict[str, Any]) -> str:
    return "  (example, made up)" if row["example"] else ""


def _line(action: dict[str, Any]) -> str:
    late = f"  {action['days_overdue']} days overdue" if action["days_overdue"] else ""
    due = action["due_on"] or "no date"
    return f"{action['action']:>4}  {due:<10}  {action['label']:<36.36} {action['what']['shown']:<60.60}{late}"
