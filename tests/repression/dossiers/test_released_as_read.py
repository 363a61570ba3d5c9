"""What is released is what was read and what still holds: the paper is composed anew first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tests.repression.dossiers.factories import GB, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_searches_stand import loaded, searched
from tests.repression.dossiers.test_submissions import (
    LATER,
    another,
    bytes_of,
    consent,
    now_of,
    released,
)
from tests.repression.sanctions.factories import XF
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import record_name
from undaunted.core.actors.models import Party
from undaunted.core.consent.rules import FieldGroup
from undaunted.core.evidence.rules import Grade
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions import (
    DossierPlan,
    Evidence,
    record_finding,
    record_reply,
    rewrite_submission,
    withdraw_part,
    write_dossier,
)
from undaunted.repression.dossiers.queries import links_in
from undaunted.repression.dossiers.rules import DossierReply, SubmissionRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undaunted.repression.dossiers.models import Submission

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"
CHANGED = "what it tells changed after this was written; write it anew"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def no_links(scene: Scene, actor: Any) -> None:
    for each in list(links_in(actor, scene.dossier)):
        withdraw_part(scene.dossier, "link", each.pk, actor=actor, at=LATER)


def one_gone(scene: Scene, actor: Any) -> None:
    withdraw_part(scene.dossier, "accused", scene.commander.pk, actor=actor, at=LATER)


def answered(scene: Scene, actor: Any) -> None:
    record_reply(scene.commander, DossierReply.SOUGHT, "A letter was sent.", actor=actor, at=LATER)


def not_met(scene: Scene, actor: Any) -> None:
    rest = Evidence((scene.source,), Grade.parse("A1"))
    record_finding(
        scene.dossier, "detention", Value.NOT_MET, "A judge saw Person 1 on day one.",
        act=scene.act, actor=actor, at=LATER, evidence=rest,
    )  # fmt: skip


def marked(scene: Scene, actor: Any) -> None:
    plan = DossierPlan(
        scene.dossier.title, "XR", scene.dossier.summary, "AMBER+STRICT", scene.dossier.team
    )
    write_dossier(scene.dossier, plan, actor=actor, at=LATER)


def called(scene: Scene, actor: Any) -> None:
    record_name(Party.objects.get(pk=scene.subject), "Judge Strelsau", actor=actor, at=LATER)


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (no_links, "no act is linked of which anybody agreed that EU is told"),
        (one_gone, "people: somebody it is about was taken out"),
        (answered, CHANGED),
        (not_met, CHANGED),
        (marked, CHANGED),
        (called, "names? somebody who suffered it|surname of somebody who suffered it"),
    ],
)
def test_what_fell_since_it_was_written_stops_the_release(
    scene: Scene, step: Callable[[Scene, Any], None], why: str
) -> None:
    made = written(scene, LAW)
    with acting_as(scene.desk.documenter) as actor:
        step(scene, actor)
    with pytest.raises(SubmissionRefused, match=why):
        released(scene, made)
    assert now_of(scene, made).state == "written"


def test_an_act_taken_out_since_goes_out_no_more(scene: Scene) -> None:
    subject, act = another(scene)
    consent(scene, subject, UNION, FieldGroup.DETENTION)
    made = written(scene, LAW)
    with acting_as(scene.desk.documenter) as actor:
        withdraw_part(scene.dossier, "act", act.pk, actor=actor, at=LATER)
    with pytest.raises(SubmissionRefused, match="what it tells changed after this was written"):
        released(scene, made)


def test_a_list_that_came_since_is_searched_and_the_paper_written_anew(
    scene: Scene, tmp_path: Path
) -> None:
    made = written(scene, LAW)
    loaded(scene, tmp_path, XF, "2026-05-02")
    with pytest.raises(SubmissionRefused, match="not searched as they stand now"):
        released(scene, made)
    searched(scene)
    with pytest.raises(SubmissionRefused, match=CHANGED):
        released(scene, made)
    with acting_as(scene.desk.documenter) as actor:
        anew = rewrite_submission(made, actor=actor, at=LATER)
    assert released(scene, anew).state == "released"


def test_numbers_of_one_reader_tell_nothing_of_others(scene: Scene) -> None:
    agree(scene, GB)
    numbers = [written(scene, law).number for law in (LAW, "gb-ghrsr-2020", "gb-ghrsr-2020", LAW)]
    assert numbers == ["1", "1", "2", "2"]


def add_file(scene: Scene, made: Submission, name: str) -> None:
    with (
        acting_as(scene.desk.documenter),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO dossiers_submissionfile (id, holder, sharing, dossier_id, submission_id,"
            " name, media_type, size, sha256, content)"
            " SELECT %s, holder, sharing, dossier_id, submission_id, %s, 'text/plain', 1,"
            " repeat('0', 64), 'x'::bytea FROM dossiers_submissionfile"
            " WHERE submission_id = %s LIMIT 1",
            [uuid4(), name, made.pk],
        )


def test_no_file_comes_to_a_submission_that_was_written_in_sql_either(scene: Scene) -> None:
    made = written(scene, LAW)
    for name in ("annexes.zip", "victims.txt"):
        with pytest.raises(DatabaseError, match="comes when it is written"):
            add_file(scene, made, name)
    assert sorted(bytes_of(scene, made)) == ["draft.pdf", "submission.docx", "submission.pdf"]


def test_files_of_a_submission_have_known_names_in_sql_too(
    scene: Scene, owner_sql: Callable[..., Any]
) -> None:
    made = written(scene, LAW)
    with pytest.raises(psycopg.errors.CheckViolation, match="known_files_of_a_submission"):
        owner_sql(
            "INSERT INTO dossiers_submissionfile (id, holder, sharing, dossier_id, submission_id,"
            " name, media_type, size, sha256) SELECT gen_random_uuid(), holder, sharing,"
            " dossier_id, id, 'victims.txt', 'text/plain', 1, repeat('0', 64)"
            " FROM dossiers_submission WHERE id = %s",
            [made.pk],
        )
