"""One set of facts about somebody, from what was recorded once: what every law is asked about.

A fact is met where somebody found it and it rests on at least one piece of evidence that is
reliable (source A or B, the information not doubted). Without one it stays unclear, whatever was
written. Nothing here weighs a person: facts are met, not met or unclear, each with its grounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.core.standards.rules import Finding, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

__all__ = [
    "UNRELIABLE",
    "Found",
    "Linked",
    "Rest",
    "facts_about",
    "facts_by_act",
    "linked_acts",
]

UNRELIABLE: Final = "Rests on nothing reliable yet: no source A or B that is not doubted."


@dataclass(frozen=True, slots=True)
class Rest:
    """One citation: its id, its source, and whether its grade is reliable."""

    id: str
    source: str
    reliable: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody found on one fact: of one act, or of the whole dossier where `act` is empty."""

    fact: str
    act: str
    value: Value
    reasons: str
    rests: tuple[Rest, ...] = ()
    perpetrator: str = ""
    """Whom it is about, where it is a fact about one person; empty: about what was done."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A link from an act to somebody, with what it rests on."""

    act: str
    perpetrator: str
    mode: str
    reasons: str
    rests: tuple[Rest, ...] = ()


def linked_acts(perpetrator: str, links: Iterable[Linked], acts: Collection[str]) -> frozenset[str]:
    """Give the acts, of those that may be shown, to which somebody is linked."""
    return frozenset(
        each.act for each in links if each.perpetrator == perpetrator and each.act in acts
    )


def facts_about(
    perpetrator: str,
    found: Iterable[Found],
    links: Iterable[Linked],
    *,
    acts: Collection[str],
) -> Mapping[str, Finding]:
    """Give the facts about somebody over the acts that may be shown, by the id of the fact.

    They say what was found at all. Whether a law is met is asked of each act: `facts_by_act`.

    `acts` are those whose victims agreed: what rests on another act is left out, so that a gap
    shows where somebody did not agree.
    """
    held = tuple(each for each in links if each.perpetrator == perpetrator and each.act in acts)
    own = {each.act for each in held}
    told = [
        *_told_by_links(held),
        *(
            each
            for each in found
            if (not each.act or each.act in own) and each.perpetrator in {"", perpetrator}
        ),
    ]
    grouped: dict[str, list[Found]] = {}
    for each in told:
        grouped.setdefault(each.fact, []).append(each)
    return {fact: _together(several) for fact, several in sorted(grouped.items())}


def facts_by_act(
    perpetrator: str,
    found: Iterable[Found],
    links: Iterable[Linked],
    *,
    acts: Collection[str],
) -> Mapping[str, Mapping[str, Finding]]:
    """Give the facts about somebody by each act to which they are linked, of those to be shown.

    What was found of the person and of the whole holds for each.
    """
    told, linked = tuple(found), tuple(links)
    return {
        act: facts_about(perpetrator, told, linked, acts={act})
        for act in sorted(linked_acts(perpetrator, linked, acts))
    }


def _told_by_links(links: Iterable[Linked]) -> Iterator[Found]:
    for each in links:
        yield Found(each.mode, each.act, Value.MET, each.reasons, each.rests)


def _together(several: list[Found]) -> Finding:
    values = [_value(each) for each in several]
    if Value.MET in values:
        value = Value.MET
    elif Value.UNCLEAR in values:
        value = Value.UNCLEAR
    else:
        value = Value.NOT_MET
    kept = [each for each, held in zip(several, values, strict=True) if held is value]
    reasons = [each.reasons for each in kept if each.reasons]
    if value is Value.UNCLEAR and any(each.value is Value.MET for each in kept):
        reasons.append(UNRELIABLE)
    sources = dict.fromkeys(rest.source for each in kept for rest in each.rests)
    return Finding(value, tuple(dict.fromkeys(reasons)), tuple(sources))


def _value(found: Found) -> Value:
    if found.value is Value.MET and not any(rest.reliable for rest in found.rests):
        return Value.UNCLEAR
    return found.value
