"""From levels to a probability, step by step, so that whoever decides sees what says how much."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING, Final

import numpy as np

from undaunted.engines.linkage.levels import LEVELS, Field, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from undaunted.engines.linkage.model import Model

__all__ = ["Step", "Weighing", "frequency", "prior_of", "probability", "weigh"]

_AS_IF_SEEN: Final = 20_000
"""A name is held as common as names are until so many files have been seen."""
_PARTNERS: Final = (0.01, 1.0)
"""At least and at most so many files have a partner, whatever the weights say."""
_EXPECTED: Final = 0.1
"""So many files are held to have a partner at first."""
_ROUNDS: Final = 50


@dataclass(frozen=True, slots=True)
class Step:
    """What one comparison says. ``bits``: 1 doubles the odds, -1 halves them."""

    field: Field
    level: Level
    bits: float
    rarity: float = 0.0
    """How many more bits the name gives because it is rare, or takes because it is common."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """The steps from what is known before any comparison to how likely a pair is one person."""

    before: float
    """Bits before anything is compared: most pairs are two people."""
    steps: tuple[Step, ...]

    @property
    def bits(self) -> float:
        """Give the evidence alone."""
        return sum(step.bits + step.rarity for step in self.steps)

    @property
    def probability(self) -> float:
        """Give how likely the two files are one person's, if the model holds."""
        return float(probability(np.array([self.before + self.bits]))[0])


def weigh(
    levels: Mapping[Field, Level], model: Model, *, common: float = 0.0, before: float = 0.0
) -> Weighing:
    """Weigh one pair; ``common`` is the `frequency` of its name, 0 where that was not counted."""
    steps = []
    for field in LEVELS:
        if field in levels:
            named = field is Field.NAME and levels[field] is Level.SAME and common > 0
            rarity = log2(model.by_chance() / common) if named else 0.0
            steps.append(Step(field, levels[field], model.bits(field, levels[field]), rarity))
    return Weighing(before, tuple(steps))


def frequency(times: int, files: int, by_chance: float) -> float:
    """Give how often a name occurs besides in the pair itself.

    A name seen in few files is held to be as common as names are, so that a small list does not
    make every name a common one.
    """
    return (max(times - 2, 0) + _AS_IF_SEEN * by_chance) / (files + _AS_IF_SEEN)


def probability(bits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give probabilities for bits; those beyond all doubt do not overflow."""
    held: NDArray[np.float64] = 1 / (1 + np.exp2(-np.clip(bits, -1000, 1000)))
    return held


def prior_of(bits: Sequence[float] | NDArray[np.float64], files: int, pairs: int) -> float:
    """Give the bits before any comparison: as many partners as the evidence itself amounts to."""
    evidence = np.asarray(bits, np.float64)
    of = max(files, 1) / max(pairs, 1)
    least, most = (min(part * of, 0.5) for part in _PARTNERS)
    part = min(_EXPECTED * of, 0.5)
    for _ in range(_ROUNDS):
        found = probability(evidence + log2(part / (1 - part))).sum() / max(pairs, 1)
        part = float(np.clip(found, least, most))
    return log2(part / (1 - part))
