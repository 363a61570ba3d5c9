"""The real files of nine issuers, where they are: read whole, refused where cut, loaded in time."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.core.listings.factories import REAL, loaded, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.queries import entries_in_force

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data/sanctions is absent"),
]

WHOLE = {
    "us-ofac-sdn": ("us_ofac_2021-07", 8_976),
    "eu-journal": ("eu_2026-08", 8_423),
    "uk-ofsi": ("uk_ofsi_2022-05.xlsx", 3_430),
    "un-sc": ("un_2026-02-27.xml.gz", 1_003),
    "ca-sema": ("ca_sema_2022-05.xml", 2_606),
    "au-dfat": ("au_dfat_2022-05.xls.gz", 2_666),
    "ch-seco": ("ch_seco_excerpt_2026-08-27.xml", 2),
    "ua-nsdc": ("ua_nsdc_2022-05.xlsx", 5_676),
    "cn-counter": ("cn_countersanctions_2019_2026.csv", 592),
}
LONGEST = 60.0


def test_all_lists_are_loaded_within_a_minute(ledger: object, owner_sql: Any) -> None:
    office = make_office(owner_sql)
    began = time.monotonic()
    for source, (file, count) in WHOLE.items():
        assert loaded(office, source, REAL / file).entries == count
    took = time.monotonic() - began
    print(f"all lists loaded in {took:.1f} s")  # noqa: T201 - measured, and told
    assert took < LONGEST
    assert sum(1 for _ in entries_in_force(PUBLIC)) == sum(c for _, c in WHOLE.values()) - 1
