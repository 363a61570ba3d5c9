"""A subject is entered through its queries and actions, never through its tables."""

from __future__ import annotations

import ast

from tests.house.tree import AREAS, PACKAGE, exceptions, imports_of, modules, nodes_of, relative

__all__: list[str] = []

SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")
FLOORS_WITHOUT_TABLES = ("briefings", "cli", "config", "site")
SHARED_TABLES = {"undaunted.core.access.models"}
"""Not tables but the shape of protection: an abstract base and functions for migrations."""

RAW_SEALING = {"undaunted.core.vault.readers", "undaunted.core.vault.writers"}


def _subject_of(dotted: str) -> str:
    parts = dotted.split(".")
    return ".".join(parts[1:3]) if parts[1] in AREAS else parts[1]


def _module_name(path: object) -> str:
    place = path.relative_to(PACKAGE.parent).with_suffix("")  # type: ignore[attr-defined]
    return ".".join(place.parts)


def _tables_named_from_outside() -> list[str]:
    found = []
    for path in modules("src"):
        here = _module_name(path)
        parts = here.split(".")
        if len(parts) < 2:
            continue
        in_models = len(parts) > 3 and parts[3] == "models"
        for name, names, line in imports_of(path):
            for target in (name, *(f"{name}.{each}" for each in names)):
                pieces = target.split(".")
                if pieces[0] != "undaunted" or len(pieces) < 4 or pieces[3] != "models":
                    continue
                if ".".join(pieces[:4]) in SHARED_TABLES or in_models:
                    continue
                if _subject_of(target) != _subject_of(here):
                    found.append(f"{relative(path)}:{line} {'.'.join(pieces[:4])}")
    return sorted(set(found))


def test_no_subject_names_the_tables_of_another() -> None:
    found = {}
    for line in _tables_named_from_outside():
        path, _, target = line.partition(" ")
        here = _module_name(PACKAGE.parents[1] / path.rpartition(":")[0])
        found[line] = f"{_subject_of(here)} -> {'.'.join(target.split('.')[1:3])}"
    excepted = exceptions("tables_of_others")
    assert [line for line, pair in found.items() if pair not in excepted] == []
    assert set(excepted) == set(found.values()), "no longer needed"


def test_sealing_itself_stays_in_the_vault() -> None:
    found = [
        f"{relative(path)}:{line} {name}"
        for path in modules("src")
        if not _module_name(path).startswith("undaunted.core.vault.")
        for name, names, line in imports_of(path)
        for target in (name, *(f"{name}.{each}" for each in names))
        if target.split(".")[0] in {"pyrage", "shamir_mnemonic"}
        or ".".join(target.split(".")[:4]) in RAW_SEALING
    ]
    assert found == []


def test_no_table_is_fetched_by_its_name_to_get_around_the_door() -> None:
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in modules("src")
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"apps.get_model", "get_model"}
    ]
    assert found == []


def test_no_signal_is_used_as_plumbing() -> None:
    found = [
        f"{relative(path)}:{line} {name}"
        for path in modules("src")
        for name, _, line in imports_of(path)
        if name.startswith(SIGNALS)
    ]
    assert found == []


def test_floors_above_and_below_the_areas_hold_no_tables() -> None:
    found = [
        relative(path)
        for floor in FLOORS_WITHOUT_TABLES
        for path in modules(f"src/undaunted/{floor}")
        for node in nodes_of(path)
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base) in {"models.Model", "Protected"} for base in node.bases)
    ]
    assert found == []
