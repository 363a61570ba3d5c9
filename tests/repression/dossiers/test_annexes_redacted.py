"""An annex goes along as a redacted copy: the check reads that copy, and the index says so."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.core.evidence.test_redacted_files import page_file, said
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_annexes_read import WORD, annexed, word_file
from tests.repression.dossiers.test_dossier_programs import _program
from tests.repression.dossiers.test_submissions import ITS_OWN, another, bytes_of, consent
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.rules import FieldGroup
from undaunted.core.evidence.actions import record_custody
from undaunted.core.evidence.queries import document_for
from undaunted.core.evidence.rules import Box, CustodyKind, Ground, marks_of
from undaunted.repression.dossiers.actions import (
    add_annex,
    look_at_annex,
    open_annex,
    redact_annex,
)
from undaunted.repression.dossiers.analysis import gather, passages_of
from undaunted.repression.dossiers.models import Annex, AnnexLook
from undaunted.repression.dossiers.queries import annexes_in, part_of
from undaunted.repression.dossiers.readers import text_of
from undaunted.repression.dossiers.rules import DossierRefused, SubmissionRefused

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
NAME = "Vasil Dobrev"
PDF = "application/pdf"
LAW = "eu-2020-1998"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    another(made)
    return made


def taken_out(scene: Scene, annex: UUID, *passages: str, shows: tuple[UUID, ...] = ()) -> Annex:
    with acting_as(scene.desk.documenter) as actor:
        held = part_of(actor, scene.dossier, "annex", annex)
        assert isinstance(held, Annex)
        return redact_annex(
            held, marks_of(passages, ()), Ground.AGREEMENT, shows=shows, actor=actor, at=AT
        )


def inside(scene: Scene, submission: Any) -> dict[str, bytes]:
    content = bytes_of(scene, submission)["annexes.zip"]
    assert content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_redacted_annex_goes_along_and_the_index_says_why(scene: Scene) -> None:
    annex = annexed(scene, word_file(), WORD, "Note of the ward")
    with pytest.raises(SubmissionRefused, match="redact it, or take it out"):
        written(scene, LAW, summary=ITS_OWN)
    taken_out(scene, annex, NAME)
    made = written(scene, LAW, summary=ITS_OWN)
    ((name, content),) = inside(scene, made).items()
    assert name == "annex-01.docx"
    assert text_of(content, WORD).strip() == "The guard beat █████."
    paper = bytes_of(scene, made)["submission.docx"]
    assert paper
    told = text_of(paper, WORD)
    assert "redacted: somebody named did not agree" in told
    assert "Dobrev" not in told
    assert "original SHA-256" not in told, "a guessed word could be tried against it"


def test_nothing_goes_along_of_a_withdrawn_document(scene: Scene) -> None:
    annex = annexed(scene, b"Vasil Dobrev, 1980", "text/plain", "List")
    made = taken_out(scene, annex, NAME)
    with acting_as(scene.desk.documenter) as actor:
        document = document_for(actor, made.document)
        assert document is not None
        record_custody(document, CustodyKind.WITHDRAWN, actor=actor, at=AT)
    with pytest.raises(SubmissionRefused, match="no copy that lies open"):
        written(scene, LAW, summary=ITS_OWN)


def test_no_copy_of_another_document_goes_along_whatever_the_row_says(
    scene: Scene, owner_sql: Any
) -> None:
    made = taken_out(scene, annexed(scene, b"Vasil Dobrev, 1980", "text/plain", "List"), NAME)
    other = annexed(scene, b"Nobody", "text/plain", "Other")
    owner_sql("UPDATE dossiers_annex SET redacted = %s WHERE id = %s", [made.redacted, other])
    with pytest.raises(SubmissionRefused, match="“Other”: it has no copy that lies open"):
        written(scene, LAW, summary=ITS_OWN)


def test_check_reads_the_redacted_copy_and_stops_what_still_names(scene: Scene) -> None:
    text = b"Vasil Dobrev was kept. Dobrev, Vasil was beaten."
    annex = annexed(scene, text, "text/plain", "List of the wing")
    again = taken_out(scene, annex, NAME)
    with pytest.raises(SubmissionRefused, match="it names somebody who did not agree"):
        written(scene, LAW, summary=ITS_OWN)
    taken_out(scene, again.pk, "Vasil", "Dobrev")
    (content,) = inside(scene, written(scene, LAW, summary=ITS_OWN)).values()
    assert content.decode() == "█████ █████ was kept. █████, █████ was beaten."


def test_document_that_goes_along_twice_takes_no_number_of_another(scene: Scene) -> None:
    first = taken_out(scene, annexed(scene, b"Vasil Dobrev, 1980", "text/plain", "List"), NAME)
    with acting_as(scene.desk.documenter) as actor:
        add_annex(
            scene.dossier, first.document, "List again", shows=(), redacted=first.redacted,
            actor=actor, at=AT,
        )  # fmt: skip
    annexed(scene, b"Nobody", "text/plain", "Other")
    made = written(scene, LAW, summary=ITS_OWN)
    black = "█████, 1980".encode()
    assert inside(scene, made) == {
        "annex-01.txt": black, "annex-02.txt": black, "annex-03.txt": b"Nobody",
    }  # fmt: skip
    paper = bytes_of(scene, made)["submission.docx"]
    assert paper
    told = text_of(paper, WORD)
    assert [title for title in ("List again", "Other") if title not in told] == []


def test_redacted_pages_hold_no_letter(scene: Scene) -> None:
    annex = annexed(scene, page_file(said("Vasil Dobrev was kept")), PDF, "Order")
    looked(scene, taken_out(scene, annex, NAME).pk)
    (content,) = inside(scene, written(scene, LAW, summary=ITS_OWN)).values()
    assert text_of(content, PDF).strip() == ""


def looked(scene: Scene, annex: UUID, person: User | None = None) -> AnnexLook:
    """Open the file of an annex and say that it shows nobody else."""
    with acting_as(person or scene.desk.reviewer) as actor:
        held = part_of(actor, scene.dossier, "annex", annex)
        assert isinstance(held, Annex)
        going = open_annex(held, actor=actor, at=AT)
        return look_at_annex(held, going.sha256, actor=actor, at=AT)


def test_annex_is_replaced_and_shows_whom_the_copy_shows(scene: Scene) -> None:
    annex = annexed(scene, b"Vasil Dobrev, 1980", "text/plain", "List")
    subject = scene.subject
    made = taken_out(scene, annex, NAME, shows=(subject,))
    with acting_as(scene.desk.documenter) as actor:
        held = list(annexes_in(actor, scene.dossier))
        assert [(each.pk, each.shows) for each in held] == [(made.pk, [subject])]
        assert part_of(actor, scene.dossier, "annex", annex) is None
    assert made.redacted
    assert made.title == "List"


def test_refused_redaction_leaves_the_annex_as_it_was(scene: Scene, owner_sql: Any) -> None:
    annex = annexed(scene, b"Vasil Dobrev, 1980", "text/plain", "List")
    with pytest.raises(DossierRefused, match="line 2 stands nowhere"):
        taken_out(scene, annex, NAME, "Somebody Else")
    with acting_as(scene.desk.documenter) as actor:
        assert [each.pk for each in annexes_in(actor, scene.dossier)] == [annex]
        held = part_of(actor, scene.dossier, "annex", annex)
        assert isinstance(held, Annex)
        with pytest.raises(DossierRefused, match="has no pages"):
            redact_annex(
                held, marks_of((), [Box(1, 0, 0, 9, 9)]), Ground.SAFETY, shows=(),
                actor=actor, at=AT,
            )  # fmt: skip
    assert owner_sql("SELECT count(*) FROM evidence_redactedcopy") == [(0,)]


def test_copy_of_another_document_does_not_stand_in(scene: Scene) -> None:
    made = taken_out(scene, annexed(scene, b"Vasil Dobrev", "text/plain", "One"), NAME)
    other = annexed(scene, b"Nobody", "text/plain", "Two")
    with acting_as(scene.desk.documenter) as actor:
        document = part_of(actor, scene.dossier, "annex", other).document
        with pytest.raises(DossierRefused, match="no such redacted copy"):
            add_annex(
                scene.dossier, document, "Two", shows=[], redacted=made.redacted,
                actor=actor, at=AT,
            )  # fmt: skip


def test_words_begin_with_whoever_did_not_agree_as_they_stand_in_it(scene: Scene) -> None:
    text = "Dobrev, Vasil and Olena Korsak were kept."
    annex = annexed(scene, text.encode(), "text/plain", "List")
    with acting_as(scene.desk.documenter) as actor:
        held, sheet = part_of(actor, scene.dossier, "annex", annex), gather(actor, scene.dossier)
        assert isinstance(held, Annex)
        assert passages_of(actor, sheet, held, "EU", on=AT.date()) == ("Vasil", "Dobrev")
        told = passages_of(actor, sheet, held, "GB", on=AT.date())
        assert "Olena Korsak" in told
    subject = next(each.row.subject for each in sheet.acts if each.row.subject != scene.subject)
    consent(scene, subject, UNION, FieldGroup.DETENTION, FieldGroup.DOCUMENTS)
    with acting_as(scene.desk.documenter) as actor:
        assert passages_of(actor, sheet, held, "EU", on=AT.date()) == ()


def test_page_offers_the_names_and_makes_the_copy(scene: Scene) -> None:
    annex = annexed(scene, b"Vasil Dobrev, 1980", "text/plain", "List")
    client, one = signed_in_client(scene.desk.documenter), f"/desk/dossiers/{scene.dossier.pk}/"
    address = f"{one}annexes/{annex}/redact/"
    assert address in client.get(one).content.decode()
    assert "Vasil Dobrev</textarea>" in client.get(f"{address}?for=GB&page=x").content.decode()
    told = client.post(address, {"passages": "Nobody", "boxes": "", "ground": "safety"})
    assert "line 1 stands nowhere in what the copy shows" in told.content.decode()
    assert "passages: " not in told.content.decode(), "a field is called as the form calls it"
    told = client.post(address, {"passages": "", "boxes": "", "ground": "safety"})
    assert "say what to take out" in told.content.decode()
    told = client.post(address, {"passages": NAME, "boxes": "", "ground": "safety"}, follow=True)
    assert "safety of somebody named" in told.content.decode()
    assert ">redacted<" in client.get(one).content.decode()
    outsider = signed_in_client(scene.desk.stranger)
    assert outsider.get(address).status_code == 404


def test_program_redacts_an_annex_and_is_told_what_is_wrong(scene: Scene) -> None:
    annex = annexed(scene, b"Vasil Dobrev, 1980", "text/plain", "List")
    client = _program(scene.desk.documenter)
    address = f"/api/v1/dossiers/desk/{scene.dossier.pk}/annexes/{annex}/redacted"
    asked: dict[str, Any] = {"passages": ["Nobody"], "ground": "agreement"}
    told = client.post(address, asked, content_type="application/json")
    assert told.status_code == 409
    assert "line 1 stands nowhere" in told.content.decode()
    asked = {"boxes": [{"page": 0, "left": 0, "top": 0, "width": 1, "height": 1}]}
    told = client.post(address, asked | {"ground": "safety"}, content_type="application/json")
    assert told.status_code == 409
    asked = {"passages": [NAME], "ground": "agreement"}
    told = client.post(address, asked, content_type="application/json")
    assert told.status_code == 200
    (held,) = told.json()["annexes"]
    assert held["redacted"]
    assert client.post(address, asked, content_type="application/json").status_code == 404
