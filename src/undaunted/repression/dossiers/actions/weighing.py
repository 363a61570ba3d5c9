"""What speaks for somebody: searched, found, or not; their own account; who has listed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from undaunted.core.access.rules import Verb
from undaunted.core.evidence.queries import document_for, redacted_copy_for
from undaunted.core.sharing.queries import received_subjects
from undaunted.repression.dossiers.actions.parts import NOTHING, Evidence, handled, kept, note, said
from undaunted.repression.dossiers.actions.vouching import keep_search
from undaunted.repression.dossiers.analysis import search_lists
from undaunted.repression.dossiers.models import Annex, Statement
from undaunted.repression.dossiers.queries import acts_in, details_in
from undaunted.repression.dossiers.rules import (
    DetailKind,
    DossierRefused,
    DossierReply,
    PartyKind,
    Weighed,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Accused, Dossier

__all__ = [
    "add_annex",
    "confirm_statement",
    "record_reply",
    "record_statement",
    "search_listings",
]


def record_statement(  # noqa: PLR0913 - of whom, what kind, in which words, on what, by whom, when
    accused: Accused,
    kind: Weighed,
    body: str,
    *,
    actor: Actor,
    at: datetime,
    evidence: Evidence = NOTHING,
) -> Statement:
    """Write what speaks for somebody; it counts once a second person has confirmed it."""
    dossier = accused.dossier
    handled(dossier, Verb.RECORD, actor)
    row = Statement(
        holder=dossier.holder,
        dossier=dossier,
        accused=accused,
        kind=Weighed(kind).value,
        body=said("body", body),
        written_by=actor.person,
        written_at=at,
    )
    kept(row, "statement", dossier, evidence, actor=actor, at=at)
    return row


def confirm_statement(statement: Statement, *, actor: Actor, at: datetime) -> Statement:
    """Confirm as a second person what speaks for somebody. Raises `Forbidden`, `DossierRefused`."""
    dossier = statement.dossier
    handled(dossier, Verb.REVIEW_TEXT, actor, frozenset({statement.written_by}))
    with transaction.atomic():
        held = Statement.objects.select_for_update().get(pk=statement.pk)
        if held.confirmed_by is not None or held.withdrawn_at is not None:
            raise DossierRefused("statement", "it was confirmed or withdrawn before")
        held.confirmed_by, held.confirmed_at = actor.person, at
        held.save(update_fields=["confirmed_by", "confirmed_at"])
        note("dossier.statement_confirmed", dossier, actor=actor, at=at, part=str(held.pk))
    return held


def record_reply(
    accused: Accused, reply: DossierReply, words: str, *, actor: Actor, at: datetime
) -> Accused:
    """Say whether the person's own account was sought, or why seeking it is unsafe (rule H8)."""
    dossier = accused.dossier
    handled(dossier, Verb.RECORD, actor)
    if reply is DossierReply.OPEN:
        raise DossierRefused("reply", "say whether it was sought, received, or is unsafe to seek")
    accused.reply, accused.reply_note = reply.value, said("reasons", words)
    with transaction.atomic():
        accused.save(update_fields=["reply", "reply_note"])
        note("dossier.reply_recorded", dossier, actor=actor, at=at, part=str(accused.pk))
    return accused


def search_listings(accused: Accused, *, actor: Actor, at: datetime) -> Accused:
    """Search the lists in force for somebody's names; what is found is kept as a question."""
    dossier = accused.dossier
    handled(dossier, Verb.RECORD, actor)
    rows = details_in(actor, dossier).filter(accused=accused, kind=DetailKind.NAME.value)
    names = tuple(rows.values_list("text", flat=True))
    if not names:
        raise DossierRefused("name", "record a name first; nothing can be searched for without")
    found = search_lists(actor, names, person=accused.kind == PartyKind.PERSON)
    with transaction.atomic():
        keep_search(accused, found, at)
        note("dossier.lists_searched", dossier, actor=actor, at=at, part=str(accused.pk))
    return accused


def _was_received(actor: Actor, *parts: UUID) -> bool:
    """Whether a partner sent a document or its source: what is received never goes onward."""
    return received_subjects(actor).filter(subject__in=parts).exists()


def add_annex(  # noqa: PLR0913 - where, which, called what, whom it shows, by whom, when
    dossier: Dossier,
    document: UUID,
    title: str,
    *,
    shows: Collection[UUID],
    actor: Actor,
    at: datetime,
    redacted: UUID | None = None,
) -> Annex:
    """Let a document go along, and say whom of the dossier it shows; nobody has to be said too.

    With `redacted`, one of its redacted copies goes in its place, and `shows` is whom that shows.
    """
    handled(dossier, Verb.RECORD, actor)
    held = document_for(actor, document)
    if (
        held is None
        or held.holder != dossier.holder
        or _was_received(actor, held.pk, held.source_id)
    ):
        raise DossierRefused("document", "there is no such document of your organisation")
    copy = redacted_copy_for(actor, redacted) if redacted else None
    if redacted and (copy is None or copy.document_id != held.pk):
        raise DossierRefused("redacted", "there is no such redacted copy of this document")
    known = set(acts_in(actor, dossier).values_list("subject", flat=True))
    if not set(shows) <= known:
        raise DossierRefused("shows", "choose people of this dossier; add their act first")
    last = Annex.objects.filter(dossier=dossier).aggregate(most=Max("number"))["most"] or 0
    row = Annex(
        holder=dossier.holder,
        dossier=dossier,
        document=document,
        title=said("title", title, 200),
        number=last + 1,
        shows=sorted(set(shows)),
        redacted=redacted,
        recorded_by=actor.person,
        recorded_at=at,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        note("dossier.annex_recorded", dossier, actor=actor, at=at, part=str(row.pk))
    return row
