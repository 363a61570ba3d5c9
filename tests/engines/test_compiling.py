"""What is kept of compiled loops is right for whoever takes it, or is not taken."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import pytest

from undaunted.engines import compiling

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

TOTAL = """
from undaunted.engines.compiling import compiled

@compiled
def total(values):
    found = values[0]
    for at in range(1, len(values)):
        found += values[at]
    return found
"""

LONGER = """
LONGER = {constant}

@compiled
def longer(value):
    add = lambda one: one + LONGER
    return add(value)
"""

CALLING = """
@compiled
def calling(value):
    return longer(value) + once(value)

@compiled
def once(value):
    return 0 * longer(value)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep loops in a folder of the test, beside the sources."""
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "kept"))
    return tmp_path


def _read(path: Path, source: str, **given: object) -> dict[str, Any]:
    """Run a module as a new process does that finds it so."""
    path.write_text(source)
    module = {"__name__": path.stem, "compiled": compiling.compiled, **given}
    exec(compile(source, str(path), "exec"), module)  # noqa: S102 - ours, from above
    return module


def _hits(loop: Any) -> int:
    return sum(loop.stats.cache_hits.values())


def _files(loop: Any) -> Any:
    return loop._cache._cache_file  # noqa: SLF001 - what two processes do to each other shows here


def test_processes_that_begin_at_once_with_other_types_keep_apart_what_they_compiled(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = (_read(folder / "loops.py", TOTAL)["total"] for _ in range(3))
    late: list[tuple[Any, ...]] = []
    whole, broken = np.arange(5), np.arange(5) / 2
    with monkeypatch.context() as first:
        first.setattr(_files(one), "_save_data", lambda *given: late.append(given))
        assert one(whole) == 10
    with monkeypatch.context() as second:
        # It looked at what is kept before the first had written; the first writes last.
        second.setattr(_files(two), "_load_index", dict)
        assert two(broken) == 5
    _files(one)._save_data(*late[0])  # noqa: SLF001
    assert [three(broken), three(whole)] == [5, 10]
    assert _hits(three) == 2


def test_what_was_compiled_of_another_callee_or_constant_is_not_taken(folder: Path) -> None:
    def called(constant: int, text: str = LONGER) -> Any:
        longer = _read(folder / "called.py", text.format(constant=constant))["longer"]
        return _read(folder / "caller.py", CALLING, longer=longer)["calling"]

    first, again, other = called(1), called(1), called(2)
    less = called(1, LONGER.replace("one + ", "one - "))
    assert [loop(5) for loop in (first, again, other, less)] == [6, 6, 7, 4]
    assert [_hits(loop) for loop in (first, again, other, less)] == [0, 1, 0, 0]


SORTED = """
import re
import numpy as np
from undaunted.engines.compiling import compiled

@compiled
def placed(values):
    return np.argsort(values)

placed(np.arange(40, dtype=np.int32))
(text,) = placed.inspect_llvm().values()
print(*sorted(set(re.findall(r"@(\\w+run_quicksort\\w+)", text))))
"""


def test_no_two_processes_give_one_name_to_functions_within_their_loops(folder: Path) -> None:
    source = folder / "sorting.py"
    source.write_text(SORTED)
    asked = [sys.executable, str(source)]
    told = []
    for process in ("one", "two"):
        kept = {**os.environ, "NUMBA_CACHE_DIR": str(folder / process)}
        done = subprocess.run(asked, env=kept, capture_output=True, text=True, check=True)
        told.append(set(done.stdout.split()))
    assert all(told)
    assert not told[0] & told[1]


def test_a_file_cut_short_and_a_folder_that_is_none_stop_nobody(folder: Path) -> None:
    def total() -> Any:
        return _read(folder / "loops.py", TOTAL)["total"]

    assert total()(np.arange(3)) == 3
    (file,) = (folder / "kept").rglob("*.nbc")
    file.write_bytes(file.read_bytes()[:-100])
    cut, whole = total(), total()
    assert [cut(np.arange(3)), whole(np.arange(3))] == [3, 3]
    assert [_hits(cut), _hits(whole)] == [0, 1]
    closed = total()
    file.unlink()
    file.parent.rmdir()
    file.parent.write_bytes(b"")
    assert closed(np.arange(3)) == 3


def test_where_nothing_can_be_kept_loops_are_compiled_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refusing(*_: object) -> None:
        raise RuntimeError("no locator available")

    monkeypatch.setattr("numba.core.caching.FunctionCache.__init__", refusing)
    made: Any = compiling.compiled(lambda value: value + 1)
    assert made(1) == 2
    assert made.stats.cache_path is None


def test_loops_are_read_without_linear_algebra_which_others_still_find() -> None:
    told = """
import sys
from undaunted.engines.names import build_index, search
index = build_index(["Ramzan Velgantov"])
assert search("Рамзан Велгантов", index)
assert "scipy.linalg" not in sys.modules
import numpy, scipy.linalg
assert (scipy.linalg.inv(numpy.eye(2)) == numpy.eye(2)).all()
"""
    subprocess.run([sys.executable, "-c", told], check=True)


def test_linear_algebra_is_hidden_from_one_thread_alone() -> None:
    hidden = compiling._NoMatrices()  # noqa: SLF001 - what the other test cannot time
    with pytest.raises(ModuleNotFoundError):
        hidden.find_spec("scipy.linalg")
    hidden.find_spec("scipy.special")
    with ThreadPoolExecutor(1) as pool:
        pool.submit(hidden.find_spec, "scipy.linalg").result()
