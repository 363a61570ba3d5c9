"""The form of the Council's vote: a member state a field; one that is left empty stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.instruments.writers.case_words import choices_of
from undaunted.core.commitments.writers import state_name
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["VoteForm"]


class VoteForm(forms.Form):
    """What each member state did."""

    on = DayField(
        label=_("Day"),
        help_text=_("Where one member state is left out, the vote stays open."),
    )

    def __init__(self, *args: Any, members: Iterable[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._members = sorted(members, key=state_name)
        for code in self._members:
            self.fields[code] = forms.ChoiceField(
                label=state_name(code),
                choices=[("", "—"), *choices_of("Ballot")],
                required=False,
            )

    def votes(self) -> dict[str, str]:
        """Give what each member state did, by its code."""
        return {code: self.cleaned_data[code] for code in self._members}
