"""A submission leaves: read and released by a second person, opened, ended by desk or news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from undaunted.core.access.rules import Forbidden, Verb
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.listings.rules import list_sources
from undaunted.core.sharing.queries import partner_for
from undaunted.repression.dossiers.actions.parts import handled, note
from undaunted.repression.dossiers.actions.vouching import keep_released
from undaunted.repression.dossiers.analysis import composed_again, lists_came
from undaunted.repression.dossiers.models import Submission, SubmissionFile, SubmissionSubject
from undaunted.repression.dossiers.queries import (
    OPENED,
    agreed_to,
    file_of,
    files_of,
    files_unopened,
    subjects_of,
)
from undaunted.repression.dossiers.rules import (
    ANNEXES,
    DRAFT,
    DossierRefused,
    SubmissionRefused,
    SubmissionState,
    audience_for,
    opening_told,
    opens,
)
from undaunted.repression.dossiers.writers import write_submission_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.analysis import Composed
    from undaunted.repression.dossiers.models import Dossier

__all__ = [
    "TYPED",
    "end_for",
    "end_submission",
    "open_submission_file",
    "publisher_of",
    "release_submission",
]

TYPED: Final = "typed"
"""Stands for the fingerprint of a key that nobody compared: agreements bound to one fail."""


def release_submission(
    submission: Submission, *, actor: Actor, at: datetime, without: Collection[str] = ()
) -> Submission:
    """Release a submission as a second person; consent of everybody in it is asked again first.

    `without` are codes of lists that one person alone changed since it was written: it goes out
    with the versions that it names, whoever is alike on the later ones.

    Where somebody does not agree any more it ends instead. Raises `Forbidden`, `DossierRefused`,
    also where it is sealed to a partner that was ended, and `SubmissionRefused` where anything it
    tells changed since it was written, or who releases has not opened its files.
    """
    dossier = submission.dossier
    handled(dossier, Verb.PUBLISH, actor, frozenset({submission.written_by}))
    lists = sorted(set(without) & list_sources().keys())
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('editions'))")
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        if held.state != SubmissionState.WRITTEN:
            raise DossierRefused("submission", "it was released or has ended; write another")
        _check_partner(held, actor)
        if not _agree_still(held, actor, at):
            return end_for(held, "consent", actor=actor, at=at)
        if fallen := _fallen(held, actor, at, lists):
            raise SubmissionRefused((*fallen, *_may_go_without(held, actor, lists)))
        if unread := tuple(_unread(held, actor)):
            raise SubmissionRefused(unread)
        keep_released(held, actor.person, at)
        _leave_sealed(held, actor)
        files_of(actor, held).filter(name=DRAFT).update(content=None)
        note(
            "submission.released",
            dossier,
            actor=actor,
            at=at,
            submission=str(held.pk),
            reader=held.reader,
            **({"without": ", ".join(lists)} if lists else {}),
        )
    return held


def end_submission(submission: Submission, *, actor: Actor, at: datetime) -> Submission:
    """Destroy the files of a submission; its number stays as a tombstone."""
    dossier = submission.dossier
    handled(dossier, Verb.RECORD, actor, closed=True)
    with transaction.atomic():
        return end_for(submission, "desk", actor=actor, at=at)


def open_submission_file(
    submission: Submission, name: str, *, actor: Actor, at: datetime
) -> SubmissionFile:
    """Give a file with its bytes, and note who took it. Raises `DossierRefused` where none is."""
    if actor.person not in submission.dossier.team:
        raise Forbidden("only the handling team opens a submission")
    opened = opens(name, submission.state, released=submission.released_at is not None)
    found = file_of(actor, submission, name) if opened else None
    if found is None:
        raise DossierRefused("file", "there is none of this name, or its bytes were destroyed")
    with transaction.atomic():
        opening = opening_told(submission.pk, found.sha256)
        note(OPENED, submission.dossier, actor=actor, at=at, **opening)
    return found


def end_for(submission: Submission, why: str, *, actor: Actor, at: datetime) -> Submission:
    """End a submission for a reason: its bytes go, and whom it told of."""
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if held.state == SubmissionState.ENDED:
        raise DossierRefused("submission", "it has ended already")
    held.state, held.why, held.ended_at = "ended", why, at
    held.coincidences, held.summary = [], ""
    held.save(update_fields=["state", "why", "ended_at", "coincidences", "summary"])
    files_of(actor, held).update(content=None)
    SubmissionSubject.objects.filter(submission=held).delete()
    note("submission.ended", held.dossier, actor=actor, at=at, submission=str(held.pk), why=why)
    return held


def _leave_sealed(submission: Submission, actor: Actor) -> None:
    """Destroy the annexes that were read where they go out sealed; the sealed copy is left."""
    files = files_of(actor, submission)
    if files.filter(name="annexes.age").exists():
        files.filter(name=ANNEXES).update(content=None)


def publisher_of(actor: Actor, dossier: Dossier) -> str:
    """Give the name of who publishes a dossier's papers, as it stands on them."""
    row = organisations_for(actor).filter(pk=dossier.holder).first()
    return row.name if row else "Undaunted"


def _may_go_without(
    submission: Submission, actor: Actor, without: Collection[str]
) -> Iterator[str]:
    """Say of which lists one person alone says what stops it."""
    since = (each.version.source for each in lists_came(actor, submission))
    if codes := sorted(set(since) - set(without)):
        lists = ", ".join(codes)
        yield (
            f"lists: one person alone brought what these say now: {lists}; let a second person "
            "confirm it, search again, or release without them"
        )


def _fallen(
    submission: Submission, actor: Actor, at: datetime, without: Collection[str]
) -> tuple[str, ...]:
    """Compose it again from what stands now, and give why it is written anew first.

    The files are those of what is composed, byte for byte: nobody puts another paper beside the
    draft that was read. Those of annexes are there: they go where one of them fell. Which go
    along is what was kept of it, so that it ends with them.
    """
    composed, fallen = composed_again(
        actor,
        submission,
        publisher=publisher_of(actor, submission.dossier),
        fingerprint=_fingerprint(submission, actor),
        asked=at.date(),
        without=without,
    )
    if composed is not None and not _as_composed(submission, composed, actor):
        return ("paper: what it tells changed after this was written; write it anew",)
    return fallen


def _as_composed(submission: Submission, composed: Composed, actor: Actor) -> bool:
    if submission.annexes is not None and submission.annexes != list(composed.taken):
        return False
    moment = int(submission.written_at.timestamp())
    wanted = write_submission_files(composed.paper, moment=moment)
    for held in files_of(actor, submission):
        kept = file_of(actor, submission, held.name)
        if kept is None or (held.name in wanted and kept.content != wanted[held.name][1]):
            return False
    return True


def _fingerprint(submission: Submission, actor: Actor) -> str:
    partner = partner_for(actor, submission.partner) if submission.partner else None
    return partner.fingerprint if partner else TYPED


def _check_partner(submission: Submission, actor: Actor) -> None:
    """Raise `DossierRefused` where the key that seals who the victims are is not to be used."""
    if submission.partner is None:
        return
    partner = partner_for(actor, submission.partner)
    if partner is None or partner.ended_at is not None:
        raise DossierRefused(
            "partner", "it was ended, and its key seals who the victims are; write another"
        )


def _unread(submission: Submission, actor: Actor) -> Iterator[str]:
    """Give what somebody has not opened of what can be read: the draft and each other file."""
    for name in files_unopened(actor, submission):
        yield f"{name}: open it first; whoever releases a submission has read what goes out"


def _agree_still(submission: Submission, actor: Actor, at: datetime) -> bool:
    """Ask everybody in it again, about every part; one person with another is asked as that one."""
    fingerprint = _fingerprint(submission, actor)
    covered: set[UUID] = set()
    for subject in sorted(subjects_of(actor, submission)):
        if subject in covered:
            continue
        agreed = agreed_to(
            actor,
            subject,
            holder=submission.dossier.holder,
            audience=audience_for(submission.jurisdiction),
            on=at.date(),
            fingerprint=fingerprint,
        )
        if agreed.changed_since(submission.written_at.date()):
            return False
        covered |= agreed.subjects
    return True
