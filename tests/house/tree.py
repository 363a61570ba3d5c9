"""The tree of the project as the house tests see it: files, modules, subjects, exceptions."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "AREAS",
    "PACKAGE",
    "ROOT",
    "Function",
    "Subject",
    "doors_of",
    "exceptions",
    "functions_of",
    "imports_of",
    "modules",
    "nodes_of",
    "parsed",
    "public_functions",
    "relative",
    "room_modules",
    "subjects",
    "tracked_files",
]

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "undaunted"
AREAS = ("core", "prisoners", "shelter", "repression", "coercion")
NOT_OURS = {"migrations", "__pycache__", "node_modules", "vendor"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Subject(NamedTuple):
    """One subject: its dotted name inside `undaunted`, and its folder."""

    name: str
    folder: Path

    @property
    def label(self) -> str:
        """The Django label, which is the folder's name."""
        return self.folder.name


def relative(path: Path) -> str:
    """Give the path as it is written from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """Give the Python files we write under `folders` (default: the package), without migrations."""
    roots = [ROOT / folder for folder in folders] or [PACKAGE]
    found = [path for root in roots if root.exists() for path in root.rglob("*.py")]
    return tuple(sorted(path for path in found if not NOT_OURS & set(path.parts)))


@cache
def parsed(path: Path) -> ast.Module:
    """Give the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Give every node of a file's syntax tree; a walk costs what parsing does."""
    return tuple(ast.walk(parsed(path)))


@cache
def subjects() -> tuple[Subject, ...]:
    """Give every subject that exists, in `core` and in the areas."""
    found = []
    for area in AREAS:
        if not (PACKAGE / area).is_dir():
            continue
        found += [
            Subject(f"{area}.{folder.name}", folder)
            for folder in sorted((PACKAGE / area).iterdir())
            if folder.is_dir() and folder.name not in NOT_OURS
        ]
    return tuple(found)


def room_modules(subject: Subject, room: str) -> list[Path]:
    """Give the files of one room: `queries.py`, or every file of the folder `queries`."""
    single = subject.folder / f"{room}.py"
    return [single] if single.exists() else sorted((subject.folder / room).rglob("*.py"))


def doors_of(subject: Subject, room: str) -> frozenset[str] | None:
    """Give what a room that is a folder says is public; None where it says nothing."""
    front = subject.folder / room / "__init__.py"
    if not front.exists():
        return None
    for node in parsed(front).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(each, ast.Name) and each.id == "__all__" for each in targets):
                return frozenset(ast.literal_eval(node.value)) or None
    return None


def functions_of(path: Path) -> Iterator[Function]:
    """Give every function of a file, inner ones and methods included."""
    for node in nodes_of(path):
        if isinstance(node, Function):
            yield node


def public_functions(path: Path) -> list[Function]:
    """Give the functions at the top of a file whose names do not begin with an underscore."""
    return [
        node
        for node in parsed(path).body
        if isinstance(node, Function) and not node.name.startswith("_")
    ]


def imports_of(path: Path) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Give (module, names, line) for every import, also those for types alone."""
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, (), node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, tuple(alias.name for alias in node.names), node.lineno


@cache
def tracked_files() -> tuple[Path, ...]:
    """Give the files of the repository: what git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


def exceptions(table: str) -> dict[str, str]:
    """Give one table of exceptions.toml: what is excepted, and why."""
    text = (Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8")
    return {name: str(reason) for name, reason in tomllib.loads(text)[table].items()}
