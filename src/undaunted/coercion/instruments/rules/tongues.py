"""Words of numbers and months by language, as a pack; folded, so that accents part nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.rules.folding import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Tongue", "months", "months_of_two", "other_months", "tongues"]

LEAST, LONG = 2, 6
"""Letters of a part of a word that was written together, and of such a word."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """Words of numbers of one language.

    Attributes:
        adds: words of a number that is added, as twenty or cuatrocientos, by its value.
        orders: words of a place in an order, as fourteenth.
        times: words by which what stands before is multiplied, as hundred or million.
        joins: words that may stand between, as and.
        prefixes: what is written together with the word after it, as the Arabic and.
        shared: words that mean something else in another language; alone they count only where a
            word of `spoken` says that this one is spoken. Those of `never` do not count alone.
    """

    code: str
    adds: Mapping[str, int]
    orders: Mapping[str, int]
    times: Mapping[str, int]
    joins: frozenset[str]
    prefixes: tuple[str, ...]
    shared: frozenset[str]
    never: frozenset[str]
    spoken: frozenset[str]

    def read(self, word: str) -> tuple[str, ...]:
        """Give the parts of a folded word that are of a number; none where one of them is not."""
        if self._has(word):
            return (word,)
        for prefix in self.prefixes:
            if word.startswith(prefix) and self._has(word.removeprefix(prefix)):
                return (word.removeprefix(prefix),)
        return self._parted(word) if len(word) >= LONG else ()

    def _has(self, word: str) -> bool:
        return word in self.adds or word in self.times or word in self.orders

    def _parted(self, word: str) -> tuple[str, ...]:
        """Part a word that was written together, as ikiyüzelli, the longest parts first."""
        for end in range(len(word) - LEAST, LEAST - 1, -1):
            if self._has(word[:end]):
                rest = word[end:]
                parts = (rest,) if self._has(rest) else self._parted(rest)
                if parts:
                    return (word[:end], *parts)
        return ()


@cache
def tongues() -> tuple[Tongue, ...]:
    """Give the languages whose words of numbers are held."""
    return tuple(_tongue(code, row) for code, row in _pack()["words"].items())


@cache
def months() -> Mapping[str, int]:
    """Give the number of a month by its folded name, as any of the languages writes it."""
    return _by_word(_pack()["months"])


@cache
def months_of_two() -> Mapping[str, int]:
    """Give the number of a month by its folded name, where that is of two words."""
    return {folded(name): int(number) for number, names in _pack()["months_of_two"].items()
            for name in names}  # fmt: skip


@cache
def other_months() -> Mapping[str, frozenset[int]]:
    """Give the numbers of a month by its folded name in the other languages of the Union."""
    told: dict[str, set[int]] = {}
    for number, words in _pack("months")["months"].items():
        for word in words.split():
            told.setdefault(folded(word), set()).add(int(number))
    return {word: frozenset(numbers) for word, numbers in told.items()}


@cache
def _pack(name: str = "numerals") -> dict[str, Any]:
    held = files("undaunted.coercion.instruments").joinpath("packs", f"{name}.toml")
    return tomllib.loads(held.read_text("utf-8"))


def _tongue(code: str, row: Mapping[str, Any]) -> Tongue:
    return Tongue(
        code,
        _by_word(row.get("adds", {})),
        _by_word(row.get("orders", {})),
        _by_word(row["times"]),
        frozenset(map(folded, row.get("joins", "").split())),
        tuple(map(folded, row.get("prefixes", "").split())),
        frozenset(map(folded, row.get("shared", "").split())),
        frozenset(map(folded, row.get("never", "").split())),
        frozenset(row.get("spoken", "").split()),
    )


def _by_word(told: Mapping[str, str]) -> dict[str, int]:
    return {folded(word): int(value) for value, words in told.items() for word in words.split()}
