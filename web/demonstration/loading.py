"""Loads the demonstration: an example of an action plan, of meetings on it and of questions, marked as made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from web.demo.meetings import tell_demo_meetings
from web.demo.plan import OFFICER, tell_demo_plan
from web.demo.questions import tell_demo_questions
from web.files.run import ImportReport, import_paths
from web.store.store import Store

HISTORY = Path(__file__).resolve().parent.parent / "demo" / "history.yaml"
"""What the five councils' own papers say: public facts, and findings that the example's actions answer."""


def load(
    store: Store, progress: Callable[[str, int, int], None] = lambda name, done, total: None
) -> tuple[ImportReport, bool, int]:
    """The history of five authorities and the examples on it, as of today; again, it changes nothing.

    Gives what the history did, whether there is an example of a plan, and how many questions were asked."""
    report = import_paths(store.application, [HISTORY], actor=OFFICER, reader=store.reader, progress=progress)
    store.projector.catch_up()
    at = datetime.now(UTC)
    if (plan := tell_demo_plan(store.application, at=at)) is not None:
        tell_demo_meetings(store.application, plan, at=at)
        store.projector.catch_up()
    if asked := tell_demo_questions(store.application, at=at):
        store.projector.catch_up()
    return report, plan is not None, asked
