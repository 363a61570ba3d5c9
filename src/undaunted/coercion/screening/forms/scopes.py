"""The form of the scope test: what is known of the investment, and what of it is not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.analysis.sheets import party_as, regimes_of
from undaunted.coercion.screening.forms.parts import CaseForm, day_field, tick_field
from undaunted.coercion.screening.readers import ShareUnreadable, share_of
from undaunted.coercion.screening.rules import (
    FLAGS,
    Facts,
    Held,
    Investor,
    Money,
    Span,
    Target,
    TransactionKind,
    sector_list_on,
)
from undaunted.coercion.screening.rules.casework import PartyRole
from undaunted.coercion.screening.writers.case_terms import choices_of
from undaunted.site.english import marked

if TYPE_CHECKING:
    from undaunted.coercion.screening.rules import Owner

__all__ = ["ScopeForm"]

WHOLE = 1_000_000_000
LATER = date(2100, 1, 1)
"""So that a deal that comes under the next law finds its sectors."""
ANSWERS = [("", _("not known")), ("yes", _("Yes")), ("no", _("No"))]


class ShareField(forms.CharField):
    """A share or a range; nothing where it is not known."""

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as the library's
        """Give a span in units of a billionth."""
        said = super().clean(value)
        if not said:
            return None
        try:
            lowest, highest = share_of(said)
            return Span(round(lowest * WHOLE), round(highest * WHOLE))
        except (ShareUnreadable, ValueError) as problem:
            raise ValidationError(_("51 %, 25-50 %, or nothing where none is stated")) from problem


class ScopeForm(CaseForm):
    """What is known; what is not says so in the answer. Owners come from the stakes of the case."""

    day = day_field(_("Day"))
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of("TransactionKind"))
    states = forms.CharField(label=_("Countries"), max_length=200, help_text=_("Two letters"))
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    ruled_out = tick_field(_("The other sectors were looked at and do not apply"))
    votes_before = ShareField(label=_("Votes before"), max_length=40, required=False)
    votes_after = ShareField(label=_("Votes after"), max_length=40, required=False)
    equity_before = ShareField(label=_("Capital before"), max_length=40, required=False)
    equity_after = ShareField(label=_("Capital after"), max_length=40, required=False)
    amount = forms.DecimalField(label=_("Value"), min_value=0, required=False)
    currency = forms.CharField(label=_("Currency of amounts"), max_length=3, required=False)
    complete = tick_field(_("No ultimate owner of the acquirer is missing"))

    def clean(self) -> dict[str, Any]:
        """Ask for the currency of an amount."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("amount") is not None and not told.get("currency"):
            self.add_error("currency", self.fields["amount"].error_messages["required"])
        return told

    def prepare(self) -> None:
        """Give the sectors of the laws that bear on the case, and the questions that they ask."""
        self.initial.setdefault("states", self.sheet.case.jurisdiction)
        day = self.sheet.at.date()
        keys = dict.fromkeys(
            str(row.when["sectors"])
            for regime in regimes_of(self.sheet, LATER)
            for row in regime.scope
            if "sectors" in row.when
        )
        items = {
            item.code: marked(item.title, law=True)
            for key in keys
            for item in sector_list_on(key, day).items
        }
        self.choose("sectors", items.items())
        for name, says in FLAGS.items():
            self.fields[name] = forms.ChoiceField(
                label=marked(says), choices=ANSWERS, required=False
            )

    def facts(self, owners: tuple[Owner, ...]) -> Facts:
        """Give what was written; `owners` are those that the stakes of the case show."""
        told = self.cleaned_data
        acquirer, target = (
            party_as(self.sheet, role) for role in (PartyRole.ACQUIRER, PartyRole.TARGET)
        )
        chosen = frozenset(told["sectors"])
        others = {code for code, _title in self.fields["sectors"].choices} - chosen  # type: ignore[attr-defined]
        states = told["states"].upper().replace(",", " ").split()
        worth = Money(told["amount"], told["currency"]) if told["amount"] is not None else None
        return Facts(
            day=told["day"],
            kind=TransactionKind(told["kind"]),
            investor=Investor(
                acquirer.name if acquirer else "", acquirer.country if acquirer else "", owners,
                complete=told["complete"] or None,
            ),
            target=Target(
                target.name if target else "", frozenset(states),
                chosen if chosen or told["ruled_out"] else None,
                frozenset(others) if told["ruled_out"] else frozenset(),
            ),
            before=Held(told["equity_before"], told["votes_before"]),
            after=Held(told["equity_after"], told["votes_after"]),
            value=worth,
            flags={each: told[each] == "yes" for each in FLAGS if told[each]},
        )  # fmt: skip
