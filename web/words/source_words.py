"""What sources are called: who speaks, through which publication, and what kind of document it is."""

from __future__ import annotations

from collections.abc import Mapping

from domain.values.documents import DocumentKind
from domain.values.statements import Channel, Family

FAMILIES: Mapping[Family, str] = {
    Family.SETTLEMENT: "Decided by an officer",
    Family.REPORT_IN_HAND: "Officer with the report in hand",
    Family.OFSTED_DOCUMENT: "Ofsted’s own document",
    Family.OFSTED_STATISTICS: "Ofsted statistics",
    Family.SCRAPE: "Gathered from Ofsted’s site by others",
    Family.OTHER: "Other source",
}

CHANNELS: Mapping[Channel, str] = {
    Channel.FORM: "typed in a form",
    Channel.HISTORY_DOCUMENT: "history document",
    Channel.OFSTED_HISTORY: "Ofsted release, history sheet",
    Channel.OFSTED_LATEST: "Ofsted release, latest inspections sheet",
    Channel.OFSTED_IN_YEAR: "Ofsted release, in-year sheet",
    Channel.JT39_HISTORY: "JT-39 history file",
    Channel.JT39_OVERVIEW: "JT-39 overview",
    Channel.D2I_OVERVIEW: "Data to Insight overview",
    Channel.JTAI_OVERVIEW: "Data to Insight JTAI overview",
    Channel.AREA_SEND_OVERVIEW: "Data to Insight area SEND overview",
    Channel.YOUTH_JUSTICE_RATINGS: "Data to Insight youth justice ratings",
    Channel.IMPROVEMENT_ITEMS: "improvement items file",
    Channel.OFSTED_REPORT: "Ofsted report",
    Channel.OFSTED_LETTER: "Ofsted letter",
    Channel.VISITS_TABLE: "table of visits",
    Channel.REGISTER: "register that comes with the product",
}


DOCUMENTS: Mapping[DocumentKind, str] = {
    DocumentKind.GRADED_REPORT: "A graded report",
    DocumentKind.FOCUSED_VISIT_LETTER: "A letter on a focused visit",
    DocumentKind.MONITORING_VISIT_LETTER: "A letter on a monitoring visit",
    DocumentKind.JTAI_LETTER: "A letter on a joint inspection",
    DocumentKind.AREA_SEND_REPORT: "A report on an area SEND inspection",
}
