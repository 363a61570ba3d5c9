"""What a register of critical assets says: assets, holdings, how sure, and what rows are wrong.

An asset is a party of the ownership graph under its reference: who holds it is told by holdings,
as of any company, so that control of an asset is found as control of a company is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.engines.ownership import WHOLE, Right

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "LARGEST_CAPACITY",
    "OWN_TAXONOMY",
    "RIGHTS",
    "WHOLE",
    "AssetRow",
    "AssetsRefused",
    "Confidence",
    "HoldingRow",
    "RowProblem",
]

LARGEST_CAPACITY = 1e15
"""No capacity of one asset is above, in whatever unit."""
OWN_TAXONOMY = "own"
"""Sectors that an authority names itself, in no law's list."""
RIGHTS = tuple(each.name.lower() for each in Right)
"""Kinds of right, as holdings call them."""


class AssetsRefused(ValueError):
    """A step on the register that does not fit what stands; the message names field and remedy."""


class Confidence(StrEnum):
    """How sure a statement is."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True, slots=True)
class AssetRow:
    """One asset as a source tells it; days are half-open, None where the source tells none."""

    reference: str
    name: str
    country: str
    sector: str
    taxonomy: str = OWN_TAXONOMY
    capacity: float | None = None
    unit: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    confidence: Confidence = Confidence.C


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """One stake as a source tells it; shares in units of the engine, row as its reader counts."""

    owner: str
    owned: str
    right: str
    lowest: int
    highest: int
    owner_name: str = ""
    owner_kind: str = "unknown"
    owned_name: str = ""
    owned_kind: str = "unknown"
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    row: int = 0
    confidence: Confidence = Confidence.C


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row: where, which rule, and what to do; the row is not taken."""

    row: int
    field: str
    said: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        told = f' "{self.said}"' if self.said else ""
        return f"row {self.row}, {self.field}{told}: {self.rule}; {self.remedy}"
