"""Holdings of a register from any file of stakes that the readers know."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from undaunted.coercion.screening.readers.formats import read_as, read_mapped
from undaunted.coercion.screening.readers.loading import FileRefused
from undaunted.coercion.screening.readers.mapping import read_mapping
from undaunted.coercion.screening.rules import Confidence, HoldingRow
from undaunted.engines.ownership import (
    ALWAYS,
    NEVER,
    Finding,
    PartyKind,
    Right,
    Rule,
    Treatment,
    alike_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.screening.readers.loading import Loaded
    from undaunted.engines.ownership import Stakes

__all__ = ["named_near", "read_filing", "read_holdings"]

LONGEST, SHOWN = 300, 20


def read_holdings(  # noqa: PLR0913 - a file, and how it is read
    name: str,
    content: bytes,
    mapping: str = "",
    format_name: str = "",
    confidence: Confidence = Confidence.C,
    *,
    whole: bool = False,
) -> tuple[list[HoldingRow], tuple[str, ...], int]:
    """Give the stakes that a file states now, what was found in it, and how many rows it has.

    A statement that the file itself says was replaced is left out. Raises `FileRefused`; for a file
    that is to be `whole`, where a row of it is no stake too.
    """
    loaded = _loaded(name, content, mapping, format_name)
    if whole:
        _demand_read(loaded, Treatment.LEFT_OUT)
    now = loaded.questioned()
    _demand_keepable(name, now)
    ids, kinds = now.parties.ids, now.parties.kinds
    rows = [
        HoldingRow(
            owner=ids[owner], owned=ids[owned], right=Right(right).name.lower(), lowest=lo,
            highest=hi, owner_name=_name(now.parties.label(owner), ids[owner]),
            owner_kind=PartyKind(kinds[owner]).name.lower(),
            owned_name=_name(now.parties.label(owned), ids[owned]),
            owned_kind=PartyKind(kinds[owned]).name.lower(), valid_from=_day(begins, ALWAYS),
            valid_to=_day(ends, NEVER), source=now.sources[source][:400], row=row,
            confidence=confidence,
        )
        for owner, owned, right, lo, hi, begins, ends, source, row in zip(
            now.owner.tolist(), now.owned.tolist(), now.right.tolist(), now.lo.tolist(),
            now.hi.tolist(), now.valid_from.tolist(), now.valid_to.tolist(), now.source.tolist(),
            now.row.tolist(), strict=True,
        )
    ]  # fmt: skip
    return rows, (*(str(each) for each in loaded.findings), *loaded.notes), loaded.rows


def read_filing(name: str, content: bytes, mapping: str = "") -> Stakes:
    """Give the stakes that a filing would create, as its file states them.

    Raises `FileRefused`, also where a row cannot be read: the others alone give no answer.
    """
    loaded = _loaded(name, content, mapping, "")
    _demand_read(loaded, Treatment.LEFT_OUT, Treatment.UNCERTAIN)
    return loaded.questioned()


def named_near(rows: Iterable[HoldingRow], known: Iterable[str]) -> tuple[str, ...]:
    """Tell where rows name a party almost as those `known` are: they stay two parties."""
    first: dict[str, int] = {}
    for row in rows:
        for each in (row.owner, row.owned):
            first.setdefault(each, row.row)
    return tuple(
        str(Finding(Rule.ALIKE, (first[new],), f"{new!a}, {old!a} of the register"))
        for new, old in alike_in(first, known)
    )


def _loaded(name: str, content: bytes, mapping: str, format_name: str) -> Loaded:
    """Read through the file readers, which take paths; the copy is gone afterwards."""
    called = PurePath(name.replace("\\", "/")).name[-80:] or "stakes.csv"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / called
        path.write_bytes(content)
        if not mapping:
            return read_as(path, format_name or None)
        saved = Path(folder) / f"{called}.mapping.toml"
        saved.write_text(mapping, encoding="utf-8")
        return read_mapped(path, read_mapping(saved))


def _demand_read(loaded: Loaded, *treatments: Treatment) -> None:
    """Refuse a file with rows that are no stakes, or cannot be read, and name them."""
    bad = [str(each) for each in loaded.findings if each.rule.treatment in treatments]
    if bad:
        more = [f"and {len(bad) - SHOWN} more"] if len(bad) > SHOWN else []
        raise FileRefused("\n".join(f"{loaded.name}, {each}" for each in [*bad[:SHOWN], *more]))


def _demand_keepable(name: str, stakes: Stakes) -> None:
    ids, labels = stakes.parties.ids, stakes.parties.labels.values()
    for each in ids:
        if len(each) > LONGEST:
            raise FileRefused(
                f"{name}: an identifier has {LONGEST} letters at most; shorten {each[:60]}"
            )
    for what, texts in (("an identifier", ids), ("a name", labels), ("a source", stakes.sources)):
        for each in texts:
            if any(sign == "\x00" or "\ud800" <= sign <= "\udfff" for sign in each):
                raise FileRefused(
                    f"{name}: {what} holds signs that cannot be kept; write {each[:60]!r} anew"
                )


def _name(label: str, identifier: str) -> str:
    return "" if label == identifier else label[:LONGEST]


def _day(number: int, unsaid: int) -> date | None:
    return None if number == unsaid else date.fromordinal(number)
