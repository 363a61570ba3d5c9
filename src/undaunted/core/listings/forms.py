"""Forms of lists: which entries to show, what to compare, and a file that is brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from undaunted.core.listings.rules import LIMITS, list_sources
from undaunted.core.listings.writers import KINDS, titled_whose
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from undaunted.core.listings.models import ListVersion

__all__ = ["CompareForm", "EntriesForm", "LoadForm"]

LONGEST_QUESTION = 120


class EntriesForm(forms.Form):
    """Which entries of a list to show."""

    q = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LONGEST_QUESTION,
        help_text=_(
            "In any script and spelling, or the number of an entry. The likest come first; a "
            "likeness is of names, and no verdict."
        ),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("any")), *((each.value, word) for each, word in KINDS.items())],
    )
    programme = forms.CharField(label=_("Programme"), required=False, max_length=200)
    version = forms.TypedChoiceField(label=_("Version"), required=False, coerce=int)

    def __init__(self, *args: Any, versions: Iterable[ListVersion], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            ("", _("in force")),
            *((each.number, _version_label(each)) for each in versions),
        ]


class CompareForm(forms.Form):
    """From which version to which."""

    before = forms.TypedChoiceField(label=_("From version"), coerce=int)
    after = forms.TypedChoiceField(label=_("To version"), coerce=int)

    def __init__(self, *args: Any, versions: Iterable[ListVersion], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        choices = [(each.number, _version_label(each)) for each in versions]
        for name in ("before", "after"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a comparison backwards."""
        found: dict[str, Any] = super().clean() or {}
        if "before" in found and "after" in found and found["before"] >= found["after"]:
            self.add_error("after", _("Choose a later version than the first."))
        return found


class _Files(forms.ClearableFileInput):
    """Several files of one list, as some issuers split theirs."""

    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files, each with another name."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # noqa: ANN401
        """Give the files; refuse none, two of one name, and more than any list holds."""
        sent: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        found = [super(_FilesField, self).clean(each, initial) for each in sent or [None]]
        if len({each.name for each in found}) < len(found):
            raise forms.ValidationError(_("Two files have one name: send each once."))
        if sum(each.size for each in found) > LIMITS["file_bytes"]:
            raise forms.ValidationError(_("This is more than any list holds."))
        return found


class LoadForm(forms.Form):
    """A file of a list, as its issuer publishes it."""

    source = forms.ChoiceField(label=_("List"))
    file = _FilesField(
        label=_("The issuer's file"),
        help_text=_("As the issuer publishes it, unchanged. Choose all files of a list in parts."),
    )
    dated = DayField(
        label=_("Of which day it is"),
        required=False,
        help_text=_(
            "Only for a file that tells no day, such as OFAC's CSV: without a day, nobody is told "
            "to be missing from the list. It is marked as given by you."
        ),
    )
    confirmed = forms.BooleanField(
        label=_("Load it although half of the entries go, or it is older than the one in force"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            (code, f"{titled_whose(code)} · {code}") for code in list_sources()
        ]


def _version_label(version: ListVersion) -> str:
    loaded = version.loaded_at.date().isoformat()
    day = version.published or gettext("no day, loaded %(day)s") % {"day": loaded}
    return f"{version.number} · {day}"
