"""Entries, faults and versions as pure values: compared, kept as JSON, named by digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from undaunted.core.listings.rules import (
    Address,
    Birth,
    Came,
    Changed,
    Doubt,
    Entry,
    Event,
    EventKind,
    Fault,
    FaultRule,
    Identifier,
    Imposed,
    Kind,
    ListChange,
    Measure,
    Name,
    Programme,
    Quality,
    UnknownList,
    changed_fields,
    digest_of_data,
    doubts_of,
    halved_of,
    list_source,
    list_sources,
    read_entry,
    renews,
    stands_on,
    too_faulty,
)

STROVIK = Entry(
    key="101",
    kind=Kind.PERSON,
    names=(Name("Vitya", Quality.WEAK), Name("Viktor Strovik", script="Latn", family="Strovik")),
    ids=(("UN", "XRi.001"),),
    births=(Birth("1961-03-04", "Streltsin", "XR", "4 Mar 1961"),),
    nationalities=("XR",),
    countries=("XS",),
    identifiers=(Identifier("passport", "RR0042117", "XR"),),
    addresses=(Address("Karsk"), Address(country="XR")),
    programmes=(Programme("XR-HR", "Rights"), Programme("XR-COR")),
    measures=(Imposed(Measure.ASSET_FREEZE), Imposed(Measure.ENTRY_BAN, stated=False)),
    events=(
        Event(EventKind.AMENDED, "2025-03-01"),
        Event(EventKind.DESIGNATED, "2025-02-01", "second"),
        Event(EventKind.DESIGNATED, "2024-02-15", "first"),
    ),
    positions=("Head of a prison",),
    gender="male",
    reasons="Beat prisoners (invented).",
    remarks="Invented.",
    rows=(4, 9),
)
BARE = Entry(key="x", kind=Kind.BODY, names=(Name("Karsk Stroy", Quality.ALIAS),))


@pytest.mark.parametrize("entry", [STROVIK, BARE])
def test_entry_is_the_same_after_it_was_kept(entry: Entry) -> None:
    assert read_entry(entry.as_data()) == entry
    assert read_entry(entry.as_data()).digest == entry.digest


def test_what_is_empty_is_not_kept() -> None:
    kept = {"key", "kind", "names"}
    assert set(BARE.as_data()) == kept
    assert BARE.as_data()["names"] == [{"text": "Karsk Stroy", "quality": "alias"}]


def test_name_of_an_entry_is_its_first_primary_one() -> None:
    assert STROVIK.name == "Viktor Strovik"
    assert BARE.name == "Karsk Stroy"


def test_digest_follows_what_is_said_and_not_where_it_stood() -> None:
    assert replace(STROVIK, rows=(7,)).digest == STROVIK.digest
    assert replace(STROVIK, reasons="Other.").digest != STROVIK.digest
    assert digest_of_data(STROVIK.as_data()) == STROVIK.digest


def test_events_of_a_kind_come_earliest_first() -> None:
    assert [each.basis for each in STROVIK.happened(EventKind.DESIGNATED)] == ["first", "second"]
    assert STROVIK.happened(EventKind.DELISTED) == ()


def test_fault_shows_so_much_of_a_value_and_says_what_it_costs() -> None:
    fault = Fault(3, "birth", FaultRule.DATE, "x" * 500)
    assert fault.as_data() == {"row": 3, "field": "birth", "rule": "date", "value": "x" * 120}
    assert not fault.loses_the_entry
    assert Fault(3, "name", FaultRule.NO_NAME).loses_the_entry


def test_change_tells_its_name_and_the_fields_that_differ() -> None:
    amended = replace(STROVIK, reasons="Other.", rows=(99,))
    moved = replace(BARE, rows=(5,))
    found = (
        Changed(ListChange.ADDED, "y", None, BARE),
        Changed(ListChange.AMENDED, "101", STROVIK, amended),
        Changed(ListChange.REMOVED, "y", BARE, None),
    )
    assert [(each.name, each.fields, each.told) for each in found] == [
        (BARE.names[0].text, (), "added"),
        ("Viktor Strovik", ("reasons",), "amended"),
        (BARE.names[0].text, (), "removed"),
    ]
    assert changed_fields(BARE, moved) == ()


@pytest.mark.parametrize(
    ("before", "after", "removed", "older", "doubts"),
    [
        ({"body": 100}, {"body": 51}, 49, False, ()),
        ({"body": 100}, {"body": 50}, 50, False, (Doubt.HALVED,)),
        ({"body": 99}, {"body": 50}, 49, False, ()),
        ({"body": 99}, {"body": 49}, 50, False, (Doubt.HALVED,)),
        ({}, {}, 0, True, (Doubt.OLDER,)),
        ({"body": 9}, {"body": 1}, 8, True, (Doubt.HALVED, Doubt.OLDER)),
        ({"body": 9, "person": 4}, {"body": 9, "person": 2}, 2, False, (Doubt.HALVED,)),
        ({"body": 4, "person": 9}, {"body": 2, "person": 9}, 2, False, (Doubt.HALVED,)),
        ({"body": 9, "person": 4}, {"body": 9, "person": 3}, 1, False, ()),
        ({"body": 9, "ship": 4}, {"body": 9}, 4, False, ()),
        ({"body": 10}, {"body": 10}, 5, False, (Doubt.REPLACED,)),
        ({"body": 10}, {"body": 10}, 4, False, ()),
    ],
)
def test_half_a_list_or_an_older_one_is_doubted(
    before: dict[str, int],
    after: dict[str, int],
    removed: int,
    *,
    older: bool,
    doubts: tuple[Doubt, ...],
) -> None:
    assert doubts_of(before, after, removed=removed, older=older) == doubts


def test_what_halved_is_named() -> None:
    assert halved_of({"person": 8, "body": 8}, {"person": 4, "body": 4}) == ("",)
    assert halved_of({"person": 8, "body": 8}, {"person": 1, "body": 8}) == ("person",)
    assert halved_of({"person": 8, "body": 8, "ship": 9}, {"ship": 17}) == ("person", "body")


@pytest.mark.parametrize(
    ("lost", "taken", "faulty"),
    [(0, 0, False), (3, 0, False), (4, 0, True), (4, 76, False), (5, 80, True)],
)
def test_a_few_bad_rows_are_borne_and_many_are_not(lost: int, taken: int, *, faulty: bool) -> None:
    assert too_faulty(lost, taken) is faulty


STANDING = [
    ([], {"2020-01-01": True}),
    (["designated 2024-02-15"], {"2024-02-14": False, "2024-02-15": True}),
    (["designated ../2024-02-15"], {"2000-01-01": True}),
    (["designated 2024", "designated 2025"], {"2023-12-31": False, "2024-01-01": True}),
    (["delisted 2025-03-01"], {"2025-02-28": True, "2025-03-01": False}),
    (["delisted 2025-03"], {"2025-03-30": True, "2025-03-31": False}),
    (["delisted 2025-03-01/.."], {"2030-01-01": True}),
    (
        ["designated 2024-02-15", "delisted 2025-03-01", "designated 2026-01-01"],
        {"2025-12-31": False, "2026-01-01": True},
    ),
    (["delisted 2025-03-01", "re_enacted 2025/.."], {"2025-06-01": True}),
    (["expires 2026-09-01"], {"2026-09-01": True, "2026-09-02": False}),
    (["expires 2026-09-01", "expires 2029-03-01"], {"2027-01-01": True}),
    (["expires 2026-09-01/.."], {"2099-01-01": True}),
    (["amended 2030-01-01"], {"2020-01-01": True}),
]


@pytest.mark.parametrize(("events", "days"), STANDING)
def test_entry_leaves_only_where_that_is_sure(events: list[str], days: dict[str, bool]) -> None:
    told = tuple(
        Event(EventKind(kind), day) for kind, _, day in (each.partition(" ") for each in events)
    )
    entry = replace(BARE, events=(*told, Event(EventKind.AMENDED, "")))
    assert {day: stands_on(entry, date.fromisoformat(day)) for day in days} == days


def test_every_list_says_where_it_holds_and_that_nobody_verified_it() -> None:
    assert list_source("un-sc").jurisdiction == "UN"
    assert {each.status for each in list_sources().values()} == {"unverified", "invented"}
    assert [each.code for each in list_sources().values() if each.counter] == ["cn-counter"]
    assert list_source("uk-ofsi").ended == "2026-01-28"
    assert not any(each.stated for one in list_sources().values() for each in one.measures)
    with pytest.raises(UnknownList, match="un-xx: no list has this code; there are us-ofac-sdn"):
        list_source("un-xx")


@pytest.mark.parametrize(
    ("came", "stood", "published", "days", "anew"),
    [
        (Came.FETCHED, Came.FETCHED, "", 6, False),
        (Came.FETCHED, Came.FETCHED, "", 7, True),
        (Came.FETCHED, Came.BROUGHT, "", 0, True),
        (Came.FETCHED, Came.DATED, "2026-05-01", 0, True),
        (Came.FETCHED, Came.FETCHED, "2026-05-01", 90, False),
        (Came.FETCHED, Came.BROUGHT, "2026-05-01", 90, False),
        (Came.BROUGHT, Came.FETCHED, "", 90, False),
        (Came.DATED, Came.DATED, "2026-05-01", 90, False),
    ],
)
def test_unchanged_list_is_a_version_only_where_nothing_else_tells_its_day(
    came: Came, stood: Came, published: str, days: int, *, anew: bool
) -> None:
    since = datetime(2026, 6, 1, tzinfo=UTC)
    at = since + timedelta(days=days)
    assert renews(came, stood, published, since=since, at=at) is anew
