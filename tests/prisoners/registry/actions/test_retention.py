"""The file of an import that was turned down is erased when its time is over, and not before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.desk import MAPPING, ROWS, Desk, make_list, table
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.models import Entry
from undaunted.core.clocks.models import Erasure
from undaunted.core.clocks.queries import clocks_about
from undaunted.core.clocks.tasks import erase_what_has_expired
from undaunted.prisoners.registry.actions.imports import (
    accept_import,
    decline_import,
    propose_import,
)
from undaunted.prisoners.registry.actions.lists import hand_over_list
from undaunted.prisoners.registry.actions.retention import DECLINED_IMPORT

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import Settings

    from undaunted.prisoners.registry.models import ImportBatch, SourceList

LONG_AGO = timezone.now() - timedelta(days=200)


@pytest.fixture(autouse=True)
def documents(settings: Settings, tmp_path: Path) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path


def propose(desk: Desk, source_list: SourceList, *, at: datetime = LONG_AGO) -> ImportBatch:
    with acting_as(desk.documenter) as actor:
        return propose_import(
            source_list,
            actor=actor,
            at=at,
            file=table(*ROWS),
            file_name="list.csv",
            mapping_toml=MAPPING,
        )


def decline(desk: Desk, batch: ImportBatch, *, at: datetime = LONG_AGO) -> None:
    with acting_as(desk.steward) as actor:
        decline_import(batch, actor=actor, at=at)


def kept(batch: ImportBatch) -> bool:
    return (Path(settings.DOCUMENTS_FOLDER) / batch.file_path).is_file()


def test_a_declined_file_is_erased_after_ninety_days_with_a_receipt(
    desk: Desk, first_list: SourceList
) -> None:
    batch = propose(desk, first_list)
    decline(desk, batch)
    assert kept(batch)
    assert erase_what_has_expired(0) == 1
    assert not kept(batch)
    with acting_as(desk.steward) as actor:
        (clock,) = clocks_about(actor, DECLINED_IMPORT, batch.pk)
        assert clock.met_at is not None
        assert Erasure.objects.get(clock=clock).done == {"file": batch.file_sha256, "files": 1}
        assert Entry.objects.filter(verb="import_file.erased").count() == 1
    assert erase_what_has_expired(0) == 0


def test_the_clock_goes_with_a_list_that_is_handed_over(desk: Desk, first_list: SourceList) -> None:
    batch = propose(desk, first_list)
    decline(desk, batch)
    with acting_as(desk.both) as actor:
        hand_over_list(first_list, desk.other, actor=actor, at=LONG_AGO)
        (clock,) = clocks_about(actor, DECLINED_IMPORT, batch.pk)
        assert clock.holder == desk.other
    with acting_as(desk.steward) as actor:
        assert not clocks_about(actor, DECLINED_IMPORT, batch.pk).exists()
    assert erase_what_has_expired(0) == 1
    assert not kept(batch)


def test_rejects_of_an_erased_file_are_absent_not_an_error(
    desk: Desk, first_list: SourceList
) -> None:
    batch = propose(desk, first_list)
    decline(desk, batch)
    client = signed_in_client(desk.steward)
    address = f"/desk/imports/{batch.pk}/rejects/"
    answer = client.get(address)
    assert answer.status_code == 200
    answer.close()
    erase_what_has_expired(0)
    assert client.get(address).status_code == 404
    assert client.get(f"/desk/imports/{batch.pk}/").status_code == 200


def test_a_file_declined_lately_stays(desk: Desk, first_list: SourceList) -> None:
    batch = propose(desk, first_list, at=timezone.now())
    decline(desk, batch, at=timezone.now() - timedelta(days=89))
    assert erase_what_has_expired(0) == 0
    assert kept(batch)


def test_a_file_that_another_import_uses_stays(desk: Desk, first_list: SourceList) -> None:
    declined = propose(desk, first_list)
    other = propose(desk, make_list(desk, "Second list"))
    decline(desk, declined)
    with acting_as(desk.steward) as actor:
        accept_import(other, actor=actor, at=LONG_AGO)
    assert declined.file_path == other.file_path
    assert erase_what_has_expired(0) == 1
    assert kept(other)
    with acting_as(desk.steward):
        assert Erasure.objects.get().done["files"] == 0
