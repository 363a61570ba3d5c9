"""Public names for measuring: list entries, innocents, evasions; read where they lie, never kept.

What is drawn is drawn by a seed, so that every run asks the same.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["TREATMENTS", "Treated", "innocents", "list_entities", "listed", "made", "treated"]

SEED = 20261126
EVADERS = 250
_LIKE = str.maketrans("aceopxyABEHKMOPTX", "асеорхуАВЕНКМОРТХ")  # noqa: RUF001 - lookalikes
_VOWELS = frozenset("aeiouAEIOU")

Treated = list[tuple[str, str]]
"""A name on the list, and how somebody wrote it so as not to be found."""


def list_entities(folder: Path) -> dict[str, list[str]]:
    """Give the names of every person on the lists, by id."""
    with gzip.open(folder / "entities.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        return {row["id"]: row["names"] for row in rows if row["type"] == "Person"}


def innocents(folder: Path) -> list[str]:
    """Give invented people's names of all countries."""
    with gzip.open(
        folder / "synthetic_innocents_global.csv.gz", "rt", encoding="utf-8", newline=""
    ) as lines:
        return [row["full_name"] for row in csv.DictReader(lines)]


def listed(folder: Path, size: int) -> list[str]:
    """Give so many different names: those of the lists first, then names of their words."""
    names = list(dict.fromkeys(name for found in list_entities(folder).values() for name in found))
    return names[:size] if size <= len(names) else names + made(names, size - len(names))


def made(names: list[str], number: int) -> list[str]:
    """Make other names of the words of names, each with as many words as one of them."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    known, found = set(names), dict[str, None]()
    latin = [name.replace(",", "").split() for name in names if name.isascii()]
    words = [word for name in latin for word in name]
    while len(found) < number:
        name = " ".join(chance.choice(words) for _ in chance.choice(latin))
        if name not in known:
            found[name] = None
    return list(found)


def treated(lists: Path) -> dict[str, Treated]:
    """Give so many persons of the American list, written otherwise in every way."""
    with gzip.open(
        lists / "us_ofac_2021-07" / "sdn.csv.gz", "rt", encoding="latin-1", newline=""
    ) as lines:
        names = [row[1] for row in csv.reader(lines) if len(row) > 2 and "individual" in row[2]]
    chance = random.Random(SEED)  # noqa: S311 - no secret
    chosen = chance.sample(sorted({name for name in names if "," in name}), EVADERS)
    return {
        how: [(name, write(name, chance)) for name in chosen] for how, write in TREATMENTS.items()
    }


def _each_word(name: str, write: Callable[[str], str]) -> str:
    return " ".join(write(word) for word in name.split())


def _no_vowels(name: str, _: random.Random) -> str:
    return _each_word(
        name, lambda word: word[:1] + "".join(c for c in word[1:] if c not in _VOWELS)
    )


def _initials(name: str, _: random.Random) -> str:
    family, _comma, given = name.partition(",")
    return f"{' '.join(f'{word[:1]}.' for word in given.split())} {family}"


def _truncated(name: str, _: random.Random) -> str:
    return _each_word(name, lambda word: word[: max(3, len(word) - 2)])


def _lookalikes(name: str, _: random.Random) -> str:
    return name.translate(_LIKE)


def _swapped(name: str, chance: random.Random) -> str:
    def write(word: str) -> str:
        if len(word) < 5:
            return word
        at = chance.randrange(1, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return _each_word(name, write)


TREATMENTS: dict[str, Callable[[str, random.Random], str]] = {
    "vowels dropped": _no_vowels,
    "initials": _initials,
    "truncation": _truncated,
    "lookalikes": _lookalikes,
    "letters swapped": _swapped,
}
