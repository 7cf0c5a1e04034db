"""What may be recorded of a scrutiny meeting as it stands: one form and one command for each kind of fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.meetings.state import MeetingStage
from projections.meetings.answers import MeetingRow
from web.meetings import forms as meeting_forms


@dataclass(frozen=True)
class Kind:
    """One kind of record: its form, its command, its words, and the meetings it may be about."""

    form: type[meeting_forms.MeetingForm]
    command: str
    label: str
    fits: Callable[[MeetingRow], bool]


def _planned(row: MeetingRow) -> bool:
    return row.stage is MeetingStage.PLANNED


def _held(row: MeetingRow) -> bool:
    return row.stage is MeetingStage.HELD


def _live(row: MeetingRow) -> bool:
    return row.stage is not MeetingStage.WITHDRAWN


def _with_open_resolutions(row: MeetingRow) -> bool:
    return _held(row) and row.open_resolutions > 0


KINDS: Mapping[str, Kind] = {
    "held": Kind(meeting_forms.HeldForm, "hold_meeting", "That it was held", _planned),
    "view": Kind(meeting_forms.ViewForm, "fix_view", "What the panel saw", _live),
    "question": Kind(meeting_forms.QuestionForm, "put_question", "A question that was before it", _live),
    "resolution": Kind(meeting_forms.ResolutionForm, "resolve", "A resolution", _held),
    "done": Kind(
        meeting_forms.DoneForm, "carry_out_resolution", "That a resolution was carried out", _with_open_resolutions
    ),
    "next-report": Kind(meeting_forms.NextReportForm, "set_next_report", "When the next report is due", _held),
    "plans": Kind(meeting_forms.PlansForm, "choose_meeting_plans", "Which plans it looks at", _live),
    "moved": Kind(meeting_forms.MovedForm, "move_meeting", "That it is on another day", _planned),
    "withdrawn": Kind(meeting_forms.WithdrawnForm, "withdraw_meeting", "That it does not stand", _live),
}


def kinds_for(row: MeetingRow) -> list[tuple[str, str]]:
    """What may be recorded of a meeting as it stands: the name in the address, and its words."""
    return [(name, kind.label) for name, kind in KINDS.items() if kind.fits(row)]
