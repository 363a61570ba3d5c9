"""A proposal of a partner on another installation: taken in, opened, answered by packages.

Nothing here reckons when its embargo lifts: the proposer's installation does, and tells it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.sharing.actions import opened_as_ours
from undaunted.core.sharing.queries import own_keys_for
from undaunted.core.sharing.rules import ItemKind, ItemRefused, Offer, Taken, Tlp
from undaunted.core.vault.rules import VaultError
from undaunted.repression.coordination.actions.guests import (
    as_items,
    give_up_answer,
    look_at_answer,
    offer_proposal,
    package_for,
    take_answer,
)
from undaunted.repression.coordination.actions.proposing import SUBJECT_KIND, Opened
from undaunted.repression.coordination.actions.seats import sealed_to
from undaunted.repression.coordination.actions.turns import PROPOSAL, in_turn
from undaunted.repression.coordination.models import Invitation, Sending
from undaunted.repression.coordination.queries import (
    invitation_sheet,
    proposer_of,
    sending_for,
    sendings_of,
)
from undaunted.repression.coordination.readers import read_told_proposal
from undaunted.repression.coordination.rules import (
    ANSWER_FORMAT,
    PROPOSAL_FORMAT,
    SAID_BY,
    Announced,
    CoordinationRefused,
    CoordinationState,
    CoordinationStep,
    GuestStanding,
    Preparation,
    SealUnreadable,
    ToldStep,
    check_marking,
    check_told_proposal,
    check_told_step,
    checked_due,
    needed_text,
    read_sealed,
    read_subject,
)
from undaunted.repression.coordination.writers import write_told_step

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.rules import Origin
    from undaunted.core.vault.rules import OpenKey

__all__ = ["KINDS", "open_invitation", "tell_proposer"]

INVITATION = "coordination_invitation"


def tell_proposer(  # noqa: PLR0913 - about what, which step, in which words, by when, by whom
    invitation: Invitation,
    step: CoordinationStep,
    *,
    until: datetime,
    actor: Actor,
    at: datetime,
    words: str = "",
    preparation: Preparation | None = None,
    state: CoordinationState | None = None,
    due: date | None = None,
) -> Sending:
    """Write a step down for a proposer elsewhere, and propose the package that takes it there.

    A second person seals the package: one alone binds nobody. Words are sealed to the seats of the
    parties there, and to one's own receiving key. Raises `CoordinationRefused`.
    """
    require(actor, Verb.RECORD, Facts(holder=invitation.holder))
    with in_turn():
        held = _standing(invitation, actor=actor)
        partner = proposer_of(actor, held)
        if partner is None:
            raise CoordinationRefused("proposer: it is no verified partner any more; nothing goes")
        made = Sending(pk=uuid4(), holder=held.holder, invitation=held, step=step)
        made.moment = held.moment if step is CoordinationStep.GO else None
        made.preparation, made.state = preparation or "", state or ""
        made.due = checked_due(due, at.date())
        made.recorded_at, made.recorded_by = at, actor.person
        made.envelope = _sealed(made, held, words, actor=actor)
        _check(made, held, actor=actor, at=at)
        made.save(force_insert=True)
        package_for(
            held.holder, ANSWER_FORMAT, made.pk, partner.pk, Tlp(held.tlp), until,
            title=held.partner, actor=actor, at=at,
        )  # fmt: skip
        _note(f"proposal.told_{step}", held.pk, actor=actor, at=at)
    return made


def open_invitation(invitation: Invitation, *, key: OpenKey, actor: Actor, at: datetime) -> Opened:
    """Open what a proposer elsewhere sealed to one's own keys, and what one told; on record.

    What was said before one was invited stays closed. Raises `SealUnreadable`.
    """
    require(actor, Verb.READ, Facts(holder=invitation.holder))
    if not invitation.content:
        raise SealUnreadable("sealed: it ran out or was taken back, which erased it")
    told = read_told_proposal(bytes(invitation.content))
    own = [each for each in sendings_of(actor, invitation) if each.envelope]
    rows = [(each.id, each.kind, each.envelope) for each in told.remarks]
    rows += [(each.pk, SAID_BY[CoordinationStep(each.step)], bytes(each.envelope)) for each in own]
    with in_turn():
        try:
            subject, *opened = opened_as_ours(
                [told.subject, *(envelope for _, _, envelope in rows)], invitation.holder, key=key,
                actor=actor, at=at,
            )  # fmt: skip
        except VaultError as problem:
            raise SealUnreadable(f"sealed: {problem}") from problem
        _note("proposal.opened", invitation.pk, actor=actor, at=at)
    if subject is None:
        raise SealUnreadable("sealed: it was sealed to keys that your organisation does not hold")
    remarks = {
        row: read_sealed(content, row, kind)
        for (row, kind, _), content in zip(rows, opened, strict=True)
        if content is not None
    }
    return Opened(read_subject(read_sealed(subject, told.proposal, SUBJECT_KIND)), remarks)


def _standing(invitation: Invitation, *, actor: Actor) -> Invitation:
    sheet = invitation_sheet(actor, invitation)
    if not sheet.latest:
        raise CoordinationRefused("proposal: a later word of the proposer came in; look at that")
    if sheet.told is None:
        raise CoordinationRefused("proposal: it ran out or was taken back; nothing is told of it")
    return invitation


def _sealed(made: Sending, held: Invitation, words: str, *, actor: Actor) -> bytes:
    step = CoordinationStep(made.step)
    if step not in SAID_BY or (step is CoordinationStep.ACCEPTED and not words.strip()):
        return b""
    own = own_keys_for(actor, held.holder)
    seats = list(read_told_proposal(bytes(held.content)).seats)
    keys = [*seats, *([own.recipient] if own else [])]
    text = needed_text("words", words)
    return sealed_to(keys, made.pk, SAID_BY[step], {"text": text})


def _check(made: Sending, held: Invitation, *, actor: Actor, at: datetime) -> None:
    """Refuse here what the proposer would refuse there."""
    sheet = invitation_sheet(actor, held)
    stands = Announced(held.stands)
    check_told_step(
        _told(made, held), GuestStanding(sheet.answer), moment=held.moment, stands=stands, at=at
    )


def _told(made: Sending, held: Invitation) -> ToldStep:
    return ToldStep(
        proposal=held.proposal,
        id=made.pk,
        step=CoordinationStep(made.step),
        at=made.recorded_at,
        moment=made.moment,
        preparation=Preparation(made.preparation) if made.preparation else None,
        state=CoordinationState(made.state) if made.state else None,
        due=made.due,
        envelope=bytes(made.envelope),
        answers=held.written_at,
    )


def _offer_step(  # noqa: PLR0913 - which thing, whose, for whom, how marked, by whom, when
    thing: UUID,
    *,
    holder: UUID,
    fingerprint: str,
    tlp: Tlp,
    actor: Actor,
    at: datetime,
    **_more: object,
) -> Offer:
    """Offer a proposer elsewhere one's own step, as it was written down."""
    made = sending_for(actor, thing)
    if made is None or made.holder != holder:
        raise ItemRefused(f"{thing}: no step of your organisation has this id")
    held = made.invitation
    partner = proposer_of(actor, held)
    if partner is None or partner.fingerprint != fingerprint:
        raise ItemRefused(f"{thing}: it goes to the proposer alone, with the keys compared")
    told = _told(made, held)
    with as_items():
        check_marking(tlp, Tlp(held.tlp))
        if told.step is CoordinationStep.GO and (told.moment is None or told.moment <= at):
            raise CoordinationRefused("go: the moment is past; wait for the proposer's next word")
    return Offer(write_told_step(told), "application/json", "1", frozenset(), (), marked=True)


def _look(content: bytes) -> list[tuple[str, str]]:
    with as_items():
        told = read_told_proposal(content)
    lines = [("state", told.state), ("marking", f"TLP:{told.tlp}"), ("stage", told.stage.value)]
    lines += [("moment", f"{told.moment:%Y-%m-%d %H:%M %Z}")] if told.moment else []
    lines += [("party", f"{each.name}: {each.answer}") for each in told.parties]
    return [*lines, ("sealed", f"{1 + len(told.remarks)}")]


def _take(  # noqa: PLR0913 - what, whose, from where, by whom, when
    content: bytes,
    *,
    holder: UUID,
    origin: Origin,
    into: UUID | None = None,  # noqa: ARG001 - it stands by itself
    actor: Actor,
    at: datetime,
) -> tuple[Taken, ...]:
    """Take a proposal of a partner elsewhere in, as it tells it; it stays theirs."""
    require(actor, Verb.RECORD, Facts(holder=holder))
    with as_items():
        told = read_told_proposal(content)
        check_marking(origin.tlp, told.tlp)
        rows = Invitation.objects.filter(
            holder=holder, signing_key=origin.signing_key, proposal=told.proposal
        )
        with in_turn():
            last = rows.order_by("-written_at").values_list("written_at", flat=True).first()
            check_told_proposal(told, last=last, at=at)
            made = Invitation(
                pk=uuid4(), holder=holder, partner=origin.partner[:160],
                signing_key=origin.signing_key, package=origin.package, tlp=origin.tlp,
                until=origin.until, proposal=told.proposal, state=told.state, stage=told.stage,
                moment=told.moment, stands=told.stands, written_at=told.written_at,
                content=content, recorded_at=at, recorded_by=actor.person,
            )  # fmt: skip
            made.save(force_insert=True)
            _note("proposal.came_in", made.pk, actor=actor, at=at)
    return (Taken(INVITATION, made.pk),)


def _give_up(subject_kind: str, subject: UUID, *, why: str, actor: Actor, at: datetime) -> None:
    """Erase a proposal that ran out or was taken back; that it came stays."""
    held = Invitation.objects.filter(pk=subject, given_up_at__isnull=True).first()
    if subject_kind != INVITATION or held is None:
        raise Forbidden("there is no such proposal for you")
    with in_turn():
        held.content, held.given_up_at = b"", at
        held.save(update_fields=["content", "given_up_at"])
        record_entry(
            "proposal.given_up", actor=actor, subject_kind=PROPOSAL, subject_id=held.pk, at=at,
            detail={"why": why},
        )  # fmt: skip


def _note(verb: str, which: UUID, *, actor: Actor, at: datetime) -> None:
    record_entry(verb, actor=actor, subject_kind=PROPOSAL, subject_id=which, at=at)


KINDS = (
    ItemKind(PROPOSAL_FORMAT, offer_proposal, _look, _take, _give_up),
    ItemKind(ANSWER_FORMAT, _offer_step, look_at_answer, take_answer, give_up_answer),
)
"""What travels in packages: a proposal to its guests, and their steps back."""
