"""Forms of lists and imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.prisoners.registry.readers import LIMITS, InvalidMapping, explain, parse_mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ChooseListForm", "HandOverForm", "ListForm", "MappingForm", "UploadForm"]

Choices = "Iterable[tuple[str, str]]"


class ListForm(forms.Form):
    """A new list and the organisation that keeps it."""

    name = forms.CharField(label=_("Name of the list"), max_length=200)
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens; it stands in addresses and downloads."),
    )
    holder = forms.ChoiceField(label=_("Steward organisation"))
    publisher = forms.CharField(
        label=_("Published by"),
        max_length=200,
        required=False,
        help_text=_("Cited with name and address for every row that names no other source."),
    )
    url = forms.URLField(label=_("Address"), max_length=1000, required=False, assume_scheme="https")
    licence = forms.CharField(label=_("Licence"), max_length=200, required=False)
    coverage_note = forms.CharField(
        label=_("What the list covers, and what it leaves out"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *args: Any, organisations: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = list(organisations)  # type: ignore[attr-defined]


class ChooseListForm(forms.Form):
    """For which list a record is proposed."""

    source_list = forms.ChoiceField(label=_("List"))

    def __init__(self, *args: Any, lists: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["source_list"].choices = list(lists)  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """To whom the stewardship of a list goes."""

    organisation = forms.ChoiceField(label=_("New steward organisation"))

    def __init__(self, *args: Any, organisations: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = list(organisations)  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """The first step of an import: which file, into which list, read how."""

    source_list = forms.ChoiceField(label=_("List"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, XLSX, ODS or JSON, also packed with gzip."),
        allow_empty_file=True,
        max_length=200,
    )
    mapping = forms.ChoiceField(label=_("How the columns are read"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        lists: Iterable[tuple[str, str]],
        mappings: Iterable[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_list"].choices = list(lists)  # type: ignore[attr-defined]
        self.fields["mapping"].choices = [  # type: ignore[attr-defined]
            ("", _("Suggest from the columns of the file")),
            *mappings,
        ]

    def clean_file(self) -> Any:  # noqa: ANN401
        """Refuse a file that no reader would take."""
        given = self.cleaned_data["file"]
        if given.size > LIMITS.file_bytes:
            raise forms.ValidationError(_("The file is too large. Split it into several."))
        return given


class MappingForm(forms.Form):
    """A mapping as TOML; every fault is named at once."""

    toml = forms.CharField(
        label=_("Mapping"),
        help_text=_("Which column means what. Lines that begin with # are notes."),
        widget=forms.Textarea(
            attrs={"rows": 24, "dir": "ltr", "spellcheck": "false", "autocapitalize": "off"}
        ),
        max_length=200_000,
        strip=False,
    )

    def clean_toml(self) -> str:
        """Read the mapping and tell all that is wrong with it."""
        text: str = self.cleaned_data["toml"].replace("\r\n", "\n")
        try:
            self.cleaned_data["mapping"] = parse_mapping(text)
        except InvalidMapping as error:
            told = [" ".join(filter(None, (one.column, *explain(one)))) for one in error.problems]
            raise forms.ValidationError(told) from error
        return text
