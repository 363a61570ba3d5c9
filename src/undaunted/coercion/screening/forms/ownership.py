"""Forms of the desk of ownership."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.analysis.asking import VOTES, Asked, layers
from undaunted.coercion.screening.analysis.words import right_told
from undaunted.coercion.screening.readers import FORMATS
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from datetime import date

__all__ = ["LARGEST", "OwnershipForm"]

LARGEST = 20_000_000
"""Bytes of a file; larger ones are read at the terminal."""
CARRIED = 600_000
"""Letters of a file that the page carries on from question to question."""
LONGEST = 300


class OwnershipForm(forms.Form):
    """A file of stakes and a question to it; a small file is carried along by the page itself."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "CSV, XLSX, ODS, BODS, GLEIF, PSC or FollowTheMoney, at most 20 MB. Nothing is stored."
        ),
    )
    format = forms.ChoiceField(label=_("Kind of file"), required=False)
    company = forms.CharField(
        label=_("Company"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"list": "parties"}),
    )
    owners = forms.CharField(
        label=_("Owners"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line; several act as one. STATE:XR is a state."),
    )
    right = forms.ChoiceField(label=_("Kind of right"))
    threshold = forms.DecimalField(
        label=_("Threshold, per cent"), min_value=0, max_value=100, decimal_places=7
    )
    reached = forms.BooleanField(label=_("The threshold need only be reached"), required=False)
    as_of = DayField(label=_("Day"))
    known_at = DayField(
        label=_("As known on"),
        required=False,
    )
    carried = forms.CharField(required=False, widget=forms.HiddenInput, max_length=CARRIED)
    carried_name = forms.CharField(required=False, widget=forms.HiddenInput, max_length=LONGEST)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs.setdefault("initial", {"threshold": 50, "as_of": today, "right": VOTES})
        super().__init__(*args, **kwargs)
        formats = [("", "\N{EN DASH}"), *((each.name, each.name.upper()) for each in FORMATS)]
        self.fields["format"].choices = formats  # type: ignore[attr-defined]
        rights = [(each, right_told(each)) for each in layers() if each != VOTES]
        votes = (VOTES, right_told(VOTES))
        self.fields["right"].choices = [votes, *rights]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Demand a file, new or carried along."""
        told = super().clean() or {}
        file = told.get("file")
        lacking = file is None and self._carried(told) is None
        if file is not None and file.size > LARGEST:
            self.add_error("file", _("At most 20 MB; larger files are read at the terminal."))
        elif lacking and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return told

    def given(self) -> tuple[str, bytes]:
        """Give the file's name and bytes; only of a valid form."""
        file = self.cleaned_data["file"]
        if file is not None:
            return file.name or "", file.read()
        return self.cleaned_data["carried_name"], self._carried(self.cleaned_data) or b""

    def asked(self) -> Asked | None:
        """Give the question; nothing while company or owners are not named."""
        told = self.cleaned_data
        owners = tuple(each.strip() for each in told["owners"].splitlines() if each.strip())
        if not told["company"] or not owners:
            return None
        return Asked(
            told["company"], owners, told["as_of"], told["known_at"], told["right"],
            float(told["threshold"]) / 100, reached=told["reached"],
        )  # fmt: skip

    @staticmethod
    def carry(held: bytes) -> str:
        """Give a file as the page carries it; nothing where it is too large for that."""
        packed = base64.b64encode(zlib.compress(held)).decode("ascii")
        return packed if len(packed) <= CARRIED else ""

    @staticmethod
    def _carried(told: dict[str, Any]) -> bytes | None:
        unpacking = zlib.decompressobj()
        try:
            packed = base64.b64decode(told.get("carried") or "", validate=True)
            held = unpacking.decompress(packed, LARGEST)
        except (binascii.Error, ValueError, zlib.error):
            return None
        return held if unpacking.eof else None
