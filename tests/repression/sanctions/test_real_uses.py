"""Designations of real lists, recounted from the raw files without any of our readers."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date

import pytest

from tests.core.listings.factories import REAL
from undaunted.core.listings.readers import Reading, read_list
from undaunted.core.listings.rules import EventKind
from undaunted.repression.sanctions.rules import ListRead, authority_for, uses_of

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data/sanctions is absent")


def _uses(code: str, source: str, name: str, seen: date) -> dict[int, int]:
    authority = authority_for(code)
    (listed,) = (each for each in authority.listed_as if each.source == source)
    days = []
    for entry in read_list(source, REAL / name, Reading(name)):
        if listed.code in {each.code for each in entry.programmes}:
            first = entry.happened(EventKind.DESIGNATED)
            days.append(first[0].day if first else "")
    uses = uses_of(authority, days, ListRead(source, 1, seen), on=date(2026, 11, 27))
    return {**{year: n for year, n in uses.by_year.items() if n}, 0: uses.undated}


def test_designations_of_the_union_are_those_of_the_journal() -> None:
    years: dict[tuple[str, ...], list[int]] = {}
    for file in sorted((REAL / "eu_2026-08").glob("*/*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                year = re.search(r"(\d{4})$", row["startDate"].strip())
                if row["programKey"] == "EU-HR" and year:
                    key = row["annex"], row["schema"], row["recordId"] or row["name"]
                    years.setdefault(key, []).append(int(year[1]))
    raw = Counter(min(each) for each in years.values())

    told = _uses("eu-2020-1998", "eu-journal", "eu_2026-08", date(2026, 8, 31))
    assert told == {**raw, 0: 0}
    assert sum(raw.values()) > 100


def test_days_that_a_list_does_not_tell_are_counted_apart() -> None:
    told = _uses("us-eo-13818", "us-ofac-sdn", "us_ofac_2021-07", date(2021, 7, 31))

    assert set(told) == {0}
    assert told[0] > 100
