"""Stakes that name an entry of no list are refused at every door, with every row, and unwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.accounts.factories import in_person, signed_in_client
from tests.core.matching.factories import XF
from tests.repression.sanctions.factories import listing, make_office
from tests.repression.sanctions.plan_scene import ENTRIES, STAKES, STRANGE
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import Scope
from undaunted.repression.sanctions.commands import commands

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.listings.factories import Office

pytestmark = pytest.mark.usefixtures("ledger")

TOLD = (
    "row 9: owner: 'xf-invented:NOPE' is on no list in force; write list:key",
    "row 10: owner: xf-invnted: no list has this code; there are us-ofac-sdn",
)


@pytest.fixture
def office(ledger: None, owner_sql: Any, tmp_path: Path) -> Office:
    office = make_office(owner_sql)
    listing(office, XF, tmp_path, ENTRIES, day="2026-05-20")
    return office


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("stakes.csv", (STAKES + STRANGE).encode())


def test_the_desk_refuses_them(office: Office) -> None:
    answer = signed_in_client(office.writer).post(
        "/desk/sanctions/plans/XF/stakes/", {"stakes": _file(), "written": "pdf", "on": ""}
    )
    assert answer.status_code == 422
    page = answer.content.decode().replace("&#x27;", "'")
    assert all(each in page for each in TOLD)


def test_programs_are_refused_them(office: Office) -> None:
    with in_person(office.writer) as actor:
        token = make_token("bot", [Scope.READ], actor=actor, at=timezone.now(), days=1)[1]
    answer = Client(headers={"Authorization": f"Bearer {token}"}).post(
        "/api/v1/sanctions/desk/plans/XF/stakes", {"file": _file()}
    )
    assert answer.status_code == 422
    assert all(each in answer.json()["detail"] for each in TOLD)


@pytest.mark.usefixtures("office")
def test_the_terminal_refuses_them_and_writes_nothing(tmp_path: Path) -> None:
    file, out = tmp_path / "stakes.csv", tmp_path / "plan.pdf"
    file.write_text(STAKES + STRANGE, "utf-8")
    asked = ["plan", "XF", "--stakes", str(file)]
    for more in ([], ["--json"], ["--out", str(out)]):
        result = CliRunner().invoke(commands, [*asked, *more])
        assert result.exit_code == 2
        assert all(each in result.output for each in TOLD)
    assert not out.exists()
