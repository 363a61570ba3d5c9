"""What the forms of a case share: the case as it stands, days, texts, rows to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = ["CaseForm", "EvidenceField", "WhyForm", "day", "source", "text", "ticks"]


class CaseForm(forms.Form):
    """A step of a case; `row` is what it corrects or belongs to."""

    def __init__(
        self, *args: Any, sheet: CaseSheet, actor: Actor, row: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.actor, self.row = sheet, actor, row
        self.prepare()

    def prepare(self) -> None:
        """Give choices that hang on the case."""

    def choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Set what may be chosen in a field."""
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class WhyForm(CaseForm):
    """A reason."""

    why = forms.CharField(label=_("Why"), max_length=400)


class EvidenceField(forms.MultipleChoiceField):
    """Rows of the case on which something rests."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("On what it rests"), required=False, widget=forms.CheckboxSelectMultiple,
            **more,
        )  # fmt: skip


def day(label: Any, **more: Any) -> forms.DateField:
    """Give a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def text(label: Any, *, rows: int = 3, **more: Any) -> forms.CharField:
    """Give a field for a text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=8000, widget=widget, **more)


def source() -> forms.CharField:
    """Give a field for who says so."""
    return forms.CharField(
        label=_("Source"), max_length=400, help_text=_("Who says so, and of which day.")
    )


def ticks(label: Any, **more: Any) -> forms.BooleanField:
    """Give a box to tick."""
    return forms.BooleanField(label=label, required=False, **more)
