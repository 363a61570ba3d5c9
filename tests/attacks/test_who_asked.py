"""Who asked for a proceeding is sought by everybody who may not know it, and not found."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.attacks.searching import found_in
from tests.coercion.instruments.factories import (
    AT,
    REQUEST,
    SECRET,
    Scene,
    make_scene,
    to_measures,
)
from tests.core.accounts.factories import in_person, signed_in_client
from undaunted.coercion.instruments.actions import open_papers, publish_proceeding
from undaunted.coercion.instruments.queries import proceeding_for
from undaunted.coercion.instruments.rules import MOVES, KeptUnreadable, Stage
from undaunted.core.accounts.actions import acting_as, make_token
from undaunted.core.accounts.rules import SCOPES
from undaunted.core.clocks.queries import feed_events

pytestmark = pytest.mark.usefixtures("ledger")

TABLES = ("proceeding", "step", "paper", "injury", "engagement", "draft")
WORDS = (SECRET, "14.2 per cent")


def _refused(statement: str, *values: Any, matching: str) -> None:
    with (
        pytest.raises(DatabaseError, match=matching),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def _rows() -> int:
    found = 0
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM instruments_{table}")
            found += cursor.fetchone()[0]
    return found


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    to_measures(made)
    with acting_as(made.ours.publisher) as actor:
        publish_proceeding(made.proceeding, actor=actor, at=AT, key=made.ours.second_key)
    return made


def test_seized_database_with_its_audit_does_not_say_who_asked(
    scene: Scene, owner_sql: Any
) -> None:
    names = owner_sql("SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'm')"
                      " AND relnamespace = 'public'::regnamespace")  # fmt: skip
    dump = {
        name: "\n".join(row for (row,) in owner_sql(f"SELECT t::text FROM {name} t")).encode()
        for (name,) in names
    }
    assert found_in(dump, REQUEST.open_version[0].text.encode()), "the search finds what lies open"
    assert dump["instruments_paper"].count(b"age-encryption.org/v1".hex().encode()) == 1
    for word in WORDS:
        assert found_in(dump, word.encode()) == []
    with acting_as(scene.ours.documenter) as actor:
        opened = open_papers(scene.proceeding, key=scene.ours.key, actor=actor, at=AT)
    assert all(word in json.dumps(opened[scene.paper.pk]) for word in WORDS)


def test_another_authority_reads_nothing_and_hangs_nothing_on_it(scene: Scene) -> None:
    with acting_as(scene.theirs.documenter) as actor:
        assert _rows() == 0
        assert proceeding_for(actor, scene.proceeding.pk) is None
        _refused(
            "INSERT INTO instruments_engagement (id, holder, sharing, recorded_at, recorded_by,"
            " proceeding_id, day, channel, body, said, answer)"
            " VALUES (%s, %s, 'organisation', %s, %s, %s, %s, 'letter', 'x', 'x', '')",
            uuid4(), scene.theirs.id, AT, actor.person, scene.proceeding.pk, AT.date(),
            matching="same authority",
        )  # fmt: skip


def test_colleague_outside_the_team_opens_nothing(scene: Scene) -> None:
    for person in (scene.ours.publisher, scene.ours.reader):
        with acting_as(person) as actor, pytest.raises(KeptUnreadable):
            open_papers(scene.proceeding, key=scene.theirs.key, actor=actor, at=AT)


def test_one_person_takes_no_step_and_rewrites_nothing_in_sql(scene: Scene) -> None:
    with acting_as(scene.ours.documenter) as actor:
        step = uuid4()
        given = (step, scene.ours.id, AT, actor.person, scene.proceeding.pk, AT.date())
        said = (
            "INSERT INTO instruments_step (id, holder, sharing, recorded_at, recorded_by,"
            ' proceeding_id, stage, "on", reasons, facts, confirmed_at, confirmed_by)'
            " VALUES (%s, %s, 'organisation', %s, %s, %s, 'closed', %s, 'x', '{}', %s, %s)"
        )
        _refused(said, *given, AT, uuid4(), matching="a later step is taken later")
        with connection.cursor() as cursor:
            cursor.execute(said, [*given, None, None])
        own = "UPDATE instruments_step SET confirmed_at = now(), confirmed_by = %s WHERE id = %s"
        _refused(own, actor.person, step, matching="a second person")
        _refused(own, uuid4(), step, matching="a second person")
        _refused("UPDATE instruments_step SET reasons = 'y' WHERE id = %s", step, matching="stays")
        _refused("UPDATE instruments_proceeding SET title = 'y'", matching="stays as it was")
        _refused("UPDATE instruments_paper SET envelope = '\\x00'", matching="stays as it was")
        _refused("DELETE FROM instruments_paper", matching="permission denied")
        _refused(
            "INSERT INTO instruments_paper (id, holder, sharing, recorded_at, recorded_by,"
            " proceeding_id, kind, title, received_on, open_version, envelope, sequence)"
            " VALUES (%s, %s, 'organisation', %s, %s, %s, 'request', 'x', %s, '[]', %s, 1)",
            uuid4(), *given[1:], SECRET.encode(), matching="kept_in_an_envelope",
        )  # fmt: skip
    with acting_as(scene.ours.publisher) as actor:
        with connection.cursor() as cursor:
            cursor.execute(own, [actor.person, step])
        _refused(own, actor.person, step, matching="decided stays decided")
        _refused(
            "INSERT INTO instruments_draft (id, holder, sharing, recorded_at, recorded_by,"
            " proceeding_id, content) VALUES (%s, %s, 'organisation', %s, %s, %s, '{}')",
            uuid4(), scene.ours.id, AT, actor.person, scene.proceeding.pk, matching="documents",
        )  # fmt: skip


def test_no_stage_is_passed_over_in_sql(scene: Scene, owner_sql: Any) -> None:
    pairs = [(before, after) for before in Stage for after in Stage]
    follows = owner_sql(
        "SELECT b, a FROM unnest(%s::text[], %s::text[]) AS t (b, a)"
        " WHERE instruments_follows(b, a)",
        [[before for before, _ in pairs], [after for _, after in pairs]],
    )
    assert set(follows) == {(before.value, after.value) for before, after in MOVES}
    said = (
        "INSERT INTO instruments_step (id, holder, sharing, recorded_at, recorded_by,"
        ' proceeding_id, stage, "on", reasons, facts)'
        " VALUES (%s, %s, 'organisation', %s, %s, %s, %s, %s, 'x', '{}')"
    )
    with acting_as(scene.ours.documenter) as actor:
        given = (scene.ours.id, AT, actor.person, scene.proceeding.pk)
        for stage in ("applied", "examination", "evaluated", "nothing"):
            _refused(said, uuid4(), *given, stage, AT.date(), matching="does not follow")
        _refused(said, uuid4(), *given, "closed", date(2026, 9, 1), matching="not taken before")
        _refused(said, uuid4(), *given, "closed", date(2026, 12, 1), matching="its day or later")
        step = uuid4()
        with connection.cursor() as cursor:
            cursor.execute(said, [step, *given, "closed", AT.date()])
    owner_sql(
        "UPDATE instruments_step SET stage = 'closed' WHERE confirmed_at IS NOT NULL"
        " AND stage = 'engagement'"
    )
    own = "UPDATE instruments_step SET confirmed_at = now(), confirmed_by = %s WHERE id = %s"
    with acting_as(scene.ours.publisher) as actor:
        _refused(own, actor.person, step, matching="does not follow")


def test_nothing_is_public_before_its_first_step_in_sql(owner_sql: Any) -> None:
    made = make_scene(owner_sql)
    said = "UPDATE instruments_proceeding SET approved_at = now(), approved_by = %s"
    with acting_as(made.ours.publisher) as actor:
        _refused(said, actor.person, matching="before an examination has begun")
        _refused("UPDATE instruments_proceeding SET title = 'y'", matching="stays as it was")


def test_exchanged_envelopes_are_noticed(scene: Scene, owner_sql: Any) -> None:
    from undaunted.coercion.instruments.actions import file_paper  # noqa: PLC0415

    with acting_as(scene.ours.documenter) as actor:
        other = file_paper(scene.proceeding, REQUEST, actor=actor, at=AT, key=scene.ours.key)
    owner_sql(
        "UPDATE instruments_paper p SET envelope = q.envelope, sequence = q.sequence"
        " FROM instruments_paper q WHERE p.id <> q.id"
    )
    with acting_as(scene.ours.documenter) as actor, pytest.raises(KeptUnreadable):
        open_papers(scene.proceeding, key=scene.ours.key, actor=actor, at=AT)
    assert other.pk != scene.paper.pk


def test_calendar_names_nobody(scene: Scene) -> None:
    with acting_as(scene.ours.reader) as actor:
        events = feed_events(actor, AT)
    assert events
    assert not any(word in repr(events) for word in (*WORDS, scene.proceeding.title))


def test_pages_and_programs_do_not_say_who_asked(scene: Scene) -> None:
    addresses = [
        "/desk/coercion/proceedings/", f"/desk/coercion/proceedings/{scene.proceeding.pk}/",
        f"/desk/coercion/proceedings/{scene.proceeding.pk}/papers/",
        "/coercion/proceedings/", "/search/?q=timber",
        f"/coercion/proceedings/{scene.proceeding.pk}/",
    ]  # fmt: skip
    people = [scene.ours.documenter, scene.ours.publisher, scene.ours.reader,
              scene.theirs.documenter]  # fmt: skip
    seen = 0
    for client in (Client(), *map(signed_in_client, people)):
        for address in addresses:
            answer = client.get(address)
            told = answer.content.decode()
            seen += scene.proceeding.title in told
            assert not any(word in told for word in WORDS), address
    assert seen > len(addresses), "the pages do show the proceeding"
    for person in people:
        with in_person(person) as actor:
            token = make_token("x", SCOPES, actor=actor, at=timezone.now(), days=1)[1]
        program = Client(headers={"Authorization": f"Bearer {token}"})
        for address in ("", f"/{scene.proceeding.pk}"):
            with suppress(ValueError):
                page = program.get(f"/api/v1/instruments/desk/proceedings{address}").content
                assert not any(word.encode() in page for word in WORDS)
