"""The choices a mapping may fill are those of the ledger's vocabularies."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from undaunted.core import events
from undaunted.prisoners.registry.rules.import_rows import SentenceKind
from undaunted.prisoners.registry.rules.mapping import FIELDS

PACKS = Path(events.__file__).parent / "packs"


def codes(pack: str) -> set[str]:
    found = max(PACKS.glob(f"{pack}-*.toml"))
    data = tomllib.loads(found.read_text(encoding="utf-8"))
    [terms] = [value for value in data.values() if isinstance(value, list)]
    return {term["code"] for term in terms}


@pytest.mark.parametrize(
    ("field", "pack"),
    [
        ("person.role", "target_roles"),
        ("spell.stage", "procedural_stages"),
        ("spell.release_kind", "release_types"),
        ("spell.law_category", "law_taxonomy"),
        ("spell.health_alert", "health_alerts"),
        ("spell.whereabouts", "whereabouts"),
    ],
)
def test_choices_are_those_of_the_vocabulary(field: str, pack: str) -> None:
    assert FIELDS[field].choices == codes(pack)


def test_kinds_of_detention_and_sentences_are_in_the_vocabulary() -> None:
    assert FIELDS["spell.kind"].choices <= codes("act_types")
    assert {kind.value for kind in SentenceKind} - {"none"} <= codes("sentence_kinds")
