"""The reference of regimes as the packs have it: lines of Markdown, kept current by a test."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules import (
    SOURCED,
    SourceStatus,
    factors_for,
    fields,
    regimes,
    sector_lists,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.coercion.screening.rules import Regime, SectorList, Source

__all__ = ["reference_lines"]


def reference_lines() -> tuple[str, ...]:
    """Give every regime, list of sectors and field of a notification."""
    told: list[str] = [*_counted()]
    for regime in regimes():
        told += _regime(regime)
    told += ["## Lists of sectors", ""]
    for held in sector_lists():
        told += _sectors(held)
    told += ["## Notification", "", "| field | what it holds | required | open | source |",
             "|---|---|---|---|---|"]  # fmt: skip
    told += [
        f"| `{each.code}` | {each.title} | {_yes(each.required)} | {_yes(each.disclosed)} | "
        f"{_cited(each.source)} |"
        for each in fields()
    ]
    return tuple(told)


def _counted() -> Iterator[str]:
    yield from ("## What was read at its publisher", "")
    yield "| law | facts | read at the publisher | read in a copy or a report | not read |"
    yield "|---|---|---|---|---|"
    for name, held in _laws():
        marks = Counter(source.status for _row, source in held)
        counts = " | ".join(str(marks[each]) for each in SOURCED)
        yield f"| `{name}` | {len(held)} | {counts} |"
    yield ""
    yield from ("| law | row | where it was read | read on |", "|---|---|---|---|")
    for name, held in _laws():
        for row, source in held:
            if source.status is SourceStatus.VERIFIED:
                where = f"[{source.read_in}]({source.url})"
                yield f"| `{name}` | `{row}` | {where} | {source.read_on} |"
    yield ""


def _laws() -> Iterator[tuple[str, list[tuple[str, Source]]]]:
    for regime in regimes():
        rows = [("whole", regime.source)]
        rows += [(each.id, each.source) for each in regime.scope]
        rows += [(each.clock, each.source) for each in regime.phases]
        rows += [(each.code, each.source) for each in factors_for(regime)]
        rows += [("recourse", each.source) for each in regime.recourse]
        yield from _of_others(regime.key, rows)
    lists = [(f"{each.key}@{each.version}", each.source) for each in sector_lists()]
    yield from _of_others("lists of sectors", lists)


def _of_others(
    name: str, rows: list[tuple[str, Source]]
) -> Iterator[tuple[str, list[tuple[str, Source]]]]:
    """Leave out what the platform itself proposes: it has no publisher to be read at."""
    held = [(row, source) for row, source in rows if source.status in SOURCED]
    if held:
        yield name, held


def _regime(regime: Regime) -> Iterator[str]:
    until = f", before {regime.valid_to}" if regime.valid_to else ""
    yield from (f"## {regime.title}", "")
    yield f"`{regime.key}`, from {regime.valid_from}{until}. {_cited(regime.source)}."
    yield from ("", regime.caveat, "")
    yield from ("| row | what it says | filing | source |", "|---|---|---|---|")
    for row in regime.scope:
        yield f"| `{row.id}` | {row.says} | {row.effect} | {_cited(row.source)} |"
    yield from ("", "| clock | step | stopped by | source |", "|---|---|---|---|")
    for phase in regime.phases:
        stops = phase.stops or "nothing"
        yield f"| `{phase.clock}` | {phase.title} | {stops} | {_cited(phase.source)} |"
    yield from ("", "| factor | what it asks | about | source |", "|---|---|---|---|")
    for factor in factors_for(regime):
        yield f"| `{factor.code}` | {factor.title} | {factor.about} | {_cited(factor.source)} |"
    yield ""
    for each in regime.recourse:
        within = each.within or "no time was read"
        yield f"Recourse: {each.body}; {within}. {_cited(each.source)}."
    yield ""


def _sectors(held: SectorList) -> Iterator[str]:
    force = f"from {held.valid_from}" if held.valid_from else f"announced {held.announced}"
    yield f"### {held.title}, version {held.version}"
    yield from ("", f"`{held.key}@{held.version}`, {force}. {_cited(held.source)}.", "")
    for item in held.items:
        within = f", within `{item.within}`" if item.within else ""
        yield f"- `{item.code}`: {item.title}{within}"
    yield ""


def _cited(source: Source) -> str:
    told = {SourceStatus.VERIFIED, SourceStatus.PROPOSAL}
    word = "" if source.status in told else "unverified, "
    note = f". {source.note}" if source.note else ""
    return f"{source.law}, {source.article} ({word}{_known(source)} {source.read_on}){note}".rstrip(
        "."
    )


def _known(source: Source) -> str:
    if source.status is SourceStatus.UNVERIFIED:
        return "not read as of"
    return f"{source.status} as of"


def _yes(answer: bool) -> str:  # noqa: FBT001 - private, one word
    return "yes" if answer else "no"
