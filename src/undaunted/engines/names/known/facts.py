"""What is known besides a name: birth date, countries, gender, identifiers; for or against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from undaunted.engines.names.calibration import REVIEW
from undaunted.engines.names.errors import FactsMalformed
from undaunted.engines.names.known.calendars import EARLIEST_YEAR, gregorian

__all__ = ["NOTHING_KNOWN", "RAISING", "Facts", "Verdict", "days_of", "weighed"]

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MONTHS, _DAYS = 12, 31
_GENDERS = frozenset({"", "female", "male", "other"})


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about whoever bears a name. What is not known is left empty.

    ``born``: dates as YYYY, YYYY-MM or YYYY-MM-DD, 00 for a part that is not known; several
    where sources differ; a Hijri year is read by our calendar. ``countries``: two letters each.
    ``identifiers``: kind and value, such as ("passport", "A123").
    """

    born: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    gender: str = ""
    identifiers: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        for date in self.born:
            _parts(date)
        for country in self.countries:
            if not re.fullmatch("[A-Z]{2}", country):
                raise FactsMalformed(f"a country has two capital letters, not {country!r}")
        if self.gender not in _GENDERS:
            raise FactsMalformed(f"a gender is female, male or other, not {self.gender!r}")


NOTHING_KNOWN = Facts()


class Verdict(StrEnum):
    """What facts say of two names being one person's."""

    SAME_IDENTIFIER = "same-identifier"
    OTHER_IDENTIFIER = "other-identifier"
    SAME_BIRTH = "same-birth"
    NEAR_BIRTH = "near-birth"
    SWAPPED_BIRTH = "swapped-birth"
    OTHER_BIRTH = "other-birth"
    SAME_COUNTRY = "same-country"
    OTHER_COUNTRY = "other-country"
    OTHER_GENDER = "other-gender"


_RAISES = {
    Verdict.SAME_IDENTIFIER: 0.9,
    Verdict.SAME_BIRTH: 0.4,
    Verdict.SWAPPED_BIRTH: 0.2,
    Verdict.NEAR_BIRTH: 0.1,
    Verdict.SAME_COUNTRY: 0.05,
}
"""By how much of what lacks to 1 a score rises."""
RAISING = frozenset(_RAISES)
"""Verdicts that speak for one bearer."""
_LOWERS = {
    Verdict.OTHER_IDENTIFIER: 0.97,
    Verdict.OTHER_BIRTH: 0.7,
    Verdict.OTHER_COUNTRY: 0.95,
    Verdict.OTHER_GENDER: 0.75,
}
"""By which factor a score falls."""
_FAR_BIRTH = 0.65
"""The same where no years of birth are within `_YEARS`: then the same name is another's, too."""
_YEARS = 10
_LIFTS = frozenset({Verdict.SAME_IDENTIFIER, Verdict.SAME_BIRTH})
"""Verdicts for which a name is looked at that is not so by itself."""
_UNLIFTED = REVIEW - 0.001


def weighed(score: float, left: Facts, right: Facts) -> tuple[float, tuple[Verdict, ...]]:
    """Raise or lower a score by what is known, and say by what.

    A name that is not looked at by itself is so for the same identifier or day of birth alone:
    brothers are of near years and of one country.
    """
    verdicts = tuple(
        verdict
        for verdict in (
            _identifiers(left, right),
            _births(left, right),
            _countries(left, right),
            _genders(left, right),
        )
        if verdict is not None
    )
    most = 1.0 if score >= REVIEW or not _LIFTS.isdisjoint(verdicts) else max(score, _UNLIFTED)
    for verdict in verdicts:
        if verdict in _RAISES:
            score += (1 - score) * _RAISES[verdict] * (1.0 if _firm(verdict) else score)
        elif verdict is Verdict.OTHER_BIRTH and _far(left, right):
            score *= _FAR_BIRTH
        else:
            score *= _LOWERS[verdict]
    return min(score, most), verdicts


def _firm(verdict: Verdict) -> bool:
    return verdict is Verdict.SAME_IDENTIFIER


def _identifiers(left: Facts, right: Facts) -> Verdict | None:
    one, other = (
        {kind.casefold(): set[str]() for kind, _ in facts.identifiers} for facts in (left, right)
    )
    for facts, into in ((left, one), (right, other)):
        for kind, value in facts.identifiers:
            into[kind.casefold()].add(re.sub(r"[\W_]", "", value).casefold())
    shared = one.keys() & other.keys()
    if any(one[kind] & other[kind] for kind in shared):
        return Verdict.SAME_IDENTIFIER
    return Verdict.OTHER_IDENTIFIER if shared else None


def _parts(date: str) -> tuple[int, int, int]:
    met = _DATE.fullmatch(date)
    if not met:
        raise FactsMalformed(f"a birth date is YYYY, YYYY-MM or YYYY-MM-DD, not {date!r}")
    year, month, day = (int(part or 0) for part in met.groups())
    if month > _MONTHS or day > _DAYS or (day and not month):
        raise FactsMalformed(f"there is no such month or day: {date!r}")
    return year, month, day


def _births(left: Facts, right: Facts) -> Verdict | None:
    born, born_2 = _read(left), _read(right)
    found = {_birth(_parts(a), _parts(b)) for a in born for b in born_2}
    order = (Verdict.SAME_BIRTH, Verdict.SWAPPED_BIRTH, Verdict.NEAR_BIRTH, Verdict.OTHER_BIRTH)
    return next((verdict for verdict in order if verdict in found), None)


def _read(facts: Facts) -> list[str]:
    """Give births by our calendar; a year in which nobody is born speaks against nobody."""
    by_ours = f"{EARLIEST_YEAR}"
    return [day for each in facts.born for day in ((each,) if each >= by_ours else gregorian(each))]


def days_of(facts: Facts) -> list[tuple[int, int, int]]:
    """Give full days of birth as year and two numbers; either of these may be the month."""
    dates = (_parts(each) for each in _read(facts))
    return [(year, min(month, day), max(month, day)) for year, month, day in dates if day]


def _far(left: Facts, right: Facts) -> bool:
    """Say whether all years of birth lie further apart than a slip of a decade."""
    years = [{_parts(date)[0] for date in _read(facts)} for facts in (left, right)]
    return min(abs(one - other) for one in years[0] for other in years[1]) > _YEARS


def _birth(one: tuple[int, int, int], other: tuple[int, int, int]) -> Verdict:
    (year, month, day), (year_2, month_2, day_2) = one, other
    if year == year_2:
        if (month, day) == (month_2, day_2) and day:
            return Verdict.SAME_BIRTH
        if day and day_2 and (month, day) == (day_2, month_2):
            return Verdict.SWAPPED_BIRTH
        return Verdict.NEAR_BIRTH if _agree(month, day, month_2, day_2) else Verdict.OTHER_BIRTH
    if abs(year - year_2) <= 1 and not (day and day_2):
        return Verdict.NEAR_BIRTH
    if (month, day) == (month_2, day_2) and day and _slip_of_year(year, year_2):
        return Verdict.NEAR_BIRTH
    return Verdict.OTHER_BIRTH


def _slip_of_year(one: int, other: int) -> bool:
    """Say whether a few years, a decade or swapped figures lie between two years."""
    return abs(one - other) in (1, 2, 3, 10) or sorted(str(one)) == sorted(str(other))


def _agree(month: int, day: int, month_2: int, day_2: int) -> bool:
    """Unknown parts agree; so does a day where all but one figure are the same."""
    if not month or not month_2:
        return True
    if month == month_2:
        return not day or not day_2 or abs(day - day_2) in (1, 10, 20)
    return day == day_2 and day > 0


def _countries(left: Facts, right: Facts) -> Verdict | None:
    if not (left.countries and right.countries):
        return None
    return Verdict.SAME_COUNTRY if left.countries & right.countries else Verdict.OTHER_COUNTRY


def _genders(left: Facts, right: Facts) -> Verdict | None:
    both = {left.gender, right.gender} - {"", "other"}
    return Verdict.OTHER_GENDER if len(both) > 1 else None
