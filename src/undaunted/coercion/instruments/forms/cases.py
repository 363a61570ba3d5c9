"""Forms of a proceeding: what it is about, its papers, elements, engagement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.instruments.actions import PaperPlan, ProceedingPlan
from undaunted.coercion.instruments.queries import authorities_of
from undaunted.coercion.instruments.rules import (
    CONDITIONS,
    FACTORS,
    LONGEST_NAME,
    LONGEST_TEXT,
    Element,
    ElementState,
    How,
    Opening,
    PaperKind,
    SummaryLine,
)
from undaunted.coercion.instruments.writers.case_words import choices_of
from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.standards.rules import Value
from undaunted.site.english import marked, marked_of
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.queries import FindingRow
    from undaunted.core.standards.rules import Pack

__all__ = [
    "CorrectionForm",
    "ElementsForm",
    "EngagementForm",
    "PaperForm",
    "ProceedingForm",
    "TeamForm",
    "holders_for",
    "text_field",
]


def holders_for(actor: Actor) -> list[tuple[str, str]]:
    """Give the authorities in whose name the actor may record."""
    mine = authorities_of(actor)
    return [
        (str(each.pk), each.name)
        for each in organisations_for(actor)
        if each.pk in mine and decide(actor, Verb.RECORD, Facts(holder=each.pk)).allowed
    ]


def text_field(label: Any, rows: int = 2, **more: Any) -> forms.CharField:  # noqa: ANN401
    """Give a field of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=widget, **more)


def _codes(text: str) -> list[str]:
    return [each.strip().upper() for each in text.replace(",", " ").split()]


class ProceedingForm(forms.Form):
    """What a proceeding is about; nothing here may say who asked."""

    holder = forms.ChoiceField(label=_("Authority"))
    reference = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Small letters, figures and hyphens. It stands in addresses."),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_NAME,
        help_text=_("It may become public: never write here who asked."),
    )
    third_country = forms.CharField(label=_("Third country, by its two letters"), max_length=2)
    states = forms.CharField(
        label=_("States that it is aimed at, by their letters"), max_length=120
    )
    measure = text_field(_("What the third country does or threatens"))
    opening = forms.ChoiceField(
        label=_("How it was opened"), choices=choices_of("Opening"), initial=Opening.REQUEST
    )
    team = forms.ChoiceField(
        label=_("Team"),
        required=False,
        help_text=_("Its members alone open confidential papers, each with their own key."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        actor: Actor,
        teams: Iterable[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = holders_for(actor)  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", "—"), *teams]  # type: ignore[attr-defined]

    def plan(self) -> ProceedingPlan:
        """Give what was written."""
        told = self.cleaned_data
        return ProceedingPlan(
            told["reference"],
            told["title"],
            told["third_country"].upper(),
            _codes(told["states"]),
            told["measure"],
            Opening(told["opening"]),
        )


class CorrectionForm(forms.Form):
    """What may be written anew before it is public; nothing here may say who asked."""

    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_NAME,
        help_text=_("It may become public: never write here who asked."),
    )
    measure = text_field(_("What the third country does or threatens"))


class TeamForm(forms.Form):
    """Which team handles the proceeding."""

    team = forms.ChoiceField(label=_("Team"))

    def __init__(self, *args: Any, teams: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = list(teams)  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    """A paper in its two versions."""

    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of("PaperKind")[1:])
    title = forms.CharField(label=_("Title"), max_length=LONGEST_NAME)
    received_on = DayField(label=_("Received"))
    summary = text_field(
        _("Non-confidential version"),
        rows=5,
        help_text=_("Or say why none is possible. It never says who wrote the paper."),
    )
    confidential = text_field(
        _("Confidential version"), rows=5, help_text=_("It is sealed to the team.")
    )

    def plan(self) -> PaperPlan:
        """Give what was written."""
        told = self.cleaned_data
        return PaperPlan(
            PaperKind(told["kind"]),
            told["title"],
            told["received_on"],
            [SummaryLine("", "evidence", "Summary", told["summary"], How.SUMMARISED)],
            {"text": told["confidential"]},
        )


class ElementsForm(forms.Form):
    """How far each element is shown, with reasons and evidence."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        pack: Pack,
        evidence: Mapping[str, str],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        held = "; ".join(f"{key} ({title})" for key, title in evidence.items())
        for key in (*CONDITIONS, *FACTORS):
            criterion = pack.criteria[key]
            self.fields[key] = forms.ChoiceField(
                label=marked(criterion.title, law=True),
                help_text=marked_of({code: each.text for code, each in criterion.texts.items()}),
                choices=choices_of("ElementState"),
                initial=ElementState.MISSING,
            )
            self.fields[f"{key}_reasons"] = text_field(_("Reasons"))
            self.fields[f"{key}_sources"] = forms.CharField(
                label=_("Evidence that it rests on, separated by spaces"),
                help_text=_("In this proceeding: %(held)s. Of the ledger: the id of a source.")
                % {"held": held or "-"},
                max_length=900,
                required=False,
            )

    @staticmethod
    def initial_of(findings: Iterable[FindingRow]) -> dict[str, str]:
        """Give what was found before; an unclear finding is told anew."""
        told: dict[str, str] = {}
        for each in findings:
            if each.value != Value.UNCLEAR:
                told[each.criterion] = each.value
            told[f"{each.criterion}_reasons"] = each.reasons
            told[f"{each.criterion}_sources"] = " ".join(each.sources)
        return told

    def elements(self) -> list[Element]:
        """Give the elements as they were assessed."""
        told = self.cleaned_data
        return [
            Element(
                key,
                ElementState(told[key]),
                (told[f"{key}_reasons"],),
                tuple(told[f"{key}_sources"].split()),
            )
            for key in (*CONDITIONS, *FACTORS)
        ]


class EngagementForm(forms.Form):
    """What was said with the third country."""

    day = DayField(label=_("Day"))
    channel = forms.ChoiceField(label=_("By which way"), choices=choices_of("Channel"))
    body = forms.CharField(label=_("Office of the third country"), max_length=LONGEST_NAME)
    said = text_field(_("What was said"))
    answer = text_field(_("Answer"), required=False)
