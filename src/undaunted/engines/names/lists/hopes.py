"""Names of a list as arrays, by which it is told who of the candidates may reach a score at all."""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from undaunted.engines.names.calibration import REVIEW, threshold
from undaunted.engines.names.letters import abjads
from undaunted.engines.names.loops import said
from undaunted.engines.names.loops.hearing import LONGEST
from undaunted.engines.names.loops.joining import WORDS
from undaunted.engines.names.loops.reaching import MOST_WORDS, NO, THEIRS, YES, Rows, may_reach
from undaunted.engines.names.loops.said import Said
from undaunted.engines.names.pairs.aligning import is_joined
from undaunted.engines.names.pairs.meeting import strictness_of
from undaunted.engines.names.words.given import classes_of, forms_of
from undaunted.engines.names.words.runs import spans
from undaunted.engines.names.words.tokens import Role, System
from undaunted.engines.names.words.unheard import needs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from undaunted.engines.names.letters.abjads import Units
    from undaunted.engines.names.lists.nearness import Nearness
    from undaunted.engines.names.words.prepared import Prepared
    from undaunted.engines.names.words.tokens import Token

__all__ = ["Hopes"]

_MANY, _THREE = 64, 3
"""Scripts and scores of which is kept what they need; syllables of which one is the middle."""
_KINDS = {
    System.LETTERS: said.LETTERS, System.ABJAD: said.HEARD, System.FITTED: said.HEARD,
    System.SYLLABLES: said.SPELT,
}  # fmt: skip
_LOOSE = frozenset({Role.INITIAL, Role.NUMBER, Role.ABBREVIATION})
_OF_ABJAD, _OF_KEYS = 0.66, 0.5
_ROUNDING = 1e-6
_SYLLABIC, _LONGEST_SYLLABIC = frozenset({"han", "hangul"}), 6
_SERVANT = ("abd", "عبد")
_VOWELS = frozenset("aeiou")


class Hopes:
    """What is told of the names of a list, persons' alone."""

    def __init__(
        self, names: Sequence[Prepared], others: Sequence[tuple[int, Prepared]], words: Nearness
    ) -> None:
        self._names = names
        self._said = _said(map(_told.__wrapped__, words.tokens))
        self._rows = Rows(words.ends, words.written, _silent())
        self._scripts: dict[str, int] = {}
        numbers = [self._scripts.setdefault(name.script, len(self._scripts)) for name in names]
        self._script = np.array(numbers, np.int16)
        self._squashed = np.array([_number_of(name.squashed) for name in names], np.int32)
        self._several = np.zeros(len(names), np.bool_)
        """Which names have other readings, of which any may be meant."""
        self._several[[at for at, _ in others]] = True
        self._several[len(names) - len(others) :] = True
        self._needed: dict[tuple[str, float], NDArray[np.float64]] = {}

    def reaching(self, name: Prepared, rows: NDArray[np.int32], least: float) -> NDArray[np.int32]:
        """Give those of some names that may reach a score with one of a single reading."""
        needed = self._of_scripts(name.script, least)[self._script[rows]]
        asked = _said([*map(_told, name.tokens), *_runs(name)])
        may = may_reach(self._said, self._rows, asked, len(name.tokens), rows, needed)
        may[self._several[rows] | (self._squashed[rows] == _number_of(name.squashed))] = YES
        for at in (may > 0).nonzero()[0].tolist():
            other, bits = self._names[rows[at]], int(may[at])
            if not _joined(name, other, bits) and not _joined(other, name, bits >> THEIRS):
                may[at] = NO
        found: NDArray[np.int32] = rows[may != NO]
        return found

    def _of_scripts(self, script: str, least: float) -> NDArray[np.float64]:
        key = script, least
        if key not in self._needed:
            if len(self._needed) > _MANY:
                self._needed.clear()
            self._needed[key] = np.array(
                [_raw(least, threshold(script, other)) for other in self._scripts]
            )
        return self._needed[key]


def _joined(name: Prepared, other: Prepared, bits: int) -> bool:
    """Say whether any of some runs of a name is like any of some words of another."""
    if not bits & (1 << WORDS) - 1:
        return False
    words = [word for at, word in enumerate(other.tokens) if bits >> WORDS + at & 1]
    return any(
        is_joined(name, span, words)
        for at, span in enumerate(spans(len(name.tokens)))
        if bits >> at & 1
    )


def _runs(name: Prepared) -> list[_Told]:
    """Tell of words of a name as one, by twos and threes, where all are in one such script."""
    tokens = name.tokens
    system, script = tokens[0].system, tokens[0].script
    if len(tokens) > MOST_WORDS or any(token.script != script for token in tokens):
        return []
    if any(token.system is not system for token in tokens):
        return []
    if system is System.ABJAD:
        tell = _as_one_abjad
    elif system is System.SYLLABLES and script in _SYLLABIC:
        tell = _as_one_in_syllables
    else:
        return []
    return [tell(tokens[first:behind]) for first, behind in spans(len(tokens))]


def _as_one_abjad(words: tuple[Token, ...]) -> _Told:
    form = abjads.one_form("".join([word.text for word in words]))
    letters = abjads.units(form)
    classes = classes_of((abjads.consonants(form), form))
    odd = not 0 < len(letters) <= LONGEST
    flags = (
        said.ODD * odd
        + said.SERVANT * words[0].text.startswith(_SERVANT)
        + said.CLASSES * bool(classes)
    )
    known = next(iter(classes)) if len(classes) == 1 else -1
    return _Told(
        b"", (0, 0, 0, 0), (1, 1, 1, 0, 0, 0, len(letters), said.HEARD, flags, known, 0, 0), 0.0,
        *_sounds(letters), (0,) * 2 * len(letters), (strictness_of(words[0]), 0.0),
    )  # fmt: skip


def _as_one_in_syllables(words: tuple[Token, ...]) -> _Told:
    syllables = [ways for word in words for ways in word.syllables]
    heard = [ways for word in words for ways in word.heard]
    ways = _ways_of(syllables, heard if all(word.heard for word in words) else [])
    texts = ("", "", "", "", *(way for part in ways for way in part))
    odd = sum(len(word.text) for word in words) > _LONGEST_SYLLABIC or not all(
        word.syllables for word in words
    )
    return _Told(
        "".join(texts).encode(), tuple(map(len, texts)),
        (1, 1, 1, *map(len, ways), 0, said.SPELT, said.ODD * odd, -1, len(syllables), 0), 0.0,
        (), (), (), (strictness_of(words[0]), 0.0),
    )  # fmt: skip


def _ways_of(*said_so: Sequence[tuple[str, ...]]) -> tuple[list[str], list[str], list[str]]:
    """Give spellings of a first syllable, of the middle one of three, and of a last one."""
    every = [each for each in said_so if each]
    return (
        list(dict.fromkeys(way for each in every for way in each[0])),
        list(dict.fromkeys(way for each in every if len(each) == _THREE for way in each[1])),
        list(dict.fromkeys(way for each in every for way in each[-1])),
    )  # fmt: skip


@lru_cache(maxsize=1 << 10)
def _forms(classes: frozenset[int]) -> int:
    """Give which of five letters forms of a name have, each set of these as a bit of a number."""
    found = 0
    for fold in forms_of(classes):
        found |= 1 << sum((letter in fold) << at for at, letter in enumerate("blmnr"))
    return found - (1 << 32) if found >> 31 else found


def _sounds(letters: Units) -> tuple[tuple[int, ...], tuple[float, ...]]:
    return tuple([_bits(sounds) for sounds, _ in letters]), tuple([cost for _, cost in letters])


@lru_cache(maxsize=1 << 10)
def _bits(sounds: tuple[str, ...]) -> int:
    return sum(1 << ord(sound) - 64 for sound in sounds)


def _raw(least: float, turn: float) -> float:
    """Give the raw score that becomes `least`, a little less; as `calibrated` bends it."""
    if least <= REVIEW:
        return least * turn / REVIEW - _ROUNDING
    return turn + (least - REVIEW) * (1 - turn) / (1 - REVIEW) - _ROUNDING


def _number_of(text: str) -> int:
    return hash(text) & 0x7FFFFFFF


class _Told(NamedTuple):
    signs: bytes
    sizes: tuple[int, ...]
    words: tuple[int, ...]
    weight: float
    sounds: tuple[int, ...]
    costs: tuple[float, ...]
    needs: tuple[int, ...]
    strict: tuple[float, float]


@lru_cache(maxsize=1 << 11)
def _told(token: Token) -> _Told:
    """Give what is told of a word."""
    folds = dict.fromkeys((*token.folds, *token.akin))
    ways = _ways_of(token.syllables, token.heard)
    texts = (
        token.plain, *folds, *token.skeletons, *token.keys, *ways[0], *ways[1], *ways[2]
    )  # fmt: skip
    kind = _KINDS[token.system]
    lacking = (kind == said.HEARD and not token.letters) or (
        kind == said.SPELT and not token.syllables
    )
    whole = "".join(texts)
    odd = lacking or not whole.isascii() or not all(texts) or max(map(len, texts)) > LONGEST
    odd |= len(token.letters) > LONGEST
    if odd:
        # nothing is known of it, but its weight
        texts, folds, ways, whole = ("", "", "", ""), {"": None}, ([], [], []), ""
    skeletons, keys = (1, 1) if odd else (len(token.skeletons), len(token.keys))
    servant = token.plain if token.system is System.LETTERS else token.text
    flags = (
        said.ODD * odd
        + said.LOOSE * (token.role in _LOOSE)
        + said.BARE * _VOWELS.isdisjoint(token.plain[1:])
        + said.SERVANT * servant.startswith(_SERVANT)
        + said.LATIN * (token.script == "latin")
        + said.PLAIN * (token.script == "latin" and token.text.isascii())
        + said.AKIN * bool(token.akin)
        + said.CLASSES * bool(token.classes)
    )
    known = next(iter(token.classes)) if len(token.classes) == 1 else -1
    letters = token.letters if not odd else ()
    words = (
        len(folds), skeletons, keys, *map(len, ways), len(letters), kind, flags, known,
        len(token.syllables), _forms(token.classes) if token.classes else 0,
    )  # fmt: skip
    needs = [0] * 2 * len(letters)
    if letters:
        needed, over = needs_of(token)
        left = iter(needed)
        for at, (sounds, cost) in enumerate(letters):
            if cost and _VOWELS.isdisjoint(sounds):
                needs[2 * at] = next(left)[0]
            needs[2 * at + 1] = over
    abjad = token.system is System.ABJAD
    strict = strictness_of(token), _OF_ABJAD if abjad else _OF_KEYS
    return _Told(
        whole.encode(), tuple(map(len, texts)), words, token.weight,
        *_sounds(letters), tuple(needs), strict,
    )  # fmt: skip


def _said(all_told: Iterable[_Told]) -> Said:
    """Write words as arrays."""
    signs: list[bytes] = []
    sizes, words, sounds, needs = array("i", [0]), array("i"), array("q"), array("q")
    weights, costs, strict = array("d"), array("d"), array("d")
    for told in all_told:
        words.extend((len(sizes) - 1, len(sounds), *told.words))
        signs.append(told.signs)
        sizes.extend(told.sizes)
        weights.append(told.weight)
        sounds.extend(told.sounds)
        costs.extend(told.costs)
        needs.extend(told.needs)
        strict.extend(told.strict)
    return Said(
        np.frombuffer(b"".join(signs), np.uint8),
        np.cumsum(np.array(sizes, np.int32), dtype=np.int32),
        np.array(words, np.int32).reshape(-1, said.COUNTED), np.array(weights),
        np.array(sounds, np.int64), np.array(costs, np.float64),
        np.array(needs, np.int64).reshape(-1, 2), np.array(strict).reshape(-1, 2),
    )  # fmt: skip


def _silent() -> NDArray[np.float64]:
    """Give what signs cost that no letter stands for: within, first, last, an i before vowels."""
    within = np.ones(256)
    for sign, cost in abjads.SILENT.items():
        within[ord(sign)] = cost
    first, last = within.copy(), within.copy()
    for sign, cost in abjads.FIRST_SIGN.items():
        first[ord(sign)] = cost
    for sign, cost in abjads.LAST_SIGN.items():
        last[ord(sign)] = cost
    return np.stack([within, first, last, np.full(256, abjads.Y_BEFORE)])
