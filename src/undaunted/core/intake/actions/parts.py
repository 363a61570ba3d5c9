"""Files that a browser has sealed and sends in parts: each part is on disk before it is answered.

What is not whole lies apart under the numbers of its mailbox and of its record. How much of it is
there is its length, so that a sender whose line broke can ask and go on. It becomes a file of the
mailbox only when its length and its digest are what the sender states.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.actions.files import (
    FileTooLarge,
    NoRoom,
    cut_to_hour,
    place_of_file,
    place_sealed,
)
from undaunted.core.intake.actions.keeping import note_outside
from undaunted.core.intake.models import Attachment
from undaunted.core.intake.rules import (
    FILE,
    LARGEST_SEALED,
    LEAST_ROOM,
    MOST_FILES,
    UNFINISHED_FOR,
    VERSION,
    hour_of,
)
from undaunted.core.vault.actions import take_sealed
from undaunted.core.vault.rules import AGE, HEAD, INTAKE, NotAnEnvelope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from io import BufferedRandom
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.queries import Found
    from undaunted.core.intake.readers import SealedFile

__all__ = ["NotWhole", "TooManyFiles", "drop_unfinished", "take_file", "take_part"]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class NotWhole(ValueError):
    """What arrived is not what the sender sealed; it was deleted and must be sent anew."""


class TooManyFiles(ValueError):
    """A mailbox has as many files as it may have."""


def take_part(  # noqa: PLR0913  (of which mailbox, of which file, from where, what, by whom, when)
    found: Found,
    record: UUID,
    start: int,
    part: bytes,
    *,
    files: int,
    at: datetime,
    actor: Actor = PUBLIC,
) -> int:
    """Keep one part that begins at `start`; give how many bytes are there now.

    A part that begins elsewhere changes nothing: the sender goes on from what is there. Raises
    `TooManyFiles`, `FileTooLarge`, `NoRoom`, `NotAnEnvelope`.
    """
    assert actor.is_public  # noqa: S101 - nobody signed in sends from a browser of ours
    place = _place(found.id, record)
    if start == 0:
        if files + _begun(found.id, but=place) >= MOST_FILES:
            raise TooManyFiles(f"{MOST_FILES} files are there or on their way")
        if not part.startswith(AGE):
            raise NotAnEnvelope("a file begins as a binary age v1 file")
        drop_unfinished(at=at)
    with _held(place, new=start == 0, at=at) as file:
        size = file.seek(0, os.SEEK_END) if file else 0
        if file is None or size != start:
            return size
        if size + len(part) > LARGEST_SEALED:
            place.unlink()
            raise FileTooLarge("longer than any file that may be sent")
        _append(file, size, part)
    return size + len(part)


def take_file(found: Found, sent: SealedFile, *, at: datetime, actor: Actor = PUBLIC) -> None:
    """Make a file whose parts are all there a file of its mailbox; asked twice, it is done once.

    Raises `NotWhole` and a `VaultError`; then no part of it is left.
    """
    place, hour = _place(found.id, sent.record), hour_of(at)
    with _held(place, new=False, at=at) as file:
        if file is None and place_of_file(sent.record).exists():
            return
        if file is None or not _is_whole(file, sent):
            place.unlink(missing_ok=True)
            raise NotWhole("length or digest differ from what was sealed")
        file.seek(0)
        start = file.read(HEAD)
        with _placed(place, sent.record, at=at), transaction.atomic(using=INTAKE):
            take_sealed(
                found.team,
                sent.record,
                start,
                kind=FILE,
                version=VERSION,
                recipient=sent.record_recipient,
                sealed_key=sent.sealed_key,
                actor=actor,
                at=hour,
                door=INTAKE,
            )
            Attachment.objects.using(INTAKE).create(
                pk=sent.record, mailbox_id=found.id, size=sent.size, at=hour
            )
            note_outside("mailbox.file_attached", found.id, hour, actor)
        place.unlink()


def drop_unfinished(*, at: datetime, actor: Actor = PUBLIC) -> int:
    """Delete parts that nobody has gone on with for two days; gives how many files they were of."""
    assert actor.is_public  # noqa: S101 - the worker acts for nobody
    dropped = 0
    for each in _folder().iterdir():
        with suppress(FileNotFoundError):
            if hour_of(at).timestamp() - each.stat().st_mtime > UNFINISHED_FOR:
                each.unlink()
                dropped += 1
    return dropped


@contextmanager
def _held(place: Path, *, new: bool, at: datetime) -> Iterator[BufferedRandom | None]:
    """Open what is there, for one sender at a time; None where nothing is. Keeps the hour only."""
    flags = os.O_RDWR | (os.O_CREAT if new else 0)
    try:
        handle = os.open(place, flags, 0o600)
    except FileNotFoundError:
        yield None
        return
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield file
        finally:
            with suppress(FileNotFoundError):
                cut_to_hour(place, at=at)
            cut_to_hour(place.parent, at=at)


@contextmanager
def _placed(place: Path, record: UUID, *, at: datetime) -> Iterator[None]:
    try:
        with place_sealed(place, record, at=at):
            yield
    except FileExistsError as problem:
        place.unlink()
        raise NotWhole("another file was sent under this number") from problem


def _append(file: BufferedRandom, size: int, part: bytes) -> None:
    """Write a part to the disk, or nothing of it."""
    if shutil.disk_usage(_folder()).free < LEAST_ROOM:
        raise NoRoom(errno.ENOSPC, "the disk of the documents is nearly full")
    try:
        file.write(part)
        file.flush()
        os.fsync(file.fileno())
    except OSError as problem:
        with suppress(OSError):
            os.ftruncate(file.fileno(), size)
        if problem.errno in _FULL:
            raise NoRoom(*problem.args) from None
        raise


def _is_whole(file: BufferedRandom, sent: SealedFile) -> bool:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").digest()
    return file.tell() == sent.size and digest == sent.digest


def _begun(mailbox: UUID, *, but: Path) -> int:
    return sum(each != but for each in _folder().glob(f"{mailbox}-*"))


def _folder() -> Path:
    folder = Path(settings.DOCUMENTS_FOLDER) / "arriving"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _place(mailbox: UUID, record: UUID) -> Path:
    return _folder() / f"{mailbox}-{record}"
