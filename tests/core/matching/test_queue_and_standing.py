"""The queue, read in short, says what the rules say of every pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.matching.factories import XF, XZ, judged, listed, make_office, person, resolved
from undaunted.core.access.rules import PUBLIC
from undaunted.core.matching.queries import queue_of, standing_of
from undaunted.core.matching.rules import Verdict, Why

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.matching.rules import EntryKey, OpenPair

pytestmark = pytest.mark.usefixtures("ledger")

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def _people(*names: str, born: str = "1961-03-04") -> list[dict[str, Any]]:
    return [person(str(n), name, born=born) for n, name in enumerate(names, start=1)]


def _sides(pair: OpenPair) -> tuple[EntryKey, EntryKey]:
    return pair.left, pair.right


def test_queue_holds_what_is_open_with_the_same_reasons(owner_sql: Any, tmp_path: Path) -> None:
    office = make_office(owner_sql)
    names = ("Viktor Strovik", "Ludmila Varga", "Anton Dresk", "Pavel Orlin", "Mira Kolt", "Jan Po")
    listed(office, XF, tmp_path, [*_people(*names, "Viktor Strovik"), person("8", "X")])
    listed(office, XZ, tmp_path, _people(*names))
    resolved(office.writer)
    one, two = office.writer, office.reviewer
    judged(one, (XF, "1"), (XZ, "1"), SAME, second=two)
    judged(one, (XF, "7"), (XZ, "1"), SAME, second=two)
    judged(one, (XF, "1"), (XF, "7"), DIFFERENT, second=two)
    judged(one, (XF, "2"), (XZ, "2"), SAME)
    judged(one, (XF, "3"), (XZ, "3"), UNSURE)
    judged(one, (XF, "4"), (XZ, "4"), SAME, second=two)
    judged(one, (XF, "5"), (XZ, "6"), UNSURE)
    later = _people(*names[:3], "Pavel Orlin the Younger", *names[4:])
    listed(office, XZ, tmp_path, later)
    resolved(office.writer)
    listed(office, XZ, tmp_path, [*later, person("9", "Somebody New")])
    standing, queue = standing_of(PUBLIC), queue_of(PUBLIC)
    assert sorted(queue.pairs, key=_sides) == sorted(standing.open, key=_sides)
    assert {each.why for each in queue.pairs} == set(Why)
    assert [each.score for each in queue.pairs] == [each.score for each in standing.open]
    assert queue.waiting == standing.waiting == ((XZ, "9"),)
    assert queue.refused == standing.refused
    assert [each.key for each in queue.refused] == [(XF, "8")]
    assert [found for found, _ in queue.contradictions] == list(standing.contradictions)
    assert len(queue.contradictions[0][1]) == 3
    strong = [each for each in standing.open if each.strong and each.why is Why.NEW]
    assert queue.acceptable.keys == tuple((each.left, each.right) for each in strong)


def test_queue_is_narrowed_by_reason_list_and_words(owner_sql: Any, tmp_path: Path) -> None:
    office = make_office(owner_sql)
    listed(office, XF, tmp_path, _people("Viktor Strovik", "Ludmila Varga"))
    listed(office, XZ, tmp_path, _people("Wiktor Strowik", "Ludmila Varga"))
    resolved(office.writer)
    judged(office.writer, (XF, "2"), (XZ, "2"), SAME)
    assert [each.left for each in queue_of(PUBLIC, words="STROVIK wiktor").pairs] == [(XF, "1")]
    assert [each.left for each in queue_of(PUBLIC, why=Why.WAITS).pairs] == [(XF, "2")]
    assert len(queue_of(PUBLIC, strong=True).pairs) == len(queue_of(PUBLIC, source=XZ).pairs) == 2
    assert not queue_of(PUBLIC, source="un-sc").pairs
    assert not queue_of(PUBLIC, words="nobody").pairs
    assert len(queue_of(PUBLIC, source=XF).acceptable) == 1
