"""Forms of the record: search, spells, releases, confirmations, consent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undaunted.core.consent.rules import (
    NEVER_PUBLIC,
    Audience,
    AudienceUnreadable,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.prisoners.registry.forms.fields import CountryField, PartialDateField, TermField

__all__ = [
    "BASES",
    "GROUPS",
    "LEVELS",
    "PURPOSES",
    "ConfirmationForm",
    "ConsentForm",
    "ReleaseForm",
    "SearchForm",
    "SourceForm",
    "SpellForm",
]

TIERS = (
    ("A", _("A: two or more independent sources, one of them primary")),
    ("B", _("B: one reliable source")),
    ("C", _("C: reported")),
    ("D", _("D: disputed")),
)
DAY = forms.DateInput(attrs={"type": "date"})

LEVELS = (
    ("aggregate", _("In totals only")),
    ("code", _("By a code")),
    ("pseudonym", _("Under another name")),
    ("name", _("By name")),
)
GROUPS = (
    ("identity", _("Identity")),
    ("biography", _("Biography")),
    ("detention", _("Detention")),
    ("health", _("Health")),
    ("family", _("Family")),
    ("contact", _("Contact")),
    ("documents", _("Documents")),
)
PURPOSES = (
    ("statistics", _("Statistics")),
    ("registry", _("Public registry")),
    ("research_data", _("Data for research")),
    ("report", _("Reports")),
    ("memo", _("Memoranda")),
    ("campaign", _("Campaigns")),
    ("quiet_diplomacy", _("Quiet diplomacy")),
    ("un_submission", _("Submissions to the United Nations")),
    ("sanctions_submission", _("Submissions for sanctions")),
    ("notice_challenge", _("Challenges of police notices")),
    ("assistance", _("Assistance")),
    ("shelter", _("Shelter")),
    ("accountability", _("Accountability before courts")),
)
BASES = (
    ("self", _("The person")),
    ("family_proxy", _("A relative, as proxy")),
    ("lawyer_proxy", _("A lawyer, as proxy")),
    ("guardian", _("A guardian")),
    ("public_record", _("Nobody: it is public record already")),
)


class SearchForm(forms.Form):
    """Find a case among those that the actor may see."""

    q = forms.CharField(label=_("Name, in any script"), max_length=200, required=False)
    country = CountryField(label=_("Country"), required=False)


class SpellForm(forms.Form):
    """A spell of deprivation of liberty, new or corrected."""

    type = TermField("act_types", under="deprivation_of_liberty", label=_("Kind"))
    start = PartialDateField(label=_("Since"))
    end = PartialDateField(label=_("Until"), required=False)
    country = CountryField(label=_("Country"))
    city = forms.CharField(label=_("Place"), max_length=120, required=False)
    facility = forms.CharField(label=_("Prison or other facility"), max_length=200, required=False)
    authority = forms.CharField(label=_("Authority"), max_length=200, required=False)
    law = forms.CharField(label=_("Provisions of law"), max_length=400, required=False)
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

    def clean(self) -> dict[str, Any]:
        """Refuse a spell that certainly ends before it begins."""
        given = super().clean() or {}
        start, end = given.get("start"), given.get("end")
        if start and end and end.certainly_before(start):
            self.add_error("end", _("It ends before it begins."))
        return given


class SourceForm(forms.Form):
    """Where a claim comes from, and what the source is worth."""

    kind = TermField("source_kinds", label=_("Kind of source"))
    publisher = forms.CharField(label=_("Published by"), max_length=200)
    title = forms.CharField(label=_("Title"), max_length=400, required=False)
    url = forms.URLField(label=_("Address"), max_length=1000, required=False, assume_scheme="https")
    published = PartialDateField(label=_("Date of the source"), required=False)
    reliability = TermField("admiralty_reliability", label=_("Reliability of the source"))
    credibility = TermField("admiralty_credibility", label=_("Credibility of the claim"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs.setdefault("prefix", "source")
        super().__init__(*args, **kwargs)
        self.fields["reliability"].initial = "F"
        self.fields["credibility"].initial = "6"


class ReleaseForm(forms.Form):
    """How and when a spell ended (rule K4)."""

    release_type = TermField("release_types", label=_("Way out of detention"))
    on = PartialDateField(label=_("Date"))


class ConfirmationForm(forms.Form):
    """A day on which somebody confirmed that the person was held."""

    on = forms.DateField(label=_("Day on which the person was confirmed held"), widget=DAY)

    def clean_on(self) -> Any:  # noqa: ANN401
        """Refuse a day that has not come."""
        day = self.cleaned_data["on"]
        if day > timezone.now().date():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class ConsentForm(forms.Form):
    """One agreement; nothing is ticked beforehand."""

    purpose = forms.ChoiceField(label=_("For what"), choices=PURPOSES, initial="registry")
    audience = forms.CharField(
        label=_("Who may see it"),
        initial="public",
        help_text=_("public, organisation:ID, body:CODE or government:CC"),
        max_length=80,
    )
    level = forms.ChoiceField(label=_("How much of who the person is"), choices=LEVELS)
    field_groups = forms.MultipleChoiceField(
        label=_("Parts of the record"), choices=GROUPS, widget=forms.CheckboxSelectMultiple
    )
    basis = forms.ChoiceField(label=_("Who agreed"), choices=BASES)
    relation = forms.CharField(label=_("Relation of the proxy"), max_length=40, required=False)
    how = forms.CharField(label=_("How it was given"), max_length=80)
    given_on = forms.DateField(label=_("Given on"), widget=DAY)
    until = forms.DateField(label=_("Until"), widget=DAY)

    def clean_audience(self) -> Audience:
        """Read the audience."""
        try:
            return Audience.parse(self.cleaned_data["audience"])
        except AudienceUnreadable as error:
            raise forms.ValidationError(
                _("Write public, organisation:ID, body:CODE or government:CC.")
            ) from error

    def clean(self) -> dict[str, Any]:
        """Give the values in the words of the rules, and refuse what no consent can open."""
        given = super().clean() or {}
        if self.errors:
            return given
        groups = frozenset(FieldGroup(one) for one in given["field_groups"])
        if str(given["audience"]) == "public" and groups & NEVER_PUBLIC:
            self.add_error("field_groups", _("Family and contact are never public."))
        if given["until"] <= given["given_on"]:
            self.add_error("until", _("Consent ends after the day it is given."))
        if given["until"] - given["given_on"] > timedelta(days=3660):
            self.add_error("until", _("Ask again after ten years at most."))
        return given | {
            "purpose": Purpose(given["purpose"]),
            "level": IdentityLevel[given["level"].upper()],
            "field_groups": groups,
            "basis": Basis(given["basis"]),
        }
