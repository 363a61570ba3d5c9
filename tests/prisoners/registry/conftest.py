"""A desk in a fresh ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.prisoners.registry.desk import Desk, make_desk, make_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease
    from undaunted.prisoners.registry.models import SourceList


@pytest.fixture
def desk(ledger: Lease, owner_sql: Callable[..., object]) -> Desk:
    return make_desk(owner_sql)


@pytest.fixture
def first_list(desk: Desk) -> SourceList:
    return make_list(desk)
