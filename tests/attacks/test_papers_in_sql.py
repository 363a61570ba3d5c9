"""A colleague with SQL forges papers: copied without whom they tell of, with a search of nothing.

A copy of a submission that names nobody would outlive every withdrawal, and a search that was
emptied would say of somebody who is listed that nobody alike is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tests.repression.dossiers.factories import UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_searches_stand import searched
from tests.repression.dossiers.test_searches_stay_good import (
    ALIKE,
    ANEW,
    LAW,
    OTHER,
    SEARCH,
    loaded,
)
from tests.repression.dossiers.test_submissions import LATER, another, now_of, released
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.vault.rules import code_for_database, moment_in_code
from undaunted.repression.dossiers.rules import SubmissionRefused

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
ALONE = "through the application alone"
SEARCHED = "what a search of lists found"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def asked(person: User, statement: str, *values: Any) -> list[Any]:
    with acting_as(person), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else [cursor.rowcount]


def refused(person: User, statement: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as refusal:
        asked(person, statement, *values)
    return str(refusal.value)


def copied(table: str, where: str, made: UUID, **over: str) -> str:
    """Give the statement that copies rows of a table with other values in some columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
        )
        columns = [name for (name,) in cursor.fetchall()]
    values = ", ".join(over.get(name, name) for name in columns)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}"
        f" WHERE {where} = '{made}'"
    )


def test_no_submission_is_written_in_sql(scene: Scene) -> None:
    grant = agree(scene, UNION)
    made, copy = written(scene, LAW), uuid4()
    rows = copied("dossiers_submission", "id", made.pk, id=f"'{copy}'::uuid", reader="'x'")
    files = copied(
        "dossiers_submissionfile", "submission_id", made.pk,
        id="gen_random_uuid()", submission_id=f"'{copy}'::uuid",
    )  # fmt: skip
    told = refused(scene.desk.documenter, f"{rows}; {files}")
    assert ALONE in told
    coded = copied(
        "dossiers_submission", "id", made.pk,
        id=f"'{copy}'::uuid", reader="'x'", vouched="sha256('x'::bytea)",
    )  # fmt: skip
    assert ALONE in refused(scene.desk.documenter, coded)
    assert released(scene, made).state == "released"
    with acting_as(scene.desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=LATER)
    assert now_of(scene, made).state == "ended"
    counted = "SELECT count(*) FROM dossiers_submissionfile WHERE content IS NOT NULL"
    assert asked(scene.desk.documenter, counted) == [(0,)]


RELEASE = (
    "UPDATE dossiers_submission SET state = 'released', released_by = identity_actor(),"
    " released_at = %s, vouched = %s"
)


def test_no_paper_of_another_writer_is_released_in_sql(scene: Scene) -> None:
    """Who may release it would send out what fell since it was written, unasked."""
    agree(scene, UNION)
    made, publisher = written(scene, LAW), scene.desk.publisher

    def code(what: str = "dossiers-released", digest: str = made.digest) -> bytes:
        facts = made.pk, digest, publisher.pk, moment_in_code(LATER)
        return code_for_database(settings.SESSION_BINDING_KEY, what, *facts)

    for other in (None, b"x" * 32, code("dossiers-written"), code(digest="0" * 64)):
        assert ALONE in refused(publisher, RELEASE, LATER, other)
    later = LATER + timedelta(seconds=1)
    assert ALONE in refused(publisher, RELEASE, later, code()), "a code is of one moment"
    told = refused(scene.desk.documenter, RELEASE, LATER, code())
    assert "a second person with the role" in told, "no code stands for who may"
    assert asked(publisher, RELEASE, LATER, code()) == [1]
    assert now_of(scene, made).vouched is None
    end = "UPDATE dossiers_submission SET state = 'ended', ended_at = now(), vouched = %s"
    assert asked(publisher, end, code()) == [1]
    assert now_of(scene, made).vouched is None, "no code is kept that nobody asked for"


@pytest.mark.parametrize(
    "forged",
    [
        "DELETE FROM dossiers_submissionsubject",
        "DELETE FROM dossiers_submissionsubject WHERE subject = %(one)s",
        "UPDATE dossiers_submission SET reader = 'x'",
        "UPDATE dossiers_submission SET reader = 'government:GB'",
    ],
)
def test_paper_that_no_withdrawal_would_reach_is_not_released(
    scene: Scene, owner_sql: Any, forged: str
) -> None:
    second, _ = another(scene)
    for subject in (scene.subject, second):
        agree(replace(scene, subject=subject), UNION)
    made = written(scene, LAW)
    owner_sql(forged, {"one": second})
    with pytest.raises(SubmissionRefused, match=ANEW):
        released(scene, made)
    assert now_of(scene, made).state == "written"


@pytest.fixture
def listed(scene: Scene, tmp_path: Path) -> Scene:
    agree(scene, UNION)
    loaded(scene, tmp_path, "2026-05-01", ALIKE, OTHER)
    searched(scene)
    return scene


def test_nobody_says_in_sql_what_a_search_of_lists_found(listed: Scene) -> None:
    inside = listed.desk.documenter
    for change in (
        "listings = '[]'",
        "searched = '[]'",
        "searched_at = now()",
        "listings = '[]', searched = '[]'",
        "searched_at = NULL",
    ):
        assert SEARCHED in refused(inside, f"UPDATE dossiers_accused SET {change}")
    told = refused(
        inside,
        "INSERT INTO dossiers_accused (id, holder, sharing, dossier_id, kind, number, reply,"
        " reply_note, listings, searched_at, searched, recorded_by, recorded_at)"
        " SELECT gen_random_uuid(), holder, sharing, dossier_id, kind, 9, reply, reply_note, '[]',"
        " now(), searched, identity_actor(), now() FROM dossiers_accused LIMIT 1",
    )
    assert SEARCHED in told
    told = refused(
        inside,
        "SELECT dossiers_searched(id, '[]', '[]', now(), %s) FROM dossiers_accused",
        b"x" * 32,
    )
    assert ALONE in told
    made = written(listed, LAW)
    assert released(listed, made).state == "released"


def test_search_that_is_forgotten_in_sql_stops_the_paper(listed: Scene) -> None:
    forgotten = "UPDATE dossiers_accused SET listings = '[]', searched = '[]', searched_at = NULL"
    assert asked(listed.desk.documenter, forgotten) == [2]
    with pytest.raises(SubmissionRefused, match="search"):
        written(listed, LAW)


def test_search_is_made_again_on_the_same_versions_before_a_release(
    listed: Scene, owner_sql: Any
) -> None:
    owner_sql("UPDATE dossiers_accused SET listings = '[]'")
    forged = written(listed, LAW)
    with pytest.raises(SubmissionRefused, match=SEARCH):
        released(listed, forged)
    assert now_of(listed, forged).state == "written"
    searched(listed)
    with pytest.raises(SubmissionRefused, match=ANEW):
        released(listed, forged)
    assert released(listed, written(listed, LAW)).state == "released"


def test_search_is_made_again_on_the_versions_that_a_paper_names(
    listed: Scene, owner_sql: Any, tmp_path: Path
) -> None:
    owner_sql("UPDATE dossiers_accused SET listings = '[]'")
    forged = written(listed, LAW)
    loaded(listed, tmp_path, "2026-05-02", OTHER)
    with pytest.raises(SubmissionRefused, match=ANEW):
        released(listed, forged)


def test_name_that_was_put_beside_a_search_in_sql_stops_the_release(listed: Scene) -> None:
    told = (
        "INSERT INTO dossiers_detail (id, holder, sharing, dossier_id, accused_id, kind, text,"
        " recorded_by, recorded_at) SELECT gen_random_uuid(), holder, sharing, dossier_id, id,"
        " 'name', %s, identity_actor(), now() FROM dossiers_accused WHERE id = %s"
    )
    other = str(OTHER["names"][0]["text"])
    assert asked(listed.desk.documenter, told, other, listed.prosecutor.pk) == [1]
    made = written(listed, LAW)
    with pytest.raises(SubmissionRefused, match=SEARCH):
        released(listed, made)


def test_act_goes_into_a_dossier_as_done_to_its_victim_alone(scene: Scene) -> None:
    """Under the id of somebody who agreed it would be told, whatever its victim said."""
    second, _ = another(scene)
    inside = scene.desk.documenter
    out = "UPDATE dossiers_dossieract SET withdrawn_at = now() WHERE id = %s"
    assert asked(inside, out, scene.act.pk) == [1]
    told = (
        "INSERT INTO dossiers_dossieract (id, holder, sharing, dossier_id, claim, subject, number,"
        " recorded_by, recorded_at) SELECT gen_random_uuid(), holder, sharing, dossier_id, claim,"
        " %s, 1, identity_actor(), now() FROM dossiers_dossieract WHERE id = %s"
    )
    for subject in (second, uuid4()):
        why = refused(inside, told, subject, scene.act.pk)
        assert "an act was done to whom the ledger says" in why
    assert asked(inside, told, scene.subject, scene.act.pk) == [1]
