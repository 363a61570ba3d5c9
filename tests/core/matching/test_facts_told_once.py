"""What two entries have in common besides a name is told once, however many names say it."""

from __future__ import annotations

from undaunted.core.matching.templatetags.matching import facts_told


def test_what_is_known_besides_a_name_is_told_once() -> None:
    once = facts_told([{"ground": "identical"}])
    assert len(once) == 1
    assert facts_told([{"ground": "identical"}, {"ground": "identical"}]) == once
