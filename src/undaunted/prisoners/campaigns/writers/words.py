"""The words of campaigns, for pages, files and the terminal."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from undaunted.prisoners.campaigns.rules import (
    AdopterKind,
    Channel,
    Level,
    MaterialKind,
    Mode,
    Reply,
    Verdict,
)

__all__ = [
    "CHANNELS",
    "KINDS",
    "LEVELS",
    "MATERIALS",
    "MODES",
    "REPLIES",
    "VERDICTS",
    "told",
]

MODES = {
    Mode.PUBLIC: _("Public"),
    Mode.PRIVATE_ONLY: _("In private only"),
    Mode.SILENT: _("Silent"),
}
CHANNELS = {
    Channel.PUBLIC: _("In public"),
    Channel.PRIVATE: _("In private"),
    Channel.MULTILATERAL: _("In an international body"),
}
LEVELS = {
    Level.WORKING: _("Officials"),
    Level.SENIOR: _("Senior officials"),
    Level.AMBASSADOR: _("Ambassador"),
    Level.PARLIAMENT: _("Parliament"),
    Level.MINISTER: _("Minister"),
    Level.HEAD: _("Head of state or government"),
}
REPLIES = {
    Reply.NONE: _("No answer"),
    Reply.DENIAL: _("Denial"),
    Reply.INFORMATION: _("Information"),
    Reply.VISIT: _("Visit allowed"),
    Reply.IMPROVED_CONDITIONS: _("Better conditions"),
    Reply.RELEASE: _("Release"),
}
KINDS = {
    AdopterKind.PARLIAMENTARIAN: _("Member of parliament"),
    AdopterKind.MINISTER: _("Minister"),
    AdopterKind.CITY: _("City"),
    AdopterKind.ORGANISATION: _("Organisation"),
}
MATERIALS = {
    MaterialKind.LETTER: _("Letter"),
    MaterialKind.PARLIAMENTARY_QUESTION: _("Parliamentary question"),
    MaterialKind.DEMARCHE_NOTE: _("Note for a démarche"),
    MaterialKind.STATEMENT: _("Statement"),
    MaterialKind.SOCIAL_CARD: _("Picture to share"),
}
VERDICTS = {
    Verdict.MORE: _("More than the year before"),
    Verdict.FEWER: _("Fewer than the year before"),
    Verdict.NO_CLEAR_CHANGE: _("No clear change"),
    Verdict.TOO_FEW: _("Too few to tell"),
    Verdict.LOG_TOO_YOUNG: _("The log is too young to compare"),
}
_ALL: dict[str, Any] = {
    "Mode": MODES,
    "Channel": CHANNELS,
    "Level": LEVELS,
    "Reply": REPLIES,
    "AdopterKind": KINDS,
    "MaterialKind": MATERIALS,
    "Verdict": VERDICTS,
}


def told(kind: str, value: str) -> str:
    """Give a term in words: `told("Mode", "silent")`."""
    words: dict[str, Any] = {str(each): word for each, word in _ALL[kind].items()}
    return str(words.get(value, value))
