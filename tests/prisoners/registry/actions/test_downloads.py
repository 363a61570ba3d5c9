"""Prepared downloads: renewed when something changed, together, never older than a takedown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.prisoners.registry.published_worlds import Act, Person, World, random_world
from tests.prisoners.registry.test_counting import project_all
from undaunted.engines.census import Tier
from undaunted.prisoners.registry.actions import downloads
from undaunted.prisoners.registry.actions.downloads import destroy_downloads, renew_downloads
from undaunted.prisoners.registry.pages.downloads import downloads as listed
from undaunted.prisoners.registry.tasks import renew_prepared_downloads
from undaunted.prisoners.registry.writers.open_data import write_open_data

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from undaunted.config.postgres import Lease


@pytest.fixture
def folder(ledger: Lease, tmp_path: Path, settings: Settings) -> Path:
    settings.DOWNLOADS_FOLDER = tmp_path / "downloads"
    random_world(11, 12).write(ledger)
    project_all(ledger)
    return tmp_path / "downloads"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_the_worker_renews_only_what_changed(folder: Path, ledger: Lease) -> None:
    assert renew_prepared_downloads(timestamp=0)
    before = (folder / "cases.csv").stat()
    assert renew_prepared_downloads(timestamp=300)
    assert (folder / "cases.csv").stat().st_ino == before.st_ino
    act = Act((date(2019, 3, 4),) * 2, (None, None), Tier.A)
    World((Person(1001, (act,)),)).write(ledger)
    project_all(ledger)
    assert renew_prepared_downloads(timestamp=600)
    assert (folder / "cases.csv").stat().st_ino != before.st_ino


def test_a_long_roll_is_served_as_the_worker_wrote_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undaunted.prisoners.registry.pages.downloads.WRITTEN_AT_ONCE", 0)
    assert listed() == ()
    renew_prepared_downloads(timestamp=0)
    assert {"cases.csv", "SHA256SUMS", "datapackage.json"} <= {file.name for file in listed()}
    assert not (folder / ".draft").exists()


def test_destroyed_files_are_gone_and_come_again(folder: Path) -> None:
    renew_downloads()
    destroy_downloads()
    assert names(folder) == set()
    assert renew_downloads()
    assert "SHA256SUMS" in names(folder)


def test_a_set_written_while_something_is_destroyed_is_thrown_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renew_downloads()
    (folder / ".version").unlink()
    put = write_open_data

    def late(*arguments: Any) -> list[Path]:
        written = put(*arguments)
        destroy_downloads()
        return written

    monkeypatch.setattr(downloads, "write_open_data", late)
    assert not renew_downloads()
    assert names(folder) == set()


def test_files_of_another_time_do_not_stay(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "persons.ftm.json").write_text("{}", encoding="utf-8")
    assert renew_downloads()
    assert "persons.ftm.json" not in names(folder)


def test_destroying_waits_for_the_transaction(folder: Path) -> None:
    from django.db import transaction  # noqa: PLC0415

    renew_downloads()
    with transaction.atomic():
        destroy_downloads()
        assert names(folder)
    assert names(folder) == set()
