"""What is sealed while it arrives holds nothing up, and is for whoever is in the team then."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from tests.core.vault.factories import Office, make_colleague, make_office, take_in
from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.vault.actions import open_sealed, seal_for, upload_for
from undaunted.core.vault.models import Record, Sealing
from undaunted.core.vault.rules import INTAKE, SealRefused

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def test_an_upload_is_sealed_while_it_arrives(office: Office) -> None:
    record, sink = uuid4(), BytesIO()
    asked: dict[str, Any] = {"kind": "file", "version": 1, "at": timezone.now()}
    with upload_for(office.team, record, sink, actor=PUBLIC, door=INTAKE, **asked) as upload:
        for _ in range(40):
            assert upload.write(b"\x07" * 10_000) == 10_000
        assert upload.sealed is None
    assert upload.sealed is not None
    assert upload.sealed.length == 400_000
    with office.steward.acting() as actor:
        key = office.steward.key
        content = open_sealed(sink.getvalue(), record, key=key, actor=actor, **asked)
    assert content == b"\x07" * 400_000


def test_an_upload_holds_neither_a_transaction_nor_a_connection_while_it_arrives(
    office: Office,
) -> None:
    record, sink = uuid4(), BytesIO()
    asked: dict[str, Any] = {"kind": "file", "version": 1, "at": timezone.now()}
    for expected in (1, 2):
        with upload_for(office.team, record, sink, actor=PUBLIC, door=INTAKE, **asked) as upload:
            upload.write(b"first and again")
            assert connections[INTAKE].connection is None
        assert upload.sealed is not None
        assert upload.sealed.binding.sequence == expected


def test_an_upload_during_which_something_else_is_sealed_is_refused(office: Office) -> None:
    asked: dict[str, Any] = {"kind": "file", "version": 1, "at": timezone.now()}
    asked |= {"actor": PUBLIC, "door": INTAKE}
    record = uuid4()
    seal_for(office.team, record, b"one", **asked)
    with (
        pytest.raises(SealRefused, match="meanwhile"),
        upload_for(office.team, record, BytesIO(), **asked),
    ):
        seal_for(office.team, record, b"two", **asked)


def test_an_upload_is_for_whoever_is_in_the_team_when_it_has_arrived(
    office: Office, owner_sql: Any
) -> None:
    record, sink = uuid4(), BytesIO()
    asked: dict[str, Any] = {"kind": "file", "version": 1, "at": timezone.now()}
    late = make_colleague(owner_sql, {office.holder: [Role.DOCUMENTER]})
    with upload_for(office.team, record, sink, actor=PUBLIC, door=INTAKE, **asked) as upload:
        upload.write(b"it took long")
        take_in(owner_sql, office.team, late.user.pk, by=office.steward)
    with late.acting() as actor:
        content = open_sealed(sink.getvalue(), record, key=late.key, actor=actor, **asked)
    assert content == b"it took long"


def test_an_upload_that_breaks_records_nothing(office: Office) -> None:
    def upload() -> None:
        with upload_for(
            office.team,
            uuid4(),
            BytesIO(),
            kind="file",
            version=1,
            actor=PUBLIC,
            at=timezone.now(),
            door=INTAKE,
        ) as begun:
            begun.write(bytes(100_000))
            raise ConnectionError

    with pytest.raises(ConnectionError):
        upload()
    with office.steward.acting():
        assert Record.objects.count() == Sealing.objects.count() == 0


def test_an_upload_inside_a_transaction_of_the_desk_is_part_of_it(office: Office) -> None:
    record, sink = uuid4(), BytesIO()
    asked: dict[str, Any] = {"kind": "file", "version": 1, "at": timezone.now()}
    with office.steward.acting() as actor:
        with upload_for(office.team, record, sink, actor=actor, **asked) as upload:
            upload.write(b"from the desk")
            assert connections["default"].connection is not None
        key = office.steward.key
        content = open_sealed(sink.getvalue(), record, key=key, actor=actor, **asked)
    assert content == b"from the desk"
