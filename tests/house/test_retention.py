"""Every room that seals records says how they are erased when their purpose is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.house.tree import exceptions, imports_of, modules, parsed, subjects

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

DOOR = "undaunted.core.vault.actions"
DESTROYS = "DELETE FROM vault_recordkey"
"""What a room says in its own SQL where another calendar than `core/clocks` decides."""
SEALING = {"seal_for", "seal_stream_for", "upload_for", "take_sealed"}


def test_every_room_that_seals_registers_an_eraser() -> None:
    sealing, erasing = set(), set()
    for subject in subjects():
        inside = [path for path in modules("src") if subject.folder in path.parents]
        for path in inside:
            taken = {n for name, names, _ in imports_of(path) if name == DOOR for n in names}
            if taken & SEALING and subject.name != "core.vault":
                sealing.add(subject.name)
            if path.name == "apps.py" and "register_eraser" in path.read_text(encoding="utf-8"):
                assert parsed(path)
                erasing.add(subject.name)
        if any(DESTROYS in path.read_text(encoding="utf-8") for path in _own_sql(subject.folder)):
            erasing.add(subject.name)
    assert sealing, "nobody seals anything: this test reads the wrong names"
    excepted = set(exceptions("sealed_without_eraser"))
    assert excepted <= sealing - erasing, f"no longer needed: {excepted - (sealing - erasing)}"
    assert sealing - erasing - excepted == set()


def _own_sql(folder: Path) -> list[Path]:
    """Give the SQL of a room."""
    return sorted(folder.glob("migrations/*.sql"))
