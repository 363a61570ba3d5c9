"""Everything is fetched through an actor, and every action leaves an audit entry."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.tree import (
    Function,
    exceptions,
    parsed,
    public_functions,
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
        for path in room_modules(subject, room):
            for node in public_functions(path):
                yield f"{subject.name}.{node.name}", path, node


def _unexcepted(found: set[str], table: str) -> set[str]:
    excepted = set(exceptions(table))
    assert excepted <= found, f"no longer needed: {excepted - found}"
    return found - excepted


def test_the_first_argument_of_every_query_is_the_actor() -> None:
    found = set()
    for name, _, node in _room_functions("queries"):
        arguments = [*node.args.posonlyargs, *node.args.args]
        if not arguments or arguments[0].arg != "actor":
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
    found = set()
    for subject in subjects():
        if subject.name in UNDER_THE_RULE:
            continue
        recording = _recording_names(room_modules(subject, "actions"))
        for path in room_modules(subject, "actions"):
            found |= {
                f"{subject.name}.{node.name}"
                for node in public_functions(path)
                if node.name not in recording
            }
    assert _unexcepted(found, "actions_without_entry") == set()


def _recording_names(paths: list[Path]) -> set[str]:
    """Names in this room that record an entry themselves, or through each other."""
    calls: dict[str, set[str]] = {}
    for path in paths:
        for node in ast.walk(parsed(path)):
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
