"""What the census refuses to count, as nouns."""

__all__ = [
    "ArgumentRefused",
    "CensusError",
    "PeriodReversed",
    "RowsMalformed",
    "StandardsDiffer",
    "TableMalformed",
]


class CensusError(ValueError):
    """Something was handed in that has no count."""


class RowsMalformed(CensusError):
    """Columns of unequal length, a day out of the calendar, a window ending before it begins."""


class TableMalformed(CensusError):
    """An overlap table or a perturbation table that cannot be one; the message names the row."""


class ArgumentRefused(CensusError):
    """A confidence, a base or another choice outside what the method knows."""


class PeriodReversed(CensusError):
    """A period whose end, in the world or in what was known, lies before its beginning."""


class StandardsDiffer(CensusError):
    """Two censuses under two standards: their difference is no movement of people."""
