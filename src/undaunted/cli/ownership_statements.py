"""`undaunted ownership write`: stakes of any file as statements that others can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.cli.outputs import drafted
from undaunted.coercion.screening.readers import FileRefused
from undaunted.coercion.screening.rules import Publication
from undaunted.coercion.screening.writers import bods

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from undaunted.coercion.screening.readers import Loaded

__all__ = ["write_statements"]


def write_statements(loaded: Loaded, out: Path, publisher: str, day: date) -> str:
    """Write every stake, as known on every day, whole or not at all; gives what was written.

    Raises `FileRefused` for a file that was cut, and where nothing can be written.
    """
    if not publisher.strip():
        raise FileRefused("--publisher is empty; name who tells the statements")
    loaded.questioned()
    try:
        with drafted(out) as draft:
            draft.write_bytes(bods(loaded.stakes, Publication(publisher.strip(), day)))
    except OSError as reason:
        raise FileRefused(f"{out.name}: {reason.strerror}") from None
    return f"{len(loaded.stakes)} stakes, {len(loaded.stakes.parties)} parties."
