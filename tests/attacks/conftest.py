"""One running installation for every attack that needs the real processes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.attacks.installation import Installation, new_installation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.config.postgres import Lease

__all__ = ["installation", "pytest_collection_modifyitems"]


@pytest.fixture(scope="session")
def _installed(database_server: Lease) -> Iterator[Installation]:
    assert database_server  # its migrated files are copied
    with new_installation() as made:
        yield made


@pytest.fixture
def installation(_installed: Installation) -> Installation:
    """Give the installation, running whatever an earlier attack has done to it."""
    if _installed.process is None or _installed.process.poll() is not None:
        _installed.restart()
    return _installed


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the long form to `make drill`."""
    if os.environ.get("UNDAUNTED_DRILL") == "long":
        return
    for item in items:
        if item.get_closest_marker("drill") is not None:
            item.add_marker(pytest.mark.skip(reason="long form of the drill: make drill"))
