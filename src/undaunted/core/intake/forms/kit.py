"""The offline form: the doors' questions in one file, for a team and in a language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undaunted.core.intake.forms.doors import DoorForm
from undaunted.core.intake.forms.words import DOOR_TITLES
from undaunted.core.intake.rules.kits import fingerprint_of, kit_number
from undaunted.core.intake.writers import kit_file

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.vault.queries import TeamKeys

__all__ = ["KitForm", "TakeKitForm", "kit_document", "kit_secret"]

_STATIC: Final = Path(__file__).parents[1] / "static" / "intake"


class KitForm(forms.Form):
    """In which language the offline form is made."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)


class TakeKitForm(forms.Form):
    """A file that an offline form has saved."""

    file = forms.FileField(
        label=gettext_lazy("File that an offline form has saved"),
        help_text=gettext_lazy(
            "Its name ends in .json. It is sealed: you do not see what it says."
        ),
    )


def kit_secret() -> bytes:
    """Give the secret from which the key that signs offline forms follows."""
    return str(settings.SECRET_KEY).encode()


def kit_document(team: UUID, keys: TeamKeys, organisation: str, *, language: str) -> bytes:
    """Give the offline form that seals to a team."""
    recipients = list(keys.recipients.values())
    number = kit_number(team, recipients)
    kit = {
        "team": str(team), "holder": str(keys.holder), "recipients": recipients, "number": number,
    }  # fmt: skip
    with translation.override(language):
        shown: dict[str, Any] = {
            "organisation": organisation,
            "fingerprint": fingerprint_of(kit_secret()),
            "number": number,
            "doors": [
                (door.value, title, DoorForm(door=door, auto_id=f"id_{door.value}_%s"))
                for door, title in DOOR_TITLES.items()
            ],
            "newsletter": _(
                "Thank you for your question. Our newsletter appears four times a year."
            ),
        }
        return kit_file(
            render_to_string("intake/kit.html", shown),
            title=escape(_("Hand in without a connection")),
            language=language,
            direction="rtl" if translation.get_language_bidi() else "ltr",
            style=(_STATIC / "intake.css").read_text("utf-8"),
            script=(_STATIC / "kit.js").read_text("utf-8"),
            kit=kit,
        )
