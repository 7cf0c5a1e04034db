"""Documents that mean harm, are broken, or are none that is read: refused in words, in seconds and bounded memory."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from domain.register.register import REGISTER
from domain.values.documents import DocumentKind
from tests import CHECKOUT
from tests.web.intake.reports.hostile import HOSTILE, active
from tests.web.intake.reports.paper import letter
from web.intake.reports.reader import LISTS_NOT_MARKED, read_document

TODAY = date(2026, 11, 30)
SECONDS = 2
"""Of the processor: on a busy machine the clock says more."""
MEMORY_KIB = 150 * 1024

READER = """
import json, resource, sys
from datetime import date
from pathlib import Path
from domain.register.register import REGISTER
from web.intake.reports.reader import LISTS_NOT_MARKED, read_document

def spent():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

told = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    before = spent()
    reading = read_document(path, register=REGISTER, today=date(2026, 11, 30))
    told[path.name] = [reading.refused, spent() - before]
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
memory = max(int(status["VmHWM"].split()[0]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(json.dumps([told, memory]))
"""
"""A process of its own, and its own mark for itself: `ru_maxrss` counts the memory of whatever a process was forked
from, and the tests' own process is large."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, tuple[str | None, float]], int]:
    """By name of each hostile document why it was refused and the seconds it took; and the most memory, in KiB."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, make in HOSTILE.items():
        (folder / f"{name}.pdf").write_bytes(make())
    ran = subprocess.run(
        [sys.executable, "-c", READER, str(folder)], cwd=CHECKOUT, check=True, capture_output=True, timeout=300
    )
    readings, memory = json.loads(ran.stdout)
    return {name.removesuffix(".pdf"): tuple(one) for name, one in readings.items()}, memory


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_document_is_refused_in_words_and_in_time(told, kind: str):
    refused, seconds = told[0][kind]
    assert refused
    assert refused[0].islower(), "it completes a sentence that names the file"
    assert seconds < SECONDS


def test_no_hostile_document_takes_more_memory_than_allowed(told):
    assert told[1] < MEMORY_KIB


LINES = (
    "12 January 2026",
    "Dear Alex",
    "Focused visit to Slough children's services",
    "This letter summarises the findings of the focused visit to Slough children's services on 19 and",
    "20 November 2025. Inspectors looked at the local authority's arrangements for care leavers.",
)


def test_scripts_and_files_in_a_letter_are_left_alone_and_its_text_is_read(tmp_path: Path):
    drawn = b"\n".join(
        b"BT /F1 12 Tf 72 %d Td (%s) Tj ET" % (740 - at * 16, line.encode()) for at, line in enumerate(LINES)
    )
    path = tmp_path / "letter.pdf"
    path.write_bytes(active(drawn))
    told = read_document(path, register=REGISTER, today=TODAY)
    assert told.refused is None
    assert told.kind is DocumentKind.FOCUSED_VISIT_LETTER
    assert (told.urn, told.end) == ("80553", date(2025, 11, 20))
    assert told.doubts[-1] == LISTS_NOT_MARKED
    assert sorted(one.name for one in tmp_path.iterdir()) == ["letter.pdf"]


OTHERS = {
    "a school's report": "School report\n\n# Inspection of Example Primary School\n\nExample Road, Slough SL1 1AA\n\n"
    "Inspection dates: 4 and 5 March 2025\n\nThe quality of education Good\n\nBehaviour and attitudes Good",
    "a children's home's report": "Children’s homes inspection\n\nInspection date: 3 March 2025\n\nUnique reference "
    "number SC000000\n\nOverall experiences and progress of children and young people: good\n\n"
    "How well children and young people are helped and protected: good\n\n"
    "The effectiveness of leaders and managers: requires improvement to be good",
    "a fostering agency's report": "Inspection report for independent fostering agency\n\n"
    "Inspection dates: 3 to 7 March 2025\n\nOverall experiences and progress of children and young people Good",
    "a council's plan": "Slough children and young people’s plan 2025 to 2028\n\n"
    "After the inspection of Slough children’s services and the focused visit of 19 and 20 November we will act.\n\n"
    "* Recruit social workers.",
    "a letter on a local area's SEND before 2023": "5 June 2019\n\nAlex Example\nSlough Borough Council\n\n"
    "Dear Alex\n\n# Joint local area SEND inspection in Slough\n\n"
    "Between 1 April 2019 and 5 April 2019, Ofsted and the CQC conducted a joint inspection "
    "of the local area of Slough to judge the effectiveness of the area.",
    "a youth justice report": "An inspection of youth justice services in Slough\n\n"
    "HM Inspectorate of Probation, May 2025\n\nOverall rating Good",
    "a college's monitoring visit": "Monitoring visit report\n\nUnique reference number 130000\n\n"
    "Name of lead inspector: Sam Sample HMI\n\nInspection dates: 4 and 5 March 2025\n\n"
    "Type of provider: General further education college",
    "meeting papers": "Slough Borough Council: Cabinet, 15 January 2026\n\nItem 5: Ofsted focused visit to Slough "
    "children’s services\n\nThe letter on the focused visit of 19 and 20 November was published on 12 January 2026.",
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_document_of_another_kind_is_refused_with_what_was_looked_for(tmp_path: Path, kind: str):
    path = tmp_path / "document.pdf"
    path.write_bytes(letter(OTHERS[kind]))
    told = read_document(path, register=REGISTER, today=TODAY)
    assert told.refused is not None
    assert "a letter on a focused or monitoring visit" in told.refused
    assert told.kind is None
