"""Compiled loops give what plain code gives, and the same where nothing is compiled."""

from __future__ import annotations

import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from rapidfuzz import fuzz

from undaunted.engines.names import Kind, build_index, prepare
from undaunted.engines.names.lists.nearness import SURE, _name_of, _plain, _sorted, _sounds
from undaunted.engines.names.lists.shelves import Shelf
from undaunted.engines.names.loops.gathering import BOTH, ONE
from undaunted.engines.names.loops.likening import FULL, Alphabet, common, feed, patterns, ratio
from undaunted.engines.names.words.tokens import System

if TYPE_CHECKING:
    from undaunted.engines.names.words.prepared import Prepared

__all__: list[str] = []

_SIGNS = "abcdef ABſ金秀贤"
_WORDS = [
    "Zarina",
    "Velgant",
    "Velgantova",
    "Ahmad",
    "Husayn",
    "Jean",
    "Claude",
    "Mirvaux",
    "Kim",
    "Jongun",
    "Abdurrahman",
    "Nurdin",
    "Зарина",
    "Вельгант",
    "أحمد",
    "طارفين",
    "金秀贤",
    "김수현",
    "Ramzan",
    "Ramsan",
    "Tarvin",
]


def _ratios(asked: list[str], texts: list[str]) -> list[list[float]]:
    alphabet = Alphabet()
    signs, ends = alphabet.texts(texts)
    places, sizes = patterns(*alphabet.asked(asked))
    found = []
    for at in range(len(texts)):
        state = np.full(places.shape[1:], FULL, np.int64)
        feed(state, places, 0, len(asked), signs, ends[at], ends[at + 1])
        size = int(ends[at + 1] - ends[at])
        found.append([
            float(ratio(common(state, which, sizes[which]), sizes[which], size))
            for which in range(len(asked))
        ])  # fmt: skip
    return found


def test_texts_are_as_alike_as_rapidfuzz_says_however_long() -> None:
    chance = Random(1)  # noqa: S311 - no secret
    texts = ["".join(chance.choices(_SIGNS, k=size)) for size in (0, 1, 3, 8, 61, 62, 63, 130, 200)]
    whole = [[float(np.float32(fuzz.ratio(one, other))) for one in texts] for other in texts]
    assert _ratios(texts, texts) == whole


def test_signs_past_the_last_number_are_one_and_those_of_no_text_are_none() -> None:
    alphabet = Alphabet()
    many = "".join(map(chr, range(0x4E00, 0x4F00)))
    signs, _ = alphabet.texts([many])
    assert signs[:127].tolist() == list(range(128, 255))
    assert set(signs[127:].tolist()) == {255}
    assert alphabet.asked(["ſ" + many[0]]).signs.tolist() == [0, 128]


def _promise(met: float, asked: float, total: float) -> float:
    met = min(met, asked, total)
    left, right = asked - met, total - met
    return met / max(met + BOTH * min(left, right) + ONE * abs(left - right), 1e-6)


def _near(asked: Prepared, other: Prepared) -> float:
    """Give how near words are, each to the nearest."""
    met = np.array([
        [
            max(0.0, 1 - 2 * (1 - (fuzz.ratio(_sounds(one), _sounds(two))
                                   + fuzz.ratio(one.keys[0], two.keys[0])) / 200))
            for two in other.tokens
        ]
        for one in asked.tokens
    ])  # fmt: skip
    for i, one in enumerate(map(_name_of, asked.tokens)):
        for j, two in enumerate(map(_name_of, other.tokens)):
            if min(one, two) >= 0:
                met[i, j] = 1 if one == two else met[i, j] / 2
    mine = sum(t.weight * m for t, m in zip(asked.tokens, met.max(axis=1), strict=True))
    theirs = sum(t.weight * m for t, m in zip(other.tokens, met.max(axis=0), strict=True))
    left = sum(t.weight for t in asked.tokens) - mine
    right = sum(t.weight for t in other.tokens) - theirs
    whole = (mine + theirs) / 2
    return float(whole / max(whole + BOTH * min(left, right) + ONE * abs(left - right), 1e-6))


def _worth(asked: Prepared, other: Prepared, shared: float, *, apart: bool) -> float:
    """Give by plain code what a name promises."""
    asks, has = (any(t.system is System.ABJAD for t in n.tokens) for n in (asked, other))
    abjad = asks or (has and shared >= SURE)
    of = (lambda t: t.skeletons[0]) if abjad else _plain
    one, two = _sorted(asked, of), _sorted(other, of)
    ratio = fuzz.ratio(one, two) / 100
    near, words = (
        _promise(ratio * (len(one) + len(two)) / 2, len(one), len(two)),
        _near(asked, other),
    )
    if apart:
        like = fuzz.ratio("".join(map(of, asked.tokens)), "".join(map(of, other.tokens))) / 100
        near, words = (max(each, like if like >= 0.6 else 0) for each in (near, words))
    return 0.4 * shared + 0.3 * near + 0.3 * words


def test_names_promise_what_plain_code_says_and_none_is_left_that_promises_enough() -> None:
    chance = Random(2)  # noqa: S311 - no secret
    names = [" ".join(chance.choices(_WORDS, k=chance.randint(1, 4))) for _ in range(600)]
    shelf = build_index(names).stands[Kind.PERSON].shelf
    for asked in map(prepare, names[:60]):
        found = shelf._gathered(asked)  # noqa: SLF001 - what is looked at
        worth = {
            at: _worth(asked, shelf.names[at], shared, apart=apart)
            for at, shared, apart in zip(*(each.tolist() for each in found), strict=True)
        }
        for least in (0.0, 0.57, 0.8):
            places, promised = shelf.candidates(asked, most=1_000, least=least)
            assert promised.tolist() == pytest.approx(
                [worth[at] for at in places.tolist()], abs=1e-5
            )
            assert sorted(promised.tolist(), reverse=True) == promised.tolist()
            left = worth.keys() - set(places.tolist())
            assert all(worth[at] < least + 1e-5 for at in left)


def test_an_empty_shelf_is_made() -> None:
    assert Shelf([]).names == []


def test_who_compares_two_names_loads_no_compiler() -> None:
    said = "import sys; import undaunted.engines.names; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
