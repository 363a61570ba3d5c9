"""From an alignment to a score: what met, against what is left over on both sides and on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.engines.names.bearers.organisations import acronym_of
from undaunted.engines.names.calibration import REVIEW, threshold
from undaunted.engines.names.pairs.other_syllables import have_other_syllables, lacks_a_syllable
from undaunted.engines.names.words.given import ARABIC_NAMES
from undaunted.engines.names.words.tokens import Kind, Role, System

if TYPE_CHECKING:
    from undaunted.engines.names.pairs.aligning import Alignment
    from undaunted.engines.names.words.neighbours import Span
    from undaunted.engines.names.words.prepared import Prepared
    from undaunted.engines.names.words.tokens import Token

__all__ = ["calibrated", "crossed_descent", "in_other_order", "raw_score"]

_BOTH = 1.7
_ONE = 0.3
_ONE_ORGANISATION = 0.4
_ONE_SYLLABLE = 1.2
_MOSTLY = 1.2
_FULL_IN_HAN = 3
"""Characters of a name in Han beside which another given name says nothing."""
_MISS = 2.2
_UNSURE = 1.0
_CROSSED = 0.4
_ASKED = 0.07
"""What names that tell of son and father by their order alone score, of the way from `REVIEW`:
a clerk may have turned columns, too."""
_OTHER_ORDER = 0.33
"""The same of a chain of given names in another order, which tells no family name."""
_TURNED_LEAST = 2
_LACKING = 0.6
"""What is left of the score of a Chinese name that lacks a syllable of the other."""
_OTHER_CHILD = 0.9
"""What names of brothers or sisters score at most, of the score that is looked at."""
_ANCESTRY, _SURELY = 3, 0.8
"""Words that meet in such names at least, and how alike these are."""
_ACRONYM = 0.85
_OTHER_FORM = 0.85
_SQUASHED = 0.97
_CONTRADICTION = 0.9
_ORGANISATION, _INITIAL = Kind.ORGANISATION, Role.INITIAL
_WHOLE = frozenset({Role.WORD, Role.ABBREVIATION})
_PERSIAN = frozenset("پچژگ")
_TURNED = {((0, 1), (1, 2)), ((1, 2), (0, 1)), ((2, 3), (2, 3))}


def raw_score(alignment: Alignment, left: Prepared, right: Prepared) -> float:
    """Weigh what met against what is left over."""
    met = missed = 0.0
    for one in alignment.met:
        weight = (_heft(left.tokens, *one.left) + _heft(right.tokens, *one.right)) / 2
        miss = min(1.0, _MISS * (1 - one.likeness))
        met += weight * (1 - miss)
        missed += weight * miss
    both_sides = bool(alignment.left_over and alignment.right_over)
    left_over = _over(left.tokens, alignment.left_over, both_sides=both_sides)
    right_over = _over(right.tokens, alignment.right_over, both_sides=both_sides)
    lone = _ONE if _has_another_given_name(alignment, left, right) else _lone(left, right)
    unsure = 0.5 if left.kind is _ORGANISATION or not (left_over or right_over) else _UNSURE
    both, one_side = min(left_over, right_over), abs(left_over - right_over)
    floor = _SQUASHED if left.squashed == right.squashed != "" else 0.0
    if met <= 0:
        return max(floor, _acronym(left, right))
    score = max(
        floor,
        met
        / (
            met
            + _BOTH * (both + missed * unsure)
            + lone * one_side * max(1.0, 1.2 / met, _MOSTLY * one_side / met)
        ),
    )
    if left.kind is _ORGANISATION:
        return max(_of_forms(score, left, right), _acronym(left, right))
    return _of_person(score, alignment, left, right)


def _of_person(score: float, alignment: Alignment, left: Prepared, right: Prepared) -> float:
    """Lower the score of persons whose words met, but in an order or as syllables of another."""
    if crossed_descent(alignment, left, right):
        return score * _CROSSED if left.fathers else min(score, _above(left, right, _ASKED))
    if in_other_order(alignment, left, right):
        return min(score, _above(left, right, _OTHER_ORDER))
    if score < threshold(left.script, right.script):
        return score
    if _of_siblings(alignment, left, right):
        return min(score, _OTHER_CHILD * threshold(left.script, right.script))
    if lacks_a_syllable(left, right):
        return score * _LACKING
    other = have_other_syllables(left, right)
    return min(score, _above(left, right, _ASKED)) if other else score


def _above(left: Prepared, right: Prepared, part: float) -> float:
    """Give the raw score some part of the way from `REVIEW` to 1."""
    turn = threshold(left.script, right.script)
    return turn + part * (1 - turn)


def in_other_order(alignment: Alignment, left: Prepared, right: Prepared) -> bool:
    """Say whether given names of Arabs alone, a man's, his father's and so on, are turned about.

    Where a comma or capitals tell the family's name, it may stand first; where both names say who
    the father is, that counts and no order.
    """
    if len(alignment.met) < _TURNED_LEAST or left.family or right.family:
        return False
    if left.fathers and right.fathers:
        return False
    if not all(map(_is_arabic, (*left.tokens, *right.tokens))):
        return False
    places = [right_span for _, right_span, _ in sorted(alignment.met)]
    return places != sorted(places)


def _of_siblings(alignment: Alignment, left: Prepared, right: Prepared) -> bool:
    """Say whether all words met but the given names: of one father, of his, and of one family."""
    if not len(alignment.left_over) == len(alignment.right_over) == 1:
        return False
    if len(alignment.met) < _ANCESTRY or min(met.likeness for met in alignment.met) < _SURELY:
        return False
    mine = {(met.left, met.right) for met in alignment.met}
    theirs = {(met.right, met.left) for met in alignment.met}
    return _given(left, right, mine) == alignment.left_over[0] and (
        _given(right, left, theirs) == alignment.right_over[0]
    )


def _given(name: Prepared, other: Prepared, met: set[tuple[Span, Span]]) -> int:
    """Give the place of the given name: the first that is not the family's; -1 of an initial."""
    whole = len(name.family) == len(name.tokens)
    family = set() if whole else set(name.family)
    last = len(other.tokens) - 1
    for (place, _), (at, _) in met:
        told = at in other.family and len(other.family) < len(other.tokens)
        if told or (place == 0 and at == last):
            family.add(place)
    place = next((at for at in range(len(name.tokens)) if at not in family), 0)
    return place if name.tokens[place].role is Role.NAME else -1


def _is_arabic(token: Token) -> bool:
    return not ARABIC_NAMES.isdisjoint(token.classes)


def _lone(left: Prepared, right: Prepared) -> float:
    """Give what a word on one side alone weighs; no syllable is left out of a name in Hangul."""
    if left.kind is _ORGANISATION:
        return _ONE_ORGANISATION
    if System.SYLLABLES in (left.tokens[0].system, right.tokens[0].system):
        return _ONE_SYLLABLE
    return _ONE


def _has_another_given_name(alignment: Alignment, left: Prepared, right: Prepared) -> bool:
    """Say whether a name in Han met all of another but the first word, as Carrie in Hong Kong."""
    if len(alignment.left_over) + len(alignment.right_over) != 1:
        return False
    one, other = (left, right) if alignment.right_over else (right, left)
    if other.script != "latin" or (alignment.left_over or alignment.right_over)[0] != 0:
        return False
    return one.script == "han" and sum(len(token.text) for token in one.tokens) >= _FULL_IN_HAN


def _over(tokens: tuple[Token, ...], places: tuple[int, ...], *, both_sides: bool) -> float:
    """Sum what is left over; an initial that contradicts another word weighs as much as one."""
    weight = 0.0
    for place in places:
        weight += _left_over(tokens, place, places, both_sides=both_sides)
    return weight


def _left_over(
    tokens: tuple[Token, ...], place: int, places: tuple[int, ...], *, both_sides: bool
) -> float:
    if tokens[place].role is not _INITIAL:
        return tokens[place].weight
    if both_sides:
        return _CONTRADICTION
    # an initial behind one that met is a patronymic's, and often not written
    second = place > 0 and tokens[place - 1].role is _INITIAL and place - 1 not in places
    return 0.0 if second else tokens[place].weight


def _heft(tokens: tuple[Token, ...], first: int, behind: int) -> float:
    if behind - first == 1:
        return tokens[first].weight
    return sum([token.weight for token in tokens[first:behind]])


def _acronym(left: Prepared, right: Prepared) -> float:
    if left.kind is not _ORGANISATION:
        return 0.0
    for short, long in ((left, right), (right, left)):
        if len(short.tokens) == 1 and len(long.tokens) > 1 and short.tokens[0].role in _WHOLE:
            return _ACRONYM if short.tokens[0].plain in acronym_of(long) else 0.0
    return 0.0


def _of_forms(score: float, left: Prepared, right: Prepared) -> float:
    if left.forms and right.forms and left.forms.isdisjoint(right.forms):
        return score * _OTHER_FORM
    return score


def crossed_descent(alignment: Alignment, left: Prepared, right: Prepared) -> bool:
    """Say whether the father of one name is the child of the other, and the other way round."""
    if not (left.fathers or right.fathers):
        return _turned_about(alignment, left, right)
    if not (left.fathers and right.fathers):
        return False
    turns = {(one.left[0] in left.fathers, one.right[0] in right.fathers) for one in alignment.met}
    return {(True, False), (False, True)} <= turns


def _turned_about(alignment: Alignment, left: Prepared, right: Prepared) -> bool:
    """Say whether two names in Arabic letters tell the same family, own name and father turned."""
    if not left.script == right.script == "arabic" or left.family or right.family:
        return False
    if _PERSIAN.intersection(left.text + right.text):
        # a second given name is nobody's father
        return False
    spans = {(one.left, one.right) for one in alignment.met}
    return len(left.tokens) == len(right.tokens) == len(_TURNED) and spans == _TURNED


def calibrated(raw: float, left: str, right: str) -> float:
    """Bend a raw score so that the threshold of two scripts lies at `REVIEW`."""
    turn = threshold(left, right)
    if raw < turn:
        return REVIEW * raw / turn
    return REVIEW + (1 - REVIEW) * (raw - turn) / (1 - turn)
