"""A reader without a cookie, and the pages in front of published, invented people."""

# ruff: noqa: RUF001 - names in several scripts

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.prisoners.registry.published_factory import Case, Stay, publish, take_down

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django import Settings

    from undaunted.config.postgres import Lease

__all__ = ["ANNA", "CODE_ONLY", "GONE", "reader", "roll", "untouched_desk"]

ANNA = Case(
    "XR-00001",
    name="Darya Belinskaya-Korb",
    other_names=(("Дарья Белинская-Корб", "Cyrl", "ru"),),
    stays=(
        Stay(date(2019, 2, 10), date(2020, 5, 6), release_type="pardon_amnesty"),
        Stay(date(2023, 3, 4), sentence_months=60),
    ),
)
CODE_ONLY = Case(
    "XS-00002", name="", country="XS", roles=("lawyer",), tier="B", birth_year=None, gender="",
    sources=(), stays=(Stay(date(2021, 6, 1), laws=("terrorism",)),),
)  # fmt: skip
GONE = Case("XB-00003", name="Samir Qasr-Zayd", country="XB")


@pytest.fixture
def reader() -> Client:
    return Client()


@pytest.fixture
def roll(
    ledger: Lease, owner_sql: Callable[..., object], settings: Settings, tmp_path: Path
) -> None:
    """Three published people, one of them taken down again; charts go to a folder of their own."""
    settings.CHART_CACHE = tmp_path / "charts"
    settings.DOWNLOADS_FOLDER = tmp_path / "downloads"
    publish(owner_sql, ANNA, CODE_ONLY)  # type: ignore[arg-type]
    take_down(owner_sql, GONE.reference, date(2026, 1, 5))  # type: ignore[arg-type]


@contextmanager
def untouched_desk() -> Iterator[None]:
    """Fail if anything is asked of the desk's connection."""
    with CaptureQueriesContext(connections["default"]) as asked:
        yield
    assert asked.captured_queries == []
