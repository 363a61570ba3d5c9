"""What was answered lately names whom it is about, to those who read the file and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from tests.core.matching.factories import (
    XF,
    Office,
    answered_as_shown,
    in_file,
    listed,
    make_office,
    person,
    screened,
)
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.writers import titled_whose
from undaunted.core.matching.queries import questions_for
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
FILES = "/desk/matching/files/"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [person("1", "Viktor Strovik"), person("2", "Anna Maria Fellner")])
    in_file(held, "Виктор Стровик")
    screened(held)
    with acting_as(held.writer) as actor:
        answered_as_shown(actor, questions_for(actor)[0], Verdict.DIFFERENT, "Another mother.")
    return held


def _answered(who: User) -> str:
    answer = signed_in_client(who).get(FILES)
    assert answer.status_code == 200
    return answer.content.decode().partition("Answered lately")[2]


def test_an_answer_names_the_person_and_the_entry(office: Office) -> None:
    told = _answered(office.reader)
    assert "Виктор Стровик" in told
    assert "Viktor Strovik" in told
    assert f"{titled_whose(XF)}, 1" in told
    assert "no more" not in told


def test_an_entry_that_left_its_list_is_named_as_it_last_stood(
    office: Office, tmp_path: Path
) -> None:
    listed(office, XF, tmp_path, [person("2", "Anna Maria Fellner"), person("3", "Ilya Dresk")])
    told = _answered(office.writer)
    assert "Viktor Strovik" in told
    assert "The entry is on its list no more" in told


def test_nobody_else_is_told_whom_an_answer_is_about(office: Office, owner_sql: Any) -> None:
    other = make_user(owner_sql, {make_organisation(owner_sql): [Role.DOCUMENTER]})
    assert "Стровик" in _answered(office.writer)
    assert _answered(other) == ""
    assert "Стровик" not in signed_in_client(other).get(FILES).content.decode()
