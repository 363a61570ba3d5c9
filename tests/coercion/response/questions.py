"""A small world, and questions about it, for tests of the search and of what is made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.engines.trade.worlds import small_world
from undaunted.coercion.exposure.readers import write_world

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SMALL", "write_question"]

SMALL = """
name = "a levy answered"
data = "mine.npz"
coercer = "CCC"
target = "TTT"
partners = ["AAA", "BBB"]
sectors = ["farms", "mills"]
levels = [10, 50]
retaliation = [0, 100]
[terms]
ceiling = 5
[[shocks]]
importer = "CCC"
exporter = "TTT"
sectors = "farms"
kind = "quota"
value = 40
"""


def write_question(folder: Path, text: str = SMALL) -> Path:
    """Write a table of four countries and a question about it."""
    world = replace(small_world(), regions=("AAA", "BBB", "CCC", "TTT"))
    write_world(world, folder / "mine.npz")
    file = folder / "question.toml"
    file.write_text(text, encoding="utf-8")
    return file
