"""What there is none of is refused: on the page of tests, over the wire, at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from typer.testing import CliRunner

from undaunted.repression.sanctions.commands import commands

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")


def _page(address: str, status: int) -> str:
    answer = Client().get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "field", "told"),
    [
        ("conduct=zzz", "conduct", "conduct: is no parameter; there are met, not_met"),
        ("met=zzz&met=torture", "met", "zzz: is no fact; there are "),
        ("not_met=zzz", "not_met", "zzz: is no fact; there are "),
        ("met=torture&not_met=torture", "not_met", "torture: stands in met too"),
        ("authority=zzz", "authority", "zzz stands nowhere in the register; there are "),
    ],
)
def test_code_that_there_is_none_of_is_never_told_as_missing(
    asked: str, field: str, told: str
) -> None:
    answer = Client().get(f"/api/v1/sanctions/tests?{asked}")
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == f"#/query/{field}"
    assert told in error["detail"]


def test_page_of_tests_refuses_what_there_is_none_of() -> None:
    assert "zzz" in _page("/sanctions/tests/?conduct=zzz", 422)
    page = _page("/sanctions/tests/?met=torture", 422)
    assert "met: there is no such field; there are on, " in page


def test_terminal_refuses_what_there_is_none_of(tmp_path: Path) -> None:
    file = tmp_path / "findings.toml"
    file.write_text('[zzz]\nvalue = "met"\n', encoding="utf-8")
    told = CliRunner().invoke(commands, ["test", str(file)])
    assert told.exit_code == 2
    assert "zzz: is no fact; use " in told.output
    file.write_text('[torture]\nvalue = "met"\n', encoding="utf-8")
    told = CliRunner().invoke(commands, ["test", str(file), "--authority", "zzz"])
    assert told.exit_code == 2
    assert "there are " in told.output
