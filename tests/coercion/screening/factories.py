"""Two authorities of hypothetical states and a case: a port operator that a conglomerate buys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import PASSPHRASE
from undaunted.coercion.screening.actions import (
    CasePlan,
    PartyPlan,
    begin_case,
    name_screening_team,
    record_party,
    save_draft,
    submit_filing,
)
from undaunted.coercion.screening.rules import Said
from undaunted.coercion.screening.rules.casework import PartyRole
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.vault.actions import found_team, make_key_pair, open_at_terminal
from undaunted.core.vault.rules import FLOOR

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.coercion.screening.models import Case
    from undaunted.core.accounts.models import User
    from undaunted.core.vault.rules import OpenKey

__all__ = ["AT", "FIELDS", "HOUR", "SECRET", "Authority", "Scene", "make_scene"]

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECRET = "The berth fee is forty crowns (invented)"
FIELDS = {
    "ownership": Said("Morava Shell NV of Zubrowka buys 60 % of the shares (invented)"),
    "value": Said(SECRET),
    "business": Said("Berths, cranes and storage in the port of Alder Bay (invented)"),
    "states": Said("Freedonia, Zubrowka"),
    "funding": Said("A loan of the Treasury Bank of Ruritania (invented)", secret=True),
    "completion": Said("On 1 March 2027", secret=True, summary="In the spring of 2027"),
}


@dataclass
class Authority:
    """An authority with somebody who records and somebody who confirms."""

    id: UUID
    documenter: User
    publisher: User
    team: UUID | None = None
    key: OpenKey | None = None


@dataclass
class Scene:
    """Freedonia screens; Syldavia is a partner; Ruritania, whose conglomerate buys, is none."""

    own: Authority
    partner: Authority
    stranger: Authority
    case: Case


def make_scene(owner_sql: Any) -> Scene:
    """Make the authorities and a case that was filed, with its two parties."""
    made = {code: _authority(owner_sql, code) for code in ("XF", "XS", "XR")}
    own = made["XF"]
    with acting_as(own.documenter) as actor:
        make_key_pair(PASSPHRASE, actor=actor, at=AT, work=FLOOR)
        own.key = open_at_terminal(PASSPHRASE, actor=actor, at=AT, work=FLOOR)
        own.team = found_team(own.id, "Screening", actor=actor, at=AT).pk
        plan = CasePlan("port-2027", "Port of Alder Bay (invented)", "XF")
        case = begin_case(own.id, plan, actor=actor, at=AT)
        case = name_screening_team(case, own.team, actor=actor, at=AT)
        save_draft(case, FIELDS, actor=actor, at=AT)
        submit_filing(case, received_on=date(2026, 11, 19), actor=actor, at=AT)
        for role, name, identifier in (
            (PartyRole.TARGET, "Alder Bay Port Operator plc", "XF-PORT"),
            (PartyRole.ACQUIRER, "Morava Shell NV", "XZ-SHELL"),
        ):
            party = PartyPlan(role, name, "the notification", identifier, country=identifier[:2])
            record_party(case, party, actor=actor, at=AT)
        case.refresh_from_db()
    return Scene(own, made["XS"], made["XR"], case)


def _authority(owner_sql: Any, code: str) -> Authority:
    made = make_organisation(owner_sql, country=code)
    owner_sql("UPDATE accounts_organisation SET government = true WHERE id = %s", [made])
    return Authority(
        made,
        make_user(owner_sql, {made: [Role.DOCUMENTER, Role.STEWARD]}),
        make_user(owner_sql, {made: [Role.PUBLISHER]}),
    )
