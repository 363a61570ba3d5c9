"""A list that changes daily holds up no paper, while whoever is alike on it stays the same."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.listings.factories import AT, Office
from tests.repression.dossiers.factories import UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_searches_stand import searched
from tests.repression.dossiers.test_submissions import bytes_of, now_of, released
from tests.repression.sanctions.factories import XF, XZ, listing, person
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.rules import Grade
from undaunted.core.listings.actions import withdraw_version
from undaunted.core.listings.models import ListVersion
from undaunted.repression.dossiers.actions import Evidence, record_detail, withdraw_part
from undaunted.repression.dossiers.rules import DetailKind, SubmissionRefused

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.repression.dossiers.models import Submission

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"
ALIKE = person("A1", "Rupert Hentzau")
OTHER = person("B1", "Somebody Else")
SEARCH = "search the lists again"
ANEW = "what it tells changed after this was written; write it anew"


@pytest.fixture
def scene(owner_sql: Any, tmp_path: Path) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    loaded(made, tmp_path, "2026-05-01", ALIKE, OTHER)
    searched(made)
    return made


def loaded(scene: Scene, folder: Path, day: str, *rows: dict[str, Any], source: str = XF) -> None:
    desk = scene.desk
    office = Office(desk.organisation, desk.documenter, desk.reviewer, desk.publisher)
    listing(office, source, folder, list(rows), day=day)


def refused(scene: Scene, made: Submission, why: str) -> None:
    with pytest.raises(SubmissionRefused, match=why):
        released(scene, made)
    assert now_of(scene, made).state == "written"


@pytest.mark.parametrize("again", [False, True])
def test_versions_on_which_the_same_are_alike_hold_up_no_release(
    scene: Scene, tmp_path: Path, *, again: bool
) -> None:
    made = written(scene, LAW)
    for day in ("2026-05-02", "2026-05-03"):
        changed = OTHER | {"remarks": f"Changed on {day}."}
        loaded(scene, tmp_path, day, ALIKE, changed)
        if again:
            searched(scene)
    assert released(scene, made).state == "released"
    content = bytes_of(scene, made)["submission.docx"]
    assert content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        told = re.sub(r"<[^>]{1,300}>", "", file.read("word/document.xml").decode())
    assert "version of 1 May 2026" in told, "it names the version that was searched for it"


@pytest.mark.parametrize(
    "rows",
    [
        (ALIKE, person("A2", "Rupert Hentzau"), OTHER),
        (OTHER,),
        (
            ALIKE
            | {
                "names": [
                    {"text": "Rupert Hentzau", "quality": "primary"},
                    {"text": "The Count", "quality": "alias"},
                ]
            },
            OTHER,
        ),
        (ALIKE | {"births": [{"text": "1971-04"}]}, OTHER),
        (ALIKE | {"programmes": [{"code": "XF-NEW"}]}, OTHER),
    ],
)
def test_another_hit_or_another_form_of_one_is_searched_and_the_paper_written_anew(
    scene: Scene, tmp_path: Path, rows: tuple[dict[str, Any], ...]
) -> None:
    made = written(scene, LAW)
    loaded(scene, tmp_path, "2026-05-02", *rows)
    refused(scene, made, SEARCH)
    searched(scene)
    refused(scene, made, ANEW)


def test_name_that_is_withdrawn_forgets_the_search(scene: Scene) -> None:
    with acting_as(scene.desk.documenter) as actor:
        rest = Evidence((scene.source,), Grade.parse("A2"))
        name = record_detail(scene.commander, DetailKind.NAME, "Somebody Else", actor=actor,
                             at=AT, evidence=rest)  # fmt: skip
    searched(scene)
    with acting_as(scene.desk.documenter) as actor:
        withdraw_part(scene.dossier, "detail", name.pk, actor=actor, at=AT)
    with pytest.raises(SubmissionRefused, match="search the lists, so that it is known"):
        written(scene, LAW)
    searched(scene)
    assert released(scene, written(scene, LAW)).state == "released"


def test_hits_that_came_after_the_same_was_searched_again_stop_it(
    scene: Scene, tmp_path: Path
) -> None:
    made = written(scene, LAW)
    loaded(scene, tmp_path, "2026-05-02", ALIKE)
    searched(scene)
    loaded(scene, tmp_path, "2026-05-03", ALIKE, person("A2", "Rupert Hentzau"))
    refused(scene, made, SEARCH)


@pytest.mark.parametrize("again", [False, True])
def test_version_that_was_taken_back_stops_the_paper_that_names_it(
    scene: Scene, tmp_path: Path, *, again: bool
) -> None:
    loaded(scene, tmp_path, "2026-05-02", ALIKE, OTHER | {"remarks": "Forged."})
    searched(scene)
    made = written(scene, LAW)
    forged = ListVersion.objects.filter(source=XF).latest("number")
    with acting_as(scene.desk.publisher) as actor:
        withdraw_version(forged, actor=actor, at=AT)
    if again:
        searched(scene)
    refused(scene, made, ANEW if again else SEARCH)


def test_list_that_was_not_searched_at_all_stops_it(scene: Scene, tmp_path: Path) -> None:
    made = written(scene, LAW)
    loaded(scene, tmp_path, "2026-05-02", OTHER, source=XZ)
    refused(scene, made, SEARCH)
    searched(scene)
    refused(scene, made, ANEW)
