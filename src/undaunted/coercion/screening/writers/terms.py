"""The words of letters in the reader's language."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.rules import DecisionKind, Found, LetterKind
from undaunted.core.clocks.rules import SourceStatus

__all__ = ["FOUND", "KNOWN", "TITLES", "VERDICTS"]

TITLES: Final[dict[LetterKind, Any]] = {
    LetterKind.ACKNOWLEDGEMENT: _("Receipt of a notification"),
    LetterKind.REQUEST: _("Request for information"),
    LetterKind.NOTICE: _("Notice to partner authorities"),
    LetterKind.COMMENT: _("Comment of an authority"),
    LetterKind.OPINION: _("Opinion of an authority"),
    LetterKind.DECISION: _("Decision"),
}
VERDICTS: Final[dict[DecisionKind, Any]] = {
    DecisionKind.CLEAR: _("The investment is cleared."),
    DecisionKind.CONDITIONS: _("The investment is cleared under conditions."),
    DecisionKind.PROHIBIT: _("The investment is prohibited."),
    DecisionKind.UNWIND: _("The investment must be undone."),
}
FOUND: Final[dict[Found, Any]] = {
    Found.PRESENT: _("found"),
    Found.ABSENT: _("not found"),
    Found.UNCLEAR: _("unclear"),
}
KNOWN: Final[dict[str, Any]] = {
    SourceStatus.VERIFIED: _("read at the source"),
    SourceStatus.SECONDARY: _("unverified: read in a copy or a report"),
    SourceStatus.UNVERIFIED: _("unverified: not read"),
    SourceStatus.PROPOSAL: _("a proposal of this product, no law"),
}
