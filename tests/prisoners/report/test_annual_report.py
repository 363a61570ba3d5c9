"""The annual report: what it says, that it balances, and that every number can be traced."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from tests.prisoners.memo.agreement import both_of, world_of
from tests.prisoners.report.conftest import AS_OF, KNOWN, asked
from undaunted.core.access.rules import PUBLIC
from undaunted.core.editions.rules import (
    Notice,
    ParameterRefused,
    Section,
    check_document,
    numbers_of,
    tables_in,
)
from undaunted.core.editions.rules.walking import blocks_of
from undaunted.prisoners.report.analysis.annual import (
    ANNUAL_REPORT,
    COUNTRY_SHEET,
    gather_annual_report,
    gather_country_sheet,
)
from undaunted.prisoners.report.analysis.tracing import Tracer
from undaunted.prisoners.report.rules.keys import KeyUnreadable

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Document, Table


def table(document: Document, key: str) -> dict[str, tuple[object, ...]]:
    found: Table = next(each for each in tables_in(document) if each.key == key)
    return dict(zip(found.keys, found.rows, strict=True))


def test_every_number_of_the_report_is_given_again_by_its_query(report: Document) -> None:
    numbers = numbers_of(report)
    tracer = Tracer(PUBLIC, 2024, KNOWN)
    wrong = {
        key: (value, again)
        for key, (_words, value) in numbers.items()
        if (again := tracer.trace(key).value) != value
    }
    assert len(numbers) > 500
    assert wrong == {}


def test_chapters_stand_in_order_and_the_document_can_be_written(report: Document) -> None:
    check_document(report)
    sections = [each.key for each in report.blocks if isinstance(each, Section)]
    assert sections == [
        "summary", "totals", "flows", "people", "legislation", "work", "tactics", "releases",
        "duration", "release_practices", "accountability", "support_person",
        "support_community", "countries", "methods", "limits", "sources", "external",
    ]  # fmt: skip
    assert report.hypothetical


def test_total_of_others_is_traced_to_the_pack_and_its_sources(report: Document) -> None:
    key = "external-pen-freedom-to-write-totals/2022/value"
    origin = Tracer(PUBLIC, 2024, KNOWN).trace(key)
    assert (numbers_of(report)[key][1], origin.value) == (311, 311)
    assert origin.query == "undaunted.prisoners.report.readers.shipped_external"
    assert "Publishing Perspectives, 2023-04" in origin.arguments["sources"]
    assert "external-pen-freedom-to-write-totals/2025/value" not in numbers_of(report)


def test_turn_of_the_year_counts_whoever_is_held_on_its_last_day(report: Document) -> None:
    """Somebody let go on 31 December is free that day; detained on it, held."""
    before, after = "persons@2023-12-31", "persons@2024-12-31"
    numbers = {key: value for key, (_words, value) in numbers_of(report).items()}
    tracer = Tracer(PUBLIC, 2024, KNOWN)
    assert numbers[f"by-country/XR/{before}"] == tracer.counted("XR", date(2023, 12, 31)).persons
    assert numbers[f"by-country/XR/{after}"] == tracer.counted("XR", AS_OF).persons


def test_accounts_balance_line_by_line(report: Document) -> None:
    lines = {key: row[1] for key, row in table(report, "account").items()}
    after = lines.pop("after")
    assert sum(int(str(each)) for each in lines.values()) == after
    for row in table(report, "moved").values():
        before, revised, new, again, released, died, regraded, end = map(int, map(str, row[1:]))
        assert before + revised + new + again - released - died + regraded == end


def test_a_list_that_begins_is_a_break_and_no_change(report: Document) -> None:
    row = table(report, "by-country")["XZ"]
    assert row[3] is None
    assert row[4] == "other lists"
    assert "late-list" in str(table(report, "xz.by-year")["2024"][5])


def test_acts_are_counted_and_nought_where_the_register_has_none(report: Document) -> None:
    acts = table(report, "civil-death")
    assert acts["passport_revocation"][1:4] == (1, 1, 1)
    assert acts["asset_freeze"][1:4] == (1, 0, 1)
    assert acts["visa_ban"][1:] == (0, 0, 0, "")
    notice = next(each for each in blocks_of(report.blocks)
                  if isinstance(each, Notice) and "Killing" in str(each.text))  # fmt: skip
    assert "Torture" in str(notice.text)
    assert "Death in custody" not in str(notice.text)
    assert set(table(report, "xr.civil-death")) == {"passport_revocation", "asset_freeze"}


def test_forms_of_detention_add_up_to_the_count(report: Document) -> None:
    forms = table(report, "detention").values()
    assert sum(int(str(row[1])) for row in forms) == table(report, "by-country")["all"][2]


@pytest.mark.usefixtures("world")
def test_memo_of_the_same_day_has_the_same_numbers() -> None:
    both = both_of(2024, KNOWN)
    assert set(both) == {"XB", "XF", "XR", "XS", "XZ"}
    for code, (memo, report) in both.items():
        assert memo == report, code
    assert any(memo["breaks"] for memo, _report in both.values())
    memo, report = world_of(2024, KNOWN)
    assert memo == report


def test_releases_by_type_and_by_length_add_up_to_the_account(report: Document) -> None:
    released = -int(str(table(report, "account")["released"][1]))
    ways = sum(int(str(row[1])) for row in table(report, "ways-out").values())
    lengths = sum(int(str(row[1])) for row in table(report, "release-lengths").values())
    assert ways == lengths == released > 0
    assert table(report, "ways-out")["exchange"][2] == "not free"


def test_invented_states_have_no_rate_and_few_people_no_median(report: Document) -> None:
    keys = [each.key for each in tables_in(report)]
    assert "rates" not in keys
    medians = table(report, "durations")
    assert "XR" in medians
    assert all(int(str(row[1])) >= 10 for row in medians.values())


def test_one_country_alone_is_reported_under_the_same_keys(report: Document) -> None:
    with override("en"):
        alone = gather_annual_report(asked(country="XR")).document
    check_document(alone)
    whole = {key: value for key, (_words, value) in numbers_of(report).items()}
    told = {key: value for key, (_words, value) in numbers_of(alone).items()}
    shared = told.keys() & whole.keys()
    assert {key: told[key] for key in shared} == {key: whole[key] for key in shared}
    assert len(shared) > 50
    tracer = Tracer(PUBLIC, 2024, KNOWN)
    assert {key: tracer.trace(key).value for key in told} == told


def test_year_without_data_says_so_and_a_former_country_can_be_asked_for(world: object) -> None:
    with override("en"):
        empty = gather_annual_report(asked(as_of=date(1950, 12, 31))).document
        former = gather_country_sheet(asked(country="SUHH")).document
    check_document(empty)
    totals = empty.blocks[0]
    assert isinstance(totals, Section)
    assert isinstance(totals.blocks[0], Notice)
    assert "1950" in str(totals.blocks[0].text)
    assert isinstance(former.blocks[0], Notice)


def test_day_that_ends_no_year_and_a_country_that_is_none_are_refused(world: object) -> None:
    with pytest.raises(ParameterRefused, match="2024-12-31"):
        gather_annual_report(asked(as_of=date(2024, 6, 30)))
    with pytest.raises(ParameterRefused, match="no ISO 3166 code"):
        ANNUAL_REPORT.parameters[0].read("Q1")
    with pytest.raises(ParameterRefused, match="about one"):
        COUNTRY_SHEET.parameters[0].read("")


@pytest.mark.parametrize(
    "key",
    ["", "by-country", "nothing/XR/persons", "by-country/XR/heads@2024-12-31",
     "by-country/XR/persons@soon", "rates/XR/rate@2024", "civil-death/visa_ban/persons@x",
     "civil-death/tickling/bound@2024-12-31",
     "external-pen-freedom-to-write-totals/1950/value",
     "external-pen-freedom-to-write-totals/2022/persons"],
)  # fmt: skip
def test_key_that_is_none_is_refused_with_an_example(world: object, key: str) -> None:
    with pytest.raises(KeyUnreadable, match="by-country/XR/persons@2025-12-31"):
        Tracer(PUBLIC, 2024, KNOWN).trace(key)
