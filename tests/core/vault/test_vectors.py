"""Known answers: files made by another program, and the frame byte by byte."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pyrage
import pytest

from undaunted.core.vault.readers import opened
from undaunted.core.vault.rules import (
    Binding,
    NotForThisKey,
    header_of,
    identity_from,
    new_identity,
)

VECTORS = Path(__file__).with_name("vectors")
FIRST, SECOND = identity_from(bytes(range(1, 33))), identity_from(bytes(range(101, 133)))
BINDING = Binding(UUID(int=7), UUID(int=11), "report.answers", 2, 3)
HEADER = (
    "756e6461756e7465642d7661756c740a"  # undaunted-vault
    "00010000"  # format 1
    "00000002"  # version 2
    "0000000000000003"  # sequence 3
    "0000000000000013"  # 19 bytes
    "00000000000000000000000000000007"  # tenant
    "0000000000000000000000000000000b"  # record
    "7265706f72742e616e7377657273"  # report.answers
) + "00" * (34 + 8)
PUBLISHED = "AGE-SECRET-KEY-184JMZMVQH3E6U0PSL869004Y3U2NYV7R30EU99CSEDNPH02YUVFSZW44VU"


def test_the_published_example_of_age_opens() -> None:
    identity = pyrage.x25519.Identity.from_str(PUBLISHED)
    envelope = (VECTORS / "published.age").read_bytes()
    assert pyrage.decrypt(envelope, [identity]) == b"Black lives matter."


def test_the_first_bytes_are_those_of_the_description() -> None:
    assert header_of(BINDING, 19).hex() == HEADER


def test_the_keys_of_the_vectors_are_what_they_were() -> None:
    assert str(FIRST) == (
        "AGE-SECRET-KEY-1QYPQXPQ9QCRSSZG2PVXQ6RS0ZQG3YYC5Z5TPWXQERGD3C8G7RUSQGPQYEE"
    )
    assert str(FIRST.to_public()) == (
        "age1q73he0q5yzfu3d64msd3p6rvksnrwjk3d2598mgtmlqt9wrdr37q2vrn72"
    )


@pytest.mark.parametrize(("name", "content"), [("text", b"They came at night."), ("empty", b"")])
def test_what_debians_age_sealed_opens_for_both_recipients(name: str, content: bytes) -> None:
    envelope = (VECTORS / f"{name}.age").read_bytes()
    assert opened(envelope, BINDING, FIRST) == content
    assert opened(envelope, BINDING, SECOND) == content
    with pytest.raises(NotForThisKey):
        opened(envelope, BINDING, new_identity())
