"""Words of clean copies and of custody, and the form for one more step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.evidence.rules import (
    Box,
    CustodyKind,
    Ground,
    Unredactable,
    WhyUncleanable,
    boxes_in,
    marks_of,
)
from undaunted.site.english import refusal_told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.core.evidence.rules import Marks

__all__ = [
    "CUSTODY",
    "GROUNDS",
    "KEPT",
    "REFUSED",
    "REMOVED",
    "CustodyForm",
    "RedactForm",
    "page_asked",
]

REMOVED = {
    "attached_files": _("files attached to it"),
    "camera_data": _("notes of the camera, such as place and time"),
    "colour_profile": _("the colour profile of a device"),
    "comments": _("comments and the names of those who wrote them"),
    "document_properties": _("properties such as author, program and dates"),
    "earlier_versions": _("earlier versions and tracked changes"),
    "encoder_notes": _("notes that a camera or a program writes between the pictures"),
    "further_frames": _("all but the first frame"),
    "further_tracks": _(
        "what ran beside pictures and sound, such as positions, time codes, titles"
    ),
    "hidden_data": _("data that no page shows"),
    "invisible_characters": _("characters that cannot be seen"),
    "outside_links": _("links that would fetch something when it is opened"),
    "picture_notes": _("text notes inside pictures"),
    "printer_settings": _("settings of a printer"),
    "recording_notes": _("notes about the recording, such as place, device, title and program"),
    "recording_times": _("when it was recorded and changed"),
    "scripts": _("scripts and actions"),
    "signatures": _("digital signatures"),
}
KEPT = {
    "hidden_sheets": _("It has sheets that are hidden. Look at them before you share it."),
    "speaker_notes": _("It has speaker notes. Read them before you share it."),
    "look_at_pages": _(
        "Words were found where the file says that it draws them. Look at every page: what is part "
        "of a picture, and what a font draws and does not tell, is still there."
    ),
    "pages_without_words": _("It has pages that hold no words, such as scans. Only boxes work."),
    "pictures_inside": _("It has pictures inside. Words in them are still there: look at them."),
}
REFUSED = {
    WhyUncleanable.UNKNOWN_KIND: _("We cannot clean files of this kind."),
    WhyUncleanable.DAMAGED: _("The file is damaged or is not what it says it is."),
    WhyUncleanable.LOCKED: _("The file is locked with a password. Ask for one without."),
    WhyUncleanable.PROGRAM: _("The file holds a program. Ask for one without macros."),
    WhyUncleanable.FILE_INSIDE: _("The file holds another file that we cannot clean."),
    WhyUncleanable.TOO_LARGE: _("The file is too large to be cleaned."),
    WhyUncleanable.TOO_SLOW: _("The file took too long to be cleaned."),
}
CUSTODY = {
    CustodyKind.RECEIVED: _("Received"),
    CustodyKind.HASHED: _("Checksum taken"),
    CustodyKind.SEALED: _("Sealed"),
    CustodyKind.STAMPED: _("Time stamp taken"),
    CustodyKind.ARCHIVED: _("Archived"),
    CustodyKind.CLEANED: _("Clean copy made"),
    CustodyKind.REDACTED: _("Redacted copy made"),
    CustodyKind.COPY_WITHDRAWN: _("Redacted copy withdrawn"),
    CustodyKind.TRANSLATED: _("Translated"),
    CustodyKind.VIEWED: _("Viewed"),
    CustodyKind.VERIFIED: _("Verified"),
    CustodyKind.EXPORTED: _("Handed out"),
    CustodyKind.TRANSFERRED: _("Transferred"),
    CustodyKind.WITHDRAWN: _("Withdrawn"),
    CustodyKind.DESTROYED: _("Destroyed"),
}
GROUNDS = {
    Ground.SAFETY: _("safety of somebody named"),
    Ground.AGREEMENT: _("somebody named did not agree"),
    Ground.PRIVACY: _("private life of somebody not concerned"),
    Ground.SOURCE: _("protection of a source"),
    Ground.PROCEEDINGS: _("proceedings that are not over"),
}
BY_HAND = (
    CustodyKind.ARCHIVED,
    CustodyKind.CLEANED,
    CustodyKind.TRANSLATED,
    CustodyKind.VERIFIED,
    CustodyKind.EXPORTED,
    CustodyKind.TRANSFERRED,
    CustodyKind.WITHDRAWN,
)


class CustodyForm(forms.Form):
    """One more step in the life of a document."""

    kind = forms.ChoiceField(label=_("What was done"))
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.value, CUSTODY[one]) for one in BY_HAND]  # type: ignore[attr-defined]


class RedactForm(forms.Form):
    """What is taken out of a copy, and on which ground."""

    passages = forms.CharField(
        label=_("Words to take out, one passage a line"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        required=False,
        max_length=60_000,
        help_text=_(
            "They are found wherever they stand, whatever their case, accents and line breaks."
        ),
    )
    boxes = forms.CharField(
        label=_("Boxes, one a line"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}),
        required=False,
        max_length=20_000,
        help_text=_(
            "Page, left, top, width, height; the last four in per cent of the page, as on its "
            "grid: 1 10 25 40 5."
        ),
    )
    ground = forms.ChoiceField(
        label=_("Why"), choices=[(each.value, GROUNDS[each]) for each in Ground]
    )
    lies_open = forms.BooleanField(
        label=_("The copy may lie open"),
        required=False,
        help_text=_(
            "The document is sealed; the copy is not: your colleagues read it, and whoever takes "
            "the server's disk."
        ),
    )

    def __init__(self, *args: Any, sealed: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if not sealed:
            del self.fields["lies_open"]

    def clean_boxes(self) -> tuple[Box, ...]:
        """Read the boxes, or say which lines are none."""
        try:
            return boxes_in(self.cleaned_data["boxes"])
        except Unredactable as refusal:
            raise forms.ValidationError(refusal_told(str(refusal))) from refusal

    def marks(self) -> Marks:
        """Give what is to be taken out. Raises `Unredactable`."""
        return marks_of(self.cleaned_data["passages"].splitlines(), self.cleaned_data["boxes"])

    def why(self) -> Ground:
        """Give the ground."""
        return Ground(self.cleaned_data["ground"])

    def may_lie_open(self) -> bool:
        """Tell whether whoever fills it in says that a copy of a sealed document lies open."""
        return bool(self.cleaned_data.get("lies_open"))


def page_asked(told: Mapping[str, str]) -> int:
    """Give the page that an address asks for, from 1; the first where it asks for none."""
    page = told.get("page", "")
    return int(page) if page.isdecimal() and len(page) <= len("1000") and int(page) else 1
