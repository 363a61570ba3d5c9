"""Somebody watches lengths: a word and a page look alike, on the disk and on the wire."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.attacks.installation import receipts_in
from tests.core.vault.factories import make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.actions import answer_mailbox
from undaunted.core.intake.queries import queue_for
from undaunted.core.intake.rules import read_receipt
from undaunted.core.vault.actions import seal_for
from undaunted.core.vault.rules import INTAKE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.core.vault.factories import Office

pytestmark = pytest.mark.usefixtures("ledger")

SIZES = (1, 2, 10, 100, 1_000, 3_000, 10_000, 50_000, 100_000, 500_000, 999_999, 1_000_000)
MOST_SIZES = 5
"""Between one byte and a megabyte; see `vault/rules/buckets.py`."""


@pytest.fixture
def office(owner_sql: Callable[..., Any]) -> Office:
    return make_office(owner_sql)


def _body(envelope: bytes) -> int:
    """Give the length of what follows age's header, which holds a stanza of random length."""
    end = envelope.index(b"\n", envelope.index(b"\n--- ") + 1) + 1
    return len(envelope) - end


def test_a_byte_and_a_megabyte_leave_as_one_of_five_sizes(office: Office) -> None:
    bodies = {}
    for size in SIZES:
        made = seal_for(
            office.team, uuid4(), b"x" * size, kind="report", version=1, actor=PUBLIC,
            at=timezone.now(), door=INTAKE,
        )  # fmt: skip
        bodies[size] = _body(made.envelope)
    assert len(set(bodies.values())) <= MOST_SIZES
    assert len({bodies[size] for size in SIZES if size <= 3_000}) == 1
    assert list(bodies.values()) == sorted(bodies.values())


def test_a_report_of_one_word_and_of_two_thousand_letters_look_alike(
    office: Office, owner_sql: Callable[..., Any]
) -> None:
    pages = set()
    for story in ("x", "x" * 2_000):
        given = {"danger": "no", "story": story}
        pages.add(len(Client().post("/help/incident/", given).content))
    assert len(pages) == 1
    (letters,) = zip(*owner_sql("SELECT envelope FROM intake_letter"), strict=True)
    assert len({_body(bytes(each)) for each in letters}) == 1


def test_an_answer_is_as_long_on_the_wire_whatever_it_says(office: Office) -> None:
    told = []
    for text in ("x", "x" * 3_000):
        page = Client().post("/help/incident/", {"danger": "no"}).content.decode()
        (receipt,) = receipts_in(page)
        with office.caseworker.acting() as actor:
            box = queue_for(actor).latest("arrived_at", "id")
            for each in queue_for(actor):
                box = each if each.lookup == read_receipt(receipt).lookup else box
            answer_mailbox(box, text, actor=actor, at=timezone.now())
        lookup = {"lookup": read_receipt(receipt).lookup.hex()}
        got = Client().post("/help/sealed/box/", lookup, content_type="application/json").json()
        told.append(_body(base64.b64decode(got["replies"][0]["envelope"])))
    assert told[0] == told[1]


def test_harmless_and_real_mailboxes_cannot_be_told_apart_by_length(
    office: Office, owner_sql: Callable[..., Any]
) -> None:
    given = {"danger": "now", "story": "word " * 300, "harmless": "on"}
    Client().post("/help/help/", given)
    rows = owner_sql("SELECT envelope FROM intake_letter WHERE kind = 'intake.answers'")
    assert len(rows) == 2
    assert len({_body(bytes(each)) for (each,) in rows}) == 1
