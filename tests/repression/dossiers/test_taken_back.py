"""What two people confirmed that speaks for somebody goes with a reason, and by two people."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.core.accounts.factories import signed_in_client
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import LATER, bytes_of
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.repression.dossiers.actions import (
    confirm_statement,
    record_statement,
    withdraw_part,
)
from undaunted.repression.dossiers.rules import DossierRefused, Weighed

if TYPE_CHECKING:
    from undaunted.repression.dossiers.models import Statement

pytestmark = pytest.mark.usefixtures("ledger")
SAID, WHY = "He freed a prisoner.", "The register names another officer."


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


@pytest.fixture
def freed(scene: Scene) -> Statement:
    with acting_as(scene.desk.documenter) as actor:
        made = record_statement(scene.commander, Weighed.ACCOUNT, SAID, actor=actor, at=AT)
    with acting_as(scene.desk.reviewer) as actor:
        return confirm_statement(made, actor=actor, at=AT)


def told(scene: Scene) -> bool:
    content = bytes_of(scene, written(scene, "eu-2020-1998"))["submission.docx"]
    assert content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return SAID in file.read("word/document.xml").decode()


def test_one_person_does_not_take_away_what_speaks_for_somebody(
    scene: Scene, freed: Statement
) -> None:
    with acting_as(scene.desk.documenter) as actor:
        who: dict[str, Any] = {"actor": actor, "at": LATER}
        with pytest.raises(DossierRefused, match="why: write it in words"):
            withdraw_part(scene.dossier, "statement", freed.pk, **who)
        withdraw_part(scene.dossier, "statement", freed.pk, why=WHY, **who)
        with pytest.raises(Forbidden):
            withdraw_part(scene.dossier, "statement", freed.pk, why=WHY, **who)
    assert told(scene), "it stands until a second person takes it back"
    with acting_as(scene.desk.reviewer) as actor:
        withdraw_part(scene.dossier, "statement", freed.pk, actor=actor, at=LATER)
    with (
        acting_as(scene.desk.documenter) as actor,
        pytest.raises(DossierRefused, match="withdrawn before"),
    ):
        withdraw_part(scene.dossier, "statement", freed.pk, actor=actor, at=LATER)
    assert not told(scene)


def test_what_waits_for_confirmation_is_withdrawn_by_one(scene: Scene) -> None:
    with acting_as(scene.desk.documenter) as actor:
        made = record_statement(scene.commander, Weighed.FOUND, SAID, actor=actor, at=AT)
        withdraw_part(scene.dossier, "statement", made.pk, actor=actor, at=LATER)


def test_whoever_releases_reads_on_the_page_what_was_taken_back_and_why(
    scene: Scene, freed: Statement
) -> None:
    one = f"/desk/dossiers/{scene.dossier.pk}/"
    form = {"part": freed.pk, "kind": "statement"}
    writer, second = (
        signed_in_client(each) for each in (scene.desk.documenter, scene.desk.reviewer)
    )
    assert "Ask that it is taken back" in writer.get(one).content.decode()
    assert writer.post(f"{one}withdraw/", form | {"why": WHY}).status_code == 302
    assert WHY in second.get(one).content.decode()
    made = written(scene, "eu-2020-1998")
    page = f"/desk/dossiers/submissions/{made.pk}/"
    assert "Taken back" not in second.get(page).content.decode()
    assert second.post(f"{one}withdraw/", form).status_code == 302
    shown = second.get(page).content.decode()
    assert WHY in shown
    assert SAID in shown


def _asked(person: Any, statement: str, *values: Any) -> int:
    with acting_as(person), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def test_two_people_take_it_back_in_sql_too(scene: Scene, freed: Statement) -> None:
    one, other = scene.desk.documenter, scene.desk.reviewer
    gone = "UPDATE dossiers_statement SET withdrawn_at = now() WHERE id = %s"
    asking = (
        "UPDATE dossiers_statement SET withdrawing_by = %s, withdrawing_at = now(),"
        " withdrawing_why = %s WHERE id = %s"
    )
    for person in (one, other):
        with pytest.raises(DatabaseError, match="a second person takes back"):
            _asked(person, gone, freed.pk)
    for person, by, why in ((one, other, WHY), (one, one, "")):
        with pytest.raises(DatabaseError, match="asked for once, in one's own name"):
            _asked(person, asking, by.pk, why, freed.pk)
    assert _asked(one, asking, one.pk, WHY, freed.pk) == 1
    with pytest.raises(DatabaseError, match="asked for once"):
        _asked(other, asking, other.pk, WHY, freed.pk)
    with pytest.raises(DatabaseError, match="a second person takes back"):
        _asked(one, gone, freed.pk)
    assert _asked(other, gone, freed.pk) == 1
