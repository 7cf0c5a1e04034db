"""The forms of members' questions that are on no plan: each makes the command that it is sent as."""

from __future__ import annotations

from uuid import UUID, uuid5

from flask import request

from domain.questions.commands import AnswerAsked, AskAbout, AskedCommand, WithdrawAsked
from domain.values.plans import AskedAbout
from web.plans.form_base import day_of, reason, true_on, words_in
from web.site.fields import command_of, long_text
from web.site.form_base import AsSeen, SmallForm
from web.words import dates


class OfQuestions(SmallForm):
    """A form whose answers are kept once at an address, however often they are sent."""

    button = "Record"

    def command_id(self) -> UUID:
        return uuid5(command_of(self), request.full_path)


class AskAboutForm(AsSeen, OfQuestions):
    """`seen` is the last event that the page counted when the form was opened."""

    own = ("question",)
    button = "Ask"

    question = long_text("What do you want to know?", asks="the question")

    def record(self, urn: str, about: AskedAbout) -> AskAbout:
        return AskAbout(urn=urn, about=about, question=words_in(self.question), on=dates.today())


class AskedForm(OfQuestions):
    """A form about a question that was asked."""

    def start(self) -> None:
        """Begin with what is known already."""

    def record(self, urn: str, question: UUID) -> AskedCommand:
        raise NotImplementedError


class AnswerAskedForm(AskedForm):
    own = ("answer", "on")
    button = "Answer"

    answer = long_text("What is the answer?", asks="the answer")
    on = true_on("When was it given?")

    def start(self) -> None:
        self.on.suggest(dates.today())

    def record(self, urn: str, question: UUID) -> AnswerAsked:
        return AnswerAsked(urn, question, answer=words_in(self.answer), on=day_of(self.on))


class WithdrawAskedForm(AskedForm):
    own = ("why",)
    button = "Withdraw the question"

    why = reason("why it is withdrawn")

    def record(self, urn: str, question: UUID) -> WithdrawAsked:
        return WithdrawAsked(urn, question, why=words_in(self.why), on=dates.today())
