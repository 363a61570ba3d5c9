"""Secret keys of records as whole numbers, and who is in which cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from undaunted.engines.census.days import Numbers
from undaunted.engines.census.errors import RowsMalformed

__all__ = ["KEY_BITS", "Membership", "RecordKeys", "demand_persons", "record_keys"]

RecordKeys = NDArray[np.uint64]

KEY_BITS: Final = 64
_SHORTEST: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class Membership:
    """Who is in which cell, shape (n,): ``person`` is a row of the keys, ``cell`` a cell's place.

    A person may be in many cells, and counts once in each however often the pair stands there.
    """

    person: Numbers
    cell: Numbers
    cells: int

    def __post_init__(self) -> None:
        pairs = np.column_stack([
            np.asarray(self.person, dtype=np.int64),
            np.asarray(self.cell, dtype=np.int64),
        ])  # fmt: skip
        pairs = np.unique(pairs, axis=0)
        if pairs.size and (pairs.min() < 0 or pairs[:, 1].max() >= self.cells):
            raise RowsMalformed(f"a cell lies between 0 and {self.cells - 1}, a person from 0")
        object.__setattr__(self, "person", pairs[:, 0])
        object.__setattr__(self, "cell", pairs[:, 1])


def record_keys(digests: Sequence[bytes]) -> RecordKeys:
    """Return one number in 0 .. 2**64 - 1 for each digest, shape (n,).

    A digest is an HMAC of the record's lasting id under a secret that is used for nothing else and
    never changes. It depends on nothing that may be corrected, and on no edition.
    """
    short = next((row for row, each in enumerate(digests) if len(each) < _SHORTEST), None)
    if short is not None:
        raise RowsMalformed(f"row {short + 1}: an HMAC has {_SHORTEST} bytes or more")
    return np.array([int.from_bytes(each[:8], "big") for each in digests], dtype=np.uint64)


def demand_persons(keys: RecordKeys, membership: Membership) -> None:
    """Refuse a membership that speaks of persons without a key."""
    if membership.person.size and int(membership.person.max()) >= keys.size:
        raise RowsMalformed(f"person {int(membership.person.max())} has no key")
