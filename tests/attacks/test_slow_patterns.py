"""Texts that make a careless regular expression think for hours (ReDoS).

Every expression the package compiles, or writes into a call of `re`, is run on inputs made of the
characters it knows, repeated, with an end that does not fit. The inputs double in length; work that
grows like the length, or even its square, is let through, and what explodes runs into the limit;
the process that it keeps busy is ended, and another goes on behind it.
"""

from __future__ import annotations

import ast
import json
import os
import re
import select
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.house.tree import ROOT, modules, parsed, relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
LIMIT = 60
"""Seconds for all inputs of one expression, on a loaded machine; a good one needs a hundredth."""
PROGRAM = """
import json, re, sys
for pattern, flags, seeds in json.load(sys.stdin):
    made = re.compile(pattern, flags)
    for text in [
        seed * (length // len(seed)) + end
        for seed in seeds for length in (64, 1_024, 8_192) for end in ("", "\\0", "!")
    ]:
        made.search(text), made.fullmatch(text), len(text) < 2000 and made.sub("", text)
    print("done", flush=True)
"""
SEEDS = ("a", "1", " ", "-", "=", "(", "[", "<", "&", ".", ",", "/", "\\", '"', "'", "_", "\n",
         "\t", "aa1", "a ", " a", "1.", "1-", "a.", "a-", "((", "[]", "é", "م", "中", "http://",
         "a@a.")  # fmt: skip
KNOWN_EVIL = r"^(a+)+$"


def _expressions() -> Iterator[tuple[str, str, int]]:
    for path in modules():
        for node in ast.walk(parsed(path)):
            found = _pattern_in(node)
            if found is not None:
                yield (f"{relative(path)}:{node.lineno}", *found)  # type: ignore[attr-defined]


def _made() -> Iterator[tuple[str, str, int]]:
    """Give the expressions that a module puts together as it is loaded, as they are then."""
    for path in modules():
        if any(_put_together(node) for node in _at_the_top(parsed(path))):
            name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
            held = vars(import_module(name.removesuffix(".__init__")))
            for called, value in held.items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{relative(path)}:{called}", value.pattern, value.flags


def _at_the_top(tree: ast.Module) -> Iterator[ast.AST]:
    """Give the values that have a name of their own in a module."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            yield node.value


def _put_together(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in CALLS
        and _pattern_in(node) is None
    )


def _pattern_in(node: ast.AST) -> tuple[str, int] | None:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return None
    if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
        return None
    if node.func.attr not in CALLS:
        return None
    try:
        pattern = ast.literal_eval(node.args[0])
    except ValueError:
        return None
    if isinstance(pattern, bytes):
        pattern = pattern.decode("latin-1")
    names = [each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)]
    flags = sum(int(getattr(re, name)) for name in set(names) if name.isupper())
    return (pattern, flags) if isinstance(pattern, str) else None


def _unread() -> list[str]:
    """Give the calls whose expression is put together while the program runs, not as it starts."""
    return [
        f"{relative(path)}:{node.lineno}"  # type: ignore[attr-defined]
        for path in modules()
        for tops in [set(map(id, _at_the_top(parsed(path))))]
        for node in ast.walk(parsed(path))
        if _put_together(node) and id(node) not in tops
    ]


def _seeds(pattern: str) -> list[str]:
    """Give what is repeated: what others stumbled over, and the words of the expression itself."""
    return [*SEEDS, *sorted({each for each in re.findall(r"[\w ]+", pattern) if len(each) < 12})]


def _stuck(found: Iterable[tuple[str, str, int]], limit: float) -> Iterator[str]:
    """Give where the expressions stand that do not come to an end within the limit."""
    left = list(found)
    while left:
        ended = _ended([(pattern, flags) for _, pattern, flags in left], limit)
        if ended < len(left):
            yield left[ended][0]
        left = left[ended + 1 :]


def _ended(expressions: list[tuple[str, int]], limit: float) -> int:
    """Give how many came to an end, one after another, before one that took longer."""
    asked = json.dumps([(pattern, flags, _seeds(pattern)) for pattern, flags in expressions])
    told = 0
    with subprocess.Popen(
        [sys.executable, "-I", "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(asked.encode())
        program.stdin.close()
        while told < len(expressions) and select.select([program.stdout], [], [], limit)[0]:
            lines = os.read(program.stdout.fileno(), 65_536)
            assert lines, expressions[told]
            told += lines.count(b"\n")
        program.kill()
    return told


def test_the_search_finds_an_expression_that_explodes() -> None:
    tried = [("before", "a", 0), ("evil", KNOWN_EVIL, 0), ("after", "b", 0)]
    assert list(_stuck(tried, 3)) == ["evil"]


@pytest.mark.slow
def test_no_expression_of_ours_explodes() -> None:
    found = sorted({*_expressions(), *_made()})
    assert len(found) > 40
    once = {(pattern, flags): (place, pattern, flags) for place, pattern, flags in found}
    assert list(_stuck(once.values(), LIMIT)) == []


def test_no_expression_is_put_together_while_the_program_runs() -> None:
    """What cannot be read from the source could not be tried here; there is none."""
    assert _unread() == []
