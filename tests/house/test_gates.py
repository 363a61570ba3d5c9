"""The gates are as strict as promised, and contracts change only with a record."""

from __future__ import annotations

import ast
import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from tests.house.tree import (
    PACKAGE,
    ROOT,
    exceptions,
    imports_of,
    modules,
    nodes_of,
    relative,
    subjects,
)

__all__: list[str] = []

NEVER_OFF = re.compile(r"(?:S|DTZ|INP|F|TID|ANN|D10[0-4])\d*$")
"""Families of rules that no list for the whole tree may switch off."""


def _settings() -> dict[str, Any]:
    tools: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
        "tool"
    ]
    return tools


def test_ruff_selects_every_rule() -> None:
    ruff = _settings()["ruff"]
    assert ruff["lint"]["select"] == ["ALL"]
    assert ruff["line-length"] == 100
    everywhere = set(ruff["lint"]["ignore"])
    assert not {code for code in everywhere if NEVER_OFF.match(code)}


def test_mypy_is_strict_and_knows_django() -> None:
    mypy = _settings()["mypy"]
    assert mypy["strict"] is True
    assert "mypy_django_plugin.main" in mypy["plugins"]


def test_warnings_are_errors() -> None:
    assert _settings()["pytest"]["ini_options"]["filterwarnings"][0] == "error"


def test_no_test_of_the_suite_takes_the_time() -> None:
    """How fast something is a benchmark tells, as a ratio; machines that are busy fail tests."""
    clocks = re.compile(r"\b(?:process_time|perf_counter|thread_time|getrusage)(?:_ns)?\b")
    drill = ROOT / "tests" / "attacks" / "test_receipt_guessing.py"  # in the long form alone
    here = Path(__file__)
    timed = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if path not in {drill, here} and clocks.search(path.read_text(encoding="utf-8"))
    ]
    assert not timed


def test_coverage_counts_branches() -> None:
    assert _settings()["coverage"]["run"]["branch"] is True


def test_contracts_are_those_of_a_decision_record() -> None:
    digest = hashlib.sha256((ROOT / ".importlinter").read_bytes()).hexdigest()
    records = [path.read_text(encoding="utf-8") for path in (ROOT / "docs/decisions").glob("*.md")]
    assert any(f"sha256 {digest}" in record for record in records)


def test_hooks_fetch_nothing() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert text.count("repo:") == text.count("repo: local") == 1
    assert text.count("language:") == text.count("language: system")


def test_every_subject_has_tests() -> None:
    bare = [
        s.name
        for s in subjects()
        if not list((ROOT / "tests" / s.name.replace(".", "/")).glob("test_*.py"))
    ]
    assert bare == []


def test_every_engine_has_tests() -> None:
    engines = [p.name for p in (PACKAGE / "engines").iterdir() if (p / "__init__.py").exists()]
    assert [e for e in engines if not list((ROOT / "tests/engines" / e).glob("test_*.py"))] == []


def test_no_test_sleeps() -> None:
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in modules("tests")
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.sleep", "sleep"}
    ]
    excepted = exceptions("sleeping_tests")
    assert [each for each in found if each.partition(":")[0] not in excepted] == []
    assert set(excepted) <= {each.partition(":")[0] for each in found}, "no longer needed"


def test_no_test_puts_a_stand_in_for_the_real_thing() -> None:
    found = [
        f"{relative(path)}:{line}"
        for path in modules("tests")
        for name, names, line in imports_of(path)
        if name.startswith("unittest.mock") or (name == "unittest" and "mock" in names)
    ]
    assert found == []
