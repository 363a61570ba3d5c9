"""Instruments side by side: which has which feature, who says so, and what lacks to a model law.

Features, and what the anti-coercion laws themselves have, are those of `core.commitments`; beside
them stand platforms, declarations, proposals and powers of trade law from a pack of our own.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.rules.refusals import InstrumentRefused, PackBroken
from undaunted.coercion.instruments.rules.terms import Comparability, Has
from undaunted.core.commitments.rules import PLATFORMS, instruments, is_state, shipped_statements
from undaunted.core.practices.rules.checking import (
    choice_problems,
    extra_problems,
    ids_problems,
    text_problems,
)
from undaunted.core.practices.rules.sources import citation_problems, read_source, source_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undaunted.core.commitments.rules import Feature, Statement
    from undaunted.core.practices.rules import Source

__all__ = ["Comparable", "FeatureTold", "Gaps", "comparables", "compared", "gaps_to_model",
           "model_features", "read_comparables"]  # fmt: skip

CODE = "anti-coercion"
LONGEST = 400
_ROW = frozenset({"key", "states", "kind", "name", "since", "note", "features", "sources"})
_CELL = frozenset({"has", "note", "sources"})


@dataclass(frozen=True, slots=True)
class FeatureTold:
    """Whether an instrument has a feature, by which words, and who says so."""

    code: str
    has: Has
    note: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparable:
    """One instrument; a feature that nobody read about is not among `told`."""

    key: str
    states: tuple[str, ...]
    kind: Comparability
    name: str
    told: Mapping[str, FeatureTold]
    since: str = ""
    note: str = ""
    sources: tuple[Source, ...] = ()

    def has(self, code: str) -> Has:
        """Tell whether it has a feature; not known where nobody read about it."""
        return self.told[code].has if code in self.told else Has.NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Gaps:
    """Features of the model law, parted by what is known of an instrument."""

    has: tuple[str, ...]
    partly: tuple[str, ...]
    lacks: tuple[str, ...]
    not_known: tuple[str, ...]


def model_features() -> tuple[Feature, ...]:
    """Give the features that the model law has."""
    return tuple(each for each in instruments()[CODE].features if each.model)


@cache
def comparables() -> tuple[Comparable, ...]:
    """Give every instrument: the laws and bills that were read first, then what stands beside.

    Platforms, of which the board tells too, are told once, as the pack tells them.
    """
    held = files("undaunted.coercion.instruments").joinpath("packs", "comparable.toml")
    laws = tuple(_of_law(each) for each in shipped_statements()
                 if each.instrument == CODE and not each.status.bare
                 and each.state not in PLATFORMS)  # fmt: skip
    return laws + read_comparables(held.read_text("utf-8"))


def compared(keys: Iterable[str] = ()) -> tuple[Comparable, ...]:
    """Give instruments by their keys or by a state's code, every one without any.

    Raises `InstrumentRefused` for a key that means none.
    """
    wanted = list(keys)
    strange = [key for key in wanted
               if not any(key in (each.key, *each.states) for each in comparables())]  # fmt: skip
    if strange:
        known = ", ".join(each.key for each in comparables())
        raise InstrumentRefused(
            f"{', '.join(strange)}: no instrument or state of that name was read; there are {known}"
        )
    return tuple(
        each for each in comparables()
        if not wanted or any(key in (each.key, *each.states) for key in wanted)
    )  # fmt: skip


def gaps_to_model(instrument: Comparable) -> Gaps:
    """Give what lacks to the model law, and what nobody read about."""
    codes = [each.code for each in model_features()]
    parted = {answer: tuple(code for code in codes if instrument.has(code) is answer)
              for answer in Has}  # fmt: skip
    return Gaps(parted[Has.YES], parted[Has.PARTLY], parted[Has.NO], parted[Has.NOT_KNOWN])


def read_comparables(text: str) -> tuple[Comparable, ...]:
    """Give the instruments of a pack. Raises `PackBroken` with all that is wrong."""
    held = tomllib.loads(text)
    rows: list[Mapping[str, Any]] = held.get("comparables", [])
    sources: list[Mapping[str, Any]] = held.get("sources", [])
    problems = [each for number, row in enumerate(sources, 1)
                for each in source_problems(f"sources[{number}]", row)]  # fmt: skip
    problems += [each for number, row in enumerate(rows, 1) for each in _wrong(number, row)]
    if not problems:
        known = [row["id"] for row in sources]
        problems += list(citation_problems(known, _cited(rows)))
    if problems:
        raise PackBroken(*problems)
    named = {row["id"]: read_source(row) for row in sources}
    return tuple(_of_row(row, named) for row in rows)


def _of_law(statement: Statement) -> Comparable:
    named = {each.id: each for each in statement.sources}
    told = {
        each.code: FeatureTold(each.code, Has.YES if each.has else Has.NO, each.clause,
                               tuple(named[one] for one in each.sources))
        for each in statement.features
    }  # fmt: skip
    kind = Comparability.LAW if statement.status.binds else Comparability.PROPOSAL
    return Comparable(
        key=f"{statement.state.lower()}-{CODE}",
        states=(statement.state,),
        kind=kind,
        name=statement.law,
        told=MappingProxyType(told),
        since=statement.since,
        note=statement.text,
        sources=tuple(named[one] for one in statement.evidence),
    )


def _of_row(row: Mapping[str, Any], named: Mapping[str, Source]) -> Comparable:
    told = {
        code: FeatureTold(code, Has(cell["has"]), cell.get("note", ""),
                          tuple(named[one] for one in cell["sources"]))
        for code, cell in row["features"].items()
    }  # fmt: skip
    return Comparable(
        key=row["key"],
        states=tuple(row["states"]),
        kind=Comparability(row["kind"]),
        name=row["name"],
        told=MappingProxyType(told),
        since=row.get("since", ""),
        note=row.get("note", ""),
        sources=tuple(named[one] for one in row.get("sources", ())),
    )


def _wrong(number: int, row: Mapping[str, Any]) -> Iterator[str]:
    place = f"comparables[{number}]"
    yield from extra_problems(place, row, _ROW)
    for name in ("key", "name"):
        yield from text_problems(f"{place}, {name}", row.get(name), LONGEST)
    yield from choice_problems(f"{place}, kind", row.get("kind"), Comparability)
    states = row.get("states")
    if not isinstance(states, list) or not states or not all(map(is_state, map(str, states))):
        yield f"{place}, states: write a list of codes, as AU"
    yield from ids_problems(place, row.get("sources", []), needed=False)
    codes = instruments()[CODE].codes
    for code, cell in row.get("features", {}).items():
        if code not in codes:
            yield f"{place}, {code}: is no feature; use one of {', '.join(codes)}"
        yield from extra_problems(f"{place}, {code}", cell, _CELL)
        yield from choice_problems(f"{place}, {code}, has", cell.get("has"), Has)
        yield from ids_problems(f"{place}, {code}", cell.get("sources"), needed=True)


def _cited(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Iterable[str]]]:
    for row in rows:
        yield row["key"], row.get("sources", ())
        for code, cell in row["features"].items():
            yield f"{row['key']}, {code}", cell["sources"]
