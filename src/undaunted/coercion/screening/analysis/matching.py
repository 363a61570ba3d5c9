"""Where a matcher of names joins: it holds parties against one list, and judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from undaunted.coercion.screening.models import Party
    from undaunted.coercion.screening.rules.casework import Judgement

__all__ = ["Hit", "Matcher"]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that came up for a party, what of it was alike, and what was judged of it before."""

    party: Party
    entry: str
    alike: str
    judgement: Judgement | None = None
    """What a person judged of both while they were as they are; None asks somebody."""
    reason: str = ""


class Matcher(Protocol):
    """Whatever holds parties against a list; `method` names it in twelve letters at most."""

    @property
    def method(self) -> str:
        """Give how it looked."""
        ...

    @property
    def list_name(self) -> str:
        """Give which list."""
        ...

    @property
    def list_day(self) -> date:
        """Give the day of the version."""
        ...

    def hits(self, parties: Iterable[Party]) -> Iterable[Hit]:
        """Give what came up."""
        ...
