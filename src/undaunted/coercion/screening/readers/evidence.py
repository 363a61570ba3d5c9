"""Evidence of ownership as rows of a case: a whole file or none of it, or one stake by hand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.coercion.screening.readers.formats import format_named
from undaunted.coercion.screening.readers.given import read_given
from undaunted.coercion.screening.readers.loading import FileRefused
from undaunted.coercion.screening.readers.shares import THOUSANDS, ShareUnreadable, share_of
from undaunted.coercion.screening.readers.sheets import ZIP
from undaunted.coercion.screening.rules.casework import LONGEST_SOURCE, checked_text, needed_text
from undaunted.coercion.screening.rules.refusals import ScreeningRefused
from undaunted.coercion.screening.rules.stakes import LONGEST_ID, PartyKind, Right
from undaunted.engines.ownership import (
    ALWAYS,
    NEVER,
    WHOLE,
    one_form,
    some_of,
    together,
    units,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.screening.readers.loading import Loaded
    from undaunted.coercion.screening.rules.stakes import StakePlan
    from undaunted.engines.ownership import Finding

__all__ = [
    "LARGEST_FILE",
    "MOST_STAKES",
    "Evidence",
    "checked_file",
    "evidence_of",
    "is_small",
    "values_of",
]

LARGEST_FILE, MOST_STAKES = 64_000_000, 20_000
MOST_ROWS = 50
"""So many rows of a finding are kept by their numbers; of others only how many they are."""
SMALL, BYTES_A_RECORD = 500, 200
"""So many rows are read while whoever brought them waits; no record of a document is shorter."""
SMALL_PACKED = 40_000
"""Bytes of a workbook that is read at once."""
LONGEST_ROW = 2_000
"""Bytes of a row of a table; longer ones are read where nobody waits."""
DOCUMENT = (b"{", b"[", b"<")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a file tells: stakes as columns of a row each, and what was wrong with its rows."""

    name: str
    format: str
    digest: str
    rows: int
    stakes: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]


def evidence_of(
    content: bytes,
    name: str,
    origin: str,
    file_format: str | None = None,
    about: Iterable[str] = (),
) -> Evidence:
    """Read a file whole. Raises `ScreeningRefused` for one that cannot be, was cut, or is large.

    Of a register with more stakes than are kept those are read that hang together with the parties
    it is `about`; how many others it has is told.
    """
    plain = checked_file(content, name, file_format)
    loaded = _near(_loaded(content, plain, file_format), about)
    return Evidence(
        name=plain,
        format=file_format or Path(plain).suffix.lstrip(".").lower()[:12],
        digest=hashlib.sha256(content).hexdigest(),
        rows=loaded.rows,
        stakes=tuple(_row(loaded, at, origin) for at in range(len(loaded.stakes))),
        findings=tuple(_finding(each) for each in loaded.findings),
        notes=tuple(loaded.notes),
    )


def checked_file(content: bytes, name: str, file_format: str | None = None) -> str:
    """Give the plain name of a file that may be read. Raises `ScreeningRefused`."""
    plain = checked_text("name", Path(name).name, LONGEST_ID) or "stakes"
    if len(content) > LARGEST_FILE:
        raise ScreeningRefused(
            f"file: it holds more than {LARGEST_FILE:,} bytes. Take the part of it "
            "that is about the parties of this case"
        )
    if file_format is not None:
        try:
            format_named(file_format)
        except FileRefused as refusal:
            raise ScreeningRefused(f"file: {refusal}") from None
    return plain


def is_small(content: bytes) -> bool:
    """Tell whether a file has so few rows that it is read at once: lines, or a document's bytes."""
    if content.startswith(ZIP):
        return len(content) <= SMALL_PACKED
    if content[:100].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(DOCUMENT):
        return len(content) <= SMALL * BYTES_A_RECORD
    lines = max(content.count(b"\n"), content.count(b"\r"))
    return lines <= SMALL and len(content) <= SMALL * LONGEST_ROW


def values_of(plan: StakePlan) -> dict[str, Any]:
    """Give a stake that a person wrote down as columns. Raises `ScreeningRefused`."""
    lowest, highest = some_of(Right(plan.right), *_share(plan.share))
    if plan.valid_from and plan.valid_to and plan.valid_from >= plan.valid_to:
        raise ScreeningRefused("valid_to: it is not after valid_from; correct one of them")
    return {
        "owner": needed_text("owner", one_form(plan.owner), LONGEST_ID),
        "owned": needed_text("owned", one_form(plan.owned), LONGEST_ID),
        "owner_kind": int(PartyKind(plan.owner_kind)),
        "owned_kind": int(PartyKind(plan.owned_kind)),
        "owner_name": checked_text("owner_name", plan.owner_name, LONGEST_ID),
        "owned_name": checked_text("owned_name", plan.owned_name, LONGEST_ID),
        "right": int(Right(plan.right)),
        "lo": lowest,
        "hi": highest,
        "valid_from": plan.valid_from,
        "valid_to": plan.valid_to,
        "source": needed_text("source", plan.source, LONGEST_SOURCE),
        "filed": plan.filed,
    }


def _loaded(content: bytes, name: str, file_format: str | None) -> Loaded:
    try:
        loaded = read_given(content, name, file_format, whole=True)
    except FileRefused as refusal:
        raise ScreeningRefused(f"file: {refusal}") from None
    cut = next((each for each in loaded.findings if each.rule.breaks), None)
    if cut is not None:
        raise ScreeningRefused(f"file: {name}, {cut}")
    return loaded


def _near(loaded: Loaded, about: Iterable[str]) -> Loaded:
    """Leave out of a register what hangs together with none of some parties, and say how much."""
    every = len(loaded.stakes)
    if every <= MOST_STAKES:
        return loaded
    near = together(loaded.stakes, about)
    kept = int(near.sum())
    if not 0 < kept <= MOST_STAKES:
        raise ScreeningRefused(
            f"file: it holds {len(loaded.stakes):,} stakes; {MOST_STAKES:,} at most. Take the part "
            "of it that is about the parties of this case"
        )
    stakes = loaded.stakes.take(np.flatnonzero(near))
    aside = set(loaded.stakes.row[~near].tolist()) - set(stakes.row.tolist())
    found = [each for each in loaded.findings if not aside.issuperset(each.rows)]
    others = every - kept
    told = (
        f"{others:,} of {every:,} stakes hang together with no party of this case; they are not "
        "kept"
    )
    return replace(loaded, stakes=stakes, findings=tuple(found), notes=(*loaded.notes, told))


def _row(loaded: Loaded, at: int, origin: str) -> dict[str, Any]:
    stakes = loaded.stakes
    told = stakes.sources[int(stakes.source[at])]
    row: dict[str, Any] = {
        "right": int(stakes.right[at]),
        "lo": int(stakes.lo[at]),
        "hi": int(stakes.hi[at]),
        "valid_from": _day(int(stakes.valid_from[at])),
        "valid_to": _day(int(stakes.valid_to[at])),
        "said_from": _day(int(stakes.known_from[at])),
        "said_until": _day(int(stakes.known_to[at])),
        "row": int(stakes.row[at]),
    }
    source = f"{origin}: {told}"[:LONGEST_SOURCE] if told else origin
    row["source"] = checked_text(f"file: row {row['row']}, source", source)
    for end in ("owner", "owned"):
        number = int(getattr(stakes, end)[at])
        identifier = checked_text(
            f"file: row {row['row']}, {end}", stakes.parties.ids[number], LONGEST_ID
        )
        row |= {
            end: identifier,
            f"{end}_kind": int(stakes.parties.kinds[number]),
            f"{end}_name": checked_text(
                f"file: row {row['row']}, {end}_name", stakes.parties.label(number)[:LONGEST_ID]
            ),
        }
    return row


def _share(text: str) -> tuple[int, int]:
    if not text.strip():
        return 0, WHOLE
    if THOUSANDS.fullmatch(text.strip()):
        raise ScreeningRefused(
            f"share: {text!r} may be the whole, or so many shares; write 100 %, or the part"
        )
    try:
        lowest, highest = share_of(text)
    except ShareUnreadable:
        raise ScreeningRefused(
            f"share: {text!r} cannot be read; write 0.51, 51 %, 25-50 %, or nothing"
        ) from None
    if not 0 <= lowest <= highest <= 1:
        raise ScreeningRefused(
            f"share: {text!r} is none; it lies between 0 and 100 %, the lowest not above the "
            "highest"
        )
    parts = np.array([lowest, highest])
    return int(units(parts)[0]), int(units(parts, up=True)[1])


def _finding(finding: Finding) -> dict[str, Any]:
    rule = finding.rule
    return {
        "rule": rule.code,
        "rows": list(finding.rows)[:MOST_ROWS],
        "more": max(0, len(finding.rows) - MOST_ROWS),
        "says": rule.says,
        "detail": finding.detail,
        "treatment": str(rule.treatment),
        "remedy": rule.remedy,
    }


def _day(ordinal: int) -> date | None:
    return None if ordinal in {ALWAYS, NEVER} else date.fromordinal(ordinal)
