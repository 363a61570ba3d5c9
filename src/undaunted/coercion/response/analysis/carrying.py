"""A search carried out in the background, kept as it goes on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from undaunted.coercion.response.analysis import designing
from undaunted.coercion.response.analysis.designing import CannotSearch, worked_out
from undaunted.coercion.response.analysis.keeping import (
    StateBroken,
    StateOfAnother,
    keep_sealed,
    read_state,
    replace_file,
    written_state,
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
    search_file,
)
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
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
        held = json.loads(search_file(holder, digest, QUESTION))
        front = worked_out(
            question_of(held, where=QUESTION),
            rng=rng,
            state=_state(holder, digest),
            progress=lambda now: _note(holder, digest, now),
        )
    except (CannotSearch, ScenarioRefused) as refusal:
        keep_sealed(holder, digest, FAILED, str(refusal).encode())
        return False
    keep_sealed(holder, digest, FRONT, written_front(front).encode())
    (folder / STATE).unlink(missing_ok=True)
    return True


def _state(holder: UUID, digest: str) -> SearchState | None:
    try:
        return read_state(search_file(holder, digest, STATE), digest, STATE)
    except (OSError, VaultError, StateBroken, StateOfAnother):
        return None


def _note(holder: UUID, digest: str, now: SearchState) -> None:
    keep_sealed(holder, digest, STATE, written_state(digest, now))
    done = int(now.moved.sum())
    told = {
        "done": done,
        "expected": done + (designing.EFFORT.points or 0),
        "solved": len(now.harm),
    }
    replace_file(folder_of(holder, digest) / PROGRESS, json.dumps(told).encode())
