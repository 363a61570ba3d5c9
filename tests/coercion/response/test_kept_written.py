"""What a government keeps is read again by the row it was sealed for, and by no other."""

from __future__ import annotations

from uuid import UUID

import pytest

from undaunted.coercion.response.rules import KeptUnreadable
from undaunted.coercion.response.rules.keeping import read_kept, written_kept


def test_what_was_written_down_is_read_for_its_own_row_alone() -> None:
    row, other = UUID(int=1), UUID(int=2)
    texts = {"threshold": "fünf Wochen", "note": ""}
    content = written_kept(row, texts)
    assert read_kept(content, row) == texts
    with pytest.raises(KeptUnreadable, match="sealed for one row stands in another"):
        read_kept(content, other)
