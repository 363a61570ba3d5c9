"""Forms of the injury: a result that is kept, a file that is brought, or amounts that are typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.exposure.queries import flow_files_for
from undaunted.coercion.exposure.rules import MONTHLY
from undaunted.coercion.instruments.analysis import MonthsNamed
from undaunted.coercion.instruments.forms.cases import text_field
from undaunted.coercion.instruments.readers import LARGEST_RESULT
from undaunted.coercion.instruments.rules import InjuryKind, MeasuredInjury, of_months_alone
from undaunted.coercion.response.queries import searches_for
from undaunted.site.english import told_by_field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.core.access.rules import Actor

__all__ = ["CalculationForm", "ResultForm", "TypedForm"]

OF_MONTHS = ("target", "since", "product", "unit")
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


class ResultForm(forms.Form):
    """A result that the authority keeps, from which the product reads the injury."""

    result = forms.ChoiceField(
        label=_("Result"),
        help_text=_(
            "A front that a search of your authority found, or a file of months, of which the "
            "fields below tell more. Of a front no more is kept here than what the injury was read "
            "from."
        ),
    )
    target = forms.CharField(
        label=_("Target"), help_text=_("Three letters of ISO 3166"), max_length=3, required=False
    )
    since = forms.RegexField(
        MONTH,
        label=_("First month of the measure"),
        help_text=_("Such as 2021-12"),
        required=False,
    )
    product = forms.CharField(
        label=_("Products hit"),
        help_text=_("First figures of their codes; none means all"),
        max_length=300,
        required=False,
    )
    unit = forms.CharField(label=_("Currency and scale"), max_length=24, required=False)

    def __init__(self, *args: Any, actor: Actor, proceeding: Proceeding, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        choices = list(_results(actor, proceeding))
        self.fields["result"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse what is told beside a front, which tells it itself."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("result") and self.front():
            for problem in of_months_alone({name: told.get(name) for name in OF_MONTHS}):
                for name, said in told_by_field(problem):
                    self.add_error(name, said)
        return told

    def front(self) -> str:
        """Give the name of the search whose front was chosen; empty for months."""
        kind, _sign, named = self.cleaned_data["result"].partition(":")
        return str(named) if kind == InjuryKind.FRONT else ""

    def months(self) -> MonthsNamed:
        """Give the file of months and what is asked of it."""
        told = self.cleaned_data
        products = tuple(filter(None, re.split(r"[ ,;]{1,9}", told["product"].strip())))
        digest = told["result"].partition(":")[2]
        return MonthsNamed(digest, told["since"], products, told["unit"], told["target"].upper())


def _results(actor: Actor, proceeding: Proceeding) -> Iterator[tuple[str, str]]:
    """Give what may be chosen: fronts that were found, then files of months."""
    for each in searches_for(actor):
        if each.holder == proceeding.holder and each.finished:
            shown = f"{each.question.name} · {each.digest[:8]}"
            yield f"{InjuryKind.FRONT}:{each.digest}", shown
    files = flow_files_for(actor).filter(holder=proceeding.holder, layout=MONTHLY)
    for file in files:
        yield f"{InjuryKind.EXPOSURE}:{file.sha256}", file.name


class CalculationForm(forms.Form):
    """The file of a scenario's result or of another calculation; nothing of it is typed."""

    file = forms.FileField(
        label=_("File of the calculation"),
        help_text=_(
            "JSON that a scenario was written to with --draws, or CSV with a row for each part: "
            "item, low, best, high, unit, year, method, source. It is kept as evidence, and "
            "everybody of the authority reads it: name nobody who asked."
        ),
    )

    def told(self) -> tuple[str, bytes]:
        """Give name and bytes of the file."""
        file = self.cleaned_data["file"]
        return file.name, file.read(LARGEST_RESULT + 1)


class TypedForm(forms.Form):
    """Amounts that no result holds; they are marked as typed wherever they are told."""

    low = forms.FloatField(label=_("At least"), min_value=0, max_value=1e14)
    best = forms.FloatField(label=_("Best estimate"), min_value=0, max_value=1e14)
    high = forms.FloatField(label=_("At most"), min_value=0, max_value=1e14)
    unit = forms.CharField(label=_("Currency and scale"), max_length=24, initial="EUR million")
    year = forms.IntegerField(label=_("Year"), min_value=1950, max_value=2200)
    source = text_field(_("Source"))
    explained = text_field(_("Where the amounts come from, and why no result is attached"))

    def told(self) -> tuple[MeasuredInjury, str]:
        """Give the injury, and what explains it."""
        told = dict(self.cleaned_data)
        explained = told.pop("explained")
        return MeasuredInjury(**told, digest=""), explained
