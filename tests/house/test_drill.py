"""The page of the drill names every promise and every file of attacks, and every file has one."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.attacks.drill import PAGE, PROMISES, Found, page_of
from tests.house.tree import ROOT

__all__: list[str] = []

TOLD = tomllib.loads(PROMISES.read_text(encoding="utf-8"))
FILES = sorted(path.name for path in (ROOT / "tests" / "attacks").glob("test_*.py"))
LEAST = 60


@pytest.mark.parametrize("file", FILES)
def test_file_of_attacks_tries_a_promise_and_is_on_the_page(file: str) -> None:
    assert set(TOLD["files"].get(file, [])) & set(TOLD["promises"]), "say so in promises.toml"
    assert f"`{file}`" in PAGE.read_text(encoding="utf-8"), "run make drill"


def test_promises_are_those_of_the_paper() -> None:
    paper = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    promised = re.findall(r"^\| (S\d+) \|", paper, re.MULTILINE)
    assert list(TOLD["promises"]) == promised
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^## (S\d+):", page, re.MULTILINE) == promised


def test_every_promise_is_tried_or_says_why_not() -> None:
    tried = {each for tries in TOLD["files"].values() for each in tries}
    assert set(TOLD["promises"]) - tried - set(TOLD["elsewhere"]) - set(TOLD["not_kept"]) == set()


def test_files_that_hold_a_promise_elsewhere_exist() -> None:
    others = {each for files in TOLD["elsewhere"].values() for each in files}
    assert [each for each in sorted(others) if not (ROOT / each).is_file()] == []


def test_there_are_at_least_sixty_attacks() -> None:
    texts = [(ROOT / "tests" / "attacks" / file).read_text(encoding="utf-8") for file in FILES]
    assert sum(len(re.findall(r"^def test_", text, re.MULTILINE)) for text in texts) >= LEAST


def test_page_says_the_same_of_the_same_and_hides_no_failure() -> None:
    found = {
        "test_flood.py": {"test_a_thing_holds": Found(held=2), "test_it_broke": Found(failed=1)}
    }
    found["test_sealing.py"] = {"test_it_leaks": Found(not_kept=["it leaks"])}
    page = page_of(found)
    assert page == page_of(found)
    assert "| A thing holds | `test_flood.py` | held (2 cases) |" in page
    assert "| It broke | `test_flood.py` | **failed** |" in page
    assert "**not kept**: it leaks" in page
