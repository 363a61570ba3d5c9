"""On which days people work: weekends and public holidays of a country, and the zone of its clocks.

Holidays come from the library `holidays`, which knows countries. It knows no institutions of the
Union but its central bank: those days when payments stand still are holidays of every institution
(Commission decision 2013/C 39/03 lists them for 2014). The further days of each year's decision in
the Official Journal were not read, so a period never ends later here than it does by law.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "EVERY_DAY",
    "INSTITUTIONS",
    "NO_CALENDAR",
    "WEEKENDS_ONLY",
    "Calendar",
    "CalendarUnknown",
    "ZoneUnknown",
    "calendar_named",
    "zone_named",
    "zone_of",
]

NO_CALENDAR = "none"
WEEKENDS_ONLY = "weekends"
INSTITUTIONS = "EU"
SATURDAY, SUNDAY = 5, 6
HYPOTHETICAL = frozenset({"XB", "XF", "XR", "XS", "XZ"})
"""States that do not exist have weekends and no holidays."""


class CalendarUnknown(ValueError):
    """There is no calendar of that name."""


class ZoneUnknown(ValueError):
    """There is no such time zone, or a country has several."""


class _Holidays(Protocol):
    def get(self, day: date, /) -> str | None: ...


@dataclass(frozen=True)
class Calendar:
    """Which days are worked on; `name` is "none", "weekends", "EU" or a country's code."""

    name: str
    weekend: frozenset[int]
    free_days: _Holidays | None = None

    def is_working(self, day: date) -> bool:
        """Whether people work on `day`."""
        return day.weekday() not in self.weekend and not self.holiday_on(day)

    def holiday_on(self, day: date) -> str:
        """Give the name of the public holiday on `day`, in English; empty without one."""
        return (self.free_days.get(day) or "") if self.free_days is not None else ""


EVERY_DAY = Calendar(NO_CALENDAR, frozenset())
_WEEKENDS = Calendar(WEEKENDS_ONLY, frozenset({SATURDAY, SUNDAY}))


@cache
def calendar_named(name: str) -> Calendar:
    """Give the calendar of a country by its code, or "EU", "weekends", or "none".

    Raises `CalendarUnknown` for a country that the library does not know.
    """
    if name == NO_CALENDAR:
        return EVERY_DAY
    if name == WEEKENDS_ONLY or name in HYPOTHETICAL:
        return Calendar(name, _WEEKENDS.weekend)
    import holidays  # noqa: PLC0415 - a third of a second, and few processes ask

    if name == INSTITUTIONS:
        closed = holidays.financial_holidays("XECB", language="en_US")
        return Calendar(name, _WEEKENDS.weekend, closed)
    try:
        known = holidays.country_holidays(name, language="en_US")
    except NotImplementedError:
        raise CalendarUnknown(
            f"The library of holidays does not know {name!r}; write a country's two letters, "
            f"{WEEKENDS_ONLY!r} or {NO_CALENDAR!r}"
        ) from None
    return Calendar(name, frozenset(known.weekend), known)


def zone_named(name: str) -> ZoneInfo:
    """Give the time zone of a name such as Europe/Paris. Raises `ZoneUnknown`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown(
            f"There is no time zone {name!r}; write one such as Europe/Paris or UTC"
        ) from None


def zone_of(country: str) -> str:
    """Give the time zone of a country that has only one. Raises `ZoneUnknown`."""
    found = _zones().get(country, ())
    if country in HYPOTHETICAL:
        return "UTC"
    if len(found) == 1:
        return found[0]
    told = (
        f"{country} has {len(found)} time zones"
        if found
        else f"No time zone is known of {country!r}"
    )
    raise ZoneUnknown(f"{told}; name one, such as {(found or ('Europe/Paris',))[0]}")


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    text = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            found[code] = (*found.get(code, ()), zone)
    return found
