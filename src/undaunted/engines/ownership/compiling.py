"""Loops over millions of stakes, compiled once for a machine and kept beside the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["compiled"]

F = TypeVar("F", bound="Callable[..., object]")


def compiled(function: F) -> F:
    """Compile a function at its first call; what was compiled is kept where that can be written."""
    try:
        made: Any = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        # No folder can be written: it is compiled anew in each process.
        return cast("F", numba.njit(nogil=True)(function))
    kept = made._cache  # noqa: SLF001 - numba has no other way to it
    kept.load_overload, kept.save_overload = map(_tried, (kept.load_overload, kept.save_overload))
    return cast("F", made)


def _tried(step: Callable[..., object]) -> Callable[..., object]:
    """Let what cannot be read or written of a folder count as nothing: it is compiled anew."""

    def tried(*given: object) -> object:
        try:
            return step(*given)
        except Exception:  # noqa: BLE001 - a full disk, a file cut short: numba raises them all
            return None

    return tried
