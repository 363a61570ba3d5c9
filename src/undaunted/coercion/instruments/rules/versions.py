"""The open version of a paper does not tell what its confidential one keeps.

Nobody says of free text which of its words are names. In a script with capitals a word counts as
one that is written with a capital in both versions, and in one of them not only where a sentence
begins, unless it stands in small letters too or our own packs use it. In German, where every noun
has a capital, a name is two such words in a row. Names in scripts without capitals are not found;
figures and days are in all.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules.folding import folded
from undaunted.coercion.instruments.rules.leaks import (
    Secret,
    Secrets,
    check_leaks,
    leaks,
    secrets_with,
)
from undaunted.coercion.instruments.rules.refusals import InstrumentRefused
from undaunted.core.places.rules import countries, country_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["check_versions", "secrets_in"]

_TOKEN: Final = re.compile(r"[^\W\d_]+|[.!?:;\n]")
_GERMAN: Final = frozenset({"und", "der", "die", "das", "nicht", "von", "mit", "ist", "wurde"})
_SHORTEST = 3
_FEW = 3
"""So many words and no capital among them."""
_ENOUGH = 2
"""So many different German words, and a text is read as German."""


def check_versions(told: Iterable[tuple[str, str]], confidential: Mapping[str, str]) -> None:
    """Raise `SummaryLeaks` where parts that everybody reads tell what is confidential.

    Raises `InstrumentRefused` for a confidential text without a capital letter.
    """
    parts = tuple(told)
    _check_capitals(confidential)
    secrets = secrets_in(confidential, beside=" . ".join(text for _, text in parts))
    check_leaks(leaks(secrets, parts))


def _check_capitals(confidential: Mapping[str, str]) -> None:
    """Refuse a text in small letters alone, of which nobody can tell which words are names."""
    for key, text in confidential.items():
        words = [each for each in _words(text) if each.upper() != each.lower()]
        if len(words) >= _FEW and all(each.islower() for each in words):
            raise InstrumentRefused(
                f"{key}: has no capital letter, so that nobody can tell which words are names; "
                "write names with capitals"
            )


def secrets_in(confidential: Mapping[str, str], *, beside: str = "") -> Secrets:
    """Give names, rare figures and days of texts by their keys; `beside` is what is open."""
    names: list[Secret] = []
    for key, text in confidential.items():
        place = f"the confidential version, {key}"
        names += [Secret(place, each) for each in sorted(_names(text, beside))]
    texts = [(f"the confidential version, {key}", text) for key, text in confidential.items()]
    return secrets_with(names, texts)


def _names(text: str, beside: str) -> Iterator[str]:
    small = {word for part in (text, beside) for word in _words(part) if word.islower()}
    german = len(small & _GERMAN) >= _ENOUGH
    within = {word for word, first, _ in _capitals(beside) if not first}
    for word, first, paired in _capitals(text):
        if german and not paired:
            continue
        if folded(word) in small or folded(word).startswith(_places()):
            continue
        if first and not paired and word not in within and folded(word) in _ordinary():
            continue
        yield word


def _capitals(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Give words with capitals: whether a sentence begins there, and whether another is beside."""
    tokens = [".", *_TOKEN.findall(text), "."]
    for before, word, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if len(word) >= _SHORTEST and word[0].isupper():
            yield word, not before[0].isalpha(), _is_part(before) or _is_part(after)


def _is_part(word: str) -> bool:
    return word[0].isupper() and folded(word) not in _ordinary()


def _words(text: str) -> Iterator[str]:
    return (each for each in _TOKEN.findall(text) if each[0].isalpha())


@cache
def _places() -> tuple[str, ...]:
    """Names of countries; with an ending they are what is of a country."""
    return tuple(folded(country_name(each.code)) for each in countries())


@cache
def _ordinary() -> frozenset[str]:
    """Words that begin sentences and name nobody."""
    held = files("undaunted.coercion.instruments").joinpath("packs")
    read = {name: held.joinpath(f"{name}.toml").read_text("utf-8") for name in
            ("request", "measures", "checklists")}  # fmt: skip
    words = {word for text in read.values() for word in _words(text) if word.islower()}
    generic = tomllib.loads(held.joinpath("generic.toml").read_text("utf-8"))
    return frozenset(words | set(generic["ordinary"].split()) | set(generic["words"].split()))
