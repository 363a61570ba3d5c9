"""The product served to a real browser, and two people of one organisation who can sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.core.accounts.factories import set_up_totp
from tests.journeys.scene import CHROMIUM, PASSPHRASE, PATIENCE, SECRET, chromium, serving
from tests.pages.desk_scene import Desk, open_desk
from undaunted.cli.names_compiled import compile_loops

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from pytest_django import Settings

    from undaunted.config.postgres import Lease


expect.set_options(timeout=PATIENCE)
"""A page is slow where the machine has other work; five seconds, the driver's own, made a flake."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as a journey in a browser, passed over where there is none."""
    marks = [
        pytest.mark.browser,
        pytest.mark.slow,
        pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    ]
    for item in items:
        if "tests/journeys/" in item.path.as_posix():
            for mark in marks:
                item.add_marker(mark)


@pytest.fixture
def desk(
    ledger: Lease,
    owner_sql: Any,
    settings: Settings,
    tmp_path: Path,
) -> Desk:
    """Two people of one organisation who can sign in with both factors."""
    assert ledger
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    settings.DOWNLOADS_FOLDER = tmp_path / "downloads"
    settings.CHART_CACHE = tmp_path / "charts"
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    made = open_desk(owner_sql)
    for user in (made.first, made.second):
        user.set_password(PASSPHRASE)
        owner_sql("UPDATE accounts_user SET password = %s WHERE id = %s", [user.password, user.pk])
        set_up_totp(user, SECRET)
    return made


@pytest.fixture
def site(desk: Desk) -> Iterator[str]:
    """Serve the product to the browser."""
    assert desk
    with serving() as address:
        yield address


@pytest.fixture(scope="package")
def loops() -> None:
    """Compile loops of names, as a first start does beside its pages: no page waits for that."""
    compile_loops()


@pytest.fixture(scope="package")
def opened() -> Iterator[Browser]:
    """Open Chromium once for all journeys of a process; each test has contexts of its own."""
    with chromium() as shared:
        yield shared


@pytest.fixture
def browser(site: str, opened: Browser) -> Iterator[Browser]:
    """Give the browser; what was opened in it closes before the server does."""
    assert site
    yield opened
    for context in opened.contexts:
        context.close()
