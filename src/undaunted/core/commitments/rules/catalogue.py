"""The instruments that are known, each with its features: packs that lawyers can read and amend."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.core.commitments.rules.entry import Feature, Instrument
from undaunted.core.practices.rules.sources import citation_problems, read_source, source_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["CatalogueBroken", "instruments", "pack_texts", "read_instrument"]


class CatalogueBroken(ValueError):
    """A catalogue of a pack cannot be used; the message says why."""


@cache
def pack_texts() -> tuple[tuple[str, str], ...]:
    """Give name and text of every shipped pack, in the order of their names."""
    folder = files("undaunted.core.commitments").joinpath("packs")
    return tuple(
        (path.name, path.read_text("utf-8"))
        for path in sorted(folder.iterdir(), key=lambda each: each.name)
        if path.name.endswith(".toml")
    )


@cache
def instruments() -> Mapping[str, Instrument]:
    """Give every instrument by its code."""
    found = [read_instrument(tomllib.loads(text), where=name) for name, text in pack_texts()]
    return MappingProxyType({each.code: each for each in found})


def read_instrument(data: Mapping[str, Any], *, where: str) -> Instrument:
    """Give the instrument of a pack. Raises `CatalogueBroken` with everything that is wrong."""
    table = data["instrument"]
    problems = [
        problem
        for number, row in enumerate(table["sources"], start=1)
        for problem in source_problems(f"sources {number}", row)
    ]
    problems += list(_feature_problems(table))
    if problems:
        raise CatalogueBroken(f"{where}: " + "; ".join(problems))
    return Instrument(
        code=table["code"],
        language=table["language"],
        title=table["title"],
        about=table["about"],
        model=table["model"],
        features=tuple(
            Feature(
                row["code"],
                row["question"],
                row["short"],
                row["model"],
                row["why"],
                tuple(row["sources"]),
            )
            for row in table["features"]
        ),
        sources=tuple(read_source(row) for row in table["sources"]),
    )


def _feature_problems(table: Mapping[str, Any]) -> Iterator[str]:
    codes = [row["code"] for row in table["features"]]
    for code in sorted({one for one in codes if codes.count(one) > 1}):
        yield f"features: {code} stands twice"
    cited = [(f"features, {row['code']}", tuple(row["sources"])) for row in table["features"]]
    yield from citation_problems([row["id"] for row in table["sources"]], cited)
