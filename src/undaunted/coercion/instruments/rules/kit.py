"""The model law: articles of our own drafting, each resting on features that instruments have."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.rules.comparing import comparables, model_features
from undaunted.coercion.instruments.rules.refusals import PackBroken
from undaunted.coercion.instruments.rules.terms import Has
from undaunted.core.practices.rules.checking import extra_problems, text_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.coercion.instruments.rules.comparing import Comparable

__all__ = ["Kit", "KitArticle", "bracketed", "model_law", "read_kit", "who_has"]

LONGEST = 4000
_TOP = frozenset({"title", "about", "status", "articles"})


@dataclass(frozen=True, slots=True)
class KitArticle:
    """One article: its text with options in brackets, why it is so, and on what it rests.

    Attributes:
        rests_on: codes of features; `after`: where a like rule was read, or that it is our own.
    """

    key: str
    title: str
    text: str
    commentary: str
    rests_on: tuple[str, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Kit:
    """The model law as a whole."""

    title: str
    about: str
    status: str
    articles: tuple[KitArticle, ...]


@cache
def model_law() -> Kit:
    """Give the model law of this copy."""
    held = files("undaunted.coercion.instruments").joinpath("packs", "kit.toml")
    return read_kit(held.read_text("utf-8"))


def read_kit(text: str) -> Kit:
    """Give the model law of a pack. Raises `PackBroken` with all that is wrong."""
    held = tomllib.loads(text)
    rows: list[Mapping[str, Any]] = held.get("articles", [])
    problems = [*extra_problems("kit", held, _TOP)]
    for name in ("title", "about", "status"):
        problems += text_problems(name, held.get(name), LONGEST)
    problems += [each for number, row in enumerate(rows, 1) for each in _wrong(number, row)]
    resting = {code for row in rows for code in row.get("rests_on", ())}
    problems += [f"articles: none rests on {each.code}; the model law has this feature"
                 for each in model_features() if each.code not in resting]  # fmt: skip
    if problems:
        raise PackBroken(*problems)
    articles = tuple(
        KitArticle(**{**row, "text": row["text"].strip(), "rests_on": tuple(row["rests_on"])})
        for row in rows
    )
    return Kit(held["title"], held["about"], held["status"], articles)


def bracketed(text: str) -> tuple[tuple[str, bool], ...]:
    """Part a text into pieces, each with whether it is an option; brackets within count as one."""
    parts, depth, held = list[tuple[str, bool]](), 0, ""
    for sign in text:
        if sign == "[" and depth == 0:
            parts.append((held, False))
            held = ""
        held += sign
        depth += (sign == "[") - (sign == "]")
        if sign == "]" and depth == 0:
            parts.append((held, True))
            held = ""
    return tuple(part for part in (*parts, (held, False)) if part[0])


def who_has(article: KitArticle) -> tuple[Comparable, ...]:
    """Give the instruments that have every feature on which an article rests."""
    return tuple(
        each for each in comparables()
        if all(each.has(code) is Has.YES for code in article.rests_on)
    )  # fmt: skip


def _wrong(number: int, row: Mapping[str, Any]) -> Iterator[str]:
    place = f"articles[{number}]"
    yield from extra_problems(place, row, frozenset(KitArticle.__dataclass_fields__))
    for name in ("key", "title", "text", "commentary", "after"):
        yield from text_problems(f"{place}, {name}", row.get(name), LONGEST)
    text = str(row.get("text", ""))
    if text.count("[") != text.count("]"):
        yield f"{place}, text: has {text.count('[')} opening and {text.count(']')} closing brackets"
    codes = {each.code for each in model_features()}
    rests_on = row.get("rests_on")
    if not isinstance(rests_on, list) or not rests_on or not set(rests_on) <= codes:
        yield f"{place}, rests_on: write a list of features out of {', '.join(sorted(codes))}"
