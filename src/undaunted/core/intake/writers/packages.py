"""The package of an export: plain text and clean copies in a zip, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from undaunted.core.evidence.rules import Uncleanable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from undaunted.core.evidence.rules import Cleaned
    from undaunted.core.intake.rules import Answers, Redacted

__all__ = ["Kept", "package"]

_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


class _Letter(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def answers(self) -> Answers | None: ...
    @property
    def text(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a package."""

    name: str
    content: bytes

    @classmethod
    def of_letter(cls, number: int, letter: _Letter) -> Kept:
        """Make the file of an opened letter."""
        head = f"{letter.kind}, in the hour of {letter.at:%Y-%m-%d %H:%M} UTC"
        lines = [head, "", *_lines(letter.answers, letter.text)]
        return cls(f"letters/{number:02d}-{letter.kind}.txt", "\n".join(lines).encode() + b"\n")

    @classmethod
    def of_copy(cls, number: int, copy: Redacted) -> Kept:
        """Make the file of a redacted copy."""
        head = f"Redacted copy of {copy.kind} {copy.sequence}"
        lines = [head, "", *_lines(copy.answers, copy.text)]
        return cls(f"redacted/{number:02d}.txt", "\n".join(lines).encode() + b"\n")

    @classmethod
    def of_file(cls, number: int, outcome: Cleaned | Uncleanable) -> Kept:
        """Make the file of a clean copy, or say that there is none."""
        if isinstance(outcome, Uncleanable):
            told = f"This file has no clean copy: {outcome.reason}.\n"
            return cls(f"files/{number:02d}.txt", told.encode())
        return cls(f"files/{number:02d}.{outcome.kind.ending}", outcome.content)


def package(files: Iterable[Kept]) -> bytes:
    """Give a zip of the files, in order, without times."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name, _NO_TIME), file.content)
    return held.getvalue()


def _lines(answers: Answers | None, text: str | None) -> Iterator[str]:
    if answers is None:
        yield text or "What is inside was not made by a form of this site."
        return
    yield f"door: {answers.door.value}"
    yield f"danger: {answers.danger.value}"
    for key, value in answers.given.items():
        yield f"{key}: {value if isinstance(value, str) else ', '.join(value)}"
