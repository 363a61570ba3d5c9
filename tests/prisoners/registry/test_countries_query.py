"""The map and the count of one country say the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.prisoners.registry.published_factory import publish, some_cases
from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.registry.queries.counting import count
from undaunted.prisoners.registry.queries.countries import held_by_country, published_by_country

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease

__all__: list[str] = []

DAYS = (date(2012, 1, 1), date(2019, 2, 28), date(2024, 7, 15), date(2026, 11, 23))


def test_all_countries_at_once_equal_each_country_alone(
    ledger: Lease, owner_sql: Callable[..., list[tuple[Any, ...]]]
) -> None:
    cases = list(some_cases(24))
    publish(owner_sql, *cases)
    published = published_by_country(PUBLIC)
    assert sum(published.values()) == len(cases)
    for day in DAYS:
        held = held_by_country(PUBLIC, as_of=day)
        for country in published:
            alone = count(PUBLIC, as_of=day, country=country).bands
            assert held[country] == alone if country in held else not alone.high
        everywhere = count(PUBLIC, as_of=day).bands
        assert sum(each.persons for each in held.values()) == everywhere.persons


def test_nothing_published_holds_nobody(ledger: Lease) -> None:
    assert held_by_country(PUBLIC, as_of=DAYS[0]) == {}
    assert published_by_country(PUBLIC) == {}
