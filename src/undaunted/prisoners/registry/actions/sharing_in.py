"""What becomes of a case or document that a partner sent: a record here until it is given up."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.audit.actions import record_entry
from undaunted.core.consent.actions import announce, deliver
from undaunted.core.events.rules import ActFamily
from undaunted.core.evidence.actions import record_source, store_document, without_files
from undaunted.core.evidence.queries import documents_for
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.core.sharing.rules import ItemRefused, Taken
from undaunted.prisoners.registry.actions.listing import propose_for_list
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.actions.projecting import project_published
from undaunted.prisoners.registry.actions.records import record_act
from undaunted.prisoners.registry.queries.lists import lists_of
from undaunted.prisoners.registry.readers.shared_case import CaseUnreadable, read_case

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.models import Party
    from undaunted.core.evidence.models import Source
    from undaunted.core.sharing.rules import Origin
    from undaunted.prisoners.registry.rules.shared_case import SharedAct, SharedCase

__all__ = [
    "NamesKept",
    "give_up_received",
    "look_at_case",
    "look_at_document",
    "take_case",
    "take_document",
]

_WHILE_NAMED = frozenset({"dossiers", "matching"})
"""Who finds a person in what they hold by names alone, and never again once these are erased."""


class NamesKept(RuntimeError):
    """Who keeps names of a record could not let go of them; the record is not given up yet."""


def look_at_case(content: bytes) -> list[tuple[str, str]]:
    """Give the lines of a case to review. Raises `ItemRefused`."""
    case = _read(content)
    lines = [("name", name.text) for name in case.names] or [("code", case.code)]
    lines += [("country", case.country), ("birth", case.birth), ("roles", ", ".join(case.roles))]
    lines += [
        ("act", " · ".join(filter(None, (act.type, act.start, act.end, act.city, act.facility))))
        for act in case.acts
    ]
    return [(label, text) for label, text in lines if text]


def look_at_document(content: bytes) -> list[tuple[str, str]]:
    """Say how large a document is; it is looked at as a clean copy, once it is accepted."""
    return [("bytes", str(len(content)))]


def take_case(  # noqa: PLR0913 - what, whose, from where, for which list, by whom, when
    content: bytes,
    *,
    holder: UUID,
    origin: Origin,
    into: UUID | None = None,
    actor: Actor,
    at: datetime,
) -> tuple[Taken, ...]:
    """Record a person with what was done to them, with the partner as the source.

    The claims have the lowest tier: what a partner says is not our evidence. Where a list is
    chosen, the record waits for its steward there. Raises `ItemRefused`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    case = _read(content)
    names = [(name.text, name.kind, name.language) for name in case.names]
    with transaction.atomic():
        source = _source(holder, origin, actor=actor, at=at)
        try:
            party = record_person(
                holder,
                names or [(case.code, "alias", "")],
                actor=actor,
                at=at,
                gender=case.gender,
                birth=PartialDate.parse(case.birth) if case.birth else None,
                nationalities=list(case.nationalities),
                country=case.country,
                roles=list(case.roles),
            )
            for act in case.acts:
                _record(party, act, source, actor=actor, at=at)
            if into is not None:
                chosen = lists_of(actor, holder).get(pk=into)
                propose_for_list(party, chosen, actor=actor, at=at)
        except ValueError as problem:
            raise ItemRefused(f"the case cannot be recorded: {problem}") from problem
    return (Taken("party", party.pk), Taken("source", source.pk))


def take_document(  # noqa: PLR0913 - what, whose, from where, by whom, when
    content: bytes,
    *,
    holder: UUID,
    origin: Origin,
    into: None = None,  # noqa: ARG001 - a document is put into no list
    actor: Actor,
    at: datetime,
) -> tuple[Taken, ...]:
    """Keep a document with the partner as its source. Raises `ItemRefused` where it is ours too."""
    require(actor, Verb.RECORD, Facts(holder=holder))
    with transaction.atomic():
        source = _source(holder, origin, actor=actor, at=at)
        document = store_document(
            io.BytesIO(content),
            source,
            actor=actor,
            at=at,
            media_type="application/octet-stream",
            note=str(origin)[:400],
        )
        if document.source_id != source.pk:
            raise ItemRefused("the same file is among your documents already; reject the item")
    return (Taken("document", document.pk), Taken("source", source.pk))


def give_up_received(
    subject_kind: str, subject: UUID, *, why: str, actor: Actor, at: datetime
) -> None:
    """Erase a record that came from a partner; the database checks that it did.

    Whoever has it in use learns so: of a person while the names exist still, of a document after.
    Raises `NamesKept`, and nothing is done, where somebody could not take the names of a person out
    of what they hold: afterwards nobody would find them.
    """
    with transaction.atomic():
        if subject_kind == "party":
            failed = deliver(announce("given_up", subject, at), actor=actor, at=at)
            if kept := _WHILE_NAMED.intersection(failed):
                raise NamesKept(*sorted(kept))
        documents = documents_for(actor).filter(pk=subject) if subject_kind == "document" else ()
        with without_files(documents, actor=actor, at=at), connection.cursor() as cursor:
            cursor.execute("SELECT sharing_erase_kept(%s, %s, %s)", [subject_kind, subject, at])
        if subject_kind == "party":
            project_published([subject])
        record_entry(
            "record.given_up",
            actor=actor,
            subject_kind=subject_kind,
            subject_id=subject,
            at=at,
            detail={"why": why},
        )


def _read(content: bytes) -> SharedCase:
    try:
        return read_case(content)
    except CaseUnreadable as problem:
        raise ItemRefused(str(problem)) from problem


def _source(holder: UUID, origin: Origin, *, actor: Actor, at: datetime) -> Source:
    return record_source(
        holder,
        actor=actor,
        at=at,
        kind=SourceKind.OTHER,
        publisher=origin.partner,
        title=str(origin)[:400],
        public=False,
    )


def _record(party: Party, act: SharedAct, source: Source, *, actor: Actor, at: datetime) -> None:
    record_act(
        party,
        ActFamily(act.family),
        act.type,
        actor=actor,
        at=at,
        sources=[(source, Grade())],
        start=PartialDate.parse(act.start) if act.start else None,
        end=PartialDate.parse(act.end) if act.end else None,
        tier="D",
        country=act.country,
        city=act.city,
        facility=act.facility,
        authority=act.authority,
        law=act.law,
        stage=act.stage,
    )
