"""`python -m benchmarks.sharing`: what packages cost, beside the bare library in the same run.

Ours is all that happens between a package's contents and its file: the signed list, the package,
the filling and the sealing; and back, with every check of the signature, the list and each item.
The peer seals and opens the same contents, end to end, and checks nothing but its own frame.
"""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

import pyrage

from benchmarks.machine import describe
from benchmarks.vault import PACKAGES, PAGE, alternating, row
from undaunted.core.sharing.readers import read_package
from undaunted.core.sharing.rules import (
    Item,
    Manifest,
    PackageKind,
    new_seed,
    new_watermark,
    public_key,
    sign,
    write_manifest,
)
from undaunted.core.sharing.writers import write_package
from undaunted.core.vault.readers import opened_plain
from undaunted.core.vault.rules import new_identity
from undaunted.core.vault.writers import sealed_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["main"]

SIZES = ((1, 2_000, 200), (100, 4_000, 5), (1, 15 * 2**20, 2))
"""How many items, of how many bytes, how often in a round."""
AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


class Sender:
    """Whoever signs and seals to one recipient."""

    def __init__(self) -> None:
        self.seed, self.theirs = new_seed(), new_identity()
        self.to = self.theirs.to_public()

    def seal(self, contents: Sequence[bytes]) -> bytes:
        """Give the file."""
        signed = write_manifest(self._manifest(contents))
        package = write_package(signed, sign(self.seed, signed), contents)
        return sealed_plain(package, [str(self.to)])

    def open(self, file: bytes) -> object:
        """Open and check the file."""
        return read_package(opened_plain(file, self.theirs))

    def _manifest(self, contents: Sequence[bytes]) -> Manifest:
        return Manifest(
            kind=PackageKind.ITEMS,
            id=str(uuid4()),
            sequence=1,
            created=AT,
            expires=AT + timedelta(days=30),
            from_name="Harbour Watch",
            from_key=public_key(self.seed),
            from_recipient="age1ours",
            to_name="Lantern Fund",
            to_key=str(self.to),
            recipients=("Lantern Fund",),
            tlp="AMBER",
            pap="GREEN",
            purpose="campaign",
            watermark=new_watermark(),
            items=tuple(map(_listed, contents)),
        )


def main() -> None:
    """Measure, and write the end of the page."""
    told = ", ".join(f"{name} {value}" for name, value in describe().items())
    tables = "".join(_table(*each) for each in SIZES)
    text = f"{PACKAGES}\n\n{_LEAD}\nMachine: {told}, pyrage 1.4.0.\n{tables}"
    before = PAGE.read_text(encoding="utf-8").partition(PACKAGES)[0].rstrip("\n")
    PAGE.write_text(f"{before}\n\n{text}", encoding="utf-8")
    print(text)


def _listed(content: bytes) -> Item:
    digest = hashlib.sha256(content).hexdigest()
    return Item(
        kind="registry.case",
        id=str(uuid4()),
        version=digest[:16],
        media_type="application/json",
        length=len(content),
        sha256=digest,
        consents=(str(uuid4()),),
    )


def _table(number: int, size: int, often: int) -> str:
    sender, contents = Sender(), [os.urandom(size) for _ in range(number)]
    together = b"".join(contents)
    file, bare = sender.seal(contents), pyrage.encrypt(together, [sender.to])
    seal, raw_seal, unseal, raw_open = alternating(
        often,
        _times(often, partial(sender.seal, contents)),
        _times(often, partial(pyrage.encrypt, together, [sender.to])),
        _times(often, partial(sender.open, file)),
        _times(often, partial(pyrage.decrypt, bare, [sender.theirs])),
    )
    return "".join([
        _TABLE.format(number=number, size=size, file=len(file), bare=len(bare)),
        row("Sign and seal", "", seal, raw_seal),
        row("Peer: pyrage `encrypt`", "", raw_seal, raw_seal),
        row("Open with every check", "", unseal, raw_open),
        row("Peer: pyrage `decrypt`", "", raw_open, raw_open),
    ])  # fmt: skip


def _times(often: int, call: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        for _ in range(often):
            call()

    return run


_LEAD = """`python -m benchmarks.sharing` measures these and writes them. Ours signs the list of
contents, fills up to the next power of two and seals; opening checks the signature, the list in its
one spelling and the checksum of each item. The peer seals and opens the same bytes and no more.
"""
_TABLE = """
Items: {number}, of {size:,} bytes each; file {file:,} bytes, the peer's {bare:,}.

| Measure | Target | Processor, a second | Wall, a second | Against the peer |
|---|---|---|---|---|
"""

if __name__ == "__main__":
    main()
