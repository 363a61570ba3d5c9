"""Forms of lists: which entries to show, and between which versions to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.listings.writers import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.listings.models import ListVersion

__all__ = ["CompareForm", "EntriesForm"]

LONGEST_QUESTION = 120


class EntriesForm(forms.Form):
    """Which entries of a list to show."""

    q = forms.CharField(label=_("Name"), required=False, max_length=LONGEST_QUESTION)
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


def _version_label(version: ListVersion) -> str:
    return f"{version.number} · {version.published or version.loaded_at.date().isoformat()}"
