"""One action's row in the grid: what is held, what was typed, which cells changed, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from wtforms import Field, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from domain.plans.stories import track_beside
from domain.values.plans import REPORTED, Progress, Track
from projections.plans.answers import ActionRow, StoryRow
from web.plans.action_forms import ProgressForm
from web.plans.form_base import figure
from web.site.fields import first_box, long_text
from web.words import plans as plan_words

SURE = [SelectChoice(value=one.value, label=plan_words.TRACKS[one]) for one in Track]
CELLS = ("progress", "track", "now")
"""The cells that begin with what is held."""


class ReportRow(ProgressForm):
    """A form of progress as a row: the day, the token and the command stand once, above and below all rows.

    `was` keeps what the cells held when the form was opened: only what differs from that was changed."""

    own = ("progress", "track", "now", "narrative")

    progress: SelectField = SelectField(
        "Progress",
        choices=[SelectChoice(value=one.value, label=plan_words.PROGRESS[one]) for one in REPORTED],
        validators=[InputRequired("Select how far it is.")],
    )
    track: SelectField = SelectField(
        "Confidence",
        choices=[SelectChoice(value="", label="Not said"), *SURE],
        validators=[Optional()],
    )
    now = figure("Measure now", hint="")
    narrative = long_text("What happened")
    was = HiddenField()

    def __init__(self, number: int) -> None:
        super().__init__(prefix=f"action-{number}-", meta={"csrf": False})
        del self.command
        del self.on

    def fill(self, action: ActionRow, left: Sequence[Progress]) -> None:
        """Begin with what is held, nothing typed."""
        self.see(action)
        self.progress.data, self.track.data, self.now.data = (self.was_said(name) for name in CELLS)
        self.narrative.data = None
        self.leave(left)

    def see(self, action: ActionRow) -> None:
        """The person sees this version: what they typed is news where it differs from it."""
        typed = self.progress.data, self.track.data
        self.look_again(action.version)
        self.track.data = None
        self.begin(action)
        self.was.data = _told(self.progress.data, self.track.data, action.now.text if action.now else "")
        self.progress.data, self.track.data = typed

    def leave(self, left: Sequence[Progress]) -> None:
        super().leave(left)
        if self.was_said("track"):
            self.track.choices = list(SURE)

    def was_said(self, name: str) -> str:
        """What a cell held when the form was opened."""
        return _cells(self.was.data or "").get(name, "")

    @property
    def changed(self) -> frozenset[str]:
        """The cells that say something else than when the form was opened; one that was emptied says nothing, nor does
        how sure one is of what is complete."""
        told = _cells(_told(self.progress.data, self.track.data, self.now.data))
        news = {name for name, said in told.items() if said and said != self.was_said(name)}
        return frozenset(news | ({"narrative"} if self.narrative.data else set()))

    def problems_of_cells(self) -> list[tuple[Field, str]]:
        """Each fault with the cell it is in."""
        return [(one, str(error)) for one in (*self.shown(), self.seen) for error in one.errors]

    def answers(self, number: int, on: date) -> str:
        """What tells this row from any other, for the id of its command."""
        told = _told(self.progress.data, self.track.data, self.now.data)
        return repr((number, on, self.seen.data, told, self.narrative.data or ""))


def _told(progress: str | None, track: str | None, now: str | None) -> str:
    """The three cells as one text; `|` stands in none of them."""
    known = next((one for one in Progress if one.value == progress), None)
    sure = next((one for one in Track if one.value == track), None)
    beside = track_beside(known, sure) if known else sure
    return "|".join((progress or "", beside.value if beside else "", (now or "").replace("|", "")))


def _cells(told: str) -> dict[str, str]:
    return dict(zip(CELLS, told.split("|"), strict=False))


@dataclass
class GridRow:
    """An action in the grid. `sent`: whether it stood in the form that was sent. `saved` is the number of its entry,
    `refusal` why it was not kept, `theirs` what somebody else told of it meanwhile, each with by whom; None
    where nobody did, and the version that was looked at is the one held."""

    action: ActionRow
    form: ReportRow
    own: bool
    sent: bool = False
    saved: int | None = None
    refusal: str = ""
    theirs: list[tuple[StoryRow, str]] | None = None

    @property
    def number(self) -> int:
        return self.action.number

    @property
    def failed(self) -> bool:
        return bool(self.refusal or self.theirs is not None or self.form.problems_of_cells())

    def command(self, sheet: UUID, on: date) -> UUID:
        """One id for what this row says in a form: sent twice it is told once."""
        return uuid5(sheet, self.form.answers(self.number, on))

    def was(self, name: str) -> str:
        """`at risk`: what a changed cell held, in words; nothing of one that did not change or held nothing."""
        if name not in self.form.changed:
            return ""
        held = self.form.was_said(name)
        words = {one.value: said for one, said in (*plan_words.PROGRESS.items(), *plan_words.TRACKS.items())}
        return words.get(held, held).lower()

    def problems(self) -> list[tuple[str, str]]:
        """Each fault with the id of the box it belongs to."""
        called = f"Action {self.number}: "
        found = [(first_box(one), called + _small(said)) for one, said in self.form.problems_of_cells()]
        changed = sorted(self.form.changed) or ["progress"]
        box = str(self.form[changed[0]].id)
        if self.theirs is not None:
            found.append((box, f"{called}somebody else changed it after you opened this page"))
        elif self.refusal:
            found.append((box, called + _small(self.refusal)))
        return found


def _small(said: str) -> str:
    return said[:1].lower() + said[1:]
