"""The form in which somebody chooses whom and what to follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from wtforms import Field
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from domain.values.activities import AuthorityFacts
from domain.values.errors import NotFound
from projections.authorities.names import identify
from projections.authorities.regions import regions
from projections.plans.plan import plan_heads
from web.news.choice import FollowChoice
from web.site import reader
from web.site.fields import OnePerLine, Several, choice, plain_text, text
from web.site.form_base import SmallForm
from web.store.settings import SettingRefused, plain_e_mail
from web.store.store import current_store
from web.words import dates
from web.words.news import FOLLOWED

CADENCES = (("weekly", "Weekly, on Monday"), ("daily", "Daily, when there is news"))


class FollowForm(SmallForm):
    """Whom and what to follow; nothing ticked among kinds are all of them."""

    own: ClassVar[tuple[str, ...]] = ("everything", "authorities", "regions", "plans", "kinds")

    everything = Several("Everybody", choices=[SelectChoice(value="yes", label="All authorities of England")])
    authorities = OnePerLine(
        "Authorities",
        description="One on each line, by name or number. For example: Gateshead",
        validators=[plain_text],
    )
    regions = Several("Regions", choices=[])
    plans = Several("Action plans that were published", choices=[])
    kinds = Several(
        "Only some kinds of news (optional)",
        description="Tick none to have all of them",
        choices=[SelectChoice(value=name, label=label) for name, (label, _) in FOLLOWED.items()],
    )

    def offer(self, current: Sequence[AuthorityFacts]) -> None:
        """What can be ticked today."""
        self.regions.choices = [SelectChoice(value=name, label=name) for name in regions(current)]
        heads = plan_heads(current_store().reader, as_at=dates.today(), public=True).heads
        self.plans.choices = [
            SelectChoice(
                value=str(head.id), label=f"{head.authority.name}{' (made-up example)' if head.example else ''}"
            )
            for head in heads
            if head.made_public_on is not None
        ]

    def shown(self) -> list[Field]:
        return [self[name] for name in self.own if name != "plans" or self.plans.choices]

    def fill(self, chosen: FollowChoice) -> None:
        """Show a choice that was made before."""
        self.everything.data = ["yes"] if chosen.everything else []
        self.authorities.data = "\n".join(name for _, name in reader.named(chosen.urns))
        self.regions.data = list(chosen.regions)
        self.plans.data = [str(plan) for plan in chosen.plans]
        self.kinds.data = list(chosen.kinds)

    def validate_authorities(self, field: Any) -> None:
        self.urns: list[str] = []
        for line in field.lines:
            try:
                self.urns.append(identify(current_store().reader, line, as_at=dates.today()))
            except NotFound as missing:
                raise ValidationError(str(missing)) from None

    def chosen(self) -> FollowChoice:
        """What was chosen; only once the form was found valid."""
        return FollowChoice(
            everything=bool(self.everything.data),
            urns=tuple(dict.fromkeys(self.urns)),
            regions=tuple(self.regions.data or ()),
            plans=tuple(map(UUID, self.plans.data or ())),
            kinds=tuple(self.kinds.data or ()),
        )


class MailForm(FollowForm):
    """The same by e-mail."""

    own: ClassVar[tuple[str, ...]] = (*FollowForm.own, "address", "cadence")

    address = text(
        "Your e-mail address (for e-mails)",
        hint="We mail a link there, and nothing else before you open it. Shown to nobody",
        longest=200,
        render_kw={"autocomplete": "email"},
    )
    cadence = choice("How often? (for e-mails)", CADENCES)

    def must_name_an_address(self) -> bool:
        """Whether there is an address that mail can go to; where there is none the form says so."""
        try:
            self.address.data = plain_e_mail(self.address.data or "")
        except SettingRefused:
            self.address.errors = [*self.address.errors, "Enter an e-mail address, such as name@council.example."]
        if not self.cadence.data:
            self.cadence.errors = [*self.cadence.errors, "Select how often."]
        return not self.errors
