"""A colleague with SQL attacks dossiers: another team's, signed alone, what was sent changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_annexes_looked_at import made_by
from tests.repression.dossiers.test_annexes_read import annexed
from tests.repression.dossiers.test_annexes_redacted import looked, taken_out
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.actions import record_custody
from undaunted.core.evidence.queries import document_for
from undaunted.core.evidence.rules import CustodyKind

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
TABLES = tuple(
    f"dossiers_{name}"
    for name in (
        "dossier", "dossieract", "accused", "detail", "post", "link", "foundfact", "statement",
        "annex", "annexlook", "submission", "submissionfile", "submissionsubject",
    )
)  # fmt: skip


@pytest.fixture
def scene(owner_sql: Any, settings: Any, tmp_path: Path) -> Scene:
    settings.DOCUMENTS_FOLDER = tmp_path
    made = make_scene(owner_sql)
    agree(made, UNION)
    written(made, "eu-2020-1998")
    return made


def _asked(person: User, statement: str, *values: Any) -> list[Any]:
    with acting_as(person), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else [cursor.rowcount]


def _refused(person: User, statement: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as refusal:
        _asked(person, statement, *values)
    return str(refusal.value)


def test_nobody_outside_the_team_reads_counts_or_finds_anything(scene: Scene) -> None:
    outside = (scene.desk.stranger, scene.desk.steward, scene.desk.second_reviewer)
    for table in TABLES:
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(using="public"),
            connections["public"].cursor() as cursor,
        ):
            cursor.execute(f"SELECT * FROM {table}")
        for person in outside:
            assert _asked(person, f"SELECT count(*) FROM {table}") == [(0,)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchall() == [(0,)]
        expected = 0 if table.startswith("dossiers_annex") else 1
        ((inside,),) = _asked(scene.desk.reviewer, f"SELECT count(*) FROM {table}")
        assert (inside > 0) == bool(expected)


def test_nobody_outside_the_team_writes_into_it(scene: Scene) -> None:
    other = scene.desk.steward
    assert _asked(other, "UPDATE dossiers_dossier SET team = team || identity_actor()") == [0]
    assert _asked(other, "UPDATE dossiers_submission SET state = 'ended', ended_at = now()") == [0]
    told = _refused(
        other,
        "INSERT INTO dossiers_detail (id, holder, sharing, dossier_id, accused_id, kind, text,"
        " recorded_by, recorded_at) VALUES (gen_random_uuid(), %s, 'organisation', %s, %s, 'name',"
        " 'X', identity_actor(), now())",
        scene.desk.organisation, scene.dossier.pk, scene.commander.pk,
    )  # fmt: skip
    assert "a part belongs to an open dossier of one's own" in told
    told = _refused(
        other,
        "INSERT INTO dossiers_dossier (id, holder, sharing, title, summary, country, tlp, team,"
        " opened_by, opened_at) VALUES (gen_random_uuid(), %s, 'organisation', 'T', '', 'XR',"
        " 'AMBER', ARRAY[%s]::uuid[], %s, now())",
        scene.desk.organisation, scene.desk.documenter.pk, scene.desk.documenter.pk,
    )  # fmt: skip
    assert "a dossier is opened in one's own name" in told


def test_what_was_recorded_is_not_changed_in_anybodys_name(scene: Scene) -> None:
    inside = scene.desk.documenter
    for statement in (
        "UPDATE dossiers_link SET mode = 'committed'",
        "UPDATE dossiers_detail SET text = 'Somebody else'",
        "UPDATE dossiers_statement SET body = 'Nothing.'",
        "UPDATE dossiers_foundfact SET value = 'not_met'",
        "UPDATE dossiers_accused SET number = 9",
    ):
        assert "withdrawn, never changed" in _refused(inside, statement)
    told = _refused(inside, "UPDATE dossiers_dossier SET opened_by = %s", scene.desk.publisher.pk)
    assert "a dossier stays its holder's" in told
    for table in ("link", "detail", "statement", "submission", "dossieract"):
        assert "permission denied" in _refused(inside, f"DELETE FROM dossiers_{table}")


def test_two_people_weigh_and_release_in_sql_too(scene: Scene) -> None:
    inside, reviewer = scene.desk.documenter, scene.desk.reviewer
    take_back = "UPDATE dossiers_statement SET confirmed_by = %s, confirmed_at = now()"
    assert "a second person confirms" in _refused(inside, take_back, inside.pk)
    assert "a second person confirms" in _refused(inside, take_back, reviewer.pk)
    release = (
        "UPDATE dossiers_submission SET state = 'released', released_by = %s, released_at = now()"
    )
    assert "a second person with the role" in _refused(inside, release, inside.pk)
    assert "a second person with the role" in _refused(inside, release, scene.desk.publisher.pk)
    assert "a second person with the role" in _refused(reviewer, release, reviewer.pk)
    told = _refused(scene.desk.publisher, release, scene.desk.publisher.pk)
    assert "through the application alone" in told
    told = _refused(inside, "UPDATE dossiers_submission SET released_by = NULL, state = 'written'")
    assert "released once" in told


def test_bytes_are_destroyed_never_changed_and_subjects_stay(scene: Scene) -> None:
    inside = scene.desk.documenter
    told = _refused(inside, "UPDATE dossiers_submissionfile SET content = 'x'::bytea")
    assert "destroyed, never changed" in told
    assert "keeps whom it tells of" in _refused(inside, "DELETE FROM dossiers_submissionsubject")
    told = _refused(inside, "UPDATE dossiers_submission SET recipient = 'Another'")
    assert "stays what was written" in told
    told = _refused(
        scene.desk.publisher,
        "INSERT INTO dossiers_submissionsubject (id, holder, sharing, dossier_id, submission_id,"
        " subject) SELECT gen_random_uuid(), holder, sharing, dossier_id, id, gen_random_uuid()"
        " FROM dossiers_submission",
    )
    assert "a submission of one's own" in told


ANNEX = (
    "INSERT INTO dossiers_annex (id, holder, sharing, dossier_id, document, title, number, shows,"
    " redacted, recorded_by, recorded_at) VALUES (gen_random_uuid(), %s, 'organisation', %s, %s,"
    " 'List', 9, '{}', %s, identity_actor(), now())"
)


def test_nothing_goes_along_in_place_of_a_document_but_an_open_copy_of_it(
    scene: Scene, owner_sql: Any
) -> None:
    made, other = (
        taken_out(scene, annexed(scene, name.encode(), "text/plain", "List"), name)
        for name in ("Vasil Dobrev", "Nobody Else")
    )
    inside, place = scene.desk.documenter, (scene.desk.organisation, scene.dossier.pk)
    assert _asked(inside, ANNEX, *place, made.document, made.redacted) == [1]
    for document, copy in (
        (made.document, other.redacted),
        (made.document, uuid4()),
    ):
        told = _refused(inside, ANNEX, *place, document, copy)
        assert "a redacted copy of it that lies open" in told
    told = _refused(inside, ANNEX, *place, uuid4(), None)
    assert "a document of the dossier's organisation" in told
    with acting_as(inside) as actor:
        held = document_for(actor, made.document)
        assert held
        record_custody(held, CustodyKind.WITHDRAWN, actor=actor, at=AT)
    assert "that lies open" in _refused(inside, ANNEX, *place, made.document, made.redacted)
    owner_sql(f"UPDATE evidence_document SET team = '{uuid4()}' WHERE id = '{other.document}'")
    assert "that lies open" in _refused(inside, ANNEX, *place, other.document, other.redacted)


LOOK = (
    "INSERT INTO dossiers_annexlook (id, holder, sharing, dossier_id, annex_id, sha256,"
    " recorded_by, recorded_at) VALUES (gen_random_uuid(), %s, 'organisation', %s, %s, %s, %s,"
    " now())"
)


def test_pictures_are_looked_at_by_a_second_person_and_as_they_are(
    scene: Scene, owner_sql: Any
) -> None:
    annex = taken_out(scene, annexed(scene, b"Vasil Dobrev", "text/plain", "List"), "Vasil Dobrev")
    look = looked(scene, annex.pk)
    inside, second = scene.desk.documenter, scene.desk.reviewer
    place = (scene.desk.organisation, scene.dossier.pk, annex.pk)
    assert _asked(second, LOOK, *place, look.sha256, second.pk) == [1]
    wanted = "a second person looks at the file that goes along"
    assert wanted in _refused(inside, LOOK, *place, look.sha256, inside.pk)
    assert wanted in _refused(second, LOOK, *place, "0" * 64, second.pk)
    assert wanted in _refused(second, LOOK, *place[:2], uuid4(), look.sha256, second.pk)
    made_by(second, owner_sql)
    assert wanted in _refused(second, LOOK, *place, look.sha256, second.pk), "who made the copy"
    made_by(inside, owner_sql)
    told = _refused(second, LOOK, *place, look.sha256, inside.pk)
    assert "in one's own name" in told
    assert "never changed" in _refused(second, "UPDATE dossiers_annexlook SET sha256 = 'x'")
    owner_sql("UPDATE dossiers_submission SET looks = ARRAY[%s::uuid]", [look.pk])
    release = (
        "UPDATE dossiers_submission SET state = 'released', released_by = %s, released_at = now()"
    )
    publisher = scene.desk.publisher
    _asked(inside, "UPDATE dossiers_annexlook SET withdrawn_at = now() WHERE id = %s", look.pk)
    assert "while what it was looked at stands" in _refused(publisher, release, publisher.pk)
    again = looked(scene, annex.pk)
    owner_sql("UPDATE dossiers_submission SET looks = ARRAY[%s::uuid]", [again.pk])
    owner_sql(
        "UPDATE evidence_redactedcopy SET withdrawn_at = now(), withdrawn_by = %s", [inside.pk]
    )
    assert "while what it was looked at stands" in _refused(publisher, release, publisher.pk)


@pytest.mark.parametrize("kind", ["erased", "given_up", "revoked", "fallen"])
def test_nobody_announces_in_sql_that_somebody_of_others_withdrew_or_is_erased(
    scene: Scene, kind: str
) -> None:
    """Everybody who holds anything of them would follow, and destroy it."""
    news, grant = uuid4(), json.dumps({"grant": str(uuid4())})
    told = "INSERT INTO consent_news (id, kind, subject, at, detail) VALUES (%s, %s, %s, now(), %s)"
    asked = "SELECT consent_announce(%s, %s, %s, now(), %s, %s)"
    for person in (scene.desk.stranger, scene.desk.documenter):
        values = (news, kind, scene.subject, grant)
        assert "permission denied" in _refused(person, told, *values)
        assert "the application alone" in _refused(person, asked, *values, b"x" * 32)
        assert _asked(person, "SELECT * FROM dossiers_heed(%s)", news) == [(0, 0)]
    ((standing,),) = _asked(
        scene.desk.documenter, "SELECT count(*) FROM dossiers_submission WHERE state <> 'ended'"
    )
    assert standing == 1
