"""Companies that listed people control, as stakes show it: must, may, or with one other half."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Enabler", "Enablers", "Held"]


class Held(StrEnum):
    """How far stakes show that a company is controlled."""

    MUST = "must"
    MAY = "may"
    JOINT = "joint"


@dataclass(frozen=True, slots=True)
class Enabler:
    """One company and who controls it; that it did anything is not said.

    Attributes:
        entry: the list's code and the key of the entry, as `xf-invented:XF-0001`.
        proof: sentences that show the chain, each resting on a row of the file.
        listed: the company's own entry, where the file names it by one.
    """

    company: str
    entry: str
    name: str
    held: Held
    proof: tuple[str, ...] = ()
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Enablers:
    """What one file of stakes shows about people listed under a state's laws.

    Attributes:
        digest: SHA-256 of the file.
        asked: entries that stand under the laws and that the file names as owners.
    """

    file: str
    digest: str
    asked: tuple[str, ...]
    found: tuple[Enabler, ...]
