"""What people typed about somebody who is erased goes with them, while their names exist still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from psycopg.errors import LockNotAvailable

from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import ITS_OWN, another, now_of
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions.news import announce, deliver_news
from undaunted.core.vault.rules import code_for_database
from undaunted.prisoners.registry.actions.matching import judge_pair
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.repression.dossiers.actions import (
    DossierPlan,
    confirm_statement,
    record_reply,
    record_statement,
    withdraw_part,
    write_dossier,
)
from undaunted.repression.dossiers.analysis import gather
from undaunted.repression.dossiers.queries import dossier_for
from undaunted.repression.dossiers.rules import DossierReply, Weighed

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def erase(scene: Scene, subject: UUID) -> None:
    with acting_as(scene.desk.documenter) as actor:
        announce("erased", subject, AT, {})
        deliver_news(actor=actor, at=AT)


def typed(scene: Scene) -> UUID:
    """Add a second victim whose act is taken out again, and name them in many texts."""
    subject, act = another(scene)
    with acting_as(scene.desk.documenter) as actor:
        who: dict[str, Any] = {"actor": actor, "at": AT}
        withdraw_part(scene.dossier, "act", act.pk, **who)
        plan = DossierPlan(
            "The case of Vasil Dobrev", "XR", "Dobrev was beaten.", team=scene.dossier.team
        )
        write_dossier(scene.dossier, plan, **who)
        record_reply(scene.prosecutor, DossierReply.SOUGHT, "She blamed Dobrev, Vasil.", **who)
        said = record_statement(
            scene.commander, Weighed.SEARCHED, "Василь Dobrev, Vasil forgave him.", **who
        )
    with acting_as(scene.desk.reviewer) as actor:
        confirm_statement(said, actor=actor, at=AT)
    return subject


def test_texts_that_name_whoever_is_erased_are_destroyed(scene: Scene, owner_sql: Any) -> None:
    subject = typed(scene)
    erase(scene, subject)
    with acting_as(scene.desk.documenter) as actor:
        held = dossier_for(actor, scene.dossier.pk)
        assert held
        sheet = gather(actor, held)
    assert (held.title, held.summary) == (f"XR {str(held.pk)[:8]}", "")
    commander, prosecutor = sheet.people
    assert (prosecutor.row.reply, prosecutor.row.reply_note) == ("open", "")
    assert [each.row.kind for each in commander.statements] == ["searched", "nothing_found"]
    assert len(commander.links) == 1, "what names nobody who is erased stays"
    for table, column in (
        ("dossier", "title || summary"), ("statement", "body"), ("accused", "reply_note"),
    ):  # fmt: skip
        rows = owner_sql(f"SELECT count(*) FROM dossiers_{table} WHERE {column} LIKE '%Dobrev%'")
        assert rows == [(0,)], table


def test_a_submission_whose_words_name_them_ends(scene: Scene) -> None:
    subject, act = another(scene)
    made = written(scene, "eu-2020-1998", summary=ITS_OWN, coincidences=["Dobrev"])
    with acting_as(scene.desk.documenter) as actor:
        withdraw_part(scene.dossier, "act", act.pk, actor=actor, at=AT)
    erase(scene, subject)
    ended = now_of(scene, made)
    assert (ended.state, ended.why, ended.coincidences) == ("ended", "erased", [])


def test_words_of_a_submission_that_had_ended_go_too(scene: Scene, owner_sql: Any) -> None:
    subject, _ = another(scene)
    kept, named = (
        written(scene, "eu-2020-1998", summary=ITS_OWN, coincidences=["Dobrev"], **to)
        for to in ({}, {"recipient": "The Dobrev Desk (invented)"})
    )
    owner_sql("UPDATE dossiers_submission SET state = 'ended', why = 'rebuilt', ended_at = now()")
    erase(scene, subject)
    assert now_of(scene, kept).recipient == "The Council (invented)", "who is told that it ended"
    assert [now_of(scene, named).recipient, now_of(scene, named).why] == ["—", "rebuilt"]
    assert now_of(scene, kept).coincidences == []


def test_name_of_a_record_that_became_one_with_theirs_is_their_name(scene: Scene) -> None:
    subject, _ = another(scene)
    with acting_as(scene.desk.documenter) as actor:
        who: dict[str, Any] = {"actor": actor, "at": AT}
        other = record_person(
            scene.desk.organisation, [("Bohdan Yarosh", "full", "en")], country="XR", **who
        )
        record_reply(scene.prosecutor, DossierReply.SOUGHT, "She blamed Bohdan Yarosh.", **who)
        judge_pair(subject, other.pk, verdict="same", **who)
    erase(scene, subject)
    with acting_as(scene.desk.documenter) as actor:
        _, prosecutor = gather(actor, scene.dossier).people
    assert (prosecutor.row.reply, prosecutor.row.reply_note) == ("open", "")


def test_whoever_types_while_somebody_is_erased_waits_until_the_texts_are_gone(
    scene: Scene, owner_sql: Any
) -> None:
    subject, _ = another(scene)
    with acting_as(scene.desk.documenter), transaction.atomic():
        news = announce("erased", subject, AT, {})
        code = code_for_database(settings.SESSION_BINDING_KEY, "dossiers-typed", news.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM dossiers_typed(%s, %s)", [news.pk, code])
        for table in ("dossier", "accused", "statement"):
            with pytest.raises(LockNotAvailable):
                owner_sql(f"SELECT FROM dossiers_{table} FOR KEY SHARE NOWAIT")
        writing = "SELECT pg_try_advisory_xact_lock(hashtext('editions'))"
        assert owner_sql(writing) == [(False,)], "whoever writes a submission waits"


def test_sql_alone_reads_nothing_that_was_typed_and_destroys_nothing(scene: Scene) -> None:
    key, news = settings.SESSION_BINDING_KEY, uuid4()
    asked: tuple[tuple[str, list[Any]], ...] = (
        ("SELECT * FROM dossiers_typed(%s, %s)", [news, b"x" * 32]),
        (
            "SELECT dossiers_unname(%s, %s, '{}'::uuid[], %s)",
            [news, [scene.dossier.pk], b"x" * 32],
        ),
    )
    for statement, values in asked:
        with (
            acting_as(scene.desk.documenter),
            pytest.raises(DatabaseError, match="asked through the application alone"),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, values)
    with acting_as(scene.desk.documenter), connection.cursor() as cursor:
        code = code_for_database(key, "dossiers-unname", news, scene.dossier.pk, "")
        cursor.execute(
            "SELECT dossiers_unname(%s, %s, '{}'::uuid[], %s)", [news, [scene.dossier.pk], code]
        )
        assert cursor.fetchall() == [(0,)], "nobody is erased by that news"
