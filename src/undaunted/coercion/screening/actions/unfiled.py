"""Listing deals that were seen and not filed, and deciding about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from undaunted.coercion.screening.actions.cases import (
    CasePlan,
    PartyPlan,
    begin_case,
    record_party,
)
from undaunted.coercion.screening.actions.phases import turn_clocks
from undaunted.coercion.screening.actions.register_turns import in_turn
from undaunted.coercion.screening.actions.telling import told
from undaunted.coercion.screening.analysis.register import look_at
from undaunted.coercion.screening.analysis.taking import stakes_of_deal
from undaunted.coercion.screening.analysis.unfiled import deals_seen
from undaunted.coercion.screening.models import Stake, Unfiled, UnfiledStep
from undaunted.coercion.screening.queries import cases_filed, unfiled_for
from undaunted.coercion.screening.rules import (
    AssetsRefused,
    Step,
    Turn,
    UnfiledStatus,
    last_day_of,
    moves_on,
    regime_named,
    state_code,
    told_reach,
)
from undaunted.coercion.screening.rules.casework import PartyRole, ScreeningOrigin
from undaunted.coercion.screening.rules.stakes import one_form
from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from undaunted.coercion.screening.analysis.unfiled import Deal
    from undaunted.coercion.screening.analysis.watching import Look
    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.queries import Filed
    from undaunted.core.access.rules import Actor

__all__ = ["decide_unfiled", "list_unfiled"]

LONGEST_TITLE = 160


def list_unfiled(
    holder: UUID, look: Look, fresh: Collection[UUID], *, actor: Actor, at: datetime
) -> int:
    """List the deals that fresh holdings tell of and no case is about; part of a screening."""
    require(actor, Verb.RECORD, Facts(holder=holder))
    deals = deals_seen(look, fresh)
    if not deals:
        return 0
    listed = {(one_form(each.owner), one_form(each.target), each.day)
              for each in unfiled_for(actor) if each.holder == holder}  # fmt: skip
    known = cases_filed(actor, holder)
    new = [
        each
        for each in deals
        if (one_form(each.owner), one_form(each.target), each.facts.day) not in listed
        and not _filed(each, known)
    ]
    Unfiled.objects.bulk_create(_row(holder, each, actor=actor, at=at) for each in new)
    record_entry(
        "unfiled.listed",
        actor=actor,
        subject_kind="register",
        subject_id=holder,
        at=at,
        detail={"deals": len(new)},
    )
    return len(new)


def decide_unfiled(  # noqa: PLR0913 - the deal, what is decided, why, and as which case
    unfiled: Unfiled,
    status: UnfiledStatus,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    case: str = "",
    jurisdiction: str = "",
) -> UnfiledStep:
    """Decide about an unfiled deal, with the reason; opening it begins a case of that short name.

    `jurisdiction` is whose law the case is under. Raises `AssetsRefused`, `ScreeningRefused`.
    """
    require(actor, Verb.RECORD, Facts(holder=unfiled.holder))
    if not reason.strip():
        raise AssetsRefused("reason: is empty; say why")
    if (status is UnfiledStatus.OPENED) != bool(case):
        raise AssetsRefused("case: a short name is given where a case is opened, and only there")
    with in_turn(unfiled.holder, actor=actor, at=at) as moment:
        if status is UnfiledStatus.OPENED:
            _refuse_another(unfiled)
            _open(unfiled, case, jurisdiction, actor=actor, at=moment)
        made = UnfiledStep.objects.create(
            holder=unfiled.holder,
            unfiled=unfiled,
            status=status.value,
            reason=reason.strip(),
            case=case,
            recorded_at=moment,
            recorded_by=actor.person,
        )
        record_entry(
            "unfiled.decided",
            actor=actor,
            subject_kind="unfiled_deal",
            subject_id=unfiled.pk,
            at=moment,
            detail={"status": status.value},
        )
    return made


def _refuse_another(unfiled: Unfiled) -> None:
    """Raise `AssetsRefused` where a case was opened about a deal before."""
    before = UnfiledStep.objects.filter(unfiled=unfiled, status=UnfiledStatus.OPENED.value).first()
    if before is not None:
        raise AssetsRefused(f"case: {before.case} was opened about this deal; go on with that one")


def _open(unfiled: Unfiled, case: str, jurisdiction: str, *, actor: Actor, at: datetime) -> None:
    owner, target = (unfiled.owner_name or unfiled.owner), (unfiled.target_name or unfiled.target)
    title = f"{owner} \N{RIGHTWARDS ARROW} {target}"[:LONGEST_TITLE]
    plan = CasePlan(case, title, jurisdiction, ScreeningOrigin.UNFILED)
    begun = begin_case(unfiled.holder, plan, actor=actor, at=at)
    said = f"register of critical assets, {unfiled.day.isoformat()}"
    _take_along(unfiled, begun, said, actor=actor, at=at)
    _start_periods(unfiled, begun, actor=actor, at=at)
    for role, name, identifier in (
        (PartyRole.ACQUIRER, owner, unfiled.owner),
        (PartyRole.TARGET, target, unfiled.target),
    ):
        party = PartyPlan(role, name, said, identifier, country=state_code(identifier))
        record_party(begun, party, actor=actor, at=at)


def _take_along(unfiled: Unfiled, case: Case, said: str, *, actor: Actor, at: datetime) -> None:
    """Record in a case the stakes above the assets, as the register has them."""
    look = look_at(actor, unfiled.holder, timezone.localdate(at))
    for each in stakes_of_deal(unfiled, look.holdings, said):
        told(Stake, case, "case.stake_recorded", actor=actor, at=at, **each)


def _start_periods(unfiled: Unfiled, case: Case, *, actor: Actor, at: datetime) -> None:
    """Start the periods up to which the law of a case lets what was not filed be screened."""
    learnt = timezone.localdate(unfiled.recorded_at)
    for step, day in (
        (Step.COMPLETED_UNSCREENED, unfiled.day),
        (Step.NOTICED_UNSCREENED, learnt),
    ):
        laws = {each["regime"] for each in unfiled.reaches if _begins(each, step)}
        if laws:
            turn_clocks(case, step, on=day, actor=actor, at=at, laws=laws)


def _begins(reach: dict[str, Any], step: Step) -> bool:
    """Tell whether a step starts one of the periods that were told of a deal under a law."""
    ends = {each["rule"] for each in reach["ends"]}
    moves = moves_on(regime_named(reach["regime"]), step)
    return any(each.does is Turn.START and each.clock in ends for each in moves)


def _filed(deal: Deal, cases: Iterable[Filed]) -> bool:
    """Tell whether some case is about what the deal tells: this purchase, not an earlier one."""
    about = {one_form(each) for each in (deal.target, *deal.assets)}
    owner, day = one_form(deal.owner), deal.facts.day
    return any(each.tells_of(owner, about, deal.share, day) for each in cases)


def _row(holder: UUID, deal: Deal, *, actor: Actor, at: datetime) -> Unfiled:
    facts = deal.facts
    spans = [held.votes for held in (facts.before, facts.after)]
    before, after = ([each.lowest, each.highest] for each in spans if each)
    return Unfiled(
        holder=holder,
        owner=one_form(deal.owner),
        owner_name=facts.investor.name,
        target=one_form(deal.target),
        target_name=deal.target_name,
        day=facts.day,
        before=before,
        after=after,
        assets=list(deal.assets),
        states=[{"state": each.state or each.name, "controls": each.controls.value}
                for each in facts.investor.owners],
        reaches=[told_reach(each) for each in deal.reaches],
        last_day=last_day_of(deal.reaches),
        recorded_at=at,
        recorded_by=actor.person,
    )  # fmt: skip
