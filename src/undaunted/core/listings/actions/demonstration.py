"""Invented lists for a demonstration: an earlier and a later version of two lists."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from undaunted.core.listings.actions.loading import load_list

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Loaded

__all__ = ["load_invented_lists"]

_FILES = (
    ("xf-invented", "xf-invented-1.jsonl"),
    ("xz-invented", "xz-invented-1.jsonl"),
    ("xf-invented", "xf-invented-2.jsonl"),
)


def load_invented_lists(*, actor: Actor, at: datetime) -> tuple[Loaded, ...]:
    """Load the invented lists that are shipped; people and companies of the five states alone."""
    folder = files("undaunted.core.listings").joinpath("packs/invented")
    with as_file(folder) as held:
        return tuple(
            load_list(source, Path(held) / name, actor=actor, at=at) for source, name in _FILES
        )
