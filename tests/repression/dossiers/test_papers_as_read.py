"""What the office that reads a paper can rely on: lists, names, days, and a summary of its own."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.repression.dossiers.factories import (
    AT,
    GB,
    UNION,
    Scene,
    agree,
    make_scene,
    written,
)
from tests.repression.dossiers.test_searches_stand import loaded, searched
from tests.repression.dossiers.test_submissions import another, bytes_of, consent, released
from tests.repression.sanctions.factories import XF
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.rules import FieldGroup
from undaunted.core.evidence.rules import Grade
from undaunted.core.listings.writers import titled
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions import (
    Evidence,
    record_accused,
    record_detail,
    record_finding,
    rewrite_submission,
)
from undaunted.repression.dossiers.analysis import gather, lists_not_held, search_told
from undaunted.repression.dossiers.queries import dossier_for, submission_for
from undaunted.repression.dossiers.rules import DetailKind, DossierRefused

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.repression.dossiers.models import Submission

pytestmark = pytest.mark.usefixtures("ledger")
LAW, ITS_LAW = "eu-2020-1998", "gb-ghrsr-2020"
OWN = titled("eu-fsf")
SILENCE = "named under “Lists that were searched” (1) none has an entry with a name alike."


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def paper(scene: Scene, made: Submission) -> str:
    content = bytes_of(scene, made)["submission.docx"]
    assert content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        text = file.read("word/document.xml").decode()
    return " ".join(re.sub(r"<[^>]{1,300}>", " ", text).replace("\u200b", "").split())


def test_lists_that_were_never_loaded_are_named_the_recipients_own_first(
    scene: Scene, tmp_path: Path
) -> None:
    loaded(scene, tmp_path, XF, "2026-05-02")
    searched(scene)
    told = paper(scene, written(scene, LAW))
    assert f"Not searched, because no version is held here: {OWN} (European Union); " in told
    assert told.index(SILENCE) < told.index("Not searched,"), "it is said of what was searched"
    assert titled("us-ofac-sdn") in told
    assert titled("uk-fcdo") in told
    assert SILENCE in told
    assert "No entry with a name alike was found." not in told
    with acting_as(scene.desk.documenter) as actor:
        assert lists_not_held(actor, first="GB")[0] == "uk-fcdo"
        unheld = lists_not_held(actor, first="EU")
    assert unheld[:2] == ("eu-fsf", "eu-journal")
    for never in ("uk-ofsi", "cn-counter", XF):
        assert never not in unheld, "ended, counter-sanctions, invented, or loaded"


def test_where_no_list_is_held_silence_is_not_told(scene: Scene) -> None:
    told = paper(scene, written(scene, LAW))
    assert "No list is loaded." in told
    assert OWN in told
    assert SILENCE not in told


def test_the_version_of_a_list_is_told_by_its_day(scene: Scene, tmp_path: Path) -> None:
    loaded(scene, tmp_path, XF, "2026-05-02")
    searched(scene)
    told = paper(scene, written(scene, LAW))
    assert f"{titled(XF)} (Freedonia" in told
    assert "version of 2 May 2026, old)" in told
    assert f"{titled(XF)} (1)" not in told


UNREAD = (
    "A row could not be read, and nobody knows whose it is: whoever is missing from the list may"
    " stand in it."
)


@pytest.mark.parametrize("broken", [False, True])
def test_paper_and_desk_say_of_a_list_that_a_row_of_it_may_be_anybody(
    scene: Scene, tmp_path: Path, *, broken: bool
) -> None:
    loaded(scene, tmp_path, XF, "2026-05-01")
    loaded(scene, tmp_path, XF, "2026-05-02", *(['{"key": "N2026-05-01", "na'] if broken else []))
    searched(scene)
    told = paper(scene, written(scene, LAW))
    assert SILENCE in told
    assert (f"version of 2 May 2026, old): {UNREAD}" in told) is broken
    desk = signed_in_client(scene.desk.documenter).get(f"/desk/dossiers/{scene.dossier.pk}/")
    assert (UNREAD in desk.content.decode()) is broken


def named(scene: Scene, name: str) -> None:
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        record_detail(scene.commander, DetailKind.NAME, name, actor=actor, at=AT, evidence=rest)


def test_a_name_in_letters_that_are_not_read_is_told_as_not_compared(
    scene: Scene, tmp_path: Path
) -> None:
    named(scene, "รูเพิร์ต เฮนท์เซา")
    loaded(scene, tmp_path, XF, "2026-05-02")
    searched(scene)
    told = paper(scene, written(scene, LAW))
    assert "Could not be compared, because their letters are not read: รูเพิร์ต เฮนท์เซา." in told
    assert told.count(SILENCE) == 2, "of each of the two, who have another name that is read"


def test_of_whom_no_name_is_read_nobody_says_that_nothing_was_found(
    scene: Scene, tmp_path: Path
) -> None:
    loaded(scene, tmp_path, XF, "2026-05-02")
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        record_accused(scene.dossier, "อองตัวเนต", evidence=rest, actor=actor, at=AT)
    searched(scene)
    with acting_as(scene.desk.documenter) as actor:
        held = dossier_for(actor, scene.dossier.pk)
        assert held
        of = {each.label: each for each in gather(actor, held).people}
        told = {name: search_told(actor, of[name], on=AT.date()) for name in of}
    assert not told["อองตัวเนต"].speaks
    assert told["อองตัวเนต"].unheard == ("อองตัวเนต",)
    assert told["Rupert Hentzau"].speaks
    assert told["Rupert Hentzau"].unheard == ()


def test_where_an_act_is_left_out_the_paper_sums_itself_up(scene: Scene) -> None:
    another(scene)
    made = written(scene, LAW)
    told = paper(scene, made)
    assert "This summary is put together from what stands in this paper." in told
    assert "A detention without grounds." not in told
    assert "Person 2" not in told
    assert "Signed that too." not in told
    assert told.count(", as alleged: Act 1.") == 2
    assert released(scene, made).state == "released"


def test_the_kingdoms_paper_is_written_with_nothing_typed_and_says_what_lacks(
    scene: Scene,
) -> None:
    agree(scene, GB)
    subject, _ = another(scene)
    consent(scene, subject, UNION, FieldGroup.DETENTION)
    union, kingdom = written(scene, LAW), written(scene, ITS_LAW)
    assert "A detention without grounds." in paper(scene, union)
    told = paper(scene, kingdom)
    assert "A detention without grounds." not in told
    assert "missing evidence of" in told
    assert "Torture or other cruel, inhuman or degrading treatment" in told
    assert set(bytes_of(scene, kingdom)) == {"draft.pdf", "submission.docx", "submission.pdf"}


def test_a_paper_goes_without_the_dossiers_summary_where_that_is_chosen(scene: Scene) -> None:
    told = paper(scene, made := written(scene, LAW, neutral=True))
    assert "put together" in told
    assert "A detention without grounds." not in told
    assert released(scene, made).state == "released"
    with pytest.raises(DossierRefused, match="not both"):
        written(scene, LAW, neutral=True, summary="Mine.")


def test_a_paper_that_is_written_anew_may_go_without_a_typed_summary(scene: Scene) -> None:
    made = written(scene, LAW, summary="Mine alone.")
    with acting_as(scene.desk.documenter) as actor:
        anew = rewrite_submission(made, actor=actor, at=AT, neutral=True)
        assert (anew.number, anew.neutral, anew.summed_up) == ("1.1", True, False)
        ended = submission_for(actor, made.pk)
        assert ended
        again = rewrite_submission(ended, actor=actor, at=AT, neutral=True)
        with pytest.raises(DossierRefused, match="write another"):
            rewrite_submission(ended, actor=actor, at=AT)
    told = paper(scene, again)
    assert "put together" in told
    assert "Mine alone." not in told


def test_a_summary_put_together_is_told_in_the_language_of_the_paper(scene: Scene) -> None:
    another(scene)
    told = paper(scene, written(scene, LAW, language="fr"))
    assert "A detention without grounds." not in told
    assert "Arbitrary arrest" not in told
    assert "Hentzau" in told


def test_each_act_that_meets_the_law_by_itself_is_named(scene: Scene) -> None:
    subject, act = another(scene)
    consent(scene, subject, UNION, FieldGroup.DETENTION)
    first = paper(scene, written(scene, LAW))
    assert "What the other acts lack, each by itself:" in first
    assert "Act 2 · Conduct: Evidence is missing" in first
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        record_finding(scene.dossier, "detention", Value.MET, "No judge.", act=act, evidence=rest,
                       actor=actor, at=AT)  # fmt: skip
    told = paper(scene, written(scene, LAW))
    assert "What the other acts lack" not in told
    assert "One of these acts suffices; the table is of Act" in told
    assert "Acts 1 and 2, each by itself" in told


def test_a_grade_is_called_a_grade_and_its_key_stands_before_the_first(scene: Scene) -> None:
    told = paper(scene, made := written(scene, LAW))
    assert "(grade A2, p. 2)" in told
    assert "(A2" not in told
    assert told.index("Grades: a letter for the source") < told.index("grade A2")
    assert "No annex goes along." in told
    assert f"by the number of the copy, {made.watermark}" in told
