"""What of an annex is a picture goes along once a second person has looked at it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pikepdf
import pytest
from PIL import Image

from tests.core.accounts.factories import signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.evidence.test_redacted_files import page_file, said
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_annexes_read import WORD, annexed, drawn_file, open_file
from tests.repression.dossiers.test_annexes_redacted import NAME, PDF, inside, looked, taken_out
from tests.repression.dossiers.test_dossier_programs import _program
from tests.repression.dossiers.test_erased_names import erase
from tests.repression.dossiers.test_submissions import bytes_of
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.repression.dossiers.actions import (
    erase_dossier,
    look_at_annex,
    open_annex,
    open_submission_file,
    release_submission,
    withdraw_part,
)
from undaunted.repression.dossiers.commands import commands
from undaunted.repression.dossiers.models import Annex
from undaunted.repression.dossiers.queries import dossier_for, part_of, submission_for
from undaunted.repression.dossiers.readers import AnnexUnread, holds_pictures, text_of
from undaunted.repression.dossiers.rules import DossierRefused, SubmissionRefused, names_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undaunted.core.accounts.models import User


LAW = "eu-2020-1998"
OPEN = "application/vnd.oasis.opendocument.text"
WANTED = "“Photo”: it holds pictures, which no program searches for names; a second person"


@pytest.fixture
def scene(ledger: object, owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def photo(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def released(scene: Scene, sent: UUID) -> str:
    with acting_as(scene.desk.publisher) as actor:
        held = submission_for(actor, sent)
        assert held is not None
        for name in ("draft.pdf", "annexes.zip"):
            open_submission_file(held, name, actor=actor, at=AT)
        return release_submission(held, actor=actor, at=AT).state


def test_picture_goes_along_once_a_second_person_looked_at_it(scene: Scene) -> None:
    annex = annexed(scene, photo(), "image/png", "Photo")
    with pytest.raises(SubmissionRefused, match=WANTED):
        written(scene, LAW)
    look = looked(scene, annex)
    made = written(scene, LAW)
    assert made.looks == [look.pk]
    assert list(inside(scene, made)) == ["annex-01.png"]
    paper = bytes_of(scene, made)["submission.docx"]
    assert paper
    assert "its pictures were looked at by two people" in text_of(paper, WORD)
    assert released(scene, made.pk) == "released"


def test_whoever_added_it_and_whoever_did_not_open_it_say_nothing_of_it(scene: Scene) -> None:
    annex = annexed(scene, photo(), "image/png", "Photo")
    with pytest.raises(Forbidden):
        looked(scene, annex, scene.desk.documenter)
    with acting_as(scene.desk.reviewer) as actor:
        held = part_of(actor, scene.dossier, "annex", annex)
        assert isinstance(held, Annex)
        going = open_annex(held, actor=actor, at=AT)
    with acting_as(scene.desk.publisher) as actor:
        with pytest.raises(DossierRefused, match="open it as it is now"):
            look_at_annex(held, going.sha256, actor=actor, at=AT)
        open_annex(held, actor=actor, at=AT)
        with pytest.raises(DossierRefused, match="open it as it is now"):
            look_at_annex(held, "0" * 64, actor=actor, at=AT)
        assert look_at_annex(held, going.sha256, actor=actor, at=AT).sha256 == going.sha256


def made_by(person: User, owner_sql: Any) -> None:
    """Let the redacted copies be made by somebody, as where another adds the annex."""
    owner_sql("ALTER TABLE evidence_redactedcopy DISABLE TRIGGER USER")
    owner_sql("UPDATE evidence_redactedcopy SET made_by = %s", [person.pk])
    owner_sql("ALTER TABLE evidence_redactedcopy ENABLE TRIGGER USER")


def test_whoever_made_the_redacted_copy_is_no_second_person(scene: Scene, owner_sql: Any) -> None:
    black = taken_out(scene, annexed(scene, page_file(said("Vasil Dobrev")), PDF, "Photo"), NAME)
    made_by(scene.desk.reviewer, owner_sql)
    with pytest.raises(Forbidden):
        looked(scene, black.pk)
    assert looked(scene, black.pk, scene.desk.publisher).sha256


def test_paper_does_not_go_out_once_a_look_was_taken_back(scene: Scene) -> None:
    look = looked(scene, annexed(scene, photo(), "image/png", "Photo"))
    made = written(scene, LAW)
    with acting_as(scene.desk.documenter) as actor:
        withdraw_part(scene.dossier, "look", look.pk, actor=actor, at=AT)
    with pytest.raises(SubmissionRefused, match=WANTED):
        released(scene, made.pk)


def test_another_file_is_looked_at_anew(scene: Scene) -> None:
    pages = page_file(said("Vasil Dobrev was kept"))
    annex = annexed(scene, pages, PDF, "Photo")
    assert written(scene, LAW).looks == [], "all of its words are read"
    black = taken_out(scene, annex, NAME)
    with pytest.raises(SubmissionRefused, match=WANTED):
        written(scene, LAW)
    looked(scene, black.pk)
    again = taken_out(scene, black.pk, NAME, "kept")
    with pytest.raises(SubmissionRefused, match=WANTED):
        written(scene, LAW)
    looked(scene, again.pk)
    assert len(written(scene, LAW).looks) == 1


def open_words(inner: str) -> bytes:
    """Give an open document of words alone, in two bytes a letter: none is found unread."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    told = f'<?xml version="1.0" encoding="UTF-16"?><d xmlns:o="{office}">{inner}</d>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", OPEN)
        package.writestr("content.xml", told.encode("utf-16"))
    return out.getvalue()


def test_page_with_a_letter_and_a_picture_or_lines_is_looked_at() -> None:
    letter = b"BT /F1 9 Tf (1) Tj ET "
    image = b"BI /W 2 /H 1 /CS /G /BPC 8 ID \x00\xff EI"
    for drawn in (image, b"1 1 m 9 20 l S " * 60):
        assert holds_pictures(drawn_file(letter + drawn), PDF)
    assert not holds_pictures(drawn_file(letter + b"1 1 m 99 1 l S"), PDF)


def test_what_holds_pictures() -> None:
    plain = drawn_file(b"BT /F1 9 Tf (Hello) Tj ET")
    empty = drawn_file(b"0 0 9 9 re f")
    assert [holds_pictures(each, PDF) for each in (plain, empty)] == [False, True]
    assert holds_pictures(open_file("<d/>"), OPEN), "a picture within"
    assert holds_pictures(open_words("<o:binary-data>iVBORw0KGgo=</o:binary-data>"), OPEN)
    assert not holds_pictures(open_words("Hello"), OPEN)
    assert not holds_pictures(b"Hello", "text/plain")
    assert all(holds_pictures(b"", each) for each in ("image/png", "video/mp4", "audio/mpeg"))
    for kind in (PDF, WORD):
        with pytest.raises(AnnexUnread):
            holds_pictures(b"nothing", kind)


def test_other_words_for_letters_of_a_pdf_are_read() -> None:
    drawn = b"/Span <</ActualText (Vasil Dobrev)>> BDC BT /F1 9 Tf (xxxxx) Tj ET EMC"
    assert names_in(text_of(drawn_file(drawn), PDF), (NAME,))
    parted = b"BT /F1 9 Tf (Vasil Dob) Tj /Span <</ActualText (x)>> BDC (rev) Tj EMC ET"
    assert names_in(text_of(drawn_file(parted), PDF), (NAME,)), "words stay whole"


def _bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(NAME, 0))


def _figure(pdf: pikepdf.Pdf) -> None:
    told = pikepdf.Dictionary(S=pikepdf.Name.Figure, Alt=pikepdf.String(NAME))
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(K=pikepdf.Array([told]))


def _tooltip(pdf: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, TU=pikepdf.String(NAME))
    colours = pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 1, b"\xff\x00"])
    pdf.pages[0].obj.Annots = pikepdf.Array([field])
    pdf.pages[0].obj.Colours = colours


@pytest.mark.parametrize("put", [_bookmark, _figure, _tooltip])
def test_words_that_a_pdf_holds_beside_its_pages_are_read(
    put: Callable[[pikepdf.Pdf], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn_file(b"BT /F1 9 Tf (Hello) Tj ET"))) as pdf:
        put(pdf)
        pdf.save(out)
    assert names_in(text_of(out.getvalue(), PDF), (NAME,))
    for name in ("_MOST_LETTERS", "_MOST_THINGS"):
        with monkeypatch.context() as less:
            less.setattr(f"undaunted.repression.dossiers.readers.beside.{name}", 1)
            with pytest.raises(AnnexUnread):
                text_of(out.getvalue(), PDF)


def test_page_gives_the_file_and_takes_the_word(scene: Scene) -> None:
    annex = annexed(scene, photo(), "image/png", "Photo")
    one = f"/desk/dossiers/{scene.dossier.pk}/"
    address, file = f"{one}annexes/{annex}/look/", f"{one}annexes/{annex}/file"
    own = signed_in_client(scene.desk.documenter)
    assert address not in own.get(one).content.decode()
    assert own.get(address).status_code == 404
    client = signed_in_client(scene.desk.reviewer)
    assert address in client.get(one).content.decode()
    page = client.get(address).content.decode()
    assert file in page
    digest = page.split('name="sha256" value="')[1][:64]
    assert client.head(file).status_code == 405, "without a byte nobody looked"
    told = client.post(address, {"sha256": digest, "nobody_else": "on"})
    assert "open it as it is now" in told.content.decode()
    given = client.get(file)
    assert given.content.startswith(b"\x89PNG")
    assert given["Content-Disposition"] == 'attachment; filename="annex.png"'
    told = client.post(address, {"sha256": digest})
    assert told.status_code == 200, "the word is missing"
    told = client.post(address, {"sha256": digest, "nobody_else": "on"}, follow=True)
    assert ">looked at<" in told.content.decode()
    for outsider in (signed_in_client(scene.desk.stranger), signed_in_client(scene.desk.steward)):
        assert [outsider.get(each).status_code for each in (address, file)] == [404, 404]


def test_page_of_an_annex_without_an_open_copy_takes_nothing(scene: Scene, owner_sql: Any) -> None:
    annex = annexed(scene, photo(), "image/png", "Photo")
    owner_sql("UPDATE evidence_cleancopy SET sha256 = '', refused = 'damaged'")
    one = f"/desk/dossiers/{scene.dossier.pk}/annexes/{annex}/"
    client = signed_in_client(scene.desk.reviewer)
    assert "nobody_else" not in client.get(f"{one}look/").content.decode()
    assert client.get(f"{one}file").status_code == 410


def test_program_opens_and_looks_at_an_annex(scene: Scene) -> None:
    annex = annexed(scene, photo(), "image/png", "Photo")
    one = f"/api/v1/dossiers/desk/{scene.dossier.pk}"
    client, other = _program(scene.desk.reviewer), _program(scene.desk.documenter)
    file = other.get(f"{one}/annexes/{annex}/file").content
    digest = {"sha256": hashlib.sha256(file).hexdigest()}
    looks = f"{one}/annexes/{annex}/looks"
    assert client.post(looks, digest, content_type="application/json").status_code == 409
    assert client.head(f"{one}/annexes/{annex}/file").status_code == 405
    assert client.get(f"{one}/annexes/{annex}/file").content.startswith(b"\x89PNG")
    told = client.post(looks, digest, content_type="application/json")
    assert told.status_code == 201
    (held,) = client.get(one).json()["annexes"]
    assert held["looks"] == [{"id": told.json()["id"], **digest}]
    assert client.post(looks, {"sha256": "x"}, content_type="application/json").status_code == 422


def _run(user: User, *words: object, code: int = 0) -> str:
    return run_at_terminal(commands, *words, person=user, status=code)


def test_terminal_redacts_saves_and_looks(scene: Scene, tmp_path: Path) -> None:
    annex = annexed(scene, page_file(said("Vasil Dobrev was kept")), PDF, "Order")
    which, words, out = scene.dossier.pk, tmp_path / "words.txt", tmp_path / "annex.pdf"
    words.write_text(f"{NAME}\n", encoding="utf-8")
    told = ("redact", which, annex, "--ground", "agreement", "--passages")
    by, second = scene.desk.documenter, scene.desk.reviewer
    assert "no person 7" in _run(by, *told, words, "--shows", 7, code=2)
    assert "line 1 is no box" in _run(by, *told, words, "--box", "x", code=2)
    assert "none.txt" in _run(by, *told, tmp_path / "none.txt", code=2)
    made = _run(by, *told, words, "--shows", 1).split()[1]
    with acting_as(by) as actor:
        assert part_of(actor, scene.dossier, "annex", UUID(made)).shows == [scene.subject]
    digest = _run(second, "annex", which, made, "--out", out).split()[-1]
    assert hashlib.sha256(out.read_bytes()).hexdigest() == digest
    _run(by, "look", which, made, digest, code=2)
    assert "nothing of it that you handle" in _run(second, "look", which, uuid4(), digest, code=2)
    look = _run(second, "look", which, made, digest).split()[1]
    assert "withdrawn" in _run(by, "withdraw", which, look)


def test_program_redacts_by_the_numbers_of_papers(scene: Scene) -> None:
    annex = annexed(scene, b"Vasil Dobrev, 1980", "text/plain", "List")
    client, one = _program(scene.desk.documenter), f"/api/v1/dossiers/desk/{scene.dossier.pk}"
    asked: dict[str, Any] = {"passages": [NAME], "ground": "agreement", "shows": [7]}

    def redact(which: str) -> Any:
        address = f"{one}/annexes/{which}/redacted"
        return client.post(address, asked, content_type="application/json")

    told = redact(str(annex))
    assert told.status_code == 409
    assert "no person 7" in told.content.decode()
    asked["shows"] = [1]
    (held,) = redact(str(annex)).json()["annexes"]
    assert held["persons"] == [1]
    asked["shows"] = [str(scene.subject)]
    assert redact(held["id"]).json()["annexes"][0]["persons"] == [1]


def test_looks_go_with_a_dossier_and_with_whoever_is_erased(scene: Scene, owner_sql: Any) -> None:
    annex = annexed(scene, photo(), "image/png", "Photo")
    looked(scene, annex)
    owner_sql("UPDATE dossiers_annex SET shows = ARRAY[%s::uuid]", [scene.subject])
    erase(scene, scene.subject)
    assert owner_sql("SELECT count(*) FROM dossiers_annexlook") == [(0,)]
    looked(scene, annexed(scene, photo("blue"), "image/png", "Photo"))
    team = f"team = team || '{scene.desk.steward.pk}'::uuid"
    owner_sql(f"UPDATE dossiers_dossier SET closed_at = now(), {team}")
    with acting_as(scene.desk.steward) as actor:
        held = dossier_for(actor, scene.dossier.pk)
        assert held is not None
        erase_dossier(held, actor=actor, at=AT)
    assert owner_sql("SELECT count(*) FROM dossiers_annexlook") == [(0,)]
