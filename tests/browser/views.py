"""Every page that a link leads to, in every state worth looking at, and one store that holds what they show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum, auto
from pathlib import Path
from uuid import UUID

from domain.authorities.other_inspections import OtherInspection
from domain.duties.handing_over import HandOver
from domain.meetings.commands import ArrangeMeeting, FixView, Resolve
from domain.values.plans import AskedKind
from domain.values.roles import Listed, Role
from domain.values.sealed import subject_of
from domain.values.statements import Kind, Rating
from tests.questions_story import about, ask
from tests.web.authorities.test_documents import OF_GATESHEAD, filled_in
from tests.web.authorities.test_questions import read
from tests.web.client import Client
from tests.web.demo_app import (
    GATESHEAD,
    HARINGEY,
    LEICESTERSHIRE,
    STOCKTON,
    UNTOUCHED,
    demo_app,
    tell_a_call,
    told,
)
from tests.web.disputed import STHELENS, tell_a_dispute
from tests.web.example_of_2019 import tell_example_of_2019
from tests.web.lists_app import OFFICE, ON, tell_plans
from tests.web.passing_on import CUMBERLAND, CUMBRIA, carry_one_over, tell_cumbria
from tests.web.places.files import (
    ADDRESS,
    LEADERS_WORSE,
    NEW_OF_HARINGEY,
    REJECTED,
    SAME_OF_STHELENS,
    THIRD,
    WORSE_OF_HARINGEY,
    command,
    given,
    waits,
)
from tests.web.signed_in import PASSWORD, person, sign_in, store_of
from web import WebApp
from web.authorities.command_table import RECORDS
from web.authorities.correcting import CORRECTIONS
from web.news.signed import to_confirm, to_leave
from web.places.waiting import set_aside
from web.plans.command_table import ACTION_FORMS, PLAN_FORMS, QUESTION_FORMS
from web.questions.command_pages import REPLIES


class Reader(Enum):
    """Whose page it is."""

    NOBODY = auto()
    MEMBER = auto()
    OFFICER = auto()
    OFFICER_OF_HARINGEY = auto()
    EVERY_ROLE = auto()


@dataclass(frozen=True)
class View:
    """A page as one reader sees it. With `axe` its template, or a kind of field in it, is looked at here."""

    address: str
    reader: Reader
    axe: bool = True

    def __str__(self) -> str:
        return f"{self.reader.name.lower()}:{self.address}"


AUTHORITY, HEARD = f"/authorities/{HARINGEY}", f"/authorities/{GATESHEAD}"
CALLED = f"/authorities/{LEICESTERSHIRE}"
SUPPOSED = (
    f"/authorities/{STOCKTON}/suppose?suppose=report&day=2027-02-01&impact_of_leaders=good"
    "&help_and_protection=inadequate&in_care=good&care_leavers=good"
)
THEN = "as_at=2020-01-24"
COMPARE = f"{AUTHORITY}/compare?from=2018-01-01&to=2026-09-01"
MEETINGS = f"{HEARD}/meetings"

READ_BY_ALL = (
    "/authorities?as_at=never",
    "/authorities/erewhon",
    "{entry}",
    "{entry}?as_at=2016-01-01",
    "{of_the_plan}",
    "{disputed}",
    "{asked}",
    "{area_send}",
    "{youth_justice}",
    f"/authorities/{STOCKTON}?kind=others",
    "/authorities?send=3&youth=good",
    COMPARE,
    f"{COMPARE}&from_known=2020-01-01&to_known=2099-01-01",
    f"{AUTHORITY}/compare?from=2026-09-01&to=2018-01-01",
    f"{HEARD}/sources?on=2026-09-01",
    f"{HEARD}?kind=questions",
    f"{CALLED}?as_at=2026-12-01",
    f"{CALLED}/call?as_at=2026-12-01",
    f"{AUTHORITY}?as_at=2018-12-20",
    "/authorities/80567?as_at=2026-11-30",
    "/authorities/80567?as_at=2027-04-01",
    "/authorities/east-surrey?as_at=2026-11-30",
    "/authorities?q=surre&as_at=2026-11-30",
    "/coming-up?as_at=2026-12-01",
    f"/authorities/{GATESHEAD}/briefing",
    f"/briefing?authority={HARINGEY}&authority={STOCKTON}&as_at=2026-09-01",
    "/briefing",
    f"/authorities/{LEICESTERSHIRE}/neighbours",
    f"/authorities/{LEICESTERSHIRE}/neighbours?with={STOCKTON}&with={HARINGEY}&as_at=2026-09-01",
    "/windows?as_at=2026-12-01",
    "/windows?region=London",
    "/regions",
    "/regions/London?as_at=2026-12-01",
    "/coming-up/forecasts",
    "/coming-up/forecasts/visits",
    "/plans",
    f"/plans/{{example}}?{THEN}&since=2019-10-31",
    f"/plans/{{example}}/findings?{THEN}",
    f"/plans/{{example}}/questions?{THEN}",
    f"/plans/{{example}}?{THEN}&state=off-track&sort=due",
    f"/plans/{{example}}/actions/1?{THEN}",
    f"/plans/{{example}}/actions/6?{THEN}",
    "/plans/{example}",
    "/plans/{handed}",
    f"/authorities/{CUMBERLAND}",
    "/my-work",
    "/sign-in",
    "{set_up}",
    "/follow",
    "{followed}",
    "{confirming}",
    "{leaving}",
)
"""Without signing in."""

READ_BY_AN_OFFICER = (
    "/",
    "/authorities?region=London",
    "/authorities?q=erewhon",
    "/authorities?q=haringay",
    "/authorities/suggestions?q=leics",
    "/authorities/suggestions?q=erewhon",
    "/?by=pathway",
    "/authorities?q=cumbria&window=erewhon",
    "/coming-up",
    "/coming-up?month=2021-10&as_at=2021-10-31",
    "/disagreements",
    "/coming-up/calendars",
    f"/coming-up/calendars?urn={HARINGEY}&region=London",
    f"/follow?authority={HARINGEY}",
    AUTHORITY,
    f"{AUTHORITY}?as_at=2019-01-01",
    f"/authorities/{UNTOUCHED}",
    f"{AUTHORITY}/suppose",
    SUPPOSED,
    f"{AUTHORITY}/system",
    f"/authorities/{UNTOUCHED}/system",
    f"{AUTHORITY}/window",
    f"{AUTHORITY}/window?as_at=2017-06-01",
    f"/authorities/{UNTOUCHED}/window",
    f"{AUTHORITY}/record",
    "/plans/{example}/compare?from=2019-01-01&to=2020-01-01",
    "/about",
    "/about/rules",
    "/about/sources",
    "/accessibility",
    "/help/glossary",
)

LISTS = (
    "/my-work",
    "/plans/{plan}/update",
    "/plans/{plan}/update?all=1",
    f"/my-work/actions?work=all&{ON}",
    f"/my-work/actions?work=mine&office=Nobody&{ON}",
    f"/my-work/questions?{ON}",
    f"/my-work/questions?state=withdrawn&{ON}",
    "/questions/{asked_question}",
    f"/findings?q=plan&{ON}",
    f"/findings/paragraphs?q=plan&{ON}",
    "/findings/paragraphs",
    f"/findings?q=zebra&{ON}",
    "/findings?as_at=2016-01-01",
    f"/focused-visits?{ON}",
    f"/focused-visits?topic=front_door&year=2026&{ON}",
    "/focused-visits?as_at=2016-01-01",
)

AUDIT = (
    "/record",
    f"/authorities/{STOCKTON}/audit",
    "/record?q=supervision",
    "/record/200",
    "/checkpoints",
    "/verify",
)

READ_BY_EVERY_ROLE = (
    "/account",
    "/account/password",
    "/sign-out",
    "/admin/people",
    "/admin/people/add",
    "/admin/people/{officer}",
    "/admin/imports",
    "/admin/imports/waiting/{waits}",
    "/admin/imports/waiting/{decided}",
    "/admin/places",
    f"{AUTHORITY}/identity",
    f"{AUTHORITY}/identity/name",
    f"{AUTHORITY}/identity/code",
    f"{AUTHORITY}/identity/number",
    f"{AUTHORITY}/identity/ends",
    f"{AUTHORITY}/identity/ends-on",
    f"{AUTHORITY}/identity/ends-not",
    f"{AUTHORITY}/identity/ended",
    "/my-work",
    "/plans/{example}/update",
    "/my-work/meetings",
    "/meetings/{meeting}",
    "/letters",
    f"{HEARD}/system",
    f"{MEETINGS}/record",
    f"{MEETINGS}/{{meeting}}/record/view",
    f"{MEETINGS}/{{meeting}}/words/{{resolution}}/erase",
    "/plans/{example}/publish",
    f"/authorities/{CUMBRIA}/hand-over",
    f"/authorities/{CUMBERLAND}/hand-over/{CUMBRIA}",
    "/authorities/80567/hand-over",
    "/plans/{newer}/actions/1",
    "/plans/{example}/actions/4",
    "/plans/{example}/ask?action=3",
    f"{AUTHORITY}/ask?about=window",
    f"{AUTHORITY}/window?as_at=2026-09-02",
    "{of_the_plan}?as_at=2026-09-02",
    "/findings?q=plan&as_at=2026-09-02",
    f"{AUTHORITY}/questions/words/{{asked_words}}/erase",
    "/plans/{example}/report?as_at=2019-10-31",
    "/plans/{example}/report/template",
    "/plans/{example}/import",
    "/plans/{example}/words/{narrative}/erase",
)

WITH_AXE = {
    *("inspection", "report", "focused-visit", "monitoring-visit", "engagement-notes"),
    *("plan/action", "plan/findings", "act/progress", "act/evidence"),
    *("correct/grade", "correct/of-a-dispute"),
    "meeting/resolution",
    *("document/new", "document/read", "document/elsewhere", "document/forgotten", "document/check", "document/done"),
}
"""Of the forms that one template shows: these have, between them, every kind of field that any of them has."""

ACTS = {"accept": 2, "refuse": 2, "close": 1}
"""The actions of the example that stand so that this can be done; the others are done to its fifth."""

FORMS = {
    **{f"{kind}": f"{AUTHORITY}/record/{kind}" for kind in RECORDS},
    "heard/engagement-meeting": f"{HEARD}/record/engagement-meeting",
    **{f"correct/{kind}": f"{{report}}/correct/{kind}" for kind in CORRECTIONS},
    "correct/of-a-dispute": "{settle}",
    **{f"plan/{kind}": f"/plans/{{example}}/record/{kind}" for kind in PLAN_FORMS},
    "plan/carry-over": "/plans/{example}/carry-over",
    "plan/sent-first": "/plans/{plan}/record/sent",
    **{f"act/{kind}": f"/plans/{{example}}/actions/{ACTS.get(kind, 5)}/record/{kind}" for kind in ACTION_FORMS},
    **{f"question/{kind}": f"/plans/{{plan}}/questions/{{question}}/{kind}" for kind in QUESTION_FORMS},
    **{f"asked/{kind}": f"{AUTHORITY}/questions/{{asked_question}}/{kind}" for kind in REPLIES},
    "plan/open": f"/authorities/{STOCKTON}/plans/open",
    "document/new": f"{HEARD}/documents/new",
    "document/read": f"{HEARD}/documents/{{read}}",
    "document/elsewhere": f"{AUTHORITY}/documents/{{read}}",
    "document/forgotten": f"{HEARD}/documents/{{never_sent}}",
    "document/check": f"{HEARD}/documents/{{looked_through}}/check",
    "document/done": f"{HEARD}/documents/{{recorded}}/check",
    "plan/labels": f"{HEARD}/plan-labels",
    **{
        f"meeting/{kind}": f"{MEETINGS}/{{meeting}}/record/{kind}"
        for kind in ("resolution", "done", "withdrawn", "held")
    },
}

VIEWS = (
    *(View(address, Reader.NOBODY) for address in READ_BY_ALL),
    *(View(address, Reader.OFFICER) for address in READ_BY_AN_OFFICER),
    *(View(address, Reader.OFFICER_OF_HARINGEY) for address in LISTS),
    *(View(address, Reader.MEMBER) for address in AUDIT),
    *(View(address, Reader.EVERY_ROLE) for address in READ_BY_EVERY_ROLE),
    *(View(address, Reader.EVERY_ROLE, axe=name in WITH_AXE) for name, address in FORMS.items()),
    View("/authorities", Reader.NOBODY, axe=False),
    View("/authorities?window=in_window", Reader.NOBODY),
)

HELD = date(2020, 6, 17)
BY_OTHERS = (
    OtherInspection(Kind.AREA_SEND, started_on=date(2024, 6, 24), published_on=date(2024, 9, 2), outcome=3),
    OtherInspection(
        Kind.YOUTH_JUSTICE, published_on=date(2025, 2, 4), ratings=(Rating("Overall", "Good"), Rating("Staff", "Good"))
    ),
    OtherInspection(Kind.OTHER_INSPECTION, "Ofsted", "Children’s home: Rosewood", published_on=date(2025, 3, 5)),
)


class House:
    """The demonstration's history with both plans, a meeting with its papers, and a reader of each kind."""

    def __init__(self, home: Path) -> None:
        self.app: WebApp = demo_app(home, form_tokens=True)
        store, door = store_of(self.app), store_of(self.app).application
        example = tell_example_of_2019(door, at=datetime(2026, 9, 1, 9, 30, tzinfo=UTC))
        assert example is not None
        plan = tell_plans(self.app)
        tell_a_call(self.app, LEICESTERSHIRE)
        newer, (handed, _) = carry_one_over(door, example), tell_cumbria(door)
        passed = HandOver(urn=CUMBRIA, successor=CUMBERLAND, plans=[handed], on=date(2026, 9, 1))
        door.duties.hand_over(passed, by=told("handed over"))
        meeting = self._meeting()
        door.elements.record_self_evaluation(
            GATESHEAD, shared_on=date(2026, 2, 3), known="That it is sound.\n" * 3, by=told("a self-evaluation")
        )
        inspected = [
            door.other_inspections.record(STOCKTON, one, by=told(f"an inspection {number}")).activity
            for number, one in enumerate(BY_OTHERS)
        ]
        disputed = tell_a_dispute(self.app, home)
        asked = read(self.app, home, "06/05/2025", "07/05/2025", "10/06/25")
        ask(door, "Why so late?", about(AskedKind.WINDOW), urn=HARINGEY, on=date(2026, 9, 1), by=told("of a window"))
        asked_question = ask(door, urn=HARINGEY, on=date(2026, 9, 1), by=told("a question"))
        store.audit.sign(at=datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
        store.projector.catch_up()
        report = self._entry(HARINGEY, date(2018, 12, 14))
        planned = self._entry(GATESHEAD, date(2019, 6, 11))
        state = door.plans.plan(example).state
        self.readers: dict[Reader, Listed | None] = {
            Reader.NOBODY: None,
            Reader.MEMBER: person(self.app, Role.MEMBER),
            Reader.OFFICER: person(self.app, Role.OFFICER, office="Improvement officer"),
            Reader.OFFICER_OF_HARINGEY: person(self.app, Role.OFFICER, authorities=[HARINGEY], office=OFFICE),
            Reader.EVERY_ROLE: person(
                self.app, Role.ADMINISTRATOR, Role.APPROVER, Role.MEMBER, office="Director", password=PASSWORD
            ),
        }
        someone = person(self.app, Role.OFFICER, authorities=[HARINGEY, STOCKTON], name="Cas Lowe")
        self.places = {
            "entry": f"/inspections/{report}",
            "report": f"{AUTHORITY}/entries/{report}",
            "of_the_plan": f"/inspections/{planned}",
            "disputed": f"/inspections/{disputed.id}",
            "asked": f"/inspections/{asked.id}",
            "area_send": f"/inspections/{inspected[0]}",
            "youth_justice": f"/inspections/{inspected[1]}",
            "settle": f"/authorities/{STHELENS}/entries/{disputed.id}/correct/settle",
            "plan": plan,
            "handed": handed,
            "newer": newer,
            "example": example,
            "question": next(iter(door.plans.plan(plan).state.challenges)),
            "asked_question": asked_question,
            "asked_words": next(iter(door.questions.asked_of(HARINGEY).state.subjects)),
            "narrative": state.actions[1].narrative.sealed.subject,
            "meeting": meeting,
            "resolution": subject_of(told("a resolution").command),
            "officer": someone.person,
            **self._documents(),
            "never_sent": UUID(int=0),
            **self._from_places(),
            "set_up": f"/set-up/{store.accounts.make_link(None)}",
            **self._followed(someone.person),
        }

    def _followed(self, who: UUID) -> dict[str, str]:
        """An address with a secret, and the links in mails to somebody who is told weekly."""
        store = store_of(self.app)
        key, choice = store.settings.secret_key(), {"urns": [HARINGEY], "kinds": ["reports"]}
        follow = store.followers.keep(who, choice=choice, cadence="weekly", address="cas@council.example")
        return {
            "followed": f"/follow/{store.followers.make_secret(choice)}",
            "confirming": f"/follow/confirm/{to_confirm(key, follow)}",
            "leaving": f"/follow/leave/{to_leave(key, follow.id)}",
        }

    def _from_places(self) -> dict[str, UUID]:
        """A file of which a correction and a row wait, one that was decided in part, and a look that failed."""
        store = store_of(self.app)
        given(store, SAME_OF_STHELENS, NEW_OF_HARINGEY)
        decided = waits(store, SAME_OF_STHELENS, LEADERS_WORSE, REJECTED, address=f"{ADDRESS}?first")
        set_aside(store, decided, [HARINGEY], by="local", reason="The report says good.", command=command())
        waiting = waits(store, SAME_OF_STHELENS, LEADERS_WORSE, WORSE_OF_HARINGEY, REJECTED, on=THIRD)
        store.looks.note("jt39_history", cadence_days=1, outcome="failed", why="The server answered 500.")
        store.looks.end_run(store.looks.begin_run(), [{"name": "jt39_history", "outcome": "failed", "bytes": 12}])
        return {"waits": waiting, "decided": decided}

    def _documents(self) -> dict[str, UUID]:
        """A letter as it was read, as it was looked through, and as it was recorded."""
        reader = self.readers[Reader.EVERY_ROLE]
        assert reader is not None
        uploads = store_of(self.app).uploads
        client = Client(self.app)
        sign_in(self.app, client.client, reader)
        found: dict[str, UUID] = {}
        for name in ("read", "looked_through", "recorded"):
            found[name] = uploads.keep(reader.person, [("letter.pdf", OF_GATESHEAD)], {"document": "letter.pdf"})
            address = f"{HEARD}/documents/{found[name]}"
            if name != "read":
                sent = [[key, value] for key, value in filled_in(client.page(address)).items() if key != "csrf_token"]
                uploads.revise(found[name], {"document": "letter.pdf", "sent": sent})
        entry = self._entry(GATESHEAD, date(2019, 6, 11))
        uploads.finish(found["recorded"], {"entry": str(entry)})
        return found

    def _entry(self, urn: str, published: date) -> UUID:
        entries = store_of(self.app).application.authorities.authority(urn).activities
        return next(one.id for one in entries if one.published == published)

    def _meeting(self) -> UUID:
        door = store_of(self.app).application
        words = {"committee": "Families Overview and Scrutiny Committee", "day": HELD, "held": True, "on": HELD}
        made = door.do(ArrangeMeeting(urn=GATESHEAD, **words), by=told("a meeting")).meeting
        seen = {"as_at": HELD, "known_at": told("anything").at, "on": HELD}
        door.do(FixView(made, **seen), by=told("what was seen"))
        wanted = {"text": "That audits be reported. " * 20, "owner": "Head of Safeguarding", "due_on": date(2020, 9, 1)}
        door.do(Resolve(made, **wanted, on=HELD), by=told("a resolution"))
        return made

    def address_of(self, view: View) -> str:
        return view.address.format_map(self.places)
