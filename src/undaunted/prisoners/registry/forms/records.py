"""Forms of the record: search, spells, releases, confirmations."""

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
from undaunted.site.instants import DayField

__all__ = ["TIERS", "ConfirmationForm", "ReleaseForm", "SearchForm", "SpellForm"]

TIERS = (
    ("A", _("A: two or more independent sources, one of them primary")),
    ("B", _("B: one reliable source")),
    ("C", _("C: reported")),
    ("D", _("D: disputed")),
)


class SearchForm(forms.Form):
    """Find a case among those that the actor may see."""

    q = forms.CharField(label=_("Name, in any script"), max_length=200, required=False)
    country = CountryField(label=_("Country"), required=False, empty=_("Any"))


class SpellForm(PartedForm):
    """A spell of deprivation of liberty, new or corrected."""

    PARTS: ClassVar[Parts] = (
        (_("What and when"), ("type", "start", "end", "ground")),
        (_("Where, and by whom"), ("country", "admin1", "city", "facility", "authority")),
        (
            _("Law and proceedings"),
            ("law", "law_category", "stage", "sentence_kind", "sentence_months", "expected_end"),
        ),
        (_("The person now"), ("whereabouts", "health_alert", "family_contact")),
        (_("How sure this is"), ("tier",)),
    )

    type = TermField("act_types", under="deprivation_of_liberty", general=True, label=_("Kind"))
    start = PartialDateField(label=_("Since"))
    end = PartialDateField(
        label=_("Until"), required=False, help_text=_("Leave it empty while the spell goes on.")
    )
    ground = TermField("detention_grounds", label=_("Ground (HURIDOCS)"), required=False)
    country = CountryField(label=_("Country"))
    admin1 = forms.CharField(label=_("Region"), max_length=80, required=False)
    city = forms.CharField(label=_("Place"), max_length=120, required=False)
    facility = forms.CharField(label=_("Prison or other facility"), max_length=200, required=False)
    authority = forms.CharField(label=_("Authority"), max_length=200, required=False)
    law = forms.CharField(
        label=_("Provisions of law"),
        max_length=400,
        required=False,
        help_text=_("Record each charge of its own once the spell stands."),
    )
    law_category = TermField("law_taxonomy", label=_("Kind of law"), required=False)
    stage = TermField("procedural_stages", label=_("Stage of the proceedings"), required=False)
    sentence_kind = TermField("sentence_kinds", label=_("Sentence"), required=False)
    sentence_months = forms.IntegerField(
        label=_("Months of the sentence"), min_value=1, max_value=12_000, required=False
    )
    expected_end = PartialDateField(label=_("Expected release"), required=False)
    whereabouts = TermField("whereabouts", label=_("Whereabouts"), required=False)
    health_alert = TermField("health_alerts", label=_("Health alert"), required=False)
    family_contact = forms.NullBooleanField(
        label=_("Contact with the family"),
        required=False,
        widget=forms.Select(choices=(("", _("Not known")), ("true", _("Yes")), ("false", _("No")))),
    )
    tier = forms.ChoiceField(label=_("Confidence"), choices=TIERS, initial="C")


class ReleaseForm(forms.Form):
    """How and when a spell ended (rule K4)."""

    release_type = TermField("release_types", label=_("Way out of detention"))
    on = PartialDateField(label=_("Date"))


class ConfirmationForm(forms.Form):
    """A day on which somebody confirmed that the person was held."""

    on = DayField(label=_("Day on which the person was confirmed held"))
