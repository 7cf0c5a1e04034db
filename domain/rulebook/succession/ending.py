"""What is expected of an authority that is known to end: only what lies before its last day counts (R-073, R-098)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.rulebook.results import UNDER_WAY, Expectation, Graded, GradedType, WindowStatus
from domain.values.activities import AuthorityFacts
from domain.values.words import in_words, listed

_OF_A_WINDOW = frozenset(each.value for each in GradedType)


def graded_before_the_end(graded: Graded, authority: AuthorityFacts) -> Graded:
    """The window with its days as they are; one that lies wholly on or after the end is not applicable (R-098)."""
    if authority.ends_on is None or graded.window_from is None or graded.window_from < authority.ends_on:
        return graded
    return replace(graded, status=WindowStatus.NOT_APPLICABLE)


def before_the_end(told: Expectation, authority: AuthorityFacts) -> Expectation:
    """An expectation as far as the end allows: what lies wholly on or after it is not applicable, and what reaches over
    it, or has no last day, says that only days before it count (R-073). An inspection that is under way comes all the
    same, whatever its window."""
    ends = authority.ends_on
    if ends is None or (told.due_to is not None and told.due_to < ends):
        return told
    first = told.due_from or told.due_to
    wholly = first is not None and first >= ends and told.status not in UNDER_WAY
    rules = (*told.rules, "R-073", *(("R-098",) if wholly and told.activity in _OF_A_WINDOW else ()))
    caveats = (over(told, authority.name, ends), *told.caveats)
    status = WindowStatus.NOT_APPLICABLE if wholly else told.status
    if wholly and told.activity in _OF_A_WINDOW:
        told = replace(told, why=f"{_none_comes(authority.name, ends)} {told.why}")
    return replace(told, status=status, rules=tuple(dict.fromkeys(rules)), caveats=caveats, inferred=True)


def _none_comes(name: str, ends: date) -> str:
    return (
        f"None is expected: the window would lie wholly after {name} ends on {in_words(ends)}, and is kept for the "
        "record only."
    )


def over(told: Expectation, name: str, ends: date) -> str:
    """What the end of an authority does to something expected of it, in a sentence."""
    end, first = f"{name} ends on {in_words(ends)}", told.due_from or told.due_to
    if told.basis == "publication" or told.status in UNDER_WAY:
        return f"{end}; a report or letter on what was seen before belongs to it also if it comes later."
    if first is None or first < ends:
        return f"{end}: only days before that count."
    if told.is_owed:
        return f"{end}, before that day: whether the duty passes on is a matter of the order, which was not read here."
    return f"{end}, before this could come."


def end_in_words(authority: AuthorityFacts) -> str | None:
    """`Surrey ends on 1 April 2027; East Surrey and West Surrey follow it.`; None where no end is known, or it came."""
    if authority.ends_on is None or authority.abolished_on is not None:
        return None
    ends = f"{authority.name} ends on {in_words(authority.ends_on)}"
    names = authority.successor_names
    if not names:
        return f"{ends}."
    return f"{ends}; {listed(list(names))} {'follows' if len(names) == 1 else 'follow'} it."


NOT_KNOWN_WHETHER_LESS = "Whether Ofsted inspects less in the last year of an authority is not known."
