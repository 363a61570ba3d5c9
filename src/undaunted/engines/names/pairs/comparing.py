"""Compare two names: a score, and the reasons for it. Never a verdict: a person confirms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from undaunted.engines.names.bearers.organisations import organisation
from undaunted.engines.names.bearers.persons import person
from undaunted.engines.names.bearers.readings import readings_of
from undaunted.engines.names.calibration import REVIEW
from undaunted.engines.names.errors import NameRefused
from undaunted.engines.names.known.facts import NOTHING_KNOWN, Facts, weighed
from undaunted.engines.names.pairs.aligning import Alignment, Met, align
from undaunted.engines.names.pairs.other_syllables import have_other_syllables, lacks_a_syllable
from undaunted.engines.names.pairs.weighing import (
    calibrated,
    crossed_descent,
    in_other_order,
    raw_score,
)
from undaunted.engines.names.typed.cleaning import Disguise, as_displayed, cleaned
from undaunted.engines.names.typed.spaced import joined_letters
from undaunted.engines.names.typed.strokes import MOST_OTHERS, parts_of
from undaunted.engines.names.words.prepared import Prepared
from undaunted.engines.names.words.romanised import BY_INITIAL, written_by
from undaunted.engines.names.words.runs import run_of
from undaunted.engines.names.words.shapes import have_same_words
from undaunted.engines.names.words.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.engines.names.words.tokens import Token

__all__ = [
    "MOST_WORDS",
    "ONE_WORD",
    "Comparison",
    "Ground",
    "Reason",
    "compare",
    "prepare",
    "score",
    "uncalibrated",
]


class Ground(StrEnum):
    """What a reason speaks of."""

    IDENTICAL = "identical"
    """The names are the same, letter for letter or but for order, titles and particles."""
    MET = "met"
    """Words met, by a romanisation."""
    LEFT_OVER = "left-over"
    """A word of the first name met none."""
    RIGHT_OVER = "right-over"
    """A word of the second name met none."""
    SET_ASIDE = "set-aside"
    """A title, particle or legal form that was not weighed."""
    CROSSED_DESCENT = "crossed-descent"
    """Who is the father in one name is the child in the other."""
    OTHER_ORDER = "other-order"
    """Given names alone, each the father's of the one before, stand in another order."""
    OTHER_SYLLABLES = "other-syllables"
    """Read as Korean or Chinese, the syllables of the given names are other ones."""
    DISGUISE = "disguise"
    """Something that hides a name was undone; `by` says what."""
    FACT = "fact"
    """Something known besides the name; `by` says what."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: words of either name, by what they met, how alike they are."""

    ground: Ground
    left: str = ""
    right: str = ""
    by: str = ""
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two names are one person's or one organisation's, and why."""

    score: float
    """0 to 1, with what is known besides the names."""
    by_name: float
    """0 to 1, by the names alone."""
    reasons: tuple[Reason, ...]


ONE_WORD = REVIEW - 0.01
"""What a name of one word and a fuller one that has it score at most: many bear that word."""
MOST_WORDS = 60
"""Words beyond which no text is a name."""
_KEPT = 512
"""Names that are kept ready for whoever asks again: a list keeps its own."""


@lru_cache(maxsize=_KEPT)
def prepare(name: str, kind: Kind | str = Kind.PERSON) -> Prepared:
    """Make a name ready to be compared; the same name gives the same object.

    What stands behind a stroke between spaces, or a semicolon, is another name of the same bearer.
    """
    text, found = cleaned(name)
    build = person if Kind(kind) is Kind.PERSON else organisation
    first, *others = parts_of(text)
    if len(others) > MOST_OTHERS:
        raise NameRefused(
            f"a name has at most {MOST_OTHERS} others behind strokes, this has {len(others)}; "
            f"give each by itself"
        )
    # one object where nothing was taken off: a list has a hundred thousand
    one = build(name if first.strip() == name else first.strip(), found)
    if len(one.tokens) > MOST_WORDS:
        raise NameRefused(f"a name has at most {MOST_WORDS} words, this has {len(one.tokens)}")
    also = [build(other.strip(), found) for other in others]
    also += readings_of(one, lambda spelt: build(spelt, found))
    if spelt := joined_letters(first):
        joined = build(spelt.strip(), found | {Disguise.SPACED})
        also += [joined, *readings_of(joined, lambda other: build(other, joined.disguises))]
    if Disguise.DIRECTION in found and (shown := as_displayed(name)) != name:
        # whoever reads it sees the letters turned about
        seen, _ = cleaned(shown)
        also.append(build(seen.strip(), found))
    return replace(one, also=tuple(also)) if also else one


def score(left: Prepared, right: Prepared) -> float:
    """Give how alike two prepared names are, 0 to 1, without reasons."""
    if left.also or right.also:
        return max(_aligned(one, other)[0] for one, other in _readings(left, right))
    if have_same_words(left, right):
        return calibrated(1.0, left.script, right.script)
    return _aligned(left, right)[0]


def _readings(left: Prepared, right: Prepared) -> Iterator[tuple[Prepared, Prepared]]:
    return product((left, *left.also), (right, *right.also))


def compare(
    left: str | Prepared,
    right: str | Prepared,
    *,
    kind: Kind | str = Kind.PERSON,
    left_facts: Facts = NOTHING_KNOWN,
    right_facts: Facts = NOTHING_KNOWN,
) -> Comparison:
    """Compare two names, and what is known besides. Raises `NameRefused` for what is no text."""
    one, other = _prepared(left, kind), _prepared(right, kind)
    one, other = max(_readings(one, other), key=lambda pair: _aligned(*pair)[0])
    by_name, alignment, turned = _aligned(one, other)
    whole, verdicts = weighed(by_name, left_facts, right_facts)
    facts = tuple(Reason(Ground.FACT, by=verdict.value) for verdict in verdicts)
    reasons = _reasons(one, other, _turned(alignment) if turned else alignment)
    return Comparison(whole, by_name, reasons + facts)


def _prepared(name: object, kind: Kind | str) -> Prepared:
    """Make a text ready, which whoever works on frames may not have: a gap, or a number."""
    if isinstance(name, Prepared):
        return name
    if not isinstance(name, str):
        raise NameRefused(f"a name is a text, and this is {name!r:.100}; leave gaps out")
    return prepare(name, kind)


def uncalibrated(left: Prepared, right: Prepared) -> float:
    """Give the raw score, from which thresholds are worked out."""
    found = (_ordered(one, other) for one, other in _readings(left, right))
    return max(raw_score(alignment, one, other) for alignment, one, other, _ in found)


def _aligned(left: Prepared, right: Prepared) -> tuple[float, Alignment, bool]:
    alignment, one, other, turned = _ordered(left, right)
    value = calibrated(raw_score(alignment, one, other), one.script, other.script)
    if value > ONE_WORD and _of_one_word(one, other, alignment):
        value = ONE_WORD
    return value, alignment, turned


def _of_one_word(left: Prepared, right: Prepared, alignment: Alignment) -> bool:
    """Say whether one word of a person's name is all that met, and there is more that did not."""
    if left.kind is not Kind.PERSON or left.squashed == right.squashed:
        return False
    short = min(len(left.tokens), len(right.tokens)) == 1 or len(alignment.met) == 1
    return short and bool(alignment.left_over or alignment.right_over)


def _ordered(left: Prepared, right: Prepared) -> tuple[Alignment, Prepared, Prepared, bool]:
    """Align in the order of the alphabet, so that the result is the same both ways round."""
    turned = left.text > right.text
    one, other = (right, left) if turned else (left, right)
    return align(one, other), one, other, turned


def _turned(alignment: Alignment) -> Alignment:
    return Alignment(
        tuple(Met(met.right, met.left, met.likeness) for met in alignment.met),
        alignment.right_over,
        alignment.left_over,
    )


def _reasons(left: Prepared, right: Prepared, alignment: Alignment) -> tuple[Reason, ...]:
    found = [_met(left, right, met) for met in alignment.met]
    found += [Reason(Ground.LEFT_OVER, left=left.shown[i]) for i in alignment.left_over]
    found += [Reason(Ground.RIGHT_OVER, right=right.shown[j]) for j in alignment.right_over]
    if crossed_descent(alignment, left, right):
        found.append(Reason(Ground.CROSSED_DESCENT))
    elif in_other_order(alignment, left, right):
        found.append(Reason(Ground.OTHER_ORDER))
    elif lacks_a_syllable(left, right) or have_other_syllables(left, right):
        found.append(Reason(Ground.OTHER_SYLLABLES))
    found += [Reason(Ground.SET_ASIDE, left=word) for word in left.asides]
    found += [Reason(Ground.SET_ASIDE, right=word) for word in right.asides]
    found += [Reason(Ground.DISGUISE, left=left.text, by=d.value) for d in sorted(left.disguises)]
    found += [
        Reason(Ground.DISGUISE, right=right.text, by=d.value) for d in sorted(right.disguises)
    ]
    return tuple(found)


def _met(left: Prepared, right: Prepared, met: Met) -> Reason:
    one, other = _run(left, met.left), _run(right, met.right)
    shown = " ".join(left.shown[slice(*met.left)]), " ".join(right.shown[slice(*met.right)])
    by = written_by(one, other)
    return Reason(
        Ground.MET, *shown, by if by == BY_INITIAL else left.by or right.by or by, met.likeness
    )


def _run(name: Prepared, span: tuple[int, int]) -> Token:
    return name.tokens[span[0]] if span[1] - span[0] == 1 else run_of(name, span)
