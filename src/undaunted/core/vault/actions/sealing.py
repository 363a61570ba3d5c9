"""Sealing something to a record of a team: text, a file, an upload that arrives in pieces."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.vault.actions.placing import (
    draft_in,
    let_go,
    note_sealing,
    place_in,
    settle,
)
from undaunted.core.vault.rules import DESK, HEAD, Binding
from undaunted.core.vault.writers import PushedSeal, sealed, sealed_stream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.writers import Sink, Source

__all__ = ["Sealed", "Upload", "seal_for", "seal_stream_for", "upload_for"]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed: whose, which, how long; for text, the envelope to keep."""

    binding: Binding
    length: int
    envelope: bytes = b""


class Upload:
    """Something being sealed while it arrives; `sealed` is there once the block has ended."""

    def __init__(self, push: PushedSeal) -> None:
        self._push = push
        self.sealed: Sealed | None = None

    def write(self, piece: bytes) -> int:
        """Seal one more piece."""
        return self._push.write(piece)


def seal_for(  # noqa: PLR0913  (to whom, of which record, as what, by whom, when, by which door)
    team: UUID,
    record: UUID,
    content: bytes,
    *,
    kind: str,
    version: int,
    actor: Actor,
    at: datetime,
    door: str = DESK,
    also: tuple[str, ...] = (),
) -> Sealed:
    """Seal `content` to `record`, and the record's key to everybody in `team`.

    The first time a record is named it gets a key pair of its own; later, only the content is
    sealed. The envelope is the caller's to keep, wherever it likes: nobody opens it without a key
    of the team, and the vault notices when it is changed, moved or put back. At `INTAKE` nobody is
    signed in, and the team must be one that receives. `also` names public keys of people outside
    who open this one envelope too, such as the reporter to whom an answer goes.

    Raises `NotThatTeam`, `NoRecipients`, `ErasedRecord`, `UnvouchedRow`, `SealRefused`.
    """
    with transaction.atomic(using=door):
        place = place_in(team, record, kind, version, actor=actor, at=at, door=door)
        envelope = sealed(content, place.binding, [place.recipient, *also])
        made = Sealed(place.binding, len(content), envelope)
        note_sealing(made.binding, envelope[:HEAD], actor=actor, at=at, door=door)
    return made


def seal_stream_for(  # noqa: PLR0913  (as `seal_for`)
    team: UUID,
    record: UUID,
    source: Source,
    sink: Sink,
    *,
    kind: str,
    version: int,
    actor: Actor,
    at: datetime,
    door: str = DESK,
    length: int | None = None,
) -> Sealed:
    """Seal what `source` holds into `sink`, as `seal_for` does, in constant memory.

    With `length` given, a source of another length is refused and nothing is recorded; the caller
    removes the torso in `sink`, which nobody can open.
    """
    with transaction.atomic(using=door):
        place = place_in(team, record, kind, version, actor=actor, at=at, door=door)
        start = _Start(sink)
        found = sealed_stream(source, start, place.binding, [place.recipient], length=length)
        made = Sealed(place.binding, found)
        note_sealing(made.binding, bytes(start.head), actor=actor, at=at, door=door)
    return made


@contextmanager
def upload_for(  # noqa: PLR0913  (as `seal_for`)
    team: UUID,
    record: UUID,
    sink: Sink,
    *,
    kind: str,
    version: int,
    actor: Actor,
    at: datetime,
    door: str = DESK,
) -> Iterator[Upload]:
    """Seal into `sink` what is written to the `Upload` inside the block, as it arrives.

    Plaintext is never on disk and at most a few megabytes of it are in memory. While it arrives, no
    transaction is open and no connection is held, unless the caller holds one. An error inside the
    block breaks the seal off: nothing is recorded, and the caller removes the torso in `sink`.
    """
    draft = draft_in(team, record, kind, version, actor=actor, door=door)
    let_go(door)
    start = _Start(sink)
    push = PushedSeal(start, draft.place.binding, [draft.place.recipient])
    upload = Upload(push)
    try:
        yield upload
    except BaseException:
        push.abandon()
        raise
    made = Sealed(draft.place.binding, push.finish())
    with transaction.atomic(using=door):
        settle(draft, team, actor=actor, at=at, door=door)
        note_sealing(made.binding, bytes(start.head), actor=actor, at=at, door=door)
    upload.sealed = made


class _Start:
    """Writes to a sink and keeps the first bytes, from which the head is made."""

    def __init__(self, sink: Sink) -> None:
        self.head = bytearray()
        self._sink = sink

    def write(self, piece: bytes, /) -> int:
        """Write all of it."""
        if len(self.head) < HEAD:
            self.head += piece[: HEAD - len(self.head)]
        self._sink.write(piece)
        return len(piece)
