"""Forms of the register of critical assets; what they say is read as a row of a file is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.analysis.words import right_told, shape_told
from undaunted.coercion.screening.readers import FORMATS, asset_of, stake_of
from undaunted.coercion.screening.rules import (
    OWN_TAXONOMY,
    RIGHTS,
    ReviewOutcome,
    RowProblem,
    UnfiledStatus,
    sector_lists,
)
from undaunted.coercion.screening.rules.drawings import Shape
from undaunted.coercion.screening.writers.case_terms import choices_of
from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for
from undaunted.site.english import refusal_told
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = [
    "AssetForm",
    "ExposureForm",
    "FilterForm",
    "HoldingForm",
    "RegisterFileForm",
    "ReviewForm",
    "UnfiledForm",
    "WithdrawForm",
]

LEVELS = choices_of("Confidence")
OUTCOMES = [
    (ReviewOutcome.NO_CONCERN.value, _("No concern")),
    (ReviewOutcome.WATCH.value, _("Keep watching")),
    (ReviewOutcome.CASE.value, _("A case is needed")),
]


def _kinds() -> list[tuple[str, str]]:
    kinds = ("company", "person", "state", "several", "unknown")
    return [(each, shape_told(Shape(each))) for each in kinds]


def _rights() -> list[tuple[str, str]]:
    return [(each, right_told(each)) for each in RIGHTS]


class _OfRegister(forms.Form):
    """A form for one of the registers of the actor's organisations."""

    verb: ClassVar[Verb] = Verb.RECORD
    holder = forms.ChoiceField(label=_("Organisation"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), each.name)
            for each in organisations_for(actor)
            if decide(actor, self.verb, Facts(holder=each.pk)).allowed
        ]


class _Row(_OfRegister):
    """A form that says what a row of a file would say."""

    def read(self, told: dict[str, str]) -> tuple[Any, list[RowProblem]]:
        """Read the row that the form says."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Read the row; every problem stands beside its field."""
        told = super().clean() or {}
        words = {name: "" if value is None else str(value) for name, value in told.items()}
        row, problems = self.read(words)
        for each in problems:
            name = each.field if each.field in self.fields else None
            self.add_error(name, refusal_told(f"{each.rule}; {each.remedy}"))
        told["row"] = row
        return told


class AssetForm(_Row):
    """What an asset is."""

    reference = forms.CharField(label=_("Reference"), max_length=160)
    name = forms.CharField(label=_("Name"), max_length=300)
    country = forms.CharField(label=_("Country"), max_length=120)
    listed = forms.ChoiceField(label=_("Sector"), required=False)
    sector = forms.CharField(
        label=_("Sector of your own"),
        max_length=120,
        required=False,
        help_text=_("Where no law's list has it."),
    )
    taxonomy = forms.CharField(
        label=_("List of sectors"),
        max_length=80,
        required=False,
        initial=OWN_TAXONOMY,
        help_text=_("Of your own sector."),
    )
    capacity = forms.CharField(label=_("Capacity"), max_length=40, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=60, required=False)
    valid_from = DayField(label=_("From"), required=False)
    valid_to = DayField(label=_("Until"), required=False)
    source = forms.CharField(label=_("Source"), max_length=400)
    confidence = forms.ChoiceField(label=_("Confidence"), choices=LEVELS, initial="C")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        lists = [
            (f"{held.title} ({held.key}@{held.version})", [
                (f"{held.key}@{held.version} {item.code}", item.title) for item in held.items
            ])
            for held in sector_lists()
        ]  # fmt: skip
        self.fields["listed"].choices = [("", _("one of your own")), *lists]  # type: ignore[attr-defined]
        told = f"{self.initial.get('taxonomy', '')} {self.initial.get('sector', '')}"
        if any(told == value for _list, items in lists for value, _title in items):
            self.initial.update({"listed": told, "sector": "", "taxonomy": OWN_TAXONOMY})

    def read(self, told: dict[str, str]) -> tuple[Any, list[RowProblem]]:
        """Read an asset; a sector of a law's list is told with its list."""
        listed = told.pop("listed", "")
        if listed and told["sector"]:
            said, remedy = "it is of a law's list, and one of your own too", "choose one of both"
            return None, [RowProblem(0, "sector", told["sector"], said, remedy)]
        if listed:
            told["taxonomy"], _part, told["sector"] = listed.partition(" ")
        return asset_of(0, told, "")


class HoldingForm(_Row):
    """What a party holds of a company or an asset."""

    owner = forms.CharField(
        label=_("Owner"), max_length=300, help_text=_("An identifier; a state is STATE:XR.")
    )
    owner_name = forms.CharField(label=_("Name of the owner"), max_length=300, required=False)
    owner_kind = forms.ChoiceField(label=_("Kind of owner"), choices=_kinds)
    owned = forms.CharField(label=_("Company or asset"), max_length=300)
    owned_name = forms.CharField(
        label=_("Name of the company or asset"), max_length=300, required=False
    )
    right = forms.ChoiceField(label=_("Kind of right"), choices=_rights)
    share = forms.CharField(
        label=_("Share"),
        max_length=60,
        required=False,
        help_text=_("Such as 51 % or 25-50 %; empty where none is stated."),
    )
    valid_from = DayField(label=_("From"), required=False)
    valid_to = DayField(label=_("Until"), required=False)
    source = forms.CharField(label=_("Source"), max_length=400)
    confidence = forms.ChoiceField(label=_("Confidence"), choices=LEVELS, initial="C")

    def read(self, told: dict[str, str]) -> tuple[Any, list[RowProblem]]:
        """Read a stake."""
        return stake_of(0, told)


class RegisterFileForm(_OfRegister):
    """A file of assets or of stakes."""

    verb = Verb.IMPORT
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("assets", _("Assets")), ("holdings", _("Owners and shares"))]
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Assets as CSV, XLSX, ODS or JSON; owners as CSV, XLSX, ODS, BODS, GLEIF, PSC or "
            "FollowTheMoney."
        ),
    )
    mapping = forms.CharField(
        label=_("Mapping"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr"}),
        required=False,
        max_length=20_000,
        help_text=_("Which column says what, as TOML; none where the columns are named as ours."),
    )
    format_name = forms.ChoiceField(
        label=_("Format"),
        choices=[("", "—"), *((each.name, each.name) for each in FORMATS)],
        required=False,
    )
    confidence = forms.ChoiceField(label=_("Confidence"), choices=LEVELS, initial="C")
    whole = forms.BooleanField(
        label=_("The file says all that its sources say; what it tells no longer has ended."),
        required=False,
    )


class FilterForm(forms.Form):
    """Which assets are shown."""

    q = forms.CharField(label=_("Name"), max_length=120, required=False)
    country = forms.CharField(label=_("Country"), max_length=4, required=False)
    sector = forms.CharField(label=_("Sector"), max_length=120, required=False)


class ExposureForm(forms.Form):
    """Two days that are compared."""

    before = DayField(label=_("Before"), required=False)
    day = DayField(label=_("After"), required=False)


class WithdrawForm(forms.Form):
    """Why something stands no longer."""

    reason = forms.CharField(label=_("Reason"), max_length=400)


class ReviewForm(forms.Form):
    """What is decided about an alert."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=OUTCOMES)
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )


class UnfiledForm(forms.Form):
    """What is decided about a deal that nobody filed."""

    status = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (UnfiledStatus.OPENED.value, _("Open a case")),
            (UnfiledStatus.CLOSED.value, _("Close it")),
            (UnfiledStatus.CONSIDERED.value, _("Go on considering it")),
        ],
    )
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    case = forms.CharField(
        label=_("Short name of the case"),
        max_length=60,
        required=False,
        help_text=_("Small letters, figures and hyphens; only where a case is opened."),
    )
    jurisdiction = forms.CharField(label=_("Whose law applies"), max_length=12, required=False)
