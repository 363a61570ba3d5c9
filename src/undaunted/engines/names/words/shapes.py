"""What aligning a name asks of it each time, worked out once for names that are compared often."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from undaunted.engines.names.words.given import ARABIC_NAMES
from undaunted.engines.names.words.prepared import Shape
from undaunted.engines.names.words.runs import run_at, spans
from undaunted.engines.names.words.tokens import Kind, Role, System

if TYPE_CHECKING:
    from undaunted.engines.names.words.prepared import Prepared, Runs
    from undaunted.engines.names.words.tokens import Token

__all__ = ["have_same_words", "keep_shape", "runs_of", "shape_of"]

_LETTERS, _INITIAL = System.LETTERS, Role.INITIAL


def _made(name: Prepared, *, kept: bool) -> Shape:
    places = _places(name.tokens)
    return Shape(
        places=places,
        plain=kept and _is_plain(name, places),
        words=tuple([
            (place, token, len(token.plain) if token.system is _LETTERS else 0)
            for place, token in enumerate(name.tokens)
        ]),
        runs=_runs_of(name) if kept else None,
    )  # fmt: skip


def runs_of(name: Prepared, shape: Shape) -> Runs:
    """Give the runs of a name, which its shape keeps once somebody asked."""
    if shape.runs is None:
        shape.runs = _runs_of(name)
    return shape.runs


def _runs_of(name: Prepared) -> Runs:
    runs = [run_at(name, first, behind) for first, behind in spans(len(name.tokens))]
    return tuple(
        (run.places, run.least, run.most, len(run.words), run) for run in runs if run is not None
    )


def _is_plain(name: Prepared, places: dict[str, int]) -> bool:
    """Say whether the same words in another name as plain, in any order, are the same name.

    So they are but where order tells whose son somebody is: behind a mark, or of Arab names alone.
    """
    if name.kind is not Kind.PERSON or name.also or name.fathers or name.script == "arabic":
        return False
    arabic = all(not ARABIC_NAMES.isdisjoint(token.classes) for token in name.tokens)
    return len(places) == len(name.tokens) and not arabic


def _places(tokens: tuple[Token, ...]) -> dict[str, int]:
    seen = {""}
    found: dict[str, int] = {}
    for place, token in enumerate(tokens):
        if token.system is not _LETTERS or token.plain in seen:
            return {}
        seen.add(token.plain)
        if token.role is not _INITIAL:
            found[token.plain] = place
    return found


def shape_of(name: Prepared) -> Shape:
    """Give the shape of a name: the one that it keeps, or one of those lately asked for."""
    return name.shape or _lately(name)


@lru_cache(maxsize=1 << 10)
def _lately(name: Prepared) -> Shape:
    return _made(name, kept=False)


def have_same_words(left: Prepared, right: Prepared) -> bool:
    """Say whether two names that keep their shapes are surely the same by all their words."""
    one, other = left.shape, right.shape
    if one is None or other is None or not (one.plain and other.plain):
        return False
    return one.places.keys() == other.places.keys()


def keep_shape(name: Prepared) -> Prepared:
    """Let a name keep its shape, for as long as it is kept itself."""
    if name.shape is None:
        # the name stays what it is: this is worked out from it alone
        object.__setattr__(name, "shape", _made(name, kept=True))
    return name
