"""What passes between instances, and what somebody without an account keeps for themselves."""

from __future__ import annotations

from uuid import UUID

import pytest

from undaunted.core.vault.actions import (
    check_receiving_key,
    new_receiving_key,
    open_abroad,
    open_outside,
    recipient_of,
    seal_abroad,
    seal_outside,
)
from undaunted.core.vault.rules import (
    AlteredEnvelope,
    Binding,
    NoRecipients,
    NotAnEnvelope,
    NotForThisKey,
    SealRefused,
    VaultError,
    WrongRecord,
)

PACKAGE = b"A package with its signature inside."
BINDING = Binding(UUID(int=7), UUID(int=11), "intake.draft", 1, 1)


def test_what_is_sealed_abroad_is_opened_by_every_receiver_and_nobody_else() -> None:
    ours, theirs, other = (new_receiving_key() for _ in range(3))
    envelope = seal_abroad(PACKAGE, [ours[1], theirs[1]])
    assert PACKAGE not in envelope
    for secret, _public in (ours, theirs):
        assert open_abroad(envelope, f" {secret}\n") == PACKAGE
    with pytest.raises(NotForThisKey):
        open_abroad(envelope, other[0])


def test_receiving_key_is_read_in_one_spelling() -> None:
    secret, public = new_receiving_key()
    assert check_receiving_key(f"  {public}\n") == public
    for text in ("", "age1x", secret):
        with pytest.raises(SealRefused):
            check_receiving_key(text)


def test_nothing_is_sealed_to_nobody() -> None:
    with pytest.raises(NoRecipients):
        seal_abroad(PACKAGE, [])


def test_what_is_no_key_or_no_envelope_is_refused_and_every_altered_byte_is_found() -> None:
    secret, public = new_receiving_key()
    envelope = seal_abroad(PACKAGE, [public])
    with pytest.raises(SealRefused):
        open_abroad(envelope, public)
    with pytest.raises(NotAnEnvelope):
        open_abroad(PACKAGE, secret)
    with pytest.raises(AlteredEnvelope):
        open_abroad(envelope[:-1] + bytes([envelope[-1] ^ 1]), secret)
    for at in range(len(envelope)):
        altered = bytearray(envelope)
        altered[at] ^= 1
        with pytest.raises(VaultError):
            open_abroad(bytes(altered), secret)


def test_what_somebody_keeps_for_themselves_is_opened_by_their_secret_alone() -> None:
    secret, other = b"\x11" * 32, b"\x22" * 32
    envelope = seal_outside(PACKAGE, BINDING, secret=secret)
    assert open_outside(envelope, BINDING, secret=secret) == PACKAGE
    assert recipient_of(secret) != recipient_of(other)
    with pytest.raises(NotForThisKey):
        open_outside(envelope, BINDING, secret=other)
    elsewhere = Binding(BINDING.tenant, UUID(int=12), BINDING.kind, 1, 1)
    with pytest.raises(WrongRecord):
        open_outside(envelope, elsewhere, secret=secret)
