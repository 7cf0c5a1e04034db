"""Forms for inspections by others: area SEND, youth justice, and any other inspectorate with its link and date."""

from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from domain.application import Application
from domain.authorities.handler import Done
from domain.authorities.other_inspections import OtherInspection
from domain.facts import Told
from domain.rulebook.other_inspections.words import INSPECTS, MONITORING, OUTCOMES, OVERALL_RATING, RATINGS
from domain.values.statements import Kind, Rating
from web.authorities.recording_forms import RecordForm
from web.site.fields import DateInput, choice, day_if_any, day_of, https_address, plain_text, text
from web.words.other_inspections import SCALE

ANOTHER = "another"


class OtherInspectionForm(RecordForm):
    """What the three have in common; `link` is the report's own address."""

    def held(self) -> OtherInspection:
        """What the form says. Call it on a form without errors."""
        raise NotImplementedError

    def link(self) -> str | None:
        return (self.source_url.data or "").strip() or None

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.other_inspections.record(urn, self.held(), by=by)


class AreaSendForm(OtherInspectionForm):
    heading = "an area SEND inspection"
    own = ("started_on", "ended_on", "published_on", "found")

    started_on = DateInput("First day on site", asks="the first day on site", required=True)
    ended_on = DateInput("Last day on site (optional)", asks="the last day on site")
    published_on = DateInput("Report published (optional)", asks="the day the report was published")
    found = choice(
        "Which outcome does the report give? (optional)",
        [
            *((str(one.number), f"{one.number}: {one.short}") for one in OUTCOMES.values()),
            (MONITORING, "None: it was a monitoring inspection"),
        ],
        hint="It stands on the first page. Outcomes are no grades",
    )

    def held(self) -> OtherInspection:
        found = self.found.data or ""
        return OtherInspection(
            Kind.AREA_SEND,
            started_on=day_of(self.started_on),
            ended_on=day_if_any(self.ended_on),
            published_on=day_if_any(self.published_on),
            outcome=int(found) if found.isdigit() else None,
            link=self.link(),
            monitoring=found == MONITORING,
        )


class YouthJusticeForm(OtherInspectionForm):
    heading = "a youth justice inspection"
    own = ("started_on", "published_on", "overall")

    started_on = DateInput("First day on site (optional)", asks="the first day on site")
    published_on = DateInput("Report published", asks="the day the report was published", required=True)
    overall = choice(
        "Which overall rating does the report give?",
        [(rating, rating) for rating in RATINGS],
        asks="the overall rating",
        hint=SCALE,
    )

    def held(self) -> OtherInspection:
        return OtherInspection(
            Kind.YOUTH_JUSTICE,
            started_on=day_if_any(self.started_on),
            published_on=day_of(self.published_on),
            ratings=(Rating(OVERALL_RATING, str(self.overall.data)),),
            link=self.link(),
        )


class AnyInspectorateForm(OtherInspectionForm):
    heading = "an inspection by another inspectorate"
    own = ("what", "inspectorate", "title", "published_on", "rating")

    what = SelectField(
        "What was inspected?",
        choices=[
            SelectChoice(value="", label="Choose"),
            *(SelectChoice(value=one.code, label=f"{one.what} ({one.inspectorate})") for one in INSPECTS),
            SelectChoice(value=ANOTHER, label="Something else"),
        ],
        validators=[InputRequired("Select what was inspected.")],
    )
    inspectorate = text("Who inspected? (optional)", hint="Only for something else, for example: HMICFRS")
    title = text(
        "What is it called? (optional)",
        hint="The provider or service as the report names it. Needed for something else",
    )
    published_on = DateInput("Report published", asks="the day the report was published", required=True)
    rating = text("What did it find? (optional)", hint="In the inspectorate’s own words, for example: Good")
    source_url = StringField(
        "Web address of the report",
        description="Begins with https://",
        validators=[
            InputRequired("Enter the web address of the report."),
            Length(max=500, message="Enter at most 500 characters."),
            https_address,
            plain_text,
        ],
    )

    def held(self) -> OtherInspection:
        chosen = next((one for one in INSPECTS if one.code == self.what.data), None)
        named = (self.title.data or "").strip()
        title = f"{chosen.what}: {named}" if chosen and named else chosen.what if chosen else named
        rating = (self.rating.data or "").strip()
        return OtherInspection(
            Kind.OTHER_INSPECTION,
            inspectorate=chosen.inspectorate if chosen else (self.inspectorate.data or ""),
            title=title,
            published_on=day_of(self.published_on),
            ratings=(Rating(OVERALL_RATING, rating),) if rating else (),
            link=self.link(),
        )
