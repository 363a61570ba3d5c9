"""Asking for a memo at the desk, and writing its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.places.rules import countries, country_name
from undaunted.core.practices.rules import Condition
from undaunted.core.practices.writers import CONDITIONS
from undaunted.prisoners.memo.actions import MemoWanted
from undaunted.prisoners.memo.queries import cases_to_ask_about
from undaunted.prisoners.memo.rules import (
    LONGEST_COUNTERPART,
    LONGEST_TEXT,
    MOST_PAGES,
    TextKind,
    Variant,
)
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = ["KINDS", "VARIANTS", "MemoForm", "TextForm"]

VARIANTS = {
    Variant.PUBLIC: _("public: only what two people read and everybody may see"),
    Variant.RESTRICTED: _("restricted: for your organisation, or for the government you name"),
}
KINDS = {
    TextKind.ASK: _("ask"),
    TextKind.TALKING_POINT: _("talking point"),
    TextKind.RED_LINE: _("red line"),
}


class _OfHouse(forms.Form):
    """A form of one of the organisations for which the actor may do this."""

    verb = Verb.SHARE
    holder = forms.ChoiceField(label=_("Organisation"))

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        """Offer the organisations, and every country by its name."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._holders = {
            str(each.pk): each
            for each in organisations_for(actor)
            if decide(actor, self.verb, Facts(holder=each.pk)).allowed
        }
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            (key, each.name) for key, each in self._holders.items()
        ]
        language = get_language() or "en"
        named = [(each.code, country_name(each.code, language)) for each in countries(former=True)]
        named.sort(key=lambda pair: pair[1])
        self.fields["country"].choices = [*self.first_places, *named]  # type: ignore[attr-defined]

    first_places: tuple[tuple[str, object], ...] = ()

    @property
    def chosen_holder(self) -> UUID:
        """Give the organisation that was chosen."""
        return self._holders[self.cleaned_data["holder"]].pk


class MemoForm(_OfHouse):
    """Which country, for which meeting, how long, for whose eyes."""

    first_places = (("", _("the world: no counterpart, nobody's name")),)
    country = forms.ChoiceField(label=_("Country"), required=False)
    counterpart = forms.CharField(
        label=_("Whom you meet"),
        required=False,
        max_length=LONGEST_COUNTERPART,
        help_text=_("An office is better than a name: Minister of Foreign Affairs."),
    )
    meets_on = DayField(label=_("Day of the meeting"), required=False)
    as_of = DayField(
        label=_("Day that is counted"),
        required=False,
        help_text=_("The last day that is known, if you leave it empty."),
    )
    pages = forms.TypedChoiceField(
        label=_("Pages"), coerce=int, initial=2,
        choices=[(str(n), str(n)) for n in range(1, MOST_PAGES + 1)],
    )  # fmt: skip
    variants = forms.MultipleChoiceField(
        label=_("For whose eyes"),
        choices=[(each.value, words) for each, words in VARIANTS.items()],
        initial=[each.value for each in VARIANTS],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="en")
    conditions = forms.MultipleChoiceField(
        label=_("What the country and your counterpart offer"),
        required=False,
        choices=[(each.value, words) for each, words in CONDITIONS.items()],
        help_text=_("Practices that lack least come first in the menu."),
        widget=forms.CheckboxSelectMultiple,
    )
    reader = forms.CharField(
        label=_("Government that will read the restricted memo"),
        required=False,
        max_length=20,
        help_text=_("As government:XS; empty if it stays in your organisation."),
    )
    with_red = forms.BooleanField(
        label=_("Take practices marked RED; then nobody but you can open the memo"),
        required=False,
    )

    def wanted(self) -> list[MemoWanted]:
        """Give what was asked for, a memo for each variant."""
        told = self.cleaned_data
        chosen = [Variant(each) for each in told["variants"]]
        return [
            MemoWanted(
                country=told["country"],
                counterpart=told["counterpart"],
                meets_on=told["meets_on"],
                as_of=told["as_of"],
                language=told["language"],
                variant=variant,
                pages=told["pages"],
                conditions=tuple(Condition(each) for each in told["conditions"]),
                reader=told["reader"] if variant is Variant.RESTRICTED else "",
                with_red=told["with_red"] and variant is Variant.RESTRICTED,
            )
            for variant in chosen
            if told["country"] or variant is Variant.PUBLIC
        ]


class TextForm(_OfHouse):
    """One ask, talking point or red line about a country."""

    verb = Verb.RECORD
    country = forms.ChoiceField(label=_("Country"))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(each.value, words) for each, words in KINDS.items()]
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="en")
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        help_text=_("One or two sentences. Public memos name only people who agreed."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    subject = forms.TypedChoiceField(
        label=_("Case that an ask is about"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=_("Only cases are offered about which somebody agreed to memos."),
    )

    names = forms.TypedMultipleChoiceField(
        label=_("People whom the text names"),
        required=False,
        coerce=UUID,
        empty_value=[],
        help_text=_("Everybody who is named in it. A text that names somebody else is refused."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        """Offer the cases that may be in memos at all, by country and name."""
        super().__init__(*args, actor=actor, **kwargs)
        language = get_language() or "en"
        offered = [
            (str(party), f"{country_name(code, language) if code else ''} · {name}")
            for party, code, name in cases_to_ask_about(actor)
        ]
        self.fields["subject"].choices = [  # type: ignore[attr-defined]
            ("", _("none: it is about the whole country")),
            *offered,
        ]
        self.fields["names"].choices = offered  # type: ignore[attr-defined]
