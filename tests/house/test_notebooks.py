"""Notebooks of the documentation run, and one that does not run stops the build."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from docs_notebooks import page_of
from mkdocs.exceptions import PluginError

from tests.house.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []


def _notebook(folder: Path, *code: str) -> Path:
    cells = [{"cell_type": "code", "source": [each]} for each in code]
    file = folder / "told.ipynb"
    file.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return file


def test_cell_shows_what_it_printed_and_knows_the_cells_before(tmp_path: Path) -> None:
    page = page_of(_notebook(tmp_path, "a = 6", "print(7 * a)"))
    assert page == "```python\na = 6\n```\n\n```python\nprint(7 * a)\n```\n\n```text\n42\n```"


def test_cell_that_raises_stops_the_build_and_is_named(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match=r"told.ipynb, cell 2: ZeroDivisionError"):
        page_of(_notebook(tmp_path, "a = 0", "1 / a"))


def test_tutorial_on_trade_says_what_its_text_says() -> None:
    page = page_of(ROOT / "docs" / "tutorial" / "trade.ipynb")
    assert "CHN -0." in page
    assert "160 of 160 found" in page
    assert "points, each solved to 1e-08" in page
    assert "CC BY 4.0" in page
