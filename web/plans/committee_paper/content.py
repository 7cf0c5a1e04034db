"""The committee paper on one plan: what it says, in a council's order, for a page, a Word document and a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.values.plans import Basis
from projections.engine.answers import EntryAnswer
from projections.plans.answers import PlanAnswer, QuestionRow
from web.formats.blocks import Block, ExactLines, Grid, Paragraph, Part, Points, part, points
from web.formats.latest_checkpoint import NOTE, LatestCheckpoint
from web.plans import states
from web.plans.committee_paper import in_short
from web.plans.committee_paper import tables as grids
from web.words import words
from web.words.elements import ElementsShown

CHOICES = {
    "background": "Background",
    "exceptions": "Needs attention",
    "progress": "Moved since the last meeting",
    "gaps": "What Ofsted asked for, and where it stands",
    "questions": "Members’ questions",
    "others": "Other inspections of children’s services",
    "system": "Where the authority is in Ofsted’s system",
    "implications": "To be added before publication",
    "appendix": "Appendix: every action",
}
"""Parts that may be left out, in the order of the paper."""

USUAL = frozenset(CHOICES) - {"background", "system", "implications"}
"""What a paper holds where nobody chose: nothing that somebody has still to write."""

AFTER = {
    Basis.GRADED_REPORT: "Ofsted’s inspection",
    Basis.FOCUSED_VISIT_LETTER: "Ofsted’s focused visit",
    Basis.JTAI_LETTER: "the joint inspection",
}
OTHERS = (
    "Outcomes and ratings are the inspectorates’ own and no grades of Ofsted’s. None of these inspections changes when "
    "Ofsted’s next inspection of children’s services is expected."
)
TO_WRITE = "Finance, legal, workforce, equality and risk: [author to write, or “none”]."
TO_CHECK_IT = (
    "The signed checkpoint, whole: save the lines below, the empty one and the last one too, as a file, "
    "and check the log against it with “ledger verify --checkpoint” or docs/verify_export.py."
)
LIKELY = "Likely: the words are alike, and nobody has confirmed it."


@dataclass(frozen=True)
class PaperScope:
    """What the paper is asked for: for which meeting, progress since when, and which of the parts."""

    meeting: str = ""
    since: date | None = None
    parts: frozenset[str] = USUAL


@dataclass(frozen=True)
class KnownBeside:
    """What else is known at the moment: inspections by others and what they lead one to expect, the five elements of
    the system, questions that the authority answers and that are on no plan, and what was found before."""

    others: grids.OthersHeld = grids.NO_OTHERS
    system: ElementsShown | None = None
    on_no_plan: Sequence[QuestionRow] = ()
    raised: grids.RaisedBefore = field(default_factory=dict)


@dataclass(frozen=True)
class Pack:
    """One paper. `about` says of which moment and from what it was made, `note` is the signed checkpoint; the tables
    are those of the workbook, `short` what stands first in both."""

    title: str
    subject: str
    foot: str
    example: bool
    short: Part
    about: tuple[tuple[str, str], ...]
    note: ExactLines | None
    parts: tuple[Part, ...]
    tables: tuple[Grid, ...]


def pack_of(
    answer: PlanAnswer,
    entry: EntryAnswer | None,
    sealing: LatestCheckpoint | None,
    last: int | None,
    chosen: PaperScope,
    by: Callable[[str], str],
    beside: KnownBeside | None = None,
    exact: str = "",
) -> Pack:
    """The paper on a plan, that can be seen again at the address `exact`. `entry` is the report or letter, None where
    it was not known at the moment asked; `last` the entry of the log that was counted last, None where its number is
    not known; `by` says in words who somebody is."""
    known = beside or KnownBeside()
    head, name, as_at = answer.head, answer.head.authority.name, f"as at {words.day(answer.moment.as_at)}"
    example = f" ({grids.EXAMPLE.lower()})" if head.example else ""
    tables = tuple(_tables(answer, known, example, by))
    again = (("Exactly this report", exact),) if exact else ()
    about = (*_about(answer, entry, sealing, last), *again)
    note = ExactLines(NOTE, sealing.note) if sealing is not None else None
    short = part("short", "In short", *in_short.standing(answer, known.raised), *in_short.dates(answer))
    parts = (short, *_parts(answer, entry, chosen, tables, known), _made(about, note))
    return Pack(
        title=f"{name}: action plan after {AFTER[head.basis]}{example}",
        subject=f"Report to {chosen.meeting} · {as_at}" if chosen.meeting else f"Report on the action plan · {as_at}",
        foot=f"{name}: action plan{', example' if head.example else ''}, {as_at}",
        example=head.example,
        short=short,
        about=about,
        note=note,
        parts=tuple(_marked(one, head.example) for one in parts),
        tables=tables,
    )


def _tables(answer: PlanAnswer, known: KnownBeside, example: str, by: Callable[[str], str]) -> Iterator[Grid]:
    yield grids.register(answer, answer.actions, caption=f"Register of actions{example}")
    yield grids.findings(answer, known.raised, caption=f"Findings of the plan{example}")
    yield grids.moved(answer, caption=f"What moved{_since(answer)}{example}")
    yield grids.questions(answer, known.on_no_plan, caption=f"Members’ questions and answers{example}", by=by)
    if known.others.held:
        yield grids.other_inspections(known.others, caption=f"Inspections by others, the newest first{example}")
    if known.system:
        yield grids.five_elements(known.system, caption=f"The five elements of the system{example}")
    yield grids.actions(answer, caption=f"All that is known of every action{example}")


def _parts(
    answer: PlanAnswer, entry: EntryAnswer | None, chosen: PaperScope, tables: Sequence[Grid], known: KnownBeside
) -> Iterator[Part]:
    """In a council's order, those that were chosen: recommendations always, and nothing of what there is none of."""
    table = {one.key: one for one in tables}
    wanted = chosen.parts
    asked = tuple(in_short.recommendations(answer, known.on_no_plan, known.raised))
    yield part("recommendations", "Recommendations", Paragraph("Members are asked to:"), Points(asked, numbered=True))
    if "background" in wanted:
        yield part("background", CHOICES["background"], *_background(answer, entry))
    if "exceptions" in wanted:
        yield part("exceptions", CHOICES["exceptions"], _attention(answer, table["register"].caption))
    if "progress" in wanted:
        yield part("progress", f"Moved{_since(answer) or ' since the last meeting'}", _progress(answer, table["moved"]))
    if "gaps" in wanted and answer.findings:
        yield part("gaps", CHOICES["gaps"], *_findings(table["findings"], known.raised))
    if "questions" in wanted and table["questions"].rows:
        yield part("questions", CHOICES["questions"], table["questions"])
    if "others" in wanted and grids.OTHERS in table:
        yield part("others", CHOICES["others"], Paragraph(OTHERS), table[grids.OTHERS])
    if "system" in wanted and known.system is not None:
        yield part("system", CHOICES["system"], Paragraph(known.system.sentence), table[grids.SYSTEM])
    if "implications" in wanted:
        yield part("implications", CHOICES["implications"], Paragraph(TO_WRITE, to_write=True))
    if "appendix" in wanted and table["register"].rows:
        yield part("appendix", CHOICES["appendix"], table["register"])


def _made(about: tuple[tuple[str, str], ...], note: ExactLines | None) -> Part:
    lines = Points(tuple(f"{name}: {text}" for name, text in about))
    return part("made", "How this report was made", lines, Paragraph(TO_CHECK_IT) if note else None, note)


def _marked(one: Part, example: bool) -> Part:
    """A part of a made-up plan says so itself: parts are copied into other papers."""
    return Part(one.key, one.heading, (Paragraph(f"{grids.EXAMPLE}."), *one.blocks)) if example else one


def _background(answer: PlanAnswer, entry: EntryAnswer | None) -> list[Block | None]:
    basis = words.plain(answer.head.basis.value).lower()
    if entry is None:
        return [Paragraph(f"The plan answers a {basis} of which no more was known here at that moment.")]
    held = entry.entry.activity
    told = f"The plan answers this {basis}: {words.title(held).lower()}, {words.happened(held)}"
    judged = [f"{words.AREAS[area]}: {words.GRADES[grade].lower()}" for area, grade in held.grades.pairs]
    return [
        Paragraph(f"{told}, {words.made_public(held)}."),
        Paragraph("Judgements:") if judged else None,
        points(judged),
    ]


def _attention(answer: PlanAnswer, caption: str) -> Block:
    rows = [row for row in answer.actions if row.is_exception]
    if not rows:
        return Paragraph("No action is overdue, off track, at risk or awaiting evidence.")
    return grids.attention(rows, caption=f"{CHOICES['exceptions']}: {caption[:1].lower()}{caption[1:]}")


def _progress(answer: PlanAnswer, moved: Grid) -> Block:
    if answer.since is None:
        return Paragraph("No earlier meeting or day was chosen, so nothing is compared.")
    return moved if moved.rows else Paragraph("Nothing moved.")


def _findings(found: Grid, raised: grids.RaisedBefore) -> Iterator[Block]:
    yield found
    likely = any(grids.raised_words(earlier).startswith("Likely") for earlier in raised.values())
    yield Paragraph(f"{states.key()}.{f' {LIKELY}' if likely else ''}", quiet=True)


def _since(answer: PlanAnswer) -> str:
    return f" since {words.day(answer.since)}" if answer.since else ""


def _about(
    answer: PlanAnswer, entry: EntryAnswer | None, sealing: LatestCheckpoint | None, last: int | None
) -> tuple[tuple[str, str], ...]:
    """Of which moment and from what the paper was made: for its reader, and for whoever checks it."""
    moment = answer.moment
    known = f"what was recorded by {words.moment(moment.known_at)}" if moment.known_at else "everything recorded so far"
    lines = [
        ("As at", f"{words.day(moment.as_at)}: what had happened by the end of that day"),
        ("As known", known),
        ("Progress since", words.day(answer.since) if answer.since else "no day was chosen"),
        *([("Last event counted", f"number {last:,} of the log")] if last else []),
        *(("Source", text) for text in _sources(entry)),
        ("Source", "actions, progress, evidence, questions and answers as officers and members recorded them here"),
    ]
    graded = moment.known_until.graded
    read = words.day(graded) if graded else "nothing that tells of the authority was read"
    lines.append(("Inspections known up to", read))
    if sealing is None:
        lines.append(("Signed checkpoint of the log", "none has been signed yet"))
    else:
        lines += sealing.about
    if answer.head.example:
        lines.insert(
            0, ("Example", "made up for a demonstration: actions, figures, questions and answers are invented")
        )
    return tuple(lines)


def _sources(entry: EntryAnswer | None) -> list[str]:
    """Each source of the report or letter once, with the day it was last read."""
    if entry is None:
        return []
    read = dict.fromkeys((one.source_title, one.read_on) for one in entry.readings)
    return [f"{title}, read on {words.day(day)}" for title, day in read]
