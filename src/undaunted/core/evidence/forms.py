"""Words of clean copies and of custody, and the form for one more step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.evidence.rules import CustodyKind, WhyUncleanable

__all__ = ["CUSTODY", "KEPT", "REFUSED", "REMOVED", "CustodyForm"]

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
    CustodyKind.TRANSLATED: _("Translated"),
    CustodyKind.VIEWED: _("Viewed"),
    CustodyKind.VERIFIED: _("Verified"),
    CustodyKind.EXPORTED: _("Handed out"),
    CustodyKind.TRANSFERRED: _("Transferred"),
    CustodyKind.WITHDRAWN: _("Withdrawn"),
    CustodyKind.DESTROYED: _("Destroyed"),
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
