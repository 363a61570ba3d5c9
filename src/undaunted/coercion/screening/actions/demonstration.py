"""An invented authority with a register and the case of a port, through the ordinary gates.

A conglomerate of which Ruritania holds 51 % buys Freedonia's port operator through a shell in
Zubrowka, which plays a member of the Union. The decision is drafted with its reasons and waits for
a second person. Everything lies in the hypothetical states.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from undaunted.coercion.screening.actions.assessing import (
    AssessmentPlan,
    assess_factor,
    record_scope,
)
from undaunted.coercion.screening.actions.cases import (
    CasePlan,
    PartyPlan,
    begin_case,
    record_party,
    save_draft,
    submit_filing,
)
from undaunted.coercion.screening.actions.deciding import (
    DecisionPlan,
    move_case,
    propose_decision,
)
from undaunted.coercion.screening.actions.evidence import keep_analysis, take_in
from undaunted.coercion.screening.actions.finding import FactPlan, record_fact
from undaunted.coercion.screening.actions.importing import import_assets, import_holdings
from undaunted.coercion.screening.actions.keeping import name_screening_team
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.coercion.screening.rules import (
    WHOLE,
    Confidence,
    DecisionKind,
    Facts,
    Found,
    Held,
    Investor,
    Owner,
    Said,
    ScreeningStage,
    SourceStatus,
    Span,
    Target,
    TransactionKind,
)
from undaunted.coercion.screening.rules.casework import EvidenceKind, FactKind, PartyRole
from undaunted.coercion.screening.rules.facts import Answer
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, install_office
from undaunted.core.vault.actions import found_team, make_key_pair

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor

__all__ = ["load_screening"]

_OFFICE: Final = "Screening Authority of Freedonia"
_PEOPLE: Final = {
    "selma": (Role.DOCUMENTER, Role.STEWARD),
    "sven": (Role.PUBLISHER, Role.REVIEWER),
}
_ASSETS: Final = b"""reference,name,country,sector,capacity,unit,source,confidence,owner,share
XF-PORT-1,Port of Alder Bay (invented),XF,transport,12,M TEU a year,Port office,A,XF-PORT,100 %
XF-GRID-1,Northern grid (invented),XF,energy,900,MW,Energy agency,A,XF-GRID,100 %
XF-RAIL-1,Railway of Kolm (invented),XF,transport,40,Mt a year,Rail office,B,XF-RAIL,100 %
"""
_OWNERS: Final = """owner,owned,share,source,owner_kind,valid_from
STATE:XR,XR-CONGLOMERATE,51 %,Gazette of Ruritania (invented),state,
XR-FAMILY,XR-CONGLOMERATE,49 %,Gazette of Ruritania (invented),person,
XR-CONGLOMERATE,XZ-SHELL,100 %,Company register of Zubrowka (invented),company,
XF-CITY,XF-PORT,100 %,Company register of Freedonia (invented),company,
"""
_WATCHED: Final = """STATE:XB,XB-RAIL,100 %,Yearbook of Borduria (invented),state,
XB-RAIL,XF-RAIL,40-60 %,Company register of Freedonia (invented),company,
XS-FUND,XF-GRID,26 %,Company register of Freedonia (invented),company,{day}
"""
_DEAL: Final = b"""owner,owned,share,source,owner_kind
XZ-SHELL,XF-PORT,60 %,The notification (invented),company
XF-CITY,XF-PORT,40 %,The notification (invented),company
"""
_FILED: Final = {
    "ownership": Said("Morava Shell NV of Zubrowka buys 60 % of the shares (invented)."),
    "value": Said("310 million crowns (invented)", secret=True, summary="Some hundred millions."),
    "business": Said("Berths, cranes and storage in the port of Alder Bay (invented)."),
    "states": Said("Freedonia, Zubrowka"),
    "funding": Said("A loan of the Treasury Bank of Ruritania (invented).", secret=True),
    "completion": Said("In the spring after the decision (invented)."),
}
_PARTIES: Final = (
    PartyPlan(PartyRole.TARGET, "Alder Bay Port Operator plc", "the notification", "XF-PORT",
              country="XF"),
    PartyPlan(PartyRole.ACQUIRER, "Morava Shell NV", "the notification", "XZ-SHELL", country="XZ"),
    PartyPlan(PartyRole.SELLER, "City of Alder Bay", "the notification", "XF-CITY", country="XF"),
    PartyPlan(PartyRole.ULTIMATE_OWNER, "Strelsau Conglomerate", "Gazette of Ruritania (invented)",
              "XR-CONGLOMERATE", country="XR"),
)  # fmt: skip
_STATE: Final = FactPlan(
    FactKind.STATE, "XR-CONGLOMERATE", "Ruritania holds 51 % and names its board (invented).",
    "Gazette of Ruritania (invented)", "XR", None, SourceStatus.SECONDARY,
)  # fmt: skip
_REASONS: Final = (
    "The only container port of the country would answer to another state: 51 % of the parent are "
    "Ruritania's, and the shell in between has no business of its own (invented)."
)
_CONDITIONS: Final = (
    "The operator's data and its berth plan stay in Freedonia (invented).",
    "No more than two of seven directors are named by the acquirer (invented).",
)


def load_screening(
    as_owner: Callable[[], AbstractContextManager[None]], *, say: Callable[[str], None]
) -> None:
    """Install the authority with its register and its case; `say` is told the logins."""
    at = timezone.now()
    with as_owner():
        place, people = install_office(_OFFICE, _PEOPLE, country="XF", government=True)
    first = people[0]
    with acting_as(first.user) as actor:
        make_key_pair(first.passphrase, actor=actor, at=at)
        team = found_team(place, "Screening", actor=actor, at=at).pk
        _fill_register(place, actor=actor, at=at)
    with acting_as(first.user) as actor:
        _screen_port(place, team, actor=actor, at=timezone.now())
    say(f"Logins of the {_OFFICE}: user name, passphrase, secret of the code app.")
    for one in people:
        say(f"  {one.user.username:8} {one.passphrase}  {one.secret}  {', '.join(one.roles)}")


def _fill_register(place: UUID, *, actor: Actor, at: datetime) -> None:
    """Bring assets and owners: a railway that a state may control, a stake that nobody filed."""
    import_assets(place, "assets.csv", _ASSETS, actor=actor, at=at)
    bought = at.date() - timedelta(days=40)
    owners = (_OWNERS + _WATCHED.format(day=bought)).encode()
    import_holdings(place, "owners.csv", owners, actor=actor, at=at, confidence=Confidence.B)


def _screen_port(place: UUID, team: UUID, *, actor: Actor, at: datetime) -> None:
    """Screen the deal of the port up to a reasoned draft."""
    plan = CasePlan("port-of-alder-bay", "Port of Alder Bay (invented)", "XF")
    case = begin_case(place, plan, actor=actor, at=at)
    case = name_screening_team(case, team, actor=actor, at=at)
    save_draft(case, _FILED, actor=actor, at=at)
    submit_filing(case, received_on=at.date(), actor=actor, at=at)
    for party in _PARTIES:
        record_party(case, party, actor=actor, at=at)
    source = "extracts of company registers (invented)"
    take_in(case, _OWNERS.encode(), name="owners.csv", source=source, actor=actor, at=at)
    source = "annex 2 of the notification (invented)"
    take_in(case, _DEAL, name="deal.csv", source=source, filed=True, actor=actor, at=at)
    record_scope(case, _facts(at.date()), actor=actor, at=at)
    case = move_case(case, ScreeningStage.SCREENING, actor=actor, at=at)
    _draft(case, actor=actor, at=timezone.now())


def _draft(case: Case, *, actor: Actor, at: datetime) -> None:
    analysis = keep_analysis(case, Asked(at.date()), actor=actor, at=at)
    fact = record_fact(case, _STATE, actor=actor, at=at)
    evidence = ((EvidenceKind.FACT, fact.pk), (EvidenceKind.ANALYSIS, analysis.pk))
    factor = AssessmentPlan("model", "critical-infrastructure", Found.PRESENT, _REASONS, evidence)
    assessed = assess_factor(case, factor, actor=actor, at=at)
    plan = DecisionPlan(
        "model", DecisionKind.CONDITIONS, _REASONS, (assessed.pk,), at.date(), _CONDITIONS
    )
    propose_decision(case, plan, actor=actor, at=at)


def _facts(day: date) -> Facts:
    """Give the deal as an officer writes it down for the scope test."""
    percent = WHOLE // 100
    parent = Owner(
        "Ruritania", "XR", Answer.MUST, is_state=True, interest=Span(51 * percent, 51 * percent)
    )
    nothing, bought = Span(0, 0), Span(60 * percent, 60 * percent)
    return Facts(
        day=day,
        kind=TransactionKind.ACQUISITION,
        investor=Investor("Morava Shell NV", "XZ", (parent,), complete=True),
        target=Target("Alder Bay Port Operator plc", frozenset({"XF"}), frozenset({"transport"})),
        before=Held(nothing, nothing),
        after=Held(bought, bought),
        flags={"listed": True, "genuine": False},
    )
