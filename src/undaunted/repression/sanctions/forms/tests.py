"""Which facts are shown, and of which day the laws are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.standards.rules import Finding, Value
from undaunted.repression.sanctions.rules import FactKind, facts
from undaunted.site.components.clauses import commas_text
from undaunted.site.english import law_told
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

__all__ = ["TestForm"]

_HEADS: Mapping[FactKind, _StrPromise] = {
    FactKind.CONDUCT: _("Conduct that is shown"),
    FactKind.CIRCUMSTANCE: _("Circumstances that are shown"),
    FactKind.LINK: _("Links of the person that are shown"),
}


class TestForm(forms.Form):
    """Facts to tick, by what they are about; what is not ticked is not known."""

    on = DayField(label=_("Law of the day"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as Django hands them
        super().__init__(*args, **more)
        for kind, head in _HEADS.items():
            self.fields[kind] = forms.MultipleChoiceField(
                label=head,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[
                    (each.id, law_told(each.title))
                    for each in facts().values()
                    if each.kind is kind
                ],
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a field that there is none of: silence would read as "missing"."""
        unknown = sorted(set(self.data) - set(self.fields))
        if unknown:
            told = {"names": commas_text(unknown), "known": commas_text(self.fields)}
            raise forms.ValidationError(
                _("%(names)s: there is no such field; there are %(known)s."), params=told
            )
        return super().clean() or {}

    @property
    def findings(self) -> dict[str, Finding]:
        """Give what was ticked as met."""
        ticked = [name for kind in FactKind for name in self.cleaned_data[kind]]
        return dict.fromkeys(ticked, Finding(Value.MET))
