"""The five elements of the inspection system at one authority: the present cycle as one picture."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from domain.rulebook.elements.picture import Element
from web.authorities.command_table import RECORDS
from web.authorities.element_chart import element_charts
from web.meetings.timeline import told_to_ofsted
from web.site import reader
from web.words.elements import elements_shown

OF_THE_ELEMENTS = (
    "self-evaluation",
    "self-evaluation-answers",
    "engagement-meeting",
    "engagement-notes",
    "letter-received",
    "data-return",
    "focused-visit",
    "monitoring-visit",
    "jtai",
    "nothing-more",
)

RECORDS_OF = tuple((kind, RECORDS[kind].label) for kind in OF_THE_ELEMENTS)
"""The forms that tell of an element, with their labels."""

bp = Blueprint("elements", __name__, url_prefix="/authorities")


@bp.get("/<identifier>/system")
@reader.by_urn
def show(urn: str) -> Response:
    """Of each element what was done, is left and is not known; other identifiers redirect to the URN's address.

    What the authority said to Ofsted is shown to those with a role only."""
    asked = reader.asked()
    answer = reader.elements(urn, asked)
    picture = answer.picture
    shown = elements_shown(picture)
    page = render_template(
        "authorities/elements/page.html",
        asked=asked,
        moment=answer.moment,
        authority=picture.authority,
        five=shown,
        charts=element_charts(picture, shown),
        told=told_to_ofsted(
            (*picture.of(Element.SELF_EVALUATION).done, *picture.of(Element.ENGAGEMENT_MEETING).done), answer.moment
        ),
        records=RECORDS_OF,
    )
    return Response(page)
