"""The words of campaigns in the reader's language: modes, channels, levels, replies, adopters."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from undaunted.prisoners.campaigns.rules import (
    AdopterKind,
    Channel,
    Level,
    MaterialKind,
    Mode,
    Reply,
)

__all__ = ["ADOPTERS", "CHANNELS", "LEVELS", "MATERIALS", "MODES", "REPLIES", "reply_text"]

MODES: Final = {
    Mode.PUBLIC: _("Public"),
    Mode.PRIVATE_ONLY: _("In private alone"),
    Mode.SILENT: _("Silent"),
}
CHANNELS: Final = {
    Channel.PUBLIC: _("In public"),
    Channel.PRIVATE: _("In private"),
    Channel.MULTILATERAL: _("In an international body"),
}
LEVELS: Final = {
    Level.WORKING: _("Working level"),
    Level.SENIOR: _("Senior official"),
    Level.AMBASSADOR: _("Ambassador"),
    Level.PARLIAMENT: _("Parliament"),
    Level.MINISTER: _("Minister"),
    Level.HEAD: _("Head of state or government"),
}
REPLIES: Final = {
    Reply.NONE: _("No answer"),
    Reply.DENIAL: _("Denial"),
    Reply.INFORMATION: _("Information"),
    Reply.VISIT: _("Visit"),
    Reply.IMPROVED_CONDITIONS: _("Better conditions"),
    Reply.RELEASE: _("Release"),
}
ADOPTERS: Final = {
    AdopterKind.PARLIAMENTARIAN: _("Member of a parliament"),
    AdopterKind.MINISTER: _("Minister"),
    AdopterKind.CITY: _("City"),
    AdopterKind.ORGANISATION: _("Organisation"),
}
MATERIALS: Final = {
    MaterialKind.LETTER: _("Letter to an official"),
    MaterialKind.PARLIAMENTARY_QUESTION: _("Parliamentary question"),
    MaterialKind.DEMARCHE_NOTE: _("Speaking note"),
    MaterialKind.STATEMENT: _("Statement"),
    MaterialKind.SOCIAL_CARD: _("Card for social media"),
}


def reply_text(reply: Reply | None) -> str:
    """Give what came back in words; nobody may have looked yet."""
    return str(_("Not yet known")) if reply is None else str(REPLIES[reply])
