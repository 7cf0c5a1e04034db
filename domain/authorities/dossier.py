"""Everything sources and officers have said about one authority, gathered from its facts.

A `Dossier` is folded from the authority's stream, in order, and from the files that re-state what was already
known. It weighs nothing: `domain.authorities.reconciliation` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatchmethod
from hashlib import sha256
from itertools import chain, pairwise
from uuid import UUID, uuid5

from domain import facts
from domain.authorities.officer_statements import said_by
from domain.values.activities import Doubt
from domain.values.days import london_day
from domain.values.judgements import Judgements
from domain.values.statements import Channel, Citation, Family, Kind, Observation, Stated, Statement, by_hand

SHIPPED = "register"
"""The kind of source of what the product brings with it: whoever says better is heard before it."""

STATEMENTS = UUID("5d0c4d8e-8e4f-5c2b-9f1d-3f0f5b1c7a10")


def statement_id(observation: Observation) -> UUID:
    """One reading by one source has one id, whichever file brought it and in whatever order files came.

    Two documents that cite different papers for the same values are two sources."""
    said = observation.said
    parts = [observation.urn, observation.family.value, observation.channel.value, said.kind.value]
    parts += [f"{name}={_canonical(value)}" for name, value in said.stated.items()]
    if observation.about is not None:
        parts.append(str(observation.about))
    if observation.family is Family.SCRAPE:
        parts += sorted(citation.url for citation in observation.citations if citation.url)
    elif observation.channel is Channel.HISTORY_DOCUMENT:
        parts += sorted(f"{citation.title} {citation.url}" for citation in observation.citations)
    return uuid5(STATEMENTS, "\x1f".join(parts))


def _canonical(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Judgements):
        return ",".join(f"{area.value}:{grade.value}" for area, grade in value)
    if isinstance(value, tuple):
        between = "\x1d" if all(type(one) is int for one in value) else "\x1e"
        return between.join(map(_canonical, value))
    return str(getattr(value, "value", None) or getattr(value, "text", None) or value)


@dataclass(frozen=True)
class ComparedFindings:
    """What an officer said of two findings: `text` of the entry `one`, `earlier_text` of the entry `earlier`."""

    one: UUID
    earlier: UUID
    text: str
    earlier_text: str
    same: bool
    reason: str | None


def _later_counts(fact: facts.SourceStated) -> bool:
    return fact.family is Family.OFSTED_DOCUMENT or by_hand(fact.family, fact.channel)


class Dossier:
    """What has been said about one authority's activities, and what officers ruled about the sayings."""

    def __init__(self, urn: str) -> None:
        self.urn = urn
        self.statements: dict[UUID, Statement] = {}
        self.doubted_alone: dict[UUID, tuple[Doubt, ...]] = {}
        self._rulings: dict[tuple[UUID, UUID], tuple[bool, str | None]] = {}
        self.withdrawn: dict[UUID, str] = {}
        self.withdrawn_together: list[tuple[UUID, UUID]] = []
        self._kinds: dict[UUID, Kind] = {}
        self.compared: dict[tuple[str, str], ComparedFindings] = {}
        self._rows: set[bytes] = set()

    def apply(self, fact: facts.Fact) -> None:
        """Take in one fact of the authority's own stream, in stream order; facts about its identity say nothing."""
        self._apply(fact)

    def restate(self, statement: UUID, *, read_on: date, edition: date | None) -> bool:
        """A later reading says the same again; the newest day and edition count. Older ones change nothing.

        Gives whether anything changed."""
        known = self.statements[statement]
        newest_edition = max((e for e in (known.edition, edition) if e is not None), default=None)
        if read_on <= known.read_on and newest_edition == known.edition:
            return False
        self.statements[statement] = replace(known, read_on=max(known.read_on, read_on), edition=newest_edition)
        return True

    @property
    def same(self) -> list[tuple[UUID, UUID]]:
        """Pairs that an officer found to be one activity; the latest ruling on a pair counts."""
        return [pair for pair, (one, _) in self._rulings.items() if one]

    @property
    def apart(self) -> list[tuple[UUID, UUID]]:
        """Pairs that an officer found to be two activities."""
        return [pair for pair, (one, _) in self._rulings.items() if not one]

    def ruled(self) -> Iterator[tuple[UUID, UUID, bool, str | None]]:
        """Every ruling in force: the pair, whether it is one activity, and the reason given."""
        for (one, other), (same, reason) in self._rulings.items():
            yield one, other, same, reason

    def kind_of(self, activity: UUID) -> Kind | None:
        """What an activity id stands for: an officer's own entry, or the statement of a source; None if unknown."""
        known = self._kinds.get(activity)
        if known is not None:
            return known
        statement = self.statements.get(activity)
        return None if statement is None else statement.said.kind

    def unknown(self, observations: Iterable[Observation]) -> list[Observation]:
        """Those observations that no statement says yet, each once."""
        seen = set(self.statements)
        fresh = []
        for observation in observations:
            identity = statement_id(observation)
            if identity not in seen:
                seen.add(identity)
                fresh.append(observation)
        return fresh

    # --- what each fact says ---------------------------------------------------------------------------------------

    @singledispatchmethod
    def _apply(self, fact: facts.Fact) -> None:
        raise TypeError(f"A dossier does not know the fact {type(fact).__name__}.")

    @_apply.register(facts.AuthorityRegistered)
    @_apply.register(facts.AuthorityRenamed)
    @_apply.register(facts.AuthorityRecoded)
    @_apply.register(facts.AuthorityFormed)
    @_apply.register(facts.AuthoritySucceeded)
    @_apply.register(facts.AuthorityAbolished)
    def _identity(self, fact: facts.Fact) -> None:
        """Who the authority is, not what happened to it."""

    @_apply.register(facts.EngagementTopicsNoted)
    @_apply.register(facts.NextEngagementMeetingSet)
    @_apply.register(facts.EngagementWordsErased)
    @_apply.register(facts.SelfEvaluationAnswered)
    @_apply.register(facts.EngagementAgendaNoted)
    @_apply.register(facts.DutiesHandedOver)
    @_apply.register(facts.DutiesTakenOver)
    def _noted(self, fact: facts.Fact) -> None:
        """What is not public, or is about plans and people, states nothing of the history: others answer it."""

    @_apply.register
    def _(self, fact: facts.SourceStated) -> None:
        self.statements[fact.statement] = Statement(
            id=fact.statement,
            family=fact.family,
            channel=fact.channel,
            said=fact.said,
            source=fact.source,
            read_on=fact.source.read_on or london_day(fact.timestamp),
            edition=fact.edition,
            about=fact.about,
            citations=fact.citations,
            verbatim=fact.verbatim,
            order=fact.originator_version if _later_counts(fact) or self._is_read_anew(fact) else 0,
            reason=fact.reason,
        )
        if fact.about is not None and fact.about not in self.statements:
            self._kinds.setdefault(fact.about, fact.said.kind)

    def _is_read_anew(self, fact: facts.SourceStated) -> bool:
        """Whether the very cells of this row were read before: a reader that has learned finds something else in them.

        One reader finds one thing in a row, so the order of files cannot show here."""
        if not fact.verbatim.cells:
            return False
        row = sha256("\x1f".join((fact.channel.value, *chain(*fact.verbatim.cells))).encode()).digest()
        anew = row in self._rows
        self._rows.add(row)
        return anew

    @_apply.register
    def _(self, fact: facts.DisagreementSettled) -> None:
        self._officer_says(fact, fact.activity, fact.said, family=Family.SETTLEMENT)

    @_apply.register
    def _(self, fact: facts.EntriesRecognisedAsOne) -> None:
        self._rulings[min(fact.one, fact.other), max(fact.one, fact.other)] = (True, fact.reason)

    @_apply.register
    def _(self, fact: facts.EntriesRecognisedAsDistinct) -> None:
        self._rulings[min(fact.one, fact.other), max(fact.one, fact.other)] = (False, fact.reason)

    @_apply.register
    def _(self, fact: facts.FindingsCompared) -> None:
        """It states nothing of the entry: what its report says stays as it is."""
        self.compared[fact.text, fact.earlier_text] = ComparedFindings(
            fact.activity, fact.earlier, fact.text, fact.earlier_text, fact.same, fact.reason
        )

    @_apply.register
    def _(self, fact: facts.EntryWithdrawn) -> None:
        self.withdrawn.update(dict.fromkeys(fact.statements, fact.reason or ""))
        self.withdrawn_together += pairwise(fact.statements)

    @_apply.register
    def _(self, fact: facts.EntryFact) -> None:
        said = said_by(fact, self.kind_of(fact.activity))
        corrects = isinstance(fact, facts.JudgementCorrected | facts.DateCorrected) or (
            isinstance(fact, facts.SuccessionAnnounced) and self.kind_of(fact.activity) is not None
        )
        if fact.source.kind == SHIPPED:
            self._says(fact, fact.activity, said, family=Family.OTHER, channel=Channel.REGISTER)
        else:
            self._officer_says(fact, fact.activity, said, corrects=corrects)

    # --- how an officer's fact becomes a statement ------------------------------------------------------------------

    def _officer_says(
        self,
        fact: facts.Fact,
        activity: UUID,
        said: Stated,
        *,
        family: Family = Family.REPORT_IN_HAND,
        corrects: bool = False,
    ) -> None:
        self._says(fact, activity, said, family=family, channel=Channel.FORM, corrects=corrects)

    def _says(
        self,
        fact: facts.Fact,
        activity: UUID,
        said: Stated,
        *,
        family: Family,
        channel: Channel,
        corrects: bool = False,
    ) -> None:
        identity = uuid5(fact.originator_id, str(fact.originator_version))
        if activity not in self.statements:
            self._kinds.setdefault(activity, said.kind)
        self.statements[identity] = Statement(
            id=identity,
            family=family,
            channel=channel,
            said=said,
            source=fact.source,
            read_on=fact.source.read_on or london_day(fact.timestamp),
            about=activity,
            citations=_linked(fact),
            order=fact.originator_version,
            reason=fact.reason,
            corrects=corrects,
        )


def _linked(fact: facts.Fact) -> tuple[Citation, ...]:
    """The address of a report that the fact itself names, where it is not that of its source."""
    link = fact.link if isinstance(fact, facts.OtherInspectionHeld) else None
    return (Citation(fact.source.title, link),) if link is not None and link != fact.source.reference else ()
