"""Where pages get their answers: which moment was asked for, and the projections' answer to it.

Every page asks here and nowhere else, so that `as_at` and `known_at` mean the same on all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from domain.facts import SourcesChecked
from domain.register.register import Register
from domain.rulebook.rules import RULES, Rule
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity, AuthorityFacts
from domain.values.days import london_day
from domain.values.errors import NotFound
from projections.authorities.focused_visits import FocusedVisitsAnswer
from projections.authorities.raised_before import Named
from projections.authorities.successions import SuccessionAnswer
from projections.engine.answers import (
    BacktestAnswer,
    CalendarAnswer,
    DisagreementRow,
    DoubtRow,
    EarlierFinding,
    ElementsAnswer,
    EntryAnswer,
    FileRow,
    FindingRow,
    HistoryAnswer,
    Moment,
    OutlookAnswer,
    ParagraphRow,
    ParagraphsAnswer,
    ReasoningAnswer,
    RegisterAnswer,
    SupposedAnswer,
    TimelineAnswer,
    VisitBacktestAnswer,
    VisitOutlookAnswer,
)
from projections.outlook.calendar import CalendarScope
from projections.plans.answers import DueAnswer, QuestionsAnswer
from web.store.store import current_store
from web.words import dates

MOMENT_ARGS = ("as_at", "known_at")


@dataclass(frozen=True)
class Asked:
    """The moment a page is asked for. `known_at` None is everything recorded; `chosen` is what the address states."""

    as_at: date
    known_at: datetime | None
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> dict[str, Any]:
        """What a link must carry to show the same moment."""
        return dict(self.chosen)

    @property
    def known_on(self) -> str:
        """The day of London up to which a form asks for what was known; empty where the address does not say."""
        stated = self.known_at is not None and "known_at" in self.address
        return london_day(self.known_at).isoformat() if stated and self.known_at else ""

    @property
    def query(self) -> str:
        """The same as the end of an address: `?as_at=2025-03-01`, or nothing."""
        return f"?{urlencode(self.chosen)}" if self.chosen else ""


def asked() -> Asked:
    """The moment in the request's address. Raises RuleBroken with words on what to enter where it is not a date."""
    chosen = tuple((key, text) for key in MOMENT_ARGS if (text := request.args.get(key, "").strip()))
    texts = dict(chosen)
    return Asked(
        as_at=dates.as_day(texts["as_at"], "“what had happened by”") if "as_at" in texts else dates.today(),
        known_at=dates.as_instant(texts["known_at"], "“leave out what we learned after”")
        if "known_at" in texts
        else None,
        chosen=chosen,
    )


def with_query(address: str) -> str:
    """Another address, with everything that this one states behind its question mark."""
    query = request.query_string.decode("ascii", "replace")
    return f"{address}?{query}" if query else address


def with_moment(moment: Iterable[tuple[str, str]]) -> str:
    """This page's own address, with another moment or (empty) none in it."""
    kept = [(key, text) for key, text in request.args.items(multi=True) if key not in MOMENT_ARGS and text]
    query = urlencode([*kept, *moment])
    return f"{request.path}?{query}" if query else request.path


def tidied() -> str | None:
    """This page's own address without what it leaves empty; None where it leaves nothing empty."""
    given = list(request.args.items(multi=True))
    kept = [(key, text) for key, text in given if text.strip()]
    address = f"{request.path}?{urlencode(kept)}" if kept else request.path
    return address if len(kept) < len(given) else None


def shown_already(address: str) -> bool:
    """Whether the browser says that it shows this address: going there again would make Back a step to nowhere."""
    current = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{current.path}?{current.query}".removesuffix("?") == address


def now() -> Asked:
    """Today, with everything recorded."""
    return Asked(dates.today(), None)


def holidays() -> BankHolidays:
    """The bank holidays that answers are worked out by."""
    return current_store().reader.holidays


def urn_of(identifier: str) -> str:
    """The URN that an identifier or name stands for, on the day asked. Raises NotFound."""
    from projections.authorities.names import identify

    return identify(current_store().reader, identifier, as_at=asked().as_at)


def register_known() -> Register:
    """The register as this store knows it now."""
    from projections.authorities.known_register import register_as_known

    return register_as_known(current_store().reader, dates.today())


def key_if_known(name: str) -> str:
    """The key of an authority known today by that number or name; the name itself where there is none."""
    from projections.authorities.names import identify

    try:
        return identify(current_store().reader, name, as_at=dates.today())
    except NotFound:
        return name


def by_urn(view: Callable[[str], Response]) -> Callable[[str], Response]:
    """Makes a page of one authority, which is given its URN; any other identifier redirects to the URN's address."""

    @wraps(view)
    def page(identifier: str) -> Response:
        urn = urn_of(identifier)
        if urn != identifier:
            return redirect(with_query(url_for(str(request.endpoint), identifier=urn)), 301)
        return view(urn)

    return page


def authority(urn: str) -> AuthorityFacts:
    """Who an authority is today. Raises NotFound."""
    from projections.authorities.names import authority

    return authority(current_store().reader, urn, as_at=dates.today())


def named(urns: Iterable[str]) -> list[tuple[str, str]]:
    """URN and name of each authority."""
    return [(urn, authority(urn).name) for urn in urns]


def register(asked: Asked, *, include_abolished: bool = False) -> RegisterAnswer:
    """Where every authority stood, without what else to expect."""
    from projections.authorities.register import register

    return register(
        current_store().reader, as_at=asked.as_at, known_at=asked.known_at, include_abolished=include_abolished
    )


def current(asked: Asked) -> list[AuthorityFacts]:
    """Authorities that existed on the day, in order of name."""
    reader = current_store().reader
    with reader.connect() as connection:
        identities = reader.identities(connection, reader.position(connection, asked.known_at))
    return sorted((one.on(asked.as_at) for one in identities if one.existed_on(asked.as_at)), key=lambda one: one.name)


def calendar(chosen: CalendarScope, asked: Asked) -> CalendarAnswer:
    """What has a day in the calendars of the authorities chosen. Raises NotFound."""
    from projections.outlook.calendar import calendar

    return calendar(current_store().reader, chosen, as_at=asked.as_at, known_at=asked.known_at)


def abolished(asked: Asked) -> list[AuthorityFacts]:
    """Authorities that had ceased to exist by the day, in order of name."""
    reader = current_store().reader
    with reader.connect() as connection:
        identities = reader.identities(connection, reader.position(connection, asked.known_at))
    former = [identity.on(asked.as_at) for identity in identities if identity.abolished_by(asked.as_at)]
    return sorted(former, key=lambda facts: facts.name)


def to_begin(asked: Asked) -> list[AuthorityFacts]:
    """Authorities that are known to begin after the day, in order of name."""
    reader = current_store().reader
    with reader.connect() as connection:
        identities = reader.identities(connection, reader.position(connection, asked.known_at))
    found = [identity.on(asked.as_at) for identity in identities]
    coming = [facts for facts in found if facts.formed_on is not None and facts.formed_on > asked.as_at]
    return sorted(coming, key=lambda facts: facts.name)


def succession(urn: str, asked: Asked) -> SuccessionAnswer:
    """Whom one authority follows, and who follows it. Raises NotFound."""
    from projections.authorities.successions import succession_of

    return succession_of(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at)


def disagreements(asked: Asked) -> tuple[DisagreementRow, ...]:
    """Every value that sources disagree on, of all authorities, settled or not."""
    from projections.authorities.disagreements import disagreements

    return disagreements(current_store().reader, as_at=asked.as_at, known_at=asked.known_at)


def doubts(asked: Asked) -> tuple[DoubtRow, ...]:
    """Every question for an officer about what is held, of all authorities."""
    from projections.authorities.doubts import doubts

    return doubts(current_store().reader, as_at=asked.as_at, known_at=asked.known_at)


def due(asked: Asked) -> DueAnswer:
    """What is due or waits over all action plans."""
    from projections.plans.due import actions_due

    return actions_due(current_store().reader, on=asked.as_at, known_at=asked.known_at)


def questions(asked: Asked) -> QuestionsAnswer:
    """Every question of a member, whatever became of it."""
    from projections.questions.questions import questions

    return questions(current_store().reader, as_at=asked.as_at, known_at=asked.known_at)


def findings(asked: Asked, containing: str = "", *, of: str | None = None) -> tuple[FindingRow, ...]:
    """What every authority had to improve, or one (`of`), or those findings that hold each word of a text."""
    from projections.authorities.findings import findings

    return findings(current_store().reader, of, containing=containing, as_at=asked.as_at, known_at=asked.known_at)


def findings_of(urn: str, asked: Asked) -> tuple[FindingRow, ...]:
    """What one authority was to improve by a moment, the newest first. Raises NotFound."""
    from projections.authorities.findings import findings

    return findings(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at)


def raised_before(
    rows: Sequence[FindingRow], among: Sequence[FindingRow], asked: Asked
) -> Mapping[Named, tuple[EarlierFinding, ...]]:
    """What may have been raised before of each finding; `among` are all findings of the same authorities."""
    from projections.authorities.raised_before import raised_before

    return raised_before(current_store().reader, rows, among, as_at=asked.as_at, known_at=asked.known_at)


def focused_visits(asked: Asked) -> FocusedVisitsAnswer:
    """Every focused visit with the topics under which it is filed."""
    from projections.authorities.focused_visits import focused_visits

    return focused_visits(current_store().reader, as_at=asked.as_at, known_at=asked.known_at)


def joint_inspections(asked: Asked) -> FocusedVisitsAnswer:
    """Every joint targeted area inspection."""
    from projections.authorities.focused_visits import joint_inspections

    return joint_inspections(current_store().reader, as_at=asked.as_at, known_at=asked.known_at)


def paragraphs(asked: Asked, containing: str) -> ParagraphsAnswer:
    """Where reports and letters speak of something; their words are read by `texts_of`."""
    from projections.authorities.paragraphs import paragraphs

    return paragraphs(current_store().reader, containing=containing, as_at=asked.as_at, known_at=asked.known_at)


def texts_of(rows: Sequence[ParagraphRow]) -> tuple[str, ...]:
    """The words of the paragraphs of one page."""
    from projections.authorities.paragraphs import texts_of

    return texts_of(current_store().reader, rows)


def history(urn: str, asked: Asked) -> HistoryAnswer:
    """Where one authority stood, what was to come, and all that had happened. Raises NotFound."""
    from projections.outlook.authority_page import history

    return history(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at)


def elements(urn: str, asked: Asked) -> ElementsAnswer:
    """What was done, is left and is not known of the five elements at one authority. Raises NotFound."""
    from projections.outlook.elements import elements_of

    return elements_of(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at)


def checks(urn: str, moment: Moment) -> tuple[SourcesChecked, ...]:
    """Who looked at an authority's sources and found nothing more, as recorded by a moment, the newest day first."""
    from projections.audit.checks import checks_of

    store = current_store()
    return checks_of(store.reader, store.ledger, urn, moment)


def outlook(urn: str, asked: Asked) -> OutlookAnswer:
    """What past waits said of one authority's next graded inspection. Raises NotFound."""
    from projections.outlook.forecasts import outlook_of

    return outlook_of(current_store().reader, urn, on=asked.as_at, known_at=asked.known_at)


def backtest(first: date, last: date, asked: Asked) -> BacktestAnswer:
    """How forecasts from each quarter's first day between two days (inclusive) did."""
    from projections.outlook.forecasts import backtest_of

    return backtest_of(current_store().reader, first=first, last=last, as_at=asked.as_at, known_at=asked.known_at)


def visit_outlook(urn: str, asked: Asked) -> VisitOutlookAnswer:
    """How likely one authority's next focused visit was. Raises NotFound."""
    from projections.outlook.forecasts import visit_outlook_of

    return visit_outlook_of(current_store().reader, urn, on=asked.as_at, known_at=asked.known_at)


def visit_chance(urn: str) -> str:
    """How likely a focused visit within six months of today is, in words; nothing where none is forecast."""
    from web.words.forecast_card import visit_chance_of

    return visit_chance_of(visit_outlook(urn, now()).outlook)


def visit_backtest(first: date, last: date, asked: Asked) -> VisitBacktestAnswer:
    """How forecasts of focused visits from each quarter's first day between two days (inclusive) did."""
    from projections.outlook.forecasts import visit_backtest_of

    return visit_backtest_of(current_store().reader, first=first, last=last, as_at=asked.as_at, known_at=asked.known_at)


def suppose(urn: str, supposed: Activity, on: date, asked: Asked) -> SupposedAnswer:
    """What would be answered on a day if something happened that has not. Raises RuleBroken where it cannot be."""
    from projections.outlook.what_if import suppose

    return suppose(current_store().reader, urn, supposed, on=on, as_at=asked.as_at, known_at=asked.known_at)


def reasoning(urn: str, asked: Asked) -> ReasoningAnswer:
    """Where one authority stood, what was to come, and every step that led there. Raises NotFound."""
    from projections.outlook.reasoning import reasoning_of

    return reasoning_of(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at)


def timeline(urn: str, asked: Asked) -> TimelineAnswer:
    """All that had happened to one authority. Raises NotFound."""
    from projections.authorities.timeline import timeline

    return timeline(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at)


def entry(name: UUID, asked: Asked) -> EntryAnswer:
    """One entry by its id or that of one of its statements. Raises NotFound."""
    from projections.authorities.entries import entry

    return entry(current_store().reader, name, as_at=asked.as_at, known_at=asked.known_at)


def files(asked: Asked) -> tuple[FileRow, ...]:
    """Every published file that was imported and read by the moment asked, the newest first."""
    from projections.authorities.files import files

    found = files(current_store().reader, known_at=asked.known_at)
    return tuple(file for file in found if file.read_on is None or file.read_on <= asked.as_at)


def moment(asked: Asked, *, of: str | None = None) -> Moment:
    """The position and horizon of an answer about one authority, by its URN, or many."""
    reader = current_store().reader
    with reader.connect() as connection:
        return reader.moment(connection, asked.as_at, asked.known_at, of=of)


def rules(ids: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of these ids that the rulebook lists."""
    return tuple(RULES[each] for each in ids if each in RULES)
