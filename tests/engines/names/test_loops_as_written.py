"""What is compiled of the loops of a search finds what the same loops find as they are written."""

from __future__ import annotations

import pkgutil
from contextlib import contextmanager
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.engines.names.test_reaching import _LATIN, _OTHER
from undaunted.engines import names as engine
from undaunted.engines.names import build_index, search

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__: list[str] = []

_SCRIPTS = (_LATIN, *_OTHER)
_JOINED = ["Abd al Rahman Tarvin", "Nur al Din Velgantov", "Kim Jong-un", "Abdurrahman Nurdin"]


@contextmanager
def _interpreted() -> Iterator[int]:
    """Run every loop as Python, line by line, in place of what was compiled; gives how many."""
    # numbers of 64 bits run over on purpose, of which plain numpy warns
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):
        count = 0
        for module in pkgutil.walk_packages(engine.__path__, f"{engine.__name__}."):
            held: Any = import_module(module.name)
            for name, loop in list(vars(held).items()):
                if hasattr(loop, "py_func"):
                    patch.setattr(held, name, loop.py_func)
                    count += 1
        yield count


def _asked() -> tuple[list[str], list[str]]:
    chance = Random(23)  # noqa: S311 - nothing is secret
    every = [word for words in _OTHER for word in words]
    listed = [" ".join(chance.sample(_LATIN, chance.randint(2, 4))) for _ in range(400)]
    listed += [" ".join(chance.sample(every, 2)) for _ in range(40)] + _JOINED
    listed += [" ".join(words[:3]) for words in _OTHER]
    asked = [
        " ".join(chance.sample(words, min(len(words), chance.randint(2, 3))))
        for words in _SCRIPTS
        for _ in range(3)
    ]
    return listed, [*asked, *_JOINED, "Velgantof Ahmd", "عبد الرحمن", "نور الدين", "Velgant J"]


def _hits(listed: list[str], asked: list[str]) -> list[list[tuple[str, float]]]:
    index = build_index(listed)
    return [
        [(hit.found.name, round(hit.score, 9)) for hit in search(name, index, threshold=least)]
        for name in asked
        for least in (0.7, 0.4)
    ]


def test_loops_find_as_written_what_they_find_compiled() -> None:
    listed, asked = _asked()
    compiled = _hits(listed, asked)
    with _interpreted() as loops:
        written = _hits(listed, asked)
    assert loops > 30
    assert sum(map(len, compiled)) > len(asked)
    assert written == compiled
