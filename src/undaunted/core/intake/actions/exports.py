"""What leaves a mailbox: proposed by one, approved by another, made once; and redacted copies."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import DatabaseError, transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.intake.actions.casework import (
    Opened,
    look_again,
    note_opening,
    open_mailbox,
)
from undaunted.core.intake.models import Export, Redaction
from undaunted.core.intake.queries import redactions_for
from undaunted.core.intake.rules import (
    EXPORTED,
    REDACTED,
    VERSION,
    ExportForm,
    Redacted,
    WhyExported,
    WhyOpened,
    hour_of,
    read_redacted,
    redact_answers,
    redact_text,
    write_redacted,
)
from undaunted.core.intake.writers import Kept, package
from undaunted.core.vault.actions import open_sealed, seal_for
from undaunted.core.vault.rules import recipient_from

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.models import Mailbox
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "ExportRefused",
    "approve_export",
    "gather_letters",
    "make_export",
    "open_redaction",
    "propose_export",
    "redact_letter",
    "refuse_export",
]


class ExportRefused(ValueError):
    """The export is not at the step that this needs, or its hour is over."""


class _Rehearsed(Exception):
    """What was asked could be done; it is taken back."""


def propose_export(  # noqa: PLR0913  (of what, how, why, to whom, by whom, when)
    mailbox: Mailbox,
    form: ExportForm,
    reason: WhyExported,
    *,
    recipient: str = "",
    actor: Actor,
    at: datetime,
) -> Export:
    """Propose that something leaves a mailbox; somebody else of the team approves it.

    With `recipient`, an age public key, the package is sealed to that key. Raises `Forbidden`,
    `NotAnEnvelope` and the like for what is no such key.
    """
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    if recipient:
        recipient_from(recipient)
    with transaction.atomic():
        made = Export.objects.create(
            mailbox=mailbox,
            form=form.value,
            recipient=recipient,
            reason=reason.value,
            proposed_by=actor.person,
            proposed_at=at,
        )
        _record("export.proposed", mailbox, made, actor, at)
    return made


def approve_export(export: Export, *, actor: Actor, at: datetime) -> None:
    """Approve what somebody else proposed within the hour. Raises `ExportRefused`, `Forbidden`."""
    require(actor, Verb.RECORD, Facts(holder=export.mailbox.holder))
    _step(export, "export.approved", actor, at, approved_by=actor.person, approved_at=at)


def refuse_export(export: Export, *, actor: Actor, at: datetime) -> None:
    """Refuse or take back a proposal. Raises `ExportRefused`, `Forbidden`."""
    require(actor, Verb.RECORD, Facts(holder=export.mailbox.holder))
    _step(export, "export.refused", actor, at, refused_by=actor.person, refused_at=at)


def gather_letters(export: Export, *, key: OpenKey, actor: Actor, at: datetime) -> list[Kept]:
    """Open the texts that an approved export will hold. It is not made by that.

    Its files are read one by one (`read_attachment`) and cleaned while no transaction waits; then
    `make_export` makes it. Raises `ExportRefused` where it could not be made now, `Forbidden`,
    `ConflictFound`, a `VaultError`.
    """
    mailbox, reason = export.mailbox, WhyOpened.EXPORT
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    with transaction.atomic():
        _rehearse(export, at)
        if export.form == ExportForm.REDACTED:
            return [
                Kept.of_copy(
                    number, open_redaction(each, key=key, actor=actor, at=at, reason=reason)
                )
                for number, each in enumerate(redactions_for(actor, mailbox), start=1)
            ]
        letters = open_mailbox(mailbox, key=key, actor=actor, at=at, reason=reason)
    return [Kept.of_letter(number, each) for number, each in enumerate(letters, start=1)]


def make_export(
    export: Export, kept: Iterable[Kept], *, actor: Actor, at: datetime
) -> tuple[str, bytes]:
    """Make the package of an approved export, once; its name and its bytes, kept nowhere here.

    Raises `ExportRefused`, `Forbidden`, a `VaultError`; then it can be made again.
    """
    mailbox = export.mailbox
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    content, name = package(kept), f"export-{str(export.pk)[:8]}.zip"
    with transaction.atomic():
        _step(export, "export.made", actor, at, made_at=at)
        if not export.recipient:
            return name, content
        sealed = seal_for(
            mailbox.team,
            mailbox.pk,
            content,
            kind=EXPORTED,
            version=VERSION,
            actor=actor,
            at=at,
            also=(export.recipient,),
        )
    return f"{name}.age", sealed.envelope


def redact_letter(  # noqa: PLR0913  (which, what of it, with which key, by whom, when)
    mailbox: Mailbox,
    letter: Opened,
    fields: Collection[str],
    passages: list[str],
    *,
    actor: Actor,
    at: datetime,
) -> Redaction:
    """Seal a copy of an opened letter without parts of it; the original stays as it is.

    Raises `Forbidden`, `PassageMissing`, `NothingTakenOut`.
    """
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    copy = Redacted(
        record=mailbox.pk,
        kind=letter.kind,
        sequence=letter.sequence,
        head=letter.head,
        answers=redact_answers(letter.answers, fields, passages) if letter.answers else None,
        text=redact_text(letter.text, passages) if letter.text is not None else None,
    )
    with transaction.atomic():
        sealed = seal_for(
            mailbox.team,
            uuid4(),
            write_redacted(copy),
            kind=REDACTED,
            version=VERSION,
            actor=actor,
            at=at,
        )
        made = Redaction.objects.create(
            pk=sealed.binding.record,
            mailbox=mailbox,
            of_kind=letter.kind,
            of_sequence=letter.sequence,
            envelope=sealed.envelope,
            by=actor.person,
            at=hour_of(at),
        )
        record_entry(
            "mailbox.redacted",
            actor=actor,
            subject_kind="mailbox",
            subject_id=mailbox.pk,
            at=at,
            detail={"copy": str(made.pk), "kind": letter.kind, "sequence": letter.sequence},
        )
    return made


def open_redaction(
    redaction: Redaction, *, key: OpenKey, actor: Actor, at: datetime, reason: WhyOpened
) -> Redacted:
    """Open a redacted copy; that something was opened, and why, is told to the reporter.

    What is compared with the actor's conflicts is the mailbox, not the copy. Raises `Forbidden`,
    `ConflictFound`, a `VaultError`, `LetterUnreadable`.
    """
    mailbox = redaction.mailbox
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    with transaction.atomic():
        look_again(mailbox, key=key, actor=actor, at=at, reason=reason)
        content = open_sealed(
            bytes(redaction.envelope),
            redaction.pk,
            kind=REDACTED,
            version=VERSION,
            key=key,
            actor=actor,
            at=at,
            right=reason.value,
        )
        note_opening(mailbox, actor=actor, at=at, reason=reason)
    return read_redacted(content)


def _step(export: Export, verb: str, actor: Actor, at: datetime, **changed: object) -> None:
    """Change one row; the trigger says whether this person may take this step now."""
    with _guarded():
        _change(export, **changed)
    _record(verb, export.mailbox, export, actor, at)


def _rehearse(export: Export, at: datetime) -> None:
    """Ask the trigger whether this export could be made now, and leave it as it is."""
    with suppress(_Rehearsed), _guarded():
        _change(export, made_at=at)
        raise _Rehearsed


@contextmanager
def _guarded() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except DatabaseError as problem:
        raise ExportRefused(
            "an export is proposed by one and approved by another within the hour, then made once"
            " within the next hour by whoever proposed it"
        ) from problem


def _change(export: Export, **changed: object) -> None:
    if not Export.objects.filter(pk=export.pk).update(**changed):
        raise Forbidden("no such export")


def _record(verb: str, mailbox: Mailbox, export: Export, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="mailbox",
        subject_id=mailbox.pk,
        at=at,
        detail={"export": str(export.pk), "form": export.form, "reason": export.reason},
    )
