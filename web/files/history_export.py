"""The history, out: a history document that another store can import whole, a table, or the events themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

from domain.authorities.authority import Authority
from domain.frameworks import Area
from domain.values.activities import Activity, AuthorityFacts, Status
from domain.values.statements import Ruled, Ruling, Statement
from projections.authorities.names import authority as authority_facts
from projections.authorities.names import identify
from projections.authorities.timeline import timeline
from web.formats.latest_checkpoint import NOTE, LatestCheckpoint, closing_rows, sealing
from web.formats.table import in_pieces
from web.intake.documents import dump_yaml
from web.intake.exported import encode_authority, encode_document, encode_statement
from web.intake.history_item import item_of
from web.words.dates import today

if TYPE_CHECKING:
    from web.store.store import Store

COLUMNS = (
    "urn",
    "authority",
    "type",
    "framework",
    "variant",
    "start",
    "end",
    "published",
    "date",
    "period",
    "focus",
    "theme",
    "areas_for_priority_action",
    *(f"grades.{area.value}" for area in Area),
    "inspectorate",
    "title",
    "outcome",
    "ratings",
    "status",
    "sources",
)


def export_history(store: Store, format_: str, authority: str | None, stream: TextIO) -> None:
    """Write everything held, of one authority (by any name) or of all, and the checkpoint at the end. `format_` is
    `yaml`, `csv` or `ndjson`.

    Raises NotFound for an authority that is not known."""
    urns = _urns(store, authority)
    sealed = sealing(store)
    if format_ == "ndjson":
        _events(store, urns if authority else None, stream)
        if sealed is not None:
            stream.write(json.dumps({"checkpoint": sealed.note}, ensure_ascii=False) + "\n")
    elif format_ == "csv":
        _table(store, urns, sealed, stream)
    else:
        stream.write(dump_yaml(history_document(store, urns, title="Inspection timeline export")))
        if sealed is not None:
            stream.write("".join(f"# {line}".rstrip() + "\n" for line in (f"{NOTE}:", *sealed.note.splitlines())))


def _urns(store: Store, authority: str | None) -> list[str]:
    if authority is not None:
        return [identify(store.reader, authority, as_at=today())]
    with store.reader.connect() as connection:
        return sorted(identity.urn for identity in store.reader.identities(connection))


def history_document(
    store: Store,
    urns: Iterable[str] | None = None,
    *,
    title: str,
    of: Callable[[Activity], Activity] = lambda held: held,
    said: Callable[[Statement], Statement] = lambda statement: statement,
) -> dict[str, Any]:
    """What is held of these authorities (None: of all), and all that was said of it, as a history document: `of` each
    entry, `said` of each statement what is to be written."""
    authorities = []
    urns = _urns(store, None) if urns is None else list(urns)
    reader = store.reader
    with reader.connect() as connection:
        moment = reader.moment(connection, today(), None)
        identities = [identity for identity in reader.identities(connection, moment.position) if identity.urn in urns]
        known = reader.known_until(connection, moment.position, identities)
    numbers = {one.urn: one.numbers_given for one in identities}
    for urn in urns:
        kept = store.application.authorities.authority(urn)
        told = known.get(urn, moment.known_until)
        if not (kept.activities or told.spans or numbers[urn]):
            continue
        facts = authority_facts(reader, urn, as_at=today())
        authorities.append(
            encode_authority(
                facts,
                history=[_item(kept, activity, of, said) for activity in kept.activities],
                rulings=_rulings(kept),
                known_until=None if told == moment.known_until else told,
                numbers=numbers[urn],
            )
        )
    return encode_document(authorities, title=title, data_horizon=moment.data_horizon, known_until=moment.known_until)


def _item(
    kept: Authority,
    activity: Activity,
    of: Callable[[Activity], Activity],
    said: Callable[[Statement], Statement],
) -> dict[str, Any]:
    """What is held, and all that was said of it, in the order in which it was: an officer's last word counts."""
    every = sorted((kept.dossier.statements[name] for name in activity.statements), key=lambda s: (s.order, s.id))
    return item_of(of(activity)) | {"said": [encode_statement(said(statement)) for statement in every]}


def _rulings(kept: Authority) -> Iterator[Ruling]:
    for said in kept.dossier.compared.values():
        ruled, texts = Ruled.SAME_MATTER if said.same else Ruled.OTHER_MATTER, (said.text, said.earlier_text)
        yield Ruling(kept.urn, ruled, said.one, said.earlier, said.reason, texts=texts)
    for one, other, same, reason in kept.dossier.ruled():
        yield Ruling(kept.urn, Ruled.SAME if same else Ruled.DISTINCT, one, other, reason)
    for activity in kept.activities:
        if activity.status is Status.WITHDRAWN:
            yield Ruling(kept.urn, Ruled.WITHDRAWN, activity.id, None, activity.reason, activity.statements)


def _table(store: Store, urns: Iterable[str], sealed: LatestCheckpoint | None, stream: TextIO) -> None:
    answers = (timeline(store.reader, urn, as_at=today()) for urn in urns)
    rows = (_row(answer.authority, entry.activity) for answer in answers for entry in answer.entries)
    for piece in in_pieces(COLUMNS, chain(rows, closing_rows(sealed))):
        stream.write(piece)


def _row(authority: AuthorityFacts, activity: Activity) -> list[str]:
    item = item_of(activity)
    grades = item.get("grades", {})
    cells: dict[str, object] = {
        **{key: item.get(key, "") for key in COLUMNS},
        "date": item.get("date") or item.get("on", ""),
        **{f"grades.{area.value}": grades.get(area.value, "") for area in Area},
        "ratings": "; ".join(f"{one.area}: {one.rating}" for one in activity.ratings),
        "urn": authority.urn,
        "authority": authority.name,
        "status": activity.status.value,
        "sources": "; ".join(citation.url or citation.title for citation in activity.sources),
    }
    return [str(cells[column]) for column in COLUMNS]


def _events(store: Store, urns: Iterable[str] | None, stream: TextIO) -> None:
    """One event a line, as stored: nothing is interpreted, so that nothing can be lost."""
    streams = None if urns is None else {Authority.create_id(urn) for urn in urns}
    start = 1
    while page := store.ledger.recorder.select_notifications(start, 1_000):
        for event in page:
            if streams is None or event.originator_id in streams:
                line = {
                    "position": event.id,
                    "stream": str(event.originator_id),
                    "version": event.originator_version,
                    "name": event.topic,
                    "fact": json.loads(event.state),
                }
                stream.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
        start = page[-1].id + 1
