"""The words of the field that pages use, each with its meaning in a sentence or two; pages link a word to its line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """`also` are other names of the same thing, as papers and Ofsted have them."""

    word: str
    meaning: str
    also: str = ""

    @property
    def id(self) -> str:
        """Its place on the glossary's page: `joint-inspection`."""
        return self.word.lower().replace(" ", "-")


TERMS = (
    Term(
        "Action plan",
        "What a council does about what Ofsted asked for. After a graded report its final plan is due to Ofsted within "
        "70 working days.",
        "statement of action, post-Ofsted plan",
    ),
    Term("Annual meeting", "The yearly conversation between Ofsted and the director.", "engagement meeting"),
    Term("Compare", "An authority beside its ten statistical neighbours, its region and England."),
    Term("Difference seen", "Whether children feel what an action has changed: not yet, some, or yes.", "impact"),
    Term(
        "Evidence awaited",
        "An action was reported complete, and nobody but its owner has yet accepted the evidence.",
    ),
    Term("Focused visit", "Two inspectors look at one topic for two days. It ends in a letter, without a grade."),
    Term(
        "Grade",
        "Outstanding, good, requires improvement to be good, or inadequate. Inspections from April 2026 grade four "
        "areas and have no overall grade.",
        "judgement",
    ),
    Term("Graded inspection", "A short or standard inspection, or one of an earlier framework. It ends in a report."),
    Term(
        "Joint inspection",
        "Ofsted with the inspectorates of health, police and, sometimes, probation look at one theme in an area.",
        "joint targeted area inspection, JTAI",
    ),
    Term(
        "Known until",
        "The newest day until which a source that tells of this kind of thing was read. What happened after it may "
        "not be known here.",
        "data horizon",
    ),
    Term("Monitoring visit", "Inspectors check progress after an inadequate report, about every three months."),
    Term(
        "Past its end",
        "The window has closed and no inspection is known. Ofsted is then later than its own policy; it is no fault "
        "of the council.",
        "overdue",
    ),
    Term(
        "Pathway",
        "Which inspections and visits an authority can expect. Its latest graded report sets it.",
    ),
    Term(
        "Policy",
        "Within how many months Ofsted says that it inspects again after a report.",
        "interval",
    ),
    Term(
        "Priority action",
        "The most serious finding of a visit: a serious weakness that puts children at risk, or systemic failure.",
        "area for priority action, APA",
    ),
    Term("Raised before", "An earlier report or letter asked for the same, as its words or an officer say."),
    Term(
        "The report that counts",
        "The latest graded report that was public on the day: it sets the pathway.",
        "governing report",
    ),
    Term(
        "Seal",
        "A signed note of everything recorded so far. Whoever keeps one can show later whether anything was altered.",
        "checkpoint",
    ),
    Term("Self-evaluation", "The authority’s own account of its practice, shared with Ofsted each year.", "SEF"),
    Term("Short inspection", "A graded inspection of one week, for authorities last judged good or outstanding."),
    Term(
        "Single inspection",
        "The framework before 2018, from November 2013: every authority once, over four weeks.",
        "SIF",
    ),
    Term("Standard inspection", "A graded inspection of two weeks on site."),
    Term(
        "Statistical neighbours",
        "The ten authorities that a published look-up names as most like one. It names neither the model nor its year.",
    ),
    Term(
        "What happened, and what was known",
        "Every entry has two days: when something was so, and when it was written down here. A page can be asked for "
        "what had happened by a day, and to leave out what we learned after.",
        "true on, known on",
    ),
    Term(
        "What Ofsted asked for", "What needs to improve, in the words of a report or letter.", "areas for improvement"
    ),
    Term("What Ofsted holds", "Ofsted’s own data and intelligence on an authority, never published.", "LAIS"),
    Term("Window", "From when to when the next graded inspection is expected. Ofsted publishes no dates."),
)
