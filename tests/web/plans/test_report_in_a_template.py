"""The committee report in the council's own Word template: what of it is used, and what is turned away."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from uuid import UUID

import docx
import pytest
from docx.shared import Cm

from domain.values.errors import RuleBroken
from domain.values.roles import Role
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, demo_app, open_plans
from tests.web.signed_in import person, sign_in
from web import WebApp
from web.formats.word_base import DOCUMENT, LARGEST, TEMPLATE, TYPES, usable

BOROUGH = "Borough of Gateshead: report to committee"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="module")
def plan(app: WebApp) -> UUID:
    return open_plans(app)[GATESHEAD]


@pytest.fixture
def member(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.MEMBER))
    return client


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as held:
        return {name: held.read(name) for name in held.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def a_template(**others: bytes) -> bytes:
    """A council's .dotx: a head and foot of its own, wide margins, a line before the report, its own colour."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = BOROUGH, "Committee services"
    section.left_margin = section.right_margin = Cm(3)
    document.styles["Heading 1"].font.name = "Georgia"
    document.add_paragraph("Agenda item 7")
    out = BytesIO()
    document.save(out)
    parts = parts_of(out.getvalue())
    return packed({**parts, TYPES: parts[TYPES].replace(DOCUMENT, TEMPLATE), **others})


def sent(client: Client, plan: UUID, content: bytes, name: str = "report.dotx") -> object:
    files = {"template": (BytesIO(content), name)}
    return client.client.post(f"/plans/{plan}/report/template?part=appendix", data=files)


def test_styles_head_and_foot_are_the_template_s_and_the_report_comes_after_what_it_holds(member: Client, plan: UUID):
    answer = sent(member, plan, a_template())
    assert answer.status_code == 200
    word = docx.Document(BytesIO(answer.data))
    section = word.sections[0]
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == (BOROUGH, "Committee services")
    said = [paragraph.text for paragraph in word.paragraphs]
    assert said[0] == "Agenda item 7"
    assert said[1].startswith("Gateshead: action plan after")
    assert "Appendix: every action" in said
    assert word.styles["Heading 1"].font.name == "Georgia"
    (table,) = word.tables
    room = section.page_width - section.left_margin - section.right_margin
    assert abs(sum(column.width for column in table.columns) - room) < Cm(0.1)
    assert DOCUMENT in parts_of(answer.data)[TYPES]


OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="' + OFFICE + b'/%s" Target="https://x.example/1" '
    b'TargetMode="External"/></Relationships>'
)


def corrupted(content: bytes) -> bytes:
    """The same archive with one part that no longer unpacks."""
    found = content.index(b"word/document.xml") + len(b"word/document.xml")
    return content[:found] + b"\xff" * 40 + content[found + 40 :]


def in_body(xml: bytes) -> bytes:
    parts = parts_of(a_template())
    body = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + xml, 1)
    return packed({**parts, "word/document.xml": body})


def a_field(*pieces: bytes) -> bytes:
    """A field whose words stand in pieces, as Word writes them."""
    told = b"".join(b"<w:r><w:instrText>%s</w:instrText></w:r>" % piece for piece in pieces)
    marks = [b'<w:r><w:fldChar w:fldCharType="%s"/></w:r>' % kind for kind in (b"begin", b"end")]
    return b"<w:p>" + told.join(marks) + b"</w:p>"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Choose a Word document"),
        (b"not a document", "Choose a Word document"),
        (packed({"notes.txt": b"words"}), "Choose a Word document"),
        (a_template(**{"word/vbaProject.bin": b"Sub"}), "without macros"),
        (a_template(**{"word/_rels/header1.xml.rels": RELATIONS % b"image"}), "pictures are inside the file"),
        (a_template(**{"word/styles.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "Choose a Word document"),
        (corrupted(a_template()), "Choose a Word document"),
        (a_template(**{"word/styles.xml": b"<x/>"}), "Choose a Word document"),
        (
            a_template(**{"word/_rels/header1.xml.rels": (RELATIONS % b"image").decode().encode("utf-16")}),
            "pictures are inside the file",
        ),
        (
            a_template(
                **{"word/_rels/header1.xml.rels": (RELATIONS % b"image").replace(b"External", b"Ext&#101;rnal")}
            ),
            "pictures are inside the file",
        ),
        (
            a_template(**{"word/_rels/header1.xml.rels": (RELATIONS % b"image").replace(b"/1", b"/hyperlink")}),
            "pictures are inside the file",
        ),
        (in_body(a_field(b"DDE", b"AUTO cmd.exe")), "fetches something"),
        (in_body(b'<w:p><w:fldSimple w:instr=" INCLUDEPICTURE &quot;x&quot;"/></w:p>'), "fetches something"),
        (a_template(**{"word/media/large.png": b"0" * (33 * 1024 * 1024)}), "at most 1.5 MB"),
    ],
    ids=[
        "empty",
        "no archive",
        "no document",
        "macros",
        "fetches",
        "entities",
        "does not unpack",
        "not what its name says",
        "fetches in another encoding",
        "fetches by an entity",
        "fetches from a harmless name",
        "field in pieces",
        "simple field",
        "opens too large",
    ],
)
def test_what_cannot_be_written_in_safely_is_turned_away_in_words(member: Client, plan: UUID, content: bytes, why: str):
    answer = sent(member, plan, content)
    assert answer.status_code == 422
    said = answer.get_data(as_text=True)
    assert why in said
    assert "<title>Error: " in said


def test_a_way_back_to_another_template_and_protection_are_taken_out(member: Client, plan: UUID):
    parts = parts_of(a_template())
    settings = parts["word/settings.xml"].replace(
        b"<w:zoom",
        b'<w:attachedTemplate xmlns:r="%s" r:id="rId1"/>' % OFFICE
        + b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:zoom',
        1,
    )
    given = {**parts, "word/settings.xml": settings, "word/_rels/settings.xml.rels": RELATIONS % b"attachedTemplate"}
    made = parts_of(sent(member, plan, packed(given)).data)
    assert b"attachedTemplate" not in made["word/settings.xml"]
    assert b"documentProtection" not in made["word/settings.xml"]
    assert b"x.example" not in b"".join(content for name, content in made.items() if name.endswith(".rels"))


def test_a_template_without_lists_gets_signs_that_are_written(member: Client, plan: UUID):
    document = docx.Document()
    for name in ("List Bullet", "List Number", "Caption"):
        style = document.styles[name].element
        style.getparent().remove(style)
    out = BytesIO()
    document.save(out)
    word = docx.Document(BytesIO(sent(member, plan, out.getvalue(), "plain.docx").data))
    asked = [one.text for one in word.paragraphs if one.style.name == "List Number"]
    assert [one[:3] for one in asked] == ["1. ", "2. ", "3. "]
    assert all(one.text.startswith("• ") for one in word.paragraphs if one.style.name == "List Bullet")


def test_fields_that_fetch_nothing_and_a_page_left_to_word_are_kept(member: Client, plan: UUID):
    content = in_body(a_field(b" MERGEFIELD Added"))
    parts = parts_of(content)
    body = re.sub(rb"<w:pgMar[^>]*>", b"", parts["word/document.xml"])
    made = parts_of(sent(member, plan, packed({**parts, "word/document.xml": body})).data)
    assert b"MERGEFIELD Added" in made["word/document.xml"]


def test_a_file_too_large_is_not_even_opened():
    with pytest.raises(RuleBroken, match="Choose a template of at most"):
        usable(b"PK" + b"0" * LARGEST)
