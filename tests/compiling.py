"""On a fresh clone each process of a run compiles a part of the tests, and none compiles them all.

pytest compiles a file of tests when it collects it, and each process collects every file: side by
side, all of them would compile the same one at the same time.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from _pytest.assertion.rewrite import (
    PYC_TAIL,
    _read_pyc,
    _rewrite_test,
    _write_pyc,
    assertstate_key,
    get_cache_dir,
)

if TYPE_CHECKING:
    import pytest

__all__ = ["compile_a_part"]

TESTS = Path(__file__).parent


def compile_a_part(config: pytest.Config) -> None:
    """Compile every so manyth file that is not compiled yet, where several processes test."""
    told = getattr(config, "workerinput", None)
    if told is None or sys.dont_write_bytecode:
        return
    place, number = int(told["workerid"].removeprefix("gw")), int(told["workercount"])
    for path in sorted(TESTS.rglob("test_*.py"))[place::number]:
        compiled = get_cache_dir(path) / (path.stem + PYC_TAIL)
        if _read_pyc(path, compiled) is None:
            compiled.parent.mkdir(exist_ok=True)
            source, code = _rewrite_test(path, config)
            _write_pyc(config.stash[assertstate_key], code, source, compiled)
