"""A campaign of hypothetical states: one case public, one in private only, one silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tests.prisoners.registry.casework import agree, person_with_spell, published
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import record_consent
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Audience,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.prisoners.campaigns.actions import (
    Plan,
    Raising,
    Standing,
    adopt_case,
    agree_to_be_named,
    attach_case,
    begin_campaign,
    let_out,
    record_adopter,
    record_raise,
    record_step,
    set_mode,
)
from undaunted.prisoners.campaigns.rules import AdopterKind, Channel, Level, Mode, Reply

if TYPE_CHECKING:
    from undaunted.core.actors.models import Party
    from undaunted.core.consent.models import Grant
    from undaunted.prisoners.campaigns.models import Adopter, Campaign, CampaignCase, Raise

__all__ = [
    "AT",
    "DAY",
    "PLAN",
    "Scene",
    "agreed",
    "let_it_out",
    "make_scene",
    "raised",
    "raising",
    "replied",
]

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = date(2026, 12, 3)
PLAN = Plan("third-of-december", "Stand up for them", DAY, "3-december", "Write, ask, adopt.")
PARTS = (FieldGroup.IDENTITY, FieldGroup.BIOGRAPHY, FieldGroup.DETENTION)


@dataclass
class Scene:
    """A campaign: `shown` is public, `whispered` in private only, `silent` silent."""

    desk: Desk
    campaign: Campaign
    shown: CampaignCase
    whispered: CampaignCase
    silent: CampaignCase
    adopter: Adopter
    to_public: Grant
    to_syldavia: Grant


def agreed(  # noqa: PLR0913, PLR0917 - the dimensions of consent
    desk: Desk,
    party: Party,
    purpose: Purpose = Purpose.CAMPAIGN,
    audience: Audience = PUBLIC_AUDIENCE,
    level: IdentityLevel = IdentityLevel.NAME,
    until: date = date(2030, 1, 1),
    user: Any = None,
    holder: Any = None,
) -> Grant:
    """Record what the person agreed to themself."""
    with acting_as(user or desk.documenter) as actor:
        return record_consent(
            party.pk, actor=actor, at=AT, holder=holder or desk.organisation, purpose=purpose,
            audience=audience, level=level, field_groups=PARTS, basis=Basis.SELF, how="call",
            given_on=date(2026, 10, 1), until=until,
        )  # fmt: skip


def make_scene(owner_sql: Any, *, out: bool = True) -> Scene:
    """Make the campaign, and with `out` let it out by two people."""
    desk = make_desk(owner_sql)
    parties = [person_with_spell(desk)[0] for _ in range(3)]
    agree(desk, parties[0])
    published(desk, parties[0])
    to_public = agreed(desk, parties[0])
    to_syldavia = agreed(desk, parties[1], Purpose.QUIET_DIPLOMACY, Audience.parse("government:XS"))
    with acting_as(desk.documenter) as actor:
        campaign = begin_campaign(desk.organisation, PLAN, actor=actor, at=AT)
        shown, whispered, silent = (
            attach_case(campaign, party.pk, "Release her.", actor=actor, at=AT) for party in parties
        )
        shown = set_mode(shown, Mode.PUBLIC, actor=actor, at=AT)
        whispered = set_mode(whispered, Mode.PRIVATE_ONLY, actor=actor, at=AT)
        who = Standing("Ilka Morvan", AdopterKind.PARLIAMENTARIAN, "XS", "Member of the Diet",
                       "Streva", "ilka@diet.example")  # fmt: skip
        adopter = record_adopter(desk.organisation, who, actor=actor, at=AT)
        adopter = agree_to_be_named(adopter, actor=actor, at=AT, on=date(2026, 11, 2), how="letter")
        adopt_case(shown, adopter, actor=actor, at=AT, on=date(2026, 11, 3))
    scene = Scene(desk, campaign, shown, whispered, silent, adopter, to_public, to_syldavia)
    if out:
        let_it_out(scene)
    return scene


def let_it_out(scene: Scene, at: datetime = AT) -> dict[str, int]:
    """Let out what waits, as the publisher."""
    with acting_as(scene.desk.publisher) as actor:
        return let_out(scene.campaign, actor=actor, at=at)


def raising(
    channel: Channel = Channel.PUBLIC, day: date = date(2026, 11, 10), by_country: str = "XS"
) -> Raising:
    """Give a raise with the ministry of the state that holds them."""
    return Raising(day, channel, Level.MINISTER, "Ministry of Justice", "XR", "Ilka Morvan",
                   by_country, "Zlin")  # fmt: skip


def raised(
    scene: Scene,
    case: CampaignCase | None = None,
    *,
    at: datetime = AT,
    adopter: Adopter | None = None,
    **how: Any,
) -> Raise:
    """Record a raise as the documenter."""
    with acting_as(scene.desk.documenter) as actor:
        return record_raise(
            scene.campaign, raising(**how), actor=actor, at=at, case=case, adopter=adopter
        )


def replied(scene: Scene, to: Raise, reply: Reply = Reply.VISIT, at: datetime = AT) -> None:
    """Record a reply as the steward."""
    with acting_as(scene.desk.steward) as actor:
        record_step(to, actor=actor, at=at, on=date(2026, 11, 12), reply=reply)
