"""A record is sealed to its own key, and that key to its team."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.core.vault.factories import Office, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.vault.actions import (
    open_sealed,
    seal_for,
)
from undaunted.core.vault.rules import INTAKE

pytestmark = pytest.mark.usefixtures("ledger")
TEXT = b"They came at night."


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def test_what_a_member_seals_a_colleague_opens(office: Office) -> None:
    record = uuid4()
    with office.steward.acting() as actor:
        made = seal_for(
            office.team, record, TEXT, kind="note", version=1, actor=actor, at=timezone.now()
        )
    with office.caseworker.acting() as actor:
        content = open_sealed(
            made.envelope,
            record,
            kind="note",
            version=1,
            key=office.caseworker.key,
            actor=actor,
            at=timezone.now(),
        )
    assert content == TEXT


def test_intake_seals_without_an_account(office: Office) -> None:
    record = uuid4()
    for text in (b"first", b"second"):
        made = seal_for(
            office.team,
            record,
            text,
            kind="report.message",
            version=1,
            actor=PUBLIC,
            at=timezone.now(),
            door=INTAKE,
        )
    with office.steward.acting() as actor:
        content = open_sealed(
            made.envelope,
            record,
            kind="report.message",
            version=1,
            key=office.steward.key,
            actor=actor,
            at=timezone.now(),
        )
    assert (content, made.binding.sequence) == (b"second", 2)
