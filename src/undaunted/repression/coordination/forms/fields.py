"""Fields and forms that the forms of coordination share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for
from undaunted.repression.coordination.queries import (
    working_for,
)
from undaunted.repression.coordination.rules import (
    LONGEST_TEXT,
)

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor


__all__ = [
    "ActorForm",
    "entry_field",
    "holders_for",
    "lines_of",
    "long_text",
]


def holders_for(actor: Actor) -> list[tuple[str, str]]:
    """Give the organisations in whose name the actor may record."""
    mine = working_for(actor)
    return [
        (str(each.pk), each.name)
        for each in organisations_for(actor)
        if each.pk in mine and decide(actor, Verb.RECORD, Facts(holder=each.pk)).allowed
    ]


def long_text(label: Any, rows: int = 3, **more: Any) -> forms.CharField:  # noqa: ANN401 - lazy
    """Give a field for a text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=widget, **more)


def entry_field(*, required: bool = True) -> forms.CharField:
    """Give a field for an entry of a list."""
    return forms.CharField(
        label=_("Entry of a list"),
        max_length=240,
        required=required,
        help_text=_("As list:key, for example xf-invented:XF-0001."),
    )


def lines_of(text: str) -> tuple[str, ...]:
    """Give the lines of a text that say something."""
    return tuple(each.strip() for each in text.splitlines() if each.strip())


class ActorForm(forms.Form):
    """A form whose choices depend on who asks."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.actor = actor
        if "holder" in self.fields:
            self.set_choices("holder", holders_for(actor))

    def set_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Offer choices in a field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def organisation_id(self) -> UUID:
        """Give the organisation that was chosen."""
        return UUID(self.cleaned_data["holder"])
