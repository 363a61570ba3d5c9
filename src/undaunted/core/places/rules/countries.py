"""Which countries there are and were, and under which code on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from undaunted.core.places.rules.hypothetical import hypothetical_states

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "DISPUTED_STATUS_NOTE",
    "Country",
    "CountryStatus",
    "UnknownCountry",
    "countries",
    "country",
    "country_at",
]

DISPUTED_STATUS_NOTE: Final = _(
    "The status of this territory is disputed. Listing it here takes no position on its status."
)

_DISPUTED: Final = frozenset({"EH", "FK", "GS", "IO", "PS", "TW", "XK"})
_YEAR_ONLY: Final = 4


class UnknownCountry(LookupError):
    """No country has this code; the message names it and the codes that are possible."""

    def __init__(self, code: str) -> None:
        former = _former_by_alpha_2().get(code.strip().upper(), ())
        self.code = code
        self.remedy = "".join(
            f"; {code.strip().upper()} was the code of a country that is no more until"
            f" {one.valid_until}: write {one.code}"
            for one in former
        )
        """What to write where the code was that of a former country; empty elsewhere."""
        super().__init__(
            f"{code!r} is not a country code: two letters of ISO 3166-1 (BY), four letters of"
            " ISO 3166-3 for a former country (SUHH), XK, or a hypothetical state (XR)"
            f"{self.remedy}."
        )


class CountryStatus(StrEnum):
    """Where a code comes from."""

    CURRENT = "current"
    USER_ASSIGNED = "user_assigned"
    FORMER = "former"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory as the code lists know it, without any claim about its status."""

    code: str
    alpha_3: str
    status: CountryStatus
    valid_until: date | None = None
    """The day (or last day of the year) on which ISO withdrew a former code; None for others."""

    @property
    def hypothetical(self) -> bool:
        """Whether the state is invented."""
        return self.status is CountryStatus.HYPOTHETICAL

    @property
    def former(self) -> bool:
        """Whether the code has been withdrawn."""
        return self.status is CountryStatus.FORMER

    @property
    def disputed(self) -> bool:
        """Whether `DISPUTED_STATUS_NOTE` belongs beside the name."""
        return self.code in _DISPUTED


def country(code: str) -> Country:
    """Give the country of a code (any case); raise `UnknownCountry`."""
    found = _by_code().get(code.upper())
    if found is None:
        raise UnknownCountry(code)
    return found


def countries(*, former: bool = False, hypothetical: bool = True) -> tuple[Country, ...]:
    """Give all countries in the order of their codes, former ones only when asked for."""
    return tuple(
        one
        for one in _by_code().values()
        if (former or not one.former) and (hypothetical or not one.hypothetical)
    )


def country_at(code: str, day: date) -> Country | None:
    """Give the country that a code meant on a day, or None if it meant none any more.

    A four-letter code means its former country until the code was withdrawn. Two letters that were
    withdrawn (SU, YU, CS) mean the former country which held them on the day.
    """
    found = _by_code().get(code.upper())
    if found is not None:
        return found if found.valid_until is None or day <= found.valid_until else None
    holders = _former_by_alpha_2().get(code.upper())
    if holders is None:
        raise UnknownCountry(code)
    return next((one for one in holders if one.valid_until and day <= one.valid_until), None)


@cache
def _by_code() -> Mapping[str, Country]:
    import pycountry  # noqa: PLC0415 - 40 ms that importing this module must not cost

    found = [Country(c.alpha_2, c.alpha_3, CountryStatus.CURRENT) for c in pycountry.countries]
    found.append(Country("XK", "XKX", CountryStatus.USER_ASSIGNED))
    found += [Country(s.code, s.alpha_3, CountryStatus.HYPOTHETICAL) for s in hypothetical_states()]
    found += [
        Country(c.alpha_4, c.alpha_3, CountryStatus.FORMER, _last_day(c.withdrawal_date))
        for c in pycountry.historic_countries
    ]
    return {one.code: one for one in sorted(found, key=lambda one: one.code)}


@cache
def _former_by_alpha_2() -> Mapping[str, tuple[Country, ...]]:
    held: dict[str, list[Country]] = {}
    for one in countries(former=True):
        if one.former and one.code[:2] not in _by_code():
            held.setdefault(one.code[:2], []).append(one)
    return {
        letters: tuple(sorted(group, key=lambda one: one.valid_until or date.max))
        for letters, group in held.items()
    }


def _last_day(withdrawn: str) -> date:
    if len(withdrawn) == _YEAR_ONLY:
        return date(int(withdrawn), 12, 31)
    return date.fromisoformat(withdrawn)
