"""Petitions of listed persons at the desk: who answers, who lets it out, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.core.vault.factories import PASSPHRASE, Colleague, take_in
from tests.repression.coordination.factories import make_body
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import load_invented_lists
from undaunted.core.vault.actions import make_key_pair
from undaunted.core.vault.rules import FLOOR
from undaunted.repression.coordination.actions import record_petition
from undaunted.repression.coordination.rules import (
    Asked,
    CoordinationRefused,
    Petitioner,
)

if TYPE_CHECKING:
    from django.test import Client

    from tests.repression.coordination.factories import Body
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
DESK = "/desk/coordination/"


def _client(body: Body, *, second: bool = False, unlocked: bool = False) -> Client:
    client = signed_in_client(body.publisher if second else body.documenter)
    if unlocked:
        answer = client.post("/desk/vault/", {"passphrase": PASSPHRASE})
        assert answer.status_code == 302, answer.text
    return client


def _lists(body: Body) -> None:
    with acting_as(body.documenter) as actor:
        load_invented_lists(actor=actor, at=timezone.now())


def _posted(client: Client, page: str, **told: Any) -> Any:
    answer = client.post(page, told)
    assert answer.status_code == 302, answer.text
    return answer


def _joined(owner_sql: Any, body: Body) -> Client:
    """Take the second person into the team; gives their desk with their key open."""
    with acting_as(body.publisher) as actor:
        make_key_pair(PASSPHRASE, actor=actor, at=timezone.now(), work=FLOOR)
    take_in(owner_sql, body.team, body.publisher.pk, by=Colleague(body.documenter, body.key))
    return _client(body, second=True, unlocked=True)


def _read(client: Client, address: str) -> str:
    """Open a petition and give where the answer that was read is let out."""
    found = re.search(
        rf'"({re.escape(address)}answer/[0-9a-f-]{{36}}/confirm/)"', client.post(address).text
    )
    assert found is not None
    return found[1]


def _petition(body: Body) -> dict[str, Any]:
    return {
        "holder": body.id, "authority": "xf-rights", "asked": "delisting",
        "received_on": f"{timezone.now():%Y-%m-%d}", "entry": "xf-invented:XF-0001",
        "name": "Viktor Strovik (invented)", "represented_by": "Ada Advocate", "asks": "Not me.",
    }  # fmt: skip


def _looked_at_anew(owner_sql: Any) -> tuple[Body, Client, Client, str]:
    """Give an authority, two people's desks with open keys, and a petition to be answered."""
    body = make_body(owner_sql, "XF")
    _lists(body)
    client, second = _client(body, unlocked=True), _joined(owner_sql, body)
    address = _posted(client, f"{DESK}petitions/new/", **_petition(body))["Location"]
    for kind in ("review", "exculpatory"):
        _posted(client, f"{address}papers/", kind=kind, text="Read anew")
    return body, client, second, address


def test_a_petition_is_answered_by_two_people_with_a_letter(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XF")
    _lists(body)
    client, second = _client(body, unlocked=True), _joined(owner_sql, body)
    told = _petition(body)
    later = told | {"received_on": "2036-01-01"}
    assert "it is to come" in client.post(f"{DESK}petitions/new/", later).text
    address = _posted(client, f"{DESK}petitions/new/", **told)["Location"]
    page = client.get(address).text
    assert "Viktor" not in page
    assert "Authority acknowledges" in page
    _posted(client, f"{address}acknowledge/")
    assert client.post(f"{address}acknowledge/").status_code == 409
    reply = {"reply": "refused", "text": "The witnesses stand.\n\nWe looked again."}
    stopped = client.post(f"{address}answer/", reply)
    assert (stopped.status_code, "look at the evidence anew" in stopped.text) == (409, True)
    _posted(client, f"{address}papers/", kind="review", text="Read all of it again")
    assert "what speaks for the person" in client.post(f"{address}answer/", reply).text
    _posted(client, f"{address}papers/", kind="exculpatory", text="An alibi for one day")
    _posted(client, f"{address}answer/", **reply)
    draft = client.post(f"{address}letter.docx")
    assert "Read all of it again" not in _words(draft.content)
    _posted(second, _read(second, address))
    assert client.post(f"{address}papers/", {"kind": "review", "text": "x"}).status_code == 409
    shown = client.post(address).text
    for text in ("Viktor Strovik", "An alibi for one day", "The witnesses stand."):
        assert text in shown
    words = _words(client.post(f"{address}letter.docx").content)
    for text in (
        "Viktor Strovik", "The witnesses stand.", "Your request is refused.",
        "Freedonian Order on grave violations of human rights (invented)",
        "Invented list of Freedonia (Freedonia): XF-0001",
    ):  # fmt: skip
        assert text in words
    assert "xf-" not in words
    assert "An alibi" not in words
    assert client.post(f"{address}letter.pdf").content.startswith(b"%PDF")
    assert client.post(f"{address}letter.txt").status_code == 404
    (clear,) = owner_sql("SELECT string_agg(p::text, '') FROM coordination_petitionpart p")[0]
    assert "Viktor" not in clear
    rules = owner_sql("SELECT rule FROM clocks_clock WHERE met_at IS NULL ORDER BY rule")
    assert rules == [("retention-petition",)]
    stranger = _client(make_body(owner_sql, "XS"))
    assert stranger.get(address).status_code == 404
    assert "Freedonia: human rights" in client.get(DESK).text
    assert "Freedonia: human rights" not in stranger.get(DESK).text
    assert "xf-rights" not in client.get(DESK).text + shown


def test_an_answer_is_let_out_by_whoever_read_it(owner_sql: Any) -> None:
    body, client, second, address = _looked_at_anew(owner_sql)
    reply = {"reply": "refused", "text": "The witnesses stand."}
    assert "Let the answer out" not in second.get(address).text + second.post(address).text
    _posted(client, f"{address}answer/", **reply | {"text": "Too short."})
    early = _read(second, address)
    _posted(client, f"{address}answer/", **reply)
    stopped = second.post(early)
    assert (stopped.status_code, "drawn up anew meanwhile" in stopped.text) == (409, True)
    out = _read(second, address)
    assert client.post(out).status_code == 404
    unread = _client(body, second=True)
    assert _posted(unread, out)["Location"] == "/desk/vault/", "no key is open"
    assert owner_sql("SELECT closed_on FROM coordination_petition") == [(None,)]
    _posted(second, out)
    assert "answered on" in client.get(address).text


def test_an_answer_is_let_out_while_nothing_came_after_it(owner_sql: Any) -> None:
    body, client, second, address = _looked_at_anew(owner_sql)
    reply = {"reply": "refused", "text": "The witnesses stand."}
    _posted(client, f"{address}answer/", **reply)
    early = _read(second, address)
    _posted(client, f"{address}papers/", kind="exculpatory", text="The witness took it back.")
    stopped = second.post(early)
    assert (stopped.status_code, "draw it up anew" in stopped.text) == (409, True)
    shown = second.post(address).text
    assert "Something came after this answer was drawn up" in shown
    assert "Let the answer out" not in shown
    by_sql = "UPDATE coordination_petition SET closed_on = now(), closed_by = identity_actor()"
    assert "something came after" in _refused(body.publisher, by_sql)
    _posted(client, f"{address}answer/", **reply)
    _posted(second, _read(second, address))
    assert "answered on" in client.get(address).text


def test_papers_of_a_petition_stand_in_the_order_in_which_they_came_in_sql(
    owner_sql: Any,
) -> None:
    body, client, second, address = _looked_at_anew(owner_sql)
    _posted(client, f"{address}answer/", reply="refused", text="The witnesses stand.")
    copied = """INSERT INTO coordination_petitionpart SELECT (jsonb_populate_record(p,
        jsonb_build_object('id', gen_random_uuid(), 'recorded_by', identity_actor(),
        'recorded_at', {}))).* FROM coordination_petitionpart p WHERE kind = '{}'"""
    early = copied.format("p.recorded_at - interval '1 hour'", "review")
    assert "a paper comes after those" in _refused(body.documenter, early)
    _posted(second, _read(second, address))
    late = copied.format("now() + interval '1 hour'", "review")
    assert "takes no more papers" in _refused(body.documenter, late)


def _refused(who: User, statement: str) -> str:
    with (
        acting_as(who),
        pytest.raises(DatabaseError) as told,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(told.value)


def test_a_petition_older_than_the_rules_is_taken_and_says_from_when_it_is_reckoned(
    owner_sql: Any,
) -> None:
    body = make_body(owner_sql, "XF")
    _lists(body)
    client = _client(body)
    told = {
        "holder": body.id, "authority": "xf-rights", "asked": "delisting",
        "received_on": "2025-11-20", "entry": "xf-invented:XF-0001", "name": "N", "asks": "A",
    }  # fmt: skip
    for early in ("2024-02-14", "1900-01-01", "0001-01-01"):
        answer = client.post(f"{DESK}petitions/new/", told | {"received_on": early})
        why = f"{early} lies before 2024-02-15"
        assert (answer.status_code, why in answer.text) == (200, True)
    assert not owner_sql("SELECT FROM coordination_petition")
    address = _posted(client, f"{DESK}petitions/new/", **told)["Location"]
    page = client.get(address).text
    for text in ("20 November 2025", "they are reckoned from 1 January 2026", "8 January 2026"):
        assert text in page
    assert "9 Jan" not in page
    begun = owner_sql("SELECT rule, started_at::date::text FROM clocks_clock ORDER BY rule")
    assert begun == [("petition-acknowledgement", "2026-01-01"), ("petition-reply", "2026-01-01")]
    _posted(client, f"{address}acknowledge/")
    later = _posted(client, f"{DESK}petitions/new/", **told | {"received_on": "2026-01-01"})
    assert "they are reckoned from" not in client.get(later["Location"]).text


def test_a_petition_names_a_law_of_the_register_and_an_entry_of_a_list(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XF")
    _lists(body)
    client = _client(body)
    told = {
        "holder": body.id, "authority": "xf-rights", "asked": "delisting",
        "received_on": "2026-05-04", "entry": "xf-invented:NOPE", "name": "N", "asks": "A",
    }  # fmt: skip
    answer = client.post(f"{DESK}petitions/new/", told)
    why = "no list here has held xf-invented:NOPE; load it first"
    assert (answer.status_code, why in answer.text) == (200, True)
    told |= {"entry": "xf-invented:XF-0001", "authority": "zzz-nonsense"}
    answer = client.post(f"{DESK}petitions/new/", told)
    assert (answer.status_code, "zzz-nonsense is not one of" in answer.text) == (200, True)
    petitioner = Petitioner("N", "", ("xf-invented", "XF-0001"), "A")
    with (
        acting_as(body.documenter) as actor,
        pytest.raises(CoordinationRefused, match="authority: zzz-nonsense stands nowhere"),
    ):
        record_petition(
            body.id, petitioner, authority="zzz-nonsense", asked=Asked.DELISTING,
            received_on=date(2026, 5, 4), actor=actor, at=timezone.now(),
        )  # fmt: skip
    with (
        acting_as(body.documenter) as actor,
        pytest.raises(CoordinationRefused, match="authority: choose a law of the register"),
    ):
        record_petition(
            body.id, petitioner, authority="nz-none", asked=Asked.DELISTING,
            received_on=date(2026, 5, 4), actor=actor, at=timezone.now(),
        )  # fmt: skip
    assert not owner_sql("SELECT FROM coordination_petition")


def test_civil_society_holds_no_petitions(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XB", government=False)
    client = _client(body)
    told = {
        "holder": body.id, "authority": "xf-rights", "asked": "delisting",
        "received_on": "2026-01-02", "entry": "a:b", "name": "N", "asks": "A",
    }  # fmt: skip
    assert client.get(f"{DESK}petitions/new/").status_code == 404
    assert client.post(f"{DESK}petitions/new/", told).status_code == 404
    assert not owner_sql("SELECT FROM coordination_petition")


def _words(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return held.read("word/document.xml").decode()
