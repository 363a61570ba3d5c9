"""A list carries the tier that one source of its grade carries, whatever a column says (K8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.prisoners.registry.readers.lists import column, mapping, read_one
from undaunted.prisoners.registry.rules.import_rows import Outcome

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("given", "grade", "kept"),
    [
        ("A", "B2", "B"),
        ("A", "A1", "B"),
        ("A", "", "C"),
        ("B", "B2", "B"),
        ("B", "B4", "C"),
        ("B", "C1", "C"),
        ("C", "", "C"),
        ("D", "A1", "D"),
    ],
)
def test_a_tier_that_one_list_does_not_carry_is_lowered_with_a_note(
    tmp_path: Path, given: str, grade: str, kept: str
) -> None:
    constants = f'[constants]\n"source.grade" = "{grade}"\n' if grade else ""
    how = mapping(
        more=constants, extra=column("Released", "tier"), columns={"Name": "person.name.full"}
    )
    row = read_one(tmp_path, how, Released=given)
    assert row.values["tier"] == kept
    assert row.outcome is (Outcome.OK if given == kept else Outcome.FLAGGED)
    told = [(one.code, dict(one.params)) for one in row.problems]
    lowered = [("tier_too_high", {"tier": given, "kept": kept})]
    assert told == ([] if given == kept else lowered)
