"""Which kinds of editions there are: the areas hand them in when the process starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.editions.rules import KindUnknown

if TYPE_CHECKING:
    from undaunted.core.editions.rules import EditionKind

__all__ = ["edition_kinds", "kind_named", "register_edition_kind"]

_KINDS: dict[str, EditionKind] = {}


def register_edition_kind(kind: EditionKind) -> None:
    """Let editions of this kind be built; a second call replaces it."""
    _KINDS[kind.name] = kind


def edition_kinds() -> tuple[EditionKind, ...]:
    """Give all kinds, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def kind_named(name: str) -> EditionKind:
    """Give one kind. Raises `KindUnknown`."""
    found = _KINDS.get(name)
    if found is None:
        known = ", ".join(sorted(_KINDS)) or "none"
        raise KindUnknown(f"kind: {name!r} is not known here; this instance knows {known}")
    return found
