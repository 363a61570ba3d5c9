"""Originals that are sealed to a team: put away, opened for a clean copy, erased by the clock.

A sealed original lies as an envelope under the document's id; its clean copy, which shows the same
to whoever reads the disk, is sealed beside it. The document's id is that of the vault's record.
"""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.clocks.actions import ClockRuns, start_clock
from undaunted.core.evidence.actions.falling import tell_fallen
from undaunted.core.evidence.actions.settling import settle_on_commit
from undaunted.core.evidence.actions.vouching import keep_vouched
from undaunted.core.evidence.models import CleanCopy, CustodyEvent, Document, RedactedCopy
from undaunted.core.evidence.queries import open_blob
from undaunted.core.evidence.rules import CustodyKind
from undaunted.core.vault.actions import (
    erase_by_clock,
    open_stream,
    seal_for,
    seal_stream_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "DOCUMENT",
    "KeyNeeded",
    "erase_document",
    "keep_withdrawn",
    "note_custody",
    "open_copy",
    "open_original",
    "put_away",
    "put_copy_away",
    "seal_document",
    "without_files",
]

DOCUMENT = "document"
"""The kind of subject under which the clock of a sealed document runs."""

ORIGINAL, COPY, VERSION = "evidence.original", "evidence.copy", 1


class KeyNeeded(PermissionError):
    """The document is sealed: it opens with the key of somebody in its team."""


def put_away(
    document: Document, content: BinaryIO, team: UUID, *, actor: Actor, at: datetime
) -> None:
    """Seal an original under its document; part of storing it. Raises what the vault raises."""
    with _written(_place(document)) as sink:
        seal_stream_for(
            team, document.pk, content, sink, kind=ORIGINAL, version=VERSION, actor=actor, at=at
        )


def put_copy_away(document: Document, content: bytes, *, actor: Actor, at: datetime) -> None:
    """Seal a clean copy beside its original; part of making it."""
    assert document.team is not None  # noqa: S101 - asked before
    made = seal_for(
        document.team, document.pk, content, kind=COPY, version=VERSION, actor=actor, at=at
    )
    with _written(_copy_place(document)) as sink:
        sink.write(made.envelope)


def seal_document(document: Document, team: UUID, *, actor: Actor, at: datetime) -> Document:
    """Seal an original that lay open, and its clean copy, and destroy the open files.

    Redacted copies, which would lie open, are destroyed. A file that an open document needs too
    stays for that one. Raises `Forbidden`, and what the vault raises where the actor is not in
    that team.
    """
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        if held.team is not None:
            return held
        with open_blob(actor, held.sha256) as original:
            put_away(held, original, team, actor=actor, at=at)
        held.team = team
        keep_vouched(held, changed=("team",))
        open_files = [held.sha256]
        copy = CleanCopy.objects.filter(document=held).exclude(sha256="").first()
        if copy is not None:
            with open_blob(actor, copy.sha256) as content:
                put_copy_away(held, content.read(), actor=actor, at=at)
            open_files.append(copy.sha256)
        open_files += RedactedCopy.objects.filter(document=held).values_list("sha256", flat=True)
        note_custody(held, CustodyKind.SEALED, actor=actor, at=at)
        _note("document.sealed", held, actor=actor, at=at)
        settle_on_commit(set(open_files))
        tell_fallen(held.pk, actor=actor, at=at)
    return held


def open_original(document: Document, *, key: OpenKey | None, actor: Actor, at: datetime) -> bytes:
    """Give the bytes of a document to what cleans or compares it; never to a page.

    Raises `KeyNeeded`, and a `VaultError` that names what is wrong.
    """
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    if document.team is None:
        with open_blob(actor, document.sha256) as file:
            return file.read()
    with transaction.atomic():
        content = _opened(document, _place(document), ORIGINAL, key=key, actor=actor, at=at)
        _note("document.opened", document, actor=actor, at=at)
    return content


def open_copy(document: Document, *, key: OpenKey | None, actor: Actor, at: datetime) -> BinaryIO:
    """Give the clean copy of a sealed document. Raises `KeyNeeded`, `VaultError`, `Forbidden`."""
    require(actor, Verb.READ, Facts(holder=document.holder))
    with transaction.atomic():
        place = _copy_place(document)
        content = _opened(document, place, COPY, key=key, actor=actor, at=at)
        _note("document.copy_opened", document, actor=actor, at=at)
    return io.BytesIO(content)


def keep_withdrawn(document: Document, *, actor: Actor, at: datetime) -> None:
    """Start the clock that ends with the erasure of a sealed original; part of withdrawing it."""
    start_clock(
        "retention-sealed",
        actor=actor,
        at=at,
        holder=document.holder,
        subject_kind=DOCUMENT,
        subject_id=document.pk,
        started_at=at,
    )


def erase_document(
    subject_id: UUID, clock: Clock, *, actor: Actor, at: datetime
) -> dict[str, object]:
    """Erase a withdrawn original and its copies; digest and log stay. Raises `ClockRuns`."""
    document = Document.objects.select_for_update().get(pk=subject_id)
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    if not erase_by_clock(document.pk, clock.pk, actor=actor, at=at):
        raise ClockRuns("the time for which this is kept is not over, or two people hold it")
    standing = RedactedCopy.objects.filter(document=document, withdrawn_at__isnull=True)
    open_files = list(standing.values_list("sha256", flat=True))
    standing.update(withdrawn_by=actor.person, withdrawn_at=at)
    settle_on_commit(set(open_files))
    note_custody(document, CustodyKind.DESTROYED, actor=actor, at=at)
    _note("document.erased", document, actor=actor, at=at)
    places = [_place(document), _copy_place(document)]
    transaction.on_commit(lambda: _destroy(places))
    tell_fallen(document.pk, actor=actor, at=at)
    return {"keys": 1, "sha256": document.sha256}


@contextmanager
def without_files(documents: Iterable[Document], *, actor: Actor, at: datetime) -> Iterator[None]:
    """Let the files of documents go with the rows that the block erases. Not an action.

    Originals, clean copies and redacted copies, open or sealed, once the transaction is over; a
    file that another document needs, of any organisation, stays for that one. Whoever has them in
    use learns that they fell.
    """
    held = tuple(documents)
    digests = {each.sha256 for each in held}
    for table in (CleanCopy, RedactedCopy):
        rows = table.objects.filter(document__in=held).exclude(sha256="")
        digests.update(rows.values_list("sha256", flat=True))
    yield
    settle_on_commit(digests)
    sealed = [place for each in held for place in (_place(each), _copy_place(each))]
    transaction.on_commit(lambda: _destroy(sealed))
    for each in held:
        tell_fallen(each.pk, actor=actor, at=at)


def note_custody(
    document: Document, kind: CustodyKind, *, actor: Actor, at: datetime, note: str = ""
) -> CustodyEvent:
    """Write one step into a document's log; part of the action that took it."""
    return CustodyEvent.objects.create(
        holder=document.holder,
        sharing=document.sharing,
        document=document,
        kind=kind.value,
        at=at,
        by=actor.person,
        note=note,
    )


def _opened(  # noqa: PLR0913 - what, where, as what, with which key, by whom, when
    document: Document,
    place: Path,
    kind: str,
    *,
    key: OpenKey | None,
    actor: Actor,
    at: datetime,
) -> bytes:
    if key is None:
        raise KeyNeeded("open your key first: this document is sealed")
    held = io.BytesIO()
    with place.open("rb") as source:
        open_stream(
            source, held, document.pk, kind=kind, version=VERSION, key=key, actor=actor, at=at
        )
    return held.getvalue()


def _place(document: Document) -> Path:
    return Path(settings.DOCUMENTS_FOLDER) / "sealed" / str(document.pk)


def _copy_place(document: Document) -> Path:
    return _place(document).with_suffix(".copy")


@contextmanager
def _written(place: Path) -> Iterator[BinaryIO]:
    """Give a file that appears whole at `place`, or not at all."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as sink:
            yield sink
            sink.flush()
            os.fsync(sink.fileno())
        Path(draft).replace(place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _destroy(places: list[Path]) -> None:
    for place in places:
        place.unlink(missing_ok=True)


def _note(verb: str, document: Document, *, actor: Actor, at: datetime) -> None:
    record_entry(verb, actor=actor, subject_kind="document", subject_id=document.pk, at=at)
