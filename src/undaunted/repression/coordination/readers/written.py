"""What is drawn up at a terminal: a proposal, a court case, a petition, each in a file of TOML.

Who is meant and what is asked stand in a file, never among the words of a command, which everybody
on the machine can read while it runs.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.rules import (
    Asked,
    CoordinationRefused,
    Court,
    CourtCase,
    OtherLaw,
    Petitioner,
    Subject,
    SubjectKind,
    read_key,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from enum import StrEnum

__all__ = ["WrittenPetition", "WrittenProposal", "read_case", "read_petition", "read_proposal"]

_MOST_BYTES = 2**20
_PROPOSAL = (
    "kind", "name", "entry", "state", "identification", "conduct", "exculpatory", "authorities",
    "tlp", "invited",
)  # fmt: skip
_CASE = ("entry", "number", "court", "outcome", "day", "source", "address", "verified")
_PETITION = (
    "authority", "law", "law_source", "asked", "received_on", "entry", "name", "represented_by",
    "asks",
)  # fmt: skip
Word = TypeVar("Word", bound="StrEnum")


@dataclass(frozen=True, slots=True)
class WrittenProposal:
    """Whom a proposal is about, how it is marked, whom it never reaches and whom it invites."""

    subject: Subject
    tlp: Tlp
    state: str
    invited: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class WrittenPetition:
    """Who asks for what, when it came, and under which law."""

    petitioner: Petitioner
    asked: Asked
    received_on: date
    authority: str
    law: OtherLaw | None


def read_proposal(content: bytes) -> WrittenProposal:
    """Read a proposal. Raises `CoordinationRefused` naming the field."""
    told = _fields(content, _PROPOSAL)
    entry = _text(told, "entry")
    return WrittenProposal(
        subject=Subject(
            kind=_word(told, "kind", SubjectKind),
            name=_text(told, "name"),
            identification=_text(told, "identification"),
            conduct=_text(told, "conduct"),
            exculpatory=_text(told, "exculpatory"),
            authorities=_texts(told, "authorities"),
            entry=read_key(entry) if entry else None,
        ),
        tlp=_word(told, "tlp", Tlp),
        state=_text(told, "state"),
        invited=tuple(_id(each) for each in _texts(told, "invited")),
    )


def read_case(content: bytes) -> CourtCase:
    """Read a court case. Raises `CoordinationRefused` naming the field."""
    told = _fields(content, _CASE)
    return CourtCase(
        entry=read_key(_text(told, "entry")),
        number=_text(told, "number"),
        court=_text(told, "court"),
        outcome=_word(told, "outcome", Court),
        day=_day(told, "day"),
        source=_text(told, "source"),
        address=_text(told, "address"),
        read_at_publisher=_yes(told, "verified"),
    )


def read_petition(content: bytes) -> WrittenPetition:
    """Read a petition. Raises `CoordinationRefused` naming the field."""
    told = _fields(content, _PETITION)
    law, source = _text(told, "law"), _text(told, "law_source")
    return WrittenPetition(
        petitioner=Petitioner(
            name=_text(told, "name"),
            represented_by=_text(told, "represented_by"),
            entry=read_key(_text(told, "entry")),
            asks=_text(told, "asks"),
        ),
        asked=_word(told, "asked", Asked),
        received_on=_day(told, "received_on"),
        authority=_text(told, "authority"),
        law=OtherLaw(law, source) if law or source else None,
    )


def _fields(content: bytes, known: Collection[str]) -> dict[str, Any]:
    if len(content) > _MOST_BYTES:
        raise CoordinationRefused(f"file: it has more than {_MOST_BYTES} bytes; write less")
    try:
        told = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise CoordinationRefused("file: it is not written in UTF-8; save it as such") from problem
    except (ValueError, RecursionError) as problem:
        raise CoordinationRefused(f"file: it is no TOML: {str(problem)[:200]}") from problem
    strange = [each for each in told if each not in known]
    if strange:
        fields = ", ".join(known)
        raise CoordinationRefused(f"file: {strange[0][:40]!r} is not one of {fields}")
    return told


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise CoordinationRefused(f"{name}: write it as text, in quotation marks")
    return value


def _texts(told: dict[str, Any], name: str) -> tuple[str, ...]:
    value = told.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise CoordinationRefused(f'{name}: write a list of texts, as ["one", "another"]')
    return tuple(value)


def _word(told: dict[str, Any], name: str, words: type[Word]) -> Word:
    value = _text(told, name)
    try:
        return words(value)
    except ValueError:
        known = ", ".join(words)
        raise CoordinationRefused(f"{name}: {value[:40]!r} is not one of {known}") from None


def _day(told: dict[str, Any], name: str) -> date:
    value = told.get(name)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(_text(told, name))
    except ValueError:
        raise CoordinationRefused(f"{name}: it is no day; write it as 2026-12-10") from None


def _yes(told: dict[str, Any], name: str) -> bool:
    value = told.get(name, False)
    if not isinstance(value, bool):
        raise CoordinationRefused(f"{name}: write true or false")
    return value


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CoordinationRefused(
            f"invited: {text[:40]!r} is no id; `undaunted coordination seats` shows them"
        ) from None
