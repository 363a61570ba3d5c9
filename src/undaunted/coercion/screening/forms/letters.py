"""The form of a letter: which, to whom, in which language and version."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.analysis.letters import LetterAsked
from undaunted.coercion.screening.forms.parts import CaseForm, text_field, tick_field
from undaunted.coercion.screening.rules import LetterKind, Version
from undaunted.coercion.screening.writers import MEDIA
from undaunted.coercion.screening.writers.terms import TITLES
from undaunted.core.accounts.queries import governments_known

__all__ = ["LetterForm"]


class LetterForm(CaseForm):
    """A letter of a case; the one about a row is told by what it is about."""

    kind = forms.ChoiceField(label=_("Kind"))
    about = forms.ChoiceField(label=_("About"), required=False)
    to = forms.CharField(label=_("To whom"), max_length=200, required=False)
    says = text_field(_("Text"), required=False)
    language = forms.ChoiceField(label=_("Language"))
    secret = tick_field(_("Whole, for who is cleared; your key must be open"))
    ownership_secret = tick_field(
        _("Without the secrets, leave out who controls whom"),
        help_text=_("Reasons are printed as they stand; one that names an owner is refused."),
    )
    with_register = tick_field(_("Without the secrets, print the register of critical assets too"))
    file_kind = forms.ChoiceField(label=_("Kind of file"), choices=[(e, e.upper()) for e in MEDIA])

    def prepare(self) -> None:
        """Give kinds, languages, and the rows that a letter can be about."""
        self.choose("kind", [(str(each), TITLES[each]) for each in LetterKind])
        self.choose("language", settings.LANGUAGES)
        self.initial.setdefault("language", get_language() or "en")
        sheet, partners = self.sheet, dict(governments_known(self.actor).values_list("pk", "name"))
        rows = [
            *((each.pk, each.addressee) for each in sheet.requests),
            *((each.pk, partners.get(each.recipient, each.digest[:8])) for each in sheet.notices),
            *((each.pk, f"{TITLES[LetterKind.DECISION]} {each.day}") for each in sheet.decisions),
        ]
        self.choose("about", [("", _("none")), *((str(key), said) for key, said in rows)])

    def asked(self) -> LetterAsked:
        """Give what was asked for."""
        told = self.cleaned_data
        return LetterAsked(
            LetterKind(told["kind"]), told["to"], told["language"],
            UUID(told["about"]) if told["about"] else None, told["says"],
            ownership_secret=told["ownership_secret"],
            with_register=told["with_register"],
        )  # fmt: skip

    def version(self) -> Version:
        """Give for whom it is."""
        return Version.CONFIDENTIAL if self.cleaned_data["secret"] else Version.OPEN
