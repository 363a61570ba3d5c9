"""Terms and vocabularies, and the strict reading of one written as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "LANGUAGES",
    "Freedom",
    "Origin",
    "Status",
    "Term",
    "Vocabulary",
    "VocabularyBroken",
    "VocabularyError",
    "VocabularyUnknown",
    "read_vocabulary",
]

LANGUAGES = ("en", "ar", "be", "zh-hans", "fr", "lt", "fa", "ru", "es", "tr", "ug", "vi")
"""English, the source, then the languages of the product."""

_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*|[A-F]|[1-6]")
_TOP_KEYS = frozenset({"name", "version", "title", "translations", "source", "terms"})
_SOURCE_KEYS = frozenset({"citation", "url", "date", "status", "note"})
_TERM_KEYS = frozenset(
    {"code", "labels", "definition", "parent", "notes", "in_stock", "freedom", "external"}
)


class VocabularyError(Exception):
    """Something about a vocabulary is not as it must be."""


class VocabularyUnknown(VocabularyError, LookupError):
    """No vocabulary, version or term goes by this name."""


class VocabularyBroken(VocabularyError, ValueError):
    """The data of a vocabulary break its rules; the message names each place and the remedy."""

    def __init__(self, where: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{where}: " + " | ".join(problems))
        self.where = where
        self.problems = problems


class Status(StrEnum):
    """How well the wording of a list is known; shown to whoever reads it."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"
    OWN = "own"


class Freedom(StrEnum):
    """How free a way out of detention leaves somebody."""

    FULL = "full"
    CONDITIONAL = "conditional"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a list comes from, of which day, and how well that was checked."""

    citation: str
    url: str
    date: date
    status: Status
    note: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a vocabulary: the code never changes, the labels may."""

    code: str
    labels: Mapping[str, str]
    definition: str = ""
    parent: str | None = None
    notes: str = ""
    in_stock: bool | None = None
    """Whether a person to whom this applies is counted as held; None where it says nothing."""
    freedom: Freedom | None = None
    external: str = ""
    """Code of the same term in the list it was taken from."""

    def label(self, language: str) -> str:
        """Return the label in `language`, else in English."""
        return self.labels.get(language, self.labels["en"])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One version of one list of terms, in the order of the list."""

    name: str
    version: int
    title: str
    translations: str
    source: Origin
    terms: Mapping[str, Term]

    def term(self, code: str) -> Term:
        """Return the term with this code."""
        try:
            return self.terms[code]
        except KeyError:
            known = ", ".join(self.terms)
            raise VocabularyUnknown(
                f"{self.name} has no term {code!r}; its terms are: {known}."
            ) from None

    def under(self, code: str) -> tuple[Term, ...]:
        """Return the terms below `code`, at any depth, without `code` itself."""
        self.term(code)
        return tuple(term for term in self.terms.values() if code in self.ancestors(term.code))

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the codes above `code`, nearest first."""
        found: list[str] = []
        parent = self.term(code).parent
        while parent is not None:
            found.append(parent)
            parent = self.terms[parent].parent
        return tuple(found)


def read_vocabulary(data: Mapping[str, Any], *, where: str) -> Vocabulary:
    """Return the vocabulary that `data` describes, or say everything that is wrong with it."""
    problems = tuple(_problems(data))
    if problems:
        raise VocabularyBroken(where, problems)
    source = data["source"]
    terms = {row["code"]: _term(row) for row in data["terms"]}
    return Vocabulary(
        name=data["name"],
        version=data["version"],
        title=data["title"],
        translations=data.get("translations", ""),
        source=Origin(
            citation=source["citation"],
            url=source.get("url", ""),
            date=source["date"],
            status=Status(source["status"]),
            note=source.get("note", ""),
        ),
        terms=MappingProxyType(terms),
    )


def _term(row: Mapping[str, Any]) -> Term:
    return Term(
        code=row["code"],
        labels=MappingProxyType(dict(row["labels"])),
        definition=row.get("definition", ""),
        parent=row.get("parent"),
        notes=row.get("notes", ""),
        in_stock=row.get("in_stock"),
        freedom=Freedom(row["freedom"]) if "freedom" in row else None,
        external=row.get("external", ""),
    )


def _problems(data: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown_keys("the file", data, _TOP_KEYS)
    for key in ("name", "title"):
        if not _text(data.get(key)):
            yield f"{key}: write a text that is not empty"
    if not isinstance(data.get("version"), int) or data["version"] < 1:
        yield "version: write a whole number from 1 up"
    source = data.get("source")
    yield from _source_problems(source if isinstance(source, dict) else {})
    rows = data.get("terms")
    if not isinstance(rows, list) or not rows:
        yield "terms: write at least one [[terms]] table"
        return
    codes: set[str] = set()
    for number, row in enumerate(rows, start=1):
        yield from _term_problems(f"terms[{number}]", row, codes)
        codes.add(str(row.get("code")))


def _source_problems(source: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown_keys("source", source, _SOURCE_KEYS)
    if not _text(source.get("citation")):
        yield "source.citation: say where the list comes from"
    if not isinstance(source.get("date"), date):
        yield "source.date: write the day of the source or of the check, as 2026-11-23"
    if source.get("status") not in {status.value for status in Status}:
        yield "source.status: write one of " + ", ".join(Status)


def _term_problems(place: str, row: Mapping[str, Any], earlier: set[str]) -> Iterator[str]:
    yield from _unknown_keys(place, row, _TERM_KEYS)
    code = row.get("code")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        yield f"{place}.code: {code!r} must be small letters, figures and single underscores"
    elif code in earlier:
        yield f"{place}.code: {code!r} stands twice; remove one"
    labels = row.get("labels")
    if not isinstance(labels, dict) or not _text(labels.get("en")):
        yield f"{place}.labels: give at least the English label, en"
    else:
        for language, label in labels.items():
            if language not in LANGUAGES or not _text(label):
                yield f"{place}.labels.{language}: use a language of the product and a text"
    if "parent" in row and row["parent"] not in earlier:
        yield f"{place}.parent: {row['parent']!r} must be a code that stands above in the file"
    if "in_stock" in row and not isinstance(row["in_stock"], bool):
        yield f"{place}.in_stock: write true or false"
    if "freedom" in row and row["freedom"] not in {freedom.value for freedom in Freedom}:
        yield f"{place}.freedom: write one of " + ", ".join(Freedom)


def _unknown_keys(place: str, table: Mapping[str, Any], known: frozenset[str]) -> Iterator[str]:
    for key in sorted(set(table) - known):
        yield f"{place}: {key!r} is no key here; remove it or use one of {', '.join(sorted(known))}"


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
