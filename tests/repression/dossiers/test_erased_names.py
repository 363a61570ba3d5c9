"""What people typed about somebody who is erased goes with them, while their names exist still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import ITS_OWN, another, now_of
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions.news import announce, deliver_news
from undaunted.core.vault.rules import code_for_database
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
from undaunted.repression.dossiers.rules import Reply, Weighed

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
        record_reply(scene.prosecutor, Reply.SOUGHT, "She blamed Dobrev, Vasil.", **who)
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


def test_sql_alone_reads_nothing_that_was_typed_and_destroys_nothing(scene: Scene) -> None:
    key, news = settings.SESSION_BINDING_KEY, uuid4()
    asked: tuple[tuple[str, list[Any]], ...] = (
        ("SELECT * FROM dossiers_typed(%s, %s)", [news, b"x" * 32]),
        ("SELECT dossiers_unname(%s, %s, %s)", [news, [scene.dossier.pk], b"x" * 32]),
    )
    for statement, values in asked:
        with (
            acting_as(scene.desk.documenter),
            pytest.raises(DatabaseError, match="asked through the application alone"),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, values)
    with acting_as(scene.desk.documenter), connection.cursor() as cursor:
        code = code_for_database(key, "dossiers-unname", news, scene.dossier.pk)
        cursor.execute("SELECT dossiers_unname(%s, %s, %s)", [news, [scene.dossier.pk], code])
        assert cursor.fetchall() == [(0,)], "nobody is erased by that news"
