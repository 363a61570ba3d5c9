"""The real files of nine issuers, where they are: read whole, refused where cut, loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.listings.factories import REAL, loaded, make_office, read
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.queries import entries_in_force
from undaunted.core.listings.rules import EventKind, ListRefused, Quality

if TYPE_CHECKING:
    from undaunted.core.listings.readers import Reading
    from undaunted.core.listings.rules import Entry

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(
        not REAL.is_dir(), reason="shared/data/sanctions is not beside the main checkout"
    ),
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


def _held(source: str) -> tuple[dict[str, Entry], Reading]:
    entries, told = read(source, REAL / WHOLE[source][0])
    return {each.key: each for each in entries}, told


def test_all_lists_are_loaded(ledger: object, owner_sql: Any) -> None:
    office = make_office(owner_sql)
    for source, (file, count) in WHOLE.items():
        assert loaded(office, source, REAL / file).entries == count
    assert sum(1 for _ in entries_in_force(PUBLIC)) == sum(count for _, count in WHOLE.values())


def test_truncated_eu_file_is_refused_after_the_last_whole_record() -> None:
    with pytest.raises(ListRefused, match="after record 1044: is cut or no XML"):
        read("eu-fsf", REAL / "eu_fsf_2022-04_truncated.xml.gz")


def test_ofac_entries_carry_several_programmes_and_no_day() -> None:
    held, told = _held("us-ofac-sdn")
    assert told.count == 0
    assert max(len(each.programmes) for each in held.values()) >= 4
    assert not any(each.events for each in held.values())
    assert sum(len(each.names) for each in held.values()) > 23_000


def test_british_days_are_read_and_only_impossible_ones_flagged() -> None:
    held, told = _held("uk-ofsi")
    assert {each.value for each in told.faults if each.rule.value == "date"} == {"00/00/0"}
    assert sum(len(each.rows) for each in held.values()) == 15_261
    assert all(each.happened(EventKind.DESIGNATED) for each in held.values())


def test_un_persons_and_entities_are_all_there() -> None:
    held, _ = _held("un-sc")
    assert sum(each.kind.value == "person" for each in held.values()) == 730
    assert all(each.happened(EventKind.DESIGNATED) for each in held.values())


def test_australian_aliases_find_their_entry() -> None:
    held, _ = _held("au-dfat")
    assert sum(len(each.rows) for each in held.values()) == 7_945
    apart = [e for e in held.values() if e.rows[-1] - e.rows[0] >= len(e.rows)]
    assert apart
    assert all(each.names[0].quality is Quality.PRIMARY for each in held.values())


def test_swiss_target_that_left_is_kept_as_delisted() -> None:
    held, _ = _held("ch-seco")
    left = [each for each in held.values() if each.happened(EventKind.DELISTED)]
    assert [each.key for each in left] == ["5142"]


def test_ukrainian_end_days_are_events() -> None:
    held, told = _held("ua-nsdc")
    assert sum(len(each.happened(EventKind.EXPIRES)) for each in held.values()) == 3_874
    assert told.lost == 1


def test_chinese_rows_that_stand_twice_are_told() -> None:
    held, told = _held("cn-counter")
    assert sum(len(each.rows) for each in held.values()) == 610
    assert told.count == 18
