"""What stands inside an envelope, byte by byte; and what Debian's age makes of it."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID

import pyrage
import pytest

from undaunted.core.vault.readers import opened, opened_stream
from undaunted.core.vault.rules import (
    BUCKETS,
    HEADER,
    KEY_BUCKET,
    TRAILER,
    UNKNOWN,
    Binding,
    LaterSequence,
    NotAnEnvelope,
    OlderSequence,
    SealRefused,
    UnknownFormat,
    VaultError,
    WrongKind,
    WrongLength,
    WrongRecord,
    WrongTenant,
    WrongVersion,
    bucket_for,
    header_of,
    new_identity,
    read_header,
)
from undaunted.core.vault.writers import sealed

if TYPE_CHECKING:
    from pathlib import Path

BINDING = Binding(UUID(int=7), UUID(int=11), "report.answers", 2, 3)
OWNER = new_identity()
TO = str(OWNER.to_public())
MEGABYTE = 2**20
AGE = shutil.which("age")


def _streamed(envelope: bytes) -> bytes:
    out = BytesIO()
    opened_stream(BytesIO(envelope), out, BINDING, OWNER)
    return out.getvalue()


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (Binding(UUID(int=8), UUID(int=11), "report.answers", 2, 3), WrongTenant),
        (Binding(UUID(int=7), UUID(int=12), "report.answers", 2, 3), WrongRecord),
        (Binding(UUID(int=7), UUID(int=11), "report.answer", 2, 3), WrongKind),
        (Binding(UUID(int=7), UUID(int=11), "report.answers", 1, 3), WrongVersion),
        (Binding(UUID(int=7), UUID(int=11), "report.answers", 2, 4), OlderSequence),
        (Binding(UUID(int=7), UUID(int=11), "report.answers", 2, 2), LaterSequence),
    ],
)
def test_what_is_inside_must_be_what_was_asked_for(
    asked: Binding, refusal: type[VaultError]
) -> None:
    envelope = sealed(b"text", BINDING, [TO])
    with pytest.raises(refusal):
        opened(envelope, asked, OWNER)
    out = BytesIO()
    with pytest.raises(refusal):
        opened_stream(BytesIO(envelope), out, asked, OWNER)
    assert out.getvalue() == b""


@pytest.mark.parametrize(
    ("kind", "version", "sequence", "said"),
    [
        ("", 1, 1, "kind ''"),
        ("Report", 1, 1, "kind 'Report'"),
        ("a" * 49, 1, 1, "1 to 48"),
        ("note", 0, 1, "version 0"),
        ("note", 2**32, 1, "version 4294967296"),
        ("note", 1, 0, "sequence 0"),
        ("note", 1, 2**63, "sequence 9223372036854775808"),
    ],
)
def test_a_binding_that_cannot_be_written_is_refused(
    kind: str, version: int, sequence: int, said: str
) -> None:
    with pytest.raises(SealRefused, match=said):
        Binding(UUID(int=1), UUID(int=2), kind, version, sequence)


def _inside(inside: bytes) -> bytes:
    made: bytes = pyrage.encrypt(inside, [OWNER.to_public()])
    return made


def _frame(content: bytes, *, head: bytes | None = None, size: int = BUCKETS[0]) -> bytearray:
    frame = bytearray(size)
    frame[:HEADER] = head or header_of(BINDING, len(content))
    frame[HEADER : HEADER + len(content)] = content
    frame[-TRAILER:] = len(content).to_bytes(TRAILER, "big")
    return frame


def _refused(inside: bytes, refusal: type[VaultError]) -> None:
    envelope, out = _inside(inside), BytesIO()
    with pytest.raises(refusal):
        opened(envelope, BINDING, OWNER)
    with pytest.raises(refusal):
        opened_stream(BytesIO(envelope), out, BINDING, OWNER)
    assert out.getvalue() == b""


def test_a_frame_made_by_hand_is_the_one_that_opens() -> None:
    assert _streamed(_inside(bytes(_frame(b"text")))) == b"text"


def test_another_format_inside_is_refused_upwards_and_downwards() -> None:
    for form in (0, 2, 65_535):
        head = bytearray(header_of(BINDING, 4))
        head[16:18] = form.to_bytes(2, "big")
        _refused(bytes(_frame(b"text", head=bytes(head))), UnknownFormat)


@pytest.mark.parametrize("inside", [b"", b"short", bytes(BUCKETS[0]), b"undaunted-vault\n"])
def test_what_the_vault_did_not_seal_is_not_an_envelope(inside: bytes) -> None:
    _refused(inside, NotAnEnvelope)


def test_bytes_that_must_be_zero_are_looked_at() -> None:
    for place in (18, 120, 127):
        head = bytearray(header_of(BINDING, 4))
        head[place] = 1
        _refused(bytes(_frame(b"text", head=bytes(head))), WrongLength)


def test_lengths_that_disagree_are_refused() -> None:
    _refused(bytes(_frame(b"text", head=header_of(BINDING, 5))), WrongLength)
    _refused(bytes(_frame(b"text", size=BUCKETS[1])), WrongLength)
    _refused(bytes(_frame(b"text", size=BUCKETS[0] - 1)), WrongLength)
    _refused(bytes(_frame(b"text", size=8_192 + 4)), WrongLength)
    frame = _frame(b"text", head=header_of(BINDING, UNKNOWN))
    frame[-TRAILER:] = (2**63).to_bytes(TRAILER, "big")
    _refused(bytes(frame), WrongLength)


def test_nothing_hides_in_the_filling() -> None:
    for place in (HEADER + 4, BUCKETS[0] - TRAILER - 1):
        frame = _frame(b"text")
        frame[place] = 1
        _refused(bytes(frame), WrongLength)


def test_an_armoured_or_foreign_file_is_not_opened() -> None:
    armoured = pyrage.encrypt(bytes(_frame(b"text")), [OWNER.to_public()], armored=True)
    for foreign in (armoured, b"", b"age-encryption.org/v2\n", b"-----BEGIN PGP MESSAGE-----"):
        with pytest.raises(NotAnEnvelope):
            opened(foreign, BINDING, OWNER)
        with pytest.raises(NotAnEnvelope):
            opened_stream(BytesIO(foreign), BytesIO(), BINDING, OWNER)


def test_an_error_of_ours_is_told_before_one_of_the_library() -> None:
    assert read_header(header_of(BINDING, 9), BINDING) == 9
    with pytest.raises(NotAnEnvelope):
        read_header(header_of(BINDING, 9)[:-1], BINDING)


def test_lengths_from_one_byte_to_a_megabyte_fall_into_five() -> None:
    sizes = {bucket_for(length) for length in range(1, MEGABYTE + 1, 97)}
    assert sizes == set(BUCKETS[:5])
    assert bucket_for(MEGABYTE) == BUCKETS[4]


def test_an_observer_of_envelopes_sees_the_bucket_and_no_more() -> None:
    """Age adds stanzas of random length to its own header; the content's part is what counts."""
    seen: dict[int, set[int]] = {}
    for length in (1, 2, 80, 1_000, 3_959, 3_960, 3_961, 10_000, 60_000, 250_000, MEGABYTE):
        envelope = sealed(b"\x41" * length, BINDING, [TO])
        payload = len(envelope) - envelope.index(b"\n", envelope.index(b"\n--- ") + 1) - 1
        seen.setdefault(bucket_for(length), set()).add(payload)
    assert len(seen) == 5
    assert all(len(payloads) == 1 for payloads in seen.values())


def test_large_things_fill_up_by_doubling_and_then_in_steps() -> None:
    assert bucket_for(MEGABYTE + 4 * 2**10) == 2 * MEGABYTE
    assert bucket_for(33 * MEGABYTE) == 64 * MEGABYTE
    assert bucket_for(64 * MEGABYTE) == 128 * MEGABYTE
    assert bucket_for(74, key=True) == KEY_BUCKET
    assert bucket_for(KEY_BUCKET, key=True) == BUCKETS[0]
    assert all(bucket_for(size) >= size + HEADER + TRAILER for size in range(0, 2**22, 4_001))


@pytest.mark.skipif(AGE is None, reason="Debian's age command is not installed")
def test_the_age_command_opens_what_the_vault_seals(tmp_path: Path) -> None:
    envelope, identity = tmp_path / "envelope.age", tmp_path / "identity"
    identity.write_text(f"{OWNER}\n", encoding="ascii")
    second = new_identity()
    envelope.write_bytes(sealed(b"They came at night.", BINDING, [TO, str(second.to_public())]))
    inside = subprocess.run(
        [str(AGE), "--decrypt", "--identity", str(identity), str(envelope)],
        check=True,
        capture_output=True,
    ).stdout
    assert inside == bytes(_frame(b"They came at night."))


@pytest.mark.skipif(AGE is None, reason="Debian's age command is not installed")
def test_the_vault_opens_what_the_age_command_seals() -> None:
    envelope = subprocess.run(
        [str(AGE), "--encrypt", "--recipient", TO],
        input=bytes(_frame(b"They came at night.")),
        check=True,
        capture_output=True,
    ).stdout
    assert opened(envelope, BINDING, OWNER) == b"They came at night."
    assert _streamed(envelope) == b"They came at night."


@pytest.mark.skipif(AGE is None, reason="Debian's age command is not installed")
def test_the_age_command_refuses_what_was_cut(tmp_path: Path) -> None:
    identity = tmp_path / "identity"
    identity.write_text(f"{OWNER}\n", encoding="ascii")
    done = subprocess.run(
        [str(AGE), "--decrypt", "--identity", str(identity)],
        input=sealed(b"text", BINDING, [TO])[:-1],
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
