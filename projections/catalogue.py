"""All projections. A new one is a keeper, its tables, and a line here."""

from __future__ import annotations

from projections.audit_trail import AUDIT
from projections.files import FILES
from projections.histories import TIMELINE
from projections.meeting_facts import MEETINGS
from projections.plan_facts import PLANS
from projections.projector import Projection

PROJECTIONS: tuple[Projection, ...] = (TIMELINE, FILES, PLANS, MEETINGS, AUDIT)
