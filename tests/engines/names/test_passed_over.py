"""However many others bear the words of a name: whoever is alike is found, or counted."""

from __future__ import annotations

import pytest

from undaunted.engines.names import (
    Entry,
    Facts,
    build_index,
    compare,
    look,
    search,
)

SIGNS = "bdfgklmnprst"
MANY = [f"Muhammad Ali Vel{a}{b}an{c}" for a in SIGNS for b in SIGNS for c in "tkr"]
OTHERS = [f"{a}o{b}ek Mirv{c}ux" for a in SIGNS for b in SIGNS for c in "aeiou"]
BORN = Facts(born=("1970-05-01",))


def _born(day: str) -> Facts:
    return Facts(born=(day,))


def test_whoever_has_the_same_day_of_birth_is_found_among_however_many_namesakes() -> None:
    rest = [Entry(name, facts=_born(f"{1940 + at % 60}-03-04")) for at, name in enumerate(MANY)]
    one = Entry("Muhammad Ali Tarvinostrekov", facts=BORN)
    index = build_index([*rest, *OTHERS, one])
    asked = Entry("Muhammad Ali", facts=BORN)
    assert [hit.found for hit in search(asked, index)] == [one]
    assert [hit.found for hit in search(asked, build_index([one, *rest, *OTHERS]))] == [one]
    assert search(Entry("Tarvin Umbrek", facts=BORN), index) == []
    assert search(asked, index, among=lambda found: found is not one) == []


@pytest.mark.parametrize("listed", ["1970-05-01", "1970-01-05", "1349-02-11"])
def test_a_day_is_the_same_with_the_month_first_and_by_the_calendar_of_iran(listed: str) -> None:
    one = Entry("Muhammad Ali Tarvinostrekov", facts=_born(listed))
    index = build_index([one, *MANY, *OTHERS])
    assert [hit.found for hit in search(Entry("Muhammad Ali", facts=BORN), index)] == [one]


def test_a_part_that_promises_too_little_is_compared_for_the_same_day_of_birth() -> None:
    one = Entry("Tarvek el Dine, Ostrek", facts=BORN)
    index = build_index([one, *OTHERS])
    assert compare("Tarvek Ostrek", one.name, left_facts=BORN, right_facts=BORN).score >= 0.7
    assert [hit.found for hit in search(Entry("Tarvek Ostrek", facts=BORN), index)] == [one]


def test_names_beyond_those_that_are_compared_are_counted_as_passed_over() -> None:
    looked = look("Muhammad Ali", build_index([*MANY, *OTHERS, "Muhammad Ali"]))
    assert [hit.found.name for hit in looked.hits] == ["Muhammad Ali"]
    assert looked.common + looked.more == len(MANY)
    assert {each.name for each in looked.passed} == set(MANY)


def test_only_what_is_asked_about_and_alike_is_counted() -> None:
    index = build_index([*MANY, *OTHERS])
    looked = look("Muhammad Ali", index, among=lambda found: found.name in MANY[:150])
    assert looked.common + looked.more == 150
    assert look("Muhammad Ali", index, threshold=0.95).passed == ()
    apart = Entry("Muhammad Ali", facts=_born("1930"))
    listed = build_index([Entry(name, facts=BORN) for name in (*MANY, *OTHERS)])
    assert look(apart, listed).passed == ()


def test_of_very_many_those_that_promise_least_are_counted_as_they_promise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("undaunted.engines.names.lists.searching._COUNTED", 50)
    looked = look("Muhammad Ali", build_index([*MANY, *OTHERS]))
    assert looked.common + looked.more >= len(MANY)
