"""Taking parts out of a letter: what is black is gone, and its length is not told."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from undaunted.core.evidence.rules import BLACK, PassageMissing, Passages
from undaunted.core.intake.rules.letters import (
    Answers,
    LetterUnreadable,
    read_answers,
    write_answers,
)
from undaunted.core.intake.rules.questions import FORMAT

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    "BLACK",
    "NothingTakenOut",
    "PassageMissing",
    "Redacted",
    "read_redacted",
    "redact_answers",
    "redact_text",
    "write_redacted",
]


class NothingTakenOut(ValueError):
    """The copy would be the letter itself: neither an answer nor a passage was taken out."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A redacted copy and what it was made of: the record, the letter, the digest of its seal."""

    record: UUID
    kind: str
    sequence: int
    head: str
    answers: Answers | None = None
    text: str | None = None


def redact_answers(answers: Answers, fields: Collection[str], passages: list[str]) -> Answers:
    """Black out whole answers by key, and passages wherever they stand.

    Passages are found whatever their case, accents, line breaks and marks without width; the
    language of the reporter is kept. Raises `PassageMissing`, `NothingTakenOut`.
    """
    black = Passages(passages)
    given = {
        key: BLACK if key in fields else _over(black, value) for key, value in answers.given.items()
    }
    black.require_all(
        each
        for value in answers.given.values()
        for each in ([value] if isinstance(value, str) else value)
    )
    if given == answers.given:
        raise NothingTakenOut("name an answer or a passage of the letter to take out")
    return replace(answers, given=given)


def redact_text(text: str, passages: list[str]) -> str:
    """Black out passages of a message. Raises `PassageMissing`, `NothingTakenOut`."""
    black = Passages(passages)
    black.require_all([text])
    copy = black.over(text)
    if copy == text:
        raise NothingTakenOut("name a passage of the letter to take out")
    return copy


def write_redacted(copy: Redacted) -> bytes:
    """Give the bytes to seal."""
    held: dict[str, Any] = {
        "format": FORMAT,
        "of": {
            "record": str(copy.record),
            "kind": copy.kind,
            "sequence": copy.sequence,
            "head": copy.head,
        },
        "text": copy.text,
    }
    if copy.answers is not None:
        held["answers"] = json.loads(write_answers(copy.answers))
    return json.dumps(held, ensure_ascii=False, sort_keys=True).encode()


def read_redacted(content: bytes) -> Redacted:
    """Read a redacted copy. Raises `LetterUnreadable`."""
    try:
        held = json.loads(content)
        of, answers = held["of"], held.get("answers")
        if held["format"] != FORMAT:
            raise LetterUnreadable("another format")
        return Redacted(
            record=UUID(of["record"]),
            kind=str(of["kind"]),
            sequence=int(of["sequence"]),
            head=str(of["head"]),
            answers=read_answers(json.dumps(answers).encode()) if answers else None,
            text=None if held["text"] is None else str(held["text"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise LetterUnreadable("no redacted copy") from problem


def _over(black: Passages, value: str | list[str]) -> str | list[str]:
    return [black.over(each) for each in value] if isinstance(value, list) else black.over(value)
