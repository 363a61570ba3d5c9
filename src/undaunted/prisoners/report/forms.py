"""Forms of the editorial desk: a text, a reason, reasons for typed numbers, a translated file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.consent.rules import Purpose
from undaunted.core.editions.actions import Wanted
from undaunted.core.places.rules import countries, country_name
from undaunted.prisoners.registry.queries.named import cases_agreed_to
from undaunted.prisoners.report.rules.exchange import LARGEST
from undaunted.prisoners.report.rules.marks import LONGEST
from undaunted.prisoners.report.rules.texts import FIRST_YEAR, LAST_YEAR
from undaunted.prisoners.report.rules.years import last_day
from undaunted.site.components.clauses import commas_text
from undaunted.site.instants import InstantField
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.report.models import TextVersion

__all__ = ["BuildForm", "ExchangeForm", "SignForm", "TextForm", "WhyForm", "YearForm"]

LONGEST_REASON = 300
LONGEST_SEARCH = 80


class YearForm(forms.Form):
    """Which report."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)


class BuildForm(forms.Form):
    """The report of which year, in which languages, of all countries or one, kept by whom."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    holder = forms.ChoiceField(label=_("Organisation"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    embargo_until = InstantField(
        label=_("Embargo until (UTC)"),
        required=False,
        help_text=_("Before this moment the public sees nothing of it."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Offer the organisations for which the actor may propose, and every country."""
        super().__init__(*args, **kwargs)
        holders = [
            (str(each.pk), each.name)
            for each in organisations_for(actor)
            if decide(actor, Verb.PROPOSE_PUBLICATION, Facts(holder=each.pk)).allowed
        ]
        language = get_language() or "en"
        named = [(each.code, country_name(each.code, language)) for each in countries(former=True)]
        listed = sorted(named, key=lambda pair: pair[1].casefold())
        self.fields["holder"].choices = holders  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", gettext("All countries")), *listed]  # type: ignore[attr-defined]

    @property
    def chosen_holder(self) -> UUID:
        """Give the organisation that keeps the draft."""
        return UUID(self.cleaned_data["holder"])

    @property
    def named_languages(self) -> str:
        """Give the languages that were chosen, by name."""
        names = dict(settings.LANGUAGES)
        return commas_text(str(names[code]) for code in self.cleaned_data["languages"])

    def wanted(self) -> Wanted:
        """Give what was asked for."""
        told = self.cleaned_data
        return Wanted(
            kind="annual-report",
            as_of=last_day(told["year"]),
            languages=tuple(told["languages"]),
            parameters={"country": told["country"]},
            embargo_until=told["embargo_until"],
        )


class TextForm(forms.Form):
    """A text as it is written, and a search for the numbers that it could name."""

    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST * 2,
        strip=False,
        widget=forms.Textarea(attrs={"class": "long", "spellcheck": "true"}),
    )
    names = forms.TypedMultipleChoiceField(
        label=_("People whom the text names"),
        required=False,
        coerce=UUID,
        empty_value=[],
        help_text=_("Everybody who is named in it. A text that names somebody else is refused."),
        widget=forms.CheckboxSelectMultiple,
    )
    find = forms.CharField(
        label=_("Find a number or a table to insert"),
        max_length=LONGEST_SEARCH,
        required=False,
        help_text=_("Words of its table, its row or its key."),
    )

    def __init__(self, *args: Any, actor: Actor, language: str, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the cases that may be in reports at all, by country and name."""
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs |= {"lang": language, "dir": direction(language)}
        spoken = get_language() or "en"
        self.fields["names"].choices = [  # type: ignore[attr-defined]
            (str(party), f"{country_name(code, spoken) if code else ''} · {name}")
            for party, code, name in cases_agreed_to(actor, Purpose.REPORT)
        ]


class WhyForm(forms.Form):
    """Why a text goes back, or out."""

    why = forms.CharField(
        label=_("What is wrong, so that it can be mended"), max_length=LONGEST_REASON
    )


class SignForm(forms.Form):
    """A reason for each number typed by hand."""

    def __init__(self, *args: Any, version: TextVersion, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._places = [str(place) for place in range(1, len(version.typed) + 1)]
        for place, typed in zip(self._places, version.typed, strict=True):
            told = {"line": typed["line"], "number": typed["number"]}
            self.fields[f"why-{place}"] = forms.CharField(
                label=gettext("Line %(line)s: why may “%(number)s” stay as it was typed?") % told,
                help_text=f"… {typed['around']} …",
                max_length=LONGEST_REASON,
            )

    def accepted(self) -> dict[str, str]:
        """Give place and reason of each number."""
        return {place: self.cleaned_data[f"why-{place}"] for place in self._places}


class ExchangeForm(forms.Form):
    """A translated file."""

    file = forms.FileField(
        label=_("Translated XLIFF 1.2 file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlf,.xliff,.xml"}),
    )

    def clean_file(self) -> bytes:
        """Give the bytes of the file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is too large."))
        content: bytes = file.read()
        return content
