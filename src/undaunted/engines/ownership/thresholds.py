"""How much is enough: a share, and whether it must be exceeded or only reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.errors import QuestionMalformed
from undaunted.engines.ownership.shares import HALF, WHOLE, in_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MAJORITY", "Threshold", "threshold_of"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share that must be exceeded or, where `reached` says so, be reached."""

    share: int = HALF
    reached: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.share <= WHOLE or (self.share == WHOLE and not self.reached):
            raise QuestionMalformed("a threshold lies between 0 and 100 %")

    def needed(self, own: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give what must be exceeded of the shares that count, in units; `own` do not count."""
        counted = (WHOLE - own) * self.share
        if self.reached:
            # Nobody decides where no share counts.
            return np.where(own < WHOLE, -(-counted // WHOLE) - 1, WHOLE)
        return np.where(own < WHOLE, counted // WHOLE, WHOLE)

    def met_by(self, share: float) -> bool:
        """Tell whether a share in units is enough."""
        return share >= self.share if self.reached else share > self.share

    def __str__(self) -> str:
        """Give it in words."""
        return f"{in_words(self.share)} or more" if self.reached else f"> {in_words(self.share)}"


MAJORITY = Threshold()
"""More than half."""


def threshold_of(part: float, *, reached: bool = False) -> Threshold:
    """Give a threshold of a part of one."""
    if not 0 < part <= 1:
        raise QuestionMalformed("a threshold lies between 0 and 1")
    return Threshold(round(part * WHOLE), reached)
