"""A record is sealed to its own key, and that key to its team."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tests.core.accounts.factories import make_organisation
from tests.core.vault.factories import Colleague, Office, make_colleague, make_office
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.audit.queries import entries_about
from undaunted.core.vault.actions import (
    Sealed,
    erase_record,
    found_team,
    open_sealed,
    open_stream,
    seal_for,
    seal_stream_for,
    take_sealed,
)
from undaunted.core.vault.models import Record, RecordKey, Sealing
from undaunted.core.vault.queries import team_keys
from undaunted.core.vault.rules import (
    DESK,
    HEAD,
    INTAKE,
    AlteredEnvelope,
    Binding,
    ErasedRecord,
    NotAnEnvelope,
    NotThatTeam,
    OlderSequence,
    SealRefused,
    UnvouchedRow,
    WrongVersion,
    new_identity,
)
from undaunted.core.vault.writers import sealed

pytestmark = pytest.mark.usefixtures("ledger")
TEXT = b"They came at night."


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _from_outside(office: Office, record: UUID, text: bytes = TEXT, kind: str = "note") -> Sealed:
    return seal_for(
        office.team,
        record,
        text,
        kind=kind,
        version=1,
        actor=PUBLIC,
        at=timezone.now(),
        door=INTAKE,
    )


def _from_inside(who: Colleague, team: UUID, record: UUID, text: bytes = TEXT) -> Sealed:
    with who.acting() as actor:
        return seal_for(team, record, text, kind="note", version=1, actor=actor, at=timezone.now())


def _open(who: Colleague, record: UUID, envelope: bytes, **asked: Any) -> bytes:
    asked = {"kind": "note", "version": 1, **asked}
    with who.acting() as actor:
        return open_sealed(envelope, record, key=who.key, actor=actor, at=timezone.now(), **asked)


def test_what_a_member_seals_a_colleague_opens(office: Office) -> None:
    made = _from_inside(office.steward, office.team, uuid4())
    assert _open(office.caseworker, made.binding.record, made.envelope) == TEXT
    assert (made.length, made.binding.tenant) == (len(TEXT), office.holder)


def test_intake_seals_without_an_account_and_members_open(office: Office) -> None:
    record = uuid4()
    first, second = (_from_outside(office, record, text) for text in (b"first", b"second"))
    assert (first.binding.sequence, second.binding.sequence) == (1, 2)
    assert _open(office.steward, record, second.envelope) == b"second"
    assert _open(office.steward, record, first.envelope, sequence=1) == b"first"
    with office.steward.acting() as actor:
        reply = seal_for(
            office.team, record, b"reply", kind="reply", version=1, actor=actor, at=timezone.now()
        )
    assert reply.binding.sequence == 1


def test_sealing_and_opening_are_in_the_audit_trail(office: Office) -> None:
    record = uuid4()
    made = _from_outside(office, record)
    _open(office.caseworker, record, made.envelope, right="break_glass")
    with office.steward.acting():
        entries = list(entries_about("sealed_record", str(record)))
    assert [(e.verb, e.actor, e.right) for e in entries] == [
        ("record.opened", office.caseworker.user.pk, "break_glass"),
        ("record.sealed", None, "role"),
    ]


def test_outside_seals_only_to_teams_that_receive(office: Office) -> None:
    with office.steward.acting() as actor:
        closed = found_team(office.holder, "Inner circle", actor=actor, at=timezone.now()).pk
    for team in (closed, uuid4()):
        with pytest.raises(NotThatTeam):
            seal_for(
                team,
                uuid4(),
                TEXT,
                kind="note",
                version=1,
                actor=PUBLIC,
                at=timezone.now(),
                door=INTAKE,
            )
    inside = _from_inside(office.steward, closed, uuid4())
    with pytest.raises(NotThatTeam):
        seal_for(
            closed,
            inside.binding.record,
            TEXT,
            kind="note",
            version=1,
            actor=PUBLIC,
            at=timezone.now(),
            door=INTAKE,
        )


def test_a_record_stays_with_its_team(office: Office, owner_sql: Any) -> None:
    record = _from_outside(office, uuid4()).binding.record
    with office.steward.acting() as actor:
        second = found_team(office.holder, "Second", actor=actor, at=timezone.now()).pk
    with pytest.raises(NotThatTeam, match="another team"):
        _from_inside(office.steward, second, record)
    elsewhere = make_organisation(owner_sql)
    stranger = make_colleague(owner_sql, {elsewhere: [Role.STEWARD]})
    with stranger.acting() as actor:
        theirs = found_team(elsewhere, "Theirs", actor=actor, at=timezone.now()).pk
    with pytest.raises(NotThatTeam, match="no such record"):
        _from_inside(stranger, theirs, record)
    with pytest.raises(NotThatTeam):
        _open(stranger, record, b"")


def test_names_of_the_vault_are_its_own(office: Office) -> None:
    with pytest.raises(SealRefused, match="the vault's own"):
        _from_outside(office, uuid4(), kind="vault.key")


def test_streams_go_in_and_out(office: Office) -> None:
    record, sink, content = uuid4(), BytesIO(), bytes(range(256)) * 900
    asked: dict[str, Any] = {"kind": "file", "version": 1, "at": timezone.now()}
    with office.steward.acting() as actor:
        made = seal_stream_for(
            office.team, record, BytesIO(content), sink, actor=actor, length=len(content), **asked
        )
    assert (made.length, made.envelope) == (len(content), b"")
    out = BytesIO()
    sink.seek(0)
    with office.caseworker.acting() as actor:
        key = office.caseworker.key
        assert open_stream(sink, out, record, key=key, actor=actor, **asked) == len(content)
    assert out.getvalue() == content


def test_a_source_of_another_length_records_nothing(office: Office) -> None:
    record = uuid4()
    with office.steward.acting() as actor:
        with pytest.raises(SealRefused), transaction.atomic():
            seal_stream_for(
                office.team,
                record,
                BytesIO(TEXT),
                BytesIO(),
                kind="file",
                version=1,
                actor=actor,
                at=timezone.now(),
                length=3,
            )
        assert not Record.objects.filter(pk=record).exists()


def test_erasing_destroys_the_key_and_leaves_a_tombstone(office: Office) -> None:
    made = _from_outside(office, uuid4())
    record, at = made.binding.record, timezone.now()
    with office.steward.acting() as actor:
        erase_record(record, actor=actor, at=at, why="retention")
        tombstone = Record.objects.get(pk=record)
        assert (tombstone.erased_at, tombstone.erased_why) == (at, "retention")
        assert tombstone.recipient == ""
        assert not RecordKey.objects.filter(pk=record).exists()
        with pytest.raises(ErasedRecord):
            erase_record(record, actor=actor, at=at, why="again")
    with pytest.raises(ErasedRecord):
        _open(office.steward, record, made.envelope)
    with pytest.raises(ErasedRecord):
        _from_outside(office, record)


def test_only_a_steward_erases(office: Office) -> None:
    made = _from_outside(office, uuid4())
    with office.caseworker.acting() as actor, pytest.raises(Forbidden):
        erase_record(made.binding.record, actor=actor, at=timezone.now(), why="retention")
    assert _open(office.caseworker, made.binding.record, made.envelope) == TEXT


def test_a_key_that_is_gone_without_a_tombstone_is_told_as_erased(
    office: Office, owner_sql: Any
) -> None:
    made = _from_outside(office, uuid4())
    owner_sql("DELETE FROM vault_recordkey")
    with pytest.raises(ErasedRecord, match="is gone"):
        _open(office.steward, made.binding.record, made.envelope)


def test_asking_for_what_was_never_sealed(office: Office) -> None:
    made = _from_outside(office, uuid4())
    with pytest.raises(OlderSequence, match="nothing of kind reply"):
        _open(office.steward, made.binding.record, made.envelope, kind="reply")
    with pytest.raises(WrongVersion, match="version 1 was sealed, 2 was asked for"):
        _open(office.steward, made.binding.record, made.envelope, version=2)
    with pytest.raises(NotThatTeam):
        _open(office.steward, uuid4(), made.envelope)


def _browser(
    office: Office, record: UUID, *, text: bytes = TEXT, sequence: int = 1
) -> dict[str, Any]:
    """Do what the script in a reporter's browser does, with what the server gave it."""
    keys = team_keys(PUBLIC, office.team, door=INTAKE)
    identity = new_identity()
    to = str(identity.to_public())
    bound = Binding(keys.holder, record, "note", 1, sequence)
    inner = Binding(keys.holder, record, "vault.key", 1, 1)
    box = sealed(str(identity).encode(), inner, keys.recipients.values(), key=True)
    return {"envelope": sealed(text, bound, [to]), "recipient": to, "sealed_key": box}


def _take(office: Office, record: UUID, envelope: bytes, **more: Any) -> Binding:
    asked = {"kind": "note", "version": 1, "actor": PUBLIC, "at": timezone.now(), **more}
    return take_sealed(office.team, record, envelope[:HEAD], door=INTAKE, **asked)


def test_what_a_browser_sealed_is_taken_in_and_opened(office: Office) -> None:
    record = uuid4()
    made = _browser(office, record)
    envelope = made.pop("envelope")
    assert _take(office, record, envelope, **made).sequence == 1
    assert _open(office.caseworker, record, envelope) == TEXT
    later = sealed(b"more", Binding(office.holder, record, "note", 1, 2), [made["recipient"]])
    with pytest.raises(SealRefused, match="sequence 1: the next is 2"):
        _take(office, record, later)
    assert _take(office, record, later, sequence=2).sequence == 2
    assert _open(office.caseworker, record, later) == b"more"


def test_what_is_no_envelope_is_not_taken_in(office: Office) -> None:
    made = _browser(office, uuid4())
    envelope, recipient, box = made["envelope"], made["recipient"], made["sealed_key"]
    with pytest.raises(NotAnEnvelope, match="first 4096 bytes"):
        _take(office, uuid4(), b"plain text", recipient=recipient, sealed_key=box)
    with pytest.raises(NotAnEnvelope, match="first 4096 bytes"):
        take_sealed(
            office.team, uuid4(), envelope, kind="note", version=1,
            actor=PUBLIC, at=timezone.now(), door=INTAKE,
        )  # fmt: skip
    for bad in (b"", b"AGE-SECRET-KEY-1", box + bytes(70_000)):
        with pytest.raises(NotAnEnvelope, match="the key of a new record"):
            _take(office, uuid4(), envelope, recipient=recipient, sealed_key=bad)
    with pytest.raises(SealRefused, match="not an age public key"):
        _take(office, uuid4(), envelope, recipient="age1", sealed_key=box)
    with pytest.raises(SealRefused, match="the next is 1"):
        _take(office, uuid4(), envelope, recipient=recipient, sealed_key=box, sequence=2)


def test_a_record_row_changed_by_hand_is_sealed_to_no_more(office: Office, owner_sql: Any) -> None:
    record = _from_outside(office, uuid4()).binding.record
    owner_sql("UPDATE vault_record SET vouched = %s", [bytes(32)])
    for door in (INTAKE, DESK):
        with office.steward.acting() as actor, pytest.raises(UnvouchedRow):
            seal_for(
                office.team, record, TEXT, kind="note", version=1,
                actor=PUBLIC if door == INTAKE else actor, at=timezone.now(), door=door,
            )  # fmt: skip


def test_an_envelope_or_a_key_from_elsewhere_is_not_the_records(
    office: Office, owner_sql: Any
) -> None:
    made, theirs = _from_outside(office, uuid4()), new_identity()
    ((to,),) = owner_sql("SELECT recipient FROM vault_record")
    with pytest.raises(AlteredEnvelope, match="not the envelope that was sealed"):
        _open(office.steward, made.binding.record, sealed(TEXT, made.binding, [to]))
    inner = Binding(office.holder, made.binding.record, "vault.key", 1, 1)
    keys = team_keys(PUBLIC, office.team, door=INTAKE).recipients.values()
    owner_sql(
        "UPDATE vault_recordkey SET sealed = %s",
        [sealed(str(theirs).encode(), inner, keys, key=True)],
    )
    with pytest.raises(AlteredEnvelope, match="not this record's"):
        _open(office.steward, made.binding.record, made.envelope)


def test_rows_say_what_they_are(office: Office) -> None:
    made = _from_outside(office, uuid4())
    record = made.binding.record
    with office.steward.acting():
        assert str(Record.objects.get()) == str(record)
        assert str(RecordKey.objects.get()) == f"{record} 1"
        assert str(Sealing.objects.get()) == f"{record} note 1"
