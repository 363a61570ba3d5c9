"""Pairs that were found among many records, kept by this process until a record changes.

Finding them takes minutes where there are many records, and a desk looks at the queue after every
verdict. What is kept is told by a digest of all that was compared, so that nobody is given pairs of
records which they may not see. A pair that was judged since is left out; the place that it
took is given to another once enough were judged.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from undaunted.engines.linkage import Linked, Pair, Weighing
    from undaunted.prisoners.registry.rules.matching import CaseSketch

__all__ = ["MOST_JUDGED", "Kept", "digest_of"]

MOST_JUDGED: Final = 50
"""After so many verdicts pairs are looked for anew."""
_MOST_KEPT: Final = 2


@dataclass(frozen=True, slots=True)
class _Found:
    linked: Linked
    closed: frozenset[Pair]


class Kept:
    """What was found last, for the records of a digest."""

    def __init__(self) -> None:
        self._found: OrderedDict[bytes, _Found] = OrderedDict()
        self._lock = Lock()

    def pairs(
        self, digest: bytes, closed: Collection[Pair], find: Callable[[], Linked]
    ) -> list[tuple[Pair, Weighing]]:
        """Give the pairs that are open, from what is kept or found anew by `find`."""
        now = frozenset(closed)
        with self._lock:
            held = self._found.get(digest)
        if held is None or not held.closed <= now or len(now - held.closed) > MOST_JUDGED:
            held = _Found(find(), now)
            with self._lock:
                self._found[digest] = held
                self._found.move_to_end(digest)
                while len(self._found) > _MOST_KEPT:
                    self._found.popitem(last=False)
        both = zip(held.linked.pairs, held.linked.weighings, strict=True)
        return [(pair, weighing) for pair, weighing in both if pair not in now]


def digest_of(files: Sequence[CaseSketch], lists: Sequence[tuple[int, ...]]) -> bytes:
    """Give a digest of all that is compared, in its order."""
    told = hashlib.blake2b(digest_size=32)
    for file, of in zip(files, lists, strict=True):
        days = [day.text if day else "" for day in (file.birth, file.arrested)]
        told.update(repr((file.names, days, file.gender, file.country, file.place, of)).encode())
    return told.digest()
