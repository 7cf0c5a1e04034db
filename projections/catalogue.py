"""All projections. A new one is a writer, its tables, and a line here."""

from __future__ import annotations

from projections.audit.projection import AUDIT
from projections.authorities.documents import DOCUMENTS
from projections.authorities.files import FILES
from projections.authorities.projection import TIMELINE
from projections.engine.projector import Projection
from projections.meetings.projection import MEETINGS
from projections.plans.projection import PLANS

PROJECTIONS: tuple[Projection, ...] = (TIMELINE, FILES, DOCUMENTS, PLANS, MEETINGS, AUDIT)
