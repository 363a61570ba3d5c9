"""How Kendall's score falls if the order means nothing: exact, for any length and any ties.

The score is the number of pairs that rise less the number that fall. Arrange n values with ties of
sizes t1, t2, ... at random: the number of falling pairs is the number of inversions of a multiset,
whose generating function is the q-multinomial coefficient (MacMahon 1916; without ties, Kendall
1938). All whole numbers, so nothing is rounded before the last division.
"""

from functools import lru_cache
from itertools import accumulate
from math import sqrt
from statistics import NormalDist

__all__ = ["critical_score", "inversions", "least_p_value", "normal_p_value", "p_value", "variance"]


@lru_cache(maxsize=64)
def inversions(groups: tuple[int, ...]) -> tuple[int, ...]:
    """Return how many arrangements have 0, 1, 2, ... falling pairs; ``groups``: sizes of ties."""
    ways, placed = [1], 0
    for size in groups:
        for step in range(1, size + 1):
            placed += 1
            ways = _divided(_multiplied(ways, placed), step)
    return tuple(ways)


def p_value(groups: tuple[int, ...], score: int) -> float:
    """Return how likely a score at least as far from zero is."""
    ways = inversions(groups)
    pairs = len(ways) - 1
    far = sum(way for falling, way in enumerate(ways) if abs(pairs - 2 * falling) >= abs(score))
    return far / sum(ways)


def least_p_value(groups: tuple[int, ...]) -> float:
    """Return the smallest p-value that any order of these values could have."""
    return p_value(groups, len(inversions(groups)) - 1)


def critical_score(length: int, level: float) -> int | None:
    """Return the smallest score that is reached by chance with ``level`` or less, if any is."""
    ways = inversions((1,) * length)
    everything = sum(ways)
    rare = sum(above / everything <= level for above in accumulate(ways))
    return len(ways) - 1 - 2 * (rare - 1) if rare else None


def variance(groups: tuple[int, ...]) -> float:
    """Return the variance of the score."""
    length = sum(groups)
    return (_cubic(length) - sum(map(_cubic, groups))) / 18


def normal_p_value(groups: tuple[int, ...], score: int) -> float:
    """Return the p-value by the normal distribution, corrected for ties and by one step."""
    spread = variance(groups)
    if not score or not spread:
        return 1.0
    return 2 * (1 - NormalDist().cdf((abs(score) - 1) / sqrt(spread)))


def _cubic(size: int) -> int:
    return size * (size - 1) * (2 * size + 5)


def _multiplied(ways: list[int], power: int) -> list[int]:
    """Multiply a polynomial by 1 - q^power."""
    longer = ways + [0] * power
    for place, way in enumerate(ways):
        longer[place + power] -= way
    return longer


def _divided(ways: list[int], power: int) -> list[int]:
    """Divide a polynomial by 1 - q^power, which divides it without rest."""
    whole = list(ways)
    for place in range(power, len(whole)):
        whole[place] += whole[place - power]
    return whole[: len(whole) - power]
