"""The matrix for everybody: pages, the page to print, files, the same over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.core.listings.factories import Office
from tests.repression.sanctions.factories import (
    XF,
    XZ,
    Verdict,
    judged,
    make_office,
    two_lists,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
API = "/api/v1/sanctions/"
ON = "on=2026-06-01"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    office = make_office(owner_sql)
    two_lists(office, tmp_path)
    judged(office.writer, (XF, "F1"), (XZ, "Z1"), Verdict.SAME)
    return office


def _page(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def _json(address: str, status: int = 200) -> Any:
    answer = Client().get(API + address)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def _states(told: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {row["name"]: tuple(cell["state"] for cell in row["cells"]) for row in told["rows"]}


def test_cells_say_what_lists_say_and_no_more(office: Office) -> None:
    told = _json(f"matrix?{ON}")
    assert told["jurisdictions"] == ["XF", "XZ"]
    assert _states(told) == {
        "Viktor Strovik": ("listed", "listed"),
        "Ludmila Varga": ("listed", "possibly"),
        "Lyudmila Varga": ("possibly", "listed"),
        "Oskar Brandl": ("delisted", "not_found"),
        "Ferenc Molnari": ("not_found", "listed"),
    }


@pytest.mark.parametrize("address", ["", "matrix/", "matrix/print/", "align/", "parties/xf-invented:F1/"])
def test_page_answers(office: Office, address: str) -> None:
    page = _page(f"/sanctions/{address}?{ON}")
    assert "Strovik" in page or not address
    _page(f"/ar/sanctions/{address}?{ON}")


@pytest.mark.parametrize("form", ["csv", "json", "docx", "pdf"])
def test_file_is_given(office: Office, form: str) -> None:
    answer = Client().get(f"/sanctions/matrix.{form}?{ON}")
    assert answer.status_code == 200
    assert len(answer.content) > 500
