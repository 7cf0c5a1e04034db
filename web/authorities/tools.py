"""What can be done from an authority's page: the links under its heading, and the quiet ones at its foot."""

from __future__ import annotations

from flask import url_for

from domain.values.activities import AuthorityFacts
from web.site import access
from web.site.reader import Asked

Tools = tuple[tuple[str, str], ...]


def tools(authority: AuthorityFacts, asked: Asked, *, ended: bool, begins: bool, called: bool, waiting: str) -> Tools:
    """What people come for, in the order of worth. `called`: an inspection or visit was called; `waiting` says how many
    questions wait."""
    urn, at = authority.urn, asked.address
    found = [("Two-page briefing", url_for("briefing.show", identifier=urn, **at))]
    if not ended:
        found.append(("Compare", url_for("neighbours.show", identifier=urn, **at)))
    if access.may("ASKS") and not ended:
        found.append(("Ask a question", url_for("asking.ask", urn=urn, **at)))
    found.append(("Follow", url_for("follow.show", authority=urn)))
    if not ended:
        found.append(("Calendar", url_for("feeds.show", urn=urn, **at)))
    if not (ended or begins or called):
        found.append(("When Ofsted calls", url_for("call_week.show", identifier=urn, **at)))
    if access.may("READS"):
        asked_here = f"Members’ questions: {waiting}" if waiting else "Members’ questions"
        found.append((asked_here, url_for("challenges.index", authority=urn, **at)))
    if access.may_record(urn) and not begins:
        found.append(("Record a call from Ofsted", url_for("recording.record", urn=urn, kind="call")))
        found.append(("Read a report or letter", url_for("documents.new", urn=urn)))
        if authority.ends_on or authority.abolished_on:
            found.append(("Hand over what is open", url_for("duties.hand_over", urn=urn)))
    return tuple(found)


def quiet_tools(authority: AuthorityFacts, asked: Asked, *, begins: bool) -> Tools:
    """Where the rest of what is held stands."""
    urn = authority.urn
    found = [
        ("What changed between two days", url_for("compare.authority", urn=urn)),
        ("What each source said", url_for("sources.show", urn=urn, on=asked.as_at.isoformat())),
        ("The five elements as one picture", url_for("elements.show", identifier=urn, **asked.address)),
    ]
    if access.may("READS"):
        found.append(("Scrutiny meetings", url_for("meetings.index", authority=urn, **asked.address)))
        found.append(("Record of every entry", url_for("audit.of_authority", urn=urn)))
    if access.may_record(urn) and not begins:
        found.append(("Open an action plan", url_for("planning.open_plan", urn=urn)))
    if access.may("ADMINISTERS"):
        found.append(("Name, codes and end", url_for("identity.choose", urn=urn)))
    return tuple(found)
