"""One person's file of namesakes holds no paper up for ever, and no true hit goes by unseen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.core.accounts.factories import signed_in_client
from tests.core.listings.factories import AT, Office, attested, loaded
from tests.repression.dossiers.factories import UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_searches_stand import searched
from tests.repression.dossiers.test_submissions import LATER, now_of
from tests.repression.sanctions.factories import XF, person
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.rules import Came
from undaunted.repression.dossiers.actions import open_submission_file, release_submission
from undaunted.repression.dossiers.queries import files_given, submission_for
from undaunted.repression.dossiers.rules import SubmissionRefused

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.repression.dossiers.models import Submission

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"
ALIKE = person("A1", "Rupert Hentzau")
NAMESAKE = person("A2", "Rupert Hentzau")
SEARCH = "search the lists again"
ALONE = "one person alone brought what these say now: xf-invented"


def came(
    scene: Scene, folder: Path, day: int, *rows: dict[str, Any], came: Came = Came.BROUGHT
) -> None:
    file = folder / f"{day}.jsonl"
    lines = [{"published": f"2026-05-{day:02}", "entries": len(rows)}, *rows]
    file.write_text("".join(f"{json.dumps(each)}\n" for each in lines), encoding="utf-8")
    loaded(office(scene), XF, file, came=came, confirmed=True)


def office(scene: Scene) -> Office:
    desk = scene.desk
    return Office(desk.organisation, desk.documenter, desk.reviewer, desk.publisher)


@pytest.fixture
def scene(owner_sql: Any, tmp_path: Path) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    came(made, tmp_path, 1, ALIKE, came=Came.FETCHED)
    searched(made)
    return made


def released(scene: Scene, made: Submission, *without: str) -> Submission:
    with acting_as(scene.desk.publisher) as actor:
        held = submission_for(actor, made.pk)
        assert held
        for each in files_given(actor, held):
            open_submission_file(held, each.name, actor=actor, at=LATER)
        return release_submission(held, actor=actor, at=LATER, without=without)


def refused(scene: Scene, made: Submission, *without: str) -> str:
    with pytest.raises(SubmissionRefused) as refusal:
        released(scene, made, *without)
    assert now_of(scene, made).state == "written"
    return str(refusal.value)


def test_who_releases_goes_on_without_what_one_person_alone_says(
    scene: Scene, tmp_path: Path, owner_sql: Any
) -> None:
    made = written(scene, LAW)
    for day in (2, 3):
        more = [person(f"N{at}", "Rupert Hentzau") for at in range(day)]
        came(scene, tmp_path, day, ALIKE, *more)
    said = refused(scene, made)
    assert SEARCH in said
    assert ALONE in said
    assert released(scene, made, XF).state == "released"
    (told,) = owner_sql(
        "SELECT d.detail FROM audit_entry e JOIN audit_detail d ON d.entry_id = e.id"
        " WHERE e.verb = 'submission.released'"
    )[0]
    assert told["without"] == XF


@pytest.mark.parametrize("how", ["fetched", "confirmed"])
def test_nobody_goes_on_without_what_more_than_one_person_vouches_for(
    scene: Scene, tmp_path: Path, how: str
) -> None:
    made = written(scene, LAW)
    way = Came.FETCHED if how == "fetched" else Came.BROUGHT
    came(scene, tmp_path, 2, ALIKE, NAMESAKE, came=way)
    if how == "confirmed":
        attested(scene.desk.publisher, XF, at=AT)
    said = refused(scene, made, XF)
    assert SEARCH in said
    assert ALONE not in said


@pytest.mark.parametrize("rows", [(ALIKE, NAMESAKE, person("A3", "Rupert Hentzau")), (ALIKE,)])
def test_a_file_of_one_person_hides_no_hit_that_the_issuer_had_sent_before_it(
    scene: Scene, tmp_path: Path, rows: tuple[dict[str, Any], ...]
) -> None:
    made = written(scene, LAW)
    came(scene, tmp_path, 2, ALIKE, NAMESAKE, came=Came.FETCHED)
    came(scene, tmp_path, 3, *rows)
    said = refused(scene, made, XF)
    assert SEARCH in said
    assert ALONE not in said


def test_a_version_that_the_issuer_sent_meanwhile_and_that_says_the_same_leaves_it_open(
    scene: Scene, tmp_path: Path
) -> None:
    made = written(scene, LAW)
    other = person("B1", "Somebody Else")
    came(scene, tmp_path, 2, ALIKE, other, came=Came.FETCHED)
    came(scene, tmp_path, 3, ALIKE, other, NAMESAKE)
    assert ALONE in refused(scene, made)
    assert released(scene, made, XF).state == "released"


def test_the_page_shows_who_is_alike_by_now_and_takes_the_word_of_who_releases(
    scene: Scene, tmp_path: Path
) -> None:
    made = written(scene, LAW)
    address = f"/desk/dossiers/submissions/{made.pk}/"
    client = signed_in_client(scene.desk.publisher)
    box = 'name="without" value="xf-invented"'
    assert box not in client.get(address).text
    came(scene, tmp_path, 2, ALIKE, NAMESAKE)
    page = client.get(address).text
    assert "One person alone changed this list since" in page
    assert box in page
    assert "/lists/xf-invented/entries/A2/" in page
    assert box not in signed_in_client(scene.desk.documenter).get(address).text
    with acting_as(scene.desk.publisher) as actor:
        names = [each.name for each in files_given(actor, made)]
    for name in names:
        assert client.get(reverse("dossiers:file", args=[made.pk, name])).status_code == 200
    client.post(f"{address}release/")
    assert now_of(scene, made).state == "written"
    told = client.post(f"{address}release/", {"without": [XF]}, follow=True)
    assert "The paper is released" in told.text
    assert now_of(scene, made).state == "released"
