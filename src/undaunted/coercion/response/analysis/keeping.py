"""A search kept while it goes on, so that whoever broke it off goes on to the same end."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.coercion.response.readers.searches import bound_to, folder_of, secret_of
from undaunted.core.vault.actions import seal_outside
from undaunted.engines.trade import SearchState

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

__all__ = [
    "SearchState",
    "StateBroken",
    "StateOfAnother",
    "keep_sealed",
    "keep_state",
    "kept_state",
    "read_state",
    "replace_file",
    "written_state",
]


class StateBroken(ValueError):
    """A file that should hold the state of a search does not."""


class StateOfAnother(ValueError):
    """A file holds the state of a search for another question."""


def kept_state(path: Path, digest: str) -> SearchState | None:
    """Give the state from which a search of this very question goes on; None where none is.

    Raises `StateBroken`, `StateOfAnother`.
    """
    return read_state(path.read_bytes(), digest, path.name) if path.is_file() else None


def read_state(content: bytes, digest: str, name: str) -> SearchState:
    """Give the state that a file holds. Raises `StateBroken`, `StateOfAnother`."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as held:
            if str(held["digest"]) != digest:
                raise StateOfAnother(name)
            return SearchState.of({each: held[each] for each in held.files if each != "digest"})
    except (KeyError, EOFError, zipfile.BadZipFile) as fault:
        raise StateBroken(name) from fault
    except ValueError as fault:
        if isinstance(fault, StateOfAnother):
            raise
        raise StateBroken(name) from fault


def keep_state(path: Path, digest: str, state: SearchState) -> None:
    """Keep a state, whole or not at all."""
    replace_file(path, written_state(digest, state))


def written_state(digest: str, state: SearchState) -> bytes:
    """Give the bytes of a state."""
    buffer = io.BytesIO()
    told: dict[str, Any] = {"digest": np.array(digest), **state.arrays()}
    np.savez_compressed(buffer, **told)
    return buffer.getvalue()


def keep_sealed(holder: UUID, digest: str, name: str, content: bytes) -> None:
    """Write a file of a search sealed, whole or not at all."""
    sealed = seal_outside(content, bound_to(holder, digest, name), secret=secret_of(holder))
    replace_file(folder_of(holder, digest) / name, sealed)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f"{path.name}.draft")
    draft.write_bytes(content)
    draft.replace(path)
