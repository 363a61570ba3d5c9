"""Taking parts out of a letter: what is black is gone, and its length is not told."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from undaunted.core.intake.rules.letters import (
    Answers,
    LetterUnreadable,
    read_answers,
    write_answers,
)
from undaunted.core.intake.rules.questions import FORMAT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

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

BLACK = "█████"
"""Stands for whatever was taken out, however long it was."""
_UNSEEN: Final = frozenset({"Mn", "Me", "Cf", "Cc"})
"""Accents, vowel signs and marks without width: two writings that differ in these are one name."""
_TATWEEL: Final = "\u0640"
_BREAK: Final = "\u200b"
"""A space without width: it may stand between words or within one."""
_ALIKE: Final = str.maketrans(
    "\u0131\u064a\u0649\u0643\u2018\u2019\u02bc\u2010\u2011\u2013\u2014",
    "i\u06cc\u06cc\u06a9'''----",
)
"""Letters and signs that keyboards give one for the other: dotless i, yeh, kaf, quotes, dashes."""


class NothingTakenOut(ValueError):
    """The copy would be the letter itself: neither an answer nor a passage was taken out."""


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
    """Black out whole answers by key, and passages wherever they stand.

    Passages are found whatever their case, accents, line breaks and marks without width; the
    language of the reporter is kept. Raises `PassageMissing`, `NothingTakenOut`.
    """
    black = _Black(passages)
    given = {
        key: BLACK if key in fields else black.over(value) for key, value in answers.given.items()
    }
    black.require_all(answers.given.values())
    if given == answers.given:
        raise NothingTakenOut("name an answer or a passage of the letter to take out")
    return replace(answers, given=given)


def redact_text(text: str, passages: list[str]) -> str:
    """Black out passages of a message. Raises `PassageMissing`, `NothingTakenOut`."""
    black = _Black(passages)
    black.require_all([text])
    copy = str(black.over(text))
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


class _Black:
    """Passages to take out of texts."""

    def __init__(self, passages: list[str]) -> None:
        self._wanted = [
            (line, _words(passage))
            for line, passage in enumerate(passages, start=1)
            if passage.strip()
        ]

    def over(self, value: str | list[str]) -> str | list[str]:
        """Give a value without the passages."""
        if isinstance(value, list):
            return [self._text(each) for each in value]
        return self._text(value)

    def require_all(self, values: Collection[str | list[str]]) -> None:
        """Raise `PassageMissing` where a passage stands nowhere."""
        texts = [
            _folded(each)[0]
            for value in values
            for each in ([value] if isinstance(value, str) else value)
        ]
        missing = tuple(
            line
            for line, words in self._wanted
            if not any(True for text in texts for _ in _places(words, text))
        )
        if missing:
            raise PassageMissing(missing)

    def _text(self, text: str) -> str:
        folded, starts = _folded(text)
        spans = sorted(
            (starts[begin], starts[end])
            for _, words in self._wanted
            for begin, end in _places(words, folded)
        )
        pieces, done = [], 0
        for start, end in _joined(spans):
            pieces += [text[done:start], BLACK]
            done = end
        return "".join([*pieces, text[done:]])


def _words(passage: str) -> tuple[str, ...]:
    """Give the words of a passage as they are compared; none where nothing of it can be seen."""
    return tuple(_folded(passage.replace(_BREAK, " "))[0].split())


def _places(words: tuple[str, ...], text: str) -> Iterator[tuple[int, int]]:
    """Give each place of the words in a folded text, also where it begins inside another place.

    Words may stand apart or together.
    """
    at = text.find(words[0]) if words else -1
    while at >= 0:
        end = at + len(words[0])
        for word in words[1:]:
            end += text.startswith(" ", end)
            if not text.startswith(word, end):
                break
            end += len(word)
        else:
            yield at, end
        at = text.find(words[0], at + 1)


def _folded(text: str) -> tuple[str, list[int]]:
    """Give a text as it is compared, and where each of its characters begins in the original.

    The last number is the end. White space of any length is one space.
    """
    folded: list[str] = []
    starts: list[int] = []
    for place, written in enumerate(text):
        for each in unicodedata.normalize("NFKD", written.casefold()).translate(_ALIKE):
            seen = " " if each.isspace() else each
            if each.isspace() and folded[-1:] == [" "]:
                continue
            if seen == " " or not _is_unseen(each):
                folded.append(seen)
                starts.append(place)
    return "".join(folded), [*starts, len(text)]


def _is_unseen(character: str) -> bool:
    return character == _TATWEEL or unicodedata.category(character) in _UNSEEN


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give spans in order without overlaps."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
