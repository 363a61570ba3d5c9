"""Which of the names gathered are compared: what each must promise, and which are near enough.

A name in another script is told by less, and a few of the nearest are compared whatever they
promise. These are small sums over a few hundred names, so they are compiled: as steps over whole
arrays they took as long as looking at the names does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from undaunted.engines.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Kinds", "Seeker", "chosen", "needed", "spelt"]


class Kinds(NamedTuple):
    """What names are told by, by place."""

    least: NDArray[np.float32]
    """What a name must promise to be compared."""
    across: NDArray[np.float32]
    """The same beside another script that shares most keys."""
    in_letters: NDArray[np.bool_]
    script: NDArray[np.int16]
    """Of which script a name is, by its number."""
    syllabic: NDArray[np.bool_]
    """Whether signs of a name are syllables."""
    abjad: NDArray[np.bool_]
    """Whether letters of a name leave short vowels out."""


class Seeker(NamedTuple):
    """The same of the name that is asked for, and what is asked of others."""

    least: np.float32
    across: np.float32
    in_letters: bool
    script: int
    """-1 of a script in which the list has no name."""
    sure: np.float32
    """From which promise of keys on two scripts share most of them."""
    floor: np.float32
    """What a name in another script must promise at all."""


@compiled
def needed(
    kinds: Kinds, seeker: Seeker, names: NDArray[np.int32], shared: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_], bool, bool, bool]:
    """Give what each name must promise to be compared, and to be looked at at all.

    Then whether each is in another script; whether any is, any is written in signs for syllables,
    and any is held to the one asked for by consonants.
    """
    size = names.size
    least, floor = np.empty(size, np.float32), np.empty(size, np.float32)
    elsewhere = np.empty(size, np.bool_)
    any_elsewhere = any_syllabic = any_abjad = False
    for at in range(size):
        name = names[at]
        sure = shared[at] >= seeker.sure
        if seeker.in_letters:
            elsewhere[at] = not kinds.in_letters[name]
        else:
            elsewhere[at] = kinds.script[name] != seeker.script
        if elsewhere[at] and sure:
            least[at] = min(seeker.across, kinds.across[name])
        else:
            least[at] = min(seeker.least, kinds.least[name])
        floor[at] = seeker.floor if elsewhere[at] else least[at]
        any_elsewhere |= elsewhere[at]
        any_syllabic |= kinds.syllabic[name]
        any_abjad |= kinds.abjad[name] and sure
    return least, floor, elsewhere, any_elsewhere, any_syllabic, any_abjad


@compiled
def chosen(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    names: NDArray[np.int32],
    least: NDArray[np.float32],
    elsewhere: NDArray[np.bool_],
    places: NDArray[np.int32],
    promised: NDArray[np.float32],
    first: int,
    most: int,
) -> NDArray[np.int32]:
    """Give the most promising places, the best first: those that promise enough, and a few more.

    So many of the `first` in another script are given though they promise less. All `places` are
    among `names`, which are in their order.
    """
    order = np.argsort(-promised, kind="mergesort")
    given = np.empty(min(order.size, most), np.int32)
    size = others = 0
    for which in order:
        at = np.searchsorted(names, places[which])
        enough = promised[which] >= least[at]
        if elsewhere[at]:
            enough |= others < first
            others += 1
        if enough:
            if size == most:
                break
            given[size] = places[which]
            size += 1
    return given[:size]


_SHORT = 8
"""Signs of a word that are one whole number: of the longest spelling of a syllable."""


@compiled
def spelt(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    ends: NDArray[np.int32],
    written: NDArray[np.int32],
    signs: NDArray[np.uint8],
    starts: NDArray[np.int32],
    names: NDArray[np.int32],
    ways: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Say which names have a word that is one of a few short ones, each as a whole number."""
    told = np.zeros(names.size, np.bool_)
    for at in range(names.size):
        for place in range(ends[names[at]], ends[names[at] + 1]):
            first, behind = starts[written[place]], starts[written[place] + 1]
            if behind - first > _SHORT:
                continue
            number = np.int64(0)
            for sign in signs[first:behind]:
                number = number << 8 | np.int64(sign)
            for way in ways:
                if way == number:
                    told[at] = True
    return told
