"""What a process reads once of laws, fields and countries stays as it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undaunted.coercion.screening.rules import fields, regimes, sector_lists
from undaunted.coercion.screening.rules.catalogues import _factors
from undaunted.coercion.screening.rules.jurisdictions import _held, _unions, adoptions
from undaunted.coercion.screening.rules.naming import _countries, _shared

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

__all__: list[str] = []

READINGS = (
    _held, _unions, adoptions, fields, _factors, regimes, sector_lists, _countries, _shared,
)  # fmt: skip


@pytest.mark.parametrize("reading", READINGS, ids=lambda each: each.__name__)
def test_what_was_read_once_is_what_is_read_anew(reading: _lru_cache_wrapper[object]) -> None:
    held = reading()
    assert held
    assert reading.__wrapped__() == held
    assert reading() is held
