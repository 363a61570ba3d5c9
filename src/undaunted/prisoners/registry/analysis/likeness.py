"""How alike the names of two case files are, in any scripts, and under which keys they meet.

The door to the engine of names. A name that it refuses (no letter in it) is like its equal alone.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.names import clean_name
from undaunted.engines.names import NameRefused, best, prepare, prepare_all
from undaunted.prisoners.registry.rules.matching import NameLikeness, birth_years
from undaunted.prisoners.registry.rules.matching import compare as weighed

if TYPE_CHECKING:
    from undaunted.engines.names import Aliases, Prepared
    from undaunted.prisoners.registry.rules.matching import CaseSketch, MatchReasons

__all__ = ["blocking_hints", "blocking_keys", "compare", "likeness_of", "spelling_of"]

_MOST_NAMES: Final = 12
_MOST_WORDS: Final = 6
"""Words of a name that are put together to keys; what stands behind them is seldom a name."""


def compare(left: CaseSketch, right: CaseSketch) -> MatchReasons:
    """Compare two case files, their names in whatever scripts, and say why they may be one."""
    return weighed(left, right, likeness_of(left.names, right.names))


def likeness_of(left: tuple[str, ...], right: tuple[str, ...]) -> NameLikeness | None:
    """Give the likest two names of two files, None where one has none; the same both ways round."""
    one, other = left[:_MOST_NAMES], right[:_MOST_NAMES]
    if not (one and other):
        return None
    if one <= other:
        return NameLikeness(*_likest(one, other))
    score, theirs, ours = _likest(other, one)
    return NameLikeness(score, ours, theirs)


def blocking_keys(sketch: CaseSketch) -> frozenset[str]:
    """Give the keys of which two files about one person nearly always share at least one.

    Every whole spelling is a key, and every two words as all romanisations have them; a single word
    where it is the whole name.
    """
    return frozenset().union(*(_keys_of(name)[0] for name in sketch.names[:_MOST_NAMES]))


def blocking_hints(sketch: CaseSketch) -> frozenset[str]:
    """Give single words with the year of birth: a key for what is misspelled or left out."""
    years = birth_years(sketch.birth)
    words = frozenset().union(*(_keys_of(name)[1] for name in sketch.names[:_MOST_NAMES]))
    return frozenset(f"{word}@{year}" for word in words for year in years)


def spelling_of(sketch: CaseSketch) -> str:
    """Give the first name as it is counted, to know how common it is."""
    return _keys_of(sketch.names[0])[2] if sketch.names else ""


@lru_cache(maxsize=65_536)
def _likest(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[float, str, str]:
    plain = _in_common(left, right)
    if plain is not None:
        return 1.0, plain, plain
    ones, others = _ready(left), _ready(right)
    if ones is None or others is None:
        return 0.0, left[0], right[0]
    found = best(ones, others)
    return found.score, _named(left, ones)[found.left], _named(right, others)[found.right]


def _in_common(left: tuple[str, ...], right: tuple[str, ...]) -> str | None:
    """Give a name that both have, letter for letter."""
    return next((name for name in left if name in right), None)


@lru_cache(maxsize=32_768)
def _ready(names: tuple[str, ...]) -> Aliases | None:
    try:
        return prepare_all(names)
    except NameRefused:
        return None


def _named(names: tuple[str, ...], ready: Aliases) -> list[str]:
    """Give the names as written, in the places that the engine speaks of."""
    return list(dict.fromkeys(name for name in names if name not in ready.refused))


@lru_cache(maxsize=32_768)
def _keys_of(name: str) -> tuple[frozenset[str], frozenset[str], str]:
    """Give keys of a name alone, the words that make a key with a year of birth, its spelling."""
    text = clean_name(name).casefold()
    whole = {f"={text}"} if text else set[str]()
    words: set[str] = set()
    try:
        ready = prepare(name)
    except NameRefused:
        return frozenset(whole), frozenset(), text
    for one in (ready, *ready.also):
        whole.add(f"={_sorted(one)}")
        by_word = [set(token.keys) for token in one.tokens[:_MOST_WORDS]]
        words.update(*by_word)
        joined = one.keys.difference(*by_word)
        for first, second in combinations(by_word, 2):
            whole.update("|".join(sorted((a, b))) for a in first for b in second if a != b)
        if len(by_word) <= 2:  # noqa: PLR2004 - what others may write as one word
            whole |= joined
            words |= joined
        if len(by_word) == 1:
            whole |= by_word[0]
        whole.update("|".join(sorted((a, b))) for a in joined for b in words if a != b)
    return frozenset(whole), frozenset(words), _sorted(ready)


def _sorted(ready: Prepared) -> str:
    return " ".join(sorted(token.plain for token in ready.tokens))
