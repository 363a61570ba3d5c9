"""A submission about some of a dossier's people tells nothing that is about the others alone."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import another, bytes_of, consent, the_source
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.rules import FieldGroup
from undaunted.core.evidence.actions import make_clean_copy, store_document
from undaunted.core.evidence.rules import Grade
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions import (
    Evidence,
    add_annex,
    record_finding,
    record_link,
    withdraw_part,
)
from undaunted.repression.dossiers.queries import links_in, subjects_of

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.repression.dossiers.models import DossierAct, Submission

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


@pytest.fixture
def other(scene: Scene) -> UUID:
    """Add a second victim, who agreed too; the commander alone is linked to the act."""
    agree(scene, UNION)
    subject, act = of_the_commander(scene)
    consent(scene, subject, UNION, FieldGroup.DETENTION, FieldGroup.DOCUMENTS)
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        told: dict[str, Any] = {"actor": actor, "at": AT, "evidence": rest}
        dossier = scene.dossier
        record_finding(dossier, "detention", Value.MET, "No judge saw Person 2.", act=act, **told)
        record_finding(
            dossier, "official", Value.MET, "He commanded there.", act=scene.act,
            accused=scene.commander, **told,
        )  # fmt: skip
    return subject


def of_the_commander(scene: Scene) -> tuple[UUID, DossierAct]:
    """Add a second victim, and link the commander instead of the prosecutor to the act."""
    subject, act = another(scene)
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        (link,) = links_in(actor, scene.dossier).filter(act=act)
        withdraw_part(scene.dossier, "link", link.pk, actor=actor, at=AT)
        record_link(scene.commander, act, "ordered", "Sent the guards.", actor=actor, at=AT,
                    evidence=rest)  # fmt: skip
    return subject, act


def paper_of(scene: Scene, made: Submission) -> str:
    told = bytes_of(scene, made)["submission.docx"]
    assert told
    with zipfile.ZipFile(io.BytesIO(told)) as file:
        return file.read("word/document.xml").decode()


def test_acts_and_findings_of_others_stay_out(scene: Scene, other: UUID) -> None:
    made = written(scene, "eu-2020-1998", people=[scene.prosecutor.pk])
    told = paper_of(scene, made)
    for text in ("No judge saw Person 1.", "Signed the order"):
        assert text in told, text
    for stranger in ("Person 2", "commanded there", "Sent the guards", "Prolonged", "Hentzau"):
        assert stranger not in told, stranger
    with acting_as(scene.desk.documenter) as actor:
        assert subjects_of(actor, made) == {scene.subject}


def test_acts_of_the_chosen_and_acts_of_everybody_stay(scene: Scene, other: UUID) -> None:
    his = paper_of(scene, written(scene, "eu-2020-1998", people=[scene.commander.pk]))
    whole = paper_of(scene, written(scene, "eu-2020-1998"))
    for told in (his, whole):
        for text in ("Person 1", "No judge saw Person 2.", "commanded there", "Sent the guards"):
            assert text in told, text
    assert "Signed the order" not in his
    assert "Signed the order" in whole


def test_only_acts_of_the_chosen_are_counted_as_left_out(scene: Scene) -> None:
    agree(scene, UNION)
    of_the_commander(scene)
    assert written(scene, "eu-2020-1998", people=[scene.prosecutor.pk]).left_out == 0
    assert written(scene, "eu-2020-1998", people=[scene.commander.pk]).left_out == 1


def test_a_question_of_command_calls_whoever_is_not_chosen_by_their_office(scene: Scene) -> None:
    agree(scene, UNION)
    subject, _ = another(scene)
    consent(scene, subject, UNION, FieldGroup.DETENTION)
    told = paper_of(scene, written(scene, "eu-2020-1998", people=[scene.commander.pk]))
    assert "Person 2" in told
    assert "above Prosecutor of Strelsau by these posts" in told
    assert "Maubon" not in told
    whole = paper_of(scene, written(scene, "eu-2020-1998"))
    assert "above Antoinette Maubon by these posts" in whole


def test_an_annex_on_which_only_others_rest_stays_out(scene: Scene, other: UUID) -> None:
    with acting_as(scene.desk.documenter) as actor:
        source = the_source(scene, actor)
        hers, theirs = (
            store_document(io.BytesIO(f"Order {n}".encode()), source, actor=actor, at=AT,
                           media_type="text/plain")
            for n in range(2)
        )  # fmt: skip
        rest = Evidence((scene.source,), Grade.parse("A1"), "p. 1", hers.pk)
        record_link(scene.prosecutor, scene.act, "assisted", "Sent the car.", actor=actor, at=AT,
                    evidence=rest)  # fmt: skip
        for each, title in ((hers, "Her order"), (theirs, "The order of the day")):
            make_clean_copy(each, actor=actor, at=AT)
            add_annex(scene.dossier, each.pk, title, shows=[], actor=actor, at=AT)
    with transaction.atomic():
        his = paper_of(scene, written(scene, "eu-2020-1998", people=[scene.commander.pk]))
    assert "Her order" not in his
    assert "The order of the day" in his
    assert "Her order" in paper_of(scene, written(scene, "eu-2020-1998"))
