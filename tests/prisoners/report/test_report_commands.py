"""`undaunted report`, called as somebody at a terminal calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from typer.testing import CliRunner

from undaunted.core.editions.writers import FOLDERS
from undaunted.prisoners.report.commands import commands

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = "2026-11-01T00:00"
fonts = pytest.mark.skipif(
    not all(folder.is_dir() for folder in FOLDERS[:2]),
    reason="needs fonts-noto-core and fonts-noto-cjk",
)


def call(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, list(words))
    return result.exit_code, result.output


@fonts
@pytest.mark.usefixtures("world")
def test_sheet_is_one_page_and_each_of_its_numbers_is_traced(tmp_path: Path) -> None:
    status, output = call(
        "sheet", "XR", "--year", "2024", "--known-at", KNOWN, "--lang", "en", "--lang", "ar",
        "--out", str(tmp_path),
    )  # fmt: skip
    assert status == 0, output
    for language in ("en", "ar"):
        with pikepdf.open(tmp_path / f"country-sheet-country-xr-0.0-{language}.pdf") as printed:
            assert len(printed.pages) == 1
    file = tmp_path / "country-sheet-country-xr-0.0-en.json"
    status, output = call("check", str(file), "--every")
    assert status == 0, output
    assert "0 different" in output
    assert "counting.count" in output
    altered = file.read_text("utf-8").replace('"value":', '"value":1', 1)
    file.write_text(altered, encoding="utf-8")
    status, output = call("check", str(file))
    assert status == 1
    assert "DIFFERENT" in output
    assert "a consent withdrawn, a case taken down or erased counts in no query" in output


@pytest.mark.usefixtures("world")
def test_trace_says_the_query_and_what_it_is_asked() -> None:
    status, output = call(
        "trace", "by-country/XR/persons@2024-12-31", "--year", "2024", "--known-at", KNOWN
    )
    assert status == 0, output
    assert "undaunted.prisoners.registry.queries.counting.count" in output
    assert "country = XR" in output
    assert "as_of = 2024-12-31" in output


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("trace", "by-country/XR", "--year", "2024", "--known-at", KNOWN), "TABLE/ROW/COLUMN"),
        (("trace", "a/b/c", "--year", "2024", "--known-at", "soon"), "no time"),
        (("trace", "a/b/c", "--year", "2024"), "nothing is recorded"),
        (("annual", "--year", "2024", "--known-at", KNOWN), "--out"),
        (("annual", "--year", "2024", "--known-at", KNOWN, "--country", "QQ1", "--out", "x"),
         "no ISO 3166 code"),
        (("annual", "--year", "2027", "--known-at", KNOWN, "--out", "x"), "lies after"),
    ],
)  # fmt: skip
def test_bad_words_are_refused_with_what_to_do(words: tuple[str, ...], told: str) -> None:
    status, output = call(*words)
    assert status == 2
    assert told in output
