"""Every kind of event as a plain sentence.

Texts that can be erased are in no sentence: pages show them beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import singledispatch
from typing import Any

from domain import facts
from domain.facts import Fact
from domain.values.activities import Activity
from domain.values.plans import Basis
from domain.values.roles import Scope
from domain.values.statements import Stated
from domain.values.words import listed, on_site_in_words
from projections.plans.action import sentence as of_an_action
from web.words import words
from web.words.event_values import NOTHING, days, ended, names, on_day, ruled, stated, value
from web.words.file_formats import file_format
from web.words.looked_at import TOPIC_WORDS
from web.words.people_names import reach
from web.words.summary import called

DATES = {
    facts.DateKind.START: "first day on site",
    facts.DateKind.END: "last day on site",
    facts.DateKind.PUBLISHED: "date of publication",
}
CODES = {"gss_code": "GSS code", "gss": "GSS code", "la_number": "LA number", "urn": "number with Ofsted"}
BASES = {
    Basis.GRADED_REPORT: "a graded report",
    Basis.FOCUSED_VISIT_LETTER: "the letter of a focused visit",
    Basis.JTAI_LETTER: "the letter of a joint inspection",
}
PUBLISHERS = {facts.Publisher.OFSTED: "Ofsted", facts.Publisher.COUNCIL: "the council"}


SENTENCES: Mapping[type[Fact], str] = {
    facts.AuthorityRegistered: "The history of {name} was begun.",
    facts.AuthorityRenamed: "The authority took the name {name} on {effective_on}.",
    facts.AuthorityAbolished: "The authority ceased to exist on {abolished_on}.",
    facts.TrustStarted: "The trust {name} began to run services on {started_on}.",
    facts.TrustEnded: "The trust ceased to run services on {ended_on}.",
    facts.CallWithdrawn: "Ofsted took the call back on {withdrawn_on}.",
    facts.FieldworkPaused: "The inspection was broken off; the last day on site before the break was {paused_on}.",
    facts.FieldworkResumed: "The inspection was resumed on {resumed_on}.",
    facts.SuccessionCancelled: "It was announced on {cancelled_on} that the authority does not end.",
    facts.SelfEvaluationAnswered: "What the self-evaluation says to the three questions was noted.",
    facts.EngagementAgendaNoted: "The agenda of the engagement meeting was noted.",
    facts.DataReturned: "A data return was made on {returned_on}.",
    facts.FieldworkEnded: "Inspectors were on site for the last day on {ended_on}.",
    facts.ReportReceived: "The report arrived on {received_on}.",
    facts.EntryWithdrawn: "The entry was withdrawn; it stays visible, struck out.",
    facts.ActionPlanningVisitHeld: "Action planning visit on {held_on}.",
    facts.LetterReceived: "The letter arrived on {received_on}.",
    facts.PriorityActionResolved: "The priority action was found resolved on {resolved_on}.",
    facts.EngagementLetterReceived: "Ofsted’s letter on the engagement meeting arrived on {received_on}.",
    facts.ActionPlanDueDateSet: "The action plan was stated to be due on {due_on}.",
    facts.ActionPlanDueDateCorrected: "The stated due date of the action plan was corrected.",
    facts.ActionPlanSubmitted: "The action plan was submitted on {submitted_on}.",
    facts.ActionPlanReplyReceived: "Ofsted’s reply to the action plan arrived on {received_on}.",
    facts.ImprovementNoticeIssued: "The Department for Education issued an improvement notice on {issued_on}.",
    facts.StatutoryDirectionIssued: "The Secretary of State gave a statutory direction on {issued_on}.",
    facts.CommissionerAppointed: "A commissioner was appointed on {appointed_on}.",
    facts.InterventionLifted: "Government intervention was lifted on {lifted_on}.",
    facts.EntriesRecognisedAsOne: "Two entries were recognised as one activity.",
    facts.EntriesRecognisedAsDistinct: "Statements taken for one activity were recognised as two.",
    facts.RollBegun: "The roll of people was begun.",
    facts.PersonRegistered: "A person was added.",
    facts.PersonDisabled: "A person was shut out.",
    facts.PersonReinstated: "A person was let in again.",
    facts.SigningKeyReplaced: "Another key signs the checkpoints of this history from now on.",
    facts.PlanOpeningCorrected: "The plan was said to have been opened on {now}, not on {was}.",
    facts.PlanReceiptSet: "The report or letter was said to have arrived on {now}.",
    facts.PlanDueDateStated: "The plan was stated to be due on {now}.",
    facts.PlanClosed: "The plan was closed.",
    facts.PlanReopened: "The plan was opened again.",
    facts.PlanPublished: "The plan was published here as it stood.",
    facts.QuestionsOpened: "A member asked about the authority for the first time.",
    facts.LetterNotPublished: "The letter on the visit is not made public.",
    facts.ScrutinyMeetingMoved: "The scrutiny meeting was moved from {was} to {now}.",
    facts.ScrutinyMeetingHeld: "The scrutiny meeting was held on {true_on}.",
    facts.PanelViewFixed: "It was fixed what the panel saw: the plan as it was on {as_at}.",
    facts.QuestionPutToMeeting: "A member’s question was put to the scrutiny meeting.",
    facts.ResolutionCarriedOut: "Resolution {resolution} was carried out.",
    facts.NextReportSet: "The next report to the committee was set for {due_on}.",
    facts.ScrutinyMeetingWithdrawn: "The scrutiny meeting was withdrawn; it stays visible, struck out.",
}
"""What happened, where a sentence has a blank for each thing it says; the others are functions below."""


@singledispatch
def said(fact: Any) -> str:
    """What happened, in one sentence. A fact about an action or a question is told as its own page tells it; one of a
    kind without a sentence is told by its kind."""
    if (known := SENTENCES.get(type(fact))) is not None:
        return known.format_map({name: value(of) for name, of in vars(fact).items()})
    try:
        told = of_an_action(fact)
    except TypeError:
        return f"An event of kind {type(fact).__name__} was recorded."
    number = getattr(fact, "action", None)
    return told if number is None else f"Action {number}: {told[0].lower()}{told[1:]}"


@said.register
def _(fact: facts.OtherInspectionHeld) -> str:
    held = Stated(
        fact.kind,
        start=fact.started_on,
        end=fact.ended_on,
        published=fact.published_on,
        title=fact.title,
        inspectorate=fact.inspectorate,
        outcome=fact.outcome,
        ratings=fact.ratings,
    )
    return f"{words.sentence(stated(held))}."


OF_THE_NAMED: Mapping[type[Fact], str] = {
    facts.EntryWithdrawn: "withdrawn; it stays visible, struck out.",
    facts.EntriesRecognisedAsOne: "recognised as one activity.",
    facts.EntriesRecognisedAsDistinct: "its statements were recognised as speaking of two activities.",
}
"""What happened to an entry that is named before it."""


@said.register
def _(fact: facts.FindingsCompared) -> str:
    verdict = "raised before" if fact.same else "not raised before"
    return f"A finding was said to have been {verdict}: “{fact.text}” beside “{fact.earlier_text}”."


def said_of(fact: Any, about: Sequence[Activity]) -> str:
    """What happened, in one sentence that begins with the entries it is about, where they are known."""
    if not about:
        return said(fact)
    called = [f"{words.title(one)}, {words.happened(one)}" for one in about]
    named = f"Two entries, each {words.small(called[0])}" if len(called) > len({*called}) else " and ".join(called)
    if isinstance(fact, facts.DisagreementSettled):
        values = "; ".join(f"{label} {held}" for label, held, _ in ruled(fact.said, about[0]))
        return f"{named}: a disagreement between sources was settled: {values}."
    return f"{named}: {OF_THE_NAMED.get(type(fact)) or words.small(said(fact))}"


# --- the authority --------------------------------------------------------------------------------------------------


@said.register
def _(fact: facts.AuthorityRecoded) -> str:
    return f"The authority’s {CODES.get(fact.scheme, fact.scheme)} changed on {words.day(fact.effective_on)}."


@said.register
def _(fact: facts.AuthorityFormed) -> str:
    ahead = fact.formed_on > words.day_of(fact.timestamp)
    formed = "is to be formed" if ahead else "was formed"
    return f"The authority {formed} on {words.day(fact.formed_on)} in place of {names(fact.predecessors)}."


@said.register
def _(fact: facts.SuccessionAnnounced) -> str:
    follow = f"{names(fact.successors)} {'follows' if len(fact.successors) == 1 else 'follow'}"
    said_on, ends_on = words.day(fact.announced_on), words.day(fact.ends_on)
    return f"It was announced on {said_on} that the authority ends on {ends_on}; {follow} it."


@said.register
def _(fact: facts.AuthoritySucceeded) -> str:
    return f"Its services passed to {names(fact.successors)} on {words.day(fact.succeeded_on)}."


# --- inspections, visits and letters --------------------------------------------------------------------------------


@said.register
def _(fact: facts.InspectionNotified) -> str:
    visit = f": {words.small(words.KINDS[fact.visit])}" if fact.visit is not None else _variant(fact.kind)
    expected = ""
    if fact.expected_start is not None:
        expected = f", on site {words.span(fact.expected_start, fact.expected_end)}"
    return f"Ofsted told the authority on {words.day(fact.notified_on)} that inspectors will come{visit}{expected}."


@said.register
def _(fact: facts.PeriodsOnSiteRecorded) -> str:
    return f"Inspectors were on site {on_site_in_words(None, None, fact.periods)}."


@said.register
def _(fact: facts.FieldworkStarted) -> str:
    return f"Inspectors were on site from {words.day(fact.started_on)}{_variant(fact.kind)}."


def _variant(kind: Any) -> str:
    return f": {words.VARIANTS[kind].lower()}" if kind is not None else ""


@said.register
def _(fact: facts.ReportPublished) -> str:
    grades = value(fact.judgements)
    told = f" Judgements: {grades}." if grades and grades != NOTHING else ""
    return f"Ofsted published the report on {words.day(fact.published_on)}.{told}"


@said.register
def _(fact: facts.JudgementCorrected) -> str:
    return f"The judgement on {words.small(words.AREAS[fact.area])} was corrected."


@said.register
def _(fact: facts.DateCorrected) -> str:
    return f"The {DATES[fact.which]} was corrected."


@said.register
def _(fact: facts.FocusedVisitHeld) -> str:
    return f"Focused visit {days(fact.started_on, fact.ended_on)}{_topic(fact.focus)}."


@said.register
def _(fact: facts.FocusedVisitTopicsChosen) -> str:
    return (
        f"What the focused visit looked at: {listed([words.small(TOPIC_WORDS.get(one, one)) for one in fact.topics])}."
    )


@said.register
def _(fact: facts.AssuranceVisitHeld) -> str:
    return f"Assurance visit {days(fact.started_on, fact.ended_on)}{_topic(fact.focus)}."


@said.register
def _(fact: facts.MonitoringVisitHeld) -> str:
    number = f" {fact.number}" if fact.number else ""
    return f"Monitoring visit{number} {days(fact.started_on, fact.ended_on)}{_topic(fact.focus)}."


@said.register
def _(fact: facts.JointInspectionHeld) -> str:
    return f"Joint targeted area inspection {days(fact.started_on, fact.ended_on)}{_topic(fact.theme)}."


def _topic(topic: str | None) -> str:
    return f": {topic}" if topic else ""


@said.register
def _(fact: facts.LetterPublished) -> str:
    return f"The letter was published by {PUBLISHERS[fact.publisher]} on {words.day(fact.published_on)}."


@said.register
def _(fact: facts.AreaForImprovementFound) -> str:
    return f"To improve: {ended(fact.text)}"


@said.register
def _(fact: facts.AreaForPriorityActionFound) -> str:
    return f"For priority action: {ended(fact.text)}"


# --- the yearly cycle, the plan's dates, government -----------------------------------------------------------------


@said.register
def _(fact: facts.SelfEvaluationShared) -> str:
    return f"The self-evaluation was shared with Ofsted{on_day(fact.shared_on, fact.period)}."


@said.register
def _(fact: facts.EngagementMeetingHeld) -> str:
    return f"Engagement meeting with Ofsted{on_day(fact.held_on, fact.period)}."


@said.register
def _(fact: facts.EngagementTopicsNoted) -> str:
    looked_at = {
        None: "",
        True: "; the self-evaluation was looked at",
        False: "; the self-evaluation was not looked at",
    }
    return f"It was noted what the engagement meeting was about{looked_at[fact.self_evaluation]}."


@said.register
def _(fact: facts.NextEngagementMeetingSet) -> str:
    return f"The next engagement meeting with Ofsted is to be held{on_day(fact.next_on, fact.period)}."


# --- what sources say, and what officers ruled ----------------------------------------------------------------------


@said.register
def _(fact: facts.SourceStated) -> str:
    return f"{words.FAMILIES[fact.family]}, {words.CHANNELS[fact.channel]}: {stated(fact.said)}."


@said.register
def _(fact: facts.DisagreementSettled) -> str:
    return f"A disagreement between sources was settled: {stated(fact.said)}."


# --- files, people, the log -----------------------------------------------------------------------------------------


@said.register
def _(fact: facts.FileOpened) -> str:
    return f"The import of the file {fact.name} began ({file_format(fact.layout)})."


@said.register
def _(fact: facts.FileRead) -> str:
    rows, again = words.count(fact.rows, "row"), words.count(len(fact.restated), "statement")
    return f"A file was read as of {words.day(fact.read_on)}: {rows}, {fact.rejected:,} rejected, {again} said again."


@said.register
def _(fact: facts.SourcesChecked) -> str:
    some = f" of {words.count(len(fact.urns), 'authority', 'authorities')}" if fact.urns else ""
    whose = some if fact.urn is None else " of this authority"
    return f"Sources were checked: all {called(fact.kinds)}{whose} public by {words.day(fact.checked_on)} are held."


@said.register
def _(fact: facts.DocumentRead) -> str:
    paragraphs = words.count(sum(len(section.paragraphs) for section in fact.sections), "paragraph")
    part = "" if fact.last and fact.part == 1 else f", part {fact.part}"
    return f"{words.DOCUMENTS[fact.kind]} was read, {words.count(fact.pages, 'page')}{part}: {paragraphs} kept."


@said.register
def _(fact: facts.RoleProposed) -> str:
    return f"It was proposed to make a person {words.ROLES[fact.role].lower()}."


@said.register
def _(fact: facts.RoleGranted) -> str:
    whom = reach(Scope(fact.authorities, fact.national))
    return f"A person was given the role {words.ROLES[fact.role].lower()}{f' for {whom}' if whom else ''}."


@said.register
def _(fact: facts.RoleWithdrawn) -> str:
    return f"The role {words.ROLES[fact.role].lower()} was taken back from a person."


# --- plans as a whole -----------------------------------------------------------------------------------------------


@said.register
def _(fact: facts.PlanOpened) -> str:
    findings = words.count(len(fact.findings), "finding")
    return f"An action plan was opened on {BASES[fact.basis]} with {findings}{_example(fact)}."


def _example(fact: Any) -> str:
    return ", an example made up for the demonstration" if fact.example else ""


@said.register
def _(fact: facts.PlanFindingsAdded) -> str:
    return f"The plan took in {words.count(len(fact.findings), 'further finding')}."


@said.register
def _(fact: facts.PlanSubmitted) -> str:
    return f"The {fact.stage.value} plan went to Ofsted."


@said.register
def _(fact: facts.PlanReplyReceived) -> str:
    if fact.reflects is None:
        return "Ofsted replied to the plan."
    return f"Ofsted replied that the plan {'reflects' if fact.reflects else 'does not reflect'} the findings."


@said.register(facts.WordsErased)
@said.register(facts.MeetingWordsErased)
@said.register(facts.EngagementWordsErased)
def _(fact: Any) -> str:
    return f"The words of {words.count(len(fact.subjects), 'saying')} were erased for good."


@said.register
def _(fact: facts.DutiesHandedOver) -> str:
    day = words.day(fact.handed_on)
    if fact.instead_of is None:
        return f"What was open was handed over to a successor on {day}."
    mistaken, now = names([fact.instead_of]), names([fact.successor])
    return f"What was handed over to {mistaken} by mistake was handed on to {now} on {day}."


@said.register
def _(fact: facts.DutiesTakenOver) -> str:
    instead = f"; {names([fact.instead_of])} had it by mistake" if fact.instead_of is not None else ""
    return f"What was open was taken over from a predecessor on {words.day(fact.handed_on)}{instead}."


@said.register(facts.PlanHandedOver)
@said.register(facts.MeetingHandedOver)
def _(fact: Any) -> str:
    what = "plan" if isinstance(fact, facts.PlanHandedOver) else "meeting"
    if fact.instead_of is None:
        return f"The {what} was handed over to the authority with the number {fact.successor}."
    return f"The {what} was handed on to {names([fact.successor])}; {names([fact.instead_of])} had it by mistake."


@said.register
def _(fact: facts.QuestionsHandedOver) -> str:
    asked = words.count(len(fact.challenges), "question")
    return f"From now on {names([fact.successor])} answers {asked} asked of the authority, which has ended."


@said.register
def _(fact: facts.PlanConventionsChosen) -> str:
    labels = words.count(len(fact.labels), "label")
    return f"The authority chose {labels} of its own and {fact.answer_days} clear days for answers to questions."


# --- scrutiny meetings ----------------------------------------------------------------------------------------------


@said.register
def _(fact: facts.ScrutinyMeetingArranged) -> str:
    plans = f" with {words.count(len(fact.plans), 'plan')} to look at" if fact.plans else ""
    arranged = f"A scrutiny meeting was arranged for {words.day(fact.day)}{plans}{_example(fact)}"
    return f"{arranged}: {ended(fact.committee)}"


@said.register
def _(fact: facts.MeetingPlansChosen) -> str:
    return f"The scrutiny meeting is to look at {words.count(len(fact.plans), 'plan')}."


@said.register
def _(fact: facts.ResolutionMade) -> str:
    due = f", due on {words.day(fact.due_on)}" if fact.due_on is not None else ""
    owner = f" for {fact.owner}" if fact.owner else ""
    return f"The scrutiny meeting made resolution {fact.resolution}{owner}{due}."
