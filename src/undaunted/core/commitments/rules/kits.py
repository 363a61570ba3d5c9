"""A model law for an instrument: articles of our own drafting, each resting on its features."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.core.practices.rules.checking import extra_problems, text_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undaunted.core.commitments.rules.entry import Feature

__all__ = ["Kit", "KitArticle", "ModelLawBroken", "bracketed", "read_model_law"]

LONGEST = 4000
_TOP = frozenset({"title", "about", "status", "articles"})


class ModelLawBroken(ValueError):
    """A model law cannot be read; `problems` says all that is wrong."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


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


def read_model_law(text: str, features: Iterable[Feature]) -> Kit:
    """Give the model law of a pack. Raises `ModelLawBroken` with all that is wrong.

    `features` are those that the model regime asks for: each needs an article.
    """
    held = tomllib.loads(text)
    codes = [each.code for each in features]
    rows: list[Mapping[str, Any]] = held.get("articles", [])
    problems = [*extra_problems("kit", held, _TOP)]
    for name in ("title", "about", "status"):
        problems += text_problems(name, held.get(name), LONGEST)
    problems += [each for number, row in enumerate(rows, 1) for each in _wrong(number, row, codes)]
    resting = {code for row in rows for code in row.get("rests_on", ())}
    problems += [
        f"articles: none rests on {code}; the model law has this feature"
        for code in codes
        if code not in resting
    ]
    if problems:
        raise ModelLawBroken(tuple(problems))
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


def _wrong(number: int, row: Mapping[str, Any], codes: list[str]) -> Iterator[str]:
    place = f"articles[{number}]"
    yield from extra_problems(place, row, frozenset(KitArticle.__dataclass_fields__))
    for name in ("key", "title", "text", "commentary", "after"):
        yield from text_problems(f"{place}, {name}", row.get(name), LONGEST)
    text = str(row.get("text", ""))
    if text.count("[") != text.count("]"):
        yield f"{place}, text: has {text.count('[')} opening and {text.count(']')} closing brackets"
    rests_on = row.get("rests_on")
    if not isinstance(rests_on, list) or not rests_on or not set(rests_on) <= set(codes):
        yield f"{place}, rests_on: write a list of features out of {', '.join(sorted(codes))}"
