"""Whoever is as like a name as those that are shown is counted where no row has room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from typer.testing import CliRunner

from tests.core.matching.factories import XF, XZ, Office, listed, make_office, person
from undaunted.core.access.rules import PUBLIC
from undaunted.core.matching.analysis import likely_entries
from undaunted.engines.names import Kind
from undaunted.repression.sanctions.commands.matrix import commands

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")

SIGNS = "бдклмнпрст"
MANY = [f"Рамзан Вел{one}{two}ант" for one in SIGNS for two in SIGNS]


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    rows = [person(f"Z-{at}", name) for at, name in enumerate([*MANY, *(f"{e}ов" for e in MANY)])]
    listed(held, XZ, tmp_path, rows)
    listed(held, XF, tmp_path, [person("F-1", "Ramzan Velgant"), person("F-2", "Olga Marsh")])
    return held


def _answer(asked: str) -> dict[str, Any]:
    told: dict[str, Any] = Client().get(f"/api/v1/sanctions/matrix?on=2026-06-01&q={asked}").json()
    return told


def test_a_search_names_what_is_beyond_the_hundred_likest_of_a_list(office: Office) -> None:
    found = likely_entries(PUBLIC, "Ramzan")
    assert len(found) == 101
    assert len(found.beyond) == 100
    assert not found.beyond & found.keys()
    assert likely_entries(PUBLIC, "Olga Marsh").beyond == set()
    whole = likely_entries(PUBLIC, "Ramzan Velgant", kinds=(Kind.PERSON,), parts=False)
    assert not whole.beyond & whole.keys()


def test_page_program_and_terminal_say_how_many_are_as_like_and_not_shown(
    office: Office,
) -> None:
    told = _answer("Ramzan")
    assert (told["count"], told["more"]) == (101, 100)
    said = "100 more parties are as like and not shown"
    for address in ("/sanctions/matrix/", "/sanctions/matrix/print/"):
        page = Client().get(f"{address}?on=2026-06-01&q=Ramzan").content.decode()
        assert said in page, address
        page = Client().get(f"{address}?on=2026-06-01&q=Olga+Marsh").content.decode()
        assert "as like and not shown" not in page, address
    words = ["matrix", "--on", "2026-06-01", "--name", "Ramzan"]
    assert "As like and not shown: 100." in CliRunner().invoke(commands, words).output
    assert '"more": 100' in CliRunner().invoke(commands, [*words, "--format", "json"]).output


def test_a_row_that_another_filter_leaves_out_is_none_of_those_not_shown(office: Office) -> None:
    page = Client().get("/api/v1/sanctions/matrix?on=2026-06-01&q=Ramzan&kind=body").json()
    assert (page["count"], page["more"]) == (0, 0)
    assert _answer("Olga Marsh")["more"] == 0
    assert _answer("Рамзан")["more"] == 0, "every row with the very word is shown"
