"""What the forms of a case share: the case as it stands, days, texts, rows to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = [
    "CaseForm",
    "EvidenceField",
    "WhyForm",
    "day_field",
    "source_field",
    "text_field",
    "tick_field",
]


class CaseForm(forms.Form):
    """A step of a case; `row` is what it corrects or belongs to."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as the library's
        sheet: CaseSheet,
        actor: Actor,
        row: Any = None,  # noqa: ANN401 - of any model
        **kwargs: Any,  # noqa: ANN401 - as the library's
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

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - as the library's
        super().__init__(
            label=_("On what it rests"), required=False, widget=forms.CheckboxSelectMultiple,
            **more,
        )  # fmt: skip


def day_field(label: Any, **more: Any) -> forms.DateField:  # noqa: ANN401 - a lazy sentence
    """Give a field for a day; `initial` is one, or what gives it."""
    return DayField(label=label, **more)


def text_field(label: Any, *, rows: int = 3, **more: Any) -> forms.CharField:  # noqa: ANN401
    """Give a field for a text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=8000, widget=widget, **more)


def source_field() -> forms.CharField:
    """Give a field for who says so."""
    return forms.CharField(
        label=_("Source"), max_length=400, help_text=_("Who says so, and of which day.")
    )


def tick_field(label: Any, **more: Any) -> forms.BooleanField:  # noqa: ANN401 - as above
    """Give a box to tick."""
    return forms.BooleanField(label=label, required=False, **more)
