"""Passages that are taken out of a text: found however they are written, black without a length."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

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


_LAST: Final = 0x110000
_JOINTS: Final = frozenset(" ._-+")
"""What stands between the words of a name in a text, an address and a sign of a program."""
_ESCAPED: Final = re.compile(r"((?:%[0-9A-Fa-f]{2}){1,400})|_x([0-9A-Fa-f]{4})_|_([0-9a-f]{2,5})_")
"""Signs as addresses, sheets and open documents write them: `%D0%92`, `_x0412_`, `_20_`."""
_PARTED: Final = re.compile(
    r"(?<=[^\W\d_])[-\u00ad\u2010\u2011][ \t]{0,20}\r?\n\s{0,20}(?=[^\W\d_])"
)
"""Where a line ends within a word."""


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
        return _joined(
            sorted(
                (starts[begin], max(starts[end], ends[end - 1]))
                for folded, starts, ends in (_foldings(text) if self._wanted else ())
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
        held = texts if self._wanted else ()
        folded = [each for text in held for each, _, _ in _foldings(text)]
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
    told = passage.replace(_BREAK, " ")
    return tuple(_folded((each, 0, 0) for each in told)[0].split())


def _places(words: tuple[str, ...], text: str) -> Iterator[tuple[int, int]]:
    """Give each place of the words in a folded text, also where it begins inside another place.

    Words may stand apart or together.
    """
    at = text.find(words[0]) if words else -1
    while at >= 0:
        end = at + len(words[0])
        for word in words[1:]:
            end += text[end : end + 1] in _JOINTS and not text.startswith(word, end)
            if not text.startswith(word, end):
                break
            end += len(word)
        else:
            yield at, end
        at = text.find(words[0], at + 1)


def _foldings(text: str) -> Iterator[tuple[str, list[int], list[int]]]:
    """Give a text as it is compared: as it is written, with what is escaped read, with words whole.

    Beside each, where its characters begin and end in the original; the last beginning is the end.
    What looks escaped may be a name or a number (`_ada_`, `_12345_`); a line end may part a word.
    """
    signs = list(_signs(text))
    if _ESCAPED.search(text):
        folded, starts, ends = _folded((each, at, at + 1) for at, each in enumerate(text))
        yield folded, [*starts, len(text)], ends
    folded, starts, ends = _folded(signs)
    yield folded, [*starts, len(text)], ends
    parted = list(_PARTED.finditer(text))
    for kept in (0, 1) if parted else ():  # the hyphen is the line's, or the word's
        gone = {place for each in parted for place in range(each.start() + kept, each.end())}
        folded, starts, ends = _folded(each for each in signs if each[1] not in gone)
        yield folded, [*starts, len(text)], ends


def _signs(text: str) -> Iterator[tuple[str, int, int]]:
    """Give the characters of a text, escaped ones as what they stand for, from where to where."""
    done = 0
    for escaped in _ESCAPED.finditer(text):
        start, end = escaped.span()
        yield from ((text[place], place, place + 1) for place in range(done, start))
        address, sheet, name = escaped.groups()
        if address:
            told = unquote_to_bytes(address).decode("utf-8", "replace")
        else:
            code = int(sheet or name, 16)
            told = chr(code) if code < _LAST else ""
        yield from ((each, start, end) for each in told)
        done = end
    yield from ((text[place], place, place + 1) for place in range(done, len(text)))


def _folded(signs: Iterable[tuple[str, int, int]]) -> tuple[str, list[int], list[int]]:
    """Give characters as they are compared, and where each begins and ends in the original.

    White space of any length is one space.
    """
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for written, start, end in signs:
        for each in unicodedata.normalize("NFKD", written.casefold()).translate(_ALIKE):
            seen = " " if each.isspace() else each
            if each.isspace() and folded[-1:] == [" "]:
                continue
            if seen == " " or not _is_unseen(each):
                folded.append(seen)
                starts.append(start)
                ends.append(end)
    return "".join(folded), starts, ends


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
