"""Three governments of hypothetical states with a compact, an episode and an invocation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import PASSPHRASE
from undaunted.coercion.response.actions import (
    CompactPlan,
    accept_membership,
    begin_compact,
    cast_vote,
    confirm_closing,
    confirm_decision,
    confirm_invitations,
    confirm_membership,
    confirm_vote,
    declare_decision,
    invite_member,
    invoke,
    move_stage,
    name_team,
    open_invocation,
    publish_pledge,
    record_episode,
    record_pledge,
    say,
    show_episode,
)
from undaunted.coercion.response.queries import (
    compact_for,
    invocation_for,
    own_member,
    own_member_of,
    pledge_for,
    vote_for,
    votes_of,
)
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
from undaunted.core.accounts.actions import acting_as
from undaunted.core.standards.rules import Finding, Value
from undaunted.core.vault.actions import found_team, make_key_pair, open_at_terminal
from undaunted.core.vault.rules import FLOOR

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.coercion.response.models import Compact, Episode, Invocation, Pledge
    from undaunted.core.accounts.models import User
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "AT",
    "CONTENT",
    "MET",
    "SECRET",
    "TARIFF",
    "Government",
    "Scene",
    "accepted",
    "decided",
    "let_out",
    "make_scene",
    "moved",
    "named_team",
    "to_deciding",
    "voted",
]

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRET = "Marksovia holds back its dairy quota"
CONTENT: dict[str, Any] = {
    "key": "xfx-2026",
    "title": "A ban on Freedonian timber (invented)",
    "target": "XFR",
    "coercer": "XRU",
    "began": "2026-10",
    "deniability": "pretext",
    "demand": {
        "text": "That Freedonia end its inquiry (invented).",
        "stated": "implied",
        "confidence": "B",
        "sources": ["wire"],
    },
    "measures": [
        {
            "kind": "sps_pretext",
            "by": "XRU",
            "on": "XFR",
            "began": "2026-10",
            "text": "Timber is held at the border over beetles (invented).",
            "confidence": "B",
            "sources": ["wire"],
        }
    ],
    "events": [],
    "replay": {"says": "Invented: no table holds these states."},
    "sources": [
        {
            "id": "wire",
            "title": "Timber turned back",
            "publisher": "Agency of the five states (invented)",
            "date": "2026-10-12",
            "status": "unverified",
        }
    ],
}
MET = {
    name: Finding(Value.MET, (f"{name}: shown (invented)",))
    for name in ("measure", "aim", "interference", "evidence")
}
TARIFF = PledgePlan(
    PledgeKind.TRADE, "A duty on steel", "Customs Act, article 5", "A decision of the compact",
    "The border opens", note=SECRET,
)  # fmt: skip
CREDIT = PledgePlan(
    PledgeKind.CREDIT, "A line of credit", "Budget Act", "A decision of the compact",
    "Repaid in five years", amount=Decimal(500),
)  # fmt: skip
RULE = DecisionRule(Voting.MAJORITY, quorum=60)


@dataclass
class Government:
    """A government with somebody who records and somebody who confirms."""

    id: UUID
    documenter: User
    publisher: User
    team: UUID | None = None
    key: OpenKey | None = None


@dataclass
class Scene:
    """Syldavia chairs, Freedonia is coerced and invokes, Zubrowka is a member, one is none."""

    chair: Government
    target: Government
    third: Government
    stranger: Government
    compact: Compact
    episode: Episode
    invocation: Invocation
    pledges: dict[str, Pledge] = field(default_factory=dict)

    @property
    def members(self) -> tuple[Government, ...]:
        """The three."""
        return self.chair, self.target, self.third


def make_scene(owner_sql: Any, rule: DecisionRule = RULE) -> Scene:
    """Make everything up to the invocation, in real roles."""
    codes = {"chair": "XS", "target": "XF", "third": "XZ", "stranger": "XR"}
    made = {name: _government(owner_sql, code) for name, code in codes.items()}
    chair, target = made["chair"], made["target"]
    with acting_as(chair.documenter) as actor:
        plan = CompactPlan("five", "Compact of the five", rule)
        compact = begin_compact(chair.id, plan, actor=actor, at=AT)
        invite_member(compact, target.id, actor=actor, at=AT, weight=2)
        invite_member(compact, made["third"].id, actor=actor, at=AT)
    with acting_as(chair.publisher) as actor:
        confirm_invitations(compact, actor=actor, at=AT)
    for number, name in enumerate(("chair", "target", "third"), 1):
        accepted(made[name], compact, gdp=Decimal(100 * number), public=True)
    named_team(made["third"], "five")
    with acting_as(target.documenter) as actor:
        episode = record_episode(target.id, CONTENT, actor=actor, at=AT)
        held = compact_for(actor, "five")
        assert held is not None
        episode = show_episode(episode, held, actor=actor, at=AT)
        invocation = invoke(episode, MET, actor=actor, at=AT)
    with acting_as(target.publisher) as actor:
        invocation = open_invocation(invocation, actor=actor, at=AT)
    return Scene(
        chair, target, made["third"], made["stranger"], compact, episode, invocation
    )  # fmt: skip


def named_team(who: Government, compact: str) -> None:
    """Give whoever records for a government a key and a team, which opens what it keeps."""
    with acting_as(who.documenter) as actor:
        if who.team is None:
            make_key_pair(PASSPHRASE, actor=actor, at=AT, work=FLOOR)
            who.key = open_at_terminal(PASSPHRASE, actor=actor, at=AT, work=FLOOR)
            who.team = found_team(who.id, "Trade", actor=actor, at=AT).pk
        member = own_member_of(actor, compact)
        assert member is not None
        name_team(member, who.team, actor=actor, at=AT)


def accepted(who: Government, compact: Compact, **values: Any) -> None:
    """Accept a compact by the two people of a government."""
    with acting_as(who.documenter) as actor:
        member = own_member(actor, compact)
        assert member is not None
        accept_membership(member, actor=actor, at=AT, **values)
    with acting_as(who.publisher) as actor:
        confirm_membership(member, StepKind.ACCEPT, actor=actor, at=AT)


def moved(scene: Scene, to: ResponseStage, reason: str = "") -> Invocation:
    """Move the invocation as the chair; two of its people close it."""
    with acting_as(scene.chair.documenter) as actor:
        held = move_stage(scene.invocation, to, actor=actor, at=AT, reason=reason)
    if held.stage == to:
        return held
    with acting_as(scene.chair.publisher) as actor:
        return confirm_closing(held, actor=actor, at=AT)


def let_out(who: Government, pledge: Pledge) -> Pledge:
    """Let a pledge out, as a second person of its government."""
    with acting_as(who.publisher) as actor:
        held = pledge_for(actor, pledge.pk)
        assert held is not None
        return publish_pledge(held, actor=actor, at=AT)


def to_deciding(scene: Scene) -> Scene:
    """Consult, assess, pledge (shared with a note, own alone, solidarity), and open the vote."""
    moved(scene, ResponseStage.CONSULTING)
    moved(scene, ResponseStage.ASSESSING)
    with acting_as(scene.third.documenter) as actor:
        say(scene.invocation, "Harm is real.", actor=actor, at=AT)
        say(scene.invocation, SECRET, actor=actor, at=AT, reach=Reach.OWN)
    scene.invocation = moved(scene, ResponseStage.PLEDGING)
    with acting_as(scene.third.documenter) as actor:
        invocation = invocation_for(actor, scene.invocation.pk)
        assert invocation is not None
        pledging: dict[str, Any] = {"actor": actor, "at": AT, "invocation": invocation}
        ramps = [OffRampPlan("The border opens", "Customs data of a quarter", "XF")]
        scene.pledges["shared"] = record_pledge(
            invocation.compact, TARIFF, off_ramps=ramps, **pledging
        )
        own = PledgePlan(
            PledgeKind.PROCUREMENT, SECRET, "Procurement Act", "A vote", "The end", Reach.OWN
        )
        scene.pledges["own"] = record_pledge(invocation.compact, own, **pledging)
        scene.pledges["credit"] = record_pledge(invocation.compact, CREDIT, **pledging)
    for name in ("shared", "credit"):
        let_out(scene.third, scene.pledges[name])
    scene.invocation = moved(scene, ResponseStage.DECIDING)
    return scene


def voted(scene: Scene, who: Government, choice: Choice) -> None:
    """Cast and confirm the vote of a government."""
    with acting_as(who.documenter) as actor:
        vote = cast_vote(scene.invocation, choice, actor=actor, at=AT)
    with acting_as(who.publisher) as actor:
        held = vote_for(actor, vote.pk)
        assert held is not None
        assert votes_of(actor, scene.invocation)
        confirm_vote(held, actor=actor, at=AT)


def decided(scene: Scene, *choices: Choice) -> Invocation:
    """Vote in the order of the members, the rest abstaining, declare and confirm the decision."""
    rest = [Choice.ABSTAIN] * (len(scene.members) - len(choices))
    for who, choice in zip(scene.members, [*choices, *rest], strict=True):
        voted(scene, who, choice)
    with acting_as(scene.chair.documenter) as actor:
        scene.invocation = declare_decision(scene.invocation, actor=actor, at=AT)
    with acting_as(scene.chair.publisher) as actor:
        scene.invocation = confirm_decision(scene.invocation, actor=actor, at=AT)
    return scene.invocation


def _government(owner_sql: Any, code: str) -> Government:
    made = make_organisation(owner_sql, country=code)
    owner_sql("UPDATE accounts_organisation SET government = true WHERE id = %s", [made])
    return Government(
        made,
        make_user(owner_sql, {made: [Role.DOCUMENTER, Role.STEWARD]}),
        make_user(owner_sql, {made: [Role.PUBLISHER]}),
    )
