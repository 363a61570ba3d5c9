"""The numbers by which BACI and Comtrade name countries."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from undaunted.coercion.exposure.readers.refusals import FileRefused

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["countries_no_more", "country_codes"]

BESIDE = "country_codes*.csv"
COMTRADE_OWN = {
    251: "FRA", 381: "ITA", 490: "TWN", 579: "NOR", 699: "IND", 711: "ZAF", 757: "CHE", 842: "USA",
}  # fmt: skip
"""Comtrade's own numbers, where they are not those of ISO 3166; 490 is "other Asia", Taiwan."""


def country_codes(named: Path | None, folder: Path) -> dict[int, str]:
    """Give ISO3 codes by number: ISO 3166, Comtrade's own, and over them BACI's file."""
    import pycountry  # noqa: PLC0415 - slow to load

    codes = {int(country.numeric): country.alpha_3 for country in pycountry.countries}
    codes |= COMTRADE_OWN
    beside = sorted(folder.glob(BESIDE))
    path = named or (beside[-1] if beside else None)
    return codes | (_told(path) if path else {})


def countries_no_more() -> list[str]:
    """Give ISO3 codes of countries that are no more, which older flows name, and of Kosovo."""
    import pycountry  # noqa: PLC0415 - slow to load

    return [country.alpha_3 for country in pycountry.historic_countries] + ["XKX"]


def _told(path: Path) -> dict[int, str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as held:
            rows = list(csv.DictReader(held))
    except (OSError, UnicodeDecodeError) as fault:
        raise FileRefused(path.name, "cannot be read as text in UTF-8") from fault
    codes: dict[int, str] = {}
    for number, row in enumerate(rows, 2):
        code, iso3 = row.get("country_code"), row.get("country_iso3") or row.get("iso_3digit_alpha")
        if code is None or not code.strip().isdigit():
            raise FileRefused(
                path.name, f"{code!r}: a number is asked for", row=number, column="country_code"
            )
        if iso3 and len(iso3.strip()) == len("ISO"):
            codes[int(code)] = iso3.strip()
    return codes
