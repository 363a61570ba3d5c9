"""What a team fills in."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.intake.rules import WhyOpened
from undaunted.core.intake.rules.questions import LONGEST_TEXT

__all__ = ["WHY", "AnswerForm", "OpenForm"]

WHY: Final = {
    WhyOpened.FIRST_LOOK: _("First look"),
    WhyOpened.CASEWORK: _("Casework"),
    WhyOpened.HANDOVER: _("Handing over to a colleague"),
    WhyOpened.SECOND_OPINION: _("Second opinion"),
}


class OpenForm(forms.Form):
    """Why somebody opens a mailbox; the reporter reads it."""

    reason = forms.ChoiceField(
        label=_("Why do you open it?"),
        choices=[(each.value, words) for each, words in WHY.items()],
        help_text=_("The reporter sees the day, your organisation and this reason."),
    )


class AnswerForm(forms.Form):
    """An answer to the reporter."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
