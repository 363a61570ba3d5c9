"""What a picture of owners and companies holds, before anybody gives it ink or words.

Boxes are parties; a bundle is holders of one company who do not bear on the answer, folded into a
number or told line by line; ties are stakes of one holder in one company. Shares are whole units of
a billionth. Owners stand above what they hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Box", "Bundle", "Drawing", "Holder", "Part", "Shape", "Standing", "Tie", "Words"]


class Standing(StrEnum):
    """What the question says of a party."""

    SEED = "seed"
    MUST = "must"
    MAY = "may"
    JOINT = "joint"
    NONE = "none"


class Shape(StrEnum):
    """What a party is, as far as its source says."""

    UNKNOWN = "unknown"
    COMPANY = "company"
    PERSON = "person"
    STATE = "state"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Part:
    """One stake: its right, its share, and who says so."""

    right: str
    lowest: int
    highest: int
    source: str
    row: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds, and by what stakes."""

    party: str
    label: str
    shape: Shape
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One party: its identifier, its name, what it is, and the middle of its box."""

    party: str
    label: str
    shape: Shape
    standing: Standing
    asked: bool
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bundle:
    """Holders of one company: told where it is open, counted where it is not."""

    company: str
    company_label: str
    holders: tuple[Holder, ...]
    opened: bool
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tie:
    """Stakes of one holder in one company; `points` lead from the holder to the company.

    Attributes:
        owner: name of the holder, nothing for a bundle.
        company: name of the company.
        parts: the stakes, one a right; none for a bundle.
        carries: the proof of the answer names one of them.
        back: it leads against the order of the layers, or to the holder itself.
        told_at: where its shares are written.
    """

    owner: str
    company: str
    parts: tuple[Part, ...]
    carries: bool
    back: bool
    points: tuple[tuple[float, float], ...]
    told_at: tuple[float, float]

    @property
    def exact(self) -> bool:
        """Tell whether every share is stated and no range."""
        return all(each.lowest == each.highest for each in self.parts)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture; `unseen` parties stand above folded holders and are not in it."""

    boxes: tuple[Box, ...]
    bundles: tuple[Bundle, ...]
    ties: tuple[Tie, ...]
    width: float
    height: float
    unseen: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a picture in the reader's language.

    Attributes:
        shapes: what a party is.
        standings: what the question says of it; nothing of most.
        asked: said of the company that is asked about.
        name: a party's name, of its identifier and the name in its source.
        share: a stake in words, its right where it is not equity.
        more: so many holders that are not drawn or are told line by line.
        carries: said of a tie that carries the answer.
        open_ended: said of a share that is a range or is not stated.
        title: of the whole.
        description: a sentence that says what there is to see.
        right_to_left: owners' names run so, and the picture is mirrored.
    """

    shapes: Mapping[Shape, str]
    standings: Mapping[Standing, str]
    asked: str
    name: Callable[[str, str], str]
    share: Callable[[Part], str]
    more: Callable[[int], str]
    carries: str
    open_ended: str
    title: str
    description: str
    right_to_left: bool

    def bundle(self, bundle: Bundle) -> str:
        """Say how many more hold a company."""
        company = self.name(bundle.company, bundle.company_label)
        return f"{self.more(len(bundle.holders))}: {company}"
