"""What a desk writes for its memos: asks, talking points, red lines; when each may be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from undaunted.prisoners.memo.rules.refusals import MemoRefused, TextRefused
from undaunted.prisoners.memo.rules.request import Variant, plain_line

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

__all__ = [
    "CONSENT_MISSING",
    "FRESH_FOR",
    "LONGEST_TEXT",
    "DeskText",
    "TextKind",
    "TextState",
    "check_text",
    "printable",
    "stale_since",
]

LONGEST_TEXT: Final = 280
CONSENT_MISSING: Final = (
    "names: this text names somebody whose consent is missing, and was withdrawn; write another "
    "that names nobody"
)
"""What is told where nobody may be told who it is."""
FRESH_FOR: Final = timedelta(days=90)
"""A fact that nobody confirmed for longer is printed as such."""


class TextKind(StrEnum):
    """What the text is for."""

    ASK = "ask"
    TALKING_POINT = "talking_point"
    RED_LINE = "red_line"


class TextState(StrEnum):
    """How far it has come."""

    WRITTEN = "written"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class DeskText:
    """One text as a memo takes it; `subject` is the case that an ask is about, if any.

    `names` is everybody whom it was written to name, `shows` everybody whose withdrawal ends a memo
    that prints it, as consent was asked of them.
    """

    kind: TextKind
    body: str
    language: str
    state: TextState
    confirmed_on: date
    subject: UUID | None = None
    names: frozenset[UUID] = frozenset()
    shows: frozenset[UUID] = frozenset()
    id: UUID | None = None

    @property
    def declared(self) -> frozenset[UUID]:
        """Everybody who is known to be in it."""
        return self.names | ({self.subject} if self.subject else frozenset())


def check_text(kind: TextKind, body: str, *, subject: UUID | None) -> str:
    """Give the text in one line. Raises `TextRefused` and names the remedy."""
    if subject is not None and kind is not TextKind.ASK:
        raise TextRefused("subject", "only an ask is about one case; leave the case out")
    try:
        return plain_line("body", body, LONGEST_TEXT)
    except MemoRefused as refusal:
        raise TextRefused(refusal.field, refusal.problem) from None


def printable(text: DeskText, variant: Variant) -> bool:
    """Tell whether a memo of this variant may print it: in public only what two people read.

    A red line tells the other side how far one will go, so that no public memo has it.
    """
    if text.kind is TextKind.RED_LINE and variant is Variant.PUBLIC:
        return False
    if text.state is TextState.ACCEPTED:
        return True
    return text.state is TextState.WRITTEN and variant is Variant.RESTRICTED


def stale_since(last: date, on: date) -> date | None:
    """Give the day since which a fact is not confirmed, None while it is fresh."""
    return last if on - last > FRESH_FOR else None
