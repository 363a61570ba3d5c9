"""Passages that are taken out of a text: found however they are written, black without a length."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["BLACK", "PassageMissing", "Passages"]

BLACK: Final = "█████"
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


class PassageMissing(ValueError):
    """These passages stand nowhere; `lines` gives their numbers, from 1."""

    def __init__(self, lines: tuple[int, ...]) -> None:
        super().__init__(f"lines {', '.join(map(str, lines))}: not found in the text")
        self.lines = lines


class Passages:
    """Passages to take out of texts, one a line; lines without a sign that is seen count not."""

    def __init__(self, passages: Iterable[str]) -> None:
        held = enumerate(passages, start=1)
        self._wanted = [(line, _words(passage)) for line, passage in held if passage.strip()]

    def __len__(self) -> int:
        return len(self._wanted)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Give where passages stand in a text, in order and without overlaps; ends excluded.

        They are found whatever their case, accents, line breaks and marks without width; their
        words may stand apart or together.
        """
        folded, starts = _folded(text)
        return _joined(
            sorted(
                (starts[begin], starts[end])
                for _, words in self._wanted
                for begin, end in _places(words, folded)
            )
        )

    def over(self, text: str) -> str:
        """Give a text with one bar in place of each span."""
        pieces, done = [], 0
        for start, end in self.spans(text):
            pieces += [text[done:start], BLACK]
            done = end
        return "".join([*pieces, text[done:]])

    def found(self, texts: Iterable[str]) -> frozenset[int]:
        """Give the lines of the passages that stand in one of the texts."""
        folded = [_folded(each)[0] for each in texts] if self._wanted else []
        return frozenset(
            line
            for line, words in self._wanted
            if any(True for text in folded for _ in _places(words, text))
        )

    def require_all(self, texts: Iterable[str]) -> None:
        """Raise `PassageMissing` where a passage stands nowhere."""
        self.require(self.found(texts))

    def require(self, found: frozenset[int]) -> None:
        """Raise `PassageMissing` for the lines that are not among those found."""
        missing = tuple(line for line, _ in self._wanted if line not in found)
        if missing:
            raise PassageMissing(missing)


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
