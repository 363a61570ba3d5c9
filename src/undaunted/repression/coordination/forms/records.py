"""Forms of court cases and petitions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.repression.coordination.forms.fields import (
    ActorForm,
    entry_field,
    long_text,
)
from undaunted.repression.coordination.rules import (
    LONGEST_NAME,
    CourtCase,
    OtherLaw,
    Petitioner,
    read_key,
)
from undaunted.repression.coordination.writers import choices_of
from undaunted.repression.sanctions.rules import Alone, authorities
from undaunted.site.instants import DayField

__all__ = [
    "AcknowledgeForm",
    "CaseForm",
    "PartForm",
    "PetitionForm",
    "ReplyForm",
]


class CaseForm(ActorForm):
    """A court case about a listing."""

    holder = forms.ChoiceField(label=_("Organisation"))
    entry = entry_field()
    number = forms.CharField(label=_("Case number"), max_length=80)
    court = forms.CharField(label=_("Court"), max_length=LONGEST_NAME)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=choices_of("Court"))
    day = DayField(label=_("Day of the latest decision or filing"))
    source = forms.CharField(label=_("Source"), max_length=400)
    address = forms.CharField(label=_("Address of the source"), max_length=420, required=False)
    verified = forms.BooleanField(label=_("Read at the publisher"), required=False)

    def case(self) -> CourtCase:
        """Give the case. Raises `CoordinationRefused`."""
        told = self.cleaned_data
        return CourtCase(
            entry=read_key(told["entry"]),
            number=told["number"],
            court=told["court"],
            outcome=told["outcome"],
            day=told["day"],
            source=told["source"],
            address=told["address"],
            read_at_publisher=told["verified"],
        )


class PetitionForm(ActorForm):
    """A petition that came in."""

    holder = forms.ChoiceField(label=_("Authority"))
    authority = forms.ChoiceField(label=_("Legal authority"), required=False)
    law = forms.CharField(
        label=_("Another law, where it is not in the register"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("It is kept as unverified, and no deadline is claimed for it."),
    )
    law_source = forms.CharField(label=_("Source of the other law"), max_length=400, required=False)
    asked = forms.ChoiceField(label=_("What is asked for"), choices=choices_of("Asked"))
    received_on = DayField(label=_("Received on"))
    entry = entry_field()
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    represented_by = forms.CharField(
        label=_("Who speaks for the person"), max_length=LONGEST_NAME, required=False
    )
    asks = long_text(_("What is asked, and why"), rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        laws = [
            (each.code, f"{each.short} ({each.code})")
            for each in authorities().values()
            if each.alone is not Alone.NO
        ]
        self.set_choices("authority", [("", str(_("another law"))), *laws])

    def other_law(self) -> OtherLaw | None:
        """Give the law outside the register, where one is named."""
        told = self.cleaned_data
        named = told["law"].strip() or told["law_source"].strip()
        return OtherLaw(told["law"], told["law_source"]) if named else None

    def petitioner(self) -> Petitioner:
        """Give who asks. Raises `CoordinationRefused`."""
        told = self.cleaned_data
        return Petitioner(
            told["name"], told["represented_by"], read_key(told["entry"]), told["asks"]
        )


class AcknowledgeForm(forms.Form):
    """The day on which a petition was acknowledged; today where none is given."""

    on = DayField(label=_("Acknowledged on"), required=False)


class PartForm(forms.Form):
    """One more paper of a petition."""

    kind = forms.ChoiceField(label=_("Paper"), choices=choices_of("Part")[:3])
    text = long_text(_("What it says"), rows=6)


class ReplyForm(forms.Form):
    """The answer to a petition."""

    reply = forms.ChoiceField(label=_("Decision"), choices=choices_of("Reply"))
    text = long_text(_("Reasons, as the letter gives them"), rows=8)
