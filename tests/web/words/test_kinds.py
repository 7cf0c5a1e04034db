"""Every kind of activity has its words, and one place on the timeline and in the chart."""

from __future__ import annotations

import pytest

from domain.authorities.matching import PUBLISHED_WITHIN
from domain.rulebook.steps import KIND_IN_WORDS
from domain.values.statements import Kind
from web.charts.lanes import LANES
from web.words.timeline import GROUPS
from web.words.words import KINDS, ON_SITE


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_every_kind_is_named_and_has_its_place(kind: Kind):
    assert KINDS[kind]
    assert sum(kind in kinds for _, kinds in GROUPS.values()) == 1
    assert any(kind in kinds for _, _, _, kinds in LANES)


@pytest.mark.parametrize("kind", sorted(ON_SITE, key=lambda kind: kind.value), ids=lambda kind: kind.value)
def test_what_inspectors_come_for_is_named_in_reasons_and_known_by_its_publication(kind: Kind):
    assert KIND_IN_WORDS[kind]
    assert not kind.on_site or PUBLISHED_WITHIN[kind] > 0
