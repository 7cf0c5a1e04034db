"""The rule of every address, in one table, by Flask's name for it. What has no rule is refused.

`docs/access.md` shows the same to people, role by role; `tests/web/site/test_access.py` walks every address with every
role and holds all three equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from web.site import moved


class AccessRule(Enum):
    """Who is let in."""

    EVERYONE = "everyone"
    SIGNED_IN = "anybody who is signed in"
    READS = "anybody with a role: what is not published"
    ASKS = "members"
    RECORDS = "officers and approvers, for the authority in the address"
    APPROVES = "approvers, for the authority in the address"
    IMPORTS = "officers and approvers for all authorities"
    KEEPS_CURRENT = "whoever imports, oversees or administers"
    OVERSEES = "administrators and auditors"
    ADMINISTERS = "administrators"


@dataclass(frozen=True)
class Apart:
    """One rule for looking, another for sending."""

    look: AccessRule
    send: AccessRule


PUBLIC = (
    *moved.ENDPOINTS,
    "start.show",
    "my_work.show",
    "authorities.index",
    "start.table",
    "suggestions.show",
    "authorities.show",
    "elements.show",
    "inspections.show",
    "windows.show",
    "neighbours.show",
    "neighbours.table",
    "neighbours.word",
    "all_windows.show",
    "all_windows.table",
    "regions.england",
    "regions.england_table",
    "regions.show",
    "regions.table",
    "call_week.show",
    "planner.show",
    "disagreements.show",
    "findings.index",
    "findings.table",
    "focused_visits.index",
    "focused_visits.table",
    "paragraphs.index",
    "letters.index",
    "news_feeds.everything",
    "news_feeds.of_authority",
    "news_feeds.of_region",
    "news_feeds.of_plan",
    *(f"follow.{name}" for name in ("show", "confirm", "leave", "address", "by_secret", "forget", "feed", "calendar")),
    "feeds.show",
    "feeds.several",
    "feeds.one",
    "supposing.show",
    "forecasts.show",
    "visit_forecasts.show",
    "about.show",
    "about.rulebook",
    "about.sources",
    "about.accessibility",
    "about.glossary",
    "briefing.show",
    "briefing.word",
    "briefing.several",
    "briefing.several_word",
    "compare.authority",
    "compare.authority_word",
    "compare.authority_table",
    "api_time.compare",
    "api_time.sources",
    "api_places.sources",
    "sources.show",
    "api.openapi",
    "api.frameworks",
    "api.authorities",
    "api.standing",
    "api.window",
    "api.timeline",
    "api.elements",
    "api.authority_findings",
    "api.forecast",
    "api.forecasts",
    "api.backtest",
    "api.past_windows",
    "api.suppose",
    "api.tally",
    "api.findings",
    "api.focused_visits",
    "api.paragraphs",
    "api.doubts",
    "api.planner",
    "api_plans.plan",
    "api_plans.plans",
    "api_plans.action",
    "api_plans.burn_up",
    "plans.index",
    "plans.show",
    "plans.findings",
    "plans.questions",
    "plans.action",
    "api.checkpoint",
    "api.ledger_entry",
    "ledger_pages.checkpoints",
    "ledger_pages.checkpoint",
    "ledger_pages.key",
    "ledger_pages.consistency",
    "ledger_pages.feed",
    "ledger_pages.checker",
    "api.healthz",
    "api.readyz",
    "csp_report",
    "signing_in.show",
    "signing_in.demonstrate",
    "demonstration.load",
    "demonstration.end",
    "signing_in.set_up",
)
"""What anyone may open: it is published, or it is the way in. A link that sets up an account is its own key."""

ACCESS: Mapping[str, AccessRule | Apart] = {
    **dict.fromkeys(PUBLIC, AccessRule.EVERYONE),
    "actions.index": AccessRule.READS,
    "actions.table": AccessRule.READS,
    "challenges.index": AccessRule.READS,
    "challenges.show": AccessRule.READS,
    "asking.ask": AccessRule.ASKS,
    "asking.reply": AccessRule.READS,
    "asking.erase": AccessRule.ADMINISTERS,
    "publishing.publish": AccessRule.APPROVES,
    "api_plans.due": AccessRule.READS,
    "api_plans.challenges": AccessRule.READS,
    "recording.choose": AccessRule.RECORDS,
    "recording.record": AccessRule.RECORDS,
    "identity.choose": AccessRule.ADMINISTERS,
    "identity.record": AccessRule.ADMINISTERS,
    "correcting.correct": AccessRule.RECORDS,
    "documents.new": AccessRule.RECORDS,
    "documents.show": AccessRule.RECORDS,
    "documents.check": AccessRule.RECORDS,
    "compare.plan": AccessRule.READS,
    "compare.plan_word": AccessRule.READS,
    "compare.plan_table": AccessRule.READS,
    "planning.open_plan": AccessRule.RECORDS,
    "duties.hand_over": AccessRule.RECORDS,
    "duties.hand_on": AccessRule.APPROVES,
    "planning.record": AccessRule.RECORDS,
    "planning.carry_over": AccessRule.RECORDS,
    "planning.act": AccessRule.RECORDS,
    "updating.show": AccessRule.RECORDS,
    "planning.ask": AccessRule.ASKS,
    "planning.reply": AccessRule.READS,
    "planning.conventions": AccessRule.RECORDS,
    "planning.erase": AccessRule.ADMINISTERS,
    "meetings.index": AccessRule.READS,
    "meetings.show": AccessRule.READS,
    "meetings.document": AccessRule.READS,
    "meeting_recording.arrange": AccessRule.RECORDS,
    "meeting_recording.record": AccessRule.RECORDS,
    "meeting_recording.erase": AccessRule.ADMINISTERS,
    "meeting_recording.erase_topics": AccessRule.ADMINISTERS,
    "imports.start": AccessRule.IMPORTS,
    "imports.show": AccessRule.IMPORTS,
    "imports.confirm": AccessRule.IMPORTS,
    "waiting.show": AccessRule.IMPORTS,
    "waiting.decided": AccessRule.IMPORTS,
    "places.show": AccessRule.KEEPS_CURRENT,
    "pack.show": AccessRule.READS,
    "pack.word": AccessRule.READS,
    "pack.in_template": AccessRule.READS,
    "pack.excel": AccessRule.READS,
    "audit.index": AccessRule.READS,
    "audit.of_authority": AccessRule.READS,
    "audit.of_plan": AccessRule.READS,
    "audit.event": AccessRule.READS,
    "audit.receipt": AccessRule.READS,
    "audit.receipt_of_command": AccessRule.READS,
    "audit.table": AccessRule.READS,
    "audit.lines": AccessRule.READS,
    "ledger_pages.verification": AccessRule.READS,
    "ledger_pages.export": AccessRule.OVERSEES,
    "ledger_pages.seal": AccessRule.OVERSEES,
    "sheets.workbook": AccessRule.READS,
    "sheets.table": AccessRule.READS,
    "sheets.start": AccessRule.RECORDS,
    "sheets.columns": AccessRule.RECORDS,
    "sheets.rows": AccessRule.RECORDS,
    "sheets.rest": AccessRule.RECORDS,
    "signing_in.sign_out": AccessRule.SIGNED_IN,
    "account.show": AccessRule.SIGNED_IN,
    "account.password": AccessRule.SIGNED_IN,
    "account.end": AccessRule.SIGNED_IN,
    **dict.fromkeys(("follow.mail", "follow.again", "follow.stop"), AccessRule.SIGNED_IN),
    "people.index": AccessRule.OVERSEES,
    "people.show": AccessRule.OVERSEES,
    "people.add": AccessRule.ADMINISTERS,
    "people.grant": AccessRule.ADMINISTERS,
    "people.withdraw": AccessRule.ADMINISTERS,
    "people.disable": AccessRule.ADMINISTERS,
    "people.reinstate": AccessRule.ADMINISTERS,
    "people.link": AccessRule.ADMINISTERS,
    "people.end": AccessRule.ADMINISTERS,
}
"""The rule of each address, by Flask's name for it."""

DOCUMENTS = frozenset(
    {
        "briefing.word",
        "briefing.several_word",
        "neighbours.word",
        "compare.authority_word",
        "compare.authority_table",
        "compare.plan_word",
        "compare.plan_table",
        "pack.word",
        "pack.in_template",
        "pack.excel",
        "sheets.workbook",
        "sheets.table",
    }
)
"""Addresses at which a file is made for whoever asks: counted by person, and by address where nobody is signed in."""
