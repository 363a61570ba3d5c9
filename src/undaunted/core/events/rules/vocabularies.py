"""The vocabularies in force, read once from the packs beside this subject."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.core.events.rules.terms import (
    LANGUAGES,
    Term,
    Vocabulary,
    VocabularyBroken,
    VocabularyUnknown,
    read_vocabulary,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["choices", "labels", "read_file", "term", "versions", "vocabularies", "vocabulary"]


def vocabularies() -> tuple[str, ...]:
    """Return the names of all vocabularies."""
    return tuple(sorted({name for name, _ in _files()}))


def versions(name: str) -> tuple[int, ...]:
    """Return the versions of a vocabulary, oldest first."""
    found = tuple(sorted(version for known, version in _files() if known == name))
    if not found:
        raise VocabularyUnknown(
            f"No vocabulary is called {name!r}; there are: {', '.join(vocabularies())}."
        )
    return found


def vocabulary(name: str, version: int | None = None) -> Vocabulary:
    """Return one version of a vocabulary, the newest if none is named."""
    known = versions(name)
    wanted = known[-1] if version is None else version
    if wanted not in known:
        raise VocabularyUnknown(f"{name} has no version {wanted}; it has {known}.")
    return _read(name, wanted)


def term(name: str, code: str) -> Term:
    """Return one term of the newest version."""
    return vocabulary(name).term(code)


def labels(name: str, language: str = "en") -> Mapping[str, str]:
    """Return code → label in `language`, in English where there is none."""
    if language not in LANGUAGES:
        raise VocabularyUnknown(f"{language!r} is not one of {', '.join(LANGUAGES)}.")
    return MappingProxyType(
        {code: word.label(language) for code, word in vocabulary(name).terms.items()}
    )


def choices(
    name: str, language: str = "en", *, under: str | None = None
) -> tuple[tuple[str, str], ...]:
    """Return (code, label) pairs in the order of the list; only those below `under` if given."""
    if under is None:
        return tuple(labels(name, language).items())
    return tuple((word.code, word.label(language)) for word in vocabulary(name).under(under))


def read_file(file: str, text: str) -> Vocabulary:
    """Return the vocabulary of one pack file, which is named NAME-VERSION.toml after it."""
    found = read_vocabulary(tomllib.loads(text), where=file)
    if file != f"{found.name}-{found.version}.toml":
        raise VocabularyBroken(file, ("name and version: write them as the file name has them",))
    return found


@cache
def _files() -> Mapping[tuple[str, int], str]:
    folder = files("undaunted.core.events").joinpath("packs")
    found: dict[tuple[str, int], str] = {}
    for file in sorted(path.name for path in folder.iterdir()):
        name, _, version = file.removesuffix(".toml").rpartition("-")
        found[name, int(version)] = file
    return MappingProxyType(found)


@cache
def _read(name: str, version: int) -> Vocabulary:
    file = _files()[name, version]
    path = files("undaunted.core.events").joinpath("packs", file)
    return read_file(file, path.read_text("utf-8"))
