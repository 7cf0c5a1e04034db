"""What inspectors looked at: themes of joint inspections and topics of focused visits, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.rulebook.themes.joint import Strand, ThemeFound, theme_of
from domain.rulebook.themes.topics import OF_NO_TOPIC, TOPICS, topics_of
from domain.values.activities import Activity
from domain.values.statements import Kind
from domain.values.words import in_words

TOPIC_WORDS: Mapping[str, str] = {**{row.code: row.words for row in TOPICS}, **OF_NO_TOPIC}
"""What a focused visit may be filed under, in the order shown."""

STRANDS: Mapping[Strand, str] = {
    Strand.FRONT_DOOR: "the front door, at any time",
    Strand.THEME: "a theme, for some months",
}


def theme(activity: Activity) -> str:
    """The theme in its one spelling, or as the source says it where no theme of the list is known by those words."""
    found = theme_of(activity)
    return found.theme.words if found else (activity.theme or "").replace("_", " ")


def in_lines(activity: Activity) -> Iterator[tuple[str, str]]:
    """Label and words of what one activity looked at, for its page."""
    if activity.focus:
        yield "Focus", activity.focus
    topics = topics_of(activity)
    if topics:
        how = "chosen by an officer" if activity.topics else "told from its words"
        yield "Topics" if len(topics) > 1 else "Topic", f"{'; '.join(row.words for row in topics)} ({how}, R-037)"
    if activity.kind is Kind.JTAI and activity.theme:
        found = theme_of(activity)
        yield "Theme", theme(activity)
        if found:
            yield "Strand", _strand(found)
        if theme(activity).casefold() != activity.theme.replace("_", " ").casefold():
            yield "In the words of the source", activity.theme


def _strand(found: ThemeFound) -> str:
    row = found.round
    since = f"since {in_words(row.start)}" if row.end is None else f"{row.start.year}"
    inferred = ": inferred, as the source names no theme of its own" if found.inferred else ""
    return f"{STRANDS[found.theme.strand]} ({since}, {row.rule}){inferred}"
