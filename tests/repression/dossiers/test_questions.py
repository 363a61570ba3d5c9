"""Hits on lists and posts above are questions; whom somebody fears is never told of them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import another, consent
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.rules import Audience, FieldGroup
from undaunted.core.evidence.rules import Grade
from undaunted.core.listings.actions import load_invented_lists
from undaunted.repression.dossiers.actions import (
    Evidence,
    record_accused,
    record_post,
    search_listings,
    withdraw_part,
)
from undaunted.repression.dossiers.analysis import gather
from undaunted.repression.dossiers.models import Link
from undaunted.repression.dossiers.queries import agreed_to, file_of
from undaunted.repression.dossiers.rules import PartyKind

if TYPE_CHECKING:
    from undaunted.repression.dossiers.models import Submission

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def paper(scene: Scene, submission: Submission) -> str:
    with acting_as(scene.desk.documenter) as actor:
        held = file_of(actor, submission, "submission.docx")
    assert held
    with zipfile.ZipFile(io.BytesIO(bytes(held.content or b""))) as file:
        text = file.read("word/document.xml").decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_a_name_in_another_script_is_found_on_a_list_as_a_question(scene: Scene) -> None:
    agree(scene, UNION)
    with acting_as(scene.desk.documenter) as actor:
        load_invented_lists(actor=actor, at=AT)
    with acting_as(scene.desk.documenter) as actor:
        rest = Evidence((scene.source,), Grade.parse("A1"))
        told: dict[str, Any] = {"actor": actor, "at": AT, "evidence": rest}
        somebody = record_accused(scene.dossier, "Стровик", **told)
        found = search_listings(somebody, actor=actor, at=AT)
        body = record_accused(scene.dossier, "Sea Thistle", PartyKind.STATE_BODY, **told)
        search_listings(body, actor=actor, at=AT)
        short = record_accused(scene.dossier, "11", **told)
        assert search_listings(short, actor=actor, at=AT).listings == []
    assert {each["list"] for each in found.searched} == {"xf-invented", "xz-invented"}
    assert any("Strovik" in each["name"] or "тровик" in each["name"] for each in found.listings)
    page = signed_in_client(scene.desk.documenter).get(f"/desk/dossiers/{scene.dossier.pk}/")
    shown = page.content.decode()
    assert "a hit is a question, never a verdict" in shown
    assert "/lists/xf-invented/entries/" in shown


def test_a_post_above_is_printed_as_a_question_until_evidence_answers(scene: Scene) -> None:
    agree(scene, UNION)
    with acting_as(scene.desk.documenter) as actor:
        assert gather(actor, scene.dossier).questions == ()
        rest = Evidence((scene.source,), Grade.parse("A1"))
        minister = record_accused(
            scene.dossier, "Flavia Elphberg", actor=actor, at=AT, evidence=rest
        )
        record_post(minister, "Minister", start="2024", actor=actor, at=AT, evidence=rest)
        record_post(scene.commander, "Commander", above="minister", start="2023",
                    actor=actor, at=AT, evidence=rest)  # fmt: skip
        (question,) = gather(actor, scene.dossier).questions
        assert (question.superior.label, question.certain) == ("Flavia Elphberg", True)
        link = Link.objects.get(accused=scene.commander)
        withdraw_part(scene.dossier, "link", link.pk, actor=actor, at=AT)
        (question,) = gather(actor, scene.dossier).questions
        assert question.superior.label == "Rupert Hentzau"
    people = [scene.prosecutor.pk]
    told = paper(scene, written(scene, "eu-2020-1998", people=people))
    assert "Flavia Elphberg" not in told
    page = signed_in_client(scene.desk.documenter).get(f"/desk/dossiers/{scene.dossier.pk}/")
    assert "Answer with evidence" in page.content.decode()


def test_a_question_of_command_stands_in_the_paper_as_one(scene: Scene) -> None:
    agree(scene, UNION)
    subject, _ = another(scene)
    consent(scene, subject, UNION, FieldGroup.DETENTION)
    told = paper(scene, written(scene, "eu-2020-1998"))
    assert "Questions of command, not findings" in told
    assert "above Antoinette Maubon by these posts" in told
    assert "The dates leave open" not in told
    assert "Prosecutor of Strelsau → Commander of the Guard" in told
    told = paper(scene, written(scene, "eu-2020-1998", language="ar"))
    steps = re.search("Prosecutor of Strelsau(.{1,20})Commander of the Guard", told)
    assert steps
    assert "←" in steps[1], "the other way it would tell who commanded whom the wrong way round"
    assert "→" not in told


@pytest.mark.parametrize(("nationality", "told"), [("XS", True), ("HU", False)])
def test_whoever_fears_a_member_is_not_told_of_to_the_union(
    scene: Scene, nationality: str, *, told: bool, owner_sql: Any
) -> None:
    agree(scene, UNION)
    owner_sql(
        "UPDATE actors_party SET nationalities = ARRAY[%s] WHERE id = %s",
        [nationality, scene.subject],
    )
    with acting_as(scene.desk.documenter) as actor:
        agreed = agreed_to(actor, scene.subject, holder=scene.desk.organisation,
                           audience=Audience.parse(UNION), on=date(2026, 11, 1))  # fmt: skip
    assert agreed.told is told


def test_where_nobody_said_where_it_was_no_government_is_told(scene: Scene, owner_sql: Any) -> None:
    agree(scene, UNION)
    owner_sql("UPDATE actors_party SET country = '' WHERE id = %s", [scene.subject])
    owner_sql("UPDATE events_act SET country = '' WHERE victim_id = %s", [scene.subject])
    with acting_as(scene.desk.documenter) as actor:
        agreed = agreed_to(actor, scene.subject, holder=scene.desk.organisation,
                           audience=Audience.parse(UNION), on=date(2026, 11, 1))  # fmt: skip
    assert not agreed.told
