"""What was answered of a file holds when it becomes one with another, and when it is parted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.matching.factories import (
    AT,
    XF,
    Office,
    answered_as_shown,
    in_file,
    listed,
    make_office,
    person,
    screened,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import SAME as ONE
from undaunted.core.actors.actions import judge_match, undo_judgement
from undaunted.core.actors.models import Judgement, Party
from undaunted.core.matching.queries import answers_for, asked_again, questions_for, sheets_of
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User
    from undaunted.core.matching.models import Answer
    from undaunted.core.matching.queries import Asked

pytestmark = pytest.mark.usefixtures("ledger")

NAME, OTHER = "Виктор Стровик", "Quentin Zzyzx"
SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-03-04")])
    return held


def _earlier(office: Office, name: str, born: str = "1961") -> str:
    """Record a file that stands for later ones when they become one."""
    made = in_file(office, name, born=born)
    with acting_as(office.writer):
        Party.objects.filter(pk=made).update(recorded_at=AT - timedelta(days=5))
    return made


def _counts(office: Office) -> tuple[int, int, int, int]:
    done = screened(office)
    return done.new, done.again, done.remembered, done.closed


def _sheets(office: Office) -> list[Asked]:
    with acting_as(office.writer) as actor:
        return list(sheets_of(actor, questions_for(actor)))


def _answered(office: Office, verdict: Verdict, about: str = "", who: User | None = None) -> Answer:
    with acting_as(who or office.writer) as actor:
        rows = questions_for(actor)
        held = (rows.filter(subject=f"person:{about}") if about else rows)[0]
        return answered_as_shown(actor, held, verdict)


def _joined(office: Office, one: str, other: str) -> Judgement:
    with acting_as(office.writer) as actor:
        pair = Party.objects.in_bulk([one, other])
        left, right = sorted(pair.values(), key=lambda each: str(each.pk) == other)
        return judge_match(
            left, right, actor=actor, at=AT, verdict=ONE, score=0.9, reasons=(),
            left_key="a", right_key="b",
        )  # fmt: skip


def _parted(office: Office, made: Judgement) -> None:
    with acting_as(office.writer) as actor:
        undo_judgement(made, actor=actor, at=AT)


def test_a_cleared_hit_holds_when_the_file_says_the_same_with_another(office: Office) -> None:
    early, late = _earlier(office, NAME), in_file(office, NAME, born="1961")
    assert _counts(office) == (2, 0, 0, 0)
    _answered(office, DIFFERENT, late)
    assert _counts(office) == (0, 0, 1, 0)
    made = _joined(office, early, late)
    assert _counts(office) == (0, 0, 1, 1)
    _parted(office, made)
    assert _counts(office) == (1, 0, 1, 0)


def test_the_answer_of_a_member_alone_holds_for_both(office: Office) -> None:
    late = in_file(office, NAME, born="1961")
    _counts(office)
    _answered(office, DIFFERENT)
    early = _earlier(office, NAME)
    _joined(office, early, late)
    assert _counts(office) == (0, 0, 1, 0)


def test_a_cleared_hit_is_asked_again_with_the_old_answer_when_more_is_said(
    office: Office,
) -> None:
    early, late = _earlier(office, OTHER), in_file(office, NAME, born="1961")
    assert _counts(office) == (1, 0, 0, 0)
    cleared = _answered(office, DIFFERENT)
    made = _joined(office, early, late)
    assert _counts(office) == (0, 1, 0, 0)
    (sheet,) = _sheets(office)
    assert sheet.before is not None
    assert (sheet.before.pk, sheet.again, sheet.file_changed) == (cleared.pk, True, True)
    with acting_as(office.writer) as actor:
        assert asked_again(actor, answers_for(actor)) == {cleared.pk}
    _answered(office, SAME)
    _answered(office, SAME, who=office.reviewer)
    assert _counts(office) == (0, 0, 1, 0)
    _parted(office, made)
    assert _counts(office) == (0, 0, 1, 0), "what was answered of the file alone holds again"


def test_an_open_question_goes_over_to_whoever_stands_for_the_file(office: Office) -> None:
    early, late = _earlier(office, OTHER, born=""), in_file(office, NAME, born="1961")
    assert _counts(office) == (1, 0, 0, 0)
    _joined(office, early, late)
    (before,) = _sheets(office)
    assert before.subject is not None, "who is meant is told before anybody screens again"
    assert _counts(office) == (0, 0, 0, 0)
    (sheet,) = _sheets(office)
    assert sheet.question.subject == f"person:{early}"
    assert sheet.subject is not None
    assert set(sheet.subject.form.names) == {NAME, OTHER}


def test_two_open_questions_about_one_person_become_one(office: Office) -> None:
    early, late = _earlier(office, NAME), in_file(office, NAME, born="1961")
    assert _counts(office) == (2, 0, 0, 0)
    made = _joined(office, early, late)
    assert _counts(office) == (0, 0, 0, 1)
    assert len(_sheets(office)) == 1
    _parted(office, made)
    assert _counts(office) == (1, 0, 0, 0)


def test_files_that_were_answered_differently_are_asked_about_again(office: Office) -> None:
    early, late = _earlier(office, NAME), in_file(office, NAME, born="1961")
    _counts(office)
    _answered(office, DIFFERENT, early)
    _answered(office, SAME, late)
    _answered(office, SAME, late, office.reviewer)
    assert _counts(office) == (0, 0, 2, 0)
    _joined(office, early, late)
    assert _counts(office) == (0, 1, 0, 0)
    _answered(office, DIFFERENT)
    assert _counts(office) == (0, 0, 1, 0)


def test_what_one_person_said_of_a_member_waits_for_a_second(office: Office) -> None:
    early, late = _earlier(office, NAME), in_file(office, NAME, born="1961")
    _counts(office)
    first = _answered(office, SAME, late)
    _joined(office, early, late)
    assert _counts(office) == (0, 0, 0, 1)
    (sheet,) = _sheets(office)
    assert sheet.waits
    done = _answered(office, SAME, who=office.reviewer)
    assert (done.pk, done.confirmed_by) == (first.pk, office.reviewer.pk)
    assert _counts(office) == (0, 0, 1, 0)
