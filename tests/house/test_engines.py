"""Engines are pure: they import without Django, and hide no clock, file or randomness."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from tests.house.tree import PACKAGE, imports_of, modules, nodes_of, relative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__: list[str] = []

ENGINES = PACKAGE / "engines"
OUTSIDE = {"os", "pathlib", "socket", "subprocess", "urllib", "shutil", "tempfile", "logging"}
CLOCKS = {"now", "today", "utcnow"}

IMPORT_ALL = """
import importlib, pkgutil, sys

REFUSED = {"django", "ninja", "psycopg", "allauth", "procrastinate", "typer", "httpx", "requests"}

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in REFUSED:
            raise ImportError(f"an engine asked for {name}")

sys.meta_path.insert(0, Refuse())
import undaunted.engines as engines
count = 0
for module in pkgutil.walk_packages(engines.__path__, engines.__name__ + "."):
    importlib.import_module(module.name)
    count += 1
print(count)
"""


def test_every_engine_imports_with_django_absent() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL],
        env={"PYTHONPATH": str(PACKAGE.parent), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    files = [path for path in ENGINES.rglob("*.py") if path != ENGINES / "__init__.py"]
    assert int(done.stdout) == len(files)


def test_no_engine_goes_in_a_circle_for_its_types_either() -> None:
    """What import-linter passes over: to name a module only for a type that it has."""
    paths = {_name_of(path): path for path in modules("src/undaunted/engines")}
    named = {name: set(_named_by(path, paths)) for name, path in paths.items()}
    assert list(TopologicalSorter(named).static_order())


def _name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if path.stem == "__init__" else parts)


def _named_by(path: Path, known: dict[str, Path]) -> Iterator[str]:
    for module, said, _ in imports_of(path):
        within = {f"{module}.{name}" for name in said} & known.keys()
        yield from within or {module} & known.keys()


def test_no_engine_reaches_outside_its_arguments() -> None:
    reaching = [
        f"{relative(path)}:{line} imports {name}"
        for path in modules("src/undaunted/engines")
        for name, _, line in imports_of(path)
        if name.partition(".")[0] in OUTSIDE
    ]
    assert reaching == []


def test_no_engine_reads_a_file_or_a_clock_or_its_own_chance() -> None:
    found = []
    for path in modules("src/undaunted/engines"):
        found += [
            f"{relative(path)}:{node.lineno} {ast.unparse(node.func)}"
            for node in nodes_of(path)
            if isinstance(node, ast.Call) and _forbidden(node.func)
        ]
    assert found == []


def _forbidden(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in {"open", "input", "print"}
    if isinstance(called, ast.Attribute):
        return called.attr in CLOCKS or ".random." in f".{ast.unparse(called)}."
    return False
