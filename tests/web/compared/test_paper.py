"""One authority beside others as a Word document: letters in their colours, themes, and the address of the page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests.web.client import Client
from tests.web.demo_app import LEICESTERSHIRE
from tests.web.england_app import england_app
from web.formats.pills import PAINTS


@pytest.fixture(scope="module")
def england(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return Client(england_app(tmp_path_factory.mktemp("england")))


@pytest.fixture
def paper(england: Client) -> Any:
    answer = england.client.get(f"/authorities/{LEICESTERSHIRE}/neighbours.docx?as_at=2026-11-30")
    assert answer.status_code == 200
    return docx.Document(BytesIO(answer.data))


def test_own_authority_stands_first_and_each_grade_has_letter_and_colour(paper: Any):
    table = paper.tables[0]
    own = table.rows[1]
    assert own.cells[0].text == "Leicestershire (this authority)"
    assert [cell.text for cell in own.cells[1:8]] == ["O", "O", "G", "O", "O", "28", "Short, Jan 27 to Jan 28"]
    painted = [shade.get(qn("w:fill")) for cell in own.cells for shade in cell._tc.iter(qn("w:shd"))]
    assert painted == [PAINTS[f"tone-{tone}"].ground for tone in ("best", "best", "good", "best", "best")]
    assert table.rows[-1].cells[0].text.startswith("England: good or better")
    assert abs(sum(column.width.cm for column in table.columns) - 17) < 0.1


def test_it_says_what_letters_mean_since_when_visits_are_known_and_where_it_can_be_seen(paper: Any):
    said = " ".join(one.text for one in paper.paragraphs)
    assert "RI requires improvement" in said
    assert "Statistical neighbours" in said
    (exact,) = [one.text for one in paper.paragraphs if one.text.startswith("Exactly this comparison: ")]
    assert f"/authorities/{LEICESTERSHIRE}/neighbours?as_at=2026-11-30&known_at=" in exact
    assert "as at 30 November 2026 · page " in paper.sections[0].footer.paragraphs[0].text
