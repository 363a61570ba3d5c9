"""Forms of charges and of acts of civil death."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.prisoners.registry.forms.fields import (
    CountryField,
    PartedForm,
    PartialDateField,
    Parts,
    TermField,
)
from undaunted.prisoners.registry.forms.records import TIERS

__all__ = ["ChargeForm", "CivilDeathForm"]


class ChargeForm(PartedForm):
    """What somebody is charged with: the provision, and its place in the taxonomy of laws."""

    PARTS: ClassVar[Parts] = (
        (_("The charge"), ("type", "law", "law_category", "start", "authority")),
        (_("Where the proceedings stand"), ("stage", "sentence_kind", "sentence_months")),
        (_("How sure this is"), ("tier",)),
    )

    type = TermField(
        "act_types", under="charge", label=_("What happened"), initial="charge_brought"
    )
    law = forms.CharField(
        label=_("Legal provision"),
        max_length=400,
        help_text=_("As the court names it, one for each charge: Criminal Code, article 361."),
    )
    law_category = TermField(
        "law_taxonomy",
        label=_("Kind of law"),
        help_text=_("Counts of laws used against people rest on this."),
    )
    start = PartialDateField(label=_("Date of the charge"), required=False)
    authority = forms.CharField(label=_("Authority"), max_length=200, required=False)
    stage = TermField("procedural_stages", label=_("Stage of the proceedings"), required=False)
    sentence_kind = TermField("sentence_kinds", label=_("Sentence"), required=False)
    sentence_months = forms.IntegerField(
        label=_("Months of the sentence"), min_value=1, max_value=12_000, required=False
    )
    tier = forms.ChoiceField(label=_("Confidence"), choices=TIERS, initial="C")


class CivilDeathForm(PartedForm):
    """A visa ban, an asset freeze, a passport denied …: life made impossible by paper."""

    PARTS: ClassVar[Parts] = (
        (_("What and when"), ("type", "start", "end")),
        (_("By whom, under which law"), ("country", "authority", "law", "law_category")),
        (_("How sure this is"), ("tier",)),
    )

    type = TermField("act_types", under="civil_death", label=_("Kind"))
    start = PartialDateField(label=_("Since"))
    end = PartialDateField(
        label=_("Until"), required=False, help_text=_("Leave it empty while it goes on.")
    )
    country = CountryField(label=_("Country that does it"))
    authority = forms.CharField(label=_("Authority"), max_length=200, required=False)
    law = forms.CharField(label=_("Provisions of law"), max_length=400, required=False)
    law_category = TermField("law_taxonomy", label=_("Kind of law"), required=False)
    tier = forms.ChoiceField(label=_("Confidence"), choices=TIERS, initial="C")
