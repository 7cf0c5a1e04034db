"""`python -m tests.command_list FILE`: the page of all commands, from what they say of themselves."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from tests import CHECKOUT
from web import create_app
from web.store.settings import Settings

OPENING = """# Commands

Made by `make commands` from what the commands say of themselves: mend their help, not this page.

Each follows `.venv/bin/flask --app wsgi`, explains itself with `--help`, and ends with one of three codes:

| code | means |
|---|---|
| 0 | done; what was checked is in order |
| 1 | refused, or found wanting; the reasons are printed |
| 2 | could not run: arguments that make no sense, no store or one that cannot be read, nothing to check with |

An authority is named by Ofsted's URN, its GSS code, its LA number or any known name. Answers go to standard output,
with `--json` as one document and nothing else; everything else that is said goes to standard error. The word `of` in
`forecast of` and `plan of` may be left out."""

SHARED = 4
"""An option that so many commands have is told of once."""


def command_tree() -> click.Group:
    """Every command of ours, as `flask --app wsgi` has them."""
    group = click.Group("flask")
    group.commands = dict(create_app(Settings()).cli.commands)
    return group


def leaves(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Each command that can be run, with the words that name it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def page() -> str:
    """The whole page, as it must stand in the documents."""
    tree = command_tree()
    every = [record for _, command in leaves(tree) for record in options(command)]
    common = [record for record, times in Counter(every).items() if times >= SHARED]
    parts = [OPENING, "## Options that many share", table(("option", "means"), [(code(o), cell(m)) for o, m in common])]
    single = {name: command for name, command in tree.commands.items() if not isinstance(command, click.Group)}
    parts += ["## Commands of one word", commands_table(dict(leaves(click.Group("", single))), common)]
    for name, group in tree.commands.items():
        if isinstance(group, click.Group):
            parts += [f"## `{name}`", group.get_short_help_str(200)]
            parts.append(commands_table(dict(leaves(group, f"{name} ")), common))
    parts += ["## `make`", table(("target", "does"), [(code(f"make {name}"), cell(does)) for name, does in targets()])]
    return "\n\n".join(parts) + "\n"


def options(command: click.Command) -> list[tuple[str, str]]:
    """Each option as it is typed, and what it says of itself."""
    context = click.Context(command)
    found = [one.get_help_record(context) for one in command.params if isinstance(one, click.Option)]
    return [record for record in found if record is not None]


def commands_table(commands: dict[str, click.Command], common: list[tuple[str, str]]) -> str:
    return table(("command", "does", "options"), [row(name, each, common) for name, each in commands.items()])


def row(name: str, command: click.Command, common: list[tuple[str, str]]) -> tuple[str, ...]:
    arguments = [piece for piece in command.collect_usage_pieces(click.Context(command)) if piece != "[OPTIONS]"]
    own = [f"{code(option)} {cell(means)}" for option, means in options(command) if (option, means) not in common]
    shared = [code(option.split()[0]) for option, means in options(command) if (option, means) in common]
    told = "<br>".join([*own, *([" ".join(shared)] if shared else [])])
    return (code(" ".join([name, *arguments])), cell(command.help or ""), told)


def targets() -> list[tuple[str, str]]:
    """What `make` alone prints."""
    text = (CHECKOUT / "Makefile").read_text(encoding="utf-8").replace("$(HOST):$(PORT)", "127.0.0.1:8000")
    return re.findall(r'(?m)^\t@?echo "make (\w+) +(.*)"$', text)


def table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    drawn = (f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines)
    return "\n".join(drawn).replace("| --- | --- | --- |", "|---|---|---|").replace("| --- | --- |", "|---|---|")


def code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


def cell(text: str) -> str:
    """One line, safe in a table."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
