"""Whoever releases a submission is told what to open first, and what came of it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.repression.dossiers.factories import GB, UNION, Scene, agree, make_scene, written
from undaunted.core.accounts.actions import acting_as
from undaunted.repression.dossiers.queries import files_unopened
from undaunted.repression.dossiers.rules import SubmissionRefused

pytestmark = pytest.mark.usefixtures("ledger")
LAW, UNOPENED = "eu-2020-1998", "not opened yet"
FIRST = "Whoever releases a submission has read what goes out. Open first:"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_what_is_not_opened_yet_is_marked_and_linked_and_the_way_goes_on(scene: Scene) -> None:
    agree(scene, UNION)
    made = written(scene, LAW)
    at = f"/desk/dossiers/submissions/{made.pk}/"
    publisher = signed_in_client(scene.desk.publisher)
    with acting_as(scene.desk.publisher) as actor:
        assert files_unopened(actor, made) == ("draft.pdf",)
    page = publisher.get(at).content.decode()
    assert UNOPENED in page
    assert f'<a href="{at}files/draft.pdf">' in page.partition(FIRST)[2].partition("</p>")[0]
    told = publisher.post(f"{at}release/", follow=True)
    assert told.status_code == 200
    shown = told.content.decode()
    assert "draft.pdf: open it first" in shown
    assert "submission: draft.pdf" not in shown
    assert FIRST in shown, "it is the page of the submission"
    publisher.get(f"{at}files/draft.pdf")
    page = publisher.get(at).content.decode()
    assert UNOPENED not in page
    assert FIRST not in page
    done = publisher.post(f"{at}release/", follow=True).content.decode()
    assert "The paper is released; its files are below." in done
    reader = signed_in_client(scene.desk.documenter).get(at).content.decode()
    assert UNOPENED not in reader, "who does not release is not told what to open"


def test_submissions_of_a_dossier_are_told_apart_by_government(scene: Scene) -> None:
    agree(scene, UNION)
    agree(scene, GB)
    made = [written(scene, law) for law in (LAW, "gb-ghrsr-2020")]
    assert [each.number for each in made] == ["1", "1"]
    client = signed_in_client(scene.desk.documenter)
    page = client.get(f"/desk/dossiers/{scene.dossier.pk}/").content.decode()
    links = re.findall(r'<a href="/desk/dossiers/submissions/[^"]{36}/">(.*?)</a>', page)
    assert len(set(links)) == 2
    one = client.get(f"/desk/dossiers/submissions/{made[1].pk}/").content.decode()
    head = one.partition("<h1>")[2].partition("</h1>")[0]
    assert "United Kingdom" in head
    assert "United Kingdom" in one.partition("<title>")[2].partition("</title>")[0]


def test_where_nobody_agreed_it_is_said_to_which_government(scene: Scene) -> None:
    agree(scene, UNION)
    with pytest.raises(SubmissionRefused) as refused:
        written(scene, "gb-ghrsr-2020")
    assert (
        "Rupert Hentzau: no act is linked of which anybody agreed that GB is told; link one, or "
        "ask whom it was done to"
    ) in refused.value.problems
