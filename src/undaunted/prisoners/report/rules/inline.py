"""The inside of a paragraph: words, strong words, links, and what stands in braces."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from undaunted.core.editions.rules import (
    Footnote,
    Link,
    Number,
    Reference,
    Strong,
    left_to_right,
)
from undaunted.core.editions.rules.numerals import numbers_typed, values_of
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Piece, Text

__all__ = ["Broken", "Collected", "Mark", "Plain", "Typed", "read_inline"]

LONGEST_KEY, LONGEST_REFERENCE, LONGEST_PLAIN, LONGEST_ADDRESS = 200, 60, 80, 1_000
AROUND = 40

_ESCAPED = frozenset("\\*{}[]|-#")
_REFERENCE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")
_EVERYTHING: Final = frozenset({"strong", "link", "number", "table", "plain", "note"})
_IN_NOTES: Final = _EVERYTHING - {"note"}
_IN_SOURCES: Final = frozenset({"link", "plain"})
PLAIN_KINDS: Final = ("article", "date", "resolution", "year")
"""What a number that is no count can be: part of a law, a day, a resolution, a year."""
FIRST_YEAR, LAST_YEAR = 1000, 2999
_BARE: Final = frozenset({"plain"})
_SORTS = "number, table, plain or note"


class Broken(ValueError):
    """What is wrong with a piece, with its line."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something inserted by reference: a number, or a table, figure or section."""

    sort: str
    key: str
    line: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A number typed by hand, with the words around it."""

    line: int
    text: str
    around: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A number that is declared to be no count, a year, an article, a name; and why."""

    line: int
    text: str
    why: str


@dataclass(slots=True)
class Collected:
    """What of a text is a number, found while it is read."""

    language: str
    marks: list[Mark] = field(default_factory=list)
    typed: list[Typed] = field(default_factory=list)
    plain: list[Plain] = field(default_factory=list)


def read_inline(text: str, line: int, found: Collected) -> Text:
    """Read a paragraph or a point that begins on `line`. Raises `Broken`."""
    return _Inline(text, line, found, _EVERYTHING).read()


@dataclass(slots=True)
class _Inline:
    """One run of text while it is read."""

    text: str
    line: int
    found: Collected
    allowed: frozenset[str]
    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    began: int = 0

    def read(self) -> Text:
        at = 0
        while at < len(self.text):
            letter = self.text[at]
            if letter == "\\" and self.text[at + 1 : at + 2] in _ESCAPED:
                self._word(self.text[at + 1 : at + 2], at)
                at += 2
            elif letter in "{[" or self.text.startswith("**", at):
                self._flush()
                at = self._special(at)
            elif letter in "}]":
                raise self._broken(at, f"a single {letter}; write \\{letter}")
            else:
                self._word(letter, at)
                at += 1
        self._flush()
        return tuple(self.pieces)

    def _word(self, letter: str, at: int) -> None:
        if not self.words:
            self.began = at
        self.words.append(letter)

    def _flush(self) -> None:
        if not self.words:
            return
        words = "".join(self.words)
        self.words.clear()
        self._count(words)
        self.pieces.append(words.replace("\n", " "))

    def _count(self, words: str) -> None:
        first = self._line(self.began)
        for number in numbers_typed(words, self.found.language):
            around = words[max(number.start - AROUND, 0) : number.end + AROUND].replace("\n", " ")
            line = first + words.count("\n", 0, number.start)
            self.found.typed.append(Typed(line, number.text.replace("\n", " "), around.strip()))

    def _special(self, at: int) -> int:
        """Read what begins here; gives where it ends."""
        if self.text[at] == "[":
            return self._link(at)
        if self.text[at] == "*":
            return self._strong(at)
        end = self._closing(at)
        sort, colon, rest = self.text[at + 1 : end].partition(":")
        if not colon or sort not in {"number", "table", "plain", "note"}:
            raise self._broken(at, f"{{{sort[:20]}…}}: write one of {_SORTS}, or \\{{ for a brace")
        self._ask(sort, at)
        if sort == "note":
            self._note(rest, at)
        elif sort == "plain":
            self._plain(rest, at)
        else:
            self._mark(sort, rest, at)
        return end + 1

    def _mark(self, sort: str, key: str, at: int) -> None:
        if sort == "number":
            good = 0 < len(key) <= LONGEST_KEY and key.isprintable() and not set(key) & set(" {}|")
            told = "the key of a number, without spaces"
        else:
            good = 0 < len(key) <= LONGEST_REFERENCE and set(key) <= _REFERENCE
            told = "the key of a table, figure or section: a-z, 0-9, point, dash, underscore"
        if not good:
            raise self._broken(at, f"{{{sort}:{key[:40]}}}: write {told}")
        self.found.marks.append(Mark(sort, key, self._line(at)))
        self.pieces.append(Number(key, None) if sort == "number" else Reference(key))

    def _plain(self, rest: str, at: int) -> None:
        text, _, why = rest.partition("|")
        text, why = text.strip(), " ".join(why.split())
        kind = why.replace(":", " ").partition(" ")[0].casefold()
        if kind not in PLAIN_KINDS:
            raise self._broken(
                at,
                f"{{plain:{text[:20]}}}: say what it is, as in {{plain:1948|year}} or "
                f"{{plain:58|article of a law}}: first {', '.join(PLAIN_KINDS)}; a number that is "
                "none of these is inserted from the report, or accepted when the text is signed",
            )
        if (
            len(text) > LONGEST_PLAIN
            or len(why) > LONGEST_PLAIN
            or set(text + why) & set("{}[]*\\")
        ):
            raise self._broken(at, f"plain: {LONGEST_PLAIN} letters and no marks inside")
        numbers = numbers_typed(text, self.found.language)
        if not numbers:
            raise self._broken(at, f"{{plain:{text[:20]}}}: holds no number; write it as it is")
        if kind == "year" and not all(_is_year(each.text) for each in numbers):
            raise self._broken(at, f"{{plain:{text[:20]}}}: a year has four digits, as 1948 has")
        self.found.plain.append(Plain(self._line(at), text, why))
        self.pieces.append(text.replace("\n", " "))

    def _note(self, rest: str, at: int) -> None:
        source, day, words = self._parted(rest, at)
        if not source.strip():
            raise self._broken(at, "note: name its source, as in {note:Gazette|2025-03-01}")
        if not _is_date(day.strip()):
            raise self._broken(
                at, f"note: {day.strip()[:20]!r} is no date; write 2025, 2025-03 or 2025-03-01"
            )
        told = self._inner(source.strip(), at, _IN_SOURCES)
        said = self._inner(words.strip(), at, _IN_NOTES) if words.strip() else ()
        space = (" ",) if said else ()
        told_day = day.strip()
        if direction(self.found.language) == "rtl":
            told_day = left_to_right(told_day)
        self.pieces.append(Footnote((*said, *space, *told, f" ({told_day})")))

    def _parted(self, rest: str, at: int) -> tuple[str, str, str]:
        """Give source, date and words of a note: parted by strokes outside of braces."""
        parts, depth, place = [""], 0, 0
        while place < len(rest):
            letter = rest[place]
            step = 2 if letter == "\\" else 1
            depth += {"{": 1, "}": -1}.get(letter, 0)
            if letter == "|" and not depth:
                parts.append("")
            else:
                parts[-1] += rest[place : place + step]
            place += step
        if len(parts) not in {2, 3}:
            raise self._broken(at, "note: write {note:source|date} or {note:source|date|words}")
        return parts[0], parts[1], parts[2] if parts[2:] else ""

    def _strong(self, at: int) -> int:
        self._ask("strong", at)
        end = self._find("**", at + 2)
        if end < 0:
            raise self._broken(at, "** is not closed; write \\*\\* for the letters")
        self.pieces.append(Strong(self._bare(self.text[at + 2 : end], at, "** … **")))
        return end + 2

    def _link(self, at: int) -> int:
        self._ask("link", at)
        middle = self._find("](", at + 1)
        end = self.text.find(")", middle) if middle > 0 else -1
        if end < 0:
            raise self._broken(
                at, "[ opens no link; write [words](https://…), or \\[ for a bracket"
            )
        address = self.text[middle + 2 : end]
        if problem := _address_problem(address):
            raise self._broken(at, f"link {address[:60]!r}: {problem}")
        words = self._bare(self.text[at + 1 : middle], at, "[ … ]")
        self.pieces.append(Link(words, address))
        return end + 1

    def _bare(self, text: str, at: int, what: str) -> str:
        words = "".join(str(each) for each in self._inner(text, at, _BARE))
        if not words.strip():
            raise self._broken(at, f"{what}: no words inside")
        return words

    def _inner(self, text: str, at: int, allowed: frozenset[str]) -> Text:
        return _Inline(text, self._line(at), self.found, allowed).read()

    def _ask(self, sort: str, at: int) -> None:
        if sort not in self.allowed:
            raise self._broken(at, f"{sort}: cannot stand inside what is open here")

    def _find(self, wanted: str, at: int) -> int:
        """Give where `wanted` comes next, escapes passed over; -1 for nowhere."""
        while at < len(self.text):
            if self.text[at] == "\\":
                at += 2
            elif self.text.startswith(wanted, at):
                return at
            else:
                at += 1
        return -1

    def _closing(self, at: int) -> int:
        depth, place = 0, at
        while place < len(self.text):
            letter = self.text[place]
            depth += {"{": 1, "}": -1}.get(letter, 0)
            if not depth:
                return place
            place += 2 if letter == "\\" else 1
        raise self._broken(at, "{ is not closed; write \\{ for a brace")

    def _line(self, at: int) -> int:
        return self.line + self.text.count("\n", 0, at)

    def _broken(self, at: int, why: str) -> Broken:
        return Broken(self._line(at), why)


def _address_problem(address: str) -> str:
    if not address.startswith("https://"):
        return "only addresses that begin with https://"
    if len(address) > LONGEST_ADDRESS:
        return f"{LONGEST_ADDRESS} letters are the most"
    if not address.isascii() or not address.isprintable() or set(address) & set(" \"'<>\\{}|^`"):
        return "write letters other than plain ones as %…"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        return "no address"
    if "." not in host or "@" in parts.netloc:
        return "name the host, and no user"
    return ""


def _is_year(typed: str) -> bool:
    years = [each for each in values_of(typed) if each.is_integer()]
    return bool(years) and all(FIRST_YEAR <= each <= LAST_YEAR for each in years)


def _is_date(text: str) -> bool:
    if not set(text) <= set("0123456789-") or len(text) not in {4, 7, 10}:
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True
