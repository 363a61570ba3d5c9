"""An episode recorded, tested against the trigger, invoked, moved from stage to stage."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from undaunted.coercion.response.actions.compacts import bound_member, note
from undaunted.coercion.response.actions.keeping import keep_texts
from undaunted.coercion.response.actions.trying import try_trigger
from undaunted.coercion.response.actions.turns import in_turn
from undaunted.coercion.response.models import Episode, Invocation, Statement
from undaunted.coercion.response.queries import (
    leader_of,
    own_member,
    sides_of,
    standing_of,
)
from undaunted.coercion.response.readers import episode_of
from undaunted.coercion.response.rules import (
    CLOCKS,
    CompactTaken,
    Reach,
    ResponseRefused,
    ResponseStage,
    Side,
    StageRefused,
    TriggerNotMet,
    check_move,
    checked_key,
    checked_text,
)
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.clocks.actions import meet_clock, start_clock
from undaunted.core.clocks.queries import clocks_about
from undaunted.core.places.rules import countries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.coercion.response.models import Compact
    from undaunted.coercion.response.readers import Episode as EpisodeTold
    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.rules import Finding

__all__ = [
    "confirm_closing",
    "current_invocation",
    "invoke",
    "move_stage",
    "open_invocation",
    "record_episode",
    "say",
    "show_episode",
    "standing_invocation",
]

KIND = "invocation"
CLOSING = ("closing_at", "closing_by", "closing_for", "closing_why")


def record_episode(
    holder: UUID, content: Mapping[str, Any], *, actor: Actor, at: datetime
) -> Episode:
    """Record an episode in the form of the packs; nobody else reads it yet.

    Raises `ScenarioRefused` with all that is wrong with it, and `CompactTaken`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    plain = json.loads(
        json.dumps(content, default=str, allow_nan=False)
    )  # a file's dates are told as text
    told = episode_of(plain, where="episode")
    checked_key("key", told.key)
    _check_states(told)
    own = Episode.objects.filter(holder=holder, reference=told.key)
    if told.key == "new" or own.exists():
        raise CompactTaken(f"key: {told.key} is taken; choose another")
    with in_turn():
        made = Episode.objects.create(
            holder=holder,
            reference=told.key,
            title=told.title,
            target=told.target,
            coercer=told.coercer,
            coercer_state=_two_letters().get(told.coercer, ""),
            content=plain,
            recorded_at=at,
            recorded_by=actor.person,
        )
        _note_episode("episode.recorded", made, actor, at, {})
    return made


def _check_states(told: EpisodeTold) -> None:
    for name, code in (("target", told.target), ("coercer", told.coercer)):
        if code not in _two_letters():
            raise ResponseRefused(f"{name}: {code} is no state; write its three letters, as LTU")
    if told.target == told.coercer:
        raise ResponseRefused("coercer: a state does not coerce itself; name another")
    if not told.measures:
        raise ResponseRefused("measures: say what was done, in one measure or more")


def show_episode(episode: Episode, compact: Compact, *, actor: Actor, at: datetime) -> Episode:
    """Let the members of one's compact read an episode of one's own."""
    require(actor, Verb.RECORD, Facts(holder=episode.holder))
    with in_turn():
        held = Episode.objects.select_for_update().filter(pk=episode.pk).first()
        if held is None or bound_member(actor, compact).holder != episode.holder:
            raise Forbidden("there is no such episode or compact for you")
        if held.invocations.exists():
            raise ResponseRefused("episode: it was invoked and stays as it is")
        held.compact = compact
        held.save(update_fields=["compact"])
        _note_episode("episode.shown", held, actor, at, {"compact": str(compact.pk)})
    return held


def invoke(
    episode: Episode, findings: Mapping[str, Finding], *, actor: Actor, at: datetime
) -> Invocation:
    """Test an episode against the trigger of the compact that reads it, and invoke where it is met.

    Members are called upon, and read the findings, once a second person opens it. Raises
    `TriggerNotMet`; the test is kept then too, unless the caller's own transaction is rolled back.
    """
    trial = try_trigger(episode, findings, actor=actor, at=at)
    if not trial.met:
        raise TriggerNotMet(f"trigger: it is not met; it turns on {', '.join(trial.turns_on)}")
    told = {
        name: {"value": found.value.value, "reasons": list(found.reasons)}
        for name, found in findings.items()
    }
    with in_turn():
        made = Invocation.objects.create(
            holder=trial.holder,
            compact=trial.compact,
            episode=episode,
            trigger={"pack": trial.pack, "outcome": trial.outcome, "findings": told},
            recorded_at=at,
            recorded_by=actor.person,
            moved_at=at,
            moved_by=actor.person,
        )
        _note(made, "response.invoked", actor, at, {"episode": str(episode.pk)})
    return made


def open_invocation(invocation: Invocation, *, actor: Actor, at: datetime) -> Invocation:
    """Call upon the members, as a second person of the government that invoked."""
    hands = frozenset({invocation.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=invocation.holder, earlier_hands=hands))
    with in_turn():
        held = _found(Invocation.objects.select_for_update(of=("self",)), invocation)
        if held.opened_at is not None:
            raise ResponseRefused("invocation: it was opened before")
        opened = Invocation.objects.filter(episode=held.episode, opened_at__isnull=False)
        if opened.exclude(stage=ResponseStage.CLOSED).exists():
            raise ResponseRefused("invocation: another is open for this episode; close that first")
        held.opened_at, held.opened_by = at, actor.person
        held.moved_at, held.moved_by = at, actor.person
        held.save(update_fields=["opened_at", "opened_by", "moved_at", "moved_by"])
        _note(held, "response.opened", actor, at, {})
        _run_clock(held, actor=actor, at=at, under=Verb.PUBLISH)
    return held


def move_stage(
    invocation: Invocation, to: ResponseStage, *, actor: Actor, at: datetime, reason: str = ""
) -> Invocation:
    """Take an invocation to its next stage, or propose to close it with reasons.

    A second person of the same government closes it, but for one that two people recorded as not
    adopted. Raises `StageRefused`.
    """
    checked_text("reason", reason)
    with in_turn():
        held = standing_invocation(invocation)
        sides = sides_of(actor, held)
        acting = _acting(actor, held, sides)
        require(actor, Verb.RECORD, Facts(holder=acting))
        check_move(ResponseStage(held.stage), to, sides, standing_of(actor, held, at, reason))
        if to is ResponseStage.CLOSED and held.stage != ResponseStage.DECIDING:
            held.closing_at, held.closing_by, held.closing_for = at, actor.person, acting
            held.closing_why = reason.strip()
            held.save(update_fields=[*CLOSING])
            _note(held, "response.closing_proposed", actor, at, {})
            return held
        _move(held, to, reason, actor=actor, at=at)
    return held


def confirm_closing(invocation: Invocation, *, actor: Actor, at: datetime) -> Invocation:
    """Close an invocation as a colleague proposed, as a second person of their government."""
    if invocation.closing_for is None or invocation.closing_by is None:
        raise StageRefused("stage: nobody has proposed to close it")
    hands = frozenset({invocation.closing_by})
    require(actor, Verb.PUBLISH, Facts(holder=invocation.closing_for, earlier_hands=hands))
    with in_turn():
        held = standing_invocation(invocation)
        if (held.closing_by, held.closing_why) != (invocation.closing_by, invocation.closing_why):
            raise StageRefused("stage: another closing was proposed meanwhile; look again")
        standing = standing_of(actor, held, at, held.closing_why)
        check_move(ResponseStage(held.stage), ResponseStage.CLOSED, sides_of(actor, held), standing)
        why = held.closing_why
        _move(held, ResponseStage.CLOSED, why, actor=actor, at=at, under=Verb.PUBLISH)
    return held


def say(
    invocation: Invocation,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    reach: Reach = Reach.MEMBERS,
) -> Statement:
    """Speak in the stage that is open: to the members, or for one's own people alone."""
    if not checked_text("text", text):
        raise ResponseRefused("text: say something")
    if reach is Reach.PUBLIC:
        raise ResponseRefused("reach: what is said in an invocation is not public")
    with in_turn():
        held = current_invocation(invocation)
        member = bound_member(actor, held.compact)
        require(actor, Verb.RECORD, Facts(holder=member.holder))
        if held.stage == ResponseStage.CLOSED:
            raise StageRefused("stage: the invocation is closed")
        made = Statement(
            holder=member.holder,
            invocation=held,
            stage=held.stage,
            text=text.strip(),
            reach=reach,
            recorded_at=at,
            recorded_by=actor.person,
        )
        if reach is Reach.OWN:
            keep_texts(made, {"text": made.text}, member, actor=actor, at=at)
        made.save(force_insert=True)
        _note(held, "response.said", actor, at, {})
    return made


def standing_invocation(invocation: Invocation) -> Invocation:
    """Give an invocation as it stands now, for change by its chair. Raises `Forbidden`."""
    rows = Invocation.objects.select_for_update(of=("self",))
    return _opened(_found(rows, invocation))


def current_invocation(invocation: Invocation) -> Invocation:
    """Give an invocation as it stands now, for what a member adds to it. Raises `Forbidden`."""
    return _opened(_found(Invocation.objects.all(), invocation))


def _acting(actor: Actor, held: Invocation, sides: frozenset[Side]) -> UUID:
    """Give the government in whose name the actor moves an invocation."""
    if Side.CHAIR in sides:
        return leader_of(actor, held)
    member = own_member(actor, held.compact)
    return member.holder if member and Side.INVOKER not in sides else held.holder


def _found(rows: QuerySet[Invocation], invocation: Invocation) -> Invocation:
    held = rows.select_related("compact", "episode").filter(pk=invocation.pk).first()
    if held is None:
        raise Forbidden("there is no such invocation for you")
    return held


def _opened(held: Invocation) -> Invocation:
    if held.opened_at is None:
        raise StageRefused("stage: a second person of the government that invoked opens it first")
    return held


def _move(  # noqa: PLR0913 - what, where to, why, under which right
    held: Invocation,
    to: ResponseStage,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    under: Verb = Verb.RECORD,
) -> None:
    _meet_clocks(held, actor=actor, at=at, under=under)
    held.stage, held.reason = to, reason.strip()
    held.moved_at, held.moved_by = at, actor.person
    held.save(update_fields=["stage", "reason", "moved_at", "moved_by"])
    _note(held, "response.moved", actor, at, {})
    _run_clock(held, actor=actor, at=at)


def _run_clock(
    invocation: Invocation, *, actor: Actor, at: datetime, under: Verb = Verb.RECORD
) -> None:
    """Start the chair's clock of the stage; members reckon it from the invocation itself."""
    name = CLOCKS.get(ResponseStage(invocation.stage))
    if name is None or Side.CHAIR not in sides_of(actor, invocation):
        return
    start_clock(
        name,
        actor=actor,
        at=at,
        holder=leader_of(actor, invocation),
        subject_kind=KIND,
        subject_id=invocation.pk,
        started_at=at,
        under=under,
    )


def _meet_clocks(invocation: Invocation, *, actor: Actor, at: datetime, under: Verb) -> None:
    if Side.CHAIR not in sides_of(actor, invocation):
        return
    for clock in clocks_about(actor, KIND, invocation.pk):
        if not clock.closed:
            meet_clock(clock, actor=actor, at=at, met_at=at, under=under)


def _note(
    invocation: Invocation, verb: str, actor: Actor, at: datetime, detail: dict[str, object]
) -> None:
    note(verb, invocation.compact, actor=actor, at=at, invocation=str(invocation.pk), **detail)


def _note_episode(
    verb: str, episode: Episode, actor: Actor, at: datetime, detail: dict[str, object]
) -> None:
    record_entry(
        verb, actor=actor, subject_kind="episode", subject_id=episode.pk, at=at, detail=detail
    )


@cache
def _two_letters() -> dict[str, str]:
    return {each.alpha_3: each.code for each in countries()}
