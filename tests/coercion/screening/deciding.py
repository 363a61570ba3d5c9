"""A case that is screened, with a factor, a decision proposed and taken."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.coercion.screening.deals import port_deal
from tests.coercion.screening.factories import AT, Scene, make_scene
from undaunted.coercion.screening.actions import (
    AssessmentPlan,
    DecisionPlan,
    FactPlan,
    assess_factor,
    move_case,
    propose_decision,
    record_fact,
    record_scope,
    take_decision,
)
from undaunted.coercion.screening.queries import (
    decision_for,
)
from undaunted.coercion.screening.rules import (
    DecisionKind,
    Found,
    ScreeningStage,
    SourceStatus,
)
from undaunted.coercion.screening.rules.casework import (
    EvidenceKind,
    FactKind,
)
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Assessment, Decision, Fact

__all__ = [
    "CONDITION",
    "DAY",
    "REASONS",
    "STATE",
    "decision_proposed",
    "decision_taken",
    "factor_plan",
    "infrastructure_assessed",
    "screened",
]

DAY = date(2026, 11, 20)
CONDITION = "The port's data stay in Freedonia (invented)."
TOLD_TO = "The contact points of Syldavia and Borduria (invented)"
REASONS = "The only container port of the country would answer to another state (invented)."
STATE = FactPlan(
    FactKind.STATE, "XR-HOLDING", "Its board is named by the Chancellery (invented)",
    "Gazette of Ruritania 2020, no. 4", "XR", date(2020, 1, 1), SourceStatus.SECONDARY,
)  # fmt: skip


def screened(owner_sql: Any) -> Scene:
    """Give a case that is screened under the model regime."""
    made = make_scene(owner_sql)
    with acting_as(made.own.documenter) as actor:
        record_scope(made.case, port_deal(DAY), actor=actor, at=AT)
        made.case = move_case(made.case, ScreeningStage.SCREENING, actor=actor, at=AT)
    return made


def infrastructure_assessed(scene: Scene, actor: Any, at: Any = AT) -> tuple[Fact, Assessment]:
    fact = record_fact(scene.case, STATE, actor=actor, at=at)
    plan = factor_plan(("critical-infrastructure", (EvidenceKind.FACT, fact.pk)))
    return fact, assess_factor(scene.case, plan, actor=actor, at=at)


def factor_plan(told: tuple[str, tuple[EvidenceKind, Any]], **more: Any) -> AssessmentPlan:
    code, evidence = told
    return AssessmentPlan("model", code, Found.PRESENT, REASONS, (evidence,), **more)


def decision_proposed(scene: Scene, at: Any = AT, **more: Any) -> Decision:
    with acting_as(scene.own.documenter) as actor:
        _, assessment = infrastructure_assessed(scene, actor, at)
        told: dict[str, Any] = {
            "kind": DecisionKind.CONDITIONS,
            "conditions": (CONDITION,),
            "factors": (assessment.pk,),
        } | more
        if "urgent" in more:
            told = {"urgent_told_on": at.date(), "urgent_told_to": TOLD_TO} | told
        plan = DecisionPlan(regime="model", reasons=REASONS, day=at.date(), **told)
        return propose_decision(scene.case, plan, actor=actor, at=at)


def decision_taken(scene: Scene, at: Any = AT) -> Decision:
    proposed = decision_proposed(scene, at)
    with acting_as(scene.own.publisher) as actor:
        held = decision_for(actor, proposed.pk)
        assert held is not None
        taken = take_decision(held, actor=actor, at=at)
        scene.case.refresh_from_db()
    return taken
