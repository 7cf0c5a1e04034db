"""Files that mean harm, or are merely broken, are refused in words, within seconds and bounded memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
import zipfile

import pytest

from tests import CHECKOUT
from tests.web.intake.making import LATEST_2024, LINK, TODAY, archive, ods_of, with_part, xlsx

SHEET = "Inspections_31_March_2024"
SECONDS = 10
MEMORY_KIB = 200 * 1024

REPEATED = (
    '<table:table-row table:number-rows-repeated="1048575"><table:table-cell office:value-type="float" '
    'office:value="1" table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell></table:table-row>'
)
FAR = (
    '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row><table:table-row>'
    '<table:table-cell table:number-columns-repeated="16383"/>'
    '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
)
WORKSHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
SHEET_1 = "xl/worksheets/sheet1.xml"


READER = """
import json, resource, sys
from datetime import date
from pathlib import Path
from domain.register.register import REGISTER
from web.intake.reading import read_file
refused = read_file(Path(sys.argv[1]), register=REGISTER, today=date.fromisoformat(sys.argv[2])).refused
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
own, of_children = int(status["VmHWM"].split()[0]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([refused, max(own, of_children)]))
"""
"""A process of its own, and its own mark for itself: `ru_maxrss` counts the memory of whatever a process was forked
from, and the tests' own process is large."""


@pytest.fixture
def refusal():
    """Reads a file that must be refused, in seconds and bounded memory; returns the reason."""

    def reading(path):
        began = time.monotonic()
        told = subprocess.run(
            [sys.executable, "-c", READER, str(path), TODAY.isoformat()],
            cwd=CHECKOUT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        assert time.monotonic() - began < SECONDS
        refused, peak_kib = json.loads(told)
        assert peak_kib < MEMORY_KIB
        assert refused is not None
        return refused

    return reading


@pytest.fixture
def sound(tmp_path):
    rows = [["T"], [], LATEST_2024, [LINK, "Leeds", "", "21/02/2022", "Good", "", "", "", ""]]
    return xlsx(tmp_path / "sound.xlsx", {SHEET: rows})


def table(rows: str, name: str = SHEET) -> str:
    return f'<table:table table:name="{name}">{rows}</table:table>'


def test_the_sound_file_the_others_are_made_from_is_read(read, sound):
    assert read(sound).usable


def test_a_gigabyte_in_a_small_archive(refusal, tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written, written.open(SHEET_1, "w") as part:
        for _ in range(1024):
            part.write(bytes(1024 * 1024))
    assert "more than 100 times its size" in refusal(path)


def test_five_million_rows(refusal, sound):
    assert "more than 100 times its size" in refusal(with_part(sound, SHEET_1, WORKSHEET.format("<row/>" * 5_000_000)))


def test_a_million_rows_that_do_not_pack_well(refusal, sound):
    rows = io.StringIO()
    for number in range(1, 300_001):
        rows.write(f'<row r="{number}"><c r="A{number}"><v>{number * 7919 % 104729}</v></c></row>')
    reason = refusal(with_part(sound, SHEET_1, WORKSHEET.format(rows.getvalue())))
    assert reason == f"Sheet {SHEET} reaches to row 300000; at most 20000 rows are read."


def test_one_far_cell(refusal, sound, tmp_path):
    far = WORKSHEET.format('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert f"Sheet {SHEET} reaches to row 1048576" in refusal(with_part(sound, SHEET_1, far))
    wide = WORKSHEET.format('<row r="1"><c r="XFD1"><v>1</v></c></row>')
    assert f"Sheet {SHEET} reaches to column 16384" in refusal(with_part(sound, SHEET_1, wide))
    assert f"Sheet {SHEET} reaches to row 1048576" in refusal(ods_of(tmp_path / "far.ods", table(FAR)))


def test_a_table_that_repeats_itself_for_ever(refusal, tmp_path):
    assert f"Sheet {SHEET} reaches to row" in refusal(ods_of(tmp_path / "a.ods", table(REPEATED)))
    assert refusal(ods_of(tmp_path / "b.ods", table(REPEATED, "another") + table("")))


def test_entities_within_the_workbook(refusal, sound, tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert "declares XML entities" in refusal(ods_of(tmp_path / "a.ods", table(""), prolog=bomb))
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + WORKSHEET.format("")
    assert "declares XML entities" in refusal(with_part(sound, SHEET_1, outside))


def test_a_part_with_a_path_out_of_the_archive(refusal, tmp_path):
    assert "leads out of the archive" in refusal(archive(tmp_path / "slip.xlsx", {"../../etc/passwd": "x"}))


def test_too_many_parts(refusal, tmp_path):
    assert "at most 200" in refusal(archive(tmp_path / "many.xlsx", {f"part{n}": "x" for n in range(300)}))


def test_macros(refusal, sound):
    assert "holds macros" in refusal(with_part(sound, "xl/vbaProject.bin", b"x"))


def test_encryption(refusal, tmp_path):
    path = tmp_path / "old.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    assert "encrypted or old" in refusal(path)
    manifest = "<manifest><encryption-data/></manifest>"
    assert "encrypted" in refusal(archive(tmp_path / "e.ods", {"META-INF/manifest.xml": manifest}))


def test_a_truncated_workbook(refusal, sound):
    sound.write_bytes(sound.read_bytes()[:-300])
    assert "damaged" in refusal(sound)


def test_a_damaged_part(refusal, sound):
    content = bytearray(sound.read_bytes())
    with zipfile.ZipFile(sound) as known:
        info = known.getinfo(SHEET_1)
        start = info.header_offset + 30 + len(info.filename) + 20
    content[start : start + 40] = b"\xff" * 40
    sound.write_bytes(content)
    assert "damaged" in refusal(sound)


def test_an_archive_that_is_no_workbook(refusal, tmp_path):
    assert "not a workbook" in refusal(archive(tmp_path / "a.xlsx", {"a.txt": "x"}))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsx", b"", "It is empty."),
        ("a.csv", b" \n\n", "It is empty."),
        ("a.csv", b"\xef\xbb\xbf<!DOCTYPE html><html>", "It is a web page. Looked for"),
        ("a.csv", b"urn,local_authority,outcome\n1,2,3\n", "Looked for: Ofsted's yearly outcomes"),
        ("a.csv", bytes(5000), "Looked for"),
        ("a.csv", b"," * 5000, "Row 1 has more than 256 cells"),
        ("a.csv", b"a,b\n" + b"1,2\n" * 60_000, "more than 50,000 rows"),
        ("a.csv", b'"' + b"a" * 200_000, "Row 1 opens a quotation mark that is never closed"),
        ("a.csv", b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MiB"),
        ("a.yaml", b"authorities: &a [x]\nb: [*a, *a]\n", "anchors or aliases"),
        ("a.yaml", b'authorities: !!python/object/apply:os.system ["id"]\n', "tags"),
        ("a.yaml", b"authorities: " + b"[" * 100_000, "nested more than 30 deep"),
        ("a.yaml", b"authorities:\n" + b"- a\n" * 1_000_000, "more than 500,000 values"),
        ("a.yaml", b"authorities: [\xed\xa0\x80]\n", "not text in UTF-8"),
        ("a.yaml", b"authorities: [\x00]\n", "not YAML that can be read"),
        ("a.json", b"[" * 1_000_000, "nested too deeply"),
        ("a.json", b'{"authorities": ' + b"9" * 5000 + b"}", "not JSON that can be read"),
    ],
)
def test_what_is_not_a_file_of_ours_is_refused_naming_why(refusal, tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    assert reason in refusal(path)


def test_a_folder_or_a_file_that_is_not_there(refusal, tmp_path):
    assert "cannot be opened" in refusal(tmp_path)
    assert "cannot be opened" in refusal(tmp_path / "nothing.csv")
