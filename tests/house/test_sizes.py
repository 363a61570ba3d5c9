"""No file and no function grows past what one look can hold."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.tree import Function, exceptions, functions_of, modules, relative

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
FOLDERS = ("src", "tests", "benchmarks")


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_stay_within_400_lines() -> None:
    long = {relative(p): _lines(p) for p in modules(*FOLDERS) if _lines(p) > LONGEST_FILE}
    excepted = exceptions("file_sizes")
    assert {path: n for path, n in long.items() if path not in excepted} == {}
    assert set(excepted) <= set(long), "no longer needed"


def test_functions_stay_within_50_lines() -> None:
    long = {
        f"{relative(path)}::{node.name}": _length(node)
        for path in modules(*FOLDERS)
        for node in functions_of(path)
        if _length(node) > LONGEST_FUNCTION
    }
    excepted = exceptions("function_sizes")
    assert {name: n for name, n in long.items() if name not in excepted} == {}
    assert set(excepted) <= set(long), "no longer needed"


def _length(node: Function) -> int:
    """Lines from `def` to the end, without the docstring: explaining more is never punished."""
    whole = (node.end_lineno or 0) - node.lineno + 1
    if not ast.get_docstring(node):
        return whole
    said = node.body[0]
    return whole - ((said.end_lineno or 0) - said.lineno + 1)
