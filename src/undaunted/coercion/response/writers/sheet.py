"""A brief as plain values: what PDF and Word are both written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Document

__all__ = ["Brief", "Curve", "Figure"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure at the head, with its words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The front: each point's cost and harm in per cent, and which is meant.

    `chosen` is where the brief's response lies, which may be beside every point.
    """

    title: str
    alternative: str
    across: str
    upward: str
    points: tuple[tuple[float, float], ...]
    chosen: tuple[float, float]
    ends: tuple[str, str, str, str]
    """Least and most cost, least and most harm, in words."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One brief: its document, and what stands above it and on every page."""

    document: Document
    kicker: str
    marking: str
    heads: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    curve: Curve
