"""A search kept while it goes on, so that whoever broke it off goes on to the same end."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.trade import SearchState

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "SearchState",
    "StateBroken",
    "StateOfAnother",
    "keep_state",
    "kept_state",
    "replace_file",
]


class StateBroken(ValueError):
    """A file that should hold the state of a search does not."""


class StateOfAnother(ValueError):
    """A file holds the state of a search for another question."""


def kept_state(path: Path, digest: str) -> SearchState | None:
    """Give the state from which a search of this very question goes on; None where none is.

    Raises `StateBroken`, `StateOfAnother`.
    """
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as held:
            if str(held["digest"]) != digest:
                raise StateOfAnother(path.name)
            return SearchState.of({name: held[name] for name in held.files if name != "digest"})
    except (KeyError, EOFError, zipfile.BadZipFile) as fault:
        raise StateBroken(path.name) from fault
    except ValueError as fault:
        if isinstance(fault, StateOfAnother):
            raise
        raise StateBroken(path.name) from fault


def keep_state(path: Path, digest: str, state: SearchState) -> None:
    """Keep a state, whole or not at all."""
    buffer = io.BytesIO()
    told: dict[str, Any] = {"digest": np.array(digest), **state.arrays()}
    np.savez_compressed(buffer, **told)
    replace_file(path, buffer.getvalue())


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f"{path.name}.draft")
    draft.write_bytes(content)
    draft.replace(path)
