"""The end of keeping: erased by the clock, held by two people, or erased at once by two people.

Whoever seals records says here how a subject of theirs is erased and starts a retention clock when
the purpose is over; the worker does the rest. What two people must do is held by the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.clocks.actions.running import ClockClosed, ClockRuns, keep
from undaunted.core.clocks.models import Clock, Erasure, Request
from undaunted.core.clocks.queries import erasable
from undaunted.core.clocks.rules import Asked, EventsRefused, Kind

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.rules import WhyAsked

__all__ = [
    "EraserMissing",
    "NotTheSamePerson",
    "RequestDecided",
    "StillNeeded",
    "ask_about_keeping",
    "decide_about_keeping",
    "erase_expired",
    "erasers",
    "register_eraser",
]

Eraser = Callable[..., Mapping[str, Any]]
"""Called as `eraser(subject_id, clock, actor=…, at=…)`; gives what it erased, in counts."""

_ERASERS: dict[str, Eraser] = {}


class EraserMissing(LookupError):
    """Nobody has said how this kind of subject is erased."""


class StillNeeded(LookupError):
    """The subject is in use again: the purpose is not over, and this clock ends without erasure."""


class NotTheSamePerson(ValueError):
    """Whoever asked cannot grant it; a second person decides."""


class RequestDecided(ValueError):
    """The request was decided before, or another one waits for this clock."""


def register_eraser(kind: str, function: Eraser) -> None:
    """Say how subjects of `kind` are erased; called in `apps.py`, a second call replaces it."""
    _ERASERS[kind] = function


def erasers() -> tuple[str, ...]:
    """Give the kinds of subject that can be erased."""
    return tuple(sorted(_ERASERS))


def erase_expired(clock: Clock, *, actor: Actor, at: datetime) -> Erasure | None:
    """Erase what a retention clock ended for, and keep a receipt; all of it or nothing.

    None where the subject is in use again: then the clock is cancelled, and its next closing starts
    another. Raises `ClockRuns` before its time or while it is held, and `EraserMissing` for a kind
    nobody can erase.
    """
    require(actor, Verb.RECORD, Facts(holder=clock.holder))
    with transaction.atomic():
        held = erasable(actor, at).select_for_update(of=("self",)).filter(pk=clock.pk).first()
        if held is None:
            raise ClockRuns("the time for which this is kept is not over, or two people hold it")
        if held.subject_kind not in _ERASERS:
            raise EraserMissing(f"nobody has said how a {held.subject_kind} is erased")
        try:
            with transaction.atomic():
                erase = _ERASERS[held.subject_kind]
                done = dict(erase(held.subject_id, held, actor=actor, at=at))
        except StillNeeded:
            held.cancelled_at = at
            keep(held, "clock.cancelled", actor, at, {"why": "still needed"})
            return None
        receipt = Erasure.objects.create(
            holder=held.holder, sharing=held.sharing, clock=held, at=at, done=done
        )
        held.met_at = at
        keep(held, "clock.erased", actor, at, done)
    return receipt


def ask_about_keeping(
    clock: Clock, asked: Asked, why: WhyAsked, *, actor: Actor, at: datetime
) -> Request:
    """Ask that what a retention clock runs for is held, let go, or erased at once.

    Nothing happens until a second person grants it. Raises `Forbidden`, `EventsRefused` for what
    is not a retention clock or does not fit its state, `ClockClosed`, `RequestDecided`.
    """
    require(actor, Verb.RECORD, Facts(holder=clock.holder))
    with transaction.atomic():
        held = Clock.objects.select_for_update().get(pk=clock.pk)
        if held.closed:
            raise ClockClosed("this was erased or is in use again")
        if held.kind != Kind.RETENTION:
            raise EventsRefused("only what is kept for a time is held or erased")
        if (asked is Asked.RELEASE) != (held.held_since is not None):
            raise EventsRefused("two people hold it" if held.held_since else "nobody holds it")
        try:
            with transaction.atomic():
                request = Request.objects.create(
                    holder=held.holder,
                    sharing=held.sharing,
                    clock=held,
                    asked=asked.value,
                    why=why.value,
                    asked_by=actor.person,
                    asked_at=at,
                )
        except IntegrityError as problem:
            raise RequestDecided("another request about this waits; decide it first") from problem
        _note("keeping.asked", request, actor=actor, at=at)
    return request


def decide_about_keeping(
    request: Request, *, grant: bool, actor: Actor, at: datetime
) -> Erasure | None:
    """Grant or refuse what somebody else asked about keeping; an erasure is done at once.

    Raises `Forbidden`, `NotTheSamePerson`, `RequestDecided`, and what `erase_expired` does.
    """
    require(actor, Verb.RECORD, Facts(holder=request.holder))
    with transaction.atomic():
        held = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if held.decided_at is not None:
            raise RequestDecided("this was decided before")
        if held.asked_by == actor.person and grant:
            raise NotTheSamePerson("you asked for this; somebody else decides")
        held.decided_by, held.decided_at, held.granted = actor.person, at, grant
        held.save(update_fields=["decided_by", "decided_at", "granted"])
        _note("keeping.granted" if grant else "keeping.refused", held, actor=actor, at=at)
        if not grant or held.asked != Asked.ERASE:
            return None
        return erase_expired(held.clock, actor=actor, at=at)


def _note(verb: str, request: Request, *, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="clock",
        subject_id=request.clock_id,
        at=at,
        detail={"asked": request.asked, "why": request.why},
    )
