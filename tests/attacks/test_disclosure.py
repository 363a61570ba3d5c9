"""Whoever knows everybody else tries to tell from published counts whether one person is there.

The attacker has every table of every edition, each facet, year and export, knows who else is
counted and what each of them is, and the whole rule; not the secret. The stated bound is of what
all of it together tells.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

import numpy as np
from scipy import stats

from undaunted.engines.census.disclosure import (
    Membership,
    PresenceBound,
    RecordKeys,
    Wish,
    drawn_counts,
    perturbation_table,
    perturbed_counts,
    record_keys,
)

__all__: list[str] = []

SECRETS = 400
ONE_IN = 5
YEARS = range(2020, 2026)
FACETS = {"role": 6, "gender": 3, "law": 8, "place": 12}
OTHERS, TARGET = 40, 40
_MARGIN = 4 * np.sqrt(0.25 / SECRETS)


@dataclass(frozen=True)
class Person:
    """What everybody knows about somebody: values of facets, years held."""

    values: tuple[int, ...]
    years: tuple[int, ...]


def _people() -> list[Person]:
    generator = np.random.default_rng(20261126)
    people = []
    for _ in range(OTHERS):
        first, length = generator.integers(0, len(YEARS)), generator.integers(1, 6)
        values = tuple(int(generator.integers(0, size)) for size in FACETS.values())
        people.append(Person(values, tuple(YEARS)[first : first + length]))
    return [*people, Person(tuple(size - 1 for size in FACETS.values()), tuple(YEARS)[2:])]


PEOPLE = _people()
TABLE = perturbation_table(Wish())


def _cells(persons: list[int]) -> Membership:
    """Country by year, and by each facet, one and two at a time, as exports hold them."""
    places: dict[tuple[object, ...], int] = {}
    person, cell = [], []
    for each, one in enumerate(PEOPLE):
        for year in one.years:
            keyed = list(enumerate(one.values))
            pairs = [(a, b) for a in keyed for b in keyed if a < b]
            for key in [(year,), *((year, one) for one in keyed), *((year, *two) for two in pairs)]:
                place = places.setdefault(key, len(places))
                if each in persons:
                    person.append(each)
                    cell.append(place)
    return Membership(np.array(person), np.array(cell), len(places))


WITHOUT, WITH = _cells([*range(OTHERS)]), _cells([*range(OTHERS + 1)])


def _keys(turn: int) -> RecordKeys:
    secret = hmac.digest(b"an attack's secret", turn.to_bytes(8, "big"), "sha256")
    return record_keys([hmac.digest(secret, bytes([each]), "sha256") for each in range(OTHERS + 1)])


def _drawn(keys: RecordKeys, cells: Membership) -> list[int]:
    counts: list[int] = drawn_counts(keys, cells, one_in=ONE_IN).persons.tolist()
    return counts


def test_one_person_more_shows_nowhere_but_in_the_stated_share_of_cases() -> None:
    """Two editions, all tables of both: the same cohort, and the cohort with one person more."""
    bound = drawn_counts(_keys(0), WITH, one_in=ONE_IN).bound
    told = [_drawn(keys, WITHOUT) != _drawn(keys, WITH) for keys in map(_keys, range(SECRETS))]
    assert np.mean(told) <= bound.told + _MARGIN
    assert np.mean(told) >= bound.told - _MARGIN, "the attack itself works"


def test_the_best_guess_from_all_tables_is_right_no_more_often_than_stated() -> None:
    """Heads or tails decides whether the person was added between two editions."""
    bound, generator = PresenceBound.of(ONE_IN), np.random.default_rng(1)
    right = 0
    for turn in range(SECRETS):
        keys, added = _keys(turn), bool(generator.integers(0, 2))
        before, after = _drawn(keys, WITHOUT), _drawn(keys, WITH if added else WITHOUT)
        right += added == (before != after)
    assert right / SECRETS <= bound.right + _MARGIN


def test_a_guess_from_one_edition_is_right_no_more_often_than_stated() -> None:
    """No edition before: the attacker weighs each year's total by how likely it is either way."""
    bound, generator = PresenceBound.of(ONE_IN), np.random.default_rng(2)
    right = 0
    for turn in range(SECRETS):
        keys, there = _keys(turn), bool(generator.integers(0, 2))
        lone = _drawn(keys, WITH if there else WITHOUT)
        guess = _likelier(lone)
        right += there == guess
    assert right / SECRETS <= bound.right + _MARGIN


def _likelier(counts: list[int]) -> bool:
    """Give whether the counts are likelier with the target: who alone holds their cells decides."""
    sizes = np.bincount(WITHOUT.cell, minlength=WITHOUT.cells)
    mine = WITH.cell[WITH.person == TARGET]
    hits = np.array(counts)[mine] // ONE_IN
    more = stats.binom.logpmf(hits, sizes[mine] + 1, 1 / ONE_IN)
    less = stats.binom.logpmf(hits, sizes[mine], 1 / ONE_IN)
    with np.errstate(invalid="ignore"):
        return bool(np.any(np.isneginf(less)) or np.sum(more - less) > 0)


def test_cells_that_only_the_person_fills_show_zero_unless_drawn() -> None:
    """Differencing across facets: tables without the target are taken from tables with."""
    sizes = np.bincount(WITHOUT.cell, minlength=WITHOUT.cells)
    mine = [cell for cell in WITH.cell[WITH.person == TARGET] if not sizes[cell]]
    assert mine, "there are cells of the target alone"
    for turn in range(60):
        counts = _drawn(_keys(turn), WITH)
        assert {counts[cell] for cell in mine} in ({0}, {ONE_IN})


def test_asking_again_in_other_tables_and_years_tells_nothing_new() -> None:
    """Averaging: the same people in any number of cells give the same number each time."""
    for turn in range(60):
        keys = _keys(turn)
        again = Membership(np.tile(np.arange(9), 40), np.repeat(np.arange(40), 9), 40)
        assert len(set(_drawn(keys, again))) == 1


def test_the_cell_key_method_is_told_apart_by_the_same_attack() -> None:
    """Why editions draw: with cell keys, one person more changes some table nearly always."""
    told = 0
    for turn in range(60):
        keys = _keys(turn)
        one, other = (perturbed_counts(keys, cells, TABLE) for cells in (WITHOUT, WITH))
        told += bool(np.any(one.persons != other.persons))
    assert told == 60
