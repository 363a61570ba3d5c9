"""The committed table of regions against the published one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from undaunted.core.places.rules import region_of

SOURCE = (
    Path(__file__).resolve().parents[4] / "shared/data/reference/country_codes/country-codes.csv"
)


@pytest.mark.realdata
@pytest.mark.skipif(not SOURCE.exists(), reason="../shared/data is absent")
def test_every_country_lies_where_the_united_nations_put_it() -> None:
    with SOURCE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            code = row["ISO3166-1-Alpha-2"].strip()
            smallest = row["Intermediate Region Code"] or row["Sub-region Code"]
            found = region_of(code)
            assert (found.code if found else "") == (f"{int(smallest):03d}" if smallest else "")
