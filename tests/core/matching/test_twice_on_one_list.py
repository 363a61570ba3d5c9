"""One list that holds somebody twice: asked where something known agrees, never by names alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.matching.factories import (
    XF,
    XZ,
    Office,
    judged,
    listed,
    make_office,
    person,
    resolved,
    undone,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.rules import Birth, Entry, Identifier, Kind, Name, Quality
from undaunted.core.matching.analysis import Listed, compared, comparing
from undaunted.core.matching.queries import queue_of, standing_of
from undaunted.core.matching.rules import Verdict, Why

if TYPE_CHECKING:
    from pathlib import Path


def _entry(key: str, name: str, *born: str, paper: str = "", kind: Kind = Kind.PERSON) -> Entry:
    made = Entry(key, kind, (Name(name, Quality.PRIMARY),))
    papers = (Identifier("passport", paper),) if paper else ()
    return replace(made, births=tuple(Birth(day) for day in born), identifiers=papers)


def _asked(*entries: Entry) -> set[tuple[str, str]]:
    held = Listed({(XF, each.key): each for each in entries})
    done = compared(held, list(held.entries))
    assert not done.refused
    return {(each.left[1], each.right[1]) for each in done.found}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_entry("a", "Viktor Ivanovich Strovik", "1961-03-04"),
         _entry("b", "Wiktor Iwanowitsch Strowik", "1961-03-04")),
        (_entry("a", "Viktor Ivanovich Strovik", "1961-03-04"),
         _entry("b", "Wiktor Iwanowitsch Strowik", "1961-04-03")),
        (_entry("a", "Viktor Strovik", paper="AB 12345"),
         _entry("b", "Wiktor Strowik", paper="AB 12345")),
        (_entry("a", "Viktor Ivanovich Strovik", "1961"),
         _entry("b", "STROVIK, Viktor Ivanovich", "1961-03-04")),
        (_entry("a", "Nicolás Strovik Moros"), _entry("b", "Nicolás STROVIK MOROS", "1962-11-23")),
        (_entry("a", "Norna Heavy Works", kind=Kind.BODY),
         _entry("b", "Norna Heavy Works", kind=Kind.BODY)),
        (_entry("a", "司徒北原", "1961"), _entry("b", "司徒北原", "1961-03-04")),
        (_entry("a", "남궁해솔"), _entry("b", "남궁해솔", "1962")),
    ],
    ids=["birth", "birth swapped", "paper", "whole name and year", "first name, no birth", "body",
         "Chinese and year", "Korean, no birth"],
)  # fmt: skip
def test_two_entries_of_one_list_are_asked_about_where_something_agrees(
    one: Entry, other: Entry
) -> None:
    assert _asked(one, other) == {("a", "b")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_entry("a", "Viktor Ivanovich Strovik"), _entry("b", "Wiktor Iwanowitsch Strowik")),
        (_entry("a", "Viktor Ivanovich Strovik", "1961-03-04"),
         _entry("b", "Viktor Ivanovich Strovik", "1963-05-06")),
        (_entry("a", "Omar Sabawi Hasan Strovik", "1970"),
         _entry("b", "Bashar Sabawi Hasan Strovik", "1970-07-17")),
        (_entry("a", "Ansar Norna", kind=Kind.BODY),
         _entry("b", "Ansar Norna East", kind=Kind.BODY)),
        (_entry("a", "Norna Holding", paper="HRB", kind=Kind.BODY),
         _entry("b", "Norna Trading", paper="HRB", kind=Kind.BODY)),
        (_entry("a", "Strovik", "1961"), _entry("b", "Strovik", "1961-03-04")),
    ],
    ids=["names alone", "other births", "brothers of a year", "bodies", "a number that is none",
         "one word"],
)  # fmt: skip
def test_names_alone_ask_nothing_within_one_list(one: Entry, other: Entry) -> None:
    assert not _asked(one, other)


def test_other_lists_are_asked_about_by_names_alone_as_before() -> None:
    held = Listed({(XF, "a"): _entry("a", "Viktor Strovik"), (XZ, "b"): _entry("b", "V. Strovik"),
                   (XF, "c"): _entry("c", "Victor Strovik")})  # fmt: skip
    done = compared(held, list(held.entries))
    assert {(each.left, each.right) for each in done.found} == {
        ((XF, "a"), (XZ, "b")),
        ((XF, "c"), (XZ, "b")),
    }


def test_two_entries_of_one_list_are_never_accepted_together_with_others() -> None:
    """Twins and brothers stand on one list, born on a day that is said of both."""
    kamal = _entry("a", "Kamal Mustafa Norna", "1952-05-04", paper="AB 12345")
    for source, strong in ((XF, False), (XZ, True)):
        other = _entry("b", "Kamal Mustafa Norna", "1952-05-04", paper="AB 12345")
        held = Listed({(XF, "a"): kamal, (source, "b"): other})
        assert [each.strong for each in compared(held, list(held.entries)).found] == [strong]


def test_a_name_that_many_of_a_list_bear_asks_nothing_without_a_birth() -> None:
    many = [_entry(str(at), "Ali Hassan Norna") for at in range(4)]
    assert not _asked(*many)
    assert len(_asked(*many[:3])) == 3


TWICE = [
    person("1", "Viktor Strovik", born="1961-03-04"),
    person("2", "Wiktor Strowik", born="1961-03-04"),
    person("3", "Bohdan Korl", born="1980-02-01"),
]


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, TWICE)
    listed(held, XZ, tmp_path, [person("9", "Victor Strovik", born="1961-03-04")])
    return held


@pytest.mark.usefixtures("ledger")
def test_verdict_on_two_entries_of_one_list_joins_undoes_and_survives_versions(
    office: Office, tmp_path: Path
) -> None:
    def open_now() -> dict[tuple[str, str], Why]:
        return {(each.left[1], each.right[1]): each.why for each in standing_of(PUBLIC).open}

    resolved(office.writer)
    assert open_now() == dict.fromkeys([("1", "2"), ("1", "9"), ("2", "9")], Why.NEW)
    assert len(queue_of(PUBLIC, source=XF).pairs) == 3
    made = judged(office.writer, (XF, "2"), (XF, "1"), Verdict.SAME, "One man.", office.reviewer)
    assert made.reasons
    assert standing_of(PUBLIC).party_of[XF, "2"] == "xf-invented:1"
    listed(office, XF, tmp_path, [{**each, "remarks": "Said again."} for each in TWICE])
    resolved(office.writer)
    assert standing_of(PUBLIC).party_of[XF, "2"] == "xf-invented:1"
    assert ("1", "2") not in open_now()
    listed(office, XF, tmp_path, [TWICE[0], person("2", "Wiktor Strowik", born="1961-03-05")])
    resolved(office.writer)
    assert open_now()["1", "2"] is Why.CHANGED
    undone(office.reviewer, made, "Two men.", made.at)
    assert standing_of(PUBLIC).party_of[XF, "2"] == "xf-invented:2"


@pytest.mark.usefixtures("ledger")
def test_who_came_after_another_left_is_held_beside_that_one_as_it_last_stood(
    office: Office, tmp_path: Path
) -> None:
    resolved(office.writer)
    listed(office, XF, tmp_path, TWICE[:2])
    resolved(office.writer)
    listed(office, XZ, tmp_path, [person("7", "Bogdan Korl", born="1980-02-01")])
    resolved(office.writer)
    pairs = {(each.left, each.right) for each in standing_of(PUBLIC).open}
    assert ((XF, "3"), (XZ, "7")) in pairs
    assert not queue_of(PUBLIC, words="korl").pairs, "who is off a list is not judged"


@pytest.mark.usefixtures("ledger")
def test_who_was_left_out_for_others_is_told_as_not_compared_too(
    owner_sql: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "_MOST", 2)
    held = make_office(owner_sql)
    years = ("1950", "1965", "1980")
    listed(held, XZ, tmp_path, [person(year, "Bohdan Korl", born=year) for year in years])
    resolved(held.writer)
    assert not standing_of(PUBLIC).refused
    listed(held, XF, tmp_path, [person("a", "Bohdan Korl")])
    resolved(held.writer)
    standing = standing_of(PUBLIC)
    paired = {each.right[1] for each in standing.open}
    left_out = set(years) - paired
    assert (len(paired), len(left_out)) == (2, 1)
    assert {each.key for each in standing.refused} == {(XF, "a"), (XZ, *left_out)}
    assert {each.why for each in standing.refused} == {comparing.too_many()}
    assert not standing.waiting
    resolved(held.writer, whole=True)
    assert len(standing_of(PUBLIC).open) == 3, "each of them finds it, having room"
    assert not standing_of(PUBLIC).refused
