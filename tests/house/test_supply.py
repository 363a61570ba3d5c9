"""Everything is fetched through an actor, and every action leaves an audit entry."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.tree import (
    Function,
    doors_of,
    exceptions,
    imports_of,
    modules,
    nodes_of,
    public_functions,
    relative,
    room_modules,
    subjects,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__: list[str] = []

# The subjects that the idea of an actor and of an entry is built from.
UNDER_THE_RULE = {"core.access", "core.audit"}
ACTING = ("actor", "session")
RECORDS = "record_entry"


def _room_functions(room: str) -> Iterator[tuple[str, Path, Function]]:
    for subject in subjects():
        if subject.name in UNDER_THE_RULE:
            continue
        doors = doors_of(subject, room)
        for path in room_modules(subject, room):
            for node in public_functions(path):
                if doors is not None and node.name not in doors:
                    continue
                yield f"{subject.name}.{node.name}", path, node


def _unexcepted(found: set[str], table: str) -> set[str]:
    excepted = set(exceptions(table))
    assert excepted <= found, f"no longer needed: {excepted - found}"
    return found - excepted


def test_the_first_argument_of_every_query_is_the_actor() -> None:
    found = set()
    for name, _, node in _room_functions("queries"):
        arguments = [*node.args.posonlyargs, *node.args.args]
        if not arguments or arguments[0].arg.lstrip("_") != "actor":
            found.add(name)
    assert _unexcepted(found, "queries_without_actor") == set()


def test_every_action_is_told_who_acts_by_keyword() -> None:
    found = {
        name
        for name, _, node in _room_functions("actions")
        if not {argument.arg for argument in node.args.kwonlyargs} & set(ACTING)
    }
    assert _unexcepted(found, "actions_without_actor") == set()


def test_every_action_leaves_an_audit_entry() -> None:
    recording = {s.name: _recording_names(room_modules(s, "actions")) for s in subjects()}
    found = {
        name
        for name, _, node in _room_functions("actions")
        if node.name not in recording[name.rpartition(".")[0]]
    }
    assert _unexcepted(found, "actions_without_entry") == set()


def test_a_room_that_is_a_folder_is_entered_by_its_front() -> None:
    fronts = {
        f"undaunted.{subject.name}.{room}.": subject.folder / room
        for subject in subjects()
        for room in ("actions", "queries")
        if doors_of(subject, room) is not None
    }
    found = [
        f"{relative(path)}:{line} {name}"
        for path in modules("src")
        for name, _, line in imports_of(path)
        for inner, folder in fronts.items()
        if name.startswith(inner) and folder not in path.parents
    ]
    assert found == []


def _recording_names(paths: list[Path]) -> set[str]:
    """Names in this room that record an entry themselves, or through each other."""
    calls: dict[str, set[str]] = {}
    for path in paths:
        for node in nodes_of(path):
            if isinstance(node, Function):
                called = {_last_name(n.func) for n in ast.walk(node) if isinstance(n, ast.Call)}
                calls[node.name] = calls.get(node.name, set()) | called
    recording = {RECORDS}
    grown = True
    while grown:
        new = {name for name, called in calls.items() if called & recording} - recording
        recording |= new
        grown = bool(new)
    return recording


def _last_name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""
