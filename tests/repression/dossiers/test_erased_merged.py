"""Records that stand for whoever is erased go with them, and texts typed while they stood so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene
from tests.repression.dossiers.test_erased_names import erase
from tests.repression.dossiers.test_submissions import another
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import announce
from undaunted.core.consent.actions.news import deliver_news
from undaunted.prisoners.registry.actions.matching import judge_pair, undo_match
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.repression.dossiers.actions import record_reply
from undaunted.repression.dossiers.analysis import gather
from undaunted.repression.dossiers.rules import DossierReply

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.actors.models import Judgement

pytestmark = pytest.mark.usefixtures("ledger")
NAMED = "She blamed Bohdan Yarosh."


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def joined(scene: Scene, subject: UUID) -> tuple[UUID, Judgement]:
    """Record somebody under another name, and judge them to be the same person as `subject`."""
    with acting_as(scene.desk.documenter) as actor:
        who: dict[str, Any] = {"actor": actor, "at": AT}
        other = record_person(
            scene.desk.organisation, [("Bohdan Yarosh", "full", "en")], country="XR", **who
        )
        return other.pk, judge_pair(subject, other.pk, verdict="same", **who)


def blamed(scene: Scene) -> None:
    with acting_as(scene.desk.documenter) as actor:
        record_reply(scene.prosecutor, DossierReply.SOUGHT, NAMED, actor=actor, at=AT)


def note_of(scene: Scene) -> tuple[str, str]:
    with acting_as(scene.desk.documenter) as actor:
        _, prosecutor = gather(actor, scene.dossier).people
    return prosecutor.row.reply, prosecutor.row.reply_note


def acts(scene: Scene) -> list[UUID]:
    with acting_as(scene.desk.documenter) as actor:
        return [each.row.subject for each in gather(actor, scene.dossier).acts]


def gone_from_the_ledger(owner_sql: Any, *records: UUID) -> None:
    """Take the records themselves as an eraser does, after it told everybody."""
    owner_sql("DELETE FROM actors_partyname WHERE party_id = ANY (%s)", [list(records)])


def tables_naming(owner_sql: Any, *words: str) -> set[str]:
    """Give the tables in which any of these words stands, in whatever column; audit included."""
    rows = owner_sql(
        "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
        " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    )
    alike = [f"%{word}%" for word in words]
    return {
        table
        for (table,) in rows
        if owner_sql(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE ANY (%s)", [alike])
        != [(0,)]
    }


def test_acts_of_a_record_that_is_the_same_person_leave_the_dossier(
    scene: Scene, owner_sql: Any
) -> None:
    subject, _ = another(scene)
    other, _ = joined(scene, subject)
    erase(scene, other)
    assert acts(scene) == [scene.subject], "the act was recorded of the other record"
    assert owner_sql(
        "SELECT count(*) FROM dossiers_link l JOIN dossiers_dossieract a ON a.id = l.act_id"
        " WHERE a.subject = %s", [subject],
    ) == [(0,)]  # fmt: skip


def test_no_table_holds_a_typed_name_after_a_merged_record_was_erased(
    scene: Scene, owner_sql: Any
) -> None:
    subject, _ = another(scene)
    other, _ = joined(scene, subject)
    blamed(scene)
    assert "public.dossiers_accused" in tables_naming(owner_sql, "yarosh")
    erase(scene, other)
    gone_from_the_ledger(owner_sql, subject, other)
    owner_sql("UPDATE actors_judgement SET reasons = '[]'")
    assert tables_naming(owner_sql, "yarosh", "dobrev") == set()


def test_name_typed_while_two_were_one_goes_although_they_were_parted(
    scene: Scene, owner_sql: Any
) -> None:
    subject, act = another(scene)
    other, judged = joined(scene, subject)
    blamed(scene)
    with acting_as(scene.desk.documenter) as actor:
        undo_match(judged, actor=actor, at=AT)
    erase(scene, other)
    assert note_of(scene) == ("open", "")
    assert act.subject in acts(scene), "the other is somebody else now, and stays"
    gone_from_the_ledger(owner_sql, other)
    owner_sql("UPDATE actors_judgement SET reasons = '[]'")
    assert tables_naming(owner_sql, "yarosh") == set()


def test_record_that_is_given_up_takes_what_others_of_its_person_hold_nowhere(
    scene: Scene,
) -> None:
    """A partner's record ran out: ours of the same person stays, with its acts and its names."""
    subject, _ = another(scene)
    other, _ = joined(scene, subject)
    blamed(scene)
    with acting_as(scene.desk.documenter) as actor:
        record_reply(
            scene.commander, DossierReply.SOUGHT, "He blamed Dobrev, Vasil.", actor=actor, at=AT
        )
        announce("given_up", other, AT)
        deliver_news(actor=actor, at=AT)
        commander, _ = gather(actor, scene.dossier).people
    assert note_of(scene) == ("open", "")
    assert commander.row.reply_note == "He blamed Dobrev, Vasil."
    assert acts(scene) == [scene.subject, subject]


def test_news_about_nobody_changes_nothing(scene: Scene) -> None:
    blamed(scene)
    erase(scene, uuid4())
    assert note_of(scene) == ("sought", NAMED)
    assert acts(scene) == [scene.subject]
