"""A notice that is amended keeps what was answered of it, while it says the same of who that is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.core.matching.factories import XF, Office, answered_as_shown, listed, make_office, person
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.queries import questions_for
from undaunted.core.matching.rules import Verdict
from undaunted.core.matching.tasks import screen_files
from undaunted.repression.coordination.actions import (
    import_notices,
    record_notices,
    screen_notices,
)
from undaunted.repression.coordination.queries import notices_for
from undaunted.repression.coordination.rules import CoordinationRefused, NoticeKind, ToldNotice

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.matching.actions import Screened

pytestmark = pytest.mark.usefixtures("ledger")

NAME = "Viktor Strovik"
TOLD = ToldNotice(
    "A-1", NoticeKind.RED, (NAME, "Viktor Ivanovich Strovik"), "told by the person (invented)",
    "XR", births=("1961-03-04",),
)  # fmt: skip
HEAD = "number,kind,name,source,birth\n"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    """Give an office whose notice was held against a list, and whose hit was cleared."""
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [person("1", NAME, born="1961-03-04")])
    with acting_as(held.writer) as actor:
        record_notices(held.holder, [TOLD], actor=actor, at=timezone.now())
    assert _screened(held).new == 1
    with acting_as(held.writer) as actor:
        (asked,) = questions_for(actor)
        answered_as_shown(actor, asked, Verdict.DIFFERENT, "Another.", timezone.now())
    return held


def _amended(office: Office, **told: Any) -> Screened:
    with acting_as(office.writer) as actor:
        notice = replace(TOLD, **told)
        record_notices(office.holder, [notice], actor=actor, at=timezone.now(), amending=True)
    return _screened(office)


def _screened(office: Office) -> Screened:
    with acting_as(office.writer) as actor:
        return screen_notices(office.holder, actor=actor, at=timezone.now())


def test_cleared_hit_holds_while_amendments_and_lists_say_nothing_else_of_who_it_is(
    office: Office, tmp_path: Path
) -> None:
    told = _amended(office, kind=NoticeKind.DIFFUSION, source="Told anew", file="CCF-7")
    assert (told.asked, told.remembered, told.new, told.again) == (1, 1, 0, 0)
    told = _amended(office, names=tuple(reversed(TOLD.names)))
    assert (told.remembered, told.again) == (1, 0), "names are in no order"
    listed(office, XF, tmp_path, [person("1", NAME, born="1961-03-04", remarks="Amended.")])
    assert (_screened(office).remembered, _screened(office).again) == (1, 0)
    told = _amended(office, births=("1961-03-05",))
    assert (told.remembered, told.again) == (0, 1), "another birth is another question"
    told = _amended(office)
    assert (told.remembered, told.closed) == (1, 1), "told as when it was answered"
    listed(office, XF, tmp_path, [person("1", NAME, born="1961-03-06")])
    assert (_screened(office).remembered, _screened(office).again) == (0, 0)
    with acting_as(office.writer) as actor:
        assert [each.number for each in notices_for(actor)] == ["A-1"]
        assert questions_for(actor).count() == 1


def test_nothing_is_amended_unless_somebody_says_so(office: Office) -> None:
    with acting_as(office.writer) as actor:
        who: dict[str, Any] = {"actor": actor, "at": timezone.now()}
        with pytest.raises(CoordinationRefused, match="A-1 is entered already"):
            record_notices(office.holder, [TOLD], **who)
        two = [replace(TOLD, number="A-2")] * 2
        with pytest.raises(CoordinationRefused, match="A-2 is entered already"):
            record_notices(office.holder, two, **who, amending=True)
        table = f"{HEAD}A-1,blue,{NAME},Told anew,1961\nA-3,red,Anna Fellner,Told,\n"
        import_notices(office.holder, table.encode(), **who, amending=True)
        kinds = dict(notices_for(actor).values_list("number", "kind"))
        assert kinds == {"A-1": "blue", "A-3": "red"}


def test_page_amends_a_notice_of_ones_own_alone(office: Office, owner_sql: Any) -> None:
    client, address = signed_in_client(office.writer), reverse("coordination-desk:notice-file")
    table = f"{HEAD}A-1,blue,{NAME},Told anew,1961\n".encode()

    def sent(**more: str) -> int:
        file = SimpleUploadedFile("notices.csv", table)
        told = {"holder": str(office.holder), "table": file, **more}
        return client.post(address, told).status_code

    assert "Amend what was entered under the same number" in client.get(address).text
    assert sent() == 422
    assert sent(amending="on") == 302
    other = make_office(owner_sql)
    with acting_as(other.writer) as actor:
        record_notices(other.holder, [TOLD], actor=actor, at=timezone.now(), amending=True)
    told = owner_sql("SELECT holder, kind FROM coordination_notice")
    assert dict(told) == {office.holder: "blue", other.holder: "red"}


def test_whoever_an_amendment_tells_of_otherwise_is_held_against_lists_by_itself(
    office: Office, owner_sql: Any
) -> None:
    def amended(**told: Any) -> list[Any]:
        notice = replace(TOLD, **told)
        with acting_as(office.writer) as actor:
            record_notices(office.holder, [notice], actor=actor, at=timezone.now(), amending=True)
        held = "SELECT args FROM procrastinate_jobs WHERE task_name = 'matching.screen_files'"
        return [args for (args,) in owner_sql(held)]

    assert amended(source="Told anew", kind=NoticeKind.DIFFUSION) == [], "nothing of who it is"
    (job,) = amended(births=("1961-03-05",))
    assert job == {
        "person": str(office.writer.pk),
        "holder": str(office.holder),
        "kind": "notice",
    }
    screen_files(**job)
    with acting_as(office.writer) as actor:
        (asked,) = questions_for(actor)
        answered_as_shown(actor, asked, Verdict.DIFFERENT, "Another.")
    screen_files(**amended(births=("1961-03-05",), file="CCF-8")[-1])
    with acting_as(office.writer) as actor:
        assert not questions_for(actor), "what was cleared stays so where nothing of it changed"


def test_who_was_never_held_against_lists_is_not_by_an_amendment(owner_sql: Any) -> None:
    held = make_office(owner_sql)
    with acting_as(held.writer) as actor:
        for births in ((), ("1961",)):
            notice = replace(TOLD, births=births)
            record_notices(held.holder, [notice], actor=actor, at=timezone.now(), amending=True)
    assert not owner_sql("SELECT id FROM procrastinate_jobs WHERE task_name LIKE 'matching.%'")
