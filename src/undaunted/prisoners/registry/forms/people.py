"""Forms of a person: names in any script, and what is said about somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Sharing
from undaunted.core.events.rules import choices
from undaunted.prisoners.registry.forms.fields import (
    CountryField,
    LanguageField,
    PartedForm,
    PartialDateField,
    Parts,
    language_here,
)
from undaunted.prisoners.registry.readers.hygiene import NameUnusable, clean_name
from undaunted.prisoners.registry.rules.claims import ClaimRefused
from undaunted.prisoners.registry.rules.people import NameKind, check_life

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["GENDERS", "NAME_KINDS", "NameForm", "NewPersonForm", "PersonForm"]

NAME_KINDS = (
    (NameKind.FULL.value, _("Full name")),
    (NameKind.NATIVE.value, _("Name in the person's own script")),
    (NameKind.ALIAS.value, _("Also known as")),
    (NameKind.GIVEN.value, _("Given name only")),
    (NameKind.FAMILY.value, _("Family name only")),
    (NameKind.PSEUDONYM.value, _("Pseudonym for publication")),
)
GENDERS = (
    ("", _("Not known")),
    ("female", pgettext_lazy("gender", "Woman")),
    ("male", pgettext_lazy("gender", "Man")),
    ("other", pgettext_lazy("gender", "Other")),
)
SHARING = (
    (Sharing.ORGANISATION.value, _("Only this organisation")),
    (Sharing.SHARED.value, _("All organisations on this instance may read")),
)
MORE_NAMES = (2, 3)


class NameField(forms.CharField):
    """A name in any script, cleaned as an import cleans it."""

    def clean(self, value: Any) -> str:  # noqa: ANN401
        """Clean the name, or say why it is none."""
        text: str = super().clean(value)
        try:
            return clean_name(text) if text else text
        except NameUnusable as refusal:
            raise forms.ValidationError(gettext(refusal.sentence)) from refusal


class NameForm(forms.Form):
    """One name, as it is written."""

    text = NameField(
        label=_("Name"),
        max_length=300,
        help_text=_("As it is written, in any script."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Kind of name"), choices=NAME_KINDS)
    language = LanguageField(label=_("Language"))
    first = forms.BooleanField(label=_("Show this name first"), required=False)


class PersonForm(PartedForm):
    """What is said about a person beside names."""

    PARTS: ClassVar[Parts] = (
        (_("Life"), ("birth", "death", "gender")),
        (_("Country and roles"), ("country", "nationality", "second_nationality", "roles")),
    )

    birth = PartialDateField(label=_("Born"), required=False)
    death = PartialDateField(label=_("Died"), required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=GENDERS, required=False)
    country = CountryField(label=_("Country that holds or held the person"))
    nationality = CountryField(label=_("Nationality"), required=False)
    second_nationality = CountryField(label=_("Second nationality"), required=False)
    roles = forms.MultipleChoiceField(
        label=_("What the person did that made them a target"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = choices("target_roles", language_here())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse days of a life that certainly cannot be true."""
        given = super().clean() or {}
        try:
            check_life(given.get("birth"), given.get("death"), timezone.now().date())
        except ClaimRefused as refusal:
            self.add_error(refusal.field, gettext(refusal.sentence))
        return given

    def details(self) -> dict[str, Any]:
        """Give what the action takes."""
        given = self.cleaned_data
        nations = (given["nationality"], given["second_nationality"])
        return {
            "birth": given["birth"],
            "death": given["death"],
            "gender": given["gender"],
            "country": given["country"],
            "nationalities": list(dict.fromkeys(filter(None, nations))),
            "roles": given["roles"],
        }


class NewPersonForm(PersonForm):
    """A person recorded by hand, with up to three names; more can be added to the case."""

    PARTS: ClassVar[Parts] = (
        (_("Name"), ("text", "kind", "language")),
        *((_("Another name"), (f"text_{n}", f"kind_{n}", f"language_{n}")) for n in MORE_NAMES),
        *PersonForm.PARTS,
        (_("Who holds the record"), ("holder", "sharing")),
    )

    holder = forms.ChoiceField(label=_("Organisation"))
    sharing = forms.ChoiceField(label=_("Who may read it"), choices=SHARING)

    def __init__(self, *args: Any, organisations: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = list(organisations)  # type: ignore[attr-defined]
        for suffix in ("", *(f"_{n}" for n in MORE_NAMES)):
            for name in ("text", "kind", "language"):
                self.fields[name + suffix] = NameForm().fields[name]
            self.fields[f"text{suffix}"].required = not suffix

    def names(self) -> list[tuple[str, str, str]]:
        """Give the names that were written, the first one first."""
        given = self.cleaned_data
        suffixes = ("", *(f"_{n}" for n in MORE_NAMES))
        return [
            (given[f"text{s}"], given[f"kind{s}"], given[f"language{s}"])
            for s in suffixes
            if given[f"text{s}"]
        ]
