"""Times to align and files: what fits a screen, where files stop, and what their rows tell."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.repression.sanctions.factories import XF, XZ, Verdict, judged, make_office, two_lists
from undaunted.repression.sanctions.rules import MatrixAsked
from undaunted.repression.sanctions.writers import matrix_paper

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.listings.factories import Office

pytestmark = pytest.mark.usefixtures("ledger")
ON = "on=2026-06-01"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    office = make_office(owner_sql)
    two_lists(office, tmp_path)
    judged(office.writer, (XF, "F1"), (XZ, "Z1"), Verdict.SAME, second=office.reviewer)
    return office


def _page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_heads_of_the_ten_columns_of_times_to_align_break_to_fit_a_screen(office: Office) -> None:
    page = _page(f"/ar/sanctions/align/?{ON}")
    table = page.partition('<div class="short-heads">')[2].partition("</table>")[0]
    assert table.count('<th scope="col"') == 10


def test_files_of_times_to_align_say_where_they_stop(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(Client().get(f"/sanctions/align.json?{ON}").content)
    assert told["parties_in_all"] == len(told["parties"]) > 1
    assert "Files hold the first" not in _page(f"/sanctions/align/?{ON}")
    monkeypatch.setattr(import_module("undaunted.repression.sanctions.pages.register"), "A_FILE", 1)
    cut = json.loads(Client().get(f"/sanctions/align.json?{ON}").content)
    assert (len(cut["parties"]), cut["parties_in_all"]) == (1, told["parties_in_all"])
    page = _page(f"/sanctions/align/?{ON}")
    assert "Files hold the first 1 parties; the command “undaunted sanctions align”" in page


def test_paper_names_the_command_where_the_file_does_not_hold_all(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = import_module("undaunted.repression.sanctions.pages.matrix")
    monkeypatch.setattr(pages, "A_PRINT", 1)
    assert "or take the CSV file." in _page(f"/sanctions/matrix/print/?{ON}")
    monkeypatch.setattr(pages, "A_FILE", 2)
    page = _page(f"/sanctions/matrix/print/?{ON}")
    assert "the command “undaunted sanctions matrix” writes all" in page
    assert "take the CSV file" not in page
    held, command = "the CSV file holds all", "“undaunted sanctions matrix” writes all"
    for count, words in ((5_000, held), (5_001, command)):
        document = matrix_paper([], count, (), MatrixAsked(date(2026, 6, 1))).document
        assert words in str(document.blocks[0])


def test_file_of_times_to_align_tells_its_question_and_versions(office: Office) -> None:
    asked = f"{ON}&authority=xf-rights&measure=entry_ban"
    answer = Client().get(f"/sanctions/align.csv?{asked}").content.decode()
    rows = list(csv.DictReader(io.StringIO(answer)))
    assert rows
    assert {(e["authority"], e["measure"]) for e in rows} == {("xf-rights", "entry_ban")}
    versions = {e["jurisdiction"]: (e["version"], e["version_day"], e["footing"]) for e in rows}
    assert versions["XF"] == ("xf-invented 1", "2026-05-20", "current")
    assert versions["XZ"] == ("xz-invented 1", "2026-05-25", "current")
    whole = Client().get(f"/sanctions/align.csv?{ON}").content.decode()
    held = list(csv.DictReader(io.StringIO(whole)))
    assert {(e["authority"], e["measure"]) for e in held} == {("", "")}
