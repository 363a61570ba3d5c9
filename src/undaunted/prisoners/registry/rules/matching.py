"""Could two case files be about one person? A score with its reasons, and never a verdict.

The score is the sum of the effects of the reasons, held between 0 and 1, so that a person who
decides can check it line by line. Comparing is symmetric: the order of the two files changes no
effect.

Which files are compared at all, and in which order pairs are shown, is worked out in
`analysis.candidates`; how alike two names are, in `analysis.likeness`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.names import clean_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.actors.rules.partial_date import PartialDate

__all__ = [
    "CaseSketch",
    "Finding",
    "MatchField",
    "MatchReasons",
    "NameLikeness",
    "Reason",
    "birth_years",
    "compare",
    "folded",
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

# What likeness of names is told as the same, and as alike.
NAME_SAME: Final = 0.95
NAME_SIMILAR: Final = 0.7

_WIDEST_BIRTH: Final = 366 * 2


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
class NameLikeness:
    """How alike the names of two files are, from 0 to 1, and which two names are meant."""

    score: float
    left: str
    right: str


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


def compare(left: CaseSketch, right: CaseSketch, names: NameLikeness | None) -> MatchReasons:
    """Compare two case files; fields that one of them lacks say nothing and are left out.

    How alike the names are is given, None where a file has no name: `analysis.likeness` asks the
    engine.
    """
    reasons = tuple(_reasons(left, right, names))
    total = sum(reason.effect for reason in reasons)
    return MatchReasons(round(min(1.0, max(0.0, total)), 4), reasons)


def birth_years(birth: PartialDate | None) -> range:
    """Give the years somebody may be born in, none where that is not known within two years."""
    if birth is None or birth.earliest is None or birth.latest is None:
        return range(0)
    if (birth.latest - birth.earliest).days > _WIDEST_BIRTH:
        return range(0)
    return range(birth.earliest.year, birth.latest.year + 1)


def _reasons(left: CaseSketch, right: CaseSketch, names: NameLikeness | None) -> Iterator[Reason]:
    if names is not None:
        yield _name_reason(names)
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
            equal = folded(one) == folded(other)
            finding = Finding.SAME if equal else Finding.DIFFERENT
            yield Reason(field, one, other, finding, same if equal else different)


def _name_reason(names: NameLikeness) -> Reason:
    if names.score >= NAME_SAME:
        finding = Finding.SAME
    else:
        finding = Finding.SIMILAR if names.score >= NAME_SIMILAR else Finding.DIFFERENT
    effect = round(NAME_WEIGHT * names.score, 4)
    return Reason(MatchField.NAME, names.left, names.right, finding, effect)


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


def folded(text: str) -> str:
    """Give a place or a word of a list as it is compared, whatever its capitals and spaces."""
    return " ".join(clean_name(text).casefold().split())
