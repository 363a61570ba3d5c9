"""Countries: their codes, their names in every language of the product, their regions.

Codes are ISO 3166-1 alpha-2; former countries keep the four letters of ISO 3166-3 (SUHH); Kosovo
(XK) and the five hypothetical states (XB XF XR XS XZ) use codes that ISO leaves to its users. Being
listed here says nothing about status. Nothing is read from disk before it is asked for.
"""

from undaunted.core.places.rules.countries import (
    DISPUTED_STATUS_NOTE,
    Country,
    CountryStatus,
    UnknownCountry,
    countries,
    country,
    country_at,
)
from undaunted.core.places.rules.country_names import LANGUAGES, country_name
from undaunted.core.places.rules.finding import find_country, suggest_countries
from undaunted.core.places.rules.hypothetical import (
    HypotheticalRegion,
    HypotheticalState,
    hypothetical_states,
)
from undaunted.core.places.rules.money import MONEY_SCALES, is_money
from undaunted.core.places.rules.regions import (
    Region,
    UnknownRegion,
    countries_in,
    region,
    region_name,
    region_of,
    regions,
)
from undaunted.core.places.rules.subdivisions import Subdivision, admin1

__all__ = [
    "DISPUTED_STATUS_NOTE",
    "LANGUAGES",
    "MONEY_SCALES",
    "Country",
    "CountryStatus",
    "HypotheticalRegion",
    "HypotheticalState",
    "Region",
    "Subdivision",
    "UnknownCountry",
    "UnknownRegion",
    "admin1",
    "countries",
    "countries_in",
    "country",
    "country_at",
    "country_name",
    "find_country",
    "hypothetical_states",
    "is_money",
    "region",
    "region_name",
    "region_of",
    "regions",
    "suggest_countries",
]
