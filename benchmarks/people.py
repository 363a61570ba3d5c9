"""People who do not exist, as many as wanted, with names in twelve scripts, from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.core.actors.rules.names import search_form

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["COUNTRIES", "LAWS", "ROLES", "SCRIPTS", "Words", "World", "invent"]

COUNTRIES = ("XR", "XS", "XB", "XF", "XZ")
ROLES = (
    "activist", "hrd", "journalist", "opposition_politician", "student", "lawyer",
    "minority_member", "trade_unionist", "artist", "former_insider", "other",
)  # fmt: skip
LAWS = (
    "extremism", "terrorism", "public_order_assembly", "treason_state_security", "false_news",
    "foreign_agent_funding", "defamation_insult", "drugs_pretext", "tax_fraud_pretext", "cyber",
)  # fmt: skip
GENDERS = ("man", "woman", "")
SCRIPTS = {
    "Latn": (), "Cyrl": (0x430, 0x44F), "Arab": (0x628, 0x63A), "Hebr": (0x5D0, 0x5EA),
    "Hans": (0x4E00, 0x5800), "Hang": (0xAC00, 0xB800), "Kana": (0x30AB, 0x30CF),
    "Thai": (0xE01, 0xE2E), "Deva": (0x915, 0x939), "Geor": (0x10D0, 0x10F0),
    "Armn": (0x561, 0x586), "Grek": (0x3B1, 0x3C9),
}  # fmt: skip
SHORT = frozenset({"Hans", "Hang"})
EPOCH, TODAY = date(1976, 1, 1), date(2026, 6, 1)
GIVEN, FAMILY = 160, 1600
_ONSETS = [
    "b",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "z",
    "sh",
    "ch",
    "tr",
    "br",
    "st",
]
_RIMES = ["a", "e", "i", "o", "u", "an", "el", "in", "or", "ar", "ey"]

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Words:
    """The words names of one script are made of, each with the form it is searched by."""

    given: list[str]
    family: list[str]
    given_forms: list[str]
    family_forms: list[str]


@dataclass(frozen=True)
class World:
    """Columns about persons, and columns about spells (`whose` is the person)."""

    script: list[str]
    given: Array
    family: Array
    country: Array
    gender: Array
    birth_year: Array
    roles: list[tuple[str, ...]]
    status: Array
    level: Array
    published: Array
    whose: Array
    start: Array
    doubt: Array
    end: Array
    law: Array
    tier: Array
    died: Array
    confirmed: Array
    words: dict[str, Words]

    def name(self, person: int, script: str) -> tuple[str, str]:
        """Give a person's name in a script, and its search form."""
        words, given, family = self.words[script], self.given[person], self.family[person]
        space = "" if script in SHORT else " "
        form = f"{words.given_forms[given]} {words.family_forms[family]}"
        return f"{words.given[given]}{space}{words.family[family]}", form


def invent(persons: int, seed: int = 20260601) -> World:
    """Give `persons` people with one and a half spells each."""
    dice = np.random.default_rng(seed)
    scripts = list(SCRIPTS)
    second = dice.random(persons) < 0.5
    whose = np.concatenate([np.arange(persons), np.flatnonzero(second)])
    start, end = _spells(dice, persons, second)
    spells = len(whose)
    return World(
        script=[scripts[at] for at in dice.integers(0, len(scripts), persons)],
        given=_skewed(dice, GIVEN, persons),
        family=_skewed(dice, FAMILY, persons),
        country=_chosen(dice, COUNTRIES, (35, 25, 20, 8, 12), persons),
        gender=_chosen(dice, GENDERS, (70, 25, 5), persons),
        birth_year=dice.integers(1930, 2006, persons),
        roles=list(_roles(dice, persons)),
        status=_chosen(dice, ("recognised", "candidate", "not_recognised"), (82, 11, 7), persons),
        level=_chosen(dice, ("name", "code"), (90, 10), persons),
        published=dice.random(persons) < 0.97,
        whose=whose,
        start=start,
        doubt=np.where(dice.random(spells) < 0.2, 30, 0),
        end=end,
        law=_chosen(dice, LAWS, (26, 20, 15, 11, 9, 7, 5, 3, 2, 2), spells),
        tier=_chosen(dice, "ABCD", (45, 30, 20, 5), spells),
        died=dice.random(spells) < 0.01,
        confirmed=dice.random(spells) < 0.3,
        words={script: _words(dice, script) for script in scripts},
    )


def _spells(dice: np.random.Generator, persons: int, second: Array) -> tuple[Array, Array]:
    """Give days since 1970; the end -1 is open. A second spell follows the first."""
    first_day, today = ((day - date(1970, 1, 1)).days for day in (EPOCH, TODAY))
    begin = first_day + ((today - first_day) * dice.random(persons) ** 0.6).astype(int)
    end = begin + 3 + dice.exponential(700, persons).astype(int)
    again = end + 30 + dice.exponential(500, persons).astype(int)
    over = again + 3 + dice.exponential(900, persons).astype(int)
    begin[second] = np.minimum(begin[second], today - 400)
    end[second] = np.clip(end[second], begin[second] + 1, today - 200)
    again = np.clip(again, end + 30, np.maximum(end + 31, today - 100))
    starts = np.concatenate([begin, again[second]])
    ends = np.concatenate([end, np.maximum(over, again + 3)[second]])
    held = ends >= today
    held[:persons] &= ~second
    ends = np.where(held, -1, np.maximum(ends, starts + 1))
    return starts, ends


def _roles(dice: np.random.Generator, persons: int) -> Iterator[tuple[str, ...]]:
    one = _skewed(dice, len(ROLES), persons)
    two = _skewed(dice, len(ROLES), persons)
    pairs = dice.random(persons) < 0.15
    for first, other, both in zip(one, two, pairs, strict=True):
        yield tuple(sorted({ROLES[first], ROLES[other]})) if both else (ROLES[first],)


def _words(dice: np.random.Generator, script: str) -> Words:
    given = _vocabulary(dice, script, GIVEN, 2)
    family = _vocabulary(dice, script, FAMILY, 3)
    return Words(given, family, [search_form(w) for w in given], [search_form(w) for w in family])


def _vocabulary(dice: np.random.Generator, script: str, number: int, length: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < number:
        found[_word(dice, script, length)] = None
    return list(found)


def _word(dice: np.random.Generator, script: str, length: int) -> str:
    if script == "Latn":
        parts = (str(dice.choice(_ONSETS)) + str(dice.choice(_RIMES)) for _ in range(length))
        return "".join(parts).capitalize()
    first, last = SCRIPTS[script]
    letters = length if script in SHORT else 2 * length
    return "".join(chr(code) for code in dice.integers(first, last, letters))


def _skewed(dice: np.random.Generator, number: int, persons: int) -> Array:
    return (number * dice.random(persons) ** 1.7).astype(int)


def _chosen(
    dice: np.random.Generator, values: tuple[str, ...] | str, weights: tuple[int, ...], number: int
) -> Array:
    odds = np.array(weights) / sum(weights)
    return np.array(list(values))[dice.choice(len(odds), number, p=odds)]
