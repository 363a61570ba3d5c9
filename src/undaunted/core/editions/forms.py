"""Asking for an edition at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.editions.actions import Wanted, edition_kinds
from undaunted.site.components.clauses import clauses_text
from undaunted.site.instants import DayField, InstantField

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.editions.rules import Parameter

__all__ = ["EditionForm"]


class EditionForm(forms.Form):
    """Which edition is built, of which day, in which languages."""

    kind = forms.ChoiceField(label=_("Kind"))
    holder = forms.ChoiceField(label=_("Organisation"))
    as_of = DayField(label=_("Day that is counted"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    parameters = forms.CharField(
        label=_("Parameters"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
    )
    file = forms.FileField(label=_("File"), required=False)
    embargo_until = InstantField(
        label=_("Embargo until (UTC)"),
        required=False,
        help_text=_("Before this moment the public sees nothing of it."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        """Offer the kinds there are, and the organisations for which the actor may propose."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [(each.name, each.title()) for each in edition_kinds()]  # type: ignore[attr-defined]
        self.fields["parameters"].help_text = _wanted_by_kind()
        told = (each.file.help() for each in edition_kinds() if each.file is not None)
        self.fields["file"].help_text = " ".join(told)
        self._holders = {
            str(each.pk): each
            for each in organisations_for(actor)
            if decide(actor, Verb.PROPOSE_PUBLICATION, Facts(holder=each.pk)).allowed
        }
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            (key, each.name) for key, each in self._holders.items()
        ]

    @property
    def chosen_holder(self) -> UUID:
        """Give the organisation that was chosen."""
        return self._holders[self.cleaned_data["holder"]].pk

    def clean_parameters(self) -> dict[str, str]:
        """Read one parameter a line."""
        chosen: dict[str, str] = {}
        for line in self.cleaned_data["parameters"].splitlines():
            name, equals, value = line.partition("=")
            if line.strip() and not equals:
                raise forms.ValidationError(_("Write one name=value on each line."))
            if line.strip():
                chosen[name.strip()] = value.strip()
        return chosen

    def wanted(self) -> Wanted:
        """Give what was asked for."""
        told = self.cleaned_data
        file = told["file"]
        return Wanted(
            kind=told["kind"],
            as_of=told["as_of"],
            languages=tuple(told["languages"]),
            parameters=told["parameters"],
            embargo_until=told["embargo_until"],
            file=(file.name, file.read()) if file else None,
        )


def _wanted_by_kind() -> str:
    """Say which parameters each kind has; each name keeps its direction on any page."""
    kinds = [
        f"{kind.title()}: {', '.join(map(_parameter_told, kind.parameters))}"
        for kind in edition_kinds()
        if kind.parameters
    ]
    return f"{gettext('Write one name=value on each line.')} {clauses_text(kinds)}"


def _parameter_told(parameter: Parameter) -> str:
    name = f"\u2066{parameter.name}=…\u2069"
    return name if parameter.default is None else f"{name} {gettext('(optional)')}"
