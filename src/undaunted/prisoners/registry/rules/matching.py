"""Could two case files be about one person? A score with its reasons, and never a verdict.

The score is the sum of the effects of the reasons, held between 0 and 1, so that a person who
decides can check it line by line. Comparing is symmetric: the order of the two files changes no
effect.

This module and `rules.blocking` are the seam for a stronger matcher: callers know sketches, reasons
and pairs worth comparing, and nothing of how likeness is worked out. What `compare` can reach,
`blocking_keys` must be able to find: change both together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Indel

from undaunted.core.actors.rules.names import clean_name, romanise, script_of
from undaunted.core.actors.rules.names.keys import word_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.actors.rules.partial_date import PartialDate

__all__ = [
    "CaseSketch",
    "Finding",
    "MatchField",
    "MatchReasons",
    "Reason",
    "birth_years",
    "can_reach",
    "compare",
    "is_syllabic",
    "telling_words",
]

# The greatest effect of each field. A name alone never reaches what name and birth date reach.
NAME_WEIGHT: Final = 0.75
BIRTH_SAME_DAY: Final = 0.2
BIRTH_COMPATIBLE: Final = 0.08
BIRTH_DIFFERENT: Final = -0.3
ARREST_SAME_DAY: Final = 0.12
ARREST_COMPATIBLE: Final = 0.04
ARREST_DIFFERENT: Final = -0.05
GENDER_DIFFERENT: Final = -0.15
COUNTRY_DIFFERENT: Final = -0.1
PLACE_SAME: Final = 0.05

_MOST_NAMES: Final = 12
_MOST_WORDS: Final = 8
_SAME_KEY: Final = 0.9
_NEAR: Final = 0.6
_INITIAL: Final = 0.7
_SYLLABLE_LEFT_OVER: Final = 0.5
_WIDEST_BIRTH: Final = 366 * 2
_SYLLABIC: Final = frozenset({"Hani", "Hang"})
_PARTICLES: Final = frozenset(
    {"al", "el", "bin", "ben", "bint", "ibn", "abu", "abou", "van", "von", "de", "del", "la", "da"}
)


class MatchField(StrEnum):
    """What of two case files is compared."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    GENDER = "gender"
    COUNTRY = "country"
    PLACE = "place"
    ARREST_DATE = "arrest_date"


class Finding(StrEnum):
    """How two values stand to each other."""

    SAME = "same"
    SIMILAR = "similar"
    COMPATIBLE = "compatible"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class CaseSketch:
    """What is compared of a case file; empty where the list says nothing."""

    names: tuple[str, ...]
    birth: PartialDate | None = None
    arrested: PartialDate | None = None
    gender: str = ""
    country: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison: both values as they were written, how they stand, and what it adds."""

    field: MatchField
    left: str
    right: str
    finding: Finding
    effect: float


@dataclass(frozen=True, slots=True)
class MatchReasons:
    """A score from 0 to 1 and everything that made it; a person decides."""

    score: float
    reasons: tuple[Reason, ...]


def compare(left: CaseSketch, right: CaseSketch) -> MatchReasons:
    """Compare two case files; fields that one of them lacks say nothing and are left out."""
    reasons = tuple(_reasons(left, right))
    total = sum(reason.effect for reason in reasons)
    return MatchReasons(round(min(1.0, max(0.0, total)), 4), reasons)


def can_reach(left: CaseSketch, right: CaseSketch, score: float) -> bool:
    """Tell, for a tenth of the price, whether `compare` may give so high a score."""
    dates = (
        reason(one, other).effect
        for reason, one, other in (
            (_birth_reason, left.birth, right.birth),
            (_arrest_reason, left.arrested, right.arrested),
        )
        if one and other
    )
    most = _most_of_names(left.names[:_MOST_NAMES], right.names[:_MOST_NAMES])
    ceiling = NAME_WEIGHT * most + sum(dates) + PLACE_SAME
    return max(0.0, ceiling) >= score - 0.001


def birth_years(birth: PartialDate | None) -> range:
    """Give the years somebody may be born in, none where that is not known within two years."""
    if birth is None or birth.earliest is None or birth.latest is None:
        return range(0)
    if (birth.latest - birth.earliest).days > _WIDEST_BIRTH:
        return range(0)
    return range(birth.earliest.year, birth.latest.year + 1)


def is_syllabic(name: str) -> bool:
    """Tell whether every syllable of a name counts: one more makes another name."""
    return script_of(name) in _SYLLABIC


def telling_words(spelling: str) -> list[str]:
    """Give the words of a romanised name without particles, unless there is nothing else."""
    every = spelling.split()[:_MOST_WORDS]
    return [word for word in every if word not in _PARTICLES] or every


def _reasons(left: CaseSketch, right: CaseSketch) -> Iterator[Reason]:
    if left.names and right.names:
        yield _name_reason(left.names[:_MOST_NAMES], right.names[:_MOST_NAMES])
    if left.birth and right.birth:
        yield _birth_reason(left.birth, right.birth)
    if left.arrested and right.arrested:
        yield _arrest_reason(left.arrested, right.arrested)
    for field, one, other, same, different in (
        (MatchField.GENDER, left.gender, right.gender, 0.0, GENDER_DIFFERENT),
        (MatchField.COUNTRY, left.country, right.country, 0.0, COUNTRY_DIFFERENT),
        (MatchField.PLACE, left.place, right.place, PLACE_SAME, 0.0),
    ):
        if one and other:
            equal = _folded(one) == _folded(other)
            finding = Finding.SAME if equal else Finding.DIFFERENT
            yield Reason(field, one, other, finding, same if equal else different)


def _name_reason(left: tuple[str, ...], right: tuple[str, ...]) -> Reason:
    best, one, other = max(
        ((_name_likeness(*sorted(pair)), *pair) for pair in product(left, right)),
        key=lambda found: (found[0], sorted(found[1:])),
    )
    if best >= 1.0:
        finding = Finding.SAME
    else:
        finding = Finding.SIMILAR if best >= _NEAR else Finding.DIFFERENT
    return Reason(MatchField.NAME, one, other, finding, round(NAME_WEIGHT * best, 4))


def _most_of_names(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Give a likeness that no two of these names exceed."""
    if not (left and right):
        return 0.0
    if not all(map(is_syllabic, left)) and not all(map(is_syllabic, right)):
        return 1.0
    ones, others = (
        {clean_name(name).casefold() for name in names}.union(*map(_spellings, names))
        for names in (left, right)
    )
    return _SYLLABLE_LEFT_OVER if ones.isdisjoint(others) else 1.0


def _birth_reason(left: PartialDate, right: PartialDate) -> Reason:
    finding = _dates(left, right)
    effects = {Finding.SAME: BIRTH_SAME_DAY, Finding.DIFFERENT: BIRTH_DIFFERENT}
    known_well = birth_years(left) and birth_years(right)
    effect = effects.get(finding, BIRTH_COMPATIBLE if known_well else 0.0)
    return Reason(MatchField.BIRTH_DATE, left.text, right.text, finding, effect)


def _arrest_reason(left: PartialDate, right: PartialDate) -> Reason:
    finding = _dates(left, right)
    effects = {
        Finding.SAME: ARREST_SAME_DAY,
        Finding.COMPATIBLE: ARREST_COMPATIBLE,
        # Little is lost: one person may have been arrested twice.
        Finding.DIFFERENT: ARREST_DIFFERENT,
    }
    return Reason(MatchField.ARREST_DATE, left.text, right.text, finding, effects[finding])


def _dates(left: PartialDate, right: PartialDate) -> Finding:
    if not left.compatible_with(right):
        return Finding.DIFFERENT
    known_to_the_day = left.earliest == left.latest == right.earliest == right.latest
    return Finding.SAME if known_to_the_day else Finding.COMPATIBLE


@lru_cache(maxsize=65_536)
def _name_likeness(left: str, right: str) -> float:
    """Give 1 for the same words in any order and spelling, less for each that is left over."""
    if clean_name(left).casefold() == clean_name(right).casefold():
        return 1.0
    ones, others = _spellings(left), _spellings(right)
    if not set(ones).isdisjoint(others):
        return 1.0
    likeness = _syllables_alike if is_syllabic(left) or is_syllabic(right) else _words_alike
    return max((likeness(one, other) for one, other in product(ones, others)), default=0.0)


@lru_cache(maxsize=16_384)
def _spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the words of every spelling, in one fixed order."""
    found = (tuple(sorted(spelling.split()[:_MOST_WORDS])) for spelling in romanise(name))
    return tuple(dict.fromkeys(found))


def _syllables_alike(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    rest, same = list(right), 0.0
    for word in left:
        if word in rest:
            rest.remove(word)
            same += 2 * _weight(word)
    # A syllable that is left over makes another name: Quan is not Quan Guo.
    return min(same / _weight_of(left, right), _SYLLABLE_LEFT_OVER)


def _words_alike(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    pairs = [
        (likeness, place, opposite)
        for (place, one), (opposite, other) in product(enumerate(left), enumerate(right))
        if (likeness := _word_likeness(one, other))
    ]
    pairs.sort(key=lambda pair: (-pair[0], sorted((left[pair[1]], right[pair[2]]))))
    met_left: set[int] = set()
    met_right: set[int] = set()
    likenesses: list[float] = []
    for likeness, place, opposite in pairs:
        if place not in met_left and opposite not in met_right:
            met_left.add(place)
            met_right.add(opposite)
            likenesses.append(likeness * (_weight(left[place]) + _weight(right[opposite])))
    return sum(sorted(likenesses)) / _weight_of(left, right)


def _weight_of(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    return sum(sorted(map(_weight, left + right)))


@lru_cache(maxsize=65_536)
def _word_likeness(left: str, right: str) -> float:
    if left == right:
        return 1.0
    if len(left) == 1 or len(right) == 1:
        return _INITIAL if left[0] == right[0] else 0.0
    likeness = Indel.normalized_similarity(left, right)
    if word_key(left) == word_key(right):
        return max(_SAME_KEY, likeness)
    return likeness if likeness >= _NEAR else 0.0


def _weight(word: str) -> float:
    return 0.3 if word in _PARTICLES else float(min(len(word), 6))


def _folded(text: str) -> str:
    return " ".join(clean_name(text).casefold().split())
