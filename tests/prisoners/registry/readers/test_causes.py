"""One cause is told once, and two causes are told both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.prisoners.registry.readers.lists import COLUMNS, codes, column, mapping, read_one
from undaunted.prisoners.registry.rules.import_rows import Outcome

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"Arrested": "31.02.2020"}, "no_such_date"),
        ({"Arrested": "soon"}, "unreadable_date"),
        ({"Released": "31.02.2024"}, "no_such_date"),
        ({"Born": "2022", "Sentence": "2021"}, "death_before_birth"),
        ({"Arrested": "2025", "Released": "2023", "Sentence": "2024"}, "end_before_start"),
    ],
)
def test_one_cause_is_told_once(tmp_path: Path, cells: dict[str, str], code: str) -> None:
    columns = {name: field for name, field in COLUMNS.items() if name != "Sentence"}
    ended = column("ID", "spell.ended", 'values = { K1 = "yes" }')
    died = column("Sentence", "person.death", 'empty = ["3 years"]')
    end = {"Released": cells.get("Released", "2021")}
    row = read_one(tmp_path, mapping(columns=columns, extra=ended + died), **{**end, **cells})
    assert row.outcome is Outcome.REJECTED
    assert codes(row) == [code]


def test_what_is_wrong_for_two_causes_is_told_twice(tmp_path: Path) -> None:
    row = read_one(tmp_path, None, Arrested="31.02.2020", Country="Atlantis")
    assert codes(row) == ["no_such_country", "no_such_date"]
    row = read_one(tmp_path, None, Born="2022", Released="2019")
    assert codes(row) == ["start_before_birth", "end_before_start"]
    row = read_one(tmp_path, None, Arrested="")
    assert codes(row) == ["no_start_date"]
