"""Real-looking answers to show on a page without a store: Tynehaven is invented, its history is of the usual shape."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from domain.frameworks import Area, Framework, Grade
from domain.rulebook.results import (
    Expectation,
    ExpectedNext,
    Graded,
    GradedType,
    Interim,
    InterimType,
    Pathway,
    PriorityActionOverride,
    Standing,
    WindowStatus,
)
from domain.values.activities import Activity, AuthorityFacts, Correction, Disagreement, Saying, Status
from domain.values.judgements import Judgements
from domain.values.known_until import KnownKind, KnownUntil
from domain.values.statements import Citation, Family, Kind, Period, Variant
from projections.engine.answers import (
    Moment,
    RegisterAnswer,
    RegisterRow,
    TimelineAnswer,
    TimelineEntry,
)

ON = date(2026, 11, 22)
KNOWN = KnownUntil.of(dict.fromkeys(KnownKind, date(2026, 8, 22)))
MOMENT = Moment(as_at=ON, known_at=None, position=1234, data_horizon=date(2026, 8, 22), known_until=KNOWN)
REPORT = Citation("Ofsted report, published 11 June 2024", "https://files.ofsted.gov.uk/v1/file/50250001")
STATISTICS = Citation("Ofsted official statistics as at 31 March 2025", "https://www.gov.uk/government/statistics")

TYNEHAVEN = AuthorityFacts(
    urn="80999",
    name="Tynehaven",
    la_number="399",
    gss_code="E08000099",
    region="North East",
    ofsted_region="North East, Yorkshire and Humber",
)


def _id(number: int) -> UUID:
    return UUID(int=number)


ALL_GOOD_2024 = Judgements.of(
    {
        Area.OVERALL_EFFECTIVENESS: Grade.GOOD,
        Area.IMPACT_OF_LEADERS: Grade.GOOD,
        Area.HELP_AND_PROTECTION: Grade.GOOD,
        Area.IN_CARE: Grade.GOOD,
        Area.CARE_LEAVERS: Grade.REQUIRES_IMPROVEMENT,
    }
)

SIF_2014 = Activity(
    id=_id(1),
    urn="80999",
    kind=Kind.INSPECTION,
    framework=Framework.SIF,
    variant=Variant.SINGLE_INSPECTION,
    start=date(2014, 5, 20),
    end=date(2014, 6, 11),
    published=date(2014, 7, 18),
    grades=Judgements.of(
        {
            Area.OVERALL_EFFECTIVENESS: Grade.REQUIRES_IMPROVEMENT,
            Area.HELP_AND_PROTECTION: Grade.REQUIRES_IMPROVEMENT,
            Area.LOOKED_AFTER_AND_PERMANENCE: Grade.GOOD,
            Area.ADOPTION: Grade.GOOD,
            Area.CARE_LEAVERS: Grade.REQUIRES_IMPROVEMENT,
            Area.LEADERSHIP_MANAGEMENT_GOVERNANCE: Grade.REQUIRES_IMPROVEMENT,
            Area.LSCB: Grade.REQUIRES_IMPROVEMENT,
        }
    ),
    sources=(Citation("Ofsted report, published 18 July 2014", "https://files.ofsted.gov.uk/v1/file/50000001"),),
)

ILACS_2018 = Activity(
    id=_id(2),
    urn="80999",
    kind=Kind.INSPECTION,
    framework=Framework.ILACS,
    variant=Variant.STANDARD,
    start=date(2018, 10, 29),
    end=date(2018, 11, 9),
    published=date(2018, 12, 14),
    grades=Judgements.of(
        {
            Area.OVERALL_EFFECTIVENESS: Grade.REQUIRES_IMPROVEMENT,
            Area.IMPACT_OF_LEADERS: Grade.REQUIRES_IMPROVEMENT,
            Area.HELP_AND_PROTECTION: Grade.REQUIRES_IMPROVEMENT,
            Area.IN_CARE_AND_CARE_LEAVERS: Grade.GOOD,
        }
    ),
    sources=(Citation("Ofsted report, published 14 December 2018", "https://files.ofsted.gov.uk/v1/file/50040001"),),
)

ILACS_2024 = Activity(
    id=_id(3),
    urn="80999",
    kind=Kind.INSPECTION,
    framework=Framework.ILACS,
    variant=Variant.STANDARD,
    start=date(2024, 4, 29),
    end=date(2024, 5, 10),
    published=date(2024, 6, 11),
    grades=ALL_GOOD_2024,
    improvements=(
        "The quality and timeliness of pathway plans for care leavers.",
        "The consistency of management oversight and supervision.",
    ),
    statements=(_id(301), _id(302)),
    sources=(REPORT, STATISTICS),
    disagreements=(
        Disagreement(
            field="grades.care_leavers",
            held="requires_improvement",
            says=(
                Saying(
                    "Ofsted official statistics as at 31 March 2025",
                    Family.OFSTED_STATISTICS,
                    "requires_improvement",
                    date(2025, 9, 25),
                    _id(302),
                ),
                Saying("Overview of 25 May 2026", Family.SCRAPE, "good", date(2026, 5, 25), _id(301)),
            ),
        ),
    ),
)

FOCUSED_2022 = Activity(
    id=_id(4),
    urn="80999",
    kind=Kind.FOCUSED_VISIT,
    start=date(2022, 2, 8),
    end=date(2022, 2, 9),
    published=date(2022, 3, 14),
    focus="the front door",
    priority_action=False,
    status=Status.CORRECTED,
    corrections=(
        Correction(
            "published",
            Saying("Overview of 17 August 2023", Family.SCRAPE, "2022-03-15", date(2023, 8, 17), _id(401)),
            Saying("Overview of 25 May 2026", Family.SCRAPE, "2022-03-14", date(2026, 5, 25), _id(402)),
        ),
    ),
    sources=(STATISTICS,),
)

FOCUSED_2026 = Activity(
    id=_id(5),
    urn="80999",
    kind=Kind.FOCUSED_VISIT,
    start=date(2026, 2, 10),
    end=date(2026, 2, 11),
    published=date(2026, 3, 17),
    focus="children in need or subject to a child protection plan",
    priority_action=True,
    priority_actions=("Management oversight of unallocated cases at the front door.",),
    sources=(Citation("Ofsted letter, published 17 March 2026", "https://files.ofsted.gov.uk/v1/file/50299999"),),
)

JTAI_2017 = Activity(
    id=_id(6),
    urn="80999",
    kind=Kind.JTAI,
    theme="neglect",
    start=date(2017, 12, 4),
    end=date(2017, 12, 8),
    published=date(2018, 1, 30),
    statement_due=date(2018, 5, 11),
    sources=(Citation("Joint letter, 30 January 2018"),),
)

SELF_EVALUATION = Activity(
    id=_id(7),
    urn="80999",
    kind=Kind.SELF_EVALUATION,
    period=Period("2025-12"),
    sources=(Citation("Cabinet minutes, January 2026", "https://democracy.tynehaven.example/ieDoc.aspx?id=1"),),
)

WITHDRAWN_VISIT = Activity(
    id=_id(8),
    urn="80999",
    kind=Kind.MONITORING_VISIT,
    number=1,
    start=date(2023, 6, 6),
    end=date(2023, 6, 7),
    status=Status.WITHDRAWN,
    reason="Recorded against the wrong authority.",
)

ACTIVITIES = (
    SIF_2014,
    JTAI_2017,
    ILACS_2018,
    FOCUSED_2022,
    WITHDRAWN_VISIT,
    ILACS_2024,
    SELF_EVALUATION,
    FOCUSED_2026,
)


def told(activity: Activity) -> TimelineEntry:
    at = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
    return TimelineEntry(activity=activity, recorded_at=at, first_recorded_at=at, position=activity.id.int)


STANDING = Standing(
    authority=TYNEHAVEN,
    on=ON,
    pathway=Pathway.GOOD_OR_OUTSTANDING,
    governing=ILACS_2024,
    inherited_monitoring=False,
    expected_next=ExpectedNext(
        graded=Graded(
            type=GradedType.STANDARD,
            window_from=date(2026, 12, 11),
            window_to=date(2027, 12, 11),
            status=WindowStatus.UPCOMING,
            midpoint=date(2027, 6, 11),
        ),
        action_plan_due=date(2024, 9, 18),
        priority_action_override=PriorityActionOverride(Period("2026-02"), Period("2026-07"), Period("2027-08")),
        interim=Interim(InterimType.ACTION_PLAN_SUBMISSION, due=date(2026, 12, 1)),
    ),
    expectations=(
        Expectation(
            activity="standard_inspection",
            basis="pathway",
            due_from=date(2026, 12, 11),
            due_to=date(2027, 12, 11),
            status=WindowStatus.UPCOMING,
            why="A standard inspection is usual 30 to 42 months after the last report, published on 11 June 2024.",
            rules=("R-020", "R-025", "R-034"),
            caveats=("Ofsted decides the type and the timing.",),
            inferred=False,
        ),
        Expectation(
            activity="standard_inspection",
            basis="priority_action",
            due_from=date(2026, 7, 1),
            due_to=date(2027, 8, 31),
            status=WindowStatus.IN_WINDOW,
            why="After an area for priority action the next inspection was a standard one, 5 to 18 months later.",
            rules=("R-034", "R-092"),
        ),
        Expectation(
            activity="focused_visit",
            basis="cycle",
            due_from=date(2024, 6, 11),
            due_to=date(2026, 12, 11),
            status=WindowStatus.IN_WINDOW,
            why="One focused visit, or a joint inspection in its place, is expected in the interval since 2019.",
            rules=("R-030",),
        ),
        Expectation(
            activity="engagement_meeting",
            basis="cycle",
            due_from=None,
            due_to=date(2026, 12, 15),
            status=WindowStatus.UPCOMING,
            why="The engagement meeting is held once a year.",
            rules=("R-066", "R-067"),
            inferred=True,
        ),
    ),
    why="The report published on 11 June 2024 judged overall effectiveness good.",
    rules=("R-020", "R-021"),
)

TIMELINE_ANSWER = TimelineAnswer(MOMENT, TYNEHAVEN, tuple(told(activity) for activity in ACTIVITIES))
REGISTER_ANSWER = RegisterAnswer(MOMENT, (RegisterRow(TYNEHAVEN, STANDING, 1, 0),))
