"""What the census refuses to count, as nouns."""

__all__ = ["CensusError", "PeriodReversed", "RowsMalformed", "StandardsDiffer"]


class CensusError(ValueError):
    """Something was handed in that has no count."""


class RowsMalformed(CensusError):
    """Columns of unequal length, a day out of the calendar, a window ending before it begins."""


class PeriodReversed(CensusError):
    """A period whose end, in the world or in what was known, lies before its beginning."""


class StandardsDiffer(CensusError):
    """Two censuses under two standards: their difference is no movement of people."""
