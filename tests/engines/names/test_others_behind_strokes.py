"""What stands behind strokes in a name is another of its bearer, as far as any list has so many."""

from __future__ import annotations

import pytest

from undaunted.engines.names import NameRefused, build_index, is_heard, prepare, screen
from undaunted.engines.names.typed.strokes import MOST_OTHERS

OTHERS = [f"{a}o{b}ek Mirv{c}ux" for a in "bdf" for b in "mnp" for c in "ae"]


def test_a_name_with_more_others_behind_strokes_than_any_is_refused() -> None:
    most = " / ".join(["Zarina Velgant", *OTHERS[:MOST_OTHERS]])
    assert len(prepare(most).also) == MOST_OTHERS
    with pytest.raises(NameRefused, match="at most 8 others behind strokes, this has 9"):
        prepare(f"{most} | Kestrel Varn")
    screened = screen([f"{most}; Kestrel Varn"], build_index([f"{most}; Kestrel Varn"]))
    assert [each.used for each in screened.flagged] == [False]
    assert build_index([f"{most}; Kestrel Varn"]).flagged
    assert is_heard(most)
    assert not is_heard(f"{most}; Kestrel Varn")


def test_few_of_the_names_that_are_asked_for_are_kept() -> None:
    assert prepare("Zarina Velgant") is prepare("Zarina Velgant")
    assert prepare.cache_info().maxsize == 512
