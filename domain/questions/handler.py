"""Carrying out commands about members' questions that are on no plan: load, seal, decide, hold to the right, save."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from domain import facts
from domain.authorities.handler import AuthorityHandler
from domain.authorities.succeeding import end_known
from domain.command import Act
from domain.facts import Told, stored_name
from domain.handler import carry_out
from domain.ledger.store import Ledger
from domain.people.commands import PeopleCommands
from domain.people.rights import must_be_allowed
from domain.plans.handler import PlanCommands
from domain.plans.stories import QuestionStory
from domain.questions.commands import AskAbout, AskedCommand, EraseAskedWords, QuestionsCommand
from domain.questions.policies import AskingCase
from domain.questions.questions import MemberQuestions
from domain.sealing import Sealing
from domain.values.errors import NotFound, RuleBroken

HANDED_OVER = stored_name(facts.QuestionsHandedOver)
"""Stored name of the fact that questions of an authority are another's to answer."""


@dataclass(frozen=True)
class QuestionDone:
    """A command about a question was carried out, now or when it was first sent. `question` is the one asked or
    answered, None where words were erased."""

    question: UUID | None
    position: int
    repeated: bool = False


class QuestionCommands:
    """Members' questions that are on no plan, as of now, and their commands.

    Whoever is on the roll may tell what `domain.people.rights` lets them; who is not is the machine's own."""

    def __init__(
        self,
        ledger: Ledger,
        authorities: AuthorityHandler,
        people: PeopleCommands,
        plans: PlanCommands,
        sealing: Sealing,
    ) -> None:
        self._ledger = ledger
        self._authorities = authorities
        self._people = people
        self._plans = plans
        self._sealing = sealing

    # --- what is known ----------------------------------------------------------------------------------------------

    def asked_of(self, urn: str) -> MemberQuestions:
        """What was asked of an authority. Raises NotFound where nothing was."""
        known = self._ledger.load(MemberQuestions, MemberQuestions.create_id(urn))
        if known is None:
            raise NotFound("No such question was asked of this authority.")
        return known

    def held_by(self, urn: str) -> Iterator[tuple[str, QuestionStory]]:
        """The questions that an authority answers, each with the URN of the authority it was asked of: its own, and
        those handed over to it."""
        for asked_of in dict.fromkeys((urn, *self._handed_over_to(urn))):
            known = self._ledger.load(MemberQuestions, MemberQuestions.create_id(asked_of))
            for question in known.state.challenges.values() if known is not None else ():
                if (question.passed_to or asked_of) == urn:
                    yield asked_of, question

    def open_questions(self, urn: str) -> list[tuple[str, QuestionStory]]:
        """Those of them that wait for an answer, the first due first."""
        waiting = (found for found in self.held_by(urn) if found[1].waits)
        return sorted(waiting, key=lambda found: (found[1].answer_by, found[1].id))

    def _handed_over_to(self, urn: str) -> Iterator[str]:
        for _, fact in self._ledger.read_facts(names=(HANDED_OVER,)):
            assert isinstance(fact, facts.QuestionsHandedOver)
            if fact.successor == urn:
                found = self._ledger.load(MemberQuestions, fact.originator_id)
                assert found is not None
                yield found.urn

    # --- commands ---------------------------------------------------------------------------------------------------

    def do(self, command: QuestionsCommand, *, by: Told) -> QuestionDone:
        """Carry a command out once. Raises RuleBroken, NotFound."""
        if isinstance(command, AskAbout):
            outcome = carry_out(self._ledger, by.command, partial(self._ask, command, by), what="the same questions")
            return QuestionDone(command.made(by.command), *outcome)
        keys = self._sealing.keys if isinstance(command, EraseAskedWords) else None
        outcome = carry_out(self._ledger, by.command, partial(self._tell, command, by), what="the same questions")
        if keys is not None:
            keys.destroy(self.asked_of(command.urn).state.erased)
        return QuestionDone(command.asked if isinstance(command, AskedCommand) else None, *outcome)

    def hand_over(
        self, urn: str, successor: str, questions: Collection[UUID], *, on: date, by: Told
    ) -> list[MemberQuestions]:
        """The streams that tell that these open questions, which `urn` answers, are another's to answer from now on:
        to be saved with what else is handed over. Raises RuleBroken for one that is not open, or not its own."""
        asked_of = {question.id: whose for whose, question in self.open_questions(urn)}
        if not asked_of.keys() >= set(questions):
            raise RuleBroken("Only questions that this authority has to answer, and that are open, can be handed over.")
        found = []
        for whose in dict.fromkeys(asked_of[name] for name in questions):
            known = self.asked_of(whose)
            passed = tuple(name for name in dict.fromkeys(questions) if asked_of[name] == whose)
            known.tell(partial(facts.QuestionsHandedOver, true_on=on, successor=successor, challenges=passed), by)
            found.append(known)
        return found

    def _ask(self, command: AskAbout, by: Told) -> list[MemberQuestions]:
        urn, about = command.urn, command.about
        authority = self._authorities.authority(urn)
        entry = authority.activity(about.entry) if about.entry is not None else None
        stream = MemberQuestions.create_id(urn)
        known = self._ledger.load(MemberQuestions, stream) or MemberQuestions.begin(urn, command.on, by)
        act = Act(by, self._sealing.words_of(command, stream, by))
        asked = AskingCase(about, command.on, authority.name, end_known(authority, command.on), entry)
        draft = command.decide(act, asked, self._plans.answer_days(urn))
        known.tell(draft, by)
        must_be_allowed(self._people.teller(by), urn, known.pending_events)
        return [known]

    def _tell(self, command: AskedCommand | EraseAskedWords, by: Told) -> list[MemberQuestions]:
        known = self.asked_of(command.urn)
        act = Act(by, self._sealing.words_of(command, known.id, by))
        known.tell(command.decide(known.state, act), by)
        holder = known.state.answered_by(command.asked) if isinstance(command, AskedCommand) else known.urn
        asked_by = {name: one.asked.by for name, one in known.state.challenges.items()}
        must_be_allowed(self._people.teller(by), holder, known.pending_events, asked_by=asked_by)
        return [known]
