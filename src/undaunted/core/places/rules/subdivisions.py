"""First-level divisions: provinces, regions, governorates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from undaunted.core.places.rules.countries import country
from undaunted.core.places.rules.hypothetical import hypothetical_states

__all__ = ["Subdivision", "admin1"]


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A first-level division by its code in ISO 3166-2, in the spelling of ISO."""

    code: str
    name: str
    kind: str


@lru_cache(maxsize=512)
def admin1(code: str) -> tuple[Subdivision, ...]:
    """Give a country's first-level divisions in the order of their names; raise `UnknownCountry`.

    Empty where ISO 3166-2 lists none, as for former countries and Kosovo.
    """
    wanted = country(code)
    if wanted.hypothetical:
        state = next(one for one in hypothetical_states() if one.code == wanted.code)
        return tuple(Subdivision(part.code, part.name, "Region") for part in state.regions)
    import pycountry  # noqa: PLC0415 - five thousand rows that few pages need

    found = [
        Subdivision(row.code, row.name, row.type)
        for row in pycountry.subdivisions
        if row.country_code == wanted.code and row.parent_code is None
    ]
    return tuple(sorted(found, key=lambda one: one.name))
