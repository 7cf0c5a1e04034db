"""Files as a place gives them: the history of all reports of the project JT-39, small, in its real columns."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from tests.web.demo_app import HARINGEY, LEICESTERSHIRE, STOCKTON, UNTOUCHED
from tests.web.disputed import STHELENS
from web.places.waiting import Fetched, Taken, take
from web.store.store import Store

HEADER = (
    "urn,local_authority,inspection_link,publication_date,inspection_framework,inspection_start_date,"
    "inspection_end_date,overall_effectiveness_grade,impact_of_leaders_grade,help_and_protection_grade,in_care_grade,"
    "care_leavers_grade"
)
PLACE, ADDRESS = "jt39_history", "https://raw.githubusercontent.com/example/history.csv"
FIRST, SECOND, THIRD = date(2026, 9, 4), date(2026, 9, 21), date(2026, 10, 1)
NAMES = {
    HARINGEY: "haringey",
    LEICESTERSHIRE: "leicestershire",
    STOCKTON: "stockton-on-tees",
    UNTOUCHED: "barnsley",
    STHELENS: "st helens",
}


def row(urn: str, published: str, start: str, end: str, *grades: str, file: int = 1) -> str:
    """A report; of grades the overall one, leaders, help and protection, in care and care leavers."""
    grades = grades or ("good",) * 5
    link = f"https://files.ofsted.gov.uk/v1/file/5009{urn[-3:]}{file}"
    return ",".join((urn, NAMES.get(urn, "erewhon"), link, published, "short", start, end, *grades))


NEW_OF_HARINGEY = row(HARINGEY, "30/06/26", "11/05/2026", "15/05/2026", "not_reported_post_reform", *("good",) * 4)
LEADERS_WORSE = row(
    HARINGEY, "30/06/26", "11/05/2026", "15/05/2026", "not_reported_post_reform", "requires improvement", *("good",) * 3
)
SAME_OF_STHELENS = row(
    STHELENS,
    "04/09/23",
    "10/07/2023",
    "21/07/2023",
    *("requires improvement", "good", "good", "requires improvement", "requires improvement"),
).replace(",short,", ",standard,")
"""What `tell_a_dispute` tells of the same source."""

WORSE_OF_HARINGEY = row(
    HARINGEY, "28/09/26", "17/08/2026", "21/08/2026", "not_reported_post_reform", "inadequate", *("good",) * 3, file=2
)
NEW_OF_LEICESTERSHIRE = row(
    LEICESTERSHIRE, "07/07/26", "18/05/2026", "22/05/2026", "not_reported_post_reform", *("good",) * 4
)
REJECTED = (
    "99999,erewhon,https://files.ofsted.gov.uk/v1/file/50090002,01/07/19,short,20/05/2019,24/05/2019" + ",good" * 5
)


def history(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows, "")).encode()


def fetched(content: bytes, on: date = FIRST, *, name: str = "ilacs_history.csv", address: str = ADDRESS) -> Fetched:
    return Fetched(PLACE, address, name, on, content)


def given(store: Store, *rows: str, on: date = FIRST, name: str = "ilacs_history.csv", address: str = ADDRESS) -> Taken:
    """A file of these rows comes from the place on a day."""
    taken = take(store, fetched(history(*rows), on, name=name, address=address))
    store.projector.catch_up()
    return taken


def waits(store: Store, *rows: str, on: date = SECOND, name: str = "ilacs_history.csv", address: str = ADDRESS) -> UUID:
    """The same, of which something waits: its id."""
    found = given(store, *rows, on=on, name=name, address=address).waiting
    assert found is not None
    return found


def command() -> UUID:
    return uuid4()
