"""Editions that count unpublished people are taken from each other, to see one of them (S9).

The attacker has every edition of every cut, all countries, years and languages, and the exact
counts of the published; knows everybody else, and what happened to the one person who is looked
for; and does not know the key. Each attack has a twin that finds the person where nobody is drawn
by lot.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import psycopg
import pytest
from django.utils import translation

from tests.prisoners.registry.counted_factory import agree_to_statistics, remember
from tests.prisoners.registry.desk import make_desk
from tests.prisoners.registry.published_worlds import PUBLISHED, Act, Person, World
from tests.prisoners.registry.test_counting import project_all
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.rules import Question, encoded
from undaunted.engines.census import Tier
from undaunted.engines.census.disclosure import PresenceBound
from undaunted.prisoners.registry.analysis import UNPUBLISHED
from undaunted.prisoners.registry.analysis.drawn import Shown, shown_cells
from undaunted.prisoners.registry.rules.unpublished import (
    ONE_IN,
    Counted,
    Measure,
    YearCell,
    draw_digest,
    draw_key,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_django import Settings

    from undaunted.config.postgres import Lease

    OwnerSql = Callable[..., list[tuple[Any, ...]]]

__all__: list[str] = []

KEYS = 100
OTHERS = 40
YEARS = tuple(range(2019, 2025))
EDITIONS = ((1, 6), (2, 6), (2, 3), (3, 6), (4, 6))
"""Cut of knowledge (before the person, with them, corrected, published), and number of years."""
BOUND = PresenceBound.of(ONE_IN)
MARGIN = 4 * float(np.sqrt(BOUND.told * (1 - BOUND.told) / KEYS))


@dataclass(frozen=True)
class Known:
    """What is known of somebody from a cut on: country, years held, whether published."""

    since: int
    country: str
    years: tuple[int, ...]
    published: bool = False


Cells = dict[YearCell, Shown]
Told = dict[tuple[int, int], Cells]
"""By cut and number of years: everything that an edition of that cut says."""
Someone = tuple[Known, ...]


def _others() -> list[Someone]:
    dice = np.random.default_rng(20261126)
    people: list[Someone] = []
    for _ in range(OTHERS):
        first, length = int(dice.integers(0, len(YEARS))), int(dice.integers(1, 5))
        country = ("XR", "XS", "XB")[int(dice.integers(0, 3))]
        years = YEARS[first : first + length]
        people.append((Known(1, country, years, published=bool(dice.integers(0, 4) == 0)),))
    return people


PEOPLE = _others()
HIDDEN = (Known(2, "XZ", YEARS[2:]), Known(3, "XB", YEARS[3:]))
OUT = Known(4, "XB", YEARS[3:], published=True)


def _cells(known: Known) -> set[YearCell]:
    held = {YearCell(Measure.HELD, where, year)
            for where in (known.country, "*") for year in known.years}  # fmt: skip
    return held | {
        YearCell(Measure.ARRESTED, where, known.years[0]) for where in (known.country, "*")
    }


def _standing(people: list[Someone], cut: int, *, published: bool) -> list[tuple[int, Known]]:
    last = [
        (at, max((one for one in who if one.since <= cut), key=lambda one: one.since, default=None))
        for at, who in enumerate(people)
    ]
    return [(at, one) for at, one in last if one is not None and one.published is published]


def _published(people: list[Someone], cut: int) -> Counter[YearCell]:
    out = _standing(people, cut, published=True)
    return Counter(cell for _at, one in out for cell in _cells(one))


def _drawn(people: list[Someone], key: bytes) -> Told:
    """Give what the product would print, from the code that prints it."""
    digests = tuple(draw_digest(key, bytes([at])) for at in range(len(people)))
    told: Told = {}
    for cut, number in EDITIONS:
        hidden = _standing(people, cut, published=False)
        pairs = tuple(sorted((at, cell) for at, one in hidden for cell in _cells(one)))
        told[cut, number] = shown_cells(
            _published(people, cut), Counted(digests, pairs), YEARS[-number:]
        )
    return told


def _exact(people: list[Someone]) -> Told:
    """Give what would be printed if nobody were drawn by lot: everybody counts."""
    told: Told = {}
    for cut, number in EDITIONS:
        open_ = _published(people, cut)
        whole = open_ + Counter(
            cell for _at, one in _standing(people, cut, published=False) for cell in _cells(one)
        )
        told[cut, number] = {
            cell: Shown(open_[cell], persons, persons, persons)
            for cell, persons in whole.items()
            if cell.year in YEARS[-number:]
        }
    return told


@dataclass(frozen=True)
class Worlds:
    """The same attacker's view of two worlds, once a key; and the view where nobody is drawn."""

    drawn: list[tuple[Told, Told]]
    exact: tuple[Told, Told]


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    """Somebody is in the ledger before they are published, or only from then on."""
    with_, without = [*PEOPLE, (*HIDDEN, OUT)], [*PEOPLE, (OUT,)]
    keys = [draw_key(turn.to_bytes(32, "big"), uuid.UUID(int=turn)) for turn in range(KEYS)]
    return Worlds(
        [(_drawn(with_, key), _drawn(without, key)) for key in keys],
        (_exact(with_), _exact(without)),
    )


def _persons(cells: Mapping[YearCell, Shown]) -> Counter[YearCell]:
    return Counter({cell: told.persons for cell, told in cells.items()})


def _minus(one: Mapping[YearCell, Shown], other: Mapping[YearCell, Shown]) -> dict[YearCell, int]:
    left, right = _persons(one), _persons(other)
    return {cell: left[cell] - right[cell] for cell in left.keys() | right.keys()}


def _public_taken_off(told: Told) -> object:
    return {
        (at, cell): one.persons - one.published
        for at, cells in told.items()
        for cell, one in cells.items()
    }


def _from_year_to_year(told: Told) -> object:
    held = _persons(told[2, 6])
    return [
        held[YearCell(Measure.HELD, "XZ", year)] - held[YearCell(Measure.HELD, "XZ", year - 1)]
        for year in YEARS[1:]
    ]


def _parts_from_the_whole(told: Told) -> object:
    held = _persons(told[3, 6])
    listed = {cell.country for cell in held} - {"*"}
    parts = [held[YearCell(Measure.HELD, code, 2023)] for code in sorted(listed)]
    return held[YearCell(Measure.HELD, "*", 2023)], parts


ATTACKS: dict[str, Callable[[Told], object]] = {
    "everything_at_once": lambda told: told,
    "an_edition_from_the_one_before": lambda told: _minus(told[2, 6], told[1, 6]),
    "before_and_after_a_correction": lambda told: _minus(told[3, 6], told[2, 6]),
    "before_and_after_they_were_published": lambda told: _minus(told[4, 6], told[3, 6]),
    "the_exact_public_counts_taken_off": _public_taken_off,
    "a_country_that_is_theirs_alone": lambda told: {cell.country for cell in told[2, 6]},
    "year_from_year": _from_year_to_year,
    "countries_from_all_countries": _parts_from_the_whole,
    "a_short_edition_beside_a_long_one": lambda told: _minus(told[3, 6], told[2, 3]),
    "bounds_instead_of_numbers": lambda told: {
        cell: (one.low, one.high) for cell, one in told[2, 6].items()
    },
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_taking_editions_apart_shows_one_person_in_the_stated_share_of_cases(
    worlds: Worlds, attack: str
) -> None:
    tried = ATTACKS[attack]
    told = [tried(one) != tried(other) for one, other in worlds.drawn]
    assert np.mean(told) <= BOUND.told + MARGIN
    assert any(told), "the attack itself works"


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_same_attack_sees_the_person_where_nobody_is_drawn_by_lot(
    worlds: Worlds, attack: str
) -> None:
    one, other = map(ATTACKS[attack], worlds.exact)
    assert one != other


def test_the_best_guess_is_right_no_more_often_than_stated(worlds: Worlds) -> None:
    """Heads or tails decides which world it is; whoever sees no trace says that there is nobody."""
    coins = np.random.default_rng(4).integers(0, 2, KEYS).astype(bool)
    right = [
        ((one if there else other) != other) == there
        for (one, other), there in zip(worlds.drawn, coins, strict=True)
    ]
    assert np.mean(right) <= BOUND.right + 4 * float(np.sqrt(0.25 / KEYS))


def test_numbers_of_the_unpublished_are_tens_and_the_same_in_every_edition(worlds: Worlds) -> None:
    for told, _other in worlds.drawn[:20]:
        for cells in told.values():
            assert {(one.persons - one.published) % ONE_IN for one in cells.values()} == {0}
        long, short = told[2, 6], told[2, 3]
        assert all(long[cell] == one for cell, one in short.items() if cell in long)


def test_two_installations_set_up_alike_draw_apart() -> None:
    same = secrets.token_bytes(32)
    one, other = (draw_key(same, uuid.uuid4()) for _ in range(2))
    people = [index.to_bytes(4, "big") for index in range(2000)]
    drawn = [
        {who for who in people if draw_digest(key, who)[0] < 256 // ONE_IN} for key in (one, other)
    ]
    assert len(drawn[0] & drawn[1]) < len(drawn[0]) / 2


SECRET = bytes(range(32))
SALT = uuid.UUID(int=9)
KNOWN = (datetime(2025, 1, 2, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC))


def _is_drawn(person: Person) -> bool:
    token = hashlib.sha256(f"undaunted draw 1|{person.id}".encode()).digest()
    digest = draw_digest(draw_key(SECRET, SALT), token)
    return int.from_bytes(digest[:8], "big") < 2**64 // ONE_IN


def _person(number: int, **more: Any) -> Person:
    day = date(2023, 5, 6)
    act = Act((day, day), (None, None), Tier.A, country=more.pop("country", "XR"))
    return Person(number, (act,), **more)


def _join(lease: Lease, owner_sql: OwnerSql, *people: Person) -> None:
    World(people).write(lease)
    agree_to_statistics(owner_sql, [person.id for person in people])


def _documents(actor: Any) -> dict[tuple[str, int, str], bytes]:
    """Give the bytes from which every file of each edition is written, the data package too."""
    found = {}
    for at, known in enumerate(KNOWN):
        for language in ("en", "ar"):
            for years in ("2", "9"):
                with translation.override(language):
                    question = Question(
                        PUBLIC,
                        date(2024, 12, 31),
                        known,
                        language,
                        {"years": years},
                        builder=actor,
                    )
                    document = UNPUBLISHED.gather(question).document
                found[language, at, years] = encoded(document)
    return found


def test_whoever_is_not_drawn_changes_no_byte_of_any_edition(
    ledger: Lease, owner_sql: OwnerSql, settings: Settings
) -> None:
    settings.DRAW_KEY = SECRET
    remember(owner_sql, SALT)
    desk = make_desk(owner_sql)
    many = [_person(number, state="proposed", country="XZ") for number in range(200, 260)]
    undrawn = next(one for one in many if not _is_drawn(one))
    lucky = next(one for one in many if _is_drawn(one))
    _join(ledger, owner_sql, *(_person(n, state="proposed") for n in range(30)), _person(30))
    project_all(ledger)
    with acting_as(desk.documenter) as actor:
        before = _documents(actor)
        _join(ledger, owner_sql, undrawn)
        assert _documents(actor) == before
        assert _exactly(owner_sql) == {("XR", 30), ("XZ", 1)}, "the person counts"
        _join(ledger, owner_sql, lucky)
        after = _documents(actor)
    assert all(after[each] != before[each] for each in before), "the attack itself works"


def _exactly(owner_sql: OwnerSql) -> set[tuple[str, int]]:
    rows = owner_sql(
        "SELECT country, count(*) FROM registry_counted_cells(%s, '{2024}')"
        " WHERE measure = 'held' GROUP BY country",
        [KNOWN[0]],
    )
    return set(rows)


def test_no_role_reads_around_the_draw_and_no_table_holds_its_key(
    ledger: Lease, owner_sql: OwnerSql, settings: Settings
) -> None:
    settings.DRAW_KEY = SECRET
    remember(owner_sql, SALT)
    desk = make_desk(owner_sql)
    _join(ledger, owner_sql, _person(1, state="proposed"))
    with acting_as(desk.documenter) as actor:
        UNPUBLISHED.gather(
            Question(PUBLIC, date(2024, 12, 31), PUBLISHED, "en", {"years": "1"}, builder=actor)
        )
    around = (
        "SELECT * FROM registry_draw",
        "SELECT * FROM registry_counted_only(now())",
        "SELECT * FROM registry_counted_cells(now(), '{2024}')",
    )
    public = (
        "SELECT * FROM registry_draw_standing()",
        "SELECT * FROM registry_unpublished(now(), '{2024}', '', '')",
    )
    for url, statements in ((ledger.urls.desk, around), (ledger.urls.public, around + public),
                            (ledger.urls.intake, around + public)):  # fmt: skip
        with psycopg.connect(url, autocommit=True) as stranger:
            for statement in statements:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    stranger.execute(statement)
    for key in (SECRET, draw_key(SECRET, SALT)):
        assert _tables_with(owner_sql, key.hex()) == set()
    assert _tables_with(owner_sql, str(SALT)) == {"registry_draw"}, "the search itself works"


def _tables_with(owner_sql: OwnerSql, word: str) -> set[str]:
    names = owner_sql(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p') AND pg_relation_size(oid) > 0"
    )
    return {
        name
        for (name,) in names
        if owner_sql(f'SELECT 1 FROM "{name}" t WHERE position(%s IN t::text) > 0 LIMIT 1', [word])
    }
