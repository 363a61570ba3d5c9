"""Forms of matching: which pairs to show, which pair is meant, a verdict with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.accounts.queries import organisations_for
from undaunted.core.listings.rules import list_sources
from undaunted.core.listings.writers import titled_whose
from undaunted.core.matching.rules import (
    Named,
    Reference,
    ReferenceMalformed,
    SubjectsUnknown,
    Verdict,
    Why,
    subjects_of,
)
from undaunted.core.matching.writers import KINDS, WHYS

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules import EntryKey

__all__ = ["AnswerForm", "PairForm", "QueueForm", "ScreenForm", "UndoForm", "VerdictForm"]

LONGEST_WHY = 2_000
_VERDICTS = [(each.value, each.value) for each in Verdict]


class QueueForm(forms.Form):
    """Which pairs of the queue to show."""

    q = forms.CharField(label=_("Name"), required=False, max_length=120)
    source = forms.ChoiceField(label=_("List"), required=False)
    why = forms.ChoiceField(
        label=_("Why it waits"),
        required=False,
        choices=[("", _("any")), *((each.value, word) for each, word in WHYS.items())],
    )
    strong = forms.BooleanField(
        label=_("Very alike, with an equal day of birth or number"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            ("", _("any")),
            *((code, titled_whose(code)) for code in list_sources()),
        ]

    def asked(self) -> dict[str, Any]:
        """Give what was asked for, as the query takes it."""
        told = self.cleaned_data
        return {
            "words": told["q"],
            "source": told["source"],
            "why": Why(told["why"]) if told["why"] else None,
            "strong": told["strong"],
        }


class PairForm(forms.Form):
    """Which pair is meant."""

    left = forms.CharField(max_length=240)
    right = forms.CharField(max_length=240)

    def clean_left(self) -> EntryKey:
        """Read the first side."""
        return self._entry("left")

    def clean_right(self) -> EntryKey:
        """Read the second side."""
        return self._entry("right")

    def _entry(self, name: str) -> EntryKey:
        try:
            return Reference(Named.ENTRY, self.cleaned_data[name]).entry
        except ReferenceMalformed as problem:
            raise forms.ValidationError(str(problem)) from None


class VerdictForm(forms.Form):
    """A verdict on a pair of entries, with its reason unless nobody can tell."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=_VERDICTS)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())
    """What names the two as they were shown; a verdict that names nothing is refused."""
    why = forms.CharField(
        label=_("Reason, in your words"),
        required=False,
        max_length=LONGEST_WHY,
        help_text=_(
            "“The same” and “Not the same” need a reason: say on what the verdict rests. Your "
            "organisation alone reads it unless you show it: then name no witness and no file."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "required": True}),
    )
    share = forms.BooleanField(
        label=_("Show the reason to every organisation here"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["why"].needed = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Demand a reason for what settles a pair."""
        told = self.cleaned_data
        if told.get("verdict") in {Verdict.SAME, Verdict.DIFFERENT} and not told.get("why"):
            self.add_error("why", _("Say on what the verdict rests."))
        return told


class AnswerForm(VerdictForm):
    """An answer about somebody in a file, which always has a reason; its organisation reads it."""

    # How the library takes out a field of the form that this one follows.
    share = None  # type: ignore[assignment]
    why = forms.CharField(
        label=_("On what the answer rests"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class UndoForm(forms.Form):
    """Why a verdict is taken back, of what was shown."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())
    why = forms.CharField(label=_("Why it is undone"), required=False, max_length=LONGEST_WHY)


class ScreenForm(forms.Form):
    """Whose files to hold against lists."""

    holder: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Organisation"), queryset=None
    )
    kind = forms.ChoiceField(label=_("Who"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        held = organisations_for(actor)
        self.fields["holder"].queryset = held  # type: ignore[attr-defined]
        only = list(held[:2])
        if len(only) == 1:
            self.fields["holder"].initial = only[0].pk
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (each.value, word) for each, word in KINDS.items() if _described(each)
        ]


def _described(kind: Named) -> bool:
    try:
        subjects_of(kind)
    except SubjectsUnknown:
        return False
    return True
