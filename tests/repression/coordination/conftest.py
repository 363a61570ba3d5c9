"""A proposer and a partner on another installation, as most tests of packages begin with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.repression.coordination.scene_elsewhere import agreed_across, make_across

if TYPE_CHECKING:
    from tests.repression.coordination.scene_elsewhere import Across

__all__: list[str] = []


@pytest.fixture
def across(owner_sql: Any) -> Across:
    return make_across(owner_sql)


@pytest.fixture
def agreed(across: Across) -> Across:
    return agreed_across(across)
