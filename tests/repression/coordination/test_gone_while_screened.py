"""Whoever is erased while files are held against lists comes back in nothing that was asked."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.core.matching.factories import AT, XF, Office, in_file, listed, make_office, person
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import announce, deliver
from undaunted.core.matching.actions import screen_subjects, screening
from undaunted.core.matching.analysis import held_against
from undaunted.core.matching.rules import Named
from undaunted.repression.coordination.actions import erase_notice, record_notices
from undaunted.repression.coordination.queries import notices_for
from undaunted.repression.coordination.rules import NoticeKind, ToldNotice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.actions import Screened

pytestmark = pytest.mark.usefixtures("ledger")
NAME, MUTE = "Viktor Strovik", "V"
ASKED = "SELECT subject, entry FROM matching_question"
REFUSED = "SELECT refused::text FROM matching_screening"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    made = make_office(owner_sql)
    listed(made, XF, tmp_path, [person("1", NAME, born="1961-03-04")])
    return made


def _noticed(office: Office, *names: str) -> None:
    told = [
        ToldNotice(f"A-{at}", NoticeKind.RED, (name,), "told by the person (invented)", "XR")
        for at, name in enumerate(names)
    ]
    with acting_as(office.writer) as actor:
        record_notices(office.holder, told, actor=actor, at=AT)


def _held(office: Office, kind: Named) -> Screened:
    with acting_as(office.writer) as actor:
        return screen_subjects(office.holder, kind, actor=actor, at=timezone.now())


def _meanwhile(monkeypatch: pytest.MonkeyPatch, step: Callable[[], None], *, last: int = 1) -> None:
    """Let a step be taken once all were held, before anything is asked."""
    times = count(1)

    def slow(*given: Any) -> Any:
        done = held_against(*given)
        if next(times) == last:
            step()
        return done

    monkeypatch.setattr(screening, "held_against", slow)


def _erase_all_notices(actor: Actor) -> None:
    for each in notices_for(actor):
        erase_notice(each, actor=actor, at=timezone.now())


def test_notice_that_is_erased_meanwhile_is_asked_about_and_told_no_more(
    office: Office, owner_sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _noticed(office, NAME, MUTE)
    with acting_as(office.writer) as actor:
        _meanwhile(monkeypatch, lambda: _erase_all_notices(actor))
        done = screen_subjects(office.holder, Named.NOTICE, actor=actor, at=timezone.now())
    assert (done.new, done.refused) == (0, {})
    assert owner_sql(ASKED) == []
    assert owner_sql(REFUSED) == [("{}",)]


@pytest.mark.parametrize("kind", [Named.PERSON, Named.NOTICE])
def test_person_who_is_erased_meanwhile_is_asked_about_no_more_on_either_side(
    office: Office, owner_sql: Any, monkeypatch: pytest.MonkeyPatch, kind: Named
) -> None:
    gone = [in_file(office, "Quentin Zzyzx" if kind is Named.NOTICE else NAME, born="1961")]
    gone += [in_file(office, MUTE)] if kind is Named.PERSON else []
    _noticed(office, "Quentin Zzyzx")
    assert _held(office, kind).new == 1, "who stands is asked about"
    owner_sql("DELETE FROM matching_question")

    def erase() -> None:
        owner_sql("DELETE FROM actors_partyname WHERE party_id = ANY (%s::uuid[])", [gone])

    _meanwhile(monkeypatch, erase, last=2 if kind is Named.NOTICE else 1)
    done = _held(office, kind)
    assert (done.new, done.refused) == (0, {})
    assert owner_sql(ASKED) == []
    assert owner_sql(REFUSED) == [("{}",)]


def test_file_is_forgotten_in_turn_with_whoever_screens(office: Office) -> None:
    _noticed(office, NAME)
    with acting_as(office.writer) as actor, CaptureQueriesContext(connection) as asked:
        _erase_all_notices(actor)
    told = [each["sql"] for each in asked.captured_queries]
    waits = next(at for at, sql in enumerate(told) if "screening of" in sql
                 and "pg_advisory_xact_lock" in sql)  # fmt: skip
    assert waits < next(at for at, sql in enumerate(told) if "matching_forget_file" in sql)


@pytest.mark.parametrize("kind", ["erased", "given_up"])
def test_person_is_forgotten_in_turn_with_whoever_screens(
    office: Office, owner_sql: Any, kind: str
) -> None:
    whom = UUID(in_file(office, NAME, born="1961-03-04"))
    turn = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
        " AND ((classid::bigint << 32) | objid::bigint) = hashtext(%s)"
    )
    with acting_as(office.writer) as actor:
        deliver(announce(kind, whom, AT), actor=actor, at=AT)
        assert owner_sql(turn, [f"screening of {office.holder}"]) == [(1,)], "until it commits"


def test_whose_names_cannot_be_compared_is_told_no_more_once_their_file_is_erased(
    office: Office, owner_sql: Any
) -> None:
    gone, stays = UUID(in_file(office, MUTE)), in_file(office, "W")
    _noticed(office, MUTE)
    assert set(_held(office, Named.PERSON).refused) == {f"person:{gone}", f"person:{stays}"}
    assert len(_held(office, Named.NOTICE).refused) == 1
    with acting_as(office.writer) as actor:
        _erase_all_notices(actor)
        deliver(announce("erased", gone, AT), actor=actor, at=AT)
    told = "SELECT kind, ARRAY(SELECT jsonb_object_keys(refused)) FROM matching_screening"
    assert dict(owner_sql(told)) == {"person": [f"person:{stays}"], "notice": []}
