"""An inspection on which two sources disagree, told as the real files tell it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from domain.values.activities import Activity
from tests.web.intake.making import HISTORY, HISTORY_2025, RI, by_name, csv_file, history_row, ods
from tests.web.signed_in import store_of
from web import WebApp
from web.files.run import import_paths

STHELENS = "80560"
REPORT = "https://files.ofsted.gov.uk/v1/file/50229999"


def tell_a_dispute(app: WebApp, folder: Path) -> Activity:
    """St Helens 2023: Ofsted's release and a scrape have two grades the other way round."""
    release = by_name(
        HISTORY_2025,
        local_authority_area_code="E08000013",
        local_authority_name="St Helens",
        local_authority_status="Current",
        inspection_date=date(2023, 7, 10),
        publication_date=date(2023, 9, 4),
        inspection_type="ILACS Standard Inspection",
        overall_effectiveness=RI,
        the_experiences_and_progress_of_children_who_need_help_and_protection=RI,
        the_experiences_and_progress_of_children_in_care="Good",
        the_experiences_and_progress_of_care_leavers=RI,
    )
    ofsted = ods(
        folder / "LA_Inspection_Outcomes_as_at_March_2025.ods",
        {"ILACS_inspection_history": [["Table 1"], ["Inspections as at 31 March 2025"], HISTORY_2025, release]},
    )
    scrape = history_row(
        urn=STHELENS,
        local_authority="st helens",
        inspection_link=REPORT,
        publication_date="04/09/23",
        inspection_framework="standard",
        inspection_start_date="10/07/2023",
        inspection_end_date="21/07/2023",
        overall_effectiveness_grade="requires improvement",
        impact_of_leaders_grade="good",
        help_and_protection_grade="good",
        in_care_grade="requires improvement",
        care_leavers_grade="requires improvement",
    )
    jt39 = csv_file(folder / "ofsted_csc_ilacs_history_2026-08-04.csv", HISTORY, [scrape])
    with app.app_context():
        store = store_of(app)
        report = import_paths(store.application, [ofsted, jt39], actor="import")
        assert [file.refused for file in report.files] == [None, None]
        store.projector.catch_up()
        (found,) = (one for one in store.application.authorities.authority(STHELENS).activities if one.disagreements)
    return found
