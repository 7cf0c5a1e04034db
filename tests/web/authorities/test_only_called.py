"""What was only called is neither said to have come nor counted among what was found."""

from __future__ import annotations

from dataclasses import replace

from domain.values.statements import Kind
from projections.authorities.register import latest_reported
from tests.domain.rulebook.story import activity, focused, on
from web.plans.chain import plans_before
from web.site.reader import Asked
from web.words import words

SEND = activity(Kind.AREA_SEND, start="2023-06-12", end="2023-06-16", published="2023-08-10", outcome=2)
CALLED = activity(Kind.AREA_SEND, notified=on("2026-11-16"))


def test_one_that_was_called_or_is_not_reported_takes_no_outcome_from_the_list():
    assert latest_reported([SEND, CALLED], on("2026-12-20")) == (SEND,)
    came = replace(CALLED, start=on("2026-11-30"), end=on("2026-12-04"))
    assert latest_reported([SEND, came], on("2026-12-20")) == (SEND,)
    reported = replace(came, published=on("2027-02-01"), outcome=1)
    assert latest_reported([SEND, reported], on("2027-02-01")) == (reported,)


def test_what_was_only_called_is_not_said_to_have_come_or_to_be_out():
    visit = focused(notified=on("2026-11-16"))
    assert words.public(visit) == "no letter held"
    assert words.public(CALLED) == "no report held"
    assert plans_before(visit, Asked(on("2026-11-20"), None)) == ()
