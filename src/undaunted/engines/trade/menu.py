"""What a response may be made of: who may act, on which lines, at which levels, on what terms.

A choice names who acts and one level for each line, common to all who act: a row of M + L whole
numbers. So a choice of 38 partners, 28 lines and 5 levels is one of 2^38 x 5^28, and can still be
read out in a meeting. The coercer answers in kind: each measure is put back on whoever took it,
multiplied by a factor; of several factors it takes the one that is best for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, isnan

from undaunted.engines.trade.errors import MeasureRefused, TradeError

__all__ = ["Instrument", "Key", "Line", "Menu", "Pool", "ResponseInfeasible", "Terms"]


class ResponseInfeasible(TradeError):
    """No choice keeps the terms; the message says which binds, on whom, and by how much."""


class Instrument(StrEnum):
    """What a line is; levels are parts of one, infinity is a ban."""

    TARIFF = "tariff"
    """Added to the member's tariff on goods of the coercer; the member has the revenue."""
    BARRIER = "barrier"
    """Makes goods of the coercer dearer in the member's market; nobody has the difference."""
    EXPORT_CONTROL = "export_control"
    """Makes goods of the member dearer for the coercer; nobody has the difference."""


class Key(StrEnum):
    """By what key partners share what a response costs them."""

    EQUAL_LOSS = "equal_loss"
    """Everybody loses the same part of real income."""
    GDP_SHARE = "gdp_share"
    """Everybody bears the same part of gross domestic product in money."""
    SHAPLEY = "shapley"
    """Everybody bears what their own measures cost all partners, on average over all orders."""


class Pool(StrEnum):
    """Among whom transfers are paid."""

    MEMBERS = "members"
    """Those who act."""
    PARTNERS = "partners"
    """All who were asked, whether they act or not."""


@dataclass(frozen=True, slots=True)
class Line:
    """One instrument on one sector."""

    instrument: Instrument
    sector: str


@dataclass(frozen=True, slots=True)
class Menu:
    """What may be chosen. Raises `MeasureRefused` naming what cannot be.

    Attributes:
        coercer: code of the country that the response is aimed at.
        partners: M codes of those who may act.
        lines: L lines.
        levels: from 0 upward, as parts of one; the last may be infinity.
        replies: factors of the coercer's answer in kind; (0,) is none, (0, 0.5, 1) the best of
            three.
    """

    coercer: str
    partners: tuple[str, ...]
    lines: tuple[Line, ...]
    levels: tuple[float, ...]
    replies: tuple[float, ...] = (0.0,)

    def __post_init__(self) -> None:
        """Check what can be checked without a world."""
        for name, given in (("partners", self.partners), ("lines", self.lines)):
            if not given or len(set(given)) < len(given):
                raise MeasureRefused(f"{name}: name at least one, and each once")
        if self.coercer in self.partners:
            raise MeasureRefused(f"partners: {self.coercer} is the coercer; leave it out")
        rising = all(low < high for low, high in zip(self.levels, self.levels[1:], strict=False))
        if len(self.levels) < 2 or self.levels[0] != 0 or not rising:  # noqa: PLR2004 - 0 and one more
            raise MeasureRefused("levels: they start at 0, rise, and are at least two")
        if not self.replies or not all(isfinite(each) and each >= 0 for each in self.replies):
            raise MeasureRefused("replies: name at least one factor, each a number from 0 upward")

    @property
    def size(self) -> tuple[int, int]:
        """M and L."""
        return len(self.partners), len(self.lines)


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms partners take part; losses are against the episode without a response.

    Attributes:
        ceiling: no partner loses more than this part of real income, after transfers.
        key: how the cost is shared; None pays no transfers.
        pool: among whom.
        least_harm: what the response must take from the coercer at least, as a part of one.
    """

    ceiling: float = float("inf")
    key: Key | None = None
    pool: Pool = Pool.MEMBERS
    least_harm: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what means nothing."""
        if isnan(self.ceiling) or self.ceiling < 0:
            raise MeasureRefused(f"ceiling: {self.ceiling:g}; it is a part of one from 0 upward")
        if not 0 <= self.least_harm < 1:
            raise MeasureRefused(f"least_harm: {self.least_harm:g}; it lies from 0 to below 1")
