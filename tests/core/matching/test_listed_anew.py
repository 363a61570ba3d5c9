"""Somebody who left a list and stands on it again under another number: asked, judged, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.core.matching.factories import (
    XF,
    XZ,
    Office,
    judged,
    listed,
    make_office,
    person,
    resolved,
    seen_on,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.core.matching.actions import MatchingRefused
from undaunted.core.matching.queries import pair_for, queue_of, standing_of
from undaunted.core.matching.rules import Verdict, Why

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.matching.rules import EntryKey

pytestmark = pytest.mark.usefixtures("ledger")

OLD, NEW = (XF, "3"), (XF, "8")
STAYS = person("1", "Viktor Strovik", born="1961-03-04")
LEFT = person("3", "Bohdan Korl", born="1980-02-01")
AGAIN = person("8", "Bogdan Korl", born="1980-02-01")


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    """Give lists of which one lost somebody, and holds them again a version later."""
    held = make_office(owner_sql)
    for rows in ([STAYS, LEFT], [STAYS], [STAYS, AGAIN]):
        listed(held, XF, tmp_path, rows)
        resolved(held.writer)
    return held


def _pairs(queue: Any) -> list[tuple[EntryKey, EntryKey]]:
    return [(each.left, each.right) for each in queue.pairs]


def test_whoever_is_listed_anew_is_asked_about_beside_the_entry_that_left(office: Office) -> None:
    asked = queue_of(PUBLIC)
    assert _pairs(asked) == [(OLD, NEW)]
    assert not asked.pairs[0].strong, "never one of those that are accepted together"
    assert _pairs(queue_of(PUBLIC, source=XF, why=Why.NEW)) == [(OLD, NEW)]
    assert standing_of(PUBLIC).party_of[NEW] == "xf-invented:8", "and nothing joins them by itself"


def test_one_version_that_drops_and_adds_asks_too(owner_sql: Any, tmp_path: Path) -> None:
    held = make_office(owner_sql)
    for rows in ([STAYS, LEFT], [STAYS, AGAIN]):
        listed(held, XF, tmp_path, rows)
    resolved(held.writer)
    assert _pairs(queue_of(PUBLIC)) == [(OLD, NEW)]


def test_names_alone_ask_nothing_of_who_left_the_same_list(owner_sql: Any, tmp_path: Path) -> None:
    held = make_office(owner_sql)
    other = person("8", "Bogdan Korl", born="1991-07-09")
    for rows in ([STAYS, LEFT], [STAYS, other]):
        listed(held, XF, tmp_path, rows)
    resolved(held.writer)
    assert not _pairs(queue_of(PUBLIC))


def test_two_people_judge_the_pair_and_it_is_one_party(office: Office) -> None:
    sheet = pair_for(PUBLIC, NEW, OLD)
    assert sheet is not None
    assert (sheet.left_entry, sheet.left_gone, sheet.right_gone) != (None, False, True)
    assert sheet.left_entry is not None
    assert sheet.left_entry.name == "Bohdan Korl", "as its list told it last"
    made = judged(office.writer, NEW, OLD, Verdict.SAME, "Same birth.")
    assert made.likeness
    assert [each.why for each in queue_of(PUBLIC).pairs] == [Why.WAITS]
    assert judged(office.reviewer, OLD, NEW, Verdict.SAME, "The same.").confirmed_at
    assert standing_of(PUBLIC).party_of[NEW] == "xf-invented:3"
    assert not queue_of(PUBLIC).pairs


def test_the_pair_comes_back_when_the_new_entry_says_something_else(
    office: Office, tmp_path: Path
) -> None:
    judged(office.writer, NEW, OLD, Verdict.SAME, "Same birth.", office.reviewer)
    listed(office, XF, tmp_path, [STAYS, {**AGAIN, "nationalities": ["XS"]}])
    resolved(office.writer)
    assert [each.why for each in queue_of(PUBLIC).pairs] == [Why.CHANGED]


def test_two_that_both_left_are_not_judged(office: Office, tmp_path: Path) -> None:
    listed(office, XF, tmp_path, [STAYS])
    resolved(office.writer)
    assert not queue_of(PUBLIC).pairs
    assert pair_for(PUBLIC, OLD, NEW) is None
    with pytest.raises(MatchingRefused, match="xf-invented:3, xf-invented:8 is on no list"):
        judged(office.writer, OLD, NEW, Verdict.SAME)


def test_a_key_that_no_list_ever_held_is_refused(office: Office) -> None:
    with pytest.raises(MatchingRefused, match="xz-invented:77 is on no list"):
        judged(office.writer, NEW, (XZ, "77"), Verdict.SAME)


def test_page_shows_the_entry_that_left_as_it_last_stood_and_takes_a_verdict(
    office: Office,
) -> None:
    client = signed_in_client(office.writer)
    queue = client.get("/desk/matching/").content.decode()
    assert "Bohdan Korl" in queue
    here = "/desk/matching/pair/?left=xf-invented:3&right=xf-invented:8"
    page = client.get(here).content.decode()
    assert "The first entry is on its list no more." in page
    assert "The second entry is on its list no more." not in page
    assert "1980-02-01" in page or "1 February 1980" in page
    answer = client.post(
        here, {"verdict": "same", "why": "Same birth and name.", "seen": seen_on(client, here)}
    )
    assert answer.status_code == 302
    assert [each.why for each in queue_of(PUBLIC).pairs] == [Why.WAITS]
