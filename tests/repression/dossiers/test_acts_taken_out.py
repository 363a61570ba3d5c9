"""Whoever's act was taken out of a dossier is in no paper of it: not by name, not by number."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import (
    ITS_OWN,
    another,
    bytes_of,
    consent,
    the_source,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.rules import FieldGroup
from undaunted.core.evidence.actions import make_clean_copy, store_document
from undaunted.repression.dossiers.actions import (
    add_act,
    add_annex,
    confirm_statement,
    record_statement,
    withdraw_part,
)
from undaunted.repression.dossiers.rules import SubmissionRefused, Weighed

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.repression.dossiers.models import DossierAct

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def taken_out(scene: Scene) -> tuple[UUID, DossierAct]:
    """Add a second victim, and take their act out again."""
    subject, act = another(scene)
    with acting_as(scene.desk.documenter) as actor:
        withdraw_part(scene.dossier, "act", act.pk, actor=actor, at=AT)
    return subject, act


def said(scene: Scene, body: str) -> None:
    with acting_as(scene.desk.documenter) as actor:
        made = record_statement(scene.commander, Weighed.SEARCHED, body, actor=actor, at=AT)
    with acting_as(scene.desk.reviewer) as actor:
        confirm_statement(made, actor=actor, at=AT)


def test_a_text_that_names_them_stops_the_paper(scene: Scene) -> None:
    taken_out(scene)
    said(scene, "Vasil Dobrev was asked and refused to be named.")
    with pytest.raises(SubmissionRefused, match="it names somebody who suffered it"):
        written(scene, LAW, summary=ITS_OWN)


def test_a_text_that_tells_of_them_by_number_stops_the_paper(scene: Scene) -> None:
    taken_out(scene)
    with pytest.raises(SubmissionRefused, match="it tells of Person 2, who is not in this"):
        written(scene, LAW, summary="Person 2 was beaten too.")


def test_the_dossiers_own_summary_goes_along_no_more(scene: Scene) -> None:
    _, act = taken_out(scene)
    content = bytes_of(scene, written(scene, LAW))["submission.docx"]
    assert content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert "A detention without grounds." not in file.read("word/document.xml").decode()
    assert written(scene, LAW, summary=ITS_OWN).state == "written"
    with acting_as(scene.desk.documenter) as actor:
        add_act(scene.dossier, act.claim, actor=actor, at=AT)
    consent(scene, act.subject, UNION, FieldGroup.DETENTION)
    assert written(scene, LAW).state == "written", "it is in the dossier again, and told of"


def test_no_annex_names_them_whatever_they_agreed_to(scene: Scene) -> None:
    subject, _ = taken_out(scene)
    consent(scene, subject, UNION, FieldGroup.DETENTION, FieldGroup.DOCUMENTS)
    with acting_as(scene.desk.documenter) as actor:
        document = store_document(
            io.BytesIO(b"Order about Vasil Dobrev"), the_source(scene, actor), actor=actor, at=AT,
            media_type="text/plain",
        )  # fmt: skip
        make_clean_copy(document, actor=actor, at=AT)
        add_annex(scene.dossier, document.pk, "Order", shows=[scene.subject], actor=actor, at=AT)
    with pytest.raises(SubmissionRefused, match="it names somebody who did not agree"):
        written(scene, LAW, summary=ITS_OWN)
