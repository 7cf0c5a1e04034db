"""The styles of our Word documents, what a council's own template may lack of them, and the foot of every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from web.formats.pills import HEAD, INK, QUIET

FACE = "Arial"
FIXED_WIDTH = "Courier New"
VERBATIM = "Verbatim"
"""The style of lines to be copied exactly."""

HEADINGS: Mapping[str, tuple[float, str, float, float]] = {
    "Title": (22, INK, 0, 4),
    "Heading 1": (15, HEAD, 14, 4),
    "Heading 2": (12, INK, 10, 3),
    "Heading 3": (11, INK, 8, 2),
    "Heading 4": (11, INK, 8, 2),
}
"""Points, colour, and points of space before and after."""

LISTS = ("List Bullet", "List Number")


def dress(document: Document, language: str) -> None:
    """A new document in our own styles: A4 upright, 2 cm about, one face throughout."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Caption", *HEADINGS, *LISTS):
        _in_our_face(document.styles[name])
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(5), 1.08
    for name in LISTS:
        listed: Any = document.styles[name]
        listed.paragraph_format.space_after = Pt(2)
    for name in HEADINGS:
        _as_a_heading(document.styles[name], name)
    _as_a_caption(document.styles["Caption"])
    _add_verbatim(document)
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)


def fill_in(document: Document) -> frozenset[str]:
    """The styles that we write in and that a template does not have; those it has stay as they are. Lists among them
    have no signs of their own: their names are told, so that the signs are written."""
    held = {style.name for style in document.styles}
    for name in ("Normal", "Caption", *HEADINGS, *LISTS):
        if name in held:
            continue
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        if name != "Normal":
            style.base_style = document.styles["Normal"]
        if name in HEADINGS:
            _as_a_heading(style, name)
        elif name == "Caption":
            _as_a_caption(style)
        elif name in LISTS:
            style.paragraph_format.left_indent = Cm(0.63)
    if VERBATIM not in held:
        _add_verbatim(document)
    return frozenset(name for name in LISTS if name not in held)


def paged(document: Document, foot: str) -> None:
    """The line at the foot of every page with the page's number; a foot that a template has of its own stays."""
    section = document.sections[-1]
    if any(paragraph.text.strip() or len(paragraph._p) > 1 for paragraph in section.footer.paragraphs):
        return
    paragraph = section.footer.paragraphs[0]
    run = paragraph.add_run(f"{foot} · page ")
    _quiet(run)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "1"), ("end", "")):
        part = paragraph.add_run(text if kind == "shown" else "")
        _quiet(part)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            part._r.append(mark)
        elif text == "PAGE":
            asked = OxmlElement("w:instrText")
            asked.text = f" {text} "
            part._r.append(asked)


def _quiet(run: Any) -> None:
    run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(QUIET)


def _in_our_face(style: Any) -> None:
    style.font.name, style.font.color.rgb = FACE, RGBColor.from_string(INK)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _as_a_heading(style: Any, name: str) -> None:
    size, colour, before, after = HEADINGS[name]
    style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
    style.font.color.rgb = RGBColor.from_string(colour)
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), True
    for line in style.element.iter(qn("w:pBdr")):
        line.getparent().remove(line)
        break


def _as_a_caption(style: Any) -> None:
    style.font.size, style.font.bold, style.font.color.rgb = Pt(9.5), False, RGBColor.from_string(QUIET)
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(4), Pt(3), True


def _add_verbatim(document: Document) -> None:
    style: Any = document.styles.add_style(VERBATIM, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.font.name, style.font.size = document.styles["Normal"], FIXED_WIDTH, Pt(9)
    style.element.get_or_add_rPr().append(OxmlElement("w:noProof"))
