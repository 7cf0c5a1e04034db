"""What the documents say is there: commands, settings, links, paths, addresses, rules, names and limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache

import click
import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from domain.authorities import buckets, comparing
from domain.facts import FACTS
from domain.ledger.recorders import MAX_BYTES, MAX_EVENTS
from domain.ledger.verifying import CheckOutcome, CheckStep
from domain.meetings import state as meeting_state
from domain.plans import clock as plan_clock
from domain.rulebook import results as standing
from domain.rulebook.elements import picture
from domain.rulebook.forecast import cohorts
from domain.rulebook.past import reports as past_reports
from domain.rulebook.past import windows as past_windows
from domain.rulebook.rows import Confidence
from domain.rulebook.rules import RULES
from domain.values import activities, elements, judgements, known_until, plans, roles, statements
from projections.engine.answers import WithoutWindow
from projections.meetings import answers as meeting_answers
from tests import CHECKOUT
from tests.command_list import command_tree, leaves
from tests.command_list import page as page_of_commands
from tests.installation import Installation
from tests.test_architecture import ROOMS
from web.intake import documents, layouts, sandbox, workbook
from web.intake.reports import sandbox as pdf
from web.serve import LARGEST_BODY
from web.site.upload_limits import KIB, LARGEST_UPLOAD, MIB
from web.store.settings import SETTINGS
from web.words import file_formats

README = "README.md"
ABOUT = "docs/about.md"
ADDING = "docs/adding.md"
COMMANDS = "docs/commands.md"
PICTURE = "docs/authority.png"
GLOSSARY = "docs/glossary.md"
SECURITY = "docs/security.md"
ACCESS = "docs/access.md"
TELLING = "docs/telling.md"
"""Every address as it is written, with its parts named; `tests/web/site/test_access.py` holds it."""

MADE_ON_USE = {
    *("ledger.db", "projections.db", "people.db", "keys.db", "secret_key"),
    *("signing/", "signing_key.pem", "public_keys", "checkpoints", "remembered_checkpoints"),
}
"""Files of a store: they exist once it does."""

NOT_OURS = {"gunicorn", "pg_dump", "pg_restore", "pip"}
"""Programs that a document tells people to run, and that come with something else."""

VALUES: tuple[type[Enum], ...] = (
    CheckStep,
    CheckOutcome,
    activities.Status,
    comparing.Sort,
    comparing.Why,
    judgements.Area,
    judgements.Framework,
    judgements.Grade,
    judgements.JudgementSet,
    known_until.KnownKind,
    elements.AgendaPart,
    picture.Element,
    picture.ElementState,
    meeting_state.MeetingStage,
    meeting_state.ResolutionStage,
    meeting_answers.LetterState,
    roles.Role,
    file_formats.Layout,
    past_reports.PublicationOutcome,
    cohorts.Cohort,
    past_windows.WindowOutcome,
    plan_clock.Counted,
    plans.Basis,
    plans.QuestionState,
    plans.AskedKind,
    plans.Colour,
    plans.Impact,
    plans.Progress,
    plans.Reading,
    plans.Stage,
    plans.Track,
    buckets.Bucket,
    standing.GradedType,
    standing.InterimType,
    standing.Pathway,
    standing.WindowStatus,
    statements.Channel,
    statements.Family,
    statements.Kind,
    statements.Variant,
    WithoutWindow,
)
"""Every list of words that people meet in an answer, a file or a report."""


def all_documents() -> list[str]:
    found = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    return found + sorted(str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "docs").rglob("*.md"))


@cache
def text_of(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


def spans(text: str) -> list[str]:
    """What stands in backticks, outside indented blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"(?m)^ {4}.*$", "", text))


def drawn(text: str) -> list[str]:
    """The lines between fences: what is drawn."""
    return [line for block in re.findall(r"(?ms)^```\n(.*?)^```$", text) for line in block.splitlines()]


def blocks(text: str) -> list[str]:
    """The lines of indented blocks: what people are told to type."""
    return [line.strip() for line in re.findall(r"(?m)^ {4}(\S.*)$", text)]


# --- commands -------------------------------------------------------------------------------------------------------


tree = cache(command_tree)


def command_fault(words: list[str]) -> str | None:
    """Why a command, as written after `flask --app wsgi`, could not be typed; None where it could."""
    command: click.Command = tree()
    while isinstance(command, click.Group):
        left_out = command.commands.get("of") if words and words[0] not in command.commands else None
        name = words.pop(0) if words and left_out is None else None
        found = left_out or command.commands.get(name or "")
        if found is None:
            return f"{command.name} has no command {name!r}"
        command = found
    options = {option for parameter in command.params for option in parameter.opts}
    for word in words:
        if word.startswith("--") and word not in options | {"--help"}:
            return f"{command.name} has no option {word}"
    return None


def make_targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z]+):", text_of("Makefile")))


def line_fault(line: str) -> str | None:
    """Why a line that a document tells people to type would not run; None where it would."""
    words = [word for word in line.split() if not re.match(r"[A-Z_]+=", word)]
    program = words[0].rpartition("/")[2]
    if program == "make":
        return next((f"there is no {line!r}" for name in words[1:] if name not in make_targets()), None)
    if program == "flask":
        return command_fault(words[3:]) if words[1:3] == ["--app", "wsgi"] else f"{line!r} names no app"
    if program == "inspection-timeline":
        return None if words[1:] == ["serve"] else command_fault(words[1:])
    if program == "python3":
        return None if words[1] == "-I" and (CHECKOUT / words[2]).is_file() else f"there is no program {words[2]}"
    if program == "python":
        module = CHECKOUT / (words[2].replace(".", "/") + ".py")
        return None if words[1] == "-m" and module.is_file() else f"there is no module {words[2]}"
    return None if program in NOT_OURS else f"nobody knows the program {program!r}"


def settings_in(text: str) -> set[str]:
    return set(re.findall(r"\bTIMELINE_\w+", text))


def commands_named(name: str) -> Iterator[list[str]]:
    """Commands in backticks, written without `flask --app wsgi`: their first word is a command's."""
    for span in spans(text_of(name)):
        words = span.split()
        if words[0] in tree().commands and (len(words) > 1 or span in ("demo", "disagreements")):
            yield words


@pytest.mark.parametrize("name", all_documents())
def test_every_line_to_type_can_be_typed(name: str):
    assert [fault for line in blocks(text_of(name)) if (fault := line_fault(line))] == []
    assert [fault for words in commands_named(name) if (fault := command_fault(list(words)))] == []
    wanted = {words[1] for span in spans(text_of(name)) if (words := span.split())[0] == "make" and len(words) > 1}
    assert wanted <= make_targets()


def test_there_are_commands_to_check():
    assert len(blocks(text_of(README))) == 2, "the README begins with two commands"
    assert len(blocks(text_of("docs/operations.md"))) > 10
    assert len(blocks(text_of("docs/running.md"))) > 10
    assert len(list(commands_named(COMMANDS))) > 30


@pytest.mark.parametrize(
    "line",
    [
        "make tea",
        "flask --app wsgi history rewrite",
        ".venv/bin/flask --app wsgi history import --hastily FILE",
        ".venv/bin/flask store migrate",
        ".venv/bin/python -m web.nowhere",
        "TIMELINE_HOME=/x rm everything",
    ],
)
def test_a_line_that_cannot_be_typed_is_noticed(line: str):
    assert line_fault(line)


def test_the_page_of_commands_is_what_the_commands_say_of_themselves():
    assert text_of(COMMANDS) == page_of_commands(), "write it anew with: make commands"


def test_the_page_of_commands_names_every_command_every_option_and_every_target():
    text = text_of(COMMANDS)
    every = dict(leaves(tree()))
    assert len(every) > 30
    assert [name for name in every if f"| `{name}" not in text] == []
    options = {one.opts[0] for each in every.values() for one in each.params if isinstance(one, click.Option)}
    assert len(options) > 30
    assert {option for option in options if f"`{option}" not in text} == set()
    of_set_up = {"help", "assets"}
    assert set(re.findall(r"(?m)^\| `make (\w+)` \|", text)) == make_targets() - of_set_up


def test_the_readme_takes_two_minutes_and_shows_the_page_of_an_authority():
    assert len(text_of(README).splitlines()) <= 80
    assert f"]({PICTURE})" in text_of(README)
    assert f"tests.browser.picture {PICTURE}" in text_of("Makefile")
    picture = (CHECKOUT / PICTURE).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 150_000


# --- settings, links, paths, addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", all_documents())
def test_every_setting_named_exists(name: str):
    assert settings_in(text_of(name)) <= {setting.name for setting in SETTINGS}


def test_the_settings_are_where_the_readme_says():
    assert "docs/settings.md" in text_of(README)
    assert settings_in(text_of("docs/settings.md")) == {setting.name for setting in SETTINGS}


def broken_links(name: str, text: str) -> list[str]:
    here = (CHECKOUT / name).parent
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    return [target for target in targets if "://" not in target and not (here / target).exists()]


def paths_in(text: str) -> list[str]:
    """Spans that name a file or folder of the checkout."""
    found = []
    for span in spans(text):
        looks_like_one = re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*(?:\.(?:py|md|toml|txt|yaml|db|json)|/)|[A-Z]+file", span)
        if looks_like_one and span not in MADE_ON_USE and not span.startswith(".venv"):
            found.append(span)
    return found + [word for line in drawn(text) for word in re.findall(r"\b[a-z]\w*/[\w/]*(?:\.py)?", line)]


def is_there(path: str) -> bool:
    """Whether a path is in the checkout; the bare name of a module, in any area of a room."""
    of_some_area = "/" not in path and path.endswith(".py") and any(path in files for files in modules())
    return (CHECKOUT / path).exists() or of_some_area


@cache
def modules() -> tuple[frozenset[str], ...]:
    """The names of the files of each room."""
    return tuple(frozenset(file.name for file in (CHECKOUT / room).rglob("*.py")) for room in ROOMS)


@pytest.mark.parametrize("name", all_documents())
def test_every_link_and_path_leads_somewhere(name: str):
    assert broken_links(name, text_of(name)) == []
    assert [path for path in paths_in(text_of(name)) if not is_there(path)] == []


def test_a_path_or_link_that_leads_nowhere_is_noticed():
    assert broken_links(README, "[the plan](docs/plan.md) [settings](docs/settings.md) [x](https://nowhere.test)") == [
        "docs/plan.md"
    ]
    assert not is_there("nowhere.py")
    assert paths_in("see `domain/nowhere.py` and `domain/`, not `a or b`") == ["domain/nowhere.py", "domain/"]
    assert paths_in("```\nthe log   domain/lodger/   a tree\n```\n") == ["domain/lodger/"]
    assert len(paths_in(text_of(README))) > 20
    assert len(paths_in(text_of(ADDING))) > 40


def addresses_in(text: str) -> list[str]:
    return [span for span in spans(text) if re.fullmatch(r"/[a-z]\S*", span)]


def test_every_address_named_is_answered(installation: Installation):
    routes = installation.app.url_map.bind("localhost")

    def is_answered(address: str) -> bool:
        try:
            routes.match(address)
        except RequestRedirect:
            return True
        except HTTPException:
            return False
        return True

    documents = [name for name in all_documents() if name not in (ACCESS, TELLING)]
    named = [address for name in documents for address in addresses_in(text_of(name))]
    assert {"/about/rules", "/about/sources", "/api/openapi.json", "/healthz", "/readyz"} <= set(named)
    assert [address for address in named if not is_answered(address)] == []
    assert not is_answered("/about/nothing")


@pytest.mark.parametrize("name", all_documents())
def test_no_document_names_a_place_on_somebody_s_machine(name: str):
    assert re.findall(r"(?:^|[\s`(\"'=])/(?:work|root|home|tmp|Users|opt)/\S*", text_of(name)) == []


@pytest.mark.parametrize("name", all_documents())
def test_prose_is_wrapped_as_code_is(name: str):
    assert [line for line in text_of(name).splitlines() if len(line) > 120 and not line.startswith("|")] == []


# --- rules, facts, words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", all_documents())
def test_every_rule_cited_can_be_looked_up(name: str):
    assert set(re.findall(r"R-\d{3}[a-e]?", text_of(name))) - set(RULES) == set()


def test_it_is_said_what_the_letters_of_confidence_mean():
    assert set(re.findall(r"\*\*([A-Z])\*\* ", text_of(ABOUT))) == {confidence.value for confidence in Confidence}


def test_every_rule_that_is_only_inferred_is_named_among_the_limits():
    limits = text_of(ABOUT).partition("## Limits")[2]
    assert {rule.id for rule in RULES.values() if rule.inferred} <= set(re.findall(r"R-\d{3}", limits))


def test_the_glossary_lists_every_fact_by_its_class_and_stored_name():
    rows = re.findall(r"(?m)^\| `(\w+)` \| `([a-z_.]+)` \| (\S.*) \|$", text_of(GLOSSARY))
    assert [(name, stored) for name, stored, _ in rows] == [(cls.__name__, stored) for stored, cls in FACTS.items()]


@pytest.mark.parametrize("of", VALUES, ids=lambda of: of.__name__)
def test_the_glossary_has_every_value_of(of: type[Enum]):
    named = set(spans(text_of(GLOSSARY)))
    assert {member.value for member in of} - named == set()


def test_every_file_format_is_listed():
    table = text_of(ABOUT).partition("| format | what it is |")[2].partition("\n\n")[0]
    assert re.findall(r"(?m)^\| `(\w+)` \|", table) == [layout.value for layout in file_formats.Layout]


@cache
def words_of_the_code() -> frozenset[str]:
    sources = [
        path
        for pattern in ("domain/**/*.py", "projections/**/*.py", "web/**/*.py", "wsgi.py", "Makefile", "pyproject.toml")
        for path in CHECKOUT.glob(pattern)
    ]
    assert len(sources) > 60, "the code was not found"
    return frozenset(word for path in sources for word in re.findall(r"\w+", path.read_text(encoding="utf-8")))


NAME = re.compile(r"_?[A-Za-z]+(?:_[A-Za-z0-9]+|[A-Z][a-z]+)\w*(?:\.\w+)*|[A-Z]\w+\.\w+")
"""What can only be a name in code: it has an underscore, a hump, or a dot behind a class."""


def unknown_names(text: str) -> set[str]:
    named = {span for span in spans(text) if NAME.fullmatch(span)} - set(paths_in(text)) - NOT_OURS - MADE_ON_USE
    return {name for name in named if not set(name.split(".")) <= words_of_the_code()}


@pytest.mark.parametrize("name", [name for name in all_documents() if name != SECURITY])
def test_every_name_of_the_code_is_found_in_it(name: str):
    assert unknown_names(text_of(name)) == set()


def test_a_name_that_is_not_in_the_code_is_noticed():
    found = unknown_names("`Authority` `ReportEdited` `held_otherwise` `Stated.not_judged` `Stated.mood`")
    assert found == {"ReportEdited", "held_otherwise", "Stated.mood"}


# --- figures --------------------------------------------------------------------------------------------------------


def test_the_limits_of_files_are_those_of_the_readers():
    text = text_of(SECURITY)
    for words in (
        f"| size | {layouts.LARGEST // MIB} MiB |",
        f"| parts of a workbook | {sandbox.MAX_ENTRIES} |",
        f"{sandbox.MAX_UNPACKED // MIB} MiB, and {sandbox.MAX_RATIO} times",
        f"{sandbox.MAX_ROWS:,} rows, {sandbox.MAX_COLUMNS} columns, {sandbox.MAX_CELLS:,} cells",
        f"{sandbox.MEMORY // MIB} MiB of memory, {sandbox.CPU_SECONDS} s of processor, {workbook.SECONDS} s of",
        f"| PDF | {pdf.MAX_PAGES} pages, {pdf.MAX_CHARACTERS:,} characters, ",
        f"{pdf.MAX_CHARACTERS_OF_A_PAGE:,} on a page |",
        f"{pdf.MEMORY // MIB} MiB of memory, {pdf.CPU_SECONDS} s of processor, {pdf.SECONDS} s of the clock; opens no",
        f"| CSV | {layouts.MOST_CSV_ROWS:,} rows |",
        f"{documents.MOST_VALUES:,} values, {documents.DEEPEST} deep",
    ):
        assert words in text


def test_the_limits_of_requests_are_those_of_the_app(installation: Installation):
    installation.app.open_pages()
    config = installation.app.config
    text = text_of(SECURITY)
    assert f"| body | {config['MAX_CONTENT_LENGTH'] // MIB} MiB |" in text
    beyond = LARGEST_UPLOAD - layouts.LARGEST
    assert f"| body with files | {layouts.LARGEST // MIB} MiB, and {beyond // KIB} KiB for the form |" in text
    assert f"| anything that waitress hands on | {LARGEST_BODY // MIB} MiB |" in text
    assert f"| form held in memory | {config['MAX_FORM_MEMORY_SIZE'] // KIB} KiB |" in text
    assert f"| parts of a form | {config['MAX_FORM_PARTS']} |" in text


def test_the_limits_of_a_save_are_those_of_the_store():
    assert f"at most {MAX_EVENTS} events and {MAX_BYTES:,} bytes" in text_of("docs/scale.md")
