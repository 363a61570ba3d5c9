"""Every room that seals records says how they are erased when their purpose is over."""

from __future__ import annotations

from tests.house.tree import exceptions, imports_of, modules, parsed, subjects

__all__: list[str] = []

DOOR = "undaunted.core.vault.actions"
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
    assert sealing, "nobody seals anything: this test reads the wrong names"
    excepted = set(exceptions("sealed_without_eraser"))
    assert excepted <= sealing - erasing, f"no longer needed: {excepted - (sealing - erasing)}"
    assert sealing - erasing - excepted == set()
