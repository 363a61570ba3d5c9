"""What a listed person reads of their petition's file, and when it was acknowledged."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.repression.coordination.factories import make_body
from tests.repression.coordination.program import Program
from tests.repression.coordination.test_petitions import (
    _client,
    _lists,
    _looked_at_anew,
    _petition,
    _posted,
    _words,
)
from undaunted.repression.coordination.rules import Asked, CoordinationReply
from undaunted.repression.coordination.writers import Letter, write_letter

if TYPE_CHECKING:
    from django.test import Client

    from tests.repression.coordination.factories import Body

pytestmark = pytest.mark.usefixtures("ledger")
DATES_OF_A_RANGE = {"zh-hans": ("止", "起"), "fr": ("Au", "Du"), "ru": ("По", "С")}  # noqa: RUF001


def test_what_the_desk_noted_of_a_request_is_not_in_the_letter(owner_sql: Any) -> None:
    _, client, _, address = _looked_at_anew(owner_sql)
    _posted(client, f"{address}answer/", reply="refused", text="The witnesses stand.")
    assert "Not me." in client.post(address).text
    words = _words(client.post(f"{address}letter.docx").content)
    assert "Not me." not in words
    assert "The witnesses stand." in words


def _letter(language: str) -> Letter:
    return Letter(
        sender="Office", to="N", through="", reference="A", authority="L", entry="E",
        asked=Asked.DELISTING, received_on=date(2026, 5, 4), reply=CoordinationReply.REFUSED,
        answer="No.", reviewed=(), on=date(2026, 6, 4), draft=False, hypothetical=False,
        language=language,
    )  # fmt: skip


@pytest.mark.parametrize(("language", "state"), [("en", "Australia"), ("fr", "Australie")])
def test_a_letter_says_whose_list_it_is_in_its_own_language(language: str, state: str) -> None:
    letter = replace(_letter(language), entry="au-dfat:1234a")
    assert f"Consolidated List ({state}): 1234a" in _words(write_letter(letter, media="docx"))


def test_a_typed_answer_keeps_its_direction_in_a_letter_that_runs_the_other_way() -> None:
    words = _words(write_letter(_letter("ar"), media="docx"))
    assert "<w:rtl/>" in words
    assert not re.search(r"<w:rtl/>(?:(?!<w:t[ >]).){0,300}<w:t[^>]{0,40}>No[.]<", words)


@pytest.mark.parametrize("language", sorted(DATES_OF_A_RANGE))
def test_heads_of_a_letter_are_not_the_ends_of_a_range(language: str) -> None:
    words = _words(write_letter(_letter(language), media="docx"))
    for word in DATES_OF_A_RANGE[language]:
        assert f">{word}<" not in words


def _entered(owner_sql: Any, days: int) -> tuple[Body, Client, str, date]:
    """Give a petition that came some days ago, and the day of today."""
    body = make_body(owner_sql, "XF")
    _lists(body)
    client, today = _client(body), timezone.now().date()
    told = _petition(body) | {"received_on": (today - timedelta(days=days)).isoformat()}
    return body, client, _posted(client, f"{DESK}petitions/new/", **told)["Location"], today


DESK = "/desk/coordination/"
MET = """SELECT p.acknowledged_on, c.met_at::date FROM coordination_petition p
    JOIN clocks_clock c ON c.subject_id = p.id WHERE c.rule = 'petition-acknowledgement'"""


def test_a_petition_was_acknowledged_on_the_day_that_is_said(owner_sql: Any) -> None:
    _, client, address, today = _entered(owner_sql, 30)
    for wrong in (today + timedelta(days=1), today - timedelta(days=31)):
        stopped = client.post(f"{address}acknowledge/", {"on": wrong.isoformat()})
        assert stopped.status_code == 409
        assert "give a day from that on which it came until today" in stopped.text
    day = today - timedelta(days=28)
    assert "Past the normal time" in client.get(address).text
    _posted(client, f"{address}acknowledge/", on=day.isoformat())
    assert owner_sql(MET) == [(day, day)]
    assert "Past the normal time" not in client.get(address).text.split("Papers")[0]


def test_one_that_came_and_was_acknowledged_on_one_day_is_noted_by_program(owner_sql: Any) -> None:
    body, _, address, today = _entered(owner_sql, 3)
    day, program = today - timedelta(days=3), Program(body.documenter)
    one = f"petitions/{address.strip('/').rsplit('/', 1)[1]}/acknowledgement"
    assert program.post(one, {"on": (today + timedelta(days=1)).isoformat()})[0] == 409
    assert program.post(one, {"on": day.isoformat()})[0] == 200
    assert owner_sql(MET) == [(day, day)]
