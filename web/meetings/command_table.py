"""What may be recorded of a scrutiny meeting as it stands: one form and one command for each kind of fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.meetings import commands
from domain.meetings.commands import MeetingCommand
from projections.meetings.answers import MeetingRow
from web.meetings import forms


@dataclass(frozen=True)
class CommandForm:
    """One kind of record: its form, the command that it makes, and its words."""

    form: type[forms.AboutAMeeting]
    command: type[MeetingCommand]
    label: str

    def fits(self, row: MeetingRow) -> bool:
        """Whether the command would not be refused as the meeting stands."""
        return self.command in row.allowed


KINDS: Mapping[str, CommandForm] = {
    "held": CommandForm(forms.HeldForm, commands.HoldMeeting, "That it was held"),
    "view": CommandForm(forms.ViewForm, commands.FixView, "What the panel saw"),
    "question": CommandForm(forms.QuestionForm, commands.PutQuestion, "A question that was before it"),
    "resolution": CommandForm(forms.ResolutionForm, commands.Resolve, "A resolution"),
    "done": CommandForm(forms.DoneForm, commands.CarryOutResolution, "That a resolution was carried out"),
    "next-report": CommandForm(forms.NextReportForm, commands.SetNextReport, "When the next report is due"),
    "plans": CommandForm(forms.PlansForm, commands.ChooseMeetingPlans, "Which plans it looks at"),
    "moved": CommandForm(forms.MovedForm, commands.MoveMeeting, "That it is on another day"),
    "withdrawn": CommandForm(forms.WithdrawnForm, commands.WithdrawMeeting, "That it does not stand"),
}
"""By the last part of the address."""


def kinds_for(row: MeetingRow) -> list[tuple[str, str]]:
    """What may be recorded of a meeting as it stands: the name in the address, and its words."""
    return [(name, kind.label) for name, kind in KINDS.items() if kind.fits(row)]
