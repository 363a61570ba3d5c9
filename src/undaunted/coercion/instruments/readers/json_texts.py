"""Files of JSON: read whole, or refused with the place; one that was cut is told from a wrong one.

A file that somebody copied by halves holds nothing wrong, so that to correct it would be no remedy.
"""

from __future__ import annotations

import json
from typing import Any, Final

from undaunted.coercion.instruments.readers.refusals import FileRefused

__all__ = ["json_of"]

_LONGEST_REST: Final = 5
"""Signs of a word or number that the cut went through: `fals`, `-`, `12.`."""


def json_of(where: str, content: bytes | str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Give what a file holds. Raises `FileRefused` for one that is cut, or no JSON, with place."""
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        if _is_cut(error):
            raise _cut(where, error.lineno, error.colno) from error
        raise _wrong(where, error) from error
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            before = error.object[: error.start].split(b"\n")
            raise _cut(where, len(before), len(before[-1]) + 1) from error
        raise _wrong(where, error) from error
    except (RecursionError, ValueError) as error:  # too deep, or a number of too many figures
        raise _wrong(where, error) from error


def _is_cut(error: json.JSONDecodeError) -> bool:
    rest = error.doc[error.pos :].strip()
    if error.msg.startswith("Unterminated") or not rest:
        return True
    return len(rest) < _LONGEST_REST and not set(rest) & set('{}[],:"') and "Extra" not in error.msg


def _cut(where: str, line: int, column: int) -> FileRefused:
    place = ", ".join((f"line {line}", f"column {column}"))
    return FileRefused(where, f"{place}: ends in the middle; fetch the file again")


def _wrong(where: str, error: Exception) -> FileRefused:
    return FileRefused(where, f"is not JSON: {error}; correct the place it names")
