"""What becomes of an imported row at the edges: persons alone, long keys, one role as text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from undaunted.prisoners.registry.rules.counts import PanelBreak
from undaunted.prisoners.registry.rules.import_rows import ImportRow, RecordKind
from undaunted.prisoners.registry.rules.ledger_rows import ledger_row

if TYPE_CHECKING:
    __all__: list[str] = []


def _row(kind: RecordKind, key: str = "1", **values: object) -> ImportRow:
    held = {name.replace("__", "."): value for name, value in values.items()}
    return ImportRow(line=1, sheet="", source_key=key, kind=kind, values=held)  # type: ignore[arg-type]


def test_person_without_a_spell_brings_no_act() -> None:
    assert tuple(ledger_row(_row(RecordKind.PERSON)).acts) == ()


def test_one_role_given_as_text_is_one_role() -> None:
    assert ledger_row(_row(RecordKind.PERSON, person__role="journalist")).person.roles


def test_key_that_is_too_long_is_kept_as_its_digest() -> None:
    row = ledger_row(_row(RecordKind.PERSON, key="k" * 5000))
    assert row.source_key.startswith("sha256:")


def test_break_of_a_panel_names_its_lists() -> None:
    told = PanelBreak(date(2020, 1, 1), ("roll",)).as_json()
    assert told == {"at": "2020-01-01", "changed": ["panel"], "sources_gained": ["roll"]}
