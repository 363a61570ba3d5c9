"""Which words of two names meet: one with one, or one with neighbours written apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from undaunted.engines.names.meeting import LEAST, likeness
from undaunted.engines.names.runs import (
    LETTERS_APART,
    Run,
    Span,
    has_other_signs,
    may_meet,
    run_at,
    run_of,
    spans,
)
from undaunted.engines.names.tokens import Role, System

if TYPE_CHECKING:
    from undaunted.engines.names.tokens import Prepared, Token

__all__ = ["Alignment", "Met", "align"]

_SURE = 0.9
_JOINED, _JOINED_CONSONANTS = 0.85, 0.93
"""How alike words read as one are at least; more where a script writes no vowels."""
_BEGUN = 0.85
"""How alike a word such as JC is to the neighbours that begin so."""
_SHORT = 3
_LEAST_OF_SHORT = 0.82
_LETTERS, _INITIAL = System.LETTERS, Role.INITIAL
"""By names of their own, since to look them up in their class takes as long as to compare."""

Found = list[tuple[float, int, int, int, int]]
"""How alike, then first place and place behind the last on either side."""


class Met(NamedTuple):
    """Words that met."""

    left: Span
    right: Span
    likeness: float


class Alignment(NamedTuple):
    """What met, and the places of what is left over."""

    met: tuple[Met, ...]
    left_over: tuple[int, ...]
    right_over: tuple[int, ...]


def align(left: Prepared, right: Prepared) -> Alignment:
    """Match the words of two names, the surest first.

    Words that both names have are compared with no others, unless some are written apart.
    """
    same = _same(left.tokens, right.tokens)
    found, joins = _found(left, right, same)
    if same and joins:
        found, joins = _found(left, right, {})
    return _chosen(found + joins, len(left.tokens), len(right.tokens))


def _same(ones: tuple[Token, ...], others: tuple[Token, ...]) -> dict[int, int]:
    """Give places of words that are in both names, where no name has one twice.

    Of letters alone: no other word is as like them.
    """
    places = {"": -1}
    for j, token in enumerate(others):
        if token.system is not _LETTERS or token.plain in places:
            return {}
        places[token.plain] = j
    found: dict[int, int] = {}
    seen = {""}
    for i, token in enumerate(ones):
        if token.system is not _LETTERS or token.plain in seen:
            return {}
        seen.add(token.plain)
        at = places.get(token.plain)
        if at is not None and token.role is not _INITIAL is not others[at].role:
            found[i] = at
    return found


def _found(left: Prepared, right: Prepared, same: dict[int, int]) -> tuple[Found, Found]:
    """Give which words are alike, and which are like neighbours of the other name."""
    found = [(1.0, i, i + 1, j, j + 1) for i, j in same.items()]
    ones = [i for i in range(len(left.tokens)) if i not in same]
    taken = set(same.values())
    others = [j for j in range(len(right.tokens)) if j not in taken]
    unsure_left, unsure_right = set(ones), set(others)
    for i in ones:
        one = left.tokens[i]
        for j in others:
            other = right.tokens[j]
            like = likeness(one, other)
            if like >= LEAST and _enough(one, other, like):
                found.append((like, i, i + 1, j, j + 1))
                if like >= _SURE:
                    unsure_left.discard(i)
                    unsure_right.discard(j)
    if not (unsure_left and unsure_right):
        return found, []
    joins = _joins(left, unsure_left, right, unsure_right)
    joins += [
        (like, j, j_end, i, i_end)
        for like, i, i_end, j, j_end in _joins(right, unsure_right, left, unsure_left)
    ]
    return found, joins


def _enough(one: Token, other: Token, like: float) -> bool:
    if like >= _LEAST_OF_SHORT or _INITIAL in (one.role, other.role):
        return True
    return min(len(one.plain), len(other.plain)) > _SHORT


def _joins(name: Prepared, apart: set[int], other: Prepared, unsure: set[int]) -> Found:
    """Match runs of one name with words of the other that nothing surely met.

    Words too unlike in length or keys to be alike are spared the comparison.
    """
    found: Found = []
    tokens = name.tokens
    words = [(place, other.tokens[place]) for place in unsure]
    lengths = [len(word.plain) for _, word in words if word.system is _LETTERS]
    in_letters = len(lengths) == len(words)
    sizes = [len(token.plain) for token in tokens]
    for first, behind in spans(len(tokens)):
        if in_letters and tokens[first].system is _LETTERS:
            size, count = sum(sizes[first:behind]), behind - first
            for length in lengths:
                if -LETTERS_APART <= size - length <= LETTERS_APART or length <= count:
                    break
            else:
                # most runs are: no word is as long, nor as short as their initials
                continue
        if apart.isdisjoint(range(first, behind)):
            continue
        run = run_at(name, first, behind)
        if run is not None:
            found += _joined(name, run, words)
    return found


def _joined(name: Prepared, run: Run, words: list[tuple[int, Token]]) -> Found:
    """Match a run of one name with words of the other."""
    found = []
    token = None
    for place, word in words:
        letters = word.plain if word.system is _LETTERS else ""
        apart = abs(run.size - len(letters)) > LETTERS_APART
        if run.in_letters and letters and apart and len(letters) > len(run.words):
            # most words are: neither as long as the run nor its initials
            continue
        if run.signs and has_other_signs(run, word):
            continue
        if may_meet(run, word):
            token = token or run_of(name, run.span)
            abjad = System.ABJAD in (token.system, word.system)
            least = _JOINED_CONSONANTS if abjad else _JOINED
            like = likeness(token, word, least)
        elif 0 < len(letters) <= len(run.words) and run.has_initials(letters):
            like = least = _BEGUN
        else:
            continue
        if like >= least:
            found.append((like, *run.span, place, place + 1))
    return found


def _chosen(found: Found, ones: int, others: int) -> Alignment:
    if len(found) > 1:
        found.sort(key=_surest)
    # places as bits: those that nothing met yet
    left, right = (1 << ones) - 1, (1 << others) - 1
    met = []
    for like, i, i_end, j, j_end in found:
        mine, theirs = (1 << i_end) - (1 << i), (1 << j_end) - (1 << j)
        if left & mine == mine and right & theirs == theirs:
            left ^= mine
            right ^= theirs
            met.append(Met((i, i_end), (j, j_end), like))
    return Alignment(tuple(met), _places(left, ones), _places(right, others))


def _places(bits: int, count: int) -> tuple[int, ...]:
    return tuple([place for place in range(count) if bits >> place & 1]) if bits else ()


def _surest(one: tuple[float, int, int, int, int]) -> tuple[float, int, int, int]:
    like, i, i_end, j, j_end = one
    return (-like, -(i_end - i + j_end - j), abs(i - j), i + j)
