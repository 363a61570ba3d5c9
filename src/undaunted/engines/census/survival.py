"""How long people are held, where many ends have not been seen: Kaplan and Meier (rule K5).

The share still held after so many days, from spells of which some go on (censored on the right) and
some had begun before anybody watched (truncated on the left: such a spell enters late, for the
shorter ones like it were never seen). The mean of ended spells answers no question and is not here.

Sources: Kaplan and Meier 1958 (the estimate); Greenwood 1926 (its variance); Brookmeyer and Crowley
1982 (the interval of the median: all days on which the interval of the share holds one half); Klein
and Moeschberger 2003, sections 4.2 to 4.6 (left truncation, log-log interval, restricted mean).
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

import numpy as np

from undaunted.engines.census.confidence import reach
from undaunted.engines.census.days import DayArray, Flags, Numbers, Reals
from undaunted.engines.census.errors import ArgumentRefused, RowsMalformed

__all__ = [
    "SURVIVAL_ASSUMPTIONS",
    "Band",
    "Lengths",
    "Survival",
    "SurvivalAssumption",
    "SurvivalReason",
    "survival_of",
]

HALF: Final = 0.5
MOST_DAYS: Final = 100_000
_SAME: Final = 1e-12
"""A share this near to one half is one half: products of fractions are not exact."""


class Band(StrEnum):
    """How the interval of the share is made."""

    LOG_LOG = "log_log"
    GREENWOOD = "greenwood"


class SurvivalReason(StrEnum):
    """Why a number is missing, or what it is conditional on."""

    NOBODY = "nobody_observed"
    FEWER_THAN_HALF_ENDED = "median_not_reached"
    NOBODY_FROM_THE_FIRST_DAY = "holds_only_for_those_held_until_the_first_entry"
    RISK_SET_EMPTIED = "curve_fell_to_zero_while_others_were_still_to_come"
    HORIZON_BEYOND_DATA = "horizon_lies_beyond_what_was_observed"


class SurvivalAssumption(StrEnum):
    """What must hold for the curve to mean what it says; the caller words it."""

    CENSORING_UNINFORMATIVE = "who_is_still_held_is_no_different_from_who_was_held_as_long"
    ENTRY_UNINFORMATIVE = "who_entered_late_is_no_different_from_who_was_seen_from_the_start"
    ONE_POPULATION = "spells_of_all_years_follow_one_curve"


SURVIVAL_ASSUMPTIONS: Final = tuple(SurvivalAssumption)


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """Observed lengths in days, shape (n,).

    ``entry``: days already held when watching began (0: from the first day); ``exit``: days held
    when it ended or was last seen; ``ended``: whether the end was seen. ``entry`` < ``exit``.
    """

    entry: DayArray
    exit: DayArray
    ended: Flags

    def __post_init__(self) -> None:
        for column in fields(self):
            kind = np.bool_ if column.name == "ended" else np.int64
            array: Numbers | Flags = np.asarray(getattr(self, column.name), dtype=kind)
            object.__setattr__(self, column.name, array)
            if array.shape != (self.entry.size,):
                raise RowsMalformed(f"{column.name} has one value per row")
        if np.any(self.exit > MOST_DAYS):
            row = int(np.argmax(self.exit > MOST_DAYS))
            raise RowsMalformed(
                f"row {row + 1}: {self.exit[row]} days is longer than anybody lives"
            )
        wrong = np.flatnonzero((self.entry < 0) | (self.exit <= self.entry))
        if wrong.size:
            row = int(wrong[0])
            raise RowsMalformed(
                f"row {row + 1}: seen from day {self.entry[row]} to day {self.exit[row]};"
                " leave out what was never seen"
            )


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """The share still held after each of ``days``, shape (m,), the days on which somebody left.

    ``at_risk`` are those watched and held just before, ``ended`` those who left on it, ``share``
    who is still held after it, with ``error`` (Greenwood) and an interval from ``low`` to ``high``.
    ``median`` is the first day after which half or fewer are held; its interval is open (None) to
    the right where the data do not close it. ``restricted_mean`` is the mean number of days held
    within ``horizon`` days.
    """

    days: DayArray
    at_risk: Numbers
    ended: Numbers
    share: Reals
    error: Reals
    low: Reals
    high: Reals
    band: Band
    confidence: float
    median: int | None
    median_low: int | None
    median_high: int | None
    horizon: int
    restricted_mean: float | None
    restricted_error: float | None
    persons: int
    censored: int
    entered_late: int
    reasons: tuple[SurvivalReason, ...]
    assumptions: tuple[SurvivalAssumption, ...] = SURVIVAL_ASSUMPTIONS


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    days: DayArray
    at_risk: Numbers
    ended: Numbers
    share: Reals
    spread: Reals


def survival_of(
    lengths: Lengths,
    *,
    confidence: float = 0.95,
    band: Band = Band.LOG_LOG,
    horizon: int | None = None,
) -> Survival:
    """Return the curve of ``lengths``; ``horizon`` in days, the last day seen if None."""
    curve = _curve(lengths)
    low, high = _interval(curve, reach(confidence), band)
    last = int(lengths.exit.max(initial=0))
    until = last if horizon is None else horizon
    if until < 0:
        raise ArgumentRefused(f"horizon: {until} days")
    reasons = _reasons(lengths, curve, until, last)
    sound = SurvivalReason.RISK_SET_EMPTIED not in reasons and lengths.entry.size > 0
    mean, error = _restricted(curve, until)
    told = sound and SurvivalReason.HORIZON_BEYOND_DATA not in reasons
    return Survival(
        days=curve.days,
        at_risk=curve.at_risk,
        ended=curve.ended,
        share=curve.share,
        error=curve.share * np.sqrt(curve.spread),
        low=low,
        high=high,
        band=band,
        confidence=confidence,
        median=_first_half(curve.days, curve.share) if sound else None,
        median_low=_first_half(curve.days, low) if sound else None,
        median_high=_first_half(curve.days, high) if sound else None,
        horizon=until,
        restricted_mean=mean if told else None,
        restricted_error=error if told else None,
        persons=int(lengths.entry.size),
        censored=int((~lengths.ended).sum()),
        entered_late=int((lengths.entry > 0).sum()),
        reasons=reasons,
    )


def _curve(lengths: Lengths) -> _Curve:
    width = int(lengths.exit.max(initial=0)) + 1
    ended = np.bincount(lengths.exit[lengths.ended], minlength=width)
    days = np.flatnonzero(ended)
    begun, gone = (np.bincount(each, minlength=width) for each in (lengths.entry, lengths.exit))
    watched = np.cumsum(begun - gone) - begun + gone  # entered before the day, not gone before it
    ended, at_risk = ended[days], watched[days]
    share = np.cumprod(1 - ended / at_risk)
    staying = at_risk - ended
    terms = np.divide(ended, at_risk * staying, out=np.zeros(days.size), where=staying > 0)
    spread = np.where(share > 0, np.cumsum(terms), 0.0)
    return _Curve(days, at_risk, ended, share, spread)


def _interval(curve: _Curve, width: float, band: Band) -> tuple[Reals, Reals]:
    """Give both ends; once nobody is left the upper end stays where it was."""
    share, error = curve.share, np.sqrt(curve.spread)
    living = share > 0
    if band is Band.GREENWOOD:
        low = np.clip(share * (1 - width * error), 0, 1)
        high = np.clip(share * (1 + width * error), 0, 1)
    else:
        log = np.log(share, out=np.full(share.size, -1.0), where=living)
        theta = width * error / np.abs(log)
        low, high = share ** np.exp(theta), share ** np.exp(-theta)
    if not living.all():
        gone = int(np.argmin(living))
        high[gone:] = high[gone - 1] if gone else 1.0
    return low, high


def _first_half(days: DayArray, share: Reals) -> int | None:
    reached = np.flatnonzero(share <= HALF + _SAME)
    return int(days[reached[0]]) if reached.size else None


def _restricted(curve: _Curve, until: int) -> tuple[float, float]:
    """Give the area under the curve and its standard error (Klein and Moeschberger, 4.5)."""
    inside = curve.days < until
    steps = np.concatenate(([0], curve.days[inside], [until]))
    areas = np.diff(steps) * np.concatenate(([1.0], curve.share[inside]))
    after = areas[::-1].cumsum()[::-1][1:]
    at_risk, ended = curve.at_risk[inside], curve.ended[inside]
    pairs = at_risk * (at_risk - ended)
    terms = np.divide(after**2 * ended, pairs, out=np.zeros(pairs.size), where=pairs > 0)
    return float(areas.sum()), float(np.sqrt(terms.sum()))


def _reasons(lengths: Lengths, curve: _Curve, until: int, last: int) -> tuple[SurvivalReason, ...]:
    if not lengths.entry.size:
        return (SurvivalReason.NOBODY,)
    gone = curve.share <= 0
    emptied = bool(gone.any()) and last > int(curve.days[np.argmax(gone)])
    facts = (
        (SurvivalReason.NOBODY_FROM_THE_FIRST_DAY, int(lengths.entry.min()) > 0),
        (SurvivalReason.RISK_SET_EMPTIED, emptied),
        (SurvivalReason.HORIZON_BEYOND_DATA, until > last and not gone.any()),
        (SurvivalReason.FEWER_THAN_HALF_ENDED, not np.any(curve.share <= HALF + _SAME)),
    )
    return tuple(reason for reason, holds in facts if holds)
