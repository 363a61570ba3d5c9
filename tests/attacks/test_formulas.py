"""Cells that a spreadsheet would run (CSV injection), in everything that leaves as a table."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from tests.house.tree import imports_of, modules, parsed, relative
from tests.pages.desk_scene import MAPPING, open_desk
from undaunted.core.evidence.rules import harmless
from undaunted.prisoners.registry.tasks import run_import

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.test import Client

STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
EVIL = ('=HYPERLINK("http://x.invalid","a")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)",
        "\t=1+1", " =1+1", "\uff1d1+1")  # fmt: skip
INVENTED_ONLY = {"src/undaunted/prisoners/registry/writers/demonstration/lists.py"}
READ_BACK = {"src/undaunted/core/workbooks/readers/lines.py"}
"""What is written there is read in the same step and reaches nobody; it must say what stands."""


def _runs(cell: str) -> bool:
    return cell.lstrip(" ").startswith(STARTS)


@given(st.text(alphabet=st.sampled_from([*STARTS, " ", "a", "'", '"', ",", "\0", "\x1b"])))
def test_no_text_stays_a_formula(text: str) -> None:
    made = harmless(text)
    assert not _runs(made)
    assert harmless(made) == made


def test_whoever_writes_tables_makes_cells_harmless() -> None:
    writing = set()
    for path in modules():
        names = {name for name, _, _ in imports_of(path)}
        if "csv" in names and "csv.writer" in _source(path):
            writing.add(relative(path))
            known = relative(path) in INVENTED_ONLY | READ_BACK
            assert "harmless" in _source(path) or known, path
    assert len(writing) >= 3


def _source(path: Path) -> str:
    assert parsed(path)
    return path.read_text(encoding="utf-8")


@pytest.fixture
def imported(
    ledger: object, owner_sql: Callable[..., Any], settings: Any, tmp_path: Path
) -> tuple[Client, str, str]:
    """Import a list of formulas; gives the client, the list, and the rejects of the draft."""
    settings.DOCUMENTS_FOLDER = tmp_path
    scene = open_desk(owner_sql)
    desk = scene.client(scene.first)
    made = desk.post(
        "/desk/lists/new/",
        {"name": EVIL[0], "slug": "roll", "holder": str(scene.organisation)},
    )
    source = str(made["Location"]).rstrip("/").rpartition("/")[2]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["id", "name", "born", "held", "country", *EVIL])
    for number, evil in enumerate(EVIL):
        writer.writerow([f"{evil}{number}", f"Arna {evil}", "1980", "2021-08-09", "XR", *EVIL])
        writer.writerow([number, evil, evil, "2020-31-02", "XR", *EVIL])
    file = SimpleUploadedFile("=roll.csv", text.getvalue().encode())
    desk.post("/desk/imports/new/", {"source_list": source, "file": file})
    desk.post("/desk/imports/new/mapping/", {"toml": MAPPING})
    rejects = desk.get("/desk/imports/new/rejects/").getvalue()
    place = str(desk.post("/desk/imports/new/preview/")["Location"])
    desk.post(f"{place}settle/", {"answer": "accept"})
    run_import(batch_id=place.strip("/").rpartition("/")[2], user_id=str(scene.first.pk))
    return desk, source, rejects.decode("utf-8-sig")


def _cells(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text)):
        yield from row


def test_rejected_rows_come_back_harmless(imported: tuple[Client, str, str]) -> None:
    _, _, rejects = imported
    assert "HYPERLINK" in rejects
    assert [cell for cell in _cells(rejects) if _runs(cell)] == []


def test_an_export_of_a_list_is_harmless(imported: tuple[Client, str, str]) -> None:
    desk, source, _ = imported
    answer = desk.post(f"/desk/lists/{source}/export/")
    packed = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    tables = [name for name in packed.namelist() if name.endswith(".csv")]
    found = {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    assert any("HYPERLINK" in text for text in found.values())
    for name in tables:
        assert [cell for cell in _cells(found[name]) if _runs(cell)] == [], name


def test_no_formula_begins_behind_another_separator() -> None:
    for separator in (";", "\t", "|"):
        made = harmless(f"Arna{separator}=1+1{separator} @SUM(A1)")
        assert not any(_runs(cell) for cell in made.split(separator))
        assert harmless(made) == made
