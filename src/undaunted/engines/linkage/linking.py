"""Link files: candidates, how alike their names are, and what each pair weighs, best first.

Few files are linked in Python, many in DuckDB with Splink; for the same model both give the same
pairs and the same weights.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from undaunted.engines.linkage.blocking import MOST_PARTNERS, pairs_to_compare
from undaunted.engines.linkage.levels import LEVELS, levels_between
from undaunted.engines.linkage.model import STANDING
from undaunted.engines.linkage.places import IN_PROCESS
from undaunted.engines.linkage.weighing import (
    Weighing,
    frequency,
    prior_of,
    probability,
    weigh,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from undaunted.engines.linkage.files import Alike, Files, Pair
    from undaunted.engines.linkage.model import Model
    from undaunted.engines.linkage.places import Where

__all__ = ["FEW", "Linked", "link", "weigh_pairs"]

FEW: Final = 2_000
"""Files below which all is done in Python, without a database."""


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """Pairs that may be one person, the likeliest first, each with what was weighed."""

    pairs: tuple[Pair, ...]
    weighings: tuple[Weighing, ...]
    likeness: tuple[float, ...]
    """How alike the names of each pair are."""
    model: Model
    compared: int
    """So many pairs were compared."""


def link(  # noqa: PLR0913 - each can be chosen
    files: Files,
    alike: Alike,
    *,
    model: Model | None = None,
    closed: Collection[Pair] = (),
    partners: int = MOST_PARTNERS,
    at_least: float = 0.0,
    few: int = FEW,
    where: Where = IN_PROCESS,
) -> Linked:
    """Find and weigh pairs; without a model, it is estimated where there are many files.

    ``alike`` gives for pairs how alike their names are, from 0 to 1. ``closed`` pairs were judged:
    they are not given, and take no other pair's place. Pairs less likely than ``at_least`` are left
    out. ``where`` tables of many files lie.
    """
    if len(files) < few:
        pairs = pairs_to_compare(files, closed=closed, partners=partners)
        likeness = alike(pairs)
        weighings = weigh_pairs(files, pairs, likeness, model or STANDING)
        return _ranked(pairs, weighings, likeness, model or STANDING, at_least, len(pairs))
    return _at_scale(files, alike, model, closed, partners, at_least, where)


def weigh_pairs(
    files: Files, pairs: Sequence[Pair], likeness: Sequence[float], model: Model
) -> list[Weighing]:
    """Weigh pairs one by one, each by itself and all with one prior."""
    times = Counter(files.spelling)
    common = {
        spelling: frequency(count, len(files), model.by_chance())
        for spelling, count in times.items()
        if spelling
    }
    weighed = [
        weigh(
            levels_between(files, one, other, alike),
            model,
            common=max(common.get(files.spelling[at], 0.0) for at in (one, other)),
        )
        for (one, other), alike in zip(pairs, likeness, strict=True)
    ]
    before = prior_of([one.bits for one in weighed], len(files), _pairs_of(files))
    return [Weighing(before, one.steps) for one in weighed]


def _at_scale(  # noqa: PLR0913, PLR0917 - as above
    files: Files,
    alike: Alike,
    model: Model | None,
    closed: Collection[Pair],
    partners: int,
    at_least: float,
    where: Where,
) -> Linked:
    from undaunted.engines.linkage.estimating import (  # noqa: PLC0415 - starts faster
        estimated,
        keep_likeness,
        levels_and_weights,
    )
    from undaunted.engines.linkage.tables import pairs_in_tables  # noqa: PLC0415

    with where.opened(files) as base:
        met = pairs_in_tables(base, closed=closed, partners=partners)
        pairs = [(int(one), int(other)) for one, other in met.pairs]
        likeness = np.asarray(alike(pairs), np.float64)
        keep_likeness(base, met.pairs, likeness)
        used = model or estimated(base, met, alike)
        levels, common, bits = levels_and_weights(base, used)
    before = prior_of(bits, len(files), _pairs_of(files))
    kept = np.flatnonzero(probability(bits + before) >= at_least).tolist()
    weighings = []
    for at in kept:
        told = {
            field: LEVELS[field][column[at]] for field, column in levels.items() if column[at] >= 0
        }
        weighings.append(weigh(told, used, common=float(common[at]), before=before))
    likely = [pairs[at] for at in kept]
    return _ranked(likely, weighings, likeness[kept].tolist(), used, at_least, len(pairs))


def _ranked(  # noqa: PLR0913, PLR0917 - what makes a result
    pairs: Sequence[Pair],
    weighings: Sequence[Weighing],
    likeness: Sequence[float],
    model: Model,
    at_least: float,
    compared: int,
) -> Linked:
    likely = [at for at, one in enumerate(weighings) if one.probability >= at_least]
    likely.sort(key=lambda at: (-weighings[at].bits, pairs[at]))
    return Linked(
        tuple(pairs[at] for at in likely),
        tuple(weighings[at] for at in likely),
        tuple(float(likeness[at]) for at in likely),
        model,
        compared,
    )


def _pairs_of(files: Files) -> int:
    """Count the pairs of all files that stand in no list together, near enough."""
    of_lists = Counter(files.lists)
    alone = sum(times * (times - 1) for lists, times in of_lists.items() if lists)
    return (len(files) * (len(files) - 1) - alone) // 2
