"""Forms of the desk of flows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = ["FlowFileForm"]


class FlowFileForm(forms.Form):
    """A file of flows, for one of the actor's organisations."""

    holder = forms.ChoiceField(label=_("Organisation"))
    file = forms.FileField(
        label=_("Flows of one year or more: CSV of BACI or Comtrade"),
        help_text=_("At most 20 MB; larger files are read at the terminal."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), each.name)
            for each in organisations_for(actor)
            if decide(actor, Verb.IMPORT, Facts(holder=each.pk)).allowed
        ]
