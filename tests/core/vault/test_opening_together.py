"""Many things of one record are opened at once: all of them, under one entry, or none."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.core.vault.factories import Office, make_office
from undaunted.core.audit.queries import entries_about
from undaunted.core.vault.actions import Sealed, open_all, seal_for
from undaunted.core.vault.rules import OlderSequence, WrongVersion

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _sealed(office: Office, record: UUID, kind: str, text: bytes) -> Sealed:
    with office.steward.acting() as actor:
        return seal_for(
            office.team, record, text, kind=kind, version=1, actor=actor, at=timezone.now()
        )


def _open(
    office: Office, record: UUID, asked: list[tuple[str, int, bytes]], version: int = 1
) -> list[bytes]:
    who = office.caseworker
    with who.acting() as actor:
        return open_all(asked, record, version=version, key=who.key, actor=actor, at=timezone.now())


def _verbs(office: Office, record: UUID) -> list[str]:
    with office.steward.acting():
        return [each.verb for each in entries_about("sealed_record", str(record))]


def test_letters_of_a_record_are_opened_in_the_order_asked_and_named_in_one_entry(
    office: Office,
) -> None:
    record = uuid4()
    first, reply = (_sealed(office, record, kind, kind.encode()) for kind in ("note", "reply"))
    later = _sealed(office, record, "note", b"later")
    asked = [
        ("note", 2, later.envelope), ("reply", 1, reply.envelope), ("note", 1, first.envelope)
    ]  # fmt: skip
    assert _open(office, record, asked) == [b"later", b"reply", b"note"]
    with office.steward.acting():
        opening, *sealings = entries_about("sealed_record", str(record))
        assert opening.verb == "record.opened"
        assert opening.detail.detail["sealings"] == ["note 2", "reply 1", "note 1"]
        assert {each.verb for each in sealings} == {"record.sealed"}


def test_one_that_is_not_what_was_sealed_keeps_all_of_them_shut(office: Office) -> None:
    record = uuid4()
    first, later = (_sealed(office, record, "note", text) for text in (b"first", b"later"))
    held = ("note", 1, first.envelope)
    with pytest.raises(OlderSequence, match="nothing of kind note"):
        _open(office, record, [held, ("note", 3, later.envelope)])
    with pytest.raises(WrongVersion, match="version 1 was sealed, 2 was asked for"):
        _open(office, record, [held], version=2)
    with pytest.raises(OlderSequence, match="put an earlier state back"):
        _open(office, record, [held, ("note", 2, first.envelope)])
    assert "record.opened" not in _verbs(office, record)
