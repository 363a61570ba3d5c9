"""A web process has the exposure of the table worked out before anybody asks."""

from __future__ import annotations

import pytest

from undaunted.coercion.exposure.analysis.shipped import most_exposed
from undaunted.config.warming import warm_up

__all__: list[str] = []


@pytest.mark.usefixtures("ledger")
def test_warmed_process_has_worked_out_what_pages_begin_with() -> None:
    most_exposed.cache_clear()
    warm_up().join(60)
    assert most_exposed.cache_info().currsize == 1
