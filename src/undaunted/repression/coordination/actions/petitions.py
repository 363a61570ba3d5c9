"""A listed person's petition: received, reviewed anew, answered by two people, erased in time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.clocks.actions import meet_clock, start_clock
from undaunted.core.clocks.queries import clocks_about
from undaunted.core.listings.queries import history_of
from undaunted.core.vault.actions import erase_by_clock, open_all, seal_for
from undaunted.core.vault.rules import VaultError
from undaunted.repression.coordination.actions.seats import own_seat
from undaunted.repression.coordination.actions.turns import in_turn
from undaunted.repression.coordination.models import Petition, PetitionPart
from undaunted.repression.coordination.queries import PETITION, parts_of
from undaunted.repression.coordination.rules import (
    CLOCKS,
    PETITION_KIND,
    RETENTION,
    VERSION,
    Asked,
    CoordinationRefused,
    CoordinationReply,
    OtherLaw,
    Part,
    Petitioner,
    PetitionRefused,
    SealUnreadable,
    check_acknowledged,
    check_answerable,
    check_last,
    check_listed_by,
    check_pending,
    checked_law,
    checked_petitioner,
    clock_begins,
    listed_since,
    needed_text,
    petitioner_data,
    read_sealed,
    written_sealed,
)
from undaunted.repression.sanctions.rules import Alone, AuthorityUnknown, authority_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "acknowledge_petition",
    "add_part",
    "draw_up_answer",
    "erase_petition",
    "let_out_answer",
    "open_petition",
    "record_petition",
]

_OPEN_PARTS = frozenset({Part.REQUEST, Part.REVIEW, Part.EXCULPATORY})


def record_petition(  # noqa: PLR0913 - to whom, under what, since when, who asks for what
    holder: UUID,
    told: Petitioner,
    *,
    authority: str = "",
    law: OtherLaw | None = None,
    asked: Asked,
    received_on: date,
    actor: Actor,
    at: datetime,
) -> Petition:
    """Enter a petition to one's own authority; two clocks run from the day on which it came.

    Of one that is older than the rules of the clocks, they run from the first day of the rules.
    Under a `law` that is not in the register no deadline is claimed: nobody here has read it. Who
    asks for what is sealed to the team of the authority's seat. Raises `CoordinationRefused` naming
    the field, and `Forbidden` for whoever works for no government.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    if holder not in actor.governments:
        raise CoordinationRefused("holder: petitions are answered by a government's authority")
    if received_on > at.date():
        raise CoordinationRefused("received_on: it is to come; give the day on which it came")
    code, other = _law(authority, law)
    kept = checked_petitioner(told)
    forms = history_of(actor, *kept.entry)
    if not forms:
        named = ":".join(kept.entry)
        raise CoordinationRefused(f"entry: no list here has held {named}; load it first")
    check_listed_by("received_on", received_on, listed_since(each.entry for each in forms))
    seat = own_seat(actor, holder)
    made = Petition(pk=uuid4(), holder=holder, team=seat.team, asked=asked, received_on=received_on)
    made.authority = code
    made.law, made.law_source = (other.name, other.source) if other else ("", "")
    made.recorded_at, made.recorded_by = at, actor.person
    with in_turn():
        made.save(force_insert=True)
        _add(made, Part.REQUEST, petitioner_data(kept), actor=actor, at=at)
        for rule in () if other else CLOCKS:
            day = clock_begins(rule, received_on)
            begun = at.replace(year=day.year, month=day.month, day=day.day)
            start_clock(
                rule, actor=actor, at=at, holder=holder, subject_kind=PETITION,
                subject_id=made.pk, started_at=min(begun, at),
            )  # fmt: skip
        _note("petition.recorded", made, actor=actor, at=at)
    return made


def acknowledge_petition(
    petition: Petition, on: date | None = None, *, actor: Actor, at: datetime
) -> Petition:
    """Note on which day the petitioner was told that the petition came in; today, unless said.

    Noted once. Raises `PetitionRefused` for a day to come, and for one before the petition came.
    """
    require(actor, Verb.RECORD, Facts(holder=petition.holder))
    with in_turn():
        held = _standing(petition)
        day = on or at.date()
        check_acknowledged(held.received_on, day, at.date())
        done = at.replace(year=day.year, month=day.month, day=day.day)
        met = _meet(held, {CLOCKS[0]}, actor=actor, at=at, done=done, under=Verb.RECORD)
        if held.acknowledged_on is not None or (held.authority and not met):
            raise PetitionRefused("petition: it was acknowledged before")
        held.acknowledged_on = day
        held.save(update_fields=["acknowledged_on"])
        _note("petition.acknowledged", held, actor=actor, at=at)
    return held


def add_part(
    petition: Petition, kind: Part, text: str, *, actor: Actor, at: datetime
) -> PetitionPart:
    """Add what was asked further, reviewed anew, or speaks for the person; sealed."""
    require(actor, Verb.RECORD, Facts(holder=petition.holder))
    if kind not in _OPEN_PARTS:
        raise PetitionRefused("kind: an answer is drawn up, and let out by a second person")
    told = needed_text("text", text)
    with in_turn():
        held = _standing(petition)
        made = _add(held, kind, {"text": told}, actor=actor, at=at)
        _note("petition.part_added", held, actor=actor, at=at)
    return made


def draw_up_answer(
    petition: Petition, reply: CoordinationReply, text: str, *, actor: Actor, at: datetime
) -> Petition:
    """Draw up the answer; a second person lets it out. Raises `PetitionRefused`."""
    require(actor, Verb.RECORD, Facts(holder=petition.holder))
    told = needed_text("text", text)
    with in_turn():
        held = _standing(petition)
        there = {Part(kind) for kind in parts_of(actor, held).values_list("kind", flat=True)}
        check_answerable(Asked(held.asked), reply, there)
        _add(held, Part.ANSWER, {"text": told, "reply": reply.value}, actor=actor, at=at)
        held.reply, held.replied_by = reply, actor.person
        held.save(update_fields=["reply", "replied_by"])
        _note("petition.answer_drawn_up", held, actor=actor, at=at)
    return held


def let_out_answer(
    petition: Petition, answer: UUID, *, key: OpenKey, actor: Actor, at: datetime
) -> Petition:
    """Let the answer out as it stands, as a second person; the clock of keeping starts.

    `answer` names the paper that this person read: the latest answer, which `key` must open. It is
    the last paper of the file: what came after it was not weighed.
    """
    if petition.replied_by is None:
        raise PetitionRefused("answer: nobody has drawn one up yet")
    hands = frozenset({petition.replied_by})
    require(actor, Verb.PUBLISH, Facts(holder=petition.holder, earlier_hands=hands))
    with in_turn():
        held = _standing(petition)
        latest = parts_of(actor, held).filter(kind=Part.ANSWER).last()
        if latest is None or latest.pk != answer:
            raise PetitionRefused("answer: it was drawn up anew meanwhile; look again")
        check_last(latest.recorded_at, (each.recorded_at for each in parts_of(actor, held)))
        open_petition(held, key=key, actor=actor, at=at)
        held.closed_on, held.closed_by = at.date(), actor.person
        held.save(update_fields=["closed_on", "closed_by"])
        _meet(held, set(CLOCKS), actor=actor, at=at, under=Verb.PUBLISH)
        start_clock(
            RETENTION, actor=actor, at=at, holder=held.holder, subject_kind=PETITION,
            subject_id=held.pk, started_at=at, under=Verb.PUBLISH,
        )  # fmt: skip
        _note("petition.answered", held, actor=actor, at=at)
    return held


def open_petition(
    petition: Petition, *, key: OpenKey, actor: Actor, at: datetime
) -> tuple[tuple[PetitionPart, dict[str, object]], ...]:
    """Give the papers of a petition with what they say; who opened them is on record."""
    require(actor, Verb.READ, Facts(holder=petition.holder))
    rows = list(parts_of(actor, petition))
    with in_turn():
        sealed = [(_kind(row.kind), row.sequence, bytes(row.envelope)) for row in rows]
        try:
            contents = open_all(sealed, petition.pk, version=VERSION, key=key, actor=actor, at=at)
        except VaultError as problem:
            raise SealUnreadable(f"sealed: {problem}") from problem
        _note("petition.opened", petition, actor=actor, at=at)
    return tuple(
        (row, read_sealed(content, row.pk, row.kind))
        for row, content in zip(rows, contents, strict=True)
    )


def erase_petition(
    subject_id: UUID, clock: Clock, *, actor: Actor, at: datetime
) -> dict[str, object]:
    """Destroy the key of a petition whose clock of keeping has ended; gives how many were there."""
    done: dict[str, object] = {
        "keys": int(erase_by_clock(subject_id, clock.pk, actor=actor, at=at))
    }
    record_entry(
        "petition.erased",
        actor=actor,
        subject_kind=PETITION,
        subject_id=subject_id,
        at=at,
        right="retention",
        detail=done,
    )
    return done


def _law(code: str, law: OtherLaw | None) -> tuple[str, OtherLaw | None]:
    """Give the code of a law in the register, or a law outside it as it is named.

    A state without a law is no law; one that carries out listings of others answers petitions.
    """
    if bool(code.strip()) is (law is not None):
        raise CoordinationRefused("authority: choose a law of the register, or name another")
    if law is not None:
        return "", checked_law(law)
    try:
        known = authority_for(code.strip())
    except AuthorityUnknown as refusal:
        raise CoordinationRefused(str(refusal)) from None
    if known.alone is Alone.NO:
        raise CoordinationRefused("authority: choose a law of the register, or name another")
    return known.code, None


def _standing(petition: Petition) -> Petition:
    held = Petition.objects.select_for_update().filter(pk=petition.pk).first()
    if held is None:
        raise Forbidden("there is no such petition for you")
    check_pending(held.closed_on)
    return held


def _kind(part: str) -> str:
    return f"{PETITION_KIND}.{part}"


def _add(
    petition: Petition, kind: Part, told: Mapping[str, object], *, actor: Actor, at: datetime
) -> PetitionPart:
    made = PetitionPart(pk=uuid4(), holder=petition.holder, petition=petition, kind=kind)
    made.recorded_at, made.recorded_by = at, actor.person
    content = written_sealed(made.pk, kind, told)
    try:
        sealed = seal_for(
            petition.team, petition.pk, content, kind=_kind(kind), version=VERSION, actor=actor,
            at=at,
        )  # fmt: skip
    except VaultError as problem:
        raise CoordinationRefused(f"team: {problem}") from problem
    made.envelope, made.sequence = sealed.envelope, sealed.binding.sequence
    made.save(force_insert=True)
    return made


def _meet(  # noqa: PLR0913 - which clocks, by whom, noted when, done when, under what
    petition: Petition,
    rules: set[str],
    *,
    actor: Actor,
    at: datetime,
    done: datetime | None = None,
    under: Verb,
) -> int:
    met = 0
    for clock in clocks_about(actor, PETITION, petition.pk):
        if clock.rule in rules and not clock.closed:
            met_at = max(done or at, clock.started_at)
            meet_clock(clock, actor=actor, at=at, met_at=met_at, under=under)
            met += 1
    return met


def _note(verb: str, petition: Petition, *, actor: Actor, at: datetime) -> None:
    record_entry(verb, actor=actor, subject_kind=PETITION, subject_id=petition.pk, at=at)
