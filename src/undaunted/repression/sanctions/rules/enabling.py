"""Companies that listed people control, as stakes show it: must, may, or with one other half."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Enabler", "Enablers", "Held", "kept_in_edition"]

_WORD = re.compile(r"\w{1,200}")


class Held(StrEnum):
    """How far stakes show that a company is controlled."""

    MUST = "must"
    MAY = "may"
    JOINT = "joint"


@dataclass(frozen=True, slots=True)
class Enabler:
    """One company and who controls it; that it did anything is not said.

    Attributes:
        entry: the list's code and the key of the entry, as `xf-invented:XF-0001`.
        proof: sentences that show the chain, each resting on a row of the file.
        listed: the company's own entry, where the file names it by one.
    """

    company: str
    entry: str
    name: str
    held: Held
    proof: tuple[str, ...] = ()
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Enablers:
    """What one file of stakes shows about people listed under a state's laws.

    Attributes:
        digest: SHA-256 of the file.
        asked: entries that stand under the laws and that the file names as owners.
        narrowed: only what an edition may keep stands in it.
    """

    file: str
    digest: str
    asked: tuple[str, ...]
    found: tuple[Enabler, ...]
    narrowed: bool = False


def kept_in_edition(held: Enablers, parties: Iterable[str]) -> Enablers:
    """Give what may be frozen: companies on a list, or surely controlled by somebody on one.

    `parties` are all whom the file names. Of a company whose chain, source or own name has the
    name of somebody who is not kept, nothing is told: they may be a private person.
    """
    sure = [each for each in held.found if each.listed or each.held is Held.MUST]
    told = {name for each in sure for name in (each.company, each.entry, each.name, each.listed)}
    others = {words for each in parties if each not in told and (words := _words(each))}
    longest = max(map(len, others), default=0)
    found = tuple(each for each in sure if not _names(each, others, longest))
    return replace(held, found=found, narrowed=True)


def _names(each: Enabler, others: set[tuple[str, ...]], longest: int) -> bool:
    """Whether what is told of a company names one of others, word by word."""
    told = [_words(text) for text in (each.company, *each.proof)]
    return any(
        words[start:end] in others
        for words in told
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + longest) + 1)
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))
