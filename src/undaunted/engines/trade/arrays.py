"""Which library the arrays of a ground belong to, and the way to it and back.

The engine is written once, in the functions of the array API standard. NumPy holds them itself;
those of another library come from `array-api-compat`. No such library is imported here: whoever
wants an accelerator gives an array that lies on it, and the engine works where that array lies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from array_api_compat import array_namespace, device

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["Array", "Functions", "as_numpy", "functions_of", "sender", "swapped", "turned"]

Array = Any
"""An array of NumPy, or of another library with the functions of the standard."""
Functions = Any
"""The functions of the standard, as a library has them."""
Kind = Any
"""The type of the numbers in an array, as a library names it."""


def functions_of(array: Array) -> Functions:
    """Give the functions of the standard for the library of an array."""
    return np if isinstance(array, np.ndarray) else array_namespace(array)


def sender(like: Array, dtype: Kind = None) -> Callable[[Array], Array]:
    """Give what brings an array of numbers to where `like` lies, by default in its type."""
    xp, kind = functions_of(like), like.dtype if dtype is None else dtype
    if xp is np:
        return lambda table: np.ascontiguousarray(table, dtype=kind)
    where = device(like)
    return lambda table: xp.asarray(_in_order(table), dtype=kind, device=where)


def as_numpy(array: Array) -> NDArray[Any]:
    """Bring an array to NumPy, from whichever device it lies on."""
    if isinstance(array, np.ndarray):
        return array
    return np.from_dlpack(array.cpu() if hasattr(array, "cpu") else array)


def turned(array: Array) -> Array:
    """Give the transpose of a matrix, laid out anew, since products run along rows."""
    if isinstance(array, np.ndarray):
        return array.T.copy()
    return _in_order(array.T)


def swapped(array: Array) -> Array:
    """Give [j, n, S] for [n, j, S], and back."""
    return functions_of(array).permute_dims(array, (1, 0, 2))


def _in_order(table: Array) -> Array:
    """Give a table whose numbers lie in memory in the order of its axes, writable.

    Laid out flat they do so in every library; what is copied may keep the order that it had.
    """
    if isinstance(table, np.ndarray):
        return np.array(table, order="C")
    xp = functions_of(table)
    return xp.reshape(xp.reshape(table, (-1,)), table.shape)
