"""Forms of visits and joint inspections, each with its letter where that is published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wtforms import BooleanField
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange, Optional

from domain.application import Application
from domain.authorities.handler import Done
from domain.authorities.monitoring_number import next_monitoring_number
from domain.facts import Publisher, Told
from domain.rulebook.themes.joint import ROUNDS
from domain.rulebook.themes.topics import TOPICS
from domain.values.activities import Activity
from web.authorities.recording_forms import ONE_PER_LINE, PUBLISHERS, RecordForm, first_day, last_day, published
from web.site.fields import DateInput, OnePerLine, Several, WholeNumber, choice, day_if_any, day_of, plain_text, text

FOCUSES = [row.words.lower() for row in TOPICS]
THEMES = list(dict.fromkeys(one.theme.words for one in reversed(ROUNDS)))
"""What a browser offers for a focus and for a theme; any words will do."""


def topics_field() -> Several:
    return Several(
        "Which topics is that? (optional)",
        description="Told from the words of its focus where you choose none (R-037)",
        choices=[SelectChoice(value=row.code, label=row.words) for row in TOPICS],
    )


class FocusedVisitForm(RecordForm):
    heading = "a focused visit"
    own = ("started_on", "ended_on", "focus", "topics", "priority_actions", "improvements", "published_on", "assurance")

    started_on = first_day()
    ended_on = last_day()
    focus = text("What was its focus? (optional)", hint="In the letter’s own words", render_kw={"suggested": FOCUSES})
    topics = topics_field()
    priority_actions = OnePerLine(
        "Areas for priority action (optional)",
        description=ONE_PER_LINE,
        validators=[plain_text],
    )
    improvements = OnePerLine(
        "Areas for improvement (optional)",
        description=ONE_PER_LINE,
        validators=[plain_text],
    )
    published_on = published("Letter published (optional)", "the day the letter was published")
    assurance = BooleanField("It was an assurance visit of the COVID round, 2020 to 2021")

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.record_focused_visit(
            urn,
            started_on=day_of(self.started_on),
            ended_on=day_if_any(self.ended_on),
            focus=self.focus.data or None,
            topics=self.topics.data or (),
            priority_actions=self.priority_actions.lines,
            improvements=self.improvements.lines,
            published_on=day_if_any(self.published_on),
            assurance=self.assurance.data,
            by=by,
        )


class MonitoringVisitForm(RecordForm):
    heading = "a monitoring visit"
    own = ("started_on", "ended_on", "number", "focus", "published_on", "publisher")

    started_on = first_day()
    ended_on = last_day()
    number = WholeNumber(
        "Which visit was it? (optional)",
        asks="the number of the visit",
        description="1 for the first after the inadequate report. Proposed: one more than is recorded here",
        validators=[Optional(), NumberRange(min=1, max=30, message="Enter a number from 1 to 30.")],
    )
    focus = text("What was its focus? (optional)")
    published_on = published("Letter published (optional)", "the day the letter was published")
    publisher = choice(
        "Who published the letter? (optional)", PUBLISHERS, hint="Ofsted does not publish the first letter (R-046)"
    )

    def propose(self, held: Sequence[Activity], on: date) -> None:
        self.number.data = next_monitoring_number(held, on)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.record_monitoring_visit(
            urn,
            started_on=day_of(self.started_on),
            ended_on=day_if_any(self.ended_on),
            number=self.number.data,
            focus=self.focus.data or None,
            published_on=day_if_any(self.published_on),
            publisher=Publisher(self.publisher.data or Publisher.OFSTED.value),
            by=by,
        )


class JointInspectionForm(RecordForm):
    heading = "a joint targeted area inspection"
    own = ("started_on", "ended_on", "theme", "published_on", "statement_due", "priority_actions", "improvements")

    started_on = first_day()
    ended_on = last_day()
    theme = text(
        "What was its theme? (optional)",
        hint="In the letter’s own words. Its theme in the list is told from them (R-068)",
    )
    published_on = published("Letter published (optional)", "the day the letter was published")
    statement_due = DateInput("Joint statement of action due (optional)", asks="the day the statement is due")
    priority_actions = OnePerLine(
        "Areas for priority action (optional)", description=ONE_PER_LINE, validators=[plain_text]
    )
    improvements = OnePerLine("Areas for improvement (optional)", description=ONE_PER_LINE, validators=[plain_text])

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.record_joint_inspection(
            urn,
            started_on=day_of(self.started_on),
            ended_on=day_if_any(self.ended_on),
            theme=self.theme.data or None,
            published_on=day_if_any(self.published_on),
            statement_due=day_if_any(self.statement_due),
            priority_actions=self.priority_actions.lines,
            improvements=self.improvements.lines,
            by=by,
        )


class ActionPlanningVisitForm(RecordForm):
    heading = "an action planning visit"
    own = ("held_on",)

    held_on = DateInput(
        "When was it held?",
        asks="when it was held",
        required=True,
        hint="The meeting after an inadequate report. It is not graded, and nothing of it is published (R-040)",
    )

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.record_action_planning_visit(urn, held_on=day_of(self.held_on), by=by)
