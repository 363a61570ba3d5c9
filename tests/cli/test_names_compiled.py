"""Loops of names are compiled while the program starts, and not while the first reader waits."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from undaunted.cli.root import app
from undaunted.config import supervisor

if TYPE_CHECKING:
    import pytest

SEARCH = """
import json, sys
from undaunted.cli.names_compiled import compile_loops
from undaunted.engines.names import Entry, Kind, build_index, look

def compiled():
    held = {id(one): one for name, module in list(sys.modules.items())
            if name.startswith("undaunted.engines.names") for one in vars(module).values()
            if hasattr(one, "py_func")}
    return sum(len(one.signatures) for one in held.values())

compile_loops()
before = compiled()
listed = ["Виктор Стровик", "رمضان ولگانتوف", "Ludmila Varga", "Karsk Stroy LLC", "李明"]
for kind in Kind:
    index = build_index([Entry(each, kind) for each in listed])
    for asked in ("Viktor Strovik", "Ramzan", "Стровик Виктор", "Karsk Stroi", "Li Ming"):
        look(Entry(asked, kind), index)
print(json.dumps([before, compiled()]))
"""


def test_a_search_compiles_nothing_that_a_start_has_not() -> None:
    words = [sys.executable, "-c", SEARCH]
    told = subprocess.run(words, capture_output=True, text=True, check=True)
    before, after = json.loads(told.stdout)
    assert before == after > 0


def test_a_start_compiles_beside_and_tells_that_process_no_owner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[Any] = []

    class Beside:
        def __init__(self, name: str, module: list[str], variables: dict[str, str]) -> None:
            done.append((name, module, "DATABASE_URL" in variables or "PGUSER" in variables))

        def ask_to_stop(self) -> None:
            done.append("asked to stop")

        def make_sure(self, until: float) -> None:
            assert until
            done.append("gone")

    def run(*_told: object, **_more: object) -> int:
        done.append("runs")
        return 0

    monkeypatch.setenv("PGUSER", "owner")
    monkeypatch.setenv("DATABASE_URL", "postgres://owner@nowhere/undaunted")
    monkeypatch.setattr(supervisor, "Child", Beside)
    monkeypatch.setattr(supervisor, "run", run)
    assert CliRunner().invoke(app, ["run"]).exit_code == 0
    begun = ("compiler", ["undaunted.cli.names_compiled"], False)
    assert done == [begun, "runs", "asked to stop", "gone"]
