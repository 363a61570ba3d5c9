"""A stake as a person writes it down in a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.engines.ownership import OwnershipError, PartyKind, Right, one_form

if TYPE_CHECKING:
    from datetime import date

__all__ = ["LONGEST_ID", "OwnershipError", "PartyKind", "Right", "StakePlan", "one_form"]

LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class StakePlan:
    """A holding; `share` as in files: "51 %", "25-50 %", or nothing where none is stated.

    `filed` marks what the investment would create.
    """

    owner: str
    owned: str
    source: str
    share: str = ""
    right: Right = Right.EQUITY
    owner_kind: PartyKind = PartyKind.UNKNOWN
    owned_kind: PartyKind = PartyKind.COMPANY
    owner_name: str = ""
    owned_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    filed: bool = False
