"""What another organisation judged is confirmed by others, and judged again by its own people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import make_user, signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.matching.factories import (
    AT,
    XF,
    XZ,
    Office,
    judged,
    listed,
    make_office,
    person,
    resolved,
    shown,
    shown_together,
)
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.actions import (
    MatchingRefused,
    confirm_batch,
    confirm_judgement,
    judge_entries_together,
)
from undaunted.core.matching.commands import commands
from undaunted.core.matching.queries import log, pair_for, together_for
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from undaunted.core.accounts.models import User

DESK = "/desk/matching/"
LEFT, RIGHT = (XF, "1"), (XZ, "9")
PAIR = f"{DESK}pair/?left={XF}:1&right={XZ}:9"
VIKTOR = person("1", "Viktor Strovik", born="1961-03-04")
ANTON = person("2", "Anton\u202e Brevik")
AGAIN, THEIRS = "judge the pair again", "another organisation judged this pair"

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [VIKTOR, ANTON])
    others = [person("9", "Wiktor Strowik", born="1961-03-04"), person("8", "Anton Brevik")]
    listed(held, XZ, tmp_path, others)
    resolved(held.writer)
    return held


@pytest.fixture
def theirs(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _changed(office: Office, folder: Path) -> None:
    listed(office, XF, folder, [{**VIKTOR, "remarks": "Brother of an entry."}, ANTON])


def _page(who: User) -> str:
    return signed_in_client(who).get(PAIR).content.decode()


def _refused(who: User, made: UUID) -> str:
    with acting_as(who) as actor, pytest.raises(MatchingRefused) as refused:
        confirm_judgement(made, seen=shown((LEFT, RIGHT)), actor=actor, at=AT)
    return str(refused.value)


def test_who_may_not_judge_again_is_told_whom_to_ask(
    office: Office, theirs: Office, tmp_path: Path, owner_sql: Any
) -> None:
    made = judged(office.writer, LEFT, RIGHT, Verdict.SAME)
    assert "The same</button>" in _page(theirs.writer), "they confirm it, of what is as it was"
    _changed(office, tmp_path)
    steward = make_user(owner_sql, {theirs.holder: [Role.STEWARD]})
    for who in (office.reviewer, steward):
        page = _page(who)
        assert AGAIN in page
        assert "The same</button>" in page
        assert "/undo/" in page
        assert AGAIN in _refused(who, made.pk)
    page = _page(theirs.writer)
    assert AGAIN not in page
    assert "The same</button>" not in page
    assert "/undo/" not in page
    assert THEIRS in page.lower()
    assert THEIRS in _refused(theirs.writer, made.pk)
    words = ("confirm", made.pk)
    assert AGAIN not in run_at_terminal(commands, *words, person=theirs.writer, status=2)
    assert AGAIN in run_at_terminal(commands, *words, person=office.reviewer, status=2)


def test_what_two_confirmed_is_replaced_by_nobody_else(office: Office, theirs: Office) -> None:
    judged(office.writer, LEFT, RIGHT, Verdict.SAME, second=office.reviewer)
    page = _page(theirs.writer)
    assert THEIRS in page.lower()
    assert "The same</button>" not in page
    judged(office.writer, LEFT, RIGHT, Verdict.UNSURE)
    assert "The same</button>" in _page(theirs.writer), "nobody could tell: that is open to all"


def test_of_an_act_the_state_of_each_pair_is_told_and_no_sign_commands(
    office: Office, theirs: Office, tmp_path: Path
) -> None:
    pairs = (LEFT, RIGHT), ((XF, "2"), (XZ, "8"))
    with acting_as(office.writer) as actor:
        batch = judge_entries_together(
            pairs, verdict=Verdict.SAME, why="Looked.", seen=shown(*pairs), actor=actor, at=AT
        )
    _changed(office, tmp_path)
    words = ("undo", batch, "--together")
    lines = run_at_terminal(commands, *words, person=office.writer, status=2).splitlines()
    assert [each.rpartition("[")[2] for each in lines[:2]] == ["waits]", "changed]"]
    seen = shown_together(office.reviewer, batch)
    with acting_as(office.reviewer) as actor:
        confirm_batch(batch, seen=seen, actor=actor, at=AT)
    told = run_at_terminal(commands, *words, person=office.writer, status=2)
    lines = told.splitlines()
    assert [each.rpartition("[")[2] for each in lines[:2]] == ["changed]", "settled]"]
    assert "\u202e" not in told
    assert "Anton\\u202e Brevik" in told
    address = f"{DESK}log/together/{batch}/confirm/"
    for who, ours in ((office.reviewer, True), (theirs.reviewer, False)):
        with acting_as(who) as actor:
            act = together_for(actor, batch)
        assert act is not None
        assert act.ours is ours
        page = signed_in_client(who).get(address).content.decode()
        assert ("judge each pair again" in page) is ours


def test_entries_are_read_for_the_log_of_a_program_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What names a hundred pairs was worked out for each page of the log, and of each pair."""
    judged(office.writer, LEFT, RIGHT, Verdict.SAME)
    read = vars(log)["entries_named"]
    asked: list[int] = []

    def counting(actor: Any, keys: Any) -> Any:
        asked.append(len(keys))
        return read(actor, keys)

    for name in ("undaunted.core.matching.queries.log", "undaunted.core.matching.queries.shown"):
        monkeypatch.setattr(f"{name}.entries_named", counting)
    with acting_as(office.writer) as actor:
        assert len(log.log_of(actor)) == 1
        assert asked == []
        sheet = pair_for(actor, LEFT, RIGHT)
    assert sheet is not None
    assert asked == [2]
