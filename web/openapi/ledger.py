"""The log: its newest checkpoint, its entries and their proofs."""

from __future__ import annotations

from web.openapi.shapes import INSTANT, WHOLE, Schema, get, list_of, or_null, see, text, thing

HASH = text("32 bytes in base64", pattern=r"^[A-Za-z0-9+/]{43}=$")
ID = text(pattern=r"^[0-9a-f]{32}$")

PROOF = thing(
    {
        "format": text("timeline-proof/1; docs/ledger-format.md says how to check it"),
        "origin": text("The log's name"),
        "seq": WHOLE,
        "position": WHOLE,
        "event": thing(
            {
                "stream": or_null(ID),
                "version": or_null(WHOLE),
                "topic": or_null(text()),
                "bytes": or_null(text("The recorded bytes in base64; all of the event is null where it is withheld")),
                "recorded_at": or_null(INSTANT),
                "command": or_null(ID),
            }
        ),
        "leaf": HASH,
        "inclusion": list_of(HASH),
        "tree": thing({"size": WHOLE, "root": HASH}),
        "checkpoint": or_null(text("A signed note over that tree; null while none covers the entry")),
    },
    {"withheld": text("Why the event is not shown, and who may see it; absent where it is shown")},
)

ENTRY: Schema = {
    "name": "seq",
    "in": "path",
    "required": True,
    "schema": text(pattern=r"^[0-9]{1,18}$"),
    "description": "The entry's number in the log, counted from 1.",
}

SCHEMAS = {
    "Proof": PROOF,
}

PATHS = {
    "/api/ledger/checkpoint": get(
        "The log's newest checkpoint: a signed note as C2SP describes it", text(), of="text/plain"
    ),
    "/api/ledger/entries/{seq}": get(
        "One entry of the log, and the proof that it is in it; without its event where that is not public",
        see("Proof"),
        ENTRY,
    ),
}
