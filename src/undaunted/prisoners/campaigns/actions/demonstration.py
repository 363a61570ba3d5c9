"""A campaign for 3 December over the demonstration's invented people, through the ordinary gates.

Adopters, ministries and raises are invented and lie in the five hypothetical states.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from django.db import transaction

from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.queries import user_named
from undaunted.core.consent.actions import record_consents
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Audience,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.core.editions.rules import EditionRefused
from undaunted.prisoners.campaigns.actions.adopting import (
    Standing,
    adopt_case,
    agree_to_be_named,
    record_adopter,
)
from undaunted.prisoners.campaigns.actions.cases import attach_case, set_mode
from undaunted.prisoners.campaigns.actions.materials import make_material
from undaunted.prisoners.campaigns.actions.planning import Plan, begin_campaign, let_out
from undaunted.prisoners.campaigns.actions.raising import Raising, record_raise, record_step
from undaunted.prisoners.campaigns.actions.sheets import import_raises
from undaunted.prisoners.campaigns.queries import person_for
from undaunted.prisoners.campaigns.rules import (
    AdopterKind,
    Channel,
    Level,
    MaterialKind,
    Mode,
    Reply,
)
from undaunted.prisoners.campaigns.rules.materials import Form
from undaunted.prisoners.campaigns.rules.rows import SheetRow
from undaunted.prisoners.registry.queries.published import CaseQuery, search

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import Adopter, Campaign, CampaignCase
    from undaunted.prisoners.registry.queries.published import FoundCase

__all__ = ["load_campaign"]

AT: Final = datetime(2026, 11, 20, 10, tzinfo=UTC)
PLAN: Final = Plan(
    "third-of-december-2026",
    "Not one name forgotten",
    date(2026, 12, 3),
    "3-december",
    "On 3 December we ask for the release of people who are held in the five states. Choose "
    "somebody, write to whoever represents you, and share their name. Everybody here is invented.",
    "en",
    ("en", "ar", "fr"),
)
_LEAST, _MOST = 3, 6
_ADOPTERS: Final = (
    Standing("Ilka Morvan", AdopterKind.PARLIAMENTARIAN, "XS", "Member of the Diet for Streva"),
    Standing(
        "Berthold Quast", AdopterKind.PARLIAMENTARIAN, "XZ", "Member of the House of Zubrowka"
    ),
    Standing("Oriane Delcourt", AdopterKind.MINISTER, "XF", "Minister for Foreign Affairs"),
    Standing("City of Klow", AdopterKind.CITY, "XS", "The mayor and the council"),
)
_ASKS: Final = (
    "Release without conditions.",
    "A visit by an independent doctor, and release.",
    "Contact with the family, and a fair hearing in public.",
)
_RAISERS: Final = (
    ("Foreign Ministry of Syldavia", "XS"), ("Foreign Ministry of Freedonia", "XF"),
    ("Delegation of Zubrowka", "XZ"), ("Speaker of the Diet", "XS"),
)  # fmt: skip
_WAYS: Final = {Channel.PUBLIC: 5, Channel.MULTILATERAL: 3, Channel.PRIVATE: 4}
_ANSWERS: Final = (
    None, None, Reply.NONE, Reply.NONE, Reply.DENIAL, Reply.DENIAL, Reply.INFORMATION,
    Reply.INFORMATION, Reply.VISIT, Reply.IMPROVED_CONDITIONS,
)  # fmt: skip
_YEARS: Final = ((date(2024, 10, 1), 14), (date(2025, 11, 1), 48))
"""First day and number of raises of two years: the second has more."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Who takes part: published, held, and shown by name."""

    shown: tuple[FoundCase, ...]
    whispered: tuple[FoundCase, ...]
    silent: FoundCase


def load_campaign() -> None:
    """Fill the demonstration's campaign, after its people were loaded; nothing without enough."""
    chosen = _choose()
    if chosen is None:
        return
    with _acting("dora") as actor:
        holder = next(iter(actor.roles))
        campaign = begin_campaign(holder, PLAN, actor=actor, at=AT)
        cases = _attach(campaign, chosen, actor)
        adopters = _adopt(campaign, cases[: len(chosen.shown)], actor)
        _raise(campaign, chosen, cases[0], adopters[0], actor)
    with _acting("dora") as actor:
        for number, case in enumerate(cases[:4]):
            _write(case, actor, card=number < 1)
    with _acting("paul") as actor:
        let_out(campaign, actor=actor, at=AT)


def _choose() -> _Chosen | None:
    wanted = []
    for country in ("XR", "XB", "XZ", "XF", "XS"):
        asked = CaseQuery(country=country, status="held")
        found = search(PUBLIC, asked, size=60, facets=False).cases
        wanted += [case for case in found if case.name][:4]
    if len(wanted) < _LEAST:
        return None
    return _Chosen(tuple(wanted[:-2][:_MOST]), (wanted[-2],), wanted[-1])


def _attach(campaign: Campaign, chosen: _Chosen, actor: Actor) -> list[CampaignCase]:
    cases: list[CampaignCase] = []
    ministry = Audience.parse(f"government:{_listener(chosen.whispered[0])}")
    groups = (
        (chosen.shown, Mode.PUBLIC, Purpose.CAMPAIGN, PUBLIC_AUDIENCE),
        (chosen.whispered, Mode.PRIVATE_ONLY, Purpose.QUIET_DIPLOMACY, ministry),
        ((chosen.silent,), Mode.SILENT, None, PUBLIC_AUDIENCE),
    )  # fmt: skip
    for found, mode, purpose, audience in groups:
        subjects = [person for each in found if (person := person_for(actor, each.reference))]
        if purpose is not None:
            _agree(campaign.holder, subjects, purpose, audience, actor)
        for subject in subjects:
            ask = _ASKS[len(cases) % len(_ASKS)]
            made = attach_case(campaign, subject, ask, actor=actor, at=AT)
            cases.append(made if purpose is None else set_mode(made, mode, actor=actor, at=AT))
    return cases


def _listener(case: FoundCase) -> str:
    """Give whose government is told in private: never the one that the person fears."""
    return "XS" if case.country != "XS" else "XF"


def _agree(
    holder: UUID, subjects: list[UUID], purpose: Purpose, audience: Audience, actor: Actor
) -> None:
    record_consents(
        subjects, actor=actor, at=AT, holder=holder, purpose=purpose, audience=audience,
        level=IdentityLevel.NAME,
        field_groups=(FieldGroup.IDENTITY, FieldGroup.BIOGRAPHY, FieldGroup.DETENTION),
        basis=Basis.FAMILY_PROXY, relation="sibling", how="invented for the demonstration",
        given_on=date(2026, 11, 1), until=date(2031, 11, 1),
    )  # fmt: skip


def _adopt(campaign: Campaign, cases: list[CampaignCase], actor: Actor) -> list[Adopter]:
    adopters = []
    for number, who in enumerate(_ADOPTERS):
        made = record_adopter(campaign.holder, who, actor=actor, at=AT)
        if number < len(_ADOPTERS) - 1:  # the last has not agreed to be named
            made = agree_to_be_named(
                made, actor=actor, at=AT, on=date(2026, 11, 10), how="letter (invented)"
            )
        adopt_case(cases[number % len(cases)], made, actor=actor, at=AT, on=date(2026, 11, 12))
        adopters.append(made)
    return adopters


def _raise(
    campaign: Campaign, chosen: _Chosen, first: CampaignCase, adopter: Adopter, actor: Actor
) -> None:
    import_raises(campaign, _log(chosen), actor=actor, at=AT)
    country = chosen.shown[0].country
    asked = Raising(date(2026, 11, 16), Channel.PUBLIC, Level.PARLIAMENT, "Embassy", country,
                    adopter.name, adopter.country, "Klow")  # fmt: skip
    made = record_raise(campaign, asked, actor=actor, at=AT, case=first, adopter=adopter)
    record_step(made, actor=actor, at=AT, on=date(2026, 11, 18), reply=Reply.INFORMATION)


def _log(chosen: _Chosen) -> list[SheetRow]:
    """Invent two years of raises, each of a case that its mode allows."""
    random = Random(3)  # noqa: S311  (repeatable on purpose)
    ways, weights = list(_WAYS), list(_WAYS.values())
    rows: list[SheetRow] = []
    for first, number in _YEARS:
        for at in range(number):
            channel = random.choices(ways, weights)[0] if at else Channel.PUBLIC
            whole = chosen.shown + (chosen.whispered if channel is Channel.PRIVATE else ())
            case = random.choice(whole)
            raisers = [
                each
                for each in _RAISERS
                if case not in chosen.whispered or each[1] == _listener(case)
            ]
            by, by_country = random.choice(raisers)
            day, reply = (
                first + timedelta(random.randrange(365) if at else 0),
                random.choice(_ANSWERS),
            )
            rows.append(
                SheetRow(
                    line=len(rows) + 2,
                    day=day,
                    channel=channel,
                    level=random.choice(tuple(Level)),
                    counterpart="Ministry of Justice",
                    counterpart_country=case.country,
                    by=by,
                    by_country=by_country,
                    case=case.reference,
                    reply=reply,
                    reply_day=day + timedelta(14) if reply else None,
                )
            )
    # The same raise drawn twice is one.
    once = {(row.day, row.case, row.channel, row.level, row.by): row for row in rows}
    return sorted(once.values(), key=lambda row: row.day)


def _write(case: CampaignCase, actor: Actor, *, card: bool) -> None:
    """Write a question of a case, and a card where the machine has the fonts for it."""
    question = MaterialKind.PARLIAMENTARY_QUESTION
    make_material(case, question, actor=actor, at=AT, language="en")
    if card:
        with suppress(EditionRefused):
            make_material(
                case, MaterialKind.SOCIAL_CARD, actor=actor, at=AT, language="en",
                forms=(Form.SQUARE_PNG,),
            )  # fmt: skip


def _acting(name: str) -> AbstractContextManager[Actor]:
    with transaction.atomic():
        user = user_named(name)
    if user is None:
        raise LookupError(f"the demonstration has nobody called {name}")
    return acting_as(user)
