"""The examples of the documentation give what the documentation says."""

import doctest
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[3] / "docs" / "explanation"


@pytest.mark.parametrize("page", ["counting.md", "census.md"])
def test_the_worked_examples_hold(page: str) -> None:
    results = doctest.testfile(str(PAGES / page), module_relative=False, encoding="utf-8")
    assert results.attempted > 10
    assert results.failed == 0
