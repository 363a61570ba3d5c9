"""One case set is ready for the Union and lacks evidence for London, with nothing retyped."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pikepdf
import pytest

from tests.repression.dossiers.factories import (
    AT,
    GB,
    UNION,
    VICTIM,
    Scene,
    agree,
    make_scene,
    written,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.writers import hypothetical_text
from undaunted.repression.dossiers.analysis import gather, laws_beside
from undaunted.repression.dossiers.queries import dossier_for, file_of, files_of
from undaunted.repression.sanctions.rules import Fit, authority_for

if TYPE_CHECKING:
    from undaunted.repression.dossiers.models import Submission

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def opened(scene: Scene, submission: Submission) -> dict[str, bytes]:
    with acting_as(scene.desk.documenter) as actor:
        held = [file_of(actor, submission, each.name) for each in files_of(actor, submission)]
        return {each.name: bytes(each.content or b"") for each in held if each}


def every_part(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())


def words(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", every_part(content)))


def test_a_detention_fits_the_union_and_lacks_torture_or_life_for_the_united_kingdom(
    scene: Scene,
) -> None:
    agree(scene, UNION)
    agree(scene, GB)
    laws = [authority_for("eu-2020-1998"), authority_for("gb-ghrsr-2020")]
    with acting_as(scene.desk.documenter) as actor:
        dossier = dossier_for(actor, scene.dossier.pk)
        assert dossier
        sheet = gather(actor, dossier)
        lines = laws_beside(actor, sheet, laws, on=AT.date())
    for person in (scene.commander, scene.prosecutor):
        union, kingdom = lines[person.pk]
        assert union.told.fit is Fit.FITS
        assert kingdom.told.fit is Fit.MISSING
        conduct = next(each for each in kingdom.told.elements if each.code == "conduct")
        assert {way for (way,) in conduct.wants} == {"torture", "killing", "slavery"}
        assert kingdom.told.outside == ("detention",)


def test_both_submissions_come_from_the_same_words(scene: Scene) -> None:
    agree(scene, UNION)
    agree(scene, GB)
    union = written(scene, "eu-2020-1998")
    kingdom = written(scene, "gb-ghrsr-2020", recipient="The Foreign Office (invented)")
    assert [each["fit"] for each in union.outcome] == ["fits", "fits"]
    assert [each["fit"] for each in kingdom.outcome] == ["missing", "missing"]
    first, second = (words(opened(scene, each)["submission.docx"]) for each in (union, kingdom))
    for text in (
        "Rupert Hentzau",
        "Signed the order of detention.",
        "Person 1",
        "Order of 5 March",
    ):
        assert text in first
        assert text in second
    assert "Torture or other cruel, inhuman or degrading treatment" in second
    assert union.watermark in first
    assert union.watermark not in second


def test_a_paper_about_a_state_that_does_not_exist_says_so_in_word_as_in_pdf(scene: Scene) -> None:
    agree(scene, UNION)
    files = opened(scene, written(scene, "eu-2020-1998"))
    read = docx.Document(io.BytesIO(files["submission.docx"]))
    assert sum(str(hypothetical_text()) in each.text for each in read.paragraphs) == 1


def test_no_name_of_a_victim_stands_in_any_part_of_any_file(scene: Scene) -> None:
    agree(scene, UNION)
    files = opened(scene, written(scene, "eu-2020-1998"))
    assert set(files) == {"draft.pdf", "submission.docx", "submission.pdf"}
    told = every_part(files["submission.docx"])
    with pikepdf.open(io.BytesIO(files["submission.pdf"])) as pdf:
        told += str(dict(pdf.docinfo)) + str(pdf.open_metadata())
    raw = files["submission.pdf"].decode("latin-1")
    for name in VICTIM:
        assert name not in told
        assert name not in raw
