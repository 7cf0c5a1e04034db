"""What can be done with a plan by whoever looks at it: the few things done often, and the rest behind them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from projections.plans.answers import PlanAnswer
from web.plans import allowed_links
from web.plans.allowed_links import UPDATE_MANY, AllowedLink
from web.plans.command_table import PLAN_FORMS
from web.site import access
from web.site.list_filters import Narrowing
from web.site.reader import Asked


@dataclass(frozen=True)
class PlanTools:
    """Links under the heading of a plan; `add` is the address at which an action is added, nothing where it cannot."""

    often: tuple[AllowedLink, ...]
    seldom: tuple[AllowedLink, ...]
    add: str


def tools(answer: PlanAnswer, asked: Asked, wanted: Narrowing | None = None) -> PlanTools:
    """What whoever looks at a plan may do; files have the actions that the address leaves."""
    offers = allowed_links.for_plan(answer)
    add = [one for one in offers if one.label == PLAN_FORMS["action"].label]
    first = [one for one in offers if one.label == UPDATE_MANY]
    rest = [one for one in offers if one not in (*add, *first)]
    plan, urn = answer.head.id, answer.head.authority.urn
    often: list[AllowedLink] = []
    files: list[AllowedLink] = []
    if access.may("READS"):
        left = {**(wanted or Narrowing()).args(), **asked.address}
        often.append(AllowedLink("Committee report", url_for("pack.show", plan=plan, **asked.address)))
        files = [
            AllowedLink("Compare two days", url_for("compare.plan", plan=plan)),
            AllowedLink("Actions as Excel", url_for("sheets.workbook", plan=plan, **left)),
            AllowedLink("Actions as CSV", url_for("sheets.table", plan=plan, **left)),
        ]
        if access.may("RECORDS", urn):
            often.append(AllowedLink("Load a list", url_for("sheets.start", plan=plan)))
    return PlanTools((*first, *add, *often), (*rest, *files), add[0].address if add else "")
