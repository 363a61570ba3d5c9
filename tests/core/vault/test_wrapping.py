"""Private keys under a passphrase and under a session's key."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from undaunted.core.vault.rules import (
    FLOOR,
    UNLOCKS,
    WORK,
    TooManyUnlocks,
    VaultClosed,
    WeakPassphrase,
    Work,
    WorkRefused,
    Wrapped,
    WrongPassphrase,
    identity_from,
    new_identity,
    new_session_key,
    raw_identity,
    unwrap,
    unwrap_for_session,
    wrap,
    wrap_for_session,
    wrapping,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

WHO = UUID(int=21)
PASSPHRASE = "seven quiet lanterns by the river"


@pytest.fixture(autouse=True, scope="module")
def _at_full_cost() -> Iterator[None]:
    """Derive as the product does, not as other tests do (`tests/remembering.py`)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "hash_secret_raw", hash_secret_raw)
        yield


def _wrapped(passphrase: str = PASSPHRASE) -> tuple[str, Wrapped]:
    identity = new_identity()
    return str(identity), wrap(identity, passphrase, user=WHO, generation=1, work=FLOOR)


@settings(max_examples=5)
@given(passphrase=st.text(min_size=16, max_size=40))
def test_the_passphrase_gives_the_key_back(passphrase: str) -> None:
    secret, wrapped = _wrapped(passphrase)
    assert str(unwrap(wrapped, passphrase, user=WHO, generation=1)) == secret


def test_another_passphrase_does_not() -> None:
    _, wrapped = _wrapped()
    with pytest.raises(WrongPassphrase):
        unwrap(wrapped, PASSPHRASE + "s", user=WHO, generation=1)


def test_a_row_moved_to_somebody_else_does_not_open() -> None:
    _, wrapped = _wrapped()
    with pytest.raises(WrongPassphrase):
        unwrap(wrapped, PASSPHRASE, user=UUID(int=22), generation=1)
    with pytest.raises(WrongPassphrase):
        unwrap(wrapped, PASSPHRASE, user=WHO, generation=2)


def test_a_changed_row_does_not_open() -> None:
    _, wrapped = _wrapped()
    for box in (b"", wrapped.box[:-1], wrapped.box[:-1] + bytes([wrapped.box[-1] ^ 1])):
        with pytest.raises(WrongPassphrase):
            unwrap(replace(wrapped, box=box), PASSPHRASE, user=WHO, generation=1)
    with pytest.raises(WrongPassphrase):
        unwrap(replace(wrapped, salt=bytes(16)), PASSPHRASE, user=WHO, generation=1)


def test_a_short_passphrase_guards_nothing() -> None:
    with pytest.raises(WeakPassphrase, match="at least 16 characters"):
        wrap(new_identity(), "fifteen letters", user=WHO, generation=1)


@pytest.mark.parametrize(
    "work",
    [
        Work(8, 2, 1),
        Work(19_456, 1, 1),
        Work(19_456, 2, 0),
        Work(2**22, 3, 4),
        Work(65_536, 11, 4),
        Work(65_536, 3, 17),
    ],
)
def test_work_factors_of_an_attacker_are_refused(work: Work) -> None:
    _, wrapped = _wrapped()
    with pytest.raises(WorkRefused):
        unwrap(replace(wrapped, work=work), PASSPHRASE, user=WHO, generation=1)


def test_the_standing_factors_are_those_of_rfc_9106() -> None:
    assert Work(memory_kib=64 * 1024, passes=3, lanes=4) == WORK
    identity = new_identity()
    wrapped = wrap(identity, PASSPHRASE, user=WHO, generation=1)
    assert wrapped.work == WORK
    assert str(unwrap(wrapped, PASSPHRASE, user=WHO, generation=1)) == str(identity)


def test_a_known_answer_of_the_whole_wrapping_holds() -> None:
    """Argon2id and ChaCha20-Poly1305 called by hand give what `unwrap` takes."""
    raw = bytes(range(32))
    key = hash_secret_raw(
        PASSPHRASE.encode(), b"s" * 16, time_cost=2, memory_cost=19_456, parallelism=1,
        hash_len=32, type=Type.ID,
    )  # fmt: skip
    about = f"undaunted vault key 1|{WHO}|4|19456,2,1".encode()
    box = bytes(12) + ChaCha20Poly1305(key).encrypt(bytes(12), raw, about)
    found = unwrap(Wrapped(box, b"s" * 16, FLOOR), PASSPHRASE, user=WHO, generation=4)
    assert str(found) == str(identity_from(raw))


def test_a_flood_of_unlocks_holds_so_many_at_once_and_refuses_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, wrapped = _wrapped()
    monkeypatch.setattr(wrapping, "WAIT_SECONDS", 0.05)
    running, most, gate = 0, 0, threading.Event()
    counting = threading.Lock()

    def watched(*args: Any, **kwargs: Any) -> bytes:
        nonlocal running, most
        with counting:
            running += 1
            most = max(most, running)
        gate.wait(10)
        with counting:
            running -= 1
        return hash_secret_raw(*args, **kwargs)

    monkeypatch.setattr(wrapping, "hash_secret_raw", watched)
    refused, opened = [], []

    def unlock() -> None:
        try:
            opened.append(unwrap(wrapped, PASSPHRASE, user=WHO, generation=1))
        except TooManyUnlocks as problem:
            refused.append(str(problem))
        if len(refused) == 20 - UNLOCKS:
            gate.set()

    threads = [threading.Thread(target=unlock) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == UNLOCKS
    assert len(opened) == UNLOCKS
    assert all("try again" in said for said in refused)


def test_a_sessions_key_opens_that_session_only() -> None:
    identity, key = new_identity(), new_session_key()
    box = wrap_for_session(identity, key, about="me|session|1")
    assert raw_identity(unwrap_for_session(box, key, about="me|session|1")) == raw_identity(
        identity
    )
    for other, about in (
        (new_session_key(), "me|session|1"),
        (key, "me|other|1"),
        (b"short", "me|session|1"),
    ):
        with pytest.raises(VaultClosed):
            unwrap_for_session(box, other, about=about)
    with pytest.raises(VaultClosed):
        unwrap_for_session(b"", key, about="me|session|1")
