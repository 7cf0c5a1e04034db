"""One authority beside others: the page and its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for

from domain.values.activities import AuthorityFacts
from projections.engine.answers import PlannedWindow
from projections.outlook.neighbours import COLUMNS, MOST_CHOSEN, Beside, ComparedAuthority, NeighboursAnswer
from web.compared import words as said
from web.compared.shown import shown
from web.formats.downloads import WORD, sent
from web.formats.latest_checkpoint import sealing
from web.formats.sheet_download import csv_file
from web.site import england_reader, reader, time_travel
from web.site.reader import Asked
from web.words import words

bp = Blueprint("neighbours", __name__, url_prefix="/authorities")

HEADS = (
    "urn",
    "authority",
    "region",
    "own",
    "came_after",
    *(area.value for area, _ in COLUMNS),
    "report_published",
    "months_since",
    "next",
    "window_from",
    "window_to",
    "window_status",
    "forecast_from",
    "forecast_to",
    "visits_since",
    "visits_known_until",
)


@dataclass(frozen=True)
class WantedBeside:
    """What the address asks for: whom to be beside, and one's own choice."""

    beside: Beside
    chosen: tuple[str, ...]

    @classmethod
    def of_request(cls) -> WantedBeside:
        """An own choice is one as soon as it names somebody; what is no group is the usual one."""
        named = dict.fromkeys(text.strip() for text in request.args.getlist("with") if text.strip())
        chosen = tuple(dict.fromkeys(map(reader.key_if_known, islice(named, MOST_CHOSEN))))
        code = Beside.CHOSEN.value if chosen else request.args.get("beside", "")
        return cls(next((one for one in Beside if one.value == code), Beside.NEIGHBOURS), chosen)

    def args(self) -> dict[str, Any]:
        """The shortest address that asks for the same."""
        if self.chosen:
            return {"with": list(self.chosen)}
        return {} if self.beside is Beside.NEIGHBOURS else {"beside": self.beside.value}


@bp.get("/<identifier>/neighbours")
@reader.by_urn
def show(urn: str) -> Response:
    """An authority beside its neighbours, its region, its kind or a choice of one's own."""
    asked, wanted = reader.asked(), WantedBeside.of_request()
    answer = _answer(urn, wanted, asked)
    page = render_template(
        "compared/page.html",
        asked=asked,
        moment=answer.moment,
        authority=answer.authority,
        answer=answer,
        wanted=wanted,
        shown=shown(answer),
        chips=tuple(_chips(answer.authority, wanted, asked)),
        carried=asked.query,
        download=url_for(".table", identifier=urn, **wanted.args(), **asked.address),
        word=url_for(".word", identifier=urn, **wanted.args(), **asked.address),
        choice=_choice(answer, wanted, asked) if wanted.beside is Beside.CHOSEN else None,
        most=MOST_CHOSEN,
    )
    return make_response(page)


@bp.get("/<identifier>/neighbours.csv")
@reader.by_urn
def table(urn: str) -> Response:
    """The same as a table, a row per authority, its own first."""
    asked = reader.asked()
    answer = _answer(urn, WantedBeside.of_request(), asked)
    every = [row for row in (answer.own, *answer.rows) if row is not None]
    rows = (_row(row, row is answer.own) for row in every)
    return csv_file(f"neighbours-{urn}-{asked.as_at}.csv", HEADS, rows)


@bp.get("/<identifier>/neighbours.docx")
@reader.by_urn
def word(urn: str) -> Response:
    """The same as a Word document."""
    from web.compared.paper import as_word

    asked, wanted = reader.asked(), WantedBeside.of_request()
    answer = _answer(urn, wanted, asked)
    exact = url_for(".show", identifier=urn, **wanted.args(), **time_travel.moment_kept(asked), _external=True)
    made = as_word(shown(answer), answer.authority, words.day(asked.as_at), exact, sealing())
    return sent(made, WORD, f"neighbours-{urn}-{asked.as_at}.docx")


def _answer(urn: str, wanted: WantedBeside, asked: Asked) -> NeighboursAnswer:
    """Forecasts are made for today alone: those of another day are worked out for too long."""
    return england_reader.comparison(
        urn, asked, beside=wanted.beside, chosen=wanted.chosen, with_forecasts=not asked.chosen
    )


def _chips(authority: AuthorityFacts, wanted: WantedBeside, asked: Asked) -> Iterator[tuple[str, str, bool]]:
    """What the views are called, their addresses, and whether each is shown."""
    kind = said.kind_called(authority)
    for beside, name in (
        (Beside.NEIGHBOURS, "Ten neighbours"),
        (Beside.REGION, authority.region or ""),
        (Beside.KIND, kind),
        (Beside.CHOSEN, "Choose my own"),
    ):
        if name:
            args = wanted.args() if beside is wanted.beside else WantedBeside(beside, ()).args()
            address = url_for(".show", identifier=authority.urn, **args, **asked.address)
            yield name, address, beside is wanted.beside


@dataclass(frozen=True)
class OwnChoice:
    """Those chosen with the address that leaves each out, and those that may be added."""

    chosen: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]


def _choice(answer: NeighboursAnswer, wanted: WantedBeside, asked: Asked) -> OwnChoice:
    current = {one.urn: one.name for one in reader.current(asked) if one.urn != answer.authority.urn}
    without = {
        urn: WantedBeside(Beside.CHOSEN, tuple(one for one in wanted.chosen if one != urn)) for urn in wanted.chosen
    }
    return OwnChoice(
        tuple(
            (current[urn], url_for(".show", identifier=answer.authority.urn, **left.args(), **asked.address))
            for urn, left in without.items()
            if urn in current
        ),
        tuple((urn, name) for urn, name in current.items() if urn not in wanted.chosen),
    )


def _row(row: ComparedAuthority, own: bool) -> list[object]:
    window = row.next if isinstance(row.next, PlannedWindow) else None
    first, last = row.forecast or (None, None)
    return [
        row.authority.urn,
        row.authority.name,
        row.authority.region,
        "yes" if own else "no",
        "; ".join(row.stands_for),
        *(grade.value if grade else "" for grade in row.grades),
        row.published,
        row.months,
        said.next_in_words(row.next),
        window.opens if window else None,
        window.closes if window else None,
        row.standing.window_status.value,
        first,
        last,
        row.visits if row.visits or row.visits_told else None,
        row.visits_known,
    ]
