"""Forms of notices to authorities on other installations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.forms.findings import factors_told
from undaunted.coercion.screening.queries import case_as_known, cases_for
from undaunted.coercion.screening.writers.case_terms import choices_of

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = ["DispatchForm", "ElsewhereForm"]


class DispatchForm(forms.Form):
    """What is told of which case."""

    case = forms.ChoiceField(label=_("Case"))
    with_stakes = forms.BooleanField(label=_("With the stakes and their sources"), required=False)
    factors = forms.MultipleChoiceField(
        label=_("Factors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(
        label=_("Message"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        cases = list(cases_for(actor))
        now = timezone.now()
        self.fields["case"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), f"{each.reference}: {each.title}") for each in cases
        ]
        self.fields["factors"].choices = [  # type: ignore[attr-defined]
            (key, f"{each.reference}: {said}")
            for each in cases
            for key, said in factors_told(case_as_known(actor, each, now))
        ]


class ElsewhereForm(forms.Form):
    """A comment on a notice that came from elsewhere."""

    author = forms.CharField(label=_("Authority"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of("CommentKind"))
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 4}))
