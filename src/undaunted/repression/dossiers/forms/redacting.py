"""The form by which an annex is redacted: what is taken out, why, and whom the copy shows then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from undaunted.core.evidence.forms import RedactForm

if TYPE_CHECKING:
    from undaunted.repression.dossiers.analysis import Sheet

__all__ = ["AnnexRedactForm"]


class AnnexRedactForm(RedactForm):
    """What is taken out of an annex, and of whom nothing is left in it."""

    shows = forms.MultipleChoiceField(
        label=_("Whom the copy still shows"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: nobody of this dossier can be recognised in it."),
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        numbers = {each.row.subject: each.row.number for each in sheet.acts}
        told = gettext("Person %(number)s")
        self.fields["shows"].choices = [  # type: ignore[attr-defined]
            (str(subject), told % {"number": number}) for subject, number in numbers.items()
        ]

    def people(self) -> tuple[UUID, ...]:
        """Give whom the copy shows."""
        return tuple(UUID(each) for each in self.cleaned_data["shows"])
