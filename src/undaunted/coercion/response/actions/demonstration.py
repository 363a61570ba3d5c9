"""A compact of invented governments, and a response in force, through the ordinary gates.

Freedonia is coerced by Ruritania; Syldavia chairs. Everything lies in the hypothetical states.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from undaunted.coercion.response.actions.compacts import (
    CompactPlan,
    begin_compact,
    publish_compact,
)
from undaunted.coercion.response.actions.deciding import (
    cast_vote,
    confirm_decision,
    confirm_vote,
    declare_decision,
)
from undaunted.coercion.response.actions.delivering import record_delivery
from undaunted.coercion.response.actions.invoking import (
    invoke,
    move_stage,
    open_invocation,
    record_episode,
    say,
    show_episode,
)
from undaunted.coercion.response.actions.keeping import name_team
from undaunted.coercion.response.actions.members import (
    accept_membership,
    confirm_invitations,
    confirm_membership,
    invite_member,
)
from undaunted.coercion.response.actions.pledging import (
    publish_pledge,
    record_pledge,
)
from undaunted.coercion.response.queries import invocation_for, own_member
from undaunted.coercion.response.rules import (
    Choice,
    DecisionRule,
    OffRampPlan,
    PledgeKind,
    PledgePlan,
    Reach,
    ResponseStage,
    StepKind,
    Voting,
)
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, install_office
from undaunted.core.standards.rules import Finding, Value
from undaunted.core.vault.actions import found_team, make_key_pair

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from uuid import UUID

    from undaunted.coercion.response.models import Compact, Invocation, Pledge
    from undaunted.core.accounts.actions import InstalledPerson

__all__ = ["load_response"]

AT: Final = datetime(2026, 11, 20, 10, tzinfo=UTC)
_STATES: Final = (
    ("XS", "Government of Syldavia", "mina", "piet", 310, 42),
    ("XF", "Government of Freedonia", "frida", "fynn", 120, 65),
    ("XZ", "Government of Zubrowka", "zora", "zeno", 90, 8),
    ("XB", "Government of Borduria", "bella", "boris", 240, 30),
)
"""Code, name, who records, who confirms; product and exposure, invented."""
_CITED: Final = {"confidence": "B", "sources": ["wire", "customs"]}
_EPISODE: Final[dict[str, Any]] = {
    "key": "freedonian-timber-2026",
    "title": "Freedonian timber, 2026: beetles that nobody else found (invented)",
    "target": "XFR",
    "coercer": "XRU",
    "began": "2026-10-12",
    "deniability": "pretext",
    "demand": {
        "text": "That Freedonia end its inquiry into the prisons of Ruritania.",
        "stated": "implied",
        **_CITED,
    },
    "measures": [
        {
            "kind": "sps_pretext",
            "goods": "sawn timber",
            "by": "XRU",
            "on": "XFR",
            "began": "2026-10-12",
            "text": "Timber is held at the border over beetles.",
            **_CITED,
        },
        {
            "kind": "tourism",
            "by": "XRU",
            "on": "XFR",
            "began": "2026-11-02",
            "text": "Agencies were told to sell no journeys to Freedonia.",
            **_CITED,
        },
    ],
    "events": [],
    "replay": {"says": "Invented: no table of trade holds these states."},
    "sources": [
        {
            "id": "wire",
            "title": "Timber turned back (invented)",
            "publisher": "Agency of the Five States",
            "date": "2026-10-13",
            "status": "unverified",
        },
        {
            "id": "customs",
            "title": "Monthly figures (invented)",
            "publisher": "Customs of Zubrowka",
            "date": "2026-11-05",
            "status": "unverified",
        },
    ],
}
_FOUND: Final = {
    "measure": "Timber is held and journeys are not sold.",
    "aim": "The ministry spoke of the inquiry on the same day.",
    "interference": "The inquiry rests on Freedonian law.",
    "evidence": "An agency and the customs of a third state.",
}
_LATER: Final = ("Notice of the chair", "The measure of the coercer is lifted")
_BEFOREHAND: Final = PledgePlan(
    PledgeKind.TRADE, "A duty of ten per cent on glass of the coercer", "Customs Act, article 5",
    *_LATER, Reach.PUBLIC,
)  # fmt: skip
_DUTY: Final = PledgePlan(
    PledgeKind.TRADE, "A duty of ten per cent on Ruritanian glass", "Customs Act, article 5",
    *_LATER, note="Up to fifteen per cent if others follow (invented).",
)  # fmt: skip
_CREDIT: Final = PledgePlan(
    PledgeKind.CREDIT, "A line of credit for sawmills", "Budget Act, article 12", *_LATER,
    amount=Decimal(500),
)  # fmt: skip
_PURCHASES: Final = PledgePlan(
    PledgeKind.PURCHASES, "Timber for the state railways", "Procurement Act, article 9", *_LATER,
    amount=Decimal(200),
)  # fmt: skip
_KEPT: Final = PledgePlan(
    PledgeKind.PROCUREMENT, "No tenders for firms of the Ruritanian state", "Procurement Act",
    *_LATER, Reach.OWN,
)  # fmt: skip
_RAMP: Final = OffRampPlan("Timber passes as before", "Customs figures of a quarter", "XF")


@dataclass(frozen=True, slots=True)
class _Government:
    """An invented government: who records and who confirms."""

    id: UUID
    first: InstalledPerson
    second: InstalledPerson
    gdp: int
    exposure: int


def load_response(
    as_owner: Callable[[], AbstractContextManager[None]], *, say: Callable[[str], None]
) -> None:
    """Install the governments, and bring a response into force; `say` is told the logins."""
    made: dict[str, _Government] = {}
    installed: list[InstalledPerson] = []
    with as_owner():
        for code, name, first, second, gdp, exposure in _STATES:
            people = {first: (Role.DOCUMENTER, Role.STEWARD), second: (Role.PUBLISHER,)}
            place, two = install_office(name, people, country=code, government=True)
            made[code] = _Government(place, two[0], two[1], gdp, exposure)
            installed += two
    compact = _agree(made)
    invocation = _invoke(made, compact)
    _respond(made, invocation)
    _tell(installed, say)


def _agree(made: dict[str, _Government]) -> Compact:
    chair = made["XS"]
    with acting_as(chair.first.user) as actor:
        plan = CompactPlan(
            "compact-of-the-five", "Compact of the five states",
            DecisionRule(Voting.MAJORITY, quorum=75),
            "Who coerces one of us meets all of us. Everything here is invented.",
        )  # fmt: skip
        compact = begin_compact(chair.id, plan, actor=actor, at=AT)
        for code in ("XF", "XZ", "XB"):
            invite_member(compact, made[code].id, actor=actor, at=AT)
    with acting_as(chair.second.user) as actor:
        confirm_invitations(compact, actor=actor, at=AT)
    for each in made.values():
        _accept(each, compact)
        _name_team(each, compact)
    for code in ("XS", "XZ"):
        _publish(made[code], compact)
    with acting_as(chair.second.user) as actor:
        return publish_compact(compact, actor=actor, at=AT)


def _name_team(government: _Government, compact: Compact) -> None:
    with acting_as(government.first.user) as actor:
        make_key_pair(government.first.passphrase, actor=actor, at=AT)
        team = found_team(government.id, "Trade", actor=actor, at=AT)
        member = own_member(actor, compact)
        if member is None:
            raise LookupError("the demonstration's government is not invited")
        name_team(member, team.pk, actor=actor, at=AT)


def _accept(government: _Government, compact: Compact) -> None:
    gdp, exposure = Decimal(government.gdp), Decimal(government.exposure)
    with acting_as(government.first.user) as actor:
        member = own_member(actor, compact)
        if member is None:
            raise LookupError("the demonstration's government is not invited")
        accept_membership(member, actor=actor, at=AT, gdp=gdp, exposure=exposure, public=True)
    with acting_as(government.second.user) as actor:
        confirm_membership(member, StepKind.ACCEPT, actor=actor, at=AT)


def _publish(government: _Government, compact: Compact) -> None:
    with acting_as(government.first.user) as actor:
        pledge = record_pledge(compact, _BEFOREHAND, actor=actor, at=AT)
    with acting_as(government.second.user) as actor:
        publish_pledge(pledge, actor=actor, at=AT)


def _invoke(made: dict[str, _Government], compact: Compact) -> Invocation:
    target = made["XF"]
    with acting_as(target.first.user) as actor:
        episode = record_episode(target.id, _EPISODE, actor=actor, at=AT)
        episode = show_episode(episode, compact, actor=actor, at=AT)
        found = {name: Finding(Value.MET, (why,)) for name, why in _FOUND.items()}
        invocation = invoke(episode, found, actor=actor, at=AT)
    with acting_as(target.second.user) as actor:
        return open_invocation(invocation, actor=actor, at=AT)


def _respond(made: dict[str, _Government], invocation: Invocation) -> None:
    chair = made["XS"].first
    _move(chair, invocation, ResponseStage.CONSULTING)
    _move(chair, invocation, ResponseStage.ASSESSING)
    with acting_as(made["XZ"].first.user) as actor:
        say(invocation, "Sawmills lose a third of their sales.", actor=actor, at=AT)
        told = "We hold back until the spring budget (invented)."
        say(invocation, told, actor=actor, at=AT, reach=Reach.OWN)
    _move(chair, invocation, ResponseStage.PLEDGING)
    credit = _pledge(made["XS"], invocation, _CREDIT)
    _pledge(made["XS"], invocation, _DUTY)
    _pledge(made["XZ"], invocation, _PURCHASES)
    _pledge(made["XB"], invocation, _KEPT, ())
    _move(chair, invocation, ResponseStage.DECIDING)
    for code in ("XS", "XF", "XZ"):
        _vote(made[code], invocation)
    _vote(made["XB"], invocation, Choice.ABSTAIN)
    with acting_as(chair.user) as actor:
        invocation = declare_decision(invocation, actor=actor, at=AT)
    with acting_as(made["XS"].second.user) as actor:
        confirm_decision(invocation, actor=actor, at=AT)
    _move(chair, invocation, ResponseStage.MONITORING)
    with acting_as(chair.user) as actor:
        held = invocation_for(actor, invocation.pk)
        credit.invocation = held
        record_delivery(
            credit, date(2026, 11, 20), "First transfer, notice of the treasury (invented)",
            actor=actor, at=AT, amount=Decimal(200),
        )  # fmt: skip


def _move(chair: InstalledPerson, invocation: Invocation, to: ResponseStage) -> None:
    with acting_as(chair.user) as actor:
        move_stage(invocation, to, actor=actor, at=AT)


def _pledge(
    government: _Government,
    invocation: Invocation,
    plan: PledgePlan,
    ramps: Sequence[OffRampPlan] = (_RAMP,),
) -> Pledge:
    with acting_as(government.first.user) as actor:
        held = invocation_for(actor, invocation.pk)
        pledge = record_pledge(
            invocation.compact, plan, actor=actor, at=AT, invocation=held, off_ramps=ramps
        )
    if plan.reach is Reach.OWN:
        return pledge
    with acting_as(government.second.user) as actor:
        return publish_pledge(pledge, actor=actor, at=AT)


def _vote(government: _Government, invocation: Invocation, choice: Choice = Choice.YES) -> None:
    with acting_as(government.first.user) as actor:
        vote = cast_vote(invocation, choice, actor=actor, at=AT)
    with acting_as(government.second.user) as actor:
        confirm_vote(vote, actor=actor, at=AT)


def _tell(installed: Sequence[InstalledPerson], say: Callable[[str], None]) -> None:
    say("Logins of the governments in the compact: user name, passphrase, secret of the code app.")
    for one in installed:
        say(f"  {one.user.username:8} {one.passphrase}  {one.secret}  {', '.join(one.roles)}")
