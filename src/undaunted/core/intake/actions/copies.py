"""Clean copies of film and sound: kept sealed beside the original, so that they can be played.

A player asks for one part after another. The copy is made once, sealed to the key of the file that
it was made of, and opened in memory for each part; whoever may not open the file cannot open its
copy, and both are erased together.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.evidence.rules import Cleaned, MediaKind
from undaunted.core.intake.actions.casework import look_again
from undaunted.core.intake.actions.files import note_file_opened, place_of_copy
from undaunted.core.intake.rules import CLEAN, VERSION, WhyOpened
from undaunted.core.vault.actions import open_sealed, seal_for

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.models import Attachment, Mailbox
    from undaunted.core.vault.rules import OpenKey

__all__ = ["keep_copy", "open_copy"]


def keep_copy(
    attachment: Attachment, mailbox: Mailbox, copy: Cleaned, *, actor: Actor, at: datetime
) -> None:
    """Seal the clean copy of a file beside it, in the place of an earlier one.

    Raises `Forbidden` and what the vault raises.
    """
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    content = copy.kind.value.encode() + b"\n" + copy.content
    with transaction.atomic():
        with connection.cursor() as cursor:  # the last one sealed is the last one written
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"copy {attachment.pk}"]
            )
        made = seal_for(
            mailbox.team, attachment.pk, content, kind=CLEAN, version=VERSION, actor=actor, at=at
        )
        record_entry(
            "mailbox.copy_kept",
            actor=actor,
            subject_kind="mailbox",
            subject_id=mailbox.pk,
            at=at,
        )
        _write(place_of_copy(attachment.pk), made.envelope)


def open_copy(  # noqa: PLR0913  (as `read_attachment`)
    attachment: Attachment,
    mailbox: Mailbox,
    *,
    key: OpenKey,
    actor: Actor,
    at: datetime,
    reason: WhyOpened,
) -> Cleaned | None:
    """Open the clean copy that is kept of a file; None where none is.

    Raises `Forbidden`, `ConflictFound`, a `VaultError`.
    """
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    look_again(mailbox, key=key, actor=actor, at=at, reason=reason)
    try:
        envelope = place_of_copy(attachment.pk).read_bytes()
    except FileNotFoundError:
        return None
    with transaction.atomic():
        content = open_sealed(
            envelope,
            attachment.pk,
            kind=CLEAN,
            version=VERSION,
            key=key,
            actor=actor,
            at=at,
            right=reason.value,
        )
        note_file_opened(mailbox, actor=actor, at=at, reason=reason)
    kind, _, rest = content.partition(b"\n")
    return Cleaned(rest, MediaKind(kind.decode()))


def _write(place: Path, envelope: bytes) -> None:
    """Put an envelope in its place, whole or not at all."""
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as sink:
            sink.write(envelope)
            sink.flush()
            os.fsync(sink.fileno())
        Path(draft).replace(place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
