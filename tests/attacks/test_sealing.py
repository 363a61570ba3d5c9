"""Somebody holds the disk and the database, but no passphrase: what they change is noticed.

Every change is refused before a byte of plaintext is released.
"""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.vault.factories import PASSPHRASE, Office, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.vault.actions import (
    erase_record,
    open_at_terminal,
    open_sealed,
    open_stream,
    seal_for,
)
from undaunted.core.vault.readers import opened, opened_stream
from undaunted.core.vault.rules import (
    FLOOR,
    INTAKE,
    AlteredEnvelope,
    Binding,
    ErasedRecord,
    NotAnEnvelope,
    NotForThisKey,
    OlderSequence,
    UnvouchedRow,
    VaultError,
    WrongPassphrase,
    WrongRecord,
    new_identity,
)
from undaunted.core.vault.writers import sealed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FRAME = 65_536 + 16
BINDING = Binding(UUID(int=7), UUID(int=11), "report.answers", 1, 1)
OWNER = new_identity()
TO = str(OWNER.to_public())
CANARY = b"canary-7c1f-they-came-at-night"


def _refused(envelope: bytes) -> None:
    """Neither way of opening gives anything."""
    with pytest.raises(VaultError):
        opened(envelope, BINDING, OWNER)
    out = BytesIO()
    with pytest.raises(VaultError):
        opened_stream(BytesIO(envelope), out, BINDING, OWNER)
    assert out.getvalue() == b""


def _frames(envelope: bytes) -> tuple[bytes, list[bytes]]:
    """Split an envelope into age's header with its nonce, and the frames of the content."""
    start = envelope.index(b"\n", envelope.index(b"\n--- ") + 1) + 1 + 16
    body = envelope[start:]
    return envelope[:start], [body[at : at + FRAME] for at in range(0, len(body), FRAME)]


@pytest.fixture(scope="module")
def small() -> bytes:
    return sealed(CANARY, BINDING, [TO])


@pytest.fixture(scope="module")
def large() -> bytes:
    return sealed(CANARY * 7_000, BINDING, [TO])


def test_one_flipped_bit_in_any_byte_is_refused(small: bytes) -> None:
    for place in range(len(small)):
        changed = bytearray(small)
        changed[place] ^= 1 << (place % 8)
        with pytest.raises(VaultError):
            opened(bytes(changed), BINDING, OWNER)


def test_one_flipped_bit_in_any_byte_stops_a_stream_before_it_starts(small: bytes) -> None:
    for place in range(0, len(small), 3):
        changed = bytearray(small)
        changed[place] ^= 1 << (place % 8)
        out = BytesIO()
        with pytest.raises(VaultError):
            opened_stream(BytesIO(changed), out, BINDING, OWNER)
        assert out.getvalue() == b""


@settings(max_examples=60)
@given(data=st.data())
def test_any_change_anywhere_is_refused(large: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(large) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda each: each != large[place]))
    _refused(large[:place] + bytes([value]) + large[place + 1 :])


def test_a_cut_at_every_frame_and_beside_it_is_refused(large: bytes) -> None:
    start, frames = _frames(large)
    assert len(frames) == 4
    for number in range(len(frames) + 1):
        boundary = len(start) + sum(map(len, frames[:number]))
        for place in {boundary - 1, boundary, boundary + 1} & set(range(len(large))):
            _refused(large[:place])


def test_a_small_envelope_cut_anywhere_is_refused(small: bytes) -> None:
    for place in range(len(small)):
        with pytest.raises(VaultError):
            opened(small[:place], BINDING, OWNER)


def test_frames_reordered_repeated_or_left_out_are_refused(large: bytes) -> None:
    start, frames = _frames(large)
    one, two, *rest = frames
    for changed in (
        [two, one, *rest],
        [one, one, two, *rest],
        [two, *rest],
        [one, *rest],
        [*frames[:-1], frames[-2], frames[-1]],
        [*frames, frames[-1]],
        frames[-1:],
    ):
        _refused(start + b"".join(changed))


def test_frames_of_another_envelope_to_the_same_key_are_refused(large: bytes) -> None:
    start, frames = _frames(large)
    other_start, others = _frames(sealed(CANARY * 7_000, BINDING, [TO]))
    for number in range(len(frames)):
        mixed = [*frames]
        mixed[number] = others[number]
        _refused(start + b"".join(mixed))
    _refused(other_start + b"".join(frames))


def test_bytes_added_before_or_after_are_refused(small: bytes) -> None:
    for changed in (b"\n" + small, small + b"\n", small + small, small[:22] + small):
        _refused(changed)


def test_recipients_taken_from_another_envelope_are_refused(small: bytes) -> None:
    other = sealed(CANARY, BINDING, [str(new_identity().to_public()), TO])
    start, frames = _frames(small)
    other_start, other_frames = _frames(other)
    _refused(start + b"".join(other_frames))
    _refused(other_start + b"".join(frames))
    lines, others = small.split(b"\n"), other.split(b"\n")
    _refused(b"\n".join([lines[0], *others[1:3], *lines[3:]]))


# --- the same with the database ------------------------------------------------------------------


@pytest.fixture
def office(ledger: Any, owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _report(office: Office, text: bytes, record: UUID | None = None) -> tuple[UUID, bytes]:
    made = seal_for(
        office.team,
        record or uuid4(),
        text,
        kind="report",
        version=1,
        actor=PUBLIC,
        at=timezone.now(),
        door=INTAKE,
    )
    return made.binding.record, made.envelope


def _asked(office: Office) -> dict[str, Any]:
    return {"kind": "report", "version": 1, "key": office.steward.key, "at": timezone.now()}


def _opened(office: Office, record: UUID, envelope: bytes) -> bytes:
    out = BytesIO()
    with office.steward.acting() as actor:
        found = open_sealed(envelope, record, actor=actor, **_asked(office))
        open_stream(BytesIO(envelope), out, record, actor=actor, **_asked(office))
    assert out.getvalue() == found
    return found


def _stopped(office: Office, record: UUID, envelope: bytes, refusal: type[VaultError]) -> None:
    out = BytesIO()
    with office.steward.acting() as actor:
        with pytest.raises(refusal):
            open_sealed(envelope, record, actor=actor, **_asked(office))
        with pytest.raises(VaultError):
            open_stream(BytesIO(envelope), out, record, actor=actor, **_asked(office))
    assert out.getvalue() == b""


def test_an_earlier_state_put_back_is_refused(office: Office, owner_sql: Any) -> None:
    record, first = _report(office, b"danger: yes")
    _, second = _report(office, b"danger: no", record)
    assert _opened(office, record, second) == b"danger: no"
    _stopped(office, record, first, OlderSequence)
    owner_sql("UPDATE vault_sealing SET sequence = 3 WHERE sequence = 1")
    _stopped(office, record, first, UnvouchedRow)


def test_contents_swapped_between_records_are_refused(office: Office) -> None:
    (one, first), (two, second) = _report(office, b"one"), _report(office, b"two")
    _stopped(office, one, second, NotForThisKey)
    _stopped(office, two, first, NotForThisKey)


@pytest.mark.parametrize("columns", ["sealed", "sealed, sequence, sealed_at"])
def test_wrapped_record_keys_swapped_between_rows_are_refused(
    office: Office, owner_sql: Any, columns: str
) -> None:
    (one, first), (two, second) = _report(office, b"one"), _report(office, b"two")
    swap = ", ".join(f"{each} = o.{each}" for each in columns.split(", "))
    owner_sql(
        f"UPDATE vault_recordkey k SET {swap} FROM vault_recordkey o"
        " WHERE o.record_id <> k.record_id"
    )
    for record, envelope in ((one, first), (one, second), (two, second), (two, first)):
        _stopped(office, record, envelope, WrongRecord)


def test_row_ids_swapped_are_refused(office: Office, owner_sql: Any) -> None:
    (one, first), (two, second) = _report(office, b"one"), _report(office, b"two")
    for table in ("vault_recordkey", "vault_sealing"):
        owner_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner_sql(
            f"CREATE TEMP TABLE held AS SELECT * FROM {table}; DELETE FROM {table};"
            f" UPDATE held SET record_id = CASE record_id WHEN '{one}' THEN '{two}'::uuid"
            f" ELSE '{one}'::uuid END; INSERT INTO {table} SELECT * FROM held; DROP TABLE held"
        )
        owner_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for record, envelope in ((one, first), (one, second), (two, second), (two, first)):
        _stopped(office, record, envelope, VaultError)


def test_a_forged_report_to_a_known_public_key_is_refused(office: Office, owner_sql: Any) -> None:
    """Age says nothing of who sealed: the head of what was sealed here is what is compared."""
    record, _ = _report(office, b"genuine")
    ((recipient,),) = owner_sql("SELECT recipient FROM vault_record")
    forged = sealed(b"forged", Binding(office.holder, record, "report", 1, 1), [recipient])
    _stopped(office, record, forged, AlteredEnvelope)


def test_a_key_of_the_attacker_in_place_of_the_records_is_refused(
    office: Office, owner_sql: Any
) -> None:
    record, envelope = _report(office, b"genuine")
    theirs = new_identity()
    rows = owner_sql("SELECT recipient FROM vault_publickey")
    bound = Binding(office.holder, record, "vault.key", 1, 1)
    box = sealed(str(theirs).encode(), bound, [row[0] for row in rows], key=True)
    owner_sql("UPDATE vault_recordkey SET sealed = %s", [box])
    _stopped(office, record, envelope, AlteredEnvelope)


def test_a_public_key_of_the_attacker_is_never_sealed_to(office: Office, owner_sql: Any) -> None:
    theirs = str(new_identity().to_public())
    owner_sql(
        "UPDATE vault_publickey SET recipient = %s WHERE user_id = %s",
        [theirs, office.caseworker.user.pk],
    )
    with pytest.raises(UnvouchedRow):
        _report(office, b"genuine")
    assert owner_sql("SELECT count(*) FROM vault_record") == [(0,)]


def test_a_wrapped_key_of_somebody_else_does_not_open_with_my_passphrase(
    office: Office, owner_sql: Any
) -> None:
    owner_sql(
        "UPDATE vault_wrappedkey k SET box = o.box, salt = o.salt FROM vault_wrappedkey o"
        " WHERE o.user_id <> k.user_id"
    )
    with office.steward.acting() as actor, pytest.raises(WrongPassphrase):
        open_at_terminal(PASSPHRASE, actor=actor, at=timezone.now(), work=FLOOR)


def test_a_backup_of_the_content_opens_for_nobody_after_erasure(
    office: Office, owner_sql: Any
) -> None:
    """Everything is restored as it was, except the key table, whose copies live for 7 days."""
    record, envelope = _report(office, CANARY)
    columns = owner_sql("SELECT id, tenant, recipient FROM vault_record")
    backup = owner_sql("SELECT * FROM vault_record"), owner_sql("SELECT * FROM vault_sealing")
    with office.steward.acting() as actor:
        erase_record(record, actor=actor, at=timezone.now(), why="withdrawn")
    owner_sql("ALTER TABLE vault_record DISABLE TRIGGER USER")
    recipient = columns[0][2]
    owner_sql(
        "UPDATE vault_record SET erased_at = NULL, erased_why = '', recipient = %s", [recipient]
    )
    owner_sql("ALTER TABLE vault_record ENABLE TRIGGER USER")
    assert backup == (
        owner_sql("SELECT * FROM vault_record"),
        owner_sql("SELECT * FROM vault_sealing"),
    )
    _stopped(office, record, envelope, ErasedRecord)
    for key in (office.steward.key, office.caseworker.key):
        with pytest.raises(NotForThisKey):
            opened(envelope, Binding(office.holder, record, "report", 1, 1), key.identity)


def test_no_canary_is_in_any_table_or_file_of_the_database(
    office: Office, owner_sql: Any, database_server: Any
) -> None:
    """The seizure drill in small: tables, WAL and temporary files, everything under the cluster."""
    _, envelope = _report(office, CANARY)
    secrets = [CANARY, PASSPHRASE.encode(), str(office.steward.key.identity).encode()]
    owner_sql("SET synchronous_commit = on")
    owner_sql("UPDATE vault_team SET name = 'flushed'")
    files = list(_files(database_server.socket.parent))
    assert any(b"age-encryption.org/v1" in content for content in files)
    for secret in secrets:
        assert secret not in envelope
        assert not any(secret in content for content in files)


def _files(folder: Path) -> Iterator[bytes]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def test_a_crash_leaves_no_core_file(tmp_path: Path) -> None:
    """The limit is lifted first, so that without our own protection a core could be written."""
    program = (
        "import os, resource, signal; from undaunted.config.memory import close_memory;"
        "close_memory(); assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0);"
        "print(open('/proc/self/status').read().count('CoreDumping'));"
        "os.kill(os.getpid(), signal.SIGSEGV)"
    )
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (most, most)),
    )
    assert done.returncode == -signal.SIGSEGV, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_envelope_of_another_kind_of_file_is_named() -> None:
    with pytest.raises(NotAnEnvelope):
        opened(CANARY, BINDING, OWNER)
