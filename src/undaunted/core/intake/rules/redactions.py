"""Taking parts out of a letter: what is black is gone, and its length is not told."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

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
    "PassageMissing",
    "Redacted",
    "read_redacted",
    "redact_answers",
    "redact_text",
    "write_redacted",
]

BLACK = "█████"
"""Stands for whatever was taken out, however long it was."""


class PassageMissing(ValueError):
    """These passages stand nowhere in the letter; `lines` gives their numbers, from 1."""

    def __init__(self, lines: tuple[int, ...]) -> None:
        super().__init__(f"lines {', '.join(map(str, lines))}: not found in the letter")
        self.lines = lines


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
    """Black out whole answers by key, and passages wherever they stand. Raises `PassageMissing`.

    Passages are found whatever their case; the language of the reporter is kept.
    """
    black = _Black(passages)
    given = {
        key: BLACK if key in fields else black.over(value) for key, value in answers.given.items()
    }
    black.require_all(answers.given.values())
    return replace(answers, given=given)


def redact_text(text: str, passages: list[str]) -> str:
    """Black out passages of a message. Raises `PassageMissing`."""
    black = _Black(passages)
    black.require_all([text])
    return str(black.over(text))


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


class _Black:
    """Passages to take out of texts."""

    def __init__(self, passages: list[str]) -> None:
        wanted = [_plain(each).strip() for each in passages]
        self._wanted = [
            (line, re.compile(re.escape(each), re.IGNORECASE))
            for line, each in enumerate(wanted, start=1)
            if each
        ]

    def over(self, value: str | list[str]) -> str | list[str]:
        """Give a value without the passages."""
        if isinstance(value, list):
            return [self._text(each) for each in value]
        return self._text(value)

    def require_all(self, values: Collection[str | list[str]]) -> None:
        """Raise `PassageMissing` where a passage stands nowhere."""
        texts = [
            _plain(each)
            for value in values
            for each in ([value] if isinstance(value, str) else value)
        ]
        missing = tuple(
            line
            for line, pattern in self._wanted
            if not any(pattern.search(text) for text in texts)
        )
        if missing:
            raise PassageMissing(missing)

    def _text(self, text: str) -> str:
        plain = _plain(text)
        # The longest first, so that a passage inside another leaves nothing of it behind.
        for _, pattern in sorted(self._wanted, key=lambda each: -len(each[1].pattern)):
            plain = pattern.sub(BLACK, plain)
        return plain


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)
