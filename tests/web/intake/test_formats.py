"""Every format and every channel is known wherever it is asked for."""

from __future__ import annotations

from domain.values.statements import Channel
from web.intake.reading import READERS
from web.words.file_formats import FORMATS, TABLES, Layout
from web.words.words import CHANNELS


def test_every_format_is_described():
    assert set(FORMATS) == set(Layout)


def test_every_format_known_by_its_columns_has_a_reader():
    assert set(READERS) == set(TABLES)


def test_every_channel_has_its_words():
    assert set(CHANNELS) == set(Channel)
