"""What the engine refuses, each with what is wrong and where."""

from __future__ import annotations

__all__ = [
    "MeasureRefused",
    "NotConverged",
    "SupplyCutOff",
    "TradeError",
    "WorldMalformed",
]


class TradeError(Exception):
    """Whatever the trade engine refuses."""


class WorldMalformed(TradeError):
    """The tables of a world do not fit each other, or hold what no table can hold."""


class MeasureRefused(TradeError):
    """A measure names what is not there, or is of a size that means nothing."""


class SupplyCutOff(TradeError):
    """Every source of something that is bought has been closed, its own producers included."""


class NotConverged(TradeError):
    """No equilibrium was found; the residual and the iterations stand in the message."""
