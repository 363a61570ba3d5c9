"""A database of an earlier version, with published cases, comes through the later migrations."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import DateField, DateTimeField, Value
from django.db.models.functions import Cast

from undaunted.config.keys import private_folder
from undaunted.config.postgres import EmbeddedServer
from undaunted.config.schema import acting_as_owner, migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field
    from pytest_django.plugin import DjangoDbBlocker

AT = datetime(2024, 3, 1, tzinfo=UTC)


@pytest.fixture
def scratch(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Give the owner's address of an empty database on a server of its own."""
    folder = Path(tempfile.mkdtemp(prefix="undaunted-", dir="/tmp"))
    server = EmbeddedServer(folder / "postgres", folder / "secrets", durable=False)
    private_folder(server.places.folder)
    try:
        with django_db_blocker.unblock():
            lease = server.open()
            assert lease.owner_url is not None
            yield lease.owner_url
            lease.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def published_at(step: str) -> UUID:
    """Migrate to a step and write one published case as a version of that day held it."""
    state = MigrationExecutor(connection).migrate([("registry", step)])
    model = state.apps.get_model
    held = {"holder": uuid4(), "sharing": "shared"}
    party = uuid4()
    model("actors", "Party").objects.create(
        **held, id=party, canonical=party, kind="person", country="XR", gender="female",
        recorded_at=AT, recorded_by=uuid4(),
    )  # fmt: skip
    model("actors", "PartyName").objects.create(
        **held, party_id=party, text="Anna Invented", kind="full", script="Latn",
        search_form="anna invented", primary=True, recorded_at=AT,
    )  # fmt: skip
    event = model("events", "Event").objects.create(**held, country="XR", recorded_at=AT)
    model("events", "Act").objects.create(
        **held, claim=uuid4(), event=event, victim_id=party, category="deprivation_of_liberty",
        type="imprisonment", country="XR", start="2023-03-04", start_earliest=date(2023, 3, 4),
        start_latest=date(2023, 3, 4), tier="A", in_stock=True, recorded_from=AT,
        recorded_by=uuid4(),
    )  # fmt: skip
    model("consent", "Grant").objects.create(
        **held, subject=party, purpose="registry", audience="public", level="name",
        field_groups=["identity", "biography", "detention"], basis="self",
        given_on=AT.date(), until=date(2999, 1, 1), recorded_at=AT, recorded_by=uuid4(),
    )  # fmt: skip
    model("registry", "Recognition").objects.create(
        **held, party_id=party, standard="pace-1900", standard_version="1", status="recognised",
        proposed_by=uuid4(), decided_by=uuid4(), recorded_from=AT,
    )  # fmt: skip
    model("registry", "Publication").objects.create(
        **held, party_id=party, reference="XR-2345AB", state="published", proposed_by=uuid4(),
        proposed_at=AT, published_by=uuid4(), published_at=AT + timedelta(1),
    )  # fmt: skip
    _show(model, party)
    return party


def _show(model: Any, party: UUID) -> None:
    """Write the projection of that day: its functions name what later versions made."""
    case = model("registry", "PublishedCase").objects.create(
        id=party, reference="XR-2345AB", name="Anna Invented", country="XR", gender="female",
        published_at=AT + timedelta(1), held_now=True, cell=1, changed_at=AT,
    )  # fmt: skip
    model("registry", "PublishedSegment").objects.create(
        case=case, standard="pace-1900", country="XR", start_on=date(2023, 3, 4),
        end_on=_endless(DateField()), tier="A", verified=True, certain=True,
        cell=1, known_from=AT + timedelta(1), known_to=_endless(DateTimeField()),
    )  # fmt: skip


def _endless(kind: Field[Any, Any]) -> Cast:
    return Cast(Value("infinity"), kind)


def test_what_stood_published_before_approvals_stays_published(scratch: str) -> None:
    with acting_as_owner(scratch):
        party = published_at("0005_gates")
    migrate(scratch)
    with psycopg.connect(scratch, autocommit=True) as owner:
        shown = owner.execute("SELECT id, name FROM published_case").fetchall()
        assert shown == [(party, "Anna Invented")]
        owner.execute("SELECT registry_project(ARRAY[%s]::uuid[])", [party])
        approved = owner.execute("SELECT party_id, ended_at FROM registry_approval").fetchall()
        assert approved == [(party, None)]
        counted = owner.execute("SELECT count(*) FROM published_delta").fetchone()
        placed = owner.execute("SELECT case_id FROM published_place").fetchall()
        assert (counted or (0,))[0] > 0
        assert placed == [(party,)]
        assert owner.execute("SELECT name FROM published_case").fetchall() == [("Anna Invented",)]
