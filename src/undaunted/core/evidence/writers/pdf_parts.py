"""What stands inside one object of a PDF, whoever looks for something in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["dictionaries_in"]


def dictionaries_in(thing: Any) -> Iterator[pikepdf.Dictionary | pikepdf.Stream]:  # noqa: ANN401 - whatever stands in the file
    """Give the dictionaries that stand directly in a thing, itself among them."""
    waiting = [thing]
    while waiting:
        held = waiting.pop()
        if isinstance(held, (pikepdf.Dictionary, pikepdf.Stream)):
            yield held
            within = [held[key] for key in held.keys()]  # noqa: SIM118 - no plain mapping
        elif isinstance(held, pikepdf.Array):
            within = list(held)
        else:
            continue
        waiting += [
            each for each in within if isinstance(each, pikepdf.Object) and not each.is_indirect
        ]
