"""Loops over the names of a list, compiled once for a machine and kept beside the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["compiled"]

F = TypeVar("F", bound="Callable[..., object]")


def compiled(function: F) -> F:
    """Compile a function at its first call; what was compiled is kept where that can be written."""
    try:
        return cast("F", numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:
        # No folder can be written: it is compiled anew in each process.
        return cast("F", numba.njit(nogil=True)(function))
