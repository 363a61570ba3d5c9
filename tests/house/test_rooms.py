"""Whoever opens a folder finds the rooms they expect, each with its door."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.house.tree import (
    NOT_OURS,
    PACKAGE,
    ROOT,
    Subject,
    modules,
    parsed,
    relative,
    subjects,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

ROOMS = frozenset(
    {"actions", "analysis", "api", "apps", "commands", "forms", "middleware", "models", "pages"}
    | {"queries", "readers", "rules", "tasks", "urls", "writers"}
)
FURNITURE = frozenset({"__init__", "migrations", "templates", "templatetags", "packs", "static"})
BOXROOMS = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "shared", "lib"})


@pytest.mark.parametrize("subject", subjects(), ids=lambda s: s.name)
def test_subject_has_only_known_rooms(subject: Subject) -> None:
    found = {
        entry.stem if entry.is_file() else entry.name
        for entry in subject.folder.iterdir()
        if entry.name != "__pycache__"
    }
    assert found - ROOMS - FURNITURE == set()


@pytest.mark.parametrize("subject", subjects(), ids=lambda s: s.name)
def test_subject_is_one_app_named_after_its_folder(subject: Subject) -> None:
    text = (subject.folder / "apps.py").read_text(encoding="utf-8")
    assert f'name = "undaunted.{subject.name}"' in text
    assert f'label = "{subject.label}"' in text


def test_no_boxroom_exists() -> None:
    boxrooms = {
        relative(path)
        for path in modules("src", "tests", "benchmarks")
        if BOXROOMS & {path.stem, *path.parent.relative_to(ROOT).parts}
    }
    assert boxrooms == set()


def test_no_room_is_both_a_file_and_a_folder() -> None:
    twice = {relative(p) for p in modules() if p.with_suffix("").is_dir()}
    assert twice == set()


def test_no_management_folder_escapes_the_contracts() -> None:
    assert [relative(folder) for folder in PACKAGE.rglob("management")] == []


def test_every_folder_with_python_is_a_package() -> None:
    bare = {
        relative(path.parent)
        for top in ("src/undaunted", "tests", "benchmarks")
        for path in (ROOT / top).rglob("*.py")
        if not (NOT_OURS - {"migrations"}) & set(path.parts)
        and not (path.parent / "__init__.py").exists()
    }
    assert bare == set()


def test_every_module_opens_with_a_docstring() -> None:
    silent = {
        relative(path)
        for path in modules("src")
        if parsed(path).body and not ast.get_docstring(parsed(path))
    }
    assert silent == set()


def test_every_module_says_what_is_public() -> None:
    unsaid = {relative(p) for p in modules("src") if _has_content(p) and not _says_all(p)}
    unsaid.discard("src/undaunted/config/settings.py")  # Django reads every name in capitals
    assert unsaid == set()


def _has_content(path: Path) -> bool:
    body = parsed(path).body
    silent_door = len(body) == 1 and bool(ast.get_docstring(parsed(path)))
    return bool(body) and not silent_door


def _says_all(path: Path) -> bool:
    for node in parsed(path).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            return True
    return False
