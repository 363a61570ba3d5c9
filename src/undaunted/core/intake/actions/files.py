"""Files of reporters: sealed while they arrive, opened only into a clean copy."""

from __future__ import annotations

import errno
import io
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from undaunted.core.access.rules import PUBLIC, Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.intake.actions.casework import look_again, note_opening
from undaunted.core.intake.models import Attachment
from undaunted.core.intake.rules import FILE, LARGEST_IN_PARTS, VERSION, WhyOpened, hour_of
from undaunted.core.vault.actions import open_stream, upload_for
from undaunted.core.vault.rules import INTAKE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import BinaryIO

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.models import Mailbox
    from undaunted.core.vault.actions import Upload
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "FileTooLarge",
    "NoRoom",
    "attach",
    "cut_to_hour",
    "drop_unattached",
    "note_file_opened",
    "place_of_copy",
    "place_of_file",
    "place_sealed",
    "read_attachment",
    "seal_arriving",
]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class FileTooLarge(ValueError):
    """The file is larger than may be; nothing of it was kept."""


class NoRoom(OSError):
    """The disk of the documents is full; nothing of the file was kept."""


@contextmanager
def seal_arriving(
    team: UUID, *, at: datetime, actor: Actor = PUBLIC
) -> Iterator[tuple[UUID, Upload]]:
    """Give a record and an `Upload` to write a file to as it arrives; only the seal is on disk.

    An error inside leaves nothing behind. `attach` the record to a mailbox afterwards. Raises
    `NoRoom`.
    """
    record = uuid4()
    handle, draft = _draft()
    try:
        with os.fdopen(handle, "wb") as sink:
            with upload_for(
                team,
                record,
                sink,
                kind=FILE,
                version=VERSION,
                actor=actor,
                at=hour_of(at),
                door=INTAKE,
            ) as upload:
                yield record, upload
            sink.flush()
            cut_to_hour(Path(draft), at=at)
            os.fsync(sink.fileno())
        Path(draft).replace(_place(record))
    except OSError as problem:
        Path(draft).unlink(missing_ok=True)
        raise _told(problem) from None
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    finally:
        cut_to_hour(_folder(), at=at)


def attach(record: UUID, mailbox: UUID, *, at: datetime, actor: Actor = PUBLIC) -> None:
    """Let a sealed file belong to a mailbox."""
    with transaction.atomic(using=INTAKE):
        Attachment.objects.using(INTAKE).create(
            pk=record, mailbox_id=mailbox, size=_place(record).stat().st_size, at=hour_of(at)
        )
        record_entry(
            "mailbox.file_attached",
            actor=actor,
            subject_kind="mailbox",
            subject_id=mailbox,
            at=hour_of(at),
            right="none needed",
            using=INTAKE,
        )


def drop_unattached(record: UUID, *, at: datetime) -> None:
    """Delete a sealed file that belongs to nobody: the receipt that came with it opened nothing."""
    _place(record).unlink(missing_ok=True)
    cut_to_hour(_folder(), at=at)


def read_attachment(  # noqa: PLR0913  (what, of what, with which key, by whom, when, why)
    attachment: Attachment,
    mailbox: Mailbox,
    *,
    key: OpenKey,
    actor: Actor,
    at: datetime,
    reason: WhyOpened,
) -> BinaryIO:
    """Open a file in memory, to be cleaned and for nothing else.

    Cleaning may take a minute and a half and is done while no transaction waits for it. The
    original is neither shown nor written anywhere. Raises `Forbidden`, `ConflictFound`, a
    `VaultError`.
    """
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    look_again(mailbox, key=key, actor=actor, at=at, reason=reason)
    held = io.BytesIO()
    with transaction.atomic(), _place(attachment.pk).open("rb") as source:
        open_stream(
            source,
            held,
            attachment.pk,
            kind=FILE,
            version=VERSION,
            key=key,
            actor=actor,
            at=at,
            right=reason.value,
        )
        note_file_opened(mailbox, actor=actor, at=at, reason=reason)
    if held.tell() > LARGEST_IN_PARTS:
        raise FileTooLarge("more than can be made a clean copy of")
    held.seek(0)
    return held


def note_file_opened(mailbox: Mailbox, *, actor: Actor, at: datetime, reason: WhyOpened) -> None:
    """Record that a file was opened, for the audit and for the reporter."""
    record_entry(
        "mailbox.file_opened",
        actor=actor,
        subject_kind="mailbox",
        subject_id=mailbox.pk,
        at=at,
        right=reason.value,
    )
    note_opening(mailbox, actor=actor, at=at, reason=reason)


def place_of_file(record: UUID) -> Path:
    """Give where a sealed file lies."""
    return _place(record)


def place_of_copy(record: UUID) -> Path:
    """Give where the sealed clean copy of a file lies, if one is kept."""
    return _place(record).with_suffix(".copy")


def cut_to_hour(place: Path, *, at: datetime) -> None:
    """Let a file or folder say no more than the hour in which it was changed.

    When the file system made the entry, and last changed what it notes of it, nobody can set.
    """
    hour = hour_of(at).timestamp()
    os.utime(place, (hour, hour))


@contextmanager
def place_sealed(whole: Path, record: UUID, *, at: datetime) -> Iterator[None]:
    """Let a sealed file lie in its place before the block says so, and not if the block fails.

    Raises `FileExistsError` where another file lies there.
    """
    place = _place(record)
    if not (place.exists() and place.samefile(whole)):  # it is, where this was cut off before
        os.link(whole, place)
    cut_to_hour(place, at=at)
    cut_to_hour(place.parent, at=at)
    try:
        yield
    except BaseException:
        place.unlink()
        cut_to_hour(place.parent, at=at)
        raise


def _draft() -> tuple[int, str]:
    try:
        return tempfile.mkstemp(dir=_folder(), prefix=".draft-")
    except OSError as problem:
        raise _told(problem) from None


def _told(problem: OSError) -> OSError:
    return NoRoom(*problem.args) if problem.errno in _FULL else problem


def _folder() -> Path:
    folder = Path(settings.DOCUMENTS_FOLDER) / "sealed"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _place(record: UUID) -> Path:
    return _folder() / str(record)
