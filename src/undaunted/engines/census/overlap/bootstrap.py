"""Tables as they might have come out, drawn with the caller's own chance.

Source: Buckland and Garthwaite 1991: whole populations of the estimated size are drawn, those on no
list are then forgotten, and every model is fitted and weighed anew.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.random import Generator  # noqa: TID251 - the name of an argument's type

from undaunted.engines.census.days import Reals

__all__ = ["Resampling", "ResamplingKind", "drawn_tables"]


class ResamplingKind(StrEnum):
    """What the cells are drawn from: what was seen, or what the models say."""

    NON_PARAMETRIC = "non_parametric"
    PARAMETRIC = "parametric"


@dataclass(frozen=True, slots=True, eq=False)
class Resampling:
    """The generator, how many tables, what from, and how much the interval is to hold."""

    generator: Generator
    replicates: int = 500
    kind: ResamplingKind = ResamplingKind.NON_PARAMETRIC
    confidence: float = 0.95


def drawn_tables(cells: Reals, missing: float, resampling: Resampling) -> Reals:
    """Return tables of the seen cells, shape (replicates, cells).

    ``cells``: what is drawn from, shape (cells,); ``missing``: the estimated cell of nobody.
    """
    whole = np.append(cells, missing)
    persons = round(float(whole.sum()))
    drawn = resampling.generator.multinomial(
        persons, whole / whole.sum(), size=resampling.replicates
    )
    seen: Reals = drawn[:, :-1].astype(np.float64)
    return seen
