"""Documents of bounded size: JSON whole or by line, XML record by record, nothing packed.

What stands inside can be of any form; `mapping_in`, `list_in` and `text_in` give what is asked for
or nothing, and never fail.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.readers.loading import CUT, FileRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["MOST_BYTES", "composed", "list_in", "mapping_in", "number_in", "records_of", "text_in"]

MOST_BYTES = 256 * 1024 * 1024
"""A JSON document that is read whole; files of lines may be of any length."""
LONGEST_LINE = 4 * 1024 * 1024
DIGITS = 16
"""So many signs of a number are told by its shortest form again."""


def records_of(path: Path) -> Iterator[tuple[int, Any]]:
    """Give the records of a list, or of lines, with their number from 1.

    A line that is no JSON is given as nothing, and as `CUT` where it is the last and has no end; a
    document that is none is refused. One that wraps a list, as `{"records": [...]}`, is that list.
    """
    try:
        with path.open("rb") as held:
            first = held.readline(LONGEST_LINE).removeprefix(b"\xef\xbb\xbf").strip()
            more = held.read(1)
            held.seek(0)
            if first[:1] != b"{" or _line(first) is None or not more:
                yield from enumerate(_whole(path, held.read(MOST_BYTES + 1)), start=1)
                return
            for number, line in enumerate(iter(lambda: held.readline(LONGEST_LINE), b""), start=1):
                if line.strip():
                    told = _line(line.removeprefix(b"\xef\xbb\xbf"))
                    ends = line.endswith(b"\n") or len(line) == LONGEST_LINE
                    yield number, CUT if told is None and not ends else told
    except OSError as reason:
        raise FileRefused(f"{path.name}: {reason.strerror}") from None


def mapping_in(value: object, key: str = "") -> dict[str, Any]:
    """Give a mapping, or what a mapping holds by a key; an empty one where it is none."""
    found = value.get(key) if key and isinstance(value, dict) else value
    return found if isinstance(found, dict) else {}


def list_in(value: object, key: str) -> list[Any]:
    """Give a list that a mapping holds; an empty one where it holds none."""
    found = mapping_in(value).get(key)
    return found if isinstance(found, list) else []


def text_in(value: object, key: str) -> str:
    """Give a text that a mapping holds; empty where it holds none."""
    found = mapping_in(value).get(key)
    return composed(found) if isinstance(found, str) else ""


def composed(text: str) -> str:
    """Give a text in Unicode's composed form, without spaces around it."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()


def number_in(value: object, key: str) -> float | None:
    """Give a number that a mapping holds; none where it holds none."""
    found = mapping_in(value).get(key)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found) if abs(found) < 1e300 else float("inf")  # noqa: PLR2004 - above all shares


def _whole(path: Path, content: bytes) -> list[Any]:
    if len(content) > MOST_BYTES:
        raise FileRefused(
            f"{path.name}: is larger than {MOST_BYTES // 1024**2} MiB; give it as lines"
        )
    try:
        told = json.loads(content.removeprefix(b"\xef\xbb\xbf"), parse_float=_number)
    except json.JSONDecodeError as reason:
        cut = reason.pos >= len(content.decode(errors="replace").rstrip()) - 1
        ends = "ends in the middle; fetch the file again" if cut else "is no JSON"
        raise FileRefused(
            f"{path.name}, line {reason.lineno}, column {reason.colno}: {ends} ({reason.msg})"
        ) from None
    except (ValueError, RecursionError) as reason:
        raise FileRefused(f"{path.name}: is no JSON: {type(reason).__name__}") from None
    if isinstance(told, dict):
        lists = [each for each in told.values() if isinstance(each, list)]
        return lists[0] if len(told) == len(lists) == 1 else [told]
    return told if isinstance(told, list) else [told]


def _number(said: str) -> float | str:
    """Give a number; one with more digits than a number holds stays as it is written."""
    return float(said) if len(said) <= DIGITS else said


def _line(line: bytes) -> object:
    try:
        return json.loads(line, parse_float=_number)
    except (ValueError, RecursionError):
        return None
