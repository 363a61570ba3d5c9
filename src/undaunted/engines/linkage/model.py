"""How often facts agree among files of one person, and among files of two; and where that is from.

`STANDING` is used where files are too few to estimate anything. Its parts were set by hand near
what was estimated on drawn files (`python -m benchmarks.linkage`); on real lists they are
unverified.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING, Final

from undaunted.engines.linkage.errors import ModelMalformed
from undaunted.engines.linkage.levels import LEVELS, Field, Level

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["STANDING", "Model", "Parts"]

Parts = tuple[float, float]
"""Among how large a part of the pairs of one person a level is seen, and of two people."""


@dataclass(frozen=True, slots=True)
class Model:
    """What a level of a field says for or against.

    Attributes:
        parts: for each field and level, its part of pairs of one person and of two people.
        origin: on what it was estimated.
    """

    parts: Mapping[Field, Mapping[Level, Parts]] = field(hash=False)
    origin: str

    def __post_init__(self) -> None:
        for each, levels in LEVELS.items():
            for level in levels:
                try:
                    parts = self.parts[each][level]
                except KeyError:
                    raise ModelMalformed(f"field `{each}` lacks level `{level}`") from None
                if not all(0 < part < 1 for part in parts):
                    raise ModelMalformed(
                        f"field `{each}`, level `{level}`: parts lie between 0 and 1, not {parts}"
                    )

    def bits(self, each: Field, level: Level) -> float:
        """Give the weight of evidence: 1 doubles the odds that two files are one person's."""
        same, two = self.parts[each][level]
        return log2(same / two)

    def by_chance(self) -> float:
        """Give how often two people have the same name."""
        return self.parts[Field.NAME][Level.SAME][1]


STANDING: Final = Model(
    {
        Field.NAME: {
            Level.SAME: (0.75, 1e-5), Level.CLOSE: (0.17, 2e-5),
            Level.ALIKE: (0.06, 1e-4), Level.APART: (0.02, 0.99987),
        },
        Field.BIRTH: {
            Level.SAME: (0.55, 4e-5), Level.CLOSE: (0.4, 0.012),
            Level.ALIKE: (0.03, 0.03), Level.APART: (0.02, 0.958),
        },
        Field.ARREST: {
            Level.SAME: (0.5, 3e-4), Level.CLOSE: (0.3, 0.02),
            Level.ALIKE: (0.08, 0.01), Level.APART: (0.12, 0.97),
        },
        Field.PLACE: {Level.SAME: (0.8, 0.1), Level.APART: (0.2, 0.9)},
        Field.GENDER: {Level.SAME: (0.98, 0.6), Level.APART: (0.02, 0.4)},
        Field.COUNTRY: {Level.SAME: (0.97, 0.5), Level.APART: (0.03, 0.5)},
    },
    "set by hand near what drawn files gave; unverified on real lists",
)  # fmt: skip
