"""The table of the work on plans: a form for each command."""

from __future__ import annotations

from domain.plans.action_commands import ACTION_COMMANDS
from web.plans.command_table import ACTION_WORK


def test_every_command_about_an_action_has_a_form():
    assert sorted(work.command for work in ACTION_WORK.values()) == sorted(each.code for each in ACTION_COMMANDS)
