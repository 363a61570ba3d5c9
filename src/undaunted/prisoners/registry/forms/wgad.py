"""What must be said before a draft for the Working Group is written."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.prisoners.registry.forms.fields import PartedForm
from undaunted.prisoners.registry.rules.wgad import Procedure

__all__ = ["WgadForm"]

PROCEDURES = (
    (Procedure.REGULAR.value, _("Regular procedure: an opinion of the Working Group")),
    (Procedure.URGENT.value, _("Urgent appeal: health or life is in danger, or time presses")),
)


class WgadForm(PartedForm):
    """For which procedure, in which language, by whom."""

    procedure = forms.ChoiceField(
        label=_("Procedure"), choices=PROCEDURES, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language of the draft"),
        choices=[("en", "English"), ("fr", "Français"), ("es", "Español")],
        help_text=_("The procedure takes English, French and Spanish only."),
    )
    submitter = forms.CharField(
        label=_("Who submits, with an address for the answer"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    confidential = forms.BooleanField(
        label=_("Ask that the government does not learn who submits"), required=False
    )
