"""Facets are exact whichever way they are counted, and short words are whole words."""

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
