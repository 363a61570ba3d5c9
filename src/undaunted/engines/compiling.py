"""Loops over millions of rows, compiled once for a machine and kept where that can be written.

Numba numbers what it keeps of a function, one number for each set of types, and writes the numbers
into an index. Two processes that begin at once may take the same number for other types; from then
on every process runs what was compiled for the other types, and answers wrongly or dies. Nor does
numba see that a function called from another module has changed. Here what is kept is named after
its types, tells what it was made of, and counts for nothing where that is something else.

Functions within a loop, such as those that sort, numba names by a count of the process. Two loops
that were compiled in two processes may hold one name for two of them; a process that runs both
would give the second what the first holds. Here every loop counts from a number of its own.

Numba reads SciPy's linear algebra wherever it lies, some 15 MiB, and does without where it is not
there. No loop of ours has a matrix, so it is not found while numba reads what it can compile.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from itertools import count
from threading import get_ident
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import uuid4

import numba
import numpy as np
from numba.core.bytecode import FunctionIdentity
from numba.core.caching import FunctionCache, IndexDataCacheFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType

__all__ = ["compiled"]

F = TypeVar("F", bound="Callable[..., object]")
_PLAIN = (int, float, str, bytes, tuple, np.generic, type(None))


def compiled(function: F) -> F:
    """Compile a function at its first call; what was compiled is kept where that can be written."""
    made: Any = numba.njit(nogil=True)(function)
    # Where no folder can be written, it is compiled anew in each process.
    with suppress(RuntimeError):
        made._cache = _Kept(function)  # noqa: SLF001 - numba has no other way to it
    return cast("F", made)


class _Kept(FunctionCache):
    """What was compiled of one function; what cannot be kept is compiled anew."""

    def __init__(self, function: Callable[..., object]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]
        self.function = function
        self._cache_file: _Files = _Files(  # type: ignore[no-untyped-call]
            self._cache_path, self._impl.filename_base, None
        )

    def load_overload(self, sig: object, target_context: object) -> object:
        """Give what was compiled for some types, if it was compiled of what stands now."""
        _read_without_matrices()
        self._cache_file.made_of = _made_of(self.function)
        found = super().load_overload(sig, target_context)  # type: ignore[no-untyped-call]
        if found is None:
            _count_apart()
        return found

    def save_overload(self, sig: object, data: object) -> None:
        """Keep what was compiled for some types; a full or closed disk stops nobody."""
        with suppress(OSError):
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]


class _Files(IndexDataCacheFile):
    """A file for each set of types, which says what was compiled, and of what."""

    made_of: object = None
    """All that the loops hold, as it stands in this process."""

    def load(self, key: object) -> object:
        """Give what is kept for a key; nothing where it is of something else, or not whole."""
        try:
            found, data = self._load_data(self._named(key))  # type: ignore[no-untyped-call]
        except Exception:  # noqa: BLE001 - a file cut short raises whatever its bytes say
            return None
        return data if found == (self._version, self.made_of, key) else None

    def save(self, key: object, data: object) -> None:
        """Keep what was compiled for a key."""
        told = self._version, self.made_of, key
        self._save_data(self._named(key), (told, data))  # type: ignore[no-untyped-call]

    def _named(self, key: object) -> str:
        stem = self._index_name.removesuffix(".nbi")
        return f"{stem}.{sha256(repr(key).encode()).hexdigest()[:32]}.nbc"


class _NoMatrices:
    """Says that SciPy's linear algebra is nowhere, to the thread that made it alone."""

    def __init__(self) -> None:
        self.thread = get_ident()

    def find_spec(self, name: str, *_: object) -> None:
        """Refuse one module, and leave all others to whoever finds them."""
        if name == "scipy.linalg" and get_ident() == self.thread:
            raise ModuleNotFoundError(name=name)


def _read_without_matrices() -> None:
    """Let numba read what it can compile, once a process, and find no linear algebra there."""
    if "numba.np.arraymath" in sys.modules:
        return
    nowhere = _NoMatrices()
    sys.meta_path.insert(0, nowhere)
    try:
        import_module("numba.np.arraymath")
    finally:
        sys.meta_path.remove(nowhere)


def _count_apart() -> None:
    """Let functions that are compiled from here on have names that no other process gives."""
    FunctionIdentity._unique_ids = count(uuid4().int >> 66)  # noqa: SLF001 - as above


def _made_of(function: Callable[..., Any]) -> dict[str, str]:
    """Tell all that the loops of a function hold: what it says, what it calls, constants named."""
    told: dict[str, str] = {}
    waiting = [function]
    while waiting:
        each = waiting.pop()
        if f"{each.__module__}.{each.__qualname__}" in told:
            continue
        codes = tuple(_codes(each.__code__))
        told[f"{each.__module__}.{each.__qualname__}"] = repr(
            [
                (code.co_code, code.co_names, [_plain(const) for const in code.co_consts])
                for code in codes
            ]
        )
        for name in {name for code in codes for name in code.co_names} & each.__globals__.keys():
            value = each.__globals__[name]
            called = getattr(value, "py_func", None)
            if called is None:
                told[f"{each.__module__}.{name}"] = _plain(value)
            else:
                waiting.append(called)
    return told


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Give the code of a function, and of what is written within it."""
    yield code
    for const in code.co_consts:
        if isinstance(const, type(code)):
            yield from _codes(const)


def _plain(value: object) -> str:
    """Write a constant; of others, which stand under their names, the kind is enough."""
    return repr(value) if isinstance(value, _PLAIN) else type(value).__name__
