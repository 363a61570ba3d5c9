"""A search carried out in the background, kept as it goes on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from undaunted.coercion.response.analysis import designing
from undaunted.coercion.response.analysis.designing import CannotSearch, worked_out
from undaunted.coercion.response.analysis.keeping import (
    StateBroken,
    StateOfAnother,
    keep_state,
    kept_state,
    replace_file,
)
from undaunted.coercion.response.readers.fronts import written_front
from undaunted.coercion.response.readers.question import question_of
from undaunted.coercion.response.readers.scenario import ScenarioRefused
from undaunted.coercion.response.readers.searches import (
    FAILED,
    FRONT,
    PROGRESS,
    QUESTION,
    STATE,
    folder_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from uuid import UUID

    from numpy.random import Generator  # noqa: TID251 - an argument's type

    from undaunted.engines.trade import SearchState

__all__ = ["carry_out"]


def carry_out(holder: UUID, digest: str, *, rng: Generator) -> bool:
    """Search for a question that was kept; tell whether a front was found.

    A second run goes on where the first was broken off, and changes nothing once it has ended.
    """
    folder = folder_of(holder, digest)
    if not (folder / QUESTION).is_file() or (folder / FRONT).is_file():
        return False
    try:
        held = json.loads((folder / QUESTION).read_text(encoding="utf-8"))
        front = worked_out(
            question_of(held, where=QUESTION),
            rng=rng,
            state=_state(folder, digest),
            progress=lambda now: _note(folder, digest, now),
            told=lambda done, every: _note_bands(folder, done, every),
        )
    except (CannotSearch, ScenarioRefused) as refusal:
        replace_file(folder / FAILED, str(refusal).encode())
        return False
    replace_file(folder / FRONT, written_front(front).encode())
    (folder / STATE).unlink(missing_ok=True)
    return True


def _state(folder: Path, digest: str) -> SearchState | None:
    try:
        return kept_state(folder / STATE, digest)
    except (StateBroken, StateOfAnother):
        return None


def _note(folder: Path, digest: str, now: SearchState) -> None:
    keep_state(folder / STATE, digest, now)
    done, points = int(now.moved.sum()), designing.EFFORT.points or len(now.front)
    expected = done + designing.still_open(now) + points
    _tell(folder, {"done": done, "expected": expected, "solved": len(now.harm)})


def _note_bands(folder: Path, done: int, every: int) -> None:
    """Tell how many points of the front that was found have their band."""
    held = json.loads((folder / PROGRESS).read_text(encoding="utf-8"))
    moved = held.get("moved", held["done"])
    _tell(folder, held | {"moved": moved, "done": moved + done, "expected": moved + every})


def _tell(folder: Path, told: Mapping[str, int]) -> None:
    replace_file(folder / PROGRESS, json.dumps(told).encode())
