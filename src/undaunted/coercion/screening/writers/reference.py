"""The reference of regimes as the packs have it: lines of Markdown, kept current by a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules import (
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
    told: list[str] = []
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
    word = "" if source.status is SourceStatus.VERIFIED else "unverified, "
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
