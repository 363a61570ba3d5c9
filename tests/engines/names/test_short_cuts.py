"""What is spared by bounds changes nothing: alignments and gathered names as without them."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.names import Kind, best, build_index, prepare, prepare_all, score
from undaunted.engines.names.letters.abjads import heard_as, units
from undaunted.engines.names.letters.latin import folds_of
from undaunted.engines.names.lists.shelves import _votes
from undaunted.engines.names.loops.gathering import LEAST_PROMISE, promise
from undaunted.engines.names.pairs.aligning import _chosen, _found, align
from undaunted.engines.names.pairs.comparing import _aligned, _readings
from undaunted.engines.names.pairs.meeting import likeness
from undaunted.engines.names.words.runs import (
    has_other_signs,
    may_meet,
    run_at,
    run_of,
    spans,
    surely_unheard,
)
from undaunted.engines.names.words.shapes import have_same_words, runs_of, shape_of
from undaunted.engines.names.words.spelling import token_of
from undaunted.engines.names.words.tokens import System
from undaunted.engines.names.words.unheard import may_be_heard

if TYPE_CHECKING:
    from undaunted.engines.names.words.neighbours import Run
    from undaunted.engines.names.words.prepared import Prepared
    from undaunted.engines.names.words.tokens import Token

__all__: list[str] = []

_WORDS = [
    "Velgant",
    "Velgantov",
    "Velganta",
    "Velgantovich",
    "Ahmad",
    "Ahmed",
    "Muhammad",
    "Mohammed",
    "Husayn",
    "Abdul",
    "Rahman",
    "Abdurrahman",
    "Nur",
    "Din",
    "Nurdin",
    "al-Tarvin",
    "Tarvin",
    "Jo",
    "Jo-Ann",
    "Joann",
    "J.",
    "A.",
    "Ibn",
    "Van",
    "Vander",
    "Berg",
    "44",
    "Вельгант",
    "Вельгантов",
    "Ахмед",
    "Мухаммед",
    "Нур",
    "дин",
    "طارفين",
    "أحمد",
    "محمد",
    "عبد",
    "الرحمن",
    "نور",
    "金",
    "金秀",
    "贤",
    "秀贤",
    "김",
    "수현",
]


def _names(seed: int, count: int) -> list[str]:
    chance = Random(seed)  # noqa: S311 - no secret
    return [" ".join(chance.choices(_WORDS, k=chance.randint(1, 4))) for _ in range(count)]


def _loose(name: Prepared) -> bool:
    return len(name.tokens) == 1 or _in_syllables(name)


def _in_syllables(name: Prepared) -> bool:
    return name.tokens[0].system is System.SYLLABLES


def test_words_that_both_names_have_are_aligned_as_if_all_were_compared() -> None:
    shared = 0
    for left, right in zip(_names(1, 4_000), _names(2, 4_000), strict=True):
        one, other = prepare(left), prepare(right)
        found, joins = _found(one, other, {})
        sizes = len(one.tokens), len(other.tokens)
        assert align(one, other) == _chosen(found + joins, *sizes), (left, right)
        shared += bool({t.plain for t in one.tokens} & {t.plain for t in other.tokens})
    assert shared > 500


def test_a_word_that_is_surely_not_heard_would_not_have_been() -> None:
    for word in ("طارفين", "أحمد", "محمد", "عبدالرحمن"):
        for fold in ("tarvin", "ahmad", "muhamad", "abdurahman", "kirilov", "savin", "a"):
            whole = heard_as(units(word), fold)
            for least in (0.5, 0.7, 0.9):
                if (bounded := heard_as(units(word), fold, least)) >= least or whole >= least:
                    assert bounded == whole


def test_a_word_that_lacks_letters_of_another_would_not_have_been_heard() -> None:
    chance = Random(8)  # noqa: S311 - no secret
    parts = ["ab", "d", "kh", "th", "tsch", "tz", "j", "dj", "x", "qu", "c", "sh", "o", "l", "m"]
    parts += ["n", "r", "ts", "w", "ph", "ue", "s", "a", "g", "zh", "h", "i", "b", "f", "dzh"]
    signs = "ابتثجحخدذرزسشصضطظعغفقكلمنهويچپژگ"
    spared = heard = 0
    words = [*("".join(chance.choices(parts, k=chance.randint(1, 6))) for _ in range(400))]
    words += ["tarvin", "ahmad", "mohammad", "khalid", "chaled", "abdallah", "fatima", "hassan"]
    others = [*("".join(chance.choices(signs, k=chance.randint(1, 6))) for _ in range(60))]
    for listed in (
        *others,
        "طارفين",
        "أحمد",
        "محمد",
        "خالد",
        "عبدالله",
        "فاطمة",
        "حسن",
        "דוד",
        "משה",
    ):
        token = token_of(listed, "hebrew" if listed > "\u05cf" and listed < "\u0600" else "arabic")
        for word in words:
            best = max(heard_as(token.letters, fold) for fold in folds_of(word))
            for enough in (0.5, 0.68, 0.93):
                if not may_be_heard(token, word, enough):
                    spared += 1
                    assert best < enough, (listed, word)
                heard += best >= enough
    assert spared > 40_000
    assert heard > 500


def test_words_in_one_that_are_surely_unheard_are_not_alike() -> None:
    spared = 0
    words = ["Velgant", "Ahmad", "Reza", "Abdul", "Rahman", "Mo", "hammad", "Ah", "mad", "Sala"]
    words += ["ma", "Abd", "Hus", "ayn", "Vel", "Gan", "Şah", "Khal", "id", "Cha", "led", "Ullah"]
    others = ["أحمد", "محمد", "عبدالرحمن", "حسين", "خالد", "رضا", "سلامة", "احمدرضا", "طارفين"]
    for one, other, listed in product(words, words, others):
        name = prepare(f"{one} {other} Velgant Tarvin")
        run, word = run_at(name, 0, 2), prepare(f"{listed} طارفين").tokens[0]
        if run is not None and surely_unheard(run, word, 0.93):
            spared += 1
            assert likeness(run_of(name, run.span), word, 0.93) < 0.93, (one, other, listed)
    assert spared > 2_000


def test_names_gathered_are_all_that_promise_enough() -> None:
    shelf = build_index(_names(4, 2_000)).stands[Kind.PERSON].shelf
    numbers, postings = shelf._numbers, shelf._postings  # noqa: SLF001 - what is counted
    totals = shelf._totals  # noqa: SLF001 - what is counted
    counted, syllabic = shelf._words, shelf._apart  # noqa: SLF001 - what is counted
    for asked in map(prepare, _names(3, 300)):
        weights = np.zeros(totals.size, np.float32)
        joined = np.zeros(totals.size, np.bool_)
        for keys, weight, as_one in _votes(asked):
            rarest = np.zeros(totals.size, np.float32)
            for key in {numbers[key] for key in keys if key in numbers}:
                under = postings.names[postings.starts[key] : postings.starts[key + 1]]
                rarest[under] = np.maximum(rarest[under], postings.telling[key])
                joined[under] |= as_one
            weights += np.float32(weight) * rarest
        total = np.float32(shelf._total(asked))  # noqa: SLF001 - what is counted
        promised = np.array([
            promise(weight, total, whole) for weight, whole in zip(weights, totals, strict=True)
        ])  # fmt: skip
        found = shelf._gathered(asked)  # noqa: SLF001 - what is counted
        least = max(LEAST_PROMISE, np.sort(promised)[-600])
        kept = postings.kept & (promised >= LEAST_PROMISE)
        assert found.names.tolist() == np.flatnonzero(kept | (promised >= least)).tolist()
        assert found.shared.tolist() == promised[found.names].tolist()
        words = counted[found.names]
        apart = joined[found.names] & (words != len(asked.tokens))
        loose = syllabic[found.names] | _loose(asked)
        apart |= loose & (words != len(asked.tokens))
        assert found.apart.tolist() == apart.tolist()


def test_words_spell_one_or_two_signs_in_full_or_are_not_compared() -> None:
    spared = 0
    signs = ["金", "秀", "贤", "金秀", "秀贤", "水贤", "김", "수현", "현수", "陈", "全国", "国全"]
    spelt = ["Kim", "Jin", "Xiu", "Xian", "Su", "Hyeon", "Soo", "Chen", "Quan", "Guo", "Gook"]
    for word, one, other in product(signs, spelt, spelt):
        token = prepare(word).tokens[-1] if len(word) == 1 else prepare("王 " + word).tokens[-1]
        name = prepare(f"{one} {other} Velgant")
        run = run_at(name, 0, 2)
        assert run is not None
        if not may_meet(run, token):
            spared += 1
            assert likeness(run_of(name, run.span), token, 0.85) < 0.85, (word, one, other)
        elif len(token.text) == 1:
            assert run.letters in {*token.syllables[0], *(token.heard or ((),))[0]}
    assert spared > 1_000


def test_words_that_no_run_is_compared_with_would_not_have_met_it() -> None:
    met = 0
    pairs = [("Velgant Ahmad Reza", "احمدرضا طارفين")]
    for name, other in zip(_names(5, 2_000), _names(6, 2_000), strict=True):
        words = name.split()
        # as it is, but two words written as one, and two others behind it
        pairs.append((name, " ".join(["".join(words[:2]), *words[2:], *other.split()[:2]])))
    for left, right in pairs:
        one, two = prepare(left), prepare(right)
        found, joins = _found(one, two, {})
        sure = [row for row in found if row[0] >= 0.9]
        apart = set(range(len(one.tokens))).difference(row[1] for row in sure)
        unsure = set(range(len(two.tokens))).difference(row[3] for row in sure)
        expected = [
            (like, run.span[0], run.span[1], place, place + 1)
            for run in _runs(one)
            if unsure and not apart.isdisjoint(range(*run.span))
            for place in sorted(unsure)
            if (like := _like(one, run, two.tokens[place]))
        ]
        assert [row for row in joins if row[2] - row[1] > 1] == expected, (left, right)
        met += len(expected)
    assert met > 200


def _runs(name: Prepared) -> list[Run]:
    found = [run_at(name, *span) for span in spans(len(name.tokens))]
    return [run for run in found if run is not None]


def _like(name: Prepared, run: Run, word: Token) -> float:
    """Compare a run with a word whatever their lengths, but where either rule forbids it."""
    if run.signs and has_other_signs(run, word):
        return 0.0
    if may_meet(run, word):
        token = run_of(name, run.span)
        least = 0.93 if System.ABJAD in (token.system, word.system) else 0.85
        like = likeness(token, word, least)
        return like if like >= least else 0.0
    initials = "".join(token.plain[:1] for token in run.words)
    return 0.85 if word.system is System.LETTERS and word.plain == initials else 0.0


def test_names_with_the_same_words_score_as_if_these_were_aligned() -> None:
    whole = 0
    others = ["Ahmad Muhammad", "Velgant Tarvin Ahmad", "Ahmad ibn Velgant Nur", "J. Velgant"]
    listed = [*others, "محمد أحمد نور", "نور محمد أحمد", "Weber GmbH"]
    for name in (*_names(7, 1_500), *listed):
        mixed = name.split()
        Random(len(name)).shuffle(mixed)  # noqa: S311 - no secret
        one, other = prepare_all([name]), prepare_all([" ".join(mixed).upper()])
        left, right = one.names[0], other.names[0]
        whole += have_same_words(left, right)
        aligned = max(_aligned(*pair)[0] for pair in _readings(left, right))
        assert score(left, right) == best(one, other).score == aligned, (name, mixed)
    assert whole > 400


def test_a_shape_is_kept_by_names_of_one_bearer_alone() -> None:
    (kept,) = prepare_all(["Velganta Tarvin"]).names
    other = prepare("Velganta Tarvins")
    assert kept.shape is shape_of(kept) is not None
    assert other.shape is None
    assert runs_of(other, shape_of(other)) is runs_of(other, shape_of(other))
    assert [run[-1].letters for run in runs_of(kept, shape_of(kept))] == ["velgantatarvin"]
    assert not have_same_words(kept, other)
