"""What tells that a standing is still the same, so that nobody is shown one that has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.matching.factories import (
    AT,
    XF,
    XZ,
    confirmed,
    judged,
    listed,
    make_office,
    person,
    resolved,
    undone,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import withdraw_version
from undaunted.core.listings.queries import version_in_force
from undaunted.core.matching.queries import reasons_of, standing_mark, standing_of
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")


def test_mark_changes_with_all_that_a_standing_rests_on(owner_sql: Any, tmp_path: Path) -> None:
    office = make_office(owner_sql)
    marks = [standing_mark(PUBLIC)]
    listed(office, XF, tmp_path, [person("F1", "Viktor Strovik", born="1961-03-04")])
    marks.append(standing_mark(PUBLIC))
    listed(office, XZ, tmp_path, [person("Z1", "Victor Strovik", born="1961-03-04")])
    marks.append(standing_mark(PUBLIC))
    resolved(office.writer)
    marks.append(standing_mark(PUBLIC))
    assert standing_mark(PUBLIC) == marks[-1], "nothing changed"
    made = judged(office.writer, (XF, "F1"), (XZ, "Z1"), Verdict.SAME)
    marks.append(standing_mark(PUBLIC))
    confirmed(office.reviewer, made)
    marks.append(standing_mark(PUBLIC))
    undone(office.writer, made, "mistaken")
    marks.append(standing_mark(PUBLIC))
    version = version_in_force(PUBLIC, XZ)
    assert version is not None
    with acting_as(office.reviewer) as actor:
        withdraw_version(version, actor=actor, at=AT)
    marks.append(standing_mark(PUBLIC))
    assert len(set(marks)) == len(marks)


def test_pair_comes_without_reasons_and_they_are_asked_for(owner_sql: Any, tmp_path: Path) -> None:
    office = make_office(owner_sql)
    listed(office, XF, tmp_path, [person("F1", "Viktor Strovik", born="1961-03-04")])
    listed(office, XZ, tmp_path, [person("Z1", "Victor Strovik", born="1961-03-04")])
    resolved(office.writer)
    (whole,), (bare,) = standing_of(PUBLIC).open, standing_of(PUBLIC, reasons=False).open
    assert whole.reasons
    assert bare.reasons == ()
    assert (bare.left, bare.right, bare.score) == (whole.left, whole.right, whole.score)
    pair = (bare.left, bare.right)
    assert reasons_of(PUBLIC, [pair]) == {pair: whole.reasons}
    assert reasons_of(PUBLIC, [(bare.left, (XZ, "nobody"))]) == {}
