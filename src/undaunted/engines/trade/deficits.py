"""What becomes of deficits when measures move trade."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Deficits"]


class Deficits(StrEnum):
    """What becomes of deficits: fixed with world value added as the unit, gone, or in step.

    Without measures nothing moves in any: where they are gone, they were gone before (`closing`).
    """

    FIXED = "fixed"
    BALANCED = "balanced"
    SHARE = "share"
