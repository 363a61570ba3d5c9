"""Which kinds of things can be shared: the areas hand them in when the process starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.sharing.rules import ItemRefused

if TYPE_CHECKING:
    from undaunted.core.sharing.rules import ItemKind

__all__ = ["kind_named", "kinds", "register_kind"]

_KINDS: dict[str, ItemKind] = {}


def register_kind(kind: ItemKind) -> None:
    """Let things of this kind be shared and taken in; a second call replaces it."""
    _KINDS[kind.name] = kind


def kinds() -> tuple[str, ...]:
    """Give the names of all kinds."""
    return tuple(sorted(_KINDS))


def kind_named(name: str) -> ItemKind:
    """Give one kind. Raises `ItemRefused`."""
    found = _KINDS.get(name)
    if found is None:
        known = ", ".join(kinds())
        raise ItemRefused(f"kind: {name!r} is not known here; this instance knows {known}")
    return found
