"""The tutorial names what the pages show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "tutorial" / "first-hour.md").read_text("utf-8")
SAID = {
    re.sub(r"\s+", " ", label)
    for label in re.findall(r"\*\*([^*]+)\*\*", TEXT)
    if label not in {"once", "stella", "rhea", "paul"}
}
SOURCES = "".join(
    path.read_text("utf-8")
    for kind in ("*.html", "*.py")
    for path in sorted((ROOT / "src" / "undaunted").rglob(kind))
)


@pytest.mark.parametrize("label", sorted(SAID))
def test_every_word_the_tutorial_tells_to_press_is_on_a_page(label: str) -> None:
    assert re.search(rf"""["'>\s]{re.escape(label)}["'<]""", SOURCES), label


def test_pictures_are_light_and_files_are_there() -> None:
    named = re.findall(r"\]\(([^)]+\.(?:png|csv|toml))\)", TEXT)
    assert len(named) >= 7
    for name in named:
        file = ROOT / "docs" / "tutorial" / name
        assert file.stat().st_size < 150_000, name
