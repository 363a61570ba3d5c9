"""Forms of notices of police organisations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.repression.coordination.forms.fields import ActorForm, lines_of, long_text
from undaunted.repression.coordination.rules import (
    NoticeKind,
    ToldNotice,
)
from undaunted.repression.coordination.writers import choices_of

__all__ = [
    "NoticeFileForm",
    "NoticeForm",
    "NoticeHolderForm",
]


class NoticeHolderForm(ActorForm):
    """Whose notices are meant."""

    holder = forms.ChoiceField(label=_("Organisation"))


class NoticeAmendingForm(NoticeHolderForm):
    """Whether notices take the place of what was entered under their numbers."""

    amending = forms.BooleanField(
        label=_("Amend what was entered under the same number"), required=False
    )
    field_order = ("holder", "number", "kind", "state", "names", "births", "nationalities",
                   "gender", "identifiers", "source", "file", "table", "amending")  # fmt: skip


class NoticeFileForm(NoticeAmendingForm):
    """Notices in a table."""

    table = forms.FileField(
        label=_("Table (CSV in UTF-8, or XLSX)"),
        help_text=_(
            "Columns number, kind, name, source; also state, birth, nationality, gender, "
            "identifier, file. Several in one cell are parted by a semicolon."
        ),
    )


class NoticeForm(NoticeAmendingForm):
    """A notice, entered by hand."""

    number = forms.CharField(label=_("Number of the notice"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of("NoticeKind"))
    state = forms.CharField(
        label=_("State that asked for it, two letters"), max_length=4, required=False
    )
    names = long_text(_("Names, one a line"), rows=2)
    births = long_text(
        _("Born, as 1961, 1961-04 or 1961-04-30, one a line"), rows=2, required=False
    )
    nationalities = forms.CharField(
        label=_("Nationalities, two letters each, parted by spaces"), max_length=120, required=False
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=[("", "—"), ("female", _("female")), ("male", _("male")), ("other", _("other"))],
        required=False,
    )
    identifiers = long_text(_("Numbers of papers, one a line"), rows=2, required=False)
    source = forms.CharField(label=_("Source"), max_length=400)
    file = forms.CharField(
        label=_("Mark of your file before the Commission for the Control of INTERPOL's Files"),
        max_length=80,
        required=False,
    )

    def notice(self) -> ToldNotice:
        """Give the notice as it was typed. Raises `CoordinationRefused`."""
        told = self.cleaned_data
        return ToldNotice(
            number=told["number"],
            kind=NoticeKind(told["kind"]),
            names=lines_of(told["names"]),
            source=told["source"],
            state=told["state"],
            births=lines_of(told["births"]),
            nationalities=tuple(told["nationalities"].split()),
            gender=told["gender"],
            identifiers=lines_of(told["identifiers"]),
            file=told["file"],
        )
