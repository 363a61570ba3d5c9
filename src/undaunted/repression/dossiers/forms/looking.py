"""The form by which somebody says that they looked at the file of an annex."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["LookForm"]


class LookForm(forms.Form):
    """The word of a second person, of the file with one digest."""

    sha256 = forms.CharField(min_length=64, max_length=64, widget=forms.HiddenInput)
    nobody_else = forms.BooleanField(
        label=_("I looked at all of it: it shows and names nobody but whom the annex says"),
        help_text=_("Nor anybody else who did not agree: a witness, a colleague, a bystander."),
    )
