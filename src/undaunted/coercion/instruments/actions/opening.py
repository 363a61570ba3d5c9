"""A proceeding opened, its team named, let out to the public tracker and taken from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.actions.keeping import check_beside, check_earlier
from undaunted.coercion.instruments.actions.turns import in_turn, note, standing
from undaunted.coercion.instruments.models import Proceeding
from undaunted.coercion.instruments.queries import papers_of, stage_of, steps_of
from undaunted.coercion.instruments.rules import (
    LONGEST_KEY,
    LONGEST_NAME,
    ON_TRACKER,
    OVER,
    UNEXAMINED,
    InstrumentRefused,
    Opening,
    ReferenceTaken,
    Stage,
    checked_text,
)
from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.vault.actions import move_records
from undaunted.core.vault.queries import team_for
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "ProceedingPlan",
    "correct_proceeding",
    "name_team",
    "open_proceeding",
    "publish_proceeding",
    "withdraw_proceeding",
]


UNION = "EU"
"""What a measure may be aimed at beside states: the Union as such (Article 2(1))."""


@dataclass(frozen=True, slots=True)
class ProceedingPlan:
    """What a proceeding is about; nothing here says who asked for it, since it may be public."""

    reference: str
    title: str
    third_country: str
    states: Sequence[str]
    measure: str
    opening: Opening = Opening.OWN


def open_proceeding(
    holder: UUID, plan: ProceedingPlan, *, actor: Actor, at: datetime, team: UUID | None = None
) -> Proceeding:
    """Open a proceeding of an authority; its first stage is taken by two people later.

    Raises `InstrumentRefused`, `ReferenceTaken`, and `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    reference = _checked_reference(plan.reference)
    third, states = _checked_states(plan)
    if Proceeding.objects.filter(holder=holder, reference=reference).exists():
        raise ReferenceTaken(f"reference: {reference} is taken; choose another")
    if team is not None:
        _check_team(team, holder, actor)
    with in_turn():
        made = Proceeding.objects.create(
            holder=holder,
            reference=reference,
            title=checked_text("title", plan.title, LONGEST_NAME, needed=True),
            third_country=third,
            states=states,
            measure=checked_text("measure", plan.measure, needed=True),
            opening=plan.opening,
            team=team,
            recorded_at=at,
            recorded_by=actor.person,
        )
        note("proceeding.opened", made, actor=actor, at=at)
    return made


def correct_proceeding(  # noqa: PLR0913 - both texts, and the key that reads the papers
    proceeding: Proceeding,
    title: str,
    measure: str,
    *,
    actor: Actor,
    at: datetime,
    key: OpenKey | None = None,
) -> Proceeding:
    """Write title and measure anew, as where they tell who asked; not while they are public.

    They may become public: where papers were filed, they are held against them, which takes the
    open `key` of a member of the team. Raises `SummaryLeaks` where they tell who asked.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    _check_off_tracker(proceeding)
    if not _ended(proceeding, actor):
        told = [("title", title), ("measure", measure)]
        check_earlier(proceeding, told, key, actor=actor, at=at)
    with in_turn():
        held = standing(proceeding)
        _check_off_tracker(held)
        before = held.title, held.measure
        held.title = checked_text("title", title, LONGEST_NAME, needed=True)
        held.measure = checked_text("measure", measure, needed=True)
        if (held.title, held.measure) != before:
            held.edited_by = actor.person
        held.save(update_fields=["title", "measure", "edited_by"])
        note("proceeding.corrected", held, actor=actor, at=at)
    return held


def name_team(
    proceeding: Proceeding,
    team: UUID,
    *,
    actor: Actor,
    at: datetime,
    key: OpenKey | None = None,
) -> Proceeding:
    """Name the team that handles a proceeding, and alone opens what is confidential in it.

    Where another team opens it already, that is given to the new one alone, which takes the open
    `key` of somebody in the old one.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    _check_team(team, proceeding.holder, actor)
    with in_turn():
        held = standing(proceeding)
        if held.team not in {None, team} and papers_of(actor, held).exists():
            _give(held, team, key, actor=actor, at=at)
        held.team = team
        held.save(update_fields=["team"])
        note("proceeding.team_named", held, actor=actor, at=at, team=str(team))
    return held


def publish_proceeding(
    proceeding: Proceeding, *, actor: Actor, at: datetime, key: OpenKey | None = None
) -> Proceeding:
    """Put a proceeding on the public tracker, as a second person; no paper is on it.

    Neither whoever opened it nor whoever wrote its title and measure anew last lets it out.

    Reference, title and measure are held against all papers by that very person, so where there
    are any it takes the open `key` of a member of the team. Raises `SummaryLeaks` where they tell
    who asked.
    """
    _check_second(proceeding, actor)
    looked = _looked_through(proceeding, key, actor=actor, at=at)
    with in_turn():
        held = standing(proceeding)
        _check_second(held, actor)
        if looked != _public_parts(held, actor):
            raise InstrumentRefused(
                "tracker: its title, its measure or its papers changed meanwhile; look again"
            )
        if held.approved_at is not None:
            raise InstrumentRefused("tracker: it was let out before, and is not a second time")
        if not any(each.stage == Stage.EXAMINATION for each in steps_of(actor, held)):
            raise InstrumentRefused(UNEXAMINED)
        held.approved_at, held.approved_by = at, actor.person
        held.save(update_fields=["approved_at", "approved_by"])
        note("proceeding.published", held, actor=actor, at=at)
    return held


def withdraw_proceeding(proceeding: Proceeding, *, actor: Actor, at: datetime) -> Proceeding:
    """Take a proceeding from the public tracker at once; one person may."""
    require(actor, Verb.TAKE_DOWN, Facts(holder=proceeding.holder))
    with in_turn():
        held = standing(proceeding)
        if held.approved_at is None or held.withdrawn_at is not None:
            raise InstrumentRefused("tracker: it is not on the tracker")
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        note("proceeding.withdrawn", held, actor=actor, at=at)
    return held


def _check_second(proceeding: Proceeding, actor: Actor) -> None:
    hands = frozenset(filter(None, (proceeding.recorded_by, proceeding.edited_by)))
    require(actor, Verb.PUBLISH, Facts(holder=proceeding.holder, earlier_hands=hands))


def _looked_through(
    proceeding: Proceeding, key: OpenKey | None, *, actor: Actor, at: datetime
) -> tuple[frozenset[UUID], list[tuple[str, str]]]:
    """Hold what the tracker shows in words against all papers; gives what was looked through."""
    papers, told = _public_parts(proceeding, actor)
    if papers:
        papers = check_beside(proceeding, told, key, actor=actor, at=at)
    return papers, told


def _public_parts(
    proceeding: Proceeding, actor: Actor
) -> tuple[frozenset[UUID], list[tuple[str, str]]]:
    papers = frozenset(papers_of(actor, proceeding).values_list("pk", flat=True))
    return papers, [(name, getattr(proceeding, name)) for name in ("reference", "title", "measure")]


def _check_off_tracker(proceeding: Proceeding) -> None:
    if proceeding.approved_at is not None and proceeding.withdrawn_at is None:
        raise InstrumentRefused(ON_TRACKER)


def _ended(proceeding: Proceeding, actor: Actor) -> bool:
    """Tell whether its papers are being erased, so that nothing can be held against them."""
    return stage_of(actor, proceeding) in OVER


def _checked_reference(reference: str) -> str:
    allowed = reference.replace("-", "")
    if (
        not allowed.isascii()
        or not allowed.isalnum()
        or reference != reference.lower()
        or len(reference) > LONGEST_KEY
        or reference == "new"
    ):
        raise InstrumentRefused(
            f"reference: {LONGEST_KEY} small letters, figures and hyphens at most; write it anew"
        )
    return reference


def _checked_states(plan: ProceedingPlan) -> tuple[str, list[str]]:
    third = _state("third_country", plan.third_country)
    states = sorted({_state("states", each) for each in plan.states})
    if not states:
        raise InstrumentRefused("states: name the state that the measure is aimed at, or several")
    if third in states:
        raise InstrumentRefused("third_country: a state does not coerce itself; name another")
    return third, states


def _state(field: str, code: str) -> str:
    if field == "states" and code.strip() == UNION:
        return UNION
    try:
        return country(code.strip()).code
    except UnknownCountry:
        raise InstrumentRefused(f"{field}: {code!r} is no state; write its two letters") from None


def _check_team(team: UUID, holder: UUID, actor: Actor) -> None:
    try:
        if team_for(actor, team).holder != holder:
            raise InstrumentRefused("team: it belongs to another organisation")
    except VaultError as problem:
        raise InstrumentRefused(f"team: {problem}") from problem


def _give(
    proceeding: Proceeding, team: UUID, key: OpenKey | None, *, actor: Actor, at: datetime
) -> None:
    if key is None:
        raise InstrumentRefused(
            "team: papers are sealed to another team; open your key first, and they are given to "
            "this one"
        )
    try:
        move_records([proceeding.pk], team, key=key, actor=actor, at=at)
    except VaultError as problem:
        raise InstrumentRefused(f"team: {problem}") from problem
