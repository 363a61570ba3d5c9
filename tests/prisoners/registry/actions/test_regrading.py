"""Many claims that one register carries are regraded in one step, all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.prisoners.registry.casework import person_with_spell
from tests.prisoners.registry.desk import AT, Desk
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.models import Entry
from undaunted.core.events.models import Act
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.models import Citation
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.prisoners.registry.actions.batches import regrade_together
from undaunted.prisoners.registry.actions.records import ActNotCurrent, correct_spell
from undaunted.prisoners.registry.queries.records import acts_of
from undaunted.prisoners.registry.rules.claims import TierTooHigh

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor


def regrade(
    desk: Desk,
    actor: Actor,
    acts: list[Act],
    grade: str = "A1",
    kind: SourceKind = SourceKind.COURT_PAPER,
) -> list[Act]:
    register = record_source(desk.organisation, actor=actor, at=AT, kind=kind)
    return regrade_together(
        acts, actor=actor, at=AT, source=register, grade=Grade.parse(grade), tier="A"
    )


def test_claims_are_cited_and_corrected_as_history(desk: Desk) -> None:
    acts = [person_with_spell(desk)[1] for _ in range(3)]
    with acting_as(desk.documenter) as actor:
        made = regrade(desk, actor, acts)
        now = list(acts_of(actor, [act.victim_id for act in acts]))
        assert {act.pk for act in now} == {act.pk for act in made}
        assert {(act.claim, act.tier) for act in now} == {(act.claim, "A") for act in acts}
        assert all(act.recorded_by == actor.person and act.origin is None for act in now)
        assert Act.objects.filter(recorded_to=AT, tier="B").count() == len(acts)
        carried = Citation.objects.filter(subject_id__in=[act.claim for act in acts])
        assert carried.filter(reliability="A", credibility="1").count() == len(acts)
    with acting_as(desk.steward):
        verbs = Entry.objects.filter(verb__endswith="_together").values_list("verb", flat=True)
        assert set(verbs) == {"claim.cited_together", "act.corrected_together"}


def test_a_source_that_carries_too_little_changes_nothing(desk: Desk) -> None:
    acts = [person_with_spell(desk)[1] for _ in range(2)]
    with acting_as(desk.documenter) as actor:
        with pytest.raises(TierTooHigh):
            regrade(desk, actor, acts, "E5", SourceKind.ANONYMOUS)
        assert not Citation.objects.filter(reliability="E").exists()
        assert not Act.objects.filter(tier="A").exists()


def test_a_claim_that_was_superseded_stops_all(desk: Desk) -> None:
    (_, old), (_, other) = person_with_spell(desk), person_with_spell(desk)
    with acting_as(desk.documenter) as actor:
        correct_spell(old, actor=actor, at=AT, city="Zenda")
        with pytest.raises(ActNotCurrent):
            regrade(desk, actor, [other, old])
        assert not Act.objects.filter(tier="A").exists()


def test_whoever_may_not_record_regrades_nothing(desk: Desk) -> None:
    _, spell = person_with_spell(desk)
    with acting_as(desk.documenter) as actor:
        register = record_source(desk.organisation, actor=actor, at=AT, kind=SourceKind.COURT_PAPER)
    with acting_as(desk.publisher) as actor, pytest.raises(Forbidden):
        regrade_together(
            [spell], actor=actor, at=AT, source=register, grade=Grade.parse("A1"), tier="A"
        )
