"""The table of forms about plans: one for each command."""

from __future__ import annotations

from domain.plans.action_commands import ACTION_COMMANDS
from domain.plans.commands import PLAN_COMMANDS, PublishPlan
from domain.plans.question_commands import QUESTION_COMMANDS
from web.plans.command_table import ACTION_FORMS, PLAN_FORMS, QUESTION_FORMS


def test_every_command_about_an_action_has_a_form():
    assert sorted(form.code for form in ACTION_FORMS.values()) == sorted(each.code for each in ACTION_COMMANDS)


def test_every_command_about_a_plan_or_a_question_has_a_form():
    of_plans = {each for each in PLAN_COMMANDS if each is not PublishPlan}
    assert {form.sends for form in PLAN_FORMS.values()} == of_plans, "publishing has a page of its own"
    assert {form.sends for form in QUESTION_FORMS.values()} == set(QUESTION_COMMANDS)
