"""The list of files of an edition: what is signed, and what every file is checked against."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from undaunted.core.editions.rules.encoding import canonical
from undaunted.core.editions.rules.refusals import EditionAltered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["FORMAT", "Cut", "FileLine", "Manifest", "check_file", "line_of", "read_manifest"]

FORMAT = "undaunted edition 1"


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: name, kind, size, digest."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Where an edition was frozen: day counted, what was known, which withdrawals were heard."""

    as_of: date
    known_at: datetime
    withdrawals: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything about an edition but its bytes."""

    kind: str
    series: str
    number: str
    parameters: Mapping[str, str]
    cut: Cut
    languages: tuple[str, ...]
    renderers: Mapping[str, str]
    files: tuple[FileLine, ...]
    embargo_until: datetime | None = None
    replaces: tuple[FileLine, ...] = ()
    """Files of the withdrawn edition that this one replaces: destroyed, their digests kept."""
    brought: bool = False
    """Whether a file that the builder brought was read for it; only that it was is told."""

    def encoded(self) -> bytes:
        """Give the bytes that are signed."""
        until = self.embargo_until.isoformat() if self.embargo_until else None
        return canonical(
            {
                "format": FORMAT,
                "kind": self.kind,
                "series": self.series,
                "number": self.number,
                "parameters": dict(self.parameters),
                "as_of": self.cut.as_of.isoformat(),
                "known_at": self.cut.known_at.isoformat(),
                "withdrawals": self.cut.withdrawals,
                "languages": list(self.languages),
                "renderers": dict(self.renderers),
                "embargo_until": until,
                "files": [_told(each) for each in self.files],
                "replaces": [_told(each) for each in self.replaces],
            }
            | ({"brought": True} if self.brought else {})
        )


def line_of(name: str, media_type: str, content: bytes) -> FileLine:
    """Give the line of a file."""
    return FileLine(name, media_type, len(content), hashlib.sha256(content).hexdigest())


def read_manifest(content: bytes) -> Manifest:
    """Read a list of files. Raises `EditionAltered` where it is none, or was spelled anew."""
    try:
        told = json.loads(content)
        until = told["embargo_until"]
        found = Manifest(
            kind=told["kind"],
            series=told["series"],
            number=told["number"],
            parameters=told["parameters"],
            cut=Cut(
                date.fromisoformat(told["as_of"]),
                datetime.fromisoformat(told["known_at"]),
                told["withdrawals"],
            ),
            languages=tuple(told["languages"]),
            renderers=told["renderers"],
            files=_lines(told["files"]),
            embargo_until=datetime.fromisoformat(until) if until else None,
            replaces=_lines(told["replaces"]),
            brought=bool(told.get("brought")),
        )
        same = found.encoded() == content
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise EditionAltered(f"no list of files of an edition: {problem}") from problem
    if not same:
        raise EditionAltered("the list of files is not in its one spelling: it was changed")
    return found


def check_file(line: FileLine, content: bytes) -> None:
    """Raise `EditionAltered` unless these are the bytes of that line."""
    if len(content) != line.size or hashlib.sha256(content).hexdigest() != line.sha256:
        raise EditionAltered(f"{line.name}: not the bytes that were published")


def _told(line: FileLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "media_type": line.media_type,
        "size": line.size,
        "sha256": line.sha256,
    }


def _lines(told: Iterable[Mapping[str, Any]]) -> tuple[FileLine, ...]:
    return tuple(
        FileLine(str(each["name"]), str(each["media_type"]), each["size"], str(each["sha256"]))
        for each in told
    )
