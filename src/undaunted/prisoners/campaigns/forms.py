"""Forms of campaigns: the campaign, a case and its mode, adopters, raises, replies, a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.places.rules import country_name
from undaunted.prisoners.campaigns.actions import Plan, Raising, Standing
from undaunted.prisoners.campaigns.queries import adopters_for, desk_cases
from undaunted.prisoners.campaigns.rules import (
    AdopterKind,
    Channel,
    Level,
    MaterialKind,
    Mode,
    Reply,
    occasions,
)
from undaunted.prisoners.campaigns.writers import (
    ADOPTERS,
    CHANNELS,
    LEVELS,
    MATERIALS,
    MODES,
    REPLIES,
)
from undaunted.prisoners.registry.forms.fields import CountryField
from undaunted.site.instants import DayField
from undaunted.site.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import Campaign

__all__ = [
    "AdoptForm",
    "AdopterForm",
    "AgreedForm",
    "AskForm",
    "AttachForm",
    "CampaignForm",
    "ImportForm",
    "MaterialForm",
    "ModeForm",
    "RaiseForm",
    "StepForm",
]

_LANGUAGES = [(each.code, each.own_name) for each in LANGUAGES]
_NONE = [("", _("None"))]


def _choices(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(each), word) for each, word in words.items()]


def _set(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _adopters(actor: Actor) -> list[tuple[str, str]]:
    """Give the adopters by name, and what tells those of one name apart."""
    return [
        (
            str(each.pk),
            " · ".join((each.name, str(ADOPTERS[AdopterKind(each.kind)]),
                        country_name(each.country, get_language() or "en"), str(each.pk)[:8])),
        )
        for each in adopters_for(actor)
    ]  # fmt: skip


class CampaignForm(forms.Form):
    """What a campaign is."""

    holder = forms.ChoiceField(label=_("Organisation"))
    reference = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Small letters, figures and hyphens. It stands in addresses."),
    )
    name = forms.CharField(label=_("Name"), max_length=160)
    day = DayField(label=_("Day"))
    occasion = forms.ChoiceField(label=_("Occasion"), required=False)
    summary = forms.CharField(
        label=_("What everybody can do, in a few sentences"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=_LANGUAGES)
    languages = forms.MultipleChoiceField(
        label=_("Languages of the material"),
        choices=_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        actor: Actor,
        campaign: Campaign | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        kwargs.setdefault("initial", {"language": "en", "languages": ["en"]})
        super().__init__(*args, **kwargs)
        _set(self, "occasion", [*_NONE, *((c, o.sheet.title) for c, o in occasions().items())])
        held = [
            (str(each.pk), each.name)
            for each in organisations_for(actor)
            if decide(actor, Verb.RECORD, Facts(holder=each.pk)).allowed
        ]
        _set(self, "holder", held)
        self._reference = campaign.reference if campaign else ""
        if campaign is not None:
            del self.fields["holder"], self.fields["reference"]

    @property
    def plan(self) -> Plan:
        """What was written."""
        told = self.cleaned_data
        return Plan(
            reference=self._reference or told["reference"],
            name=told["name"],
            day=told["day"],
            occasion=told["occasion"],
            summary=told["summary"],
            language=told["language"],
            languages=tuple(told["languages"]),
        )


class AskForm(forms.Form):
    """What is asked for somebody."""

    ask = forms.CharField(
        label=_("What is asked for, in one sentence"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AttachForm(AskForm):
    """Whose case takes part, and what is asked."""

    case = forms.CharField(
        label=_("Reference, id or full name of the case"),
        max_length=300,
        help_text=_("It begins silent. Whoever holds the consent says how it may be shown."),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=_LANGUAGES)
    field_order = ("case", "ask", "language")


class ModeForm(forms.Form):
    """How a case may be shown."""

    mode = forms.ChoiceField(
        label=_("How it may be shown"), choices=_choices(MODES), widget=forms.RadioSelect
    )

    @property
    def chosen(self) -> Mode:
        """The mode that was chosen."""
        return Mode(self.cleaned_data["mode"])


class AdopterForm(forms.Form):
    """Who adopts."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(ADOPTERS))
    country = CountryField(label=_("Country"))
    office = forms.CharField(label=_("Office"), max_length=200, required=False)
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    contact = forms.CharField(
        label=_("How to reach them"),
        max_length=300,
        required=False,
        help_text=_("Stays at the desk. It is in no file and on no public page."),
    )

    @property
    def standing(self) -> Standing:
        """What was written."""
        told = self.cleaned_data
        return Standing(**{**told, "kind": AdopterKind(told["kind"])})


class AgreedForm(forms.Form):
    """That an adopter agreed to be named publicly."""

    on = DayField(label=_("Agreed on"), required=False)
    how = forms.CharField(label=_("How it was given"), max_length=160, required=False)


class AdoptForm(forms.Form):
    """Who adopts a case, since when."""

    adopter = forms.ChoiceField(label=_("Adopter"))
    on = DayField(label=_("Since"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _set(self, "adopter", _adopters(actor))


class MaterialForm(forms.Form):
    """What is written of a case."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(MATERIALS))
    language = forms.ChoiceField(label=_("Language"), choices=_LANGUAGES)
    adopter = forms.ChoiceField(label=_("Signed by"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _set(self, "adopter", [*_NONE, *_adopters(actor)])

    @property
    def chosen(self) -> MaterialKind:
        """The kind that was chosen."""
        return MaterialKind(self.cleaned_data["kind"])


class RaiseForm(forms.Form):
    """What was raised, how, with whom and by whom."""

    case = forms.ChoiceField(label=_("Case"), required=False)
    day = DayField(label=_("Day"))
    channel = forms.ChoiceField(label=_("Channel"), choices=_choices(CHANNELS))
    level = forms.ChoiceField(label=_("Level"), choices=_choices(LEVELS))
    counterpart = forms.CharField(label=_("With whom"), max_length=200)
    counterpart_country = CountryField(label=_("Country of the counterpart"))
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    by = forms.CharField(label=_("By whom"), max_length=200)
    by_country = CountryField(label=_("Country of whoever raised it"))
    adopter = forms.ChoiceField(
        label=_("Adopter"),
        required=False,
        help_text=_("Whoever raised it is named publicly only as an adopter who agreed."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        actor: Actor,
        campaign: Campaign,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        cases = [
            (str(case.row.pk), " ".join(filter(None, (case.reference, case.name))))
            for case in desk_cases(actor, campaign)
            if case.row.mode != Mode.SILENT
        ]
        _set(self, "case", [("", _("The campaign as a whole")), *cases])
        _set(self, "adopter", [*_NONE, *_adopters(actor)])

    @property
    def raising(self) -> Raising:
        """What was written."""
        told = self.cleaned_data
        return Raising(
            day=told["day"],
            channel=Channel(told["channel"]),
            level=Level(told["level"]),
            counterpart=told["counterpart"],
            counterpart_country=told["counterpart_country"],
            by=told["by"],
            by_country=told["by_country"],
            place=told["place"],
        )


class StepForm(forms.Form):
    """What came back, or what was done."""

    on = DayField(label=_("Day"))
    reply = forms.ChoiceField(
        label=_("Reply"), choices=[*_NONE, *_choices(REPLIES)], required=False
    )
    text = forms.CharField(
        label=_("What came of it"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def chosen(self) -> Reply | None:
        """The rung that was chosen."""
        return Reply(self.cleaned_data["reply"]) if self.cleaned_data["reply"] else None


class ImportForm(forms.Form):
    """A sheet of raises."""

    file = forms.FileField(label=_("Sheet: CSV, XLSX or ODS"))
    mapping = forms.CharField(
        label=_("Which heading holds what"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(
            attrs={"rows": 3, "dir": "ltr", "placeholder": '[columns]\nday = "Date"'}
        ),
        help_text=_("Leave it empty to let the headings be guessed, and look at the result."),
    )
