"""Facets are exact whichever way they are counted, and short words are whole words."""

# ruff: noqa: RUF001 - names in several scripts

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.prisoners.registry.published_factory import Case, Stay, publish, some_cases
from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.registry.queries import hits
from undaunted.prisoners.registry.queries.published import CaseQuery, search

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from undaunted.config.postgres import Lease

__all__: list[str] = []

DAYS = (None, date(2016, 5, 5), date(2021, 1, 1), date(2024, 11, 30))


def _held(case: Case, day: date | None) -> bool:
    return day is None or any(
        stay.start <= day and (stay.end is None or day < stay.end) and not stay.doubt
        for stay in case.stays
    )


def _values(case: Case) -> dict[str, list[str]]:
    return {
        "country": [case.country],
        "gender": [case.gender],
        "status": [case.status],
        "tier": [case.tier],
        "held_now": [str(case.held).lower()],
        "role": list(case.roles),
        "law": case.laws,
    }


@pytest.mark.parametrize("few", [0, hits.FEW])
@pytest.mark.parametrize("day", DAYS)
def test_every_way_of_counting_facets_gives_the_same(
    ledger: Lease,
    owner_sql: Callable[..., list[tuple[Any, ...]]],
    monkeypatch: pytest.MonkeyPatch,
    day: date | None,
    few: int,
) -> None:
    monkeypatch.setattr(hits, "FEW", few)
    cases = [
        replace(case, stays=tuple(replace(stay, doubt=0) for stay in case.stays))
        for case in some_cases(70)
    ]
    publish(owner_sql, *cases)
    questions: list[dict[str, Any]] = [
        {}, {"country": "XR"}, {"role": "journalist"}, {"law": "extremism"}, {"held_now": True},
        {"tier": "A"}, {"country": "XS", "role": "lawyer"}, {"tier": "B", "held_now": False},
        {"country": "XR", "status": "recognised", "gender": "male"}, {"role": "nobody"},
        {"country": "XR", "tier": "D", "law": "nothing"},
    ]  # fmt: skip
    for asked, name in product(questions, ("", "-00")):
        found = search(PUBLIC, CaseQuery(**asked, held_on=day, name=name), size=100)
        right = [
            case for case in cases
            if _held(case, day) and all(
                str(value).lower() in _values(case)[facet] or value in _values(case)[facet]
                for facet, value in asked.items())
        ]  # fmt: skip
        assert found.total == len(right), (asked, name)
        assert {one.reference for one in found.cases} == {one.reference for one in right}
        for facet, told in found.facets.items():
            counted = Counter(value for case in right for value in _values(case)[facet])
            assert dict(told) == dict(counted), (asked, facet)


def test_a_word_of_two_letters_is_a_whole_word(
    ledger: Lease, owner_sql: Callable[..., list[tuple[Any, ...]]]
) -> None:
    names = ("Li Invented", "Invented Li", "Invented Li Wen", "Lilia Invented", "Invented Ali")
    cases = [Case(f"XR-0000{at}", name=name, stays=(Stay(date(2020, 1, 1)),))
             for at, name in enumerate(names)]  # fmt: skip
    publish(owner_sql, *cases)
    found = search(PUBLIC, CaseQuery(name="li")).cases
    assert sorted(one.name for one in found) == sorted(names[:3])
    assert search(PUBLIC, CaseQuery(name="lil")).total == 1
    assert search(PUBLIC, CaseQuery(name="%")).total == 0


def test_who_is_held_and_not_held_is_nobody(
    ledger: Lease, owner_sql: Callable[..., list[tuple[Any, ...]]]
) -> None:
    cases = list(some_cases(20))
    publish(owner_sql, *cases)
    for name, day, country in product(("", "-00"), (None, date(2021, 1, 1)), ("", "XR")):
        asked = CaseQuery(name=name, held_on=day, country=country, status="held")
        ways = [
            search(PUBLIC, replace(asked, held_now=False)),
            search(PUBLIC, replace(asked, status="free", held_now=True)),
            search(PUBLIC, replace(asked, held_now=True)),
            search(PUBLIC, asked),
        ]
        assert [page.total for page in ways[:2]] == [0, 0]
        assert all(not any(page.facets.values()) and not page.cases for page in ways[:2])
        assert ways[2] == ways[3]
    assert search(PUBLIC, CaseQuery(status="held", held_now=True)).total


PRINTED = (
    "Krasau, Wiebke Gisa", "al-Jisri", "Krasau.", "Yusuf al-Jisri", "D. al Jisri", "O'Hallow, Nia",
    "Krasau - Wiebke", "Anna-Lena (Li) Wen", "Дарья Белинская-Корб", "Müller-Lüdenhof, Ö.",
    "يوسف الجسري", "李文", "김정서", "Łucja Żółkowa",
    "One two three four five six seven eight nine",
)  # fmt: skip


def test_every_published_name_is_found_by_itself(
    ledger: Lease, owner_sql: Callable[..., list[tuple[Any, ...]]]
) -> None:
    names = [*PRINTED, *(case.name for case in some_cases(30) if case.name)]
    cases = [Case(f"XR-0{at:04}", name=name) for at, name in enumerate(names)]
    publish(owner_sql, *cases)
    for case in cases:
        for name in (case.name, f"  {case.name.upper()}, ", case.name.replace(" ", "\u00a0")):
            found = search(PUBLIC, CaseQuery(name=name), size=100).cases
            assert case.reference in {one.reference for one in found}, name


def test_words_of_a_hyphen_are_all_asked_for(
    ledger: Lease, owner_sql: Callable[..., list[tuple[Any, ...]]]
) -> None:
    names = ("Yusuf al-Jisri", "Yusuf al-Hadi", "Jisri Alan")
    publish(owner_sql, *(Case(f"XR-0000{at}", name=name) for at, name in enumerate(names)))
    assert [one.name for one in search(PUBLIC, CaseQuery(name="al-Jisri")).cases] == [names[0]]
    assert search(PUBLIC, CaseQuery(name="al")).total == 2
    assert search(PUBLIC, CaseQuery(name="XR-00001,")).cases[0].name == names[1]
    assert search(PUBLIC, CaseQuery(name="yusuf xr-00001")).total == 1
    for nothing in (",", "-", "…", "%", "al-_"):
        assert search(PUBLIC, CaseQuery(name=nothing)).total in {0, 2 * (nothing == "al-_")}
