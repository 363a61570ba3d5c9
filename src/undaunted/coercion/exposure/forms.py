"""Forms of the desk of flows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.exposure.rules import Episode
from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = ["EpisodeForm", "FlowFileForm"]

CODE, MONTH = r"\A[A-Za-z]{3}\Z", r"\A(19|20)[0-9]{2}-(0[1-9]|1[0-2])\Z"
PRODUCTS, LONGEST = r"\A[A-Za-z0-9 ,;]*\Z", 400


class FlowFileForm(forms.Form):
    """A file of flows, for one of the actor's organisations."""

    holder = forms.ChoiceField(label=_("Organisation"))
    file = forms.FileField(
        label=_("Flows: CSV of BACI or Comtrade, or of months"),
        help_text=_("At most 20 MB; larger files are read at the terminal."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), each.name)
            for each in organisations_for(actor)
            if decide(actor, Verb.IMPORT, Facts(holder=each.pk)).allowed
        ]


class EpisodeForm(forms.Form):
    """Who presses whom from which month, over a file of months."""

    target = forms.RegexField(CODE, label=_("Target"), help_text=_("Three letters of ISO 3166"))
    coercer = forms.RegexField(CODE, label=_("Coercer"), help_text=_("Three letters of ISO 3166"))
    since = forms.RegexField(
        MONTH, label=_("First month of the measure"), help_text=_("Such as 2021-12")
    )
    product = forms.RegexField(
        PRODUCTS,
        label=_("Products hit"),
        help_text=_("First figures of their codes; none means all"),
        required=False,
        max_length=LONGEST,
    )
    component = forms.RegexField(
        PRODUCTS,
        label=_("Products of others with parts from the target"),
        help_text=_("First figures of their codes; none means not asked"),
        required=False,
        max_length=LONGEST,
    )

    def episode(self) -> Episode:
        """Give the episode that was asked for; only of a valid form."""
        told = self.cleaned_data
        return Episode(
            told["target"].upper(),
            told["coercer"].upper(),
            told["since"],
            _parted(told["product"]),
            _parted(told["component"]),
        )


def _parted(told: str) -> tuple[str, ...]:
    return tuple(each for each in re.split(r"[ ,;]+", told) if each)
