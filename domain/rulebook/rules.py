"""Every rule the product cites: its sentence, where it was read, how it is known, and since when it holds.

The rows that state a rule's numbers are in `rows.py` and `deadline_rows.py`; pages link an R-number to what is here.
R-083 and R-084 concern how sources are read; they are listed so that every number cited anywhere can be looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.rulebook.rows import Confidence


@dataclass(frozen=True)
class Rule:
    """One rule. `start` is inclusive, `end` exclusive, None where it has always held or still does.

    `url` is where the main source can be opened, None for a paper without an address.
    `confidence` is strongest first."""

    id: str
    text: str
    source: str
    url: str | None
    confidence: tuple[Confidence, ...]
    start: date | None = None
    end: date | None = None

    @property
    def inferred(self) -> bool:
        """Nothing but inference supports it: say "inferred" wherever its result is shown."""
        return self.confidence == (Confidence.INFERRED,)

    @property
    def ours(self) -> bool:
        """A convention of this product's own, made from rules that others set; what is inferred is said to be that."""
        return self.source == OURS and not self.inferred


V, M, S, I = Confidence.READ, Confidence.MEASURED, Confidence.SECONDARY, Confidence.INFERRED  # noqa: E741

_REPORTS = ("Ofsted inspection reports, 2012 to August 2026", "https://github.com/JT-39/ofsted-ilacs-scrape-tool")
_FRAMEWORK = (
    "ILACS framework page",
    "https://www.gov.uk/government/publications/inspecting-local-authority-childrens-services-from-2018",
)
_SURREY = (
    "Draft Surrey (Structural Changes) Order 2026, debated 25 February 2026",
    "https://parallelparliament.co.uk/mp/alison-mcgovern/debate/2026-02-25/commons/general-committees/"
    "draft-surrey-structural-changes-order-2026",
)
_HARINGEY = ("Haringey scrutiny paper, 8 March 2018", None)
_LEEDS = ("Leeds one minute guide, October 2024", None)
_LEICESTERSHIRE = ("Leicestershire slides, 2018", None)
_GATESHEAD = ("Gateshead Cabinet paper, 2019", None)
_CHANGE_NOTE = ("JT-39 summary of Ofsted's 2026 change note", "https://github.com/JT-39/ofsted-ilacs-scrape-tool")
_NO_HEADLINE = (
    "Ofsted confirms removal of headline judgement, 27 November 2025",
    "https://www.wired-gov.net/wg/news.nsf/articles/ofsted+confirms+removal+of+headline+judgement+for+inspections"
    "+of+local+authorities+childrens+services+27112025162500?open",
)
_CARE_LEAVERS = (
    "Care leavers judgement: consultation report, 2 December 2022",
    "https://gov.uk/government/consultations/introducing-a-separate-judgement-about-care-leavers-within-the-inspection"
    "-of-local-authority-childrens-services-ilacs",
)
_CYPN_2016 = (
    "Children and Young People Now, 2016",
    "https://www.cypnow.co.uk/content/news/ofsted-to-visit-inadequate-councils-every-three-months",
)
_CYPN_SEPTEMBER = (
    "Children and Young People Now, 17 September 2018",
    "https://www.cypnow.co.uk/news/article/ofsted-relaxes-inspections-for-struggling-inadequate-councils",
)
_CYPN_2021 = (
    "Children and Young People Now, 27 April 2021",
    "https://www.cypnow.co.uk/features/article/inspections-clinic-return-of-ofsted-visits-q-a",
)
_LETTERS = (
    "Ofsted's focused-visit letters, 2018 to January 2026",
    "https://github.com/data-to-insight/ofsted-focused-visit-scrape-tool",
)
_AREA_SEND = (
    "Area SEND inspection reports and Data to Insight's overview of them, 2023 to November 2025",
    "https://github.com/data-to-insight/ofsted-send-scrape-tool",
)
_VISITS = ("South East analysis of focused visits, November 2024", "https://seslip.co.uk/ofsted-visit-analysis-page-11")
_INTERVENTION = (
    "Education yourself: intervention in inadequate authorities",
    "https://edyourself.wordpress.com/2016/11/01/intervention-level-in-authorities-rated-inadequate-by-ofsted/",
)
_SELF_EVALUATION = (
    "Education yourself: ILACS self-evaluation",
    "https://edyourself.wordpress.com/2017/12/18/ofsted-ilacs-2018-self-evaluation-and-child-level-data/",
)
_ACT = (
    "Education and Inspections Act 2006, section 137; SI 2007/462",
    "https://www.legislation.gov.uk/ukpga/2006/40/section/137/2007-04-01/data.html",
)
_JTAI = ("JTAI letters, 2016 to 2025", "https://github.com/data-to-insight/ofsted-jtai-scrape-tool")
_JTAI_FRAMEWORK = (
    "JTAI framework page",
    "https://gov.uk/government/publications/joint-inspections-of-arrangements-and-services-for-children-in-need-of"
    "-help-and-protection",
)
_STATISTICS_2025 = ("Ofsted statistics: local authority inspection outcomes at 31 March 2025", None)
_HEREFORDSHIRE = (
    "Herefordshire Council on its first monitoring report",
    "https://www.herefordshire.gov.uk/news/article/1553/first-ofsted-monitoring-report-published",
)
_HOLD = (
    "Local Government Lawyer on publication before elections, 2024",
    "https://www.localgovernmentlawyer.co.uk/education-law/394-education-news/56936-ofsted-to-publish-school"
    "-inspection-reports-including-those-giving-inadequate-rating-during-purdah",
)
_REORGANISATION = (
    "Structural changes to local government in England, 2019 to 2023",
    "https://en.wikipedia.org/wiki/2019%E2%80%932023_structural_changes_to_local_government_in_England",
)
_STOCKTON = ("Stockton Cabinet, June 2023", "https://moderngov.stockton.gov.uk/ieIssueDetails.aspx?IId=1757&Opt=3")
_CHESHIRE_EAST = (
    "Cheshire East committee, May 2022",
    "https://moderngov.cheshireeast.gov.uk/ieIssueDetails.aspx?IId=69513&Opt=3",
)
_CALLED = (
    "Bath and North East Somerset Health and Wellbeing Board, 3 July 2025",
    "https://democracy.bathnes.gov.uk/ieIssueDetails.aspx?IId=41276&Opt=3",
)
_HOLIDAYS = ("Bank holidays in England", "https://www.gov.uk/bank-holidays")
OURS = "How this product computes an answer"
"""The source of rules that are this product's own conventions, made from those that others set."""

_OURS = (OURS, None)
_HISTORY = ("Ofsted's statistics compared with its reports", None)


def _rules(*rows: tuple[str, tuple[str, str | None], tuple[Confidence, ...], str]) -> dict[str, Rule]:
    return {
        id_: Rule(id_, text, source, url, confidence, *_SPANS.get(id_, (None, None)))
        for id_, (source, url), confidence, text in rows
    }


_SPANS: Mapping[str, tuple[date | None, date | None]] = {
    "R-001": (date(2013, 11, 1), date(2018, 9, 1)),
    "R-002": (date(2018, 1, 1), None),
    "R-003": (date(2018, 1, 1), date(2023, 1, 1)),
    "R-004": (date(2023, 1, 1), date(2026, 4, 1)),
    "R-005": (date(2026, 4, 1), None),
    "R-007": (date(2013, 11, 1), None),
    "R-009": (date(2024, 4, 5), None),
    "R-010": (date(2027, 1, 1), None),
    "R-011": (date(2020, 3, 17), date(2021, 6, 28)),
    "R-012": (date(2020, 9, 29), date(2021, 6, 1)),
    "R-022": (None, date(2026, 4, 1)),
    "R-023": (date(2026, 4, 1), None),
    "R-024": (date(2026, 4, 1), None),
    "R-042": (date(2018, 1, 1), date(2018, 9, 17)),
    "R-081": (date(2017, 7, 1), date(2020, 3, 17)),
    "R-101": (date(2024, 3, 1), None),
    "R-102": (date(2022, 1, 1), None),
}

RULES: Mapping[str, Rule] = _rules(
    ("R-001", _REPORTS, (V,),
     "The single inspection framework (SIF) ran from November 2013 to summer 2018."),
    ("R-002", _HARINGEY, (V,),
     "The present framework, ILACS, was published in November 2017 and used from January 2018."),
    ("R-003", _REPORTS, (V,),
     "Inspections starting 2018 to 2022 grade overall effectiveness and three areas; care leavers share one."),
    ("R-004", _CARE_LEAVERS, (V,),
     "From inspections starting in January 2023 care leavers have a judgement of their own."),
    ("R-005", _NO_HEADLINE, (V,),
     "Inspections starting on or after 1 April 2026 have four judgements and no overall effectiveness."),
    ("R-006", _REPORTS, (V,),
     "Which judgements exist follows the first day on site, not the publication date."),
    ("R-007", _REPORTS, (V,),
     "The four grades: outstanding, good, requires improvement to be good, inadequate."),
    ("R-008", _FRAMEWORK, (V, S),
     "The framework was revised in 2018, 2019, 2022 to 2026; only revisions cited by a rule change an answer."),
    ("R-009", _FRAMEWORK, (V,),
     "The April 2024 revision changed how deferral and publication are arranged."),
    ("R-010", _NO_HEADLINE, (S,),
     "A renewed framework is planned for 2027; its contents are not known, and no rule here changes with the "
     "Children's Wellbeing and Schools Act 2026."),
    ("R-011", _CYPN_2021, (V,),
     "Routine inspection stopped on 17 March 2020; the first ordinary focused visit after it was on 9 June 2021, the "
     "first graded inspection began on 28 June 2021."),
    ("R-012", _LETTERS, (V,),
     "The ungraded assurance visits of 2020 to 2021 went to inadequate authorities too, moved no pathway, and count "
     "as none of the visits between inspections."),
    ("R-020", _LEICESTERSHIRE, (V,),
     "The latest published graded inspection sets the pathway; before April 2026 by overall effectiveness."),
    ("R-021", _LEEDS, (I, V),
     "The pathway changes on the day of publication; visits and meetings never change it."),
    ("R-022", _REPORTS, (M,),
     "An inadequate practice judgement always made the overall grade inadequate; overall is never worked out from "
     "parts."),
    ("R-023", _CHANGE_NOTE, (S, I, M),
     "Without an overall grade: good pathway where leaders and at least two practice judgements are good or better. "
     "The source says only that these get a focused visit ahead of the next short inspection; that it is the test of "
     "the pathway is inferred."),
    ("R-024", _OURS, (I,),
     "Without an overall grade, any inadequate judgement puts the authority on the inadequate pathway (inferred)."),
    ("R-025", _LEEDS, (V, S),
     "The next graded inspection is usual about three years after the last, within six months either side."),
    ("R-026", _HARINGEY, (V,),
     "Ofsted publishes no inspection dates in advance; everything derived is an expectation."),
    ("R-027", _LEEDS, (V,),
     "Ofsted decides type and timing from what it knows; the authority cannot choose."),
    ("R-030", _LETTERS, (V, M),
     "Good or outstanding: a short inspection every three years and, in practice, one focused visit or joint "
     "inspection before it; council papers of 2018 speak of up to two."),
    ("R-031", _REPORTS, (V, M),
     "A short inspection can end in any grade."),
    ("R-032", _REPORTS, (M,),
     "Of 91 next inspections of good or outstanding authorities 11 were standard ones."),
    ("R-033", _REPORTS, (M,),
     "None of 77 next inspections after requires improvement or inadequate was a short one."),
    ("R-034", _LETTERS, (M,),
     "After an area for priority action at a focused visit the next was a standard inspection in every case: in about "
     "half 5 to 18 months later, in nearly all others after that."),
    ("R-035", _LETTERS, (V, S),
     "Priority action: a draft plan within 20 working days of the letter (since August 2018), the final one within "
     "70 of receiving it."),
    ("R-036", _LEICESTERSHIRE, (V,),
     "A focused visit gives no grade; its letter lists strengths, improvements and any priority action."),
    ("R-037", _VISITS, (S,),
     "Focused visits take one of seven topics, now and then several: told from the letter's words, or by an officer."),
    ("R-038", _LETTERS, (V, M),
     "Requires improvement: a standard inspection about every three years and, in practice, two focused visits "
     "before it, of which a joint inspection may replace one."),
    ("R-040", _INTERVENTION, (V, S, M),
     "Inadequate: action planning visit, action plan, monitoring visits, then a standard re-inspection; no ordinary "
     "focused visit or joint inspection."),
    ("R-041", _CYPN_SEPTEMBER, (S,),
     "Until 17 September 2018 inadequate authorities were re-inspected under the SIF; since then by a standard "
     "inspection."),
    ("R-042", _HARINGEY, (V,),
     "Authorities inadequate in January 2018 stayed under the older monitoring and the SIF until that day."),
    ("R-043", _STATISTICS_2025, (M, S),
     "Monitoring visits: two days, nominally each quarter; in practice the next comes later than that, and the first "
     "some months after the report."),
    ("R-044", _REPORTS, (M,),
     "Re-inspections under ILACS are expected as many months after publication as other inspections (R-025)."),
    ("R-045", _CYPN_2016, (S,),
     "After an inadequate SIF report: re-inspection usually within 24 months of the action plan."),
    ("R-046", _HEREFORDSHIRE, (S,),
     "Ofsted does not publish the letter of the first monitoring visit, so its absence says nothing; later ones it "
     "does."),
    ("R-047", _REPORTS, (M,),
     "Any later grade above inadequate ends the pathway on publication; a second inadequate starts it again."),
    ("R-048", _INTERVENTION, (S,),
     "Government intervention runs beside Ofsted's pathway and never replaces it."),
    ("R-049a", _GATESHEAD, (V,),
     "Standard inspection: five working days' notice, the call on a Monday; two weeks on site."),
    ("R-049b", _LEEDS, (V,),
     "Short inspection: five working days' notice, one week on site."),
    ("R-049c", _LETTERS, (V,),
     "Focused visit: five working days' notice, two days on site, as a rule from a Tuesday or Wednesday."),
    ("R-049d", _INTERVENTION, (S,),
     "Monitoring visit: dates told in advance, two days on site."),
    ("R-049e", _JTAI_FRAMEWORK, (S,),
     "Joint targeted area inspection: five days on site, Monday to Friday, in the third week since 2022."),
    ("R-050", _REPORTS, (V, M),
     "Graded inspections start on Mondays, never from 30 July to 2 September or 12 December to 11 January, visits "
     "not from 8 August to 2 September or 19 December to 8 January; six months between episodes is an aim, kept in "
     "495 of 510 cases."),
    ("R-051", _REPORTS, (M,),
     "Reports on fieldwork begun by March 2020 appear 21, by February 2024 30, since then 27 working days after the "
     "last day of the last period on site; since November 2022 none from 18 December to 11 January; late beyond 50."),
    ("R-052", _LETTERS, (M,),
     "Letters on focused visits appear 16 working days after the visit (to March 2020), 30 (Covid round), 24 to 28 "
     "(2021), 24 (to March 2024) or 21, those on monitoring visits 21; since December 2022 none from 19 December to "
     "11 January."),
    ("R-053", _JTAI, (M,),
     "JTAI letters appear 30 (2016 to 2020) or 34 working days (since 2022) after the last day on site."),
    ("R-054", _HOLD, (S, M),
     "No report or letter on a single authority is published in the weeks before an election; it follows in the two "
     "weeks after."),
    ("R-055", _HEREFORDSHIRE, (S, V),
     "Not published: engagement letters, action planning visits, the first monitoring letter, replies to plans. "
     "Published: graded reports, letters on focused visits, later monitoring visits and joint inspections."),
    ("R-056", _REPORTS, (M,),
     "On site a short inspection is 5 days, a standard one 12, a single inspection 12 to 29, a focused visit 1 to 3, "
     "a joint inspection 4 to 6, an area SEND inspection 5; what a source gives otherwise does not govern, and an "
     "officer is asked."),
    ("R-057", _REPORTS, (M,),
     "ILACS and joint inspections begin on a Monday, ILACS ones end on a Friday, and no first or last day is a weekend "
     "or a bank holiday; a slip is kept as said, does not govern, and an officer is asked."),
    ("R-058", _REPORTS, (M,),
     "Publication follows the last day on site by 12 to 95 working days on ILACS, 27 to 93 on a single inspection, "
     "15 to 71 after a focused visit, 20 to 41 after a monitoring visit, 25 to 66 after a joint inspection and 29 to "
     "100 after an area SEND inspection; five or more below is doubtful, above an officer is asked."),
    ("R-059", _REPORTS, (V,),
     "An inspection that was broken off and resumed has several periods on site: of those its report prints the first "
     "says whether it was short, unless its kind was told; publication counts from the last day of "
     "the last; in between it is paused, and no report is late."),
    ("R-060", _ACT, (V,),
     "A written statement of action is due within 70 working days of every graded report."),
    ("R-061", _STOCKTON, (V,),
     "The day of receipt is day 0; where only publication is known the date is the latest possible."),
    ("R-062", _JTAI, (V,),
     "A JTAI letter itself states when the joint statement is due; it is entered, never computed."),
    ("R-063", _INTERVENTION, (V,),
     "For an inadequate authority Ofsted replies whether the plan reflects the findings."),
    ("R-064", _CHESHIRE_EAST, (S,),
     "Councils track the plan by improvement board, with owner, date, measure and evidence for each action."),
    ("R-065", _SELF_EVALUATION, (V, S),
     "Each year the authority shares a self-evaluation before the engagement meeting."),
    ("R-066", _LEICESTERSHIRE, (V, S),
     "Ofsted and the director meet once a year; its letter follows within a month and is not published."),
    ("R-067", _OURS, (I,),
     "The next meeting is taken as due 12 months after the last, amber at 13, red at 15 (inferred)."),
    ("R-068", _JTAI, (V, S),
     "Joint inspections look at the front door or at a theme of their months; one counts among the visits of the "
     "interval in which its fieldwork lies."),
    ("R-070", _REORGANISATION, (V, I),
     "A new authority starts with no grade, from the day on which it began; its first inspection is a standard one; "
     "monitoring may carry over, and a focused visit come first."),
    ("R-071", _REPORTS, (V,),
     "A children's trust does not change who is inspected: the council is."),
    ("R-072", _SURREY, (S, V),
     "Only an order or a minister's statement makes it known, from its own day, that an authority ends and who "
     "follows; a plan or a consultation never does. Of past ends only Cumbria's day was read; the others count as "
     "known from their end."),
    ("R-073", _OURS, (I,),
     "From the day on which an end is known: pathway, governing report and plan date stand; a window on or after it is "
     "not applicable, one that begins before counts only for the days before; forecasts and calendars stop the day "
     "before; what began on or after it, or before the authority began, is in doubt."),
    ("R-074", _REORGANISATION, (V, I),
     "From the day on which an authority ended nothing is expected of it; its last pathway and report are history."),
    ("R-075", _AREA_SEND, (V,),
     "An area SEND inspection ends in one of three outcomes, which are no grades: typically positive (a full "
     "inspection within about five years), inconsistent (within about three), widespread or systemic failings (a "
     "monitoring inspection within about 18 months, a full one within about three years)."),
    ("R-076", _AREA_SEND, (M,),
     "The overview counts its “next inspection by” from the first day on site: 60, 36 and, for the monitoring "
     "inspection after the third outcome, 18 months."),
    ("R-077", _OURS, (I,),
     "The next full area SEND inspection is about 60 or 36 months after the first day on site, a monitoring inspection "
     "at the latest about 18 months after publication; from which day Ofsted counts is inferred."),
    ("R-078", _AREA_SEND, (V,),
     "No source lists monitoring inspections of area SEND: after their day they are not known, and no area SEND "
     "inspection is ever called overdue."),
    ("R-079", _AREA_SEND, (S, M),
     "An area SEND inspection takes three weeks, notice and data in the first two, on site in the third from Monday to "
     "Friday, never in August; one within six months of an inspection or visit of children's services is common, and "
     "no rule forbids it."),
    ("R-080", _HOLIDAYS, (V,),
     "Weekends and England's bank holidays, one-offs included, are not working days."),
    ("R-081", _REPORTS, (M,),
     "The pandemic moves no window; reports from July 2017 to 16 March 2020 carry a note with an end 15 months "
     "later."),
    ("R-082", _HISTORY, (M,),
     "Up to five days on site is a short inspection, longer a standard one."),
    ("R-083", _HISTORY, (V,),
     "A scraped history errs in places; the report's first page or Ofsted's statistics settle it."),
    ("R-084", _HISTORY, (V,),
     "For the date of a visit its own letter, or Ofsted's statistics, is preferred to what a later report recalls."),
    ("R-090", _OURS, (V,),
     "A window runs from the same day of the month to the same day, or the month's last, as many months after "
     "publication as the pathway's rule says; both ends count."),
    ("R-091", _OURS, (V,),
     "The action plan's date is the 70th working day after publication, for reports published from 2018."),
    ("R-092", _OURS, (V,),
     "The latest focused visit since the governing report that made a priority action makes the next inspection a "
     "standard one until resolved; a letter that only says that earlier ones remain, or a heading with none under "
     "it, makes none, and a later visit without one resolves nothing."),
    ("R-093", _OURS, (V,),
     "Before the next inspection: a report awaited once inspectors have left for good, else the plan of an "
     "inadequate authority, else monitoring visits."),
    ("R-094", _OURS, (V,),
     "Not yet judged: a standard inspection without a window, for an authority that the register lets begin, from "
     "that day; unknown grades, or none held: neither type nor window."),
    ("R-095", _OURS, (V,),
     "A fact is public from its publication, else from its last known day; fieldwork from its own days."),
    ("R-096", _OURS, (V,),
     "The later start governs of two reports on one day; frameworks before the SIF never govern; a report whose grades "
     "no source knows gives way to one before it whose grades are known."),
    ("R-097", _OURS, (V,),
     "An inspection is under way from the day of the call, or from the first day on site where no call is known, to "
     "the day before publication: announced, on site, paused between periods, or its report awaited."),
    ("R-098", _OURS, (V,),
     "Of an authority that is known to end, a window on or after that day is not applicable; of one that has ended the "
     "answer names nothing that is expected next."),
    ("R-099", _OURS, (V,),
     "An expectation may be not known; a window keeps the status that follows from its days, and the day until which "
     "something is known is shown beside it."),
    ("R-100", _CALLED, (V,),
     "The call comes on a Monday and inspectors on the Monday after, else on the first Monday at least five working "
     "days later: for a short inspection to that Friday, for a standard one to the Friday of the second week; for a "
     "focused visit two days in the week after the call."),
    ("R-101", _REPORTS, (M,),
     "Reports on fieldwork since March 2024 come from the 27th to the 41st working day after the last day on site, "
     "half by the 31st and nine in ten by the 53rd; Christmas and a pre-election hold move both ends alike."),
    ("R-102", _LETTERS, (M,),
     "Letters on focused and monitoring visits since April 2024 come from the 21st to the 31st working day after the "
     "visit, those on joint inspections since 2022 from the 34th to the 49th."),
    ("R-103", _OURS, (V,),
     "The pathway changes with publication, and plan and window are counted anew; an inspection that was called and "
     "never reported changes nothing."),
    ("R-105", _OURS, (M,),
     "A source tells only of what it lists: absence counts for that kind alone, and up to the day it was read; after "
     "that the answer is not known, never overdue and never none."),
    ("R-106", _STATISTICS_2025, (V,),
     "No source lists monitoring visits after March 2025, and none the first of each cycle; their absence is not "
     "known."),
    ("R-107", _OURS, (V,),
     "Engagement meetings, self-evaluations, action planning visits, Ofsted's reply, notifications and deferrals are "
     "in no public list: until when they are known only an officer can say."),
)  # fmt: skip
"""By id, in order."""
