"""Of which day a plan is asked, and a file of stakes for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import PUBLIC
from undaunted.repression.sanctions.analysis import stakes_given
from undaunted.repression.sanctions.rules import RegisterBroken
from undaunted.site.english import refusal_told
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from undaunted.repression.sanctions.readers import GivenStakes

__all__ = ["PlanForm", "StakesForm"]

_MEDIA = (("html", _("Page")), ("docx", _("Word")), ("pdf", _("PDF")), ("csv", "CSV"))


class PlanForm(forms.Form):
    """The day of which the plan tells."""

    on = DayField(label=_("Day"), required=False)


class StakesForm(PlanForm):
    """A file of stakes, read and not kept, and in which form the plan is wanted."""

    stakes = forms.FileField(
        label=_("File of stakes"),
        help_text=_(
            "CSV or a sheet with owner, owned and share, or a register of ownership (BODS, GLEIF, "
            "PSC, FollowTheMoney); an owner on a list is written LIST:KEY."
        ),
    )
    written = forms.ChoiceField(label=_("As"), choices=_MEDIA)

    def clean_stakes(self) -> GivenStakes:
        """Read the file; what is wrong is told by row."""
        file: Any = self.cleaned_data["stakes"]
        try:
            return stakes_given(PUBLIC, file.read(), file.name)
        except RegisterBroken as broken:
            told = [refusal_told(problem) for problem in broken.problems]
            raise ValidationError(told) from None
