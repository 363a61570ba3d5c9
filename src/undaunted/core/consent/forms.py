"""The words of consent on every page, and the form that makes a model text to show or read out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undaunted.core.consent.rules import (
    Asked,
    Audience,
    FieldGroup,
    IdentityLevel,
    ProxyLimit,
    Purpose,
    text_languages,
)
from undaunted.site.instants import DayField
from undaunted.site.languages import LANGUAGES

__all__ = [
    "AUDIENCES",
    "BASES",
    "GROUPS",
    "LEVELS",
    "LIMITS",
    "PURPOSES",
    "RELATIONS",
    "TextForm",
    "language_choices",
]

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
    ("organisation_proxy", _("An organisation with a mandate")),
    ("public_record", _("Nobody: it is public record already")),
)


AUDIENCES = (
    ("public", _("Everybody: the public")),
    ("body", _("One body, such as an expert or an office of the United Nations")),
    ("government", _("The government of one country")),
)

RELATIONS = (
    ("spouse", _("Spouse or partner")),
    ("parent", _("Mother or father")),
    ("child", _("Daughter or son")),
    ("sibling", _("Sister or brother")),
    ("other_relative", _("Another relative")),
    ("lawyer", _("Lawyer with a power of attorney")),
    ("parent_of_a_minor", _("Parent of somebody who is not of age")),
    ("guardian_by_court", _("Guardian by order of a court")),
    ("mandated_organisation", _("Organisation with a written mandate")),
)
LIMITS = {
    ProxyLimit.OTHER_RELATION: _("Choose a relation that belongs to who agreed."),
    ProxyLimit.NO_MANDATE: _(
        "Whoever speaks by a paper needs the document that shows it and the day it ends."
    ),
    ProxyLimit.BEYOND_MANDATE: _("The agreement cannot last longer than the mandate."),
    ProxyLimit.PUBLIC_PARTS: _("Only the person can let everybody see documents; no proxy can."),
    ProxyLimit.GOVERNMENT_PURPOSE: _(
        "A proxy can name a government only for quiet diplomacy, the challenge of a notice, "
        "assistance or shelter."
    ),
    ProxyLimit.ORGANISATION_TO_GOVERNMENT: _(
        "An organisation cannot agree for somebody that a government sees them."
    ),
    ProxyLimit.ORGANISATION_IN_PUBLIC: _(
        "An organisation cannot agree for somebody that everybody knows who they are."
    ),
}
"""Why a proxy cannot agree to something, and what to do."""

_YEAR = timedelta(days=365)


class TextForm(forms.Form):
    """What somebody is to be asked; gives the words in which to ask it, in their language."""

    language = forms.ChoiceField(label=_("Language of the text"))
    purpose = forms.MultipleChoiceField(
        label=_("For what"), choices=PURPOSES, widget=forms.CheckboxSelectMultiple
    )
    audience = forms.ChoiceField(
        label=_("Who may see it"),
        choices=(
            ("public", _("Everybody: the public")),
            ("organisation", _("One organisation")),
            ("body", _("One body, such as an expert or an office of the United Nations")),
            ("government", _("The government of one country")),
        ),
        widget=forms.RadioSelect,
    )
    named = forms.CharField(
        label=_("Its name"),
        required=False,
        max_length=120,
        help_text=_("Of the organisation, body or country, as the person knows it."),
    )
    level = forms.ChoiceField(
        label=_("How much of who the person is"), choices=LEVELS, widget=forms.RadioSelect
    )
    field_groups = forms.MultipleChoiceField(
        label=_("Parts of the record"), choices=GROUPS, widget=forms.CheckboxSelectMultiple
    )
    until = DayField(label=_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]
        self.fields["until"].initial = timezone.now().date() + _YEAR

    def clean(self) -> dict[str, Any]:
        """Refuse an audience that must be named and is not."""
        given = super().clean() or {}
        kind = given.get("audience")
        if kind and kind != "public" and not given.get("named", "").strip():
            self.add_error("named", _("Say which one."))
        return given

    def asked(self) -> Asked:
        """Give what is asked, in the words of the rules."""
        given = self.cleaned_data
        kind, named = given["audience"], given["named"].strip()
        return Asked(
            purposes=tuple(Purpose(each) for each in given["purpose"]),
            audience=Audience.parse(kind if kind == "public" else f"{kind}:{named}"),
            level=IdentityLevel[given["level"].upper()],
            groups=tuple(FieldGroup(each) for each in given["field_groups"]),
            until=given["until"],
            named=named,
        )


def language_choices() -> list[tuple[str, str]]:
    """Give the languages that there is a model text in, by their own names."""
    names = {each.code: each.own_name for each in LANGUAGES}
    return [(code, names.get(code, code)) for code in text_languages()]
