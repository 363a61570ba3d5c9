"""What a file that one person brought no longer holds is missing; a second word says it is gone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.accounts.factories import make_user, signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.listings.factories import AT, Office, loaded, make_office, plain_list
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import (
    VersionRefused,
    attest_version,
    load_list,
    withdraw_version,
)
from undaunted.core.listings.actions.vouching import mark_attested
from undaunted.core.listings.commands import commands
from undaunted.core.listings.queries import (
    history_of,
    missing_by_one,
    missing_from,
    version_in_force,
    vouched_for,
)
from undaunted.core.listings.rules import Came, vouched_gone

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User
    from undaunted.core.listings.models import ListVersion

pytestmark = pytest.mark.usefixtures("ledger")

XF = "xf-invented"
MISSING = "Missing from a file that one person brought"
FEW = ["One", "Two", "Four", "Five"]


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def alone(owner_sql: Any, office: Office) -> User:
    """Who loads lists and may take them down: an office of one."""
    return make_user(owner_sql, {office.holder: [Role.DOCUMENTER, Role.REVIEWER]})


def _version() -> ListVersion:
    held = version_in_force(PUBLIC, XF)
    assert held is not None
    return held


def _attest(user: User) -> None:
    with acting_as(user) as actor:
        attest_version(_version(), actor=actor, at=AT)


def _dropped(office: Office, folder: Path) -> None:
    loaded(office, XF, plain_list(folder / "a.jsonl", FEW))
    loaded(office, XF, plain_list(folder / "b.jsonl", FEW[:3]))


def test_what_one_persons_file_drops_is_gone_by_a_second_persons_word(
    office: Office, tmp_path: Path
) -> None:
    _dropped(office, tmp_path)
    assert missing_by_one(PUBLIC)[XF].number == 2
    assert missing_from(PUBLIC, XF) == {"Five": 2}
    _attest(office.reviewer)
    assert missing_by_one(PUBLIC) == {}
    assert missing_from(PUBLIC, XF) == {}
    with pytest.raises(VersionRefused, match="where a person brought it"):
        _attest(office.reviewer)


def test_a_later_version_that_is_confirmed_speaks_for_what_was_missing_before(
    office: Office, tmp_path: Path
) -> None:
    _dropped(office, tmp_path)
    loaded(office, XF, plain_list(tmp_path / "c.jsonl", [*FEW[:3], "Six"]))
    assert missing_by_one(PUBLIC)[XF].number == 2
    _attest(office.reviewer)
    assert missing_from(PUBLIC, XF) == {}
    loaded(office, XF, plain_list(tmp_path / "d.jsonl", FEW[:3]))
    assert missing_from(PUBLIC, XF) == {"Six": 4}


def test_what_a_later_version_holds_again_is_missing_no_more(
    office: Office, tmp_path: Path
) -> None:
    _dropped(office, tmp_path)
    whole = loaded(office, XF, tmp_path / "a.jsonl", confirmed=True)
    assert whole.number == 3
    assert missing_by_one(PUBLIC) == {}
    page = signed_in_client(office.reviewer).get("/desk/listings/").content.decode()
    assert 'name="attest"' not in page
    assert MISSING not in page
    assert MISSING not in Client().get(f"/lists/{XF}/versions/2/").content.decode()
    assert "brought by one person" not in run_at_terminal(commands, "versions", XF, person=None)
    again = loaded(office, XF, tmp_path / "a.jsonl", came=Came.FETCHED)
    assert again.unchanged


STEPS = st.lists(
    st.tuples(
        st.sets(st.sampled_from("abcd"), min_size=1, max_size=4),
        st.sampled_from(["brought", "confirmed", "fetched", "withdrawn"]),
    ),
    min_size=2,
    max_size=6,
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_database_and_rule_say_the_same_of_what_is_missing(
    steps: list[tuple[set[str], str]], office: Office, tmp_path: Path
) -> None:
    for place, (held, how) in enumerate(steps):
        came = Came.FETCHED if how == "fetched" else Came.BROUGHT
        named = [f"{each} {each}" for each in sorted(held)]
        file = plain_list(tmp_path / f"{place}.jsonl", named)
        done = loaded(office, XF, file, came=came, confirmed=True)
        if how == "confirmed" and not _version().sure:
            _attest(office.reviewer)
        if how == "withdrawn" and not done.unchanged:
            with acting_as(office.reviewer) as actor:
                withdraw_version(_version(), actor=actor, at=AT)
    vouched = vouched_for(PUBLIC, XF)
    told = {}
    for key in (f"{each} {each}" for each in "abcd"):
        forms = history_of(PUBLIC, XF, key)
        gone = forms[-1].last if forms else None
        if gone is not None and not vouched_gone(vouched, gone):
            told[key] = gone
    assert missing_from(PUBLIC, XF) == told
    with acting_as(office.writer):
        assert missing_from(PUBLIC, XF, face="default") == told
    assert set(missing_by_one(PUBLIC)) == ({XF} if told else set())


def test_a_version_that_is_vouched_for_lacks_what_it_says_is_gone() -> None:
    assert not vouched_gone((), 2)
    assert not vouched_gone((1,), 2)
    assert vouched_gone((2,), 2)
    assert vouched_gone((2,), 2, 3)
    assert vouched_gone((3,), 2)
    assert not vouched_gone((3,), 2, 3)
    assert not vouched_gone((1, 5), 2, 4)


def test_the_same_file_from_the_issuers_address_says_that_it_is_so(
    office: Office, tmp_path: Path
) -> None:
    _dropped(office, tmp_path)
    file, later = tmp_path / "b.jsonl", AT + timedelta(hours=1)
    assert loaded(office, XF, file, at=later).unchanged
    assert loaded(office, XF, file, at=later, came=Came.FETCHED).number == 3
    assert missing_by_one(PUBLIC) == {}
    assert loaded(office, XF, file, at=later, came=Came.FETCHED).unchanged


def test_what_a_fetched_file_drops_needs_no_word(office: Office, tmp_path: Path) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", FEW))
    loaded(office, XF, plain_list(tmp_path / "b.jsonl", FEW[:3]), came=Came.FETCHED)
    assert missing_by_one(PUBLIC) == {}
    with pytest.raises(VersionRefused, match="where a person brought it"):
        _attest(office.reviewer)


def test_nobody_confirms_what_they_brought_themselves_nor_without_the_role(
    office: Office, alone: User, tmp_path: Path
) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", FEW))
    with acting_as(alone) as actor:
        load_list(XF, plain_list(tmp_path / "b.jsonl", FEW[:3]), actor=actor, at=AT)
    with pytest.raises(VersionRefused, match="another person than who brought it"):
        _attest(alone)
    with pytest.raises(Forbidden):
        _attest(office.writer)
    which, code = str(_version().pk), b""
    for user, said in ((office.reviewer, "through the application"), (office.writer, "the role")):
        with acting_as(user), pytest.raises(DatabaseError, match=said):
            _sql("SELECT listings_attest(%s, now(), %s)", which, code)
    with acting_as(alone), pytest.raises(DatabaseError, match="another person"):
        mark_attested(_version(), AT)
    _attest(office.reviewer)
    with acting_as(office.reviewer), pytest.raises(DatabaseError, match="a person brought"):
        mark_attested(_version(), AT)


def test_nobody_at_the_desk_writes_who_brought_a_version(office: Office, tmp_path: Path) -> None:
    _dropped(office, tmp_path)
    for column, value in (("brought_by", "'x'"), ("attested_at", "now()")):
        with acting_as(office.writer), pytest.raises(DatabaseError, match="permission denied"):
            _sql(f"UPDATE published_list_version SET {column} = {value}")


def test_pages_say_that_one_persons_file_says_so_until_another_confirms_it(
    office: Office, tmp_path: Path
) -> None:
    _dropped(office, tmp_path)
    said = "neither the issuer's address nor a second person confirmed it"
    addresses = (f"/lists/{XF}/entries/Five/", f"/lists/{XF}/versions/2/")
    for address in addresses:
        assert said in Client().get(address).content.decode().replace("&#x27;", "'")
    board = signed_in_client(office.reviewer)
    page = board.get("/desk/listings/").content.decode()
    assert "Missing from a file that one person brought" in page
    which = str(_version().pk)
    assert f'value="{which}"' in page
    writer = signed_in_client(office.writer)
    assert f'value="{which}"' not in writer.get("/desk/listings/").content.decode()
    refused = writer.post("/desk/listings/", {"attest": which})
    assert refused.status_code == 422
    reader = signed_in_client(office.reader)
    assert reader.post("/desk/listings/", {"attest": which}).status_code == 404
    assert _version().attested_at is None
    assert board.post("/desk/listings/", {"attest": which}).status_code == 302
    assert _version().attested_at is not None
    assert "not compared with the issuer" in Client().get(f"/lists/{XF}/versions/1/").text
    for address in addresses:
        assert "not compared with the issuer" not in Client().get(address).text
        assert "confirmed by two" in Client().get(address).text
        assert said not in Client().get(address).content.decode().replace("&#x27;", "'")


def test_the_terminal_tells_what_is_missing_and_takes_the_second_word(
    office: Office, tmp_path: Path
) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", FEW))
    less = plain_list(tmp_path / "b.jsonl", FEW[:3])
    told = run_at_terminal(commands, "load", XF, less, person=office.writer)
    assert "missing from your file" in told
    assert "brought by one person" in run_at_terminal(commands, "versions", XF, person=None)
    alone = run_at_terminal(commands, "attest", XF, 2, person=office.writer, status=2)
    assert "withdrawn by a reviewer" in alone
    assert "confirmed" in run_at_terminal(commands, "attest", XF, 2, person=office.reviewer)
    assert "brought by one person" not in run_at_terminal(commands, "versions", XF, person=None)


def _sql(statement: str, *parameters: str | bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters) or None)
