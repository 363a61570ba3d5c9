"""The words in which somebody is asked: model texts by purpose, audience, level and part.

Each pack is one language, versioned. What was shown or read out is composed of its sentences, and a
grant keeps pack, version, language and the SHA-256 of the words, so that anybody can later say what
exactly was agreed to. A text that no native speaker has reviewed says so.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.consent.rules.agreements import (
    Audience,
    AudienceKind,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.core.places.rules import UnknownCountry, country_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

__all__ = [
    "FIRST_LANGUAGE",
    "Asked",
    "ModelTexts",
    "Shown",
    "TextsBroken",
    "model_texts",
    "read_texts",
    "shown_text",
    "state_in",
    "text_languages",
]

FIRST_LANGUAGE: Final = "en"
"""The language that every other is a translation of."""
_FRAME: Final = (
    "title", "beginning", "purpose", "audience", "level", "groups", "until", "withdraw",
    "without", "public_warning", "government_warning", "never", "unreviewed",
)  # fmt: skip
_BODIES: Final = (
    "lawyers", "funds", "funds-asked", "relocation", "care", "inquiry", "platforms",
)  # fmt: skip
"""Bodies that a box at a door stands for: nobody has named them, so the pack says who they are."""
_LEVELS: Final = tuple(level.name.lower() for level in IdentityLevel if level)


class TextsBroken(ValueError):
    """A pack lacks a sentence or has one too many; the message names pack and key."""


@dataclass(frozen=True, slots=True)
class ModelTexts:
    """One pack: the sentences of one language."""

    id: str
    version: str
    language: str
    reviewed: bool
    frame: Mapping[str, str]
    purposes: Mapping[str, str]
    audiences: Mapping[str, str]
    bodies: Mapping[str, str]
    levels: Mapping[str, str]
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked to agree to; `named` is the audience's name as people know it."""

    purposes: tuple[Purpose, ...]
    audience: Audience
    level: IdentityLevel
    groups: tuple[FieldGroup, ...]
    until: date
    named: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The words somebody was shown, and where they come from."""

    pack: str
    version: str
    language: str
    reviewed: bool
    title: str
    paragraphs: tuple[str, ...]
    unreviewed: str
    """What must be said of a text that nobody has reviewed; empty where somebody has."""
    hash: str


@cache
def model_texts(language: str) -> ModelTexts:
    """Give the pack of a language; English where there is none."""
    folder = files("undaunted.core.consent").joinpath("packs")
    path = folder.joinpath(f"texts-{language}.toml")
    if language not in text_languages():
        return model_texts(FIRST_LANGUAGE)
    return read_texts(path.name, path.read_text("utf-8"))


@cache
def text_languages() -> tuple[str, ...]:
    """Give the languages that there is a pack of, English first."""
    folder = files("undaunted.core.consent").joinpath("packs")
    found = {
        path.name.removeprefix("texts-").removesuffix(".toml")
        for path in folder.iterdir()
        if path.name.startswith("texts-")
    }
    return (FIRST_LANGUAGE, *sorted(found - {FIRST_LANGUAGE}))


def shown_text(asked: Asked, language: str) -> Shown:
    """Give the words in which this is asked, in one language, with what must be said of them."""
    texts = model_texts(language)
    paragraphs = _paragraphs(texts, asked, _named(asked, texts.language))
    # An audience may change its name: what is hashed holds its code.
    words = "\n".join((texts.frame["title"], *_paragraphs(texts, asked, str(asked.audience))))
    return Shown(
        pack=texts.id,
        version=texts.version,
        language=texts.language,
        reviewed=texts.reviewed,
        title=texts.frame["title"],
        paragraphs=paragraphs,
        unreviewed="" if texts.reviewed else texts.frame["unreviewed"],
        hash=hashlib.sha256(words.encode()).hexdigest(),
    )


def _paragraphs(texts: ModelTexts, asked: Asked, named: str) -> tuple[str, ...]:
    frame = texts.frame
    public = asked.audience.kind is AudienceKind.PUBLIC
    governmental = asked.audience.kind is AudienceKind.GOVERNMENT
    return (
        frame["beginning"],
        f"{frame['purpose']} {_listed(texts.purposes, (each.value for each in asked.purposes))}",
        f"{frame['audience']} {_who_sees(texts, asked.audience, named)}",
        *([frame["public_warning"]] if public else []),
        *([frame["government_warning"].format(name=named)] if governmental else []),
        f"{frame['level']} {texts.levels[asked.level.name.lower()]}",
        f"{frame['groups']} {_listed(texts.groups, (each.value for each in asked.groups))}",
        frame["never"],
        frame["until"].format(day=asked.until.isoformat()),
        frame["withdraw"],
        frame["without"],
    )


def state_in(audience: str, language: str) -> str:
    """Give the name of the state that an audience is the government of; empty for every other."""
    held = Audience.parse(audience)
    return _state(held.name, language) if held.kind is AudienceKind.GOVERNMENT else ""


def _named(asked: Asked, language: str) -> str:
    named = asked.named or asked.audience.name
    return _state(named, language) if asked.audience.kind is AudienceKind.GOVERNMENT else named


def _state(text: str, language: str) -> str:
    """Name the state of a code; what is no code is a name already."""
    try:
        return country_name(text, language)
    except UnknownCountry:
        return text


def _who_sees(texts: ModelTexts, audience: Audience, named: str) -> str:
    if audience.kind is AudienceKind.BODY and audience.name in texts.bodies:
        return texts.bodies[audience.name]
    return texts.audiences[audience.kind.value].format(name=named)


def read_texts(name: str, text: str) -> ModelTexts:
    """Read one pack. Raises `TextsBroken`, which names the pack and the key."""
    try:
        held = tomllib.loads(text)
        made = ModelTexts(
            id=str(held["id"]),
            version=str(held["version"]),
            language=str(held["language"]),
            reviewed=held["reviewed"] is True,
            frame=_exactly(name, "frame", held["frame"], _FRAME),
            purposes=_exactly(name, "purposes", held["purposes"], tuple(Purpose)),
            audiences=_exactly(name, "audiences", held["audiences"], tuple(AudienceKind)),
            bodies=_exactly(name, "bodies", held["bodies"], _BODIES),
            levels=_exactly(name, "levels", held["levels"], _LEVELS),
            groups=_exactly(name, "groups", held["groups"], tuple(FieldGroup)),
        )
    except tomllib.TOMLDecodeError as problem:
        raise TextsBroken(f"{name}: {problem}") from problem
    except KeyError as problem:
        raise TextsBroken(f"{name}: {problem.args[0]} is missing") from problem
    return made


def _exactly(name: str, part: str, held: Any, wanted: Iterable[str]) -> Mapping[str, str]:  # noqa: ANN401 - TOML
    keys = {str(each) for each in wanted}
    if not isinstance(held, dict):
        raise TextsBroken(f"{name}: [{part}] is no table")
    wrong = keys.symmetric_difference(held)
    if wrong:
        raise TextsBroken(f"{name}: [{part}] lacks or has too many: {', '.join(sorted(wrong))}")
    empty = [key for key, words in held.items() if not str(words).strip()]
    if empty:
        raise TextsBroken(f"{name}: [{part}] is empty at {', '.join(sorted(empty))}")
    return {key: str(words) for key, words in held.items()}


def _listed(words: Mapping[str, str], keys: Iterable[str]) -> str:
    return "; ".join(words[key] for key in keys) + "."
