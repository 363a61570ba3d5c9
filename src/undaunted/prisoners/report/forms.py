"""Forms of the editorial desk: a text, a reason, reasons for typed numbers, a translated file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from undaunted.prisoners.report.rules.exchange import LARGEST
from undaunted.prisoners.report.rules.marks import LONGEST
from undaunted.prisoners.report.rules.texts import FIRST_YEAR, LAST_YEAR
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from undaunted.prisoners.report.models import TextVersion

__all__ = ["ExchangeForm", "SignForm", "TextForm", "WhyForm", "YearForm"]

LONGEST_REASON = 300
LONGEST_SEARCH = 80


class YearForm(forms.Form):
    """Which report."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)


class TextForm(forms.Form):
    """A text as it is written, and a search for the numbers that it could name."""

    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST * 2,
        strip=False,
        widget=forms.Textarea(attrs={"class": "long", "spellcheck": "true"}),
    )
    find = forms.CharField(
        label=_("Find a number or a table to insert"),
        max_length=LONGEST_SEARCH,
        required=False,
        help_text=_("Words of its table, its row or its key."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs |= {"lang": language, "dir": direction(language)}


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
                label=_now("Line %(line)s: why may “%(number)s” stay as it was typed?") % told,
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
