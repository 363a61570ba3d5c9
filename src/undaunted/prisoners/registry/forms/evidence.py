"""Forms of evidence: the source of a claim and its grade, and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from undaunted.core.evidence.rules import Credibility, Grade, Reliability
from undaunted.prisoners.registry.forms.fields import (
    LanguageField,
    PartedForm,
    PartialDateField,
    Parts,
    TermField,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

__all__ = [
    "PARTS_OF_ACTS",
    "PARTS_OF_PERSONS",
    "CitationForm",
    "SourceForm",
]

LARGEST_DOCUMENT = 50 * 1024 * 1024
PARTS_OF_PERSONS = (
    ("", _("The whole record")),
    ("names", _("Names")),
    ("birth", _("Date of birth")),
    ("death", _("Date of death")),
    ("gender", _("Gender")),
    ("roles", _("Roles")),
    ("nationalities", _("Nationality")),
)
PARTS_OF_ACTS = (
    ("", _("All that is said")),
    ("start", _("When it began")),
    ("end", _("When it ended")),
    ("place", _("Place and facility")),
    ("authority", _("Authority")),
    ("law", _("Law and charges")),
    ("sentence", _("Sentence")),
    ("whereabouts", _("Whereabouts")),
    ("health_alert", _("Health")),
    ("confirmed", _("That the person was held on a day")),
)


class SourceForm(PartedForm):
    """Where a claim comes from and what it is worth: a source the case has, or a new one."""

    NEW = ("kind", "publisher")
    PARTS: ClassVar[Parts] = (
        (
            _("Source of this claim"),
            ("known", "kind", "publisher", "title", "url", "archived_url", "published", "language"),
        ),
        (_("What it is worth"), ("reliability", "credibility")),
        (_("Document"), ("document", "team", "public")),
    )

    known = forms.ChoiceField(
        label=_("A source that this case has already"),
        required=False,
        help_text=_("One source that says two things is one source: choose it again here."),
    )
    kind = TermField("source_kinds", label=_("Kind of source"), required=False)
    publisher = forms.CharField(label=_("Published by"), max_length=200, required=False)
    title = forms.CharField(label=_("Title"), max_length=400, required=False)
    url = forms.URLField(label=_("Address"), max_length=1000, required=False, assume_scheme="https")
    archived_url = forms.URLField(
        label=_("Address of an archived copy"),
        max_length=1000,
        required=False,
        assume_scheme="https",
    )
    published = PartialDateField(label=_("Date of the source"), required=False)
    language = LanguageField(label=_("Language"))
    reliability = TermField("admiralty_reliability", label=_("Reliability of the source"))
    credibility = TermField("admiralty_credibility", label=_("Credibility of the claim"))
    document = forms.FileField(
        label=_("File"),
        required=False,
        max_length=200,
        help_text=_(
            "It is kept by its checksum and never shown in public. Unless its source may be named"
            " in public, it is sealed to your team, if you are in one."
        ),
    )
    team = forms.ChoiceField(
        label=_("Team to which the file is sealed"),
        required=False,
        help_text=_("Only its members open the file. This has no effect on a file that lies open."),
    )
    public = forms.BooleanField(
        label=_("This source may be named beside the published case"), required=False
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        known: Iterable[tuple[str, str]] = (),
        teams: Iterable[tuple[UUID, str]] = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        kwargs.setdefault("prefix", "source")
        super().__init__(*args, **kwargs)
        self.fields["reliability"].initial = "F"
        self.fields["credibility"].initial = "6"
        held = list(known)
        if held:
            self.fields["known"].choices = [("", _("None of these: a new one")), *held]  # type: ignore[attr-defined]
        else:
            self._leave_out("known")
        offered = [(str(team), name) for team, name in teams]
        if len(offered) > 1:
            self.fields["team"].choices = offered  # type: ignore[attr-defined]
        else:
            self._leave_out("team")

    def clean_document(self) -> Any:  # noqa: ANN401
        """Refuse a file that is too large to keep here."""
        given = self.cleaned_data["document"]
        if given and given.size > LARGEST_DOCUMENT:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s. Keep a smaller copy."),
                params={"limit": filesizeformat(LARGEST_DOCUMENT)},
            )
        return given

    def clean(self) -> dict[str, Any]:
        """Ask for what a new source needs."""
        given = super().clean() or {}
        if not given.get("known"):
            for name in self.NEW:
                if name in given and not given[name]:
                    self.add_error(name, _("A new source needs this."))
        return given

    def _leave_out(self, field: str) -> None:
        del self.fields[field]
        self.PARTS = tuple(  # type: ignore[misc]
            (title, tuple(name for name in names if name != field)) for title, names in self.PARTS
        )

    def grade(self) -> Grade:
        """Give the grade as the rules read it."""
        return Grade(
            Reliability(self.cleaned_data["reliability"]),
            Credibility(int(self.cleaned_data["credibility"])),
        )


class CitationForm(forms.Form):
    """Which part of a claim a source carries."""

    part = forms.ChoiceField(label=_("What the source says"), required=False)
    locator = forms.CharField(
        label=_("Where in the source"),
        max_length=200,
        required=False,
        help_text=_("Page, paragraph, minute."),
    )

    def __init__(self, *args: Any, parts: Iterable[tuple[str, Any]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = list(parts)  # type: ignore[attr-defined]
