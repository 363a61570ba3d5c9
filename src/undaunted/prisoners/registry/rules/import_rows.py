"""What one line of somebody's list became: cleaned values, problems, and whether it may go in.

The types lie here, below readers and writers, because both need them and neither may import the
other. A problem is a code with named parameters; the sentence a person reads is made from it in
`readers/problems.py`, so that the same problem can be told in every language.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.core.actors.rules.partial_date import PartialDate

__all__ = [
    "WRITTEN",
    "Finding",
    "ImportRow",
    "ImportSummary",
    "ImportedName",
    "Outcome",
    "Problem",
    "RecordKind",
    "Sentence",
    "SentenceKind",
    "Severity",
    "Value",
    "shortened",
]

_SHOWN = 80


class Severity(StrEnum):
    """An error keeps the row out; a warning goes in with it and is shown."""

    ERROR = "error"
    WARNING = "warning"


class Outcome(StrEnum):
    """What the preview says about a row."""

    OK = "ok"
    FLAGGED = "flagged"
    REJECTED = "rejected"
    SKIPPED = "skipped"


WRITTEN = frozenset({Outcome.OK, Outcome.FLAGGED})
"""What becomes of rows that an accepted import writes."""


class RecordKind(StrEnum):
    """What a row tells: a person held, a death without detention, or only a person."""

    DETENTION = "detention"
    DEATH = "death"
    PERSON = "person"


class SentenceKind(StrEnum):
    """What a court gave, in the codes of the vocabulary `sentence_kinds`; TEXT is not read."""

    TERM = "imprisonment"
    LIFE = "life_imprisonment"
    DEATH = "death"
    NONE = "none"
    TEXT = "unknown"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `months` only for a term, `text` as the list words it."""

    kind: SentenceKind
    months: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ImportedName:
    """One name as the list writes it, with its kind, language tag and ISO 15924 script."""

    text: str
    kind: str
    language: str
    script: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem before it is known on which line: what a converter can say and a cache can keep."""

    severity: Severity
    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, with which value; `readers.problems.explain` makes the sentences."""

    severity: Severity
    code: str
    line: int = 0
    column: str = ""
    value: str = ""
    params: tuple[tuple[str, str], ...] = ()
    sheet: str = ""


Value: TypeAlias = (
    "str | int | bool | PartialDate | Sentence | tuple[str, ...] | tuple[ImportedName, ...]"
)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of the list, read through a mapping.

    `values` is keyed by the field names of `rules.mapping.FIELDS` (`person.names` gathers all
    names). `skipped` is the reason why the mapping passes over the row, empty otherwise. `cells`
    are the original texts, for the reject file.
    """

    line: int
    sheet: str
    source_key: str
    kind: RecordKind
    values: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()
    skipped: str = ""
    cells: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What the preview says: skipped, rejected, flagged or ok."""
        if self.skipped:
            return Outcome.SKIPPED
        if not self.problems:
            return Outcome.OK
        if any(problem.severity is Severity.ERROR for problem in self.problems):
            return Outcome.REJECTED
        return Outcome.FLAGGED

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the row out."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)


@dataclass(slots=True)
class ImportSummary:
    """How many rows came out how, and which problems and skip reasons were met how often."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """All rows seen."""
        return self.outcomes.total()

    def add(self, row: ImportRow) -> None:
        """Count one row; a code met twice in a row counts once."""
        self.outcomes[row.outcome] += 1
        if row.skipped:
            self.skipped[row.skipped] += 1
        for problem in {(one.severity, one.code) for one in row.problems}:
            severity, code = problem
            (self.errors if severity is Severity.ERROR else self.warnings)[code] += 1


def shortened(text: str, longest: int = _SHOWN) -> str:
    """Give a value short and printable enough to stand in a message."""
    head = text[:longest]
    if not head.isprintable():
        head = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in head)
    return f"{head}…" if len(text) > longest else head
