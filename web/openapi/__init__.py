"""The OpenAPI document of `/api`, a module per area; a test holds it equal to the routes and to what they answer."""

from __future__ import annotations

from web.openapi import (
    authorities,
    due,
    elements,
    findings,
    focused_visits,
    forecasts,
    frameworks,
    ledger,
    meetings,
    plans,
    time,
    windows,
)
from web.openapi.shapes import WHOLE, Schema, get, text, thing

AREAS = (
    authorities,
    elements,
    findings,
    focused_visits,
    frameworks,
    windows,
    forecasts,
    plans,
    due,
    meetings,
    time,
    ledger,
)

PROBLEM = thing({"type": text(), "title": text(), "status": WHOLE, "detail": text()})

DESCRIPTION: Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "Inspection timeline",
        "version": "1",
        "description": "The inspection history of England's children's services and what follows from it. Read-only.",
        "license": {"name": "Facts from Ofsted: Open Government Licence v3.0"},
    },
    "paths": {"/api/openapi.json": get("This document", {"type": "object"})}
    | {address: path for area in AREAS for address, path in area.PATHS.items()},
    "components": {
        "schemas": {"Problem": PROBLEM} | {name: schema for area in AREAS for name, schema in area.SCHEMAS.items()}
    },
}
