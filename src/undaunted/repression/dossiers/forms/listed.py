"""Whose listings are asked for: of a dossier, of an event, under which laws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.commitments.writers import state_name as named
from undaunted.repression.dossiers.forms.fields import act_choices
from undaunted.repression.dossiers.rules import FIRST_LAWS
from undaunted.repression.sanctions.rules import authorities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.repression.dossiers.analysis import Sheet
    from undaunted.repression.dossiers.models import Dossier

__all__ = ["ListedForm"]


class ListedForm(forms.Form):
    """Narrows to one dossier and one event of the ledger; nothing is kept."""

    dossier = forms.ChoiceField(label=_("Dossier"), required=False)
    event = forms.ChoiceField(label=_("Event"), required=False)
    law = forms.MultipleChoiceField(
        label=_("Laws"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        dossiers: Iterable[Dossier],
        sheets: Iterable[Sheet],
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **more)
        events = {
            str(act.row.claim): f"{sheet.dossier.title} · {words}"
            for sheet in sheets
            for act, (_key, words) in zip(sheet.acts, act_choices(sheet), strict=True)
        }
        laws = [each for each in authorities().values() if each.pack]
        choices: dict[str, list[tuple[str, Any]]] = {
            "dossier": [("", _("all that you handle"))]
            + [(str(each.pk), each.title) for each in dossiers],
            "event": [("", _("any")), *events.items()],
            "law": [(each.code, f"{named(each.jurisdiction)} · {each.short}") for each in laws],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def laws(self) -> tuple[str, ...]:
        """The laws that are asked; the first ones where none is chosen."""
        return tuple(self.cleaned_data["law"]) or FIRST_LAWS

    def chosen(self, sheets: Iterable[Sheet]) -> list[Sheet]:
        """Give the dossiers that are asked for."""
        wanted = self.cleaned_data["dossier"]
        return [each for each in sheets if wanted in {"", str(each.dossier.pk)}]

    def acts(self, sheets: Iterable[Sheet]) -> frozenset[str]:
        """Give the rows of the event in the dossiers; none where no event is asked for."""
        wanted = self.cleaned_data["event"]
        if not wanted:
            return frozenset()
        held = (act for sheet in sheets for act in sheet.acts)
        return frozenset(act.key for act in held if str(act.row.claim) == wanted)
