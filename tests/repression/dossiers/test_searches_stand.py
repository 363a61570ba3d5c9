"""A paper tells the day on which lists were searched, and none goes while one was not."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.core.listings.factories import Office
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import bytes_of
from tests.repression.sanctions.factories import XF, XZ, listing, person
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.writers import titled, titled_whose
from undaunted.repression.dossiers.actions import search_listings
from undaunted.repression.dossiers.analysis import lists_unsearched, search_lists
from undaunted.repression.dossiers.rules import SubmissionRefused

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def loaded(scene: Scene, folder: Path, source: str, day: str, *more: str) -> None:
    """Load a list of one entry as of a day; `more` are rows beside it."""
    desk = scene.desk
    office = Office(desk.organisation, desk.documenter, desk.reviewer, desk.publisher)
    listing(office, source, folder, [person(f"N{day}", "Somebody Else")], day=day, more=more)


def searched(scene: Scene) -> None:
    with acting_as(scene.desk.documenter) as actor:
        for each in (scene.commander, scene.prosecutor):
            search_listings(each, actor=actor, at=AT)


def test_a_list_that_came_or_changed_since_is_searched_before_a_paper_is_written(
    scene: Scene, tmp_path: Path
) -> None:
    lacks = f"not searched as they stand now: {re.escape(titled(XF))}"
    loaded(scene, tmp_path, XF, "2026-05-02")
    with pytest.raises(SubmissionRefused, match=lacks) as refusal:
        written(scene, LAW)
    assert len(refusal.value.problems) == 2, "of each of the two people"
    assert str(refusal.value).count(titled(XF)) == 1, "a list is named once"
    searched(scene)
    content = bytes_of(scene, written(scene, LAW))["submission.docx"]
    assert content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        told = re.sub(r"<[^>]{1,300}>", "", file.read("word/document.xml").decode())
    assert f"Searched on {AT.day} {AT:%B %Y}: {titled(XF)} (Freedonia" in told
    assert "version of 2 May 2026, old)" in told
    for source in (XF, XZ):
        loaded(scene, tmp_path, source, "2026-06-02")
    lacks += r" \(Freedonia[^;]{0,20}\);\u00a0Invented list of Zubrowka \(Zubrowka"
    with pytest.raises(SubmissionRefused, match=lacks):
        written(scene, LAW)


def test_the_recipients_own_lists_are_named_first(scene: Scene, tmp_path: Path) -> None:
    for source in (XF, XZ):
        loaded(scene, tmp_path, source, "2026-05-02")
    with acting_as(scene.desk.documenter) as actor:
        assert lists_unsearched(actor, (), first="XZ") == (titled_whose(XZ), titled_whose(XF))
        assert lists_unsearched(actor, (), first="XF") == (titled_whose(XF), titled_whose(XZ))
        assert lists_unsearched(actor, [{"list": XF, "version": 1}]) == (titled_whose(XZ),)
        first, *_ = lists_unsearched(actor, [{"list": XF, "version": 0}], first="XF")
        assert first == titled_whose(XF)


def test_a_list_full_of_namesakes_hides_no_other_and_says_how_many_more_there_are(
    scene: Scene, tmp_path: Path
) -> None:
    desk = scene.desk
    office = Office(desk.organisation, desk.documenter, desk.reviewer, desk.publisher)
    name = "Rupert Hentzau"
    listing(office, XF, tmp_path, [person(f"A{at:02}", name) for at in range(30)],
            day="2026-05-02")  # fmt: skip
    listing(office, XZ, tmp_path, [person("Z1", name)], day="2026-05-02")
    with acting_as(desk.documenter) as actor:
        found = search_lists(actor, [name], person=True).alike
    assert [one["list"] for one in found].count(XF) == 20
    assert [one["key"] for one in found if one["list"] == XZ] == ["Z1"]
    assert [one["more"] for one in found if "more" in one] == [10]
    searched(scene)
    content = bytes_of(scene, written(scene, LAW))["submission.docx"]
    assert content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        told = re.sub(r"<[^>]{1,300}>", "", file.read("word/document.xml").decode())
    assert "and at least 10 more entries of this list" in told


def told_on_page(scene: Scene) -> str:
    answer = signed_in_client(scene.desk.documenter).get(f"/desk/dossiers/{scene.dossier.pk}/")
    return re.sub(r"<[^>]{1,300}>", "", answer.content.decode())


def test_page_says_which_lists_came_since_its_search(scene: Scene, tmp_path: Path) -> None:
    """A list that was neither searched nor lacks stood in no line of the page."""
    loaded(scene, tmp_path, XF, "2026-05-02")
    searched(scene)
    since = f"Held here by now, and not searched yet: {titled(XZ)} (Zubrowka"
    assert "not searched yet" not in told_on_page(scene)
    loaded(scene, tmp_path, XZ, "2026-05-03")
    assert told_on_page(scene).count(since) == 2, "of each of the two"
    searched(scene)
    assert "not searched yet" not in told_on_page(scene)
