"""What is done to practices: proposed, revised, accepted or declined, confirmed, withdrawn."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Sharing, Verb, require
from undaunted.core.accounts.queries import account_name
from undaunted.core.audit.actions import record_entry
from undaunted.core.clocks.actions import cancel_clock, meet_clock, start_clock
from undaunted.core.clocks.queries import clocks_about
from undaunted.core.practices.models import Practice, Version
from undaunted.core.practices.queries import practice_named, versions_of
from undaunted.core.practices.rules import PracticeTlp, State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.practices.rules import Entry, Withdrawal

__all__ = [
    "Loaded",
    "PracticeGone",
    "PracticeRefused",
    "ReadersMissing",
    "ReferenceTaken",
    "VersionDecided",
    "VersionWaits",
    "accept_version",
    "confirm_practice",
    "decline_version",
    "load_practices",
    "propose_practice",
    "revise_practice",
    "withdraw_practice",
]

REVIEW = "practice-review"
KIND = "practice"


class PracticeRefused(ValueError):
    """The step cannot be taken; the message says why and what to do."""


class ReferenceTaken(PracticeRefused):
    """Another practice has this reference."""


class VersionWaits(PracticeRefused):
    """A version of this practice waits already."""


class VersionDecided(PracticeRefused):
    """Somebody decided on this version before."""


class PracticeGone(PracticeRefused):
    """The practice was withdrawn, or never accepted."""


class ReadersMissing(PracticeRefused):
    """What is marked RED names the people who may read it, one who can review it among them."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a pack did, by reference."""

    proposed: tuple[str, ...]
    revised: tuple[str, ...]
    unchanged: tuple[str, ...]
    waiting: tuple[str, ...]


def propose_practice(
    holder: UUID, entry: Entry, *, actor: Actor, at: datetime, readers: Collection[UUID] = ()
) -> Version:
    """Propose a practice; it stands nowhere before a second person has accepted it.

    `readers` are the people who may read one marked RED, whose reference is drawn by lot so that it
    tells nothing. Raises `ReferenceTaken`, `ReadersMissing`, and `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    if entry.tlp is PracticeTlp.RED:
        entry = replace(entry, reference=f"red-{secrets.token_hex(6)}")
    named = _readers(entry, readers, actor)
    if Practice.objects.filter(reference=entry.reference).exists():
        raise ReferenceTaken(f"reference: {entry.reference} exists; choose another or revise it")
    with transaction.atomic():
        practice = Practice.objects.create(
            holder=holder,
            sharing=_sharing(entry),
            reference=entry.reference,
            aim=entry.aim,
            tlp=entry.tlp,
            readers=named,
            proposed_at=at,
            proposed_by=actor.person,
        )
        return _add(practice, entry, 1, named, "practice.proposed", actor=actor, at=at)


def revise_practice(
    practice: Practice, entry: Entry, *, actor: Actor, at: datetime, readers: Collection[UUID] = ()
) -> Version:
    """Propose another text for a practice; the accepted one stands until it is accepted.

    The reference stays. Raises `VersionWaits`, `PracticeGone`, `ReadersMissing`, and `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=practice.holder))
    entry = replace(entry, reference=practice.reference)
    named = _readers(entry, readers or practice.readers, actor)
    with transaction.atomic():
        held = _standing(practice)
        if entry.aim != held.aim:
            raise PracticeRefused("aim: it stays; propose another practice for another aim")
        versions = Version.objects.filter(practice=held)
        if versions.filter(state=State.WAITING).exists():
            raise VersionWaits("a version of this practice waits; decide on it first")
        number = versions.count() + 1
        return _add(held, entry, number, named, "practice.revised", actor=actor, at=at)


def accept_version(version: Version, *, actor: Actor, at: datetime) -> Version:
    """Accept a version as another person than whoever wrote it; the year of its review begins.

    Raises `VersionDecided`, `PracticeGone`, and `Forbidden`.
    """
    hands = frozenset({version.proposed_by})
    require(actor, Verb.REVIEW_PRACTICE, Facts(holder=version.holder, earlier_hands=hands))
    with transaction.atomic():
        practice = _standing(version.practice)
        held = _waiting(version)
        held.state, held.decided_by, held.decided_at = State.ACCEPTED, actor.person, at
        held.save(update_fields=["state", "decided_by", "decided_at"])
        held.practice.refresh_from_db()
        _turn_clock(practice, actor=actor, at=at)
        _note("practice.accepted", held, actor=actor, at=at)
    return held


def decline_version(version: Version, why: str, *, actor: Actor, at: datetime) -> Version:
    """Decline a version with the reason; whoever proposed it may take it back in the same way.

    Raises `VersionDecided`, and `Forbidden`.
    """
    verb = Verb.RECORD if version.proposed_by == actor.id else Verb.REVIEW_PRACTICE
    require(actor, verb, Facts(holder=version.holder, earlier_hands=frozenset()))
    if not why.strip():
        raise PracticeRefused("why: say what is wrong, so that it can be mended")
    with transaction.atomic():
        held = _waiting(version)
        held.state, held.decided_by, held.decided_at = State.DECLINED, actor.person, at
        held.why = why.strip()
        held.save(update_fields=["state", "decided_by", "decided_at", "why"])
        _note("practice.declined", held, actor=actor, at=at)
    return held


def confirm_practice(practice: Practice, *, actor: Actor, at: datetime) -> Practice:
    """Say that the accepted version still holds; the next year begins.

    Another person than whoever wrote that version. Raises `PracticeGone`, and `Forbidden`.
    """
    with transaction.atomic():
        held = _standing(practice)
        accepted = versions_of(actor, held).filter(number=held.current or 0)
        current = accepted.first()
        if current is None:
            raise PracticeGone("nothing was accepted yet; there is nothing to look at again")
        facts = Facts(holder=held.holder, earlier_hands=frozenset({current.proposed_by}))
        require(actor, Verb.REVIEW_PRACTICE, facts)
        held.reviewed_at, held.reviewed_by = at, actor.person
        held.save(update_fields=["reviewed_at", "reviewed_by"])
        _turn_clock(held, actor=actor, at=at)
        _note("practice.confirmed", current, actor=actor, at=at)
    return held


def withdraw_practice(
    practice: Practice, why: Withdrawal, *, actor: Actor, at: datetime
) -> Practice:
    """Hide a practice everywhere at once and keep it; one person may. Raises `PracticeGone`."""
    require(actor, Verb.TAKE_DOWN, Facts(holder=practice.holder))
    with transaction.atomic():
        held = _standing(practice)
        held.withdrawn_at, held.withdrawn_by, held.withdrawn_why = at, actor.person, why
        held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
        for clock in clocks_about(actor, KIND, held.pk):
            if not clock.closed:
                cancel_clock(clock, actor=actor, at=at, under=Verb.TAKE_DOWN)
        record_entry(
            "practice.withdrawn",
            actor=actor,
            subject_kind=KIND,
            subject_id=held.pk,
            at=at,
            detail={"why": why.value},
        )
    return held


def load_practices(holder: UUID, entries: Iterable[Entry], *, actor: Actor, at: datetime) -> Loaded:
    """Propose every entry that is new or says something else than what is held.

    A second person accepts each. Raises as `propose_practice` and `revise_practice` do.
    """
    done: dict[str, list[str]] = {"proposed": [], "revised": [], "unchanged": [], "waiting": []}
    with transaction.atomic():
        for entry in entries:
            held = practice_named(actor, entry.reference)
            done[_load(holder, entry, held, actor=actor, at=at)].append(entry.reference)
    return Loaded(**{name: tuple(held) for name, held in done.items()})


def _load(holder: UUID, entry: Entry, held: Practice | None, *, actor: Actor, at: datetime) -> str:
    if held is None:
        propose_practice(holder, entry, actor=actor, at=at)
        return "proposed"
    newest = versions_of(actor, held).first()
    if held.withdrawn_at is not None or (newest is not None and newest.digest == entry.digest):
        return "unchanged"
    if newest is not None and newest.state == State.WAITING:
        return "waiting"
    revise_practice(held, entry, actor=actor, at=at)
    return "revised"


def _add(  # noqa: PLR0913 - to what, which text, for whom, told how
    practice: Practice,
    entry: Entry,
    number: int,
    readers: list[UUID],
    verb: str,
    *,
    actor: Actor,
    at: datetime,
) -> Version:
    version = Version.objects.create(
        holder=practice.holder,
        sharing=_sharing(entry),
        practice=practice,
        number=number,
        content=entry.as_data(),
        digest=entry.digest,
        tlp=entry.tlp,
        readers=readers,
        proposed_by=actor.person,
        proposed_at=at,
    )
    _note(verb, version, actor=actor, at=at)
    return version


def _readers(entry: Entry, readers: Collection[UUID], actor: Actor) -> list[UUID]:
    """Give who may read it: nobody is named for what others see anyway."""
    if entry.tlp is not PracticeTlp.RED:
        return []
    for each in readers:
        if not account_name(actor, each):
            raise ReadersMissing(
                f"readers: {each} works in no organisation of yours; take them out"
            )
    named = sorted({*readers, actor.person}, key=str)
    if len(named) < 2:  # noqa: PLR2004 - whoever proposes and whoever reviews
        raise ReadersMissing("readers: name somebody else who may read it and can review it")
    return named


def _sharing(entry: Entry) -> Sharing:
    wide = entry.tlp in {PracticeTlp.CLEAR, PracticeTlp.GREEN}
    return Sharing.SHARED if wide else Sharing.ORGANISATION


def _standing(practice: Practice) -> Practice:
    held = Practice.objects.select_for_update().filter(pk=practice.pk).first()
    if held is None:
        raise Forbidden("there is no such practice for you")
    if held.withdrawn_at is not None:
        raise PracticeGone("the practice was withdrawn; propose it anew")
    return held


def _waiting(version: Version) -> Version:
    rows = Version.objects.select_for_update(of=("self",)).select_related("practice")
    held = rows.filter(pk=version.pk).first()
    if held is None:
        raise Forbidden("there is no such version for you")
    if held.state != State.WAITING:
        raise VersionDecided("somebody decided on this version before")
    return held


def _turn_clock(practice: Practice, *, actor: Actor, at: datetime) -> None:
    """Meet the clock that waited for somebody to look, and start the next year."""
    under = Verb.REVIEW_PRACTICE
    for clock in clocks_about(actor, KIND, practice.pk):
        if not clock.closed:
            meet_clock(clock, actor=actor, at=at, met_at=at, under=under)
    start_clock(
        REVIEW,
        actor=actor,
        at=at,
        holder=practice.holder,
        subject_kind=KIND,
        subject_id=practice.pk,
        started_at=at,
        under=under,
    )


def _note(verb: str, version: Version, *, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind=KIND,
        subject_id=version.practice_id,
        at=at,
        detail={"number": version.number, "digest": version.digest, "tlp": version.tlp},
    )
