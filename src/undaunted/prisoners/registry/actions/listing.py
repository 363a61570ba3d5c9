"""Putting single records into a list: anybody who records proposes, the list's steward answers.

Imports bring thousands of rows; this is the door for a record that was made by hand or that a
partner sent. What a partner sent stays behind when its list goes to somebody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.prisoners.registry.models import ListEntry, ListProposal, SourceList
from undaunted.prisoners.registry.queries.received import received_records

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.models import Party

__all__ = ["ListingRefused", "answer_listing", "keep_received_back", "propose_for_list"]


class ListingRefused(ValueError):
    """The record cannot be put into this list, or the proposal was answered before."""


def propose_for_list(
    party: Party, source_list: SourceList, *, actor: Actor, at: datetime
) -> ListProposal:
    """Propose that a record stands in a list of the same organisation.

    Raises `ListingRefused` for a list of somebody else, or that holds it or waits for it already.
    """
    require(actor, Verb.IMPORT, Facts(holder=party.holder))
    if source_list.holder != party.holder:
        raise ListingRefused("another organisation keeps this list; choose one of your own")
    with transaction.atomic():
        SourceList.objects.select_for_update().get(pk=source_list.pk)
        listed = ListEntry.objects.filter(party=party, withdrawn_at__isnull=True)
        waiting = ListProposal.objects.filter(party=party, answer="")
        if any(rows.filter(source_list=source_list).exists() for rows in (listed, waiting)):
            raise ListingRefused("the record stands in this list or waits for it already")
        made = ListProposal.objects.create(
            holder=party.holder,
            source_list=source_list,
            party=party,
            proposed_by=actor.person,
            proposed_at=at,
        )
        _note("listing.proposed", made, actor=actor, at=at)
    return made


def answer_listing(
    proposal: ListProposal, *, accept: bool, actor: Actor, at: datetime
) -> ListEntry | None:
    """Take a proposed record into the list, or decline it, as a steward of the list.

    Raises `Forbidden`, and `ListingRefused` where it was answered before or the list has gone to
    somebody else.
    """
    require(actor, Verb.ACCEPT_IMPORT, Facts(holder=proposal.holder))
    with transaction.atomic():
        source_list = SourceList.objects.select_for_update().get(pk=proposal.source_list_id)
        held = ListProposal.objects.select_for_update().get(pk=proposal.pk)
        if held.answer or source_list.holder != held.holder:
            raise ListingRefused("it was answered before, or the list is another organisation's")
        held.answer = "accepted" if accept else "declined"
        held.answered_by, held.answered_at = actor.person, at
        held.save(update_fields=["answer", "answered_by", "answered_at"])
        _note(f"listing.{held.answer}", held, actor=actor, at=at)
        return _taken_in(held) if accept else None


def keep_received_back(source_list: SourceList, *, actor: Actor, at: datetime) -> int:
    """Take out of a list what partners sent, before the list goes on; gives how many records."""
    require(actor, Verb.HAND_OVER_LIST, Facts(holder=source_list.holder))
    received = received_records(actor)
    with transaction.atomic():
        waiting = ListProposal.objects.filter(source_list=source_list, answer="")
        waiting.update(answer="declined", answered_by=actor.person, answered_at=at)
        listed = ListEntry.objects.filter(source_list=source_list, withdrawn_at__isnull=True)
        left = listed.filter(party__in=received).update(withdrawn_at=at)
        if left:
            record_entry(
                "list.received_kept_back",
                actor=actor,
                subject_kind="list",
                subject_id=source_list.pk,
                at=at,
                detail={"records": left},
            )
    return left


def _taken_in(proposal: ListProposal) -> ListEntry:
    """Make the row; it is known by its record, since no file gave it a key."""
    return ListEntry.objects.create(
        holder=proposal.holder,
        source_list_id=proposal.source_list_id,
        source_key=f"record {proposal.party_id}",
        party_id=proposal.party_id,
        row_digest="",
        line=0,
    )


def _note(verb: str, proposal: ListProposal, *, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="party",
        subject_id=proposal.party_id,
        at=at,
        detail={"list": str(proposal.source_list_id), "proposal": str(proposal.pk)},
    )
