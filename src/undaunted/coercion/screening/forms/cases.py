"""Forms of a case: how it begins, its notification, its parties, its ownership evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.actions import CasePlan, PartyPlan
from undaunted.coercion.screening.analysis.words import right_told, shape_told
from undaunted.coercion.screening.forms.parts import (
    CaseForm,
    day_field,
    source_field,
    text_field,
    tick_field,
)
from undaunted.coercion.screening.queries import authorities_of, teams_of
from undaunted.coercion.screening.readers import FORMATS
from undaunted.coercion.screening.rules import Said, fields
from undaunted.coercion.screening.rules.casework import PartyRole, ScreeningOrigin
from undaunted.coercion.screening.rules.drawings import Shape
from undaunted.coercion.screening.rules.stakes import PartyKind, Right, StakePlan
from undaunted.coercion.screening.writers.case_terms import choices_of
from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = [
    "BeginForm", "EvidenceForm", "FilingForm", "PartyForm", "StakeForm", "SubmitForm", "TeamForm",
]  # fmt: skip


class BeginForm(forms.Form):
    """What a case is called and whose law it is under."""

    holder = forms.ChoiceField(label=_("Authority"))
    reference = forms.CharField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Small letters, figures and hyphens. It stands in addresses."),
    )
    title = forms.CharField(
        label=_("Title"), max_length=160, help_text=_("It holds nothing confidential.")
    )
    jurisdiction = forms.CharField(label=_("Country"), max_length=2, help_text=_("Two letters"))
    origin = forms.ChoiceField(label=_("Kind"), choices=choices_of("Origin"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        mine = authorities_of(actor)
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), each.name)
            for each in organisations_for(actor)
            if each.pk in mine and decide(actor, Verb.RECORD, Facts(holder=each.pk)).allowed
        ]

    def plan(self) -> CasePlan:
        """Give what was written."""
        told = self.cleaned_data
        return CasePlan(
            told["reference"],
            told["title"],
            told["jurisdiction"].upper(),
            ScreeningOrigin(told["origin"]),
        )


class FilingForm(CaseForm):
    """A notification, piece by piece; each can be confidential, with what others may read."""

    def prepare(self) -> None:
        """Make three fields a piece: its text, whether it is secret, what others may read."""
        for each in fields():
            self.fields[each.code] = text_field(_("Text"), required=False)
            self.fields[f"{each.code}-secret"] = tick_field(_("Confidential"))
            self.fields[f"{each.code}-summary"] = text_field(
                _("What others may read in its place"), rows=2, required=False
            )

    def parts(self) -> list[tuple[Any, Any, Any, Any]]:
        """Give the pieces with their bound fields."""
        return [
            (each, self[each.code], self[f"{each.code}-secret"], self[f"{each.code}-summary"])
            for each in fields()
        ]

    def said(self, *, whole: bool = False) -> dict[str, Said]:
        """Give what was written; `whole` with what was left empty, where all was shown."""
        told = self.cleaned_data
        return {
            each.code: Said(
                told[each.code], secret=told[f"{each.code}-secret"],
                summary=told[f"{each.code}-summary"],
            )
            for each in fields() if whole or told[each.code].strip()
        }  # fmt: skip


class SubmitForm(CaseForm):
    """The day on which a notification counts as received."""

    received_on = day_field(_("Received on"))


class PartyForm(CaseForm):
    """Somebody with a part in the investment."""

    role = forms.ChoiceField(label=_("Role"), choices=choices_of("PartyRole"))
    name = forms.CharField(label=_("Name"), max_length=200)
    identifier = forms.CharField(label=_("Its id in the stakes"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    country = forms.CharField(
        label=_("Country"), max_length=2, required=False, help_text=_("Two letters")
    )
    source = source_field()
    why = forms.CharField(label=_("Why"), max_length=400, required=False)

    def prepare(self) -> None:
        """Ask why only of a correction."""
        self.choose("kind", _kinds())
        if self.row is None:
            del self.fields["why"]

    def plan(self) -> PartyPlan:
        """Give what was written."""
        told = self.cleaned_data
        return PartyPlan(
            PartyRole(told["role"]), told["name"], told["source"], told["identifier"],
            PartyKind[told["kind"].upper()], told["country"].upper(),
        )  # fmt: skip


class EvidenceForm(CaseForm):
    """A file of stakes."""

    file = forms.FileField(label=_("File"))
    format = forms.ChoiceField(label=_("Kind of file"), required=False)
    source = source_field()
    filed = tick_field(_("It says what the investment would create"))

    def prepare(self) -> None:
        """Give the formats."""
        named = [(each.name, each.name.upper()) for each in FORMATS]
        self.choose("format", [("", "\N{EN DASH}"), *named])


class StakeForm(CaseForm):
    """A stake written down by hand."""

    owner = forms.CharField(label=_("Holder"), max_length=200)
    owner_kind = forms.ChoiceField(label=_("Kind"))
    owned = forms.CharField(label=_("Company"), max_length=200)
    right = forms.ChoiceField(label=_("Kind of right"))
    share = forms.CharField(
        label=_("Share"), max_length=40, required=False,
        help_text=_("51 %, 25-50 %, or nothing where none is stated"),
    )  # fmt: skip
    valid_from = day_field(_("From"), required=False)
    valid_to = day_field(_("Until"), required=False)
    source = source_field()
    filed = tick_field(_("It says what the investment would create"))
    why = forms.CharField(label=_("Why"), max_length=400, required=False)

    def prepare(self) -> None:
        """Ask why only of a correction."""
        self.choose("owner_kind", _kinds())
        self.choose("right", [(str(int(each)), right_told(each.name.lower())) for each in Right])
        if self.row is None:
            del self.fields["why"]

    def plan(self) -> StakePlan:
        """Give what was written."""
        told = self.cleaned_data
        return StakePlan(
            owner=told["owner"], owned=told["owned"], source=told["source"], share=told["share"],
            right=Right(int(told["right"])), owner_kind=PartyKind[told["owner_kind"].upper()],
            valid_from=told["valid_from"], valid_to=told["valid_to"], filed=told["filed"],
        )  # fmt: skip


class TeamForm(CaseForm):
    """The team that opens what is sealed."""

    team = forms.ChoiceField(label=_("Team"))

    def prepare(self) -> None:
        """Give the authority's teams."""
        teams = teams_of(self.actor, self.sheet.case)
        self.choose("team", [(str(each.pk), each.name) for each in teams])


def _kinds() -> list[tuple[str, str]]:
    return [(each.value, shape_told(each)) for each in (
        Shape.COMPANY, Shape.PERSON, Shape.STATE, Shape.SEVERAL, Shape.UNKNOWN,
    )]  # fmt: skip
