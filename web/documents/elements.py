"""The five elements of the system as JSON: of each what was done, what is left, and what is not known."""

from __future__ import annotations

from domain.rulebook.elements.goes_in import GOES_IN, last_returns
from domain.rulebook.elements.picture import ElementNow
from domain.values.activities import Activity
from projections.engine.answers import ElementsAnswer
from web.documents.authorities import Document, authority_document, day_or_none, expectation_document
from web.documents.window import CONFIDENCES


def elements_document(answer: ElementsAnswer) -> Document:
    """What an authority and Ofsted told each other in confidence is in no document."""
    picture, moment = answer.picture, answer.moment
    newest = last_returns(picture.returns)
    return {
        "authority": authority_document(picture.authority),
        "as_at": moment.as_at.isoformat(),
        "known_at": None if moment.known_at is None else moment.known_at.isoformat(),
        "pathway": picture.pathway.value,
        "cycle_since": day_or_none(picture.since),
        "cycle_until": day_or_none(picture.until),
        "elements": [_element(one) for one in picture.elements],
        "goes_into_what_ofsted_holds": [
            {
                "name": row.name,
                "when": row.when,
                "returned_by_the_authority": row.returned,
                "last_return": _entry(newest[row.name]) if row.name in newest else None,
                "rule": row.rule,
                "source": row.source,
                "confidence": CONFIDENCES[row.confidence],
            }
            for row in GOES_IN
            if row.in_force(moment.as_at)
        ],
        "data_horizon": day_or_none(moment.data_horizon),
        "position": moment.position,
    }


def _element(one: ElementNow) -> Document:
    return {
        "element": one.element.value,
        "state": one.state.value,
        "done": [_entry(activity) for activity in one.done],
        "before": None if one.before is None else _entry(one.before),
        "left": [expectation_document(row) for row in one.left],
        "remarks": list(one.remarks),
        "not_known": list(one.not_known),
        "known_until": day_or_none(one.known_until),
        "came": one.came,
        "usual": one.usual,
    }


def _entry(activity: Activity) -> Document:
    return {
        "entry": str(activity.id),
        "type": activity.kind.value,
        "from": day_or_none(activity.start or activity.on or (activity.period.first_day if activity.period else None)),
        "to": day_or_none(activity.last_day),
        "published": day_or_none(activity.published),
        "letter_received": day_or_none(activity.letter_received),
        "title": activity.title,
    }
