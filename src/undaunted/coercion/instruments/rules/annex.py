"""The ten kinds of response measure of Annex I, from a pack."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.rules.refusals import PackBroken
from undaunted.coercion.instruments.rules.terms import AnnexKind, Origin
from undaunted.core.practices.rules.checking import choice_problems, extra_problems, text_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["AnnexRow", "annex", "kind_of", "read_annex"]

LONGEST = 400


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One kind: its number in Annex I, our summary of it, and by which origins it can reach."""

    number: int
    kind: AnnexKind
    title: str
    text: str
    by: tuple[Origin, ...]


@cache
def annex() -> tuple[AnnexRow, ...]:
    """Give the ten kinds, in the order of Annex I."""
    held = files("undaunted.coercion.instruments").joinpath("packs", "measures.toml")
    return read_annex(held.read_text("utf-8"))


def kind_of(kind: AnnexKind) -> AnnexRow:
    """Give the row of a kind."""
    return next(each for each in annex() if each.kind is kind)


def read_annex(text: str) -> tuple[AnnexRow, ...]:
    """Give the kinds that a pack describes. Raises `PackBroken` with all that is wrong."""
    rows: list[Mapping[str, Any]] = tomllib.loads(text).get("kinds", [])
    problems = [problem for number, row in enumerate(rows, 1) for problem in _wrong(number, row)]
    if not problems and [row["kind"] for row in rows] != [str(each) for each in AnnexKind]:
        problems.append("kinds: write the ten kinds once each, in the order of Annex I")
    if problems:
        raise PackBroken(*problems)
    return tuple(
        AnnexRow(row["number"], AnnexKind(row["kind"]), row["title"], row["text"],
                 tuple(Origin(each) for each in row["by"]))
        for row in rows
    )  # fmt: skip


def _wrong(number: int, row: Mapping[str, Any]) -> Iterator[str]:
    place = f"kinds[{number}]"
    yield from extra_problems(place, row, frozenset(AnnexRow.__dataclass_fields__))
    if row.get("number") != number:
        yield f"{place}, number: write {number}"
    for name in ("title", "text"):
        yield from text_problems(f"{place}, {name}", row.get(name), LONGEST)
    yield from choice_problems(f"{place}, kind", row.get("kind"), AnnexKind)
    by = row.get("by")
    if not isinstance(by, list) or not by or not set(by) <= set(Origin):
        yield f"{place}, by: write a list of " + ", ".join(Origin)
