"""What this is, by which rules it answers, what it has read, and what it promises about accessibility."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template

from domain.rulebook.rows import Confidence
from domain.rulebook.rules import RULES, Rule
from projections.engine.answers import FileRow
from web.site import reader
from web.store.store import current_store
from web.words import words
from web.words.explanation import TAGS, where_to_read
from web.words.file_formats import CALLED, file_format
from web.words.glossary import TERMS
from web.words.summary import known_until_shown

bp = Blueprint("about", __name__)

CONFIDENCES = {
    **{confidence: f"{word} {meaning}" for confidence, (word, meaning) in TAGS.items()},
    Confidence.SECONDARY: f"Taken {TAGS[Confidence.SECONDARY][1]}",
    Confidence.INFERRED: TAGS[Confidence.INFERRED][0],
}


@dataclass(frozen=True)
class RuleShown:
    """One rule as a page prints it."""

    id: str
    text: str
    source: str
    url: str
    confidence: str
    inferred: bool
    held: str


def shown(rule: Rule) -> RuleShown:
    """A rule in words: how it is known and since when it has held."""
    since = f"From {words.day(rule.start)}" if rule.start else ""
    until = f" until {words.day(rule.end)}" if rule.end else ""
    return RuleShown(
        id=rule.id,
        text=rule.text,
        source=rule.source,
        url=where_to_read(rule),
        confidence="Decided for this product"
        if rule.ours
        else "; ".join(CONFIDENCES[each] for each in rule.confidence),
        inferred=rule.inferred,
        held=words.sentence((since + until).strip()),
    )


def newest_first(files: Iterable[FileRow]) -> list[FileRow]:
    """By the day their source was read, then by when their import began; those never finished come last."""
    return sorted(files, key=lambda file: (file.read_on or date.min, file.opened_at), reverse=True)


def papers(rules: Iterable[Rule]) -> list[tuple[str, list[str]]]:
    """Sources that have no address, each with the rules read in it, by name."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        if rule.url is None and not rule.ours:
            found.setdefault(rule.source, []).append(rule.id)
    return sorted(found.items())


@bp.get("/about")
def show() -> str:
    """What the product answers and what it does not."""
    return render_template("site/about/page.html")


@bp.get("/about/rules")
def rulebook() -> str:
    """Every rule cited on any page."""
    return render_template("site/about/rules.html", rules=[shown(rule) for rule in RULES.values()])


@bp.get("/about/sources")
def sources() -> str:
    """Files read by a moment, until when they tell of what, their licence and the limits."""
    asked = reader.asked()
    moment = reader.moment(asked)
    return render_template(
        "site/about/sources.html",
        asked=asked,
        files=newest_first(reader.files(asked)),
        waiting=current_store().waiting.digests(),
        moment=moment,
        known=known_until_shown(moment.known_until),
        formats=tuple(CALLED.values()),
        file_format=file_format,
        papers=papers(RULES.values()),
    )


@bp.get("/accessibility")
def accessibility() -> str:
    """The accessibility statement that the 2018 regulations ask for."""
    return render_template("site/about/accessibility.html")


@bp.get("/help/glossary")
def glossary() -> str:
    """The words of the field."""
    return render_template("site/about/glossary.html", terms=TERMS)
