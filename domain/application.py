"""The only door for writing: where the commands of each area meet."""

from __future__ import annotations

from contextlib import suppress
from typing import overload

from domain.authorities.announcing import AnnouncementCommands
from domain.authorities.commands import AuthorityCommands
from domain.authorities.element_commands import ElementCommands
from domain.authorities.handler import AuthorityHandler
from domain.authorities.identity_commands import IdentityCommands
from domain.authorities.interventions import InterventionCommands
from domain.authorities.other_inspections import OtherInspectionCommands
from domain.authorities.successions import SuccessionCommands
from domain.authorities.visit_topics import TopicCommands
from domain.duties.handing_on import Duties
from domain.facts import Told
from domain.files.importing import FileImport
from domain.ledger.erasure_keys import ErasureKeys
from domain.ledger.signing_key import SigningKey
from domain.ledger.store import Ledger
from domain.meetings.commands import ArrangeMeeting, MeetingCommand
from domain.meetings.handler import MeetingCommands, MeetingDone
from domain.people.commands import PeopleCommands
from domain.plans.base import PlanCommand
from domain.plans.commands import ChooseLabels, OpenPlan
from domain.plans.handler import PlanCommands, PlanDone
from domain.questions.commands import AskAbout, AskedCommand, EraseAskedWords, QuestionsCommand
from domain.questions.handler import QuestionCommands, QuestionDone
from domain.sealing import Sealing
from domain.values.errors import CommandAlreadyDone, ConcurrentChange


class Application:
    """Commands in, facts kept. Make one per process, after it was forked, and keep it.

    `keys` open and close erasable words; without them nothing about plans or meetings can be recorded."""

    def __init__(self, ledger: Ledger, keys: ErasureKeys | None = None) -> None:
        self.ledger = ledger
        self._sealing = Sealing(ledger, keys)
        histories = AuthorityHandler(ledger)
        self.people = PeopleCommands(ledger)
        self.authorities = AuthorityCommands(histories, self.people)
        self.elements = ElementCommands(histories, self.people, self._sealing)
        self.topics = TopicCommands(histories)
        self.interventions = InterventionCommands(histories)
        self.identities = IdentityCommands(histories, self.people)
        self.other_inspections = OtherInspectionCommands(histories)
        self.announcements = AnnouncementCommands(histories)
        self.successions = SuccessionCommands(histories, self.people)
        self.files = FileImport(histories)
        self.plans = PlanCommands(ledger, histories, self.people, self._sealing)
        self.questions = QuestionCommands(ledger, histories, self.people, self.plans, self._sealing)
        self.meetings = MeetingCommands(ledger, histories, self.people, self.plans, self.questions, self._sealing)
        self.duties = Duties(ledger, histories, self.people, self.plans, self.meetings, self.questions)

    @overload
    def do(self, command: OpenPlan | ChooseLabels | PlanCommand, *, by: Told) -> PlanDone: ...

    @overload
    def do(self, command: ArrangeMeeting | MeetingCommand, *, by: Told) -> MeetingDone: ...

    @overload
    def do(self, command: QuestionsCommand, *, by: Told) -> QuestionDone: ...

    def do(
        self,
        command: OpenPlan | ChooseLabels | PlanCommand | ArrangeMeeting | MeetingCommand | QuestionsCommand,
        *,
        by: Told,
    ) -> PlanDone | MeetingDone | QuestionDone:
        """Carry out a command that is a record. Raises RuleBroken where it is refused, in words safe to show."""
        if isinstance(command, ArrangeMeeting | MeetingCommand):
            return self.meetings.do(command, by=by)
        if isinstance(command, AskAbout | AskedCommand | EraseAskedWords):
            return self.questions.do(command, by=by)
        return self.plans.do(command, by=by)

    def apply_erasures(self) -> int:
        """Destroy again whatever the log says was erased: an old key table may have been put back. Gives how many keys
        there were."""
        return self._sealing.apply_erasures()

    def replace_signing_key(self, *, was: str, now: str, note: str, by: Told) -> None:
        """Another key signs the checkpoints from now on; `note` is the statement that both signed. Again: nothing."""
        key = SigningKey.replace(was=was, now=now, note=note, by=by)
        with suppress(CommandAlreadyDone, ConcurrentChange):
            self.ledger.save(key, command=by.command)
