"""The committee paper on one plan: what it says, in a council's order, for a page, a Word document and a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.values.words import number_in_words
from projections.engine.answers import EntryAnswer
from projections.plans.answers import PlanAnswer, QuestionRow
from web.formats.blocks import ExactLines, Grid, Paragraph, Part, Points, part, points
from web.formats.latest_checkpoint import NOTE, LatestCheckpoint
from web.plans import committee_paper_tables as grids
from web.words import words
from web.words.elements import ElementsShown

CHOICES = {
    "background": "Background",
    "system": "The five elements of Ofsted’s system",
    "progress": "Progress since the last meeting",
    "exceptions": "Exceptions",
    "gaps": "Findings without an action",
    "questions": "Members’ questions",
    "others": "Other inspections of children’s services",
    "implications": "Implications",
    "appendix": "Appendix: all actions",
}
"""Parts that may be left out, in the order of the paper."""

IMPLICATIONS = (
    "Finance and resources",
    "Legal",
    "Workforce",
    "Equality",
    "Risk",
    "Consultation",
    "Alternative options",
)
OTHERS = (
    "Outcomes and ratings are the inspectorates’ own and no grades of Ofsted’s. None of these inspections changes when "
    "Ofsted’s next inspection of children’s services is expected."
)
TO_BE_COMPLETED = "To be completed by the author. Nothing about it is held here."


TO_CHECK_IT = (
    "The signed checkpoint, whole: save the lines below, the empty one and the last one too, as a file, "
    "and check the log against it with “ledger verify --checkpoint” or docs/verify_export.py."
)


@dataclass(frozen=True)
class PaperScope:
    """What the paper is asked for: for which meeting, progress since when, and which of the parts."""

    meeting: str = ""
    since: date | None = None
    parts: frozenset[str] = frozenset(CHOICES)


@dataclass(frozen=True)
class Pack:
    """One paper. `about` says of which moment and from what it was made, `note` is the signed checkpoint; the tables
    are those of the workbook."""

    title: str
    meeting: str
    example: bool
    about: tuple[tuple[str, str], ...]
    note: ExactLines | None
    parts: tuple[Part, ...]
    tables: tuple[Grid, ...]

    @property
    def subject(self) -> str:
        return f"Report to {self.meeting}" if self.meeting else "Report on the post-Ofsted action plan"


def pack_of(
    answer: PlanAnswer,
    entry: EntryAnswer | None,
    sealing: LatestCheckpoint | None,
    last: int | None,
    chosen: PaperScope,
    by: Callable[[str], str],
    others: grids.OthersHeld = grids.NO_OTHERS,
    system: ElementsShown | None = None,
    on_no_plan: Sequence[QuestionRow] = (),
) -> Pack:
    """The paper on a plan. `entry` is the report or letter, None where it was not known at the moment asked; `last` the
    entry of the log that was counted last, None where its number is not known; `by` says in words who somebody is;
    `others` are inspections of the same authority by others, and what they lead one to expect; `system` the five
    elements at that authority; `on_no_plan` members' questions that it answers and that are on no plan."""
    name = answer.head.authority.name
    example = f" ({grids.EXAMPLE.lower()})" if answer.head.example else ""
    tables = (
        grids.actions(answer, answer.actions, key="actions", caption=f"All actions{example}"),
        grids.findings(answer, caption=f"Findings of the plan{example}"),
        grids.moved(answer, caption=f"What moved{_since(answer)}{example}"),
        grids.questions(answer, on_no_plan, caption=f"Members’ questions and answers{example}", by=by),
        *(
            [grids.other_inspections(others, caption=f"Inspections by others, the newest first{example}")]
            if others.held
            else []
        ),
        *([grids.five_elements(system, caption=f"The five elements of the system{example}")] if system else []),
    )
    about = _about(answer, entry, sealing, last)
    note = ExactLines(NOTE, sealing.note) if sealing is not None else None
    return Pack(
        title=f"{name}: post-Ofsted action plan{example}",
        meeting=chosen.meeting,
        example=answer.head.example,
        about=about,
        note=note,
        parts=tuple(
            _parts(
                answer,
                entry,
                chosen,
                tables,
                _made(about, note),
                example,
                system.sentence if system else "",
                _asked(answer, on_no_plan),
            )
        ),
        tables=tables,
    )


def _parts(
    answer: PlanAnswer,
    entry: EntryAnswer | None,
    chosen: PaperScope,
    tables: Sequence[Grid],
    made: Part,
    example: str,
    of_the_system: str,
    asked: Sequence[str],
) -> list[Part]:
    """In a council's order: purpose, recommendations, background, issues, implications, how it was made, appendix."""
    actions, findings, moved, questions, *more = tables
    others = [one for one in more if one.key == grids.OTHERS]
    system = [one for one in more if one.key == grids.SYSTEM]
    wanted = chosen.parts
    issues: list[Part] = [part("standing", "Where the plan stands", *_standing(answer))]
    if "exceptions" in wanted:
        issues.append(_exceptions(answer, example))
    if "progress" in wanted:
        issues.append(_progress(answer, moved))
    if "gaps" in wanted:
        issues.append(_gaps(answer))
    if "questions" in wanted:
        none = None if questions.rows else Paragraph("Members have asked no questions.")
        issues.append(part("questions", "Members’ questions", none, questions if questions.rows else None))
    parts = [
        part("purpose", "Purpose of the report", Paragraph(_purpose(answer))),
        part("recommendations", "Recommendations", Paragraph("Members are asked to:"), Points(tuple(asked))),
    ]
    if "background" in wanted:
        parts.append(part("background", "Background", *_background(answer, entry), findings))
    if "system" in wanted and system:
        parts.append(part("system", CHOICES["system"], Paragraph(of_the_system), *system))
    parts.append(part("issues", "Issues for consideration", *issues))
    if "others" in wanted and others:
        parts.append(part("others", CHOICES["others"], Paragraph(OTHERS), *others))
    if "implications" in wanted:
        empty = (
            part(f"implication-{number}", name, Paragraph(TO_BE_COMPLETED)) for number, name in enumerate(IMPLICATIONS)
        )
        parts.append(part("implications", "Implications", *empty))
    parts.append(made)
    if "appendix" in wanted:
        none = None if actions.rows else Paragraph("The plan has no actions yet.")
        parts.append(part("appendix", "Appendix: all actions", none, actions if actions.rows else None))
    return [_marked(one, answer.head.example) for one in parts]


def _made(about: tuple[tuple[str, str], ...], note: ExactLines | None) -> Part:
    lines = Points(tuple(f"{name}: {text}" for name, text in about))
    return part("made", "How this report was made", lines, Paragraph(TO_CHECK_IT) if note else None, note)


def _marked(one: Part, example: bool) -> Part:
    """A part of a made-up plan says so itself: parts are copied into other papers."""
    return Part(one.key, one.heading, (Paragraph(f"{grids.EXAMPLE}."), *one.blocks)) if example else one


def _purpose(answer: PlanAnswer) -> str:
    return (
        f"To tell members how far {answer.head.authority.name} is with the actions that answer what Ofsted found, "
        f"as at {words.day(answer.moment.as_at)}, what needs attention first, and what has moved."
    )


def _asked(answer: PlanAnswer, on_no_plan: Sequence[QuestionRow]) -> list[str]:
    counts = answer.head.counts
    late = sum(row.is_exception for row in answer.actions)
    asked = [f"note where the plan stands: {answer.head.headline[:1].lower()}{answer.head.headline[1:]}"]
    if late:
        asked.append(f"consider {number_in_words(late, 'action')} that {'need' if late > 1 else 'needs'} attention")
    if counts.gaps:
        has = "has" if counts.gaps == 1 else "have"
        asked.append(f"ask for an action on {number_in_words(counts.gaps, 'finding')} that {has} none")
    if waiting := counts.questions_open + sum(one.waits for one in on_no_plan):
        waits = "waits" if waiting == 1 else "wait"
        asked.append(f"note that {number_in_words(waiting, 'question')} of members {waits} for an answer")
    return [*asked, "say what they wish to see at the next report."]


def _background(answer: PlanAnswer, entry: EntryAnswer | None) -> list[Paragraph | Points | None]:
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
        Paragraph(f"Findings taken into the plan: {len(answer.findings)}."),
    ]


def _standing(answer: PlanAnswer) -> list[Paragraph | Points | None]:
    counts, head = answer.head.counts, answer.head
    lines = [
        f"{words.plain(name)}: {number}"
        for name, number in (
            ("actions", counts.actions),
            ("complete and evidenced", counts.done),
            ("overdue", counts.overdue),
            ("off track", counts.off_track),
            ("at risk", counts.at_risk),
            ("reported complete, evidence awaited", counts.evidence_awaited),
            ("reported complete, evidence awaiting acceptance", counts.acceptance_awaited),
            ("not started", counts.not_started),
            ("times that a due date was moved", counts.moves),
            ("withdrawn or not required, not counted above", counts.left_out),
        )
    ]
    dates = [deadline.said for deadline in head.deadlines]
    if head.reply_on:
        dates.append(f"Ofsted replied on {words.day(head.reply_on)}.")
    if head.closed_on:
        dates.append(f"The plan was closed on {words.day(head.closed_on)}.")
    return [Paragraph(f"{head.headline}."), points(lines), Paragraph("Dates set by law and guidance:"), points(dates)]


def _exceptions(answer: PlanAnswer, example: str) -> Part:
    rows = [row for row in answer.actions if row.is_exception]
    if not rows:
        return part(
            "exceptions", "Exceptions", Paragraph("No action is overdue, off track, at risk or awaiting evidence.")
        )
    caption = f"Actions that need attention, the longest overdue first{example}"
    table = grids.actions(answer, rows, key="exceptions", caption=caption, paper=grids.WITH_LATEST)
    return part("exceptions", "Exceptions", table)


def _progress(answer: PlanAnswer, moved: Grid) -> Part:
    heading = f"Progress{_since(answer) or ' since the last meeting'}"
    if answer.since is None:
        return part("progress", heading, Paragraph("No earlier meeting or day was chosen, so nothing is compared."))
    if not moved.rows:
        return part("progress", heading, Paragraph("Nothing moved."))
    return part("progress", heading, moved)


def _gaps(answer: PlanAnswer) -> Part:
    found = points([finding.text for finding in answer.gaps])
    return part("gaps", "Findings without an action", found or Paragraph("Every finding is answered by an action."))


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
