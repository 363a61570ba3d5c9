"""A person takes their own word back: no public record and no proxy shows them after that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.prisoners.registry.casework import agree, person_with_spell, published
from tests.prisoners.registry.desk import AT, Desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import SAME
from undaunted.core.actors.models import Party
from undaunted.core.consent.actions import record_consent, revoke_consent
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.prisoners.registry.actions.matching import judge_pair
from undaunted.prisoners.registry.actions.projecting import project
from undaunted.prisoners.registry.actions.publication import (
    ConsentMissing,
    approve_changes,
    propose_publication,
    take_down,
)
from undaunted.prisoners.registry.models import PublishedCase, PublishedName
from undaunted.prisoners.registry.queries.changes import gates_waiting, offers_for

if TYPE_CHECKING:
    from typing import Any

    from undaunted.core.consent.models import Grant

LATER = AT + timedelta(days=2)


def said(
    desk: Desk, party: Party, basis: Basis, level: IdentityLevel = IdentityLevel.NAME
) -> Grant:
    with acting_as(desk.documenter) as actor:
        return record_consent(
            party.pk, actor=actor, at=AT, holder=desk.organisation, purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE, level=level, basis=basis, how="Gazette 12/2025",
            field_groups=[FieldGroup.IDENTITY, FieldGroup.BIOGRAPHY, FieldGroup.DETENTION],
            given_on=date(2026, 10, 1), until=date(2030, 1, 1),
        )  # fmt: skip


def taken_back(desk: Desk, grant: Grant) -> None:
    with acting_as(desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=LATER)


def joined(desk: Desk, basis: Basis) -> tuple[Party, Party, Grant]:
    """Publish a record with the person's word and one without, as one person."""
    one, _ = person_with_spell(desk)
    other, _ = person_with_spell(desk)
    own = said(desk, one, Basis.SELF)
    if basis is Basis.FAMILY_PROXY:
        agree(desk, other)
    else:
        said(desk, other, basis)
    for party in (one, other):
        published(desk, party)
    with acting_as(desk.reviewer) as actor:
        judge_pair(one.pk, other.pk, actor=actor, at=AT, verdict=SAME)
    with acting_as(desk.publisher) as actor:
        seen = offers_for(actor, gates_waiting(actor).values_list("pk", flat=True))
        approve_changes(seen, actor=actor, at=AT + timedelta(days=1))
    assert PublishedCase.objects.get().name == "Олена Корсак"
    return one, other, own


@pytest.mark.parametrize("basis", [Basis.PUBLIC_RECORD, Basis.FAMILY_PROXY])
def test_a_persons_no_holds_for_every_record_of_theirs(desk: Desk, basis: Basis) -> None:
    one, other, own = joined(desk, basis)
    taken_back(desk, own)
    assert not PublishedCase.objects.exists()
    assert not PublishedName.objects.exists()
    with acting_as(desk.documenter):
        Party.objects.filter(pk=one.pk).update(withdrawn_at=LATER)
        project([one.pk, other.pk])
    assert not PublishedCase.objects.exists()


def test_what_the_person_agrees_to_anew_counts_and_no_more(desk: Desk) -> None:
    _, other, own = joined(desk, Basis.PUBLIC_RECORD)
    taken_back(desk, own)
    said(desk, other, Basis.SELF, IdentityLevel.CODE)
    assert PublishedCase.objects.get().name == ""
    assert not PublishedName.objects.exists()


def test_a_record_that_stands_apart_is_not_touched(desk: Desk) -> None:
    one, _ = person_with_spell(desk)
    other, _ = person_with_spell(desk)
    own = said(desk, one, Basis.SELF)
    said(desk, other, Basis.PUBLIC_RECORD)
    for party in (one, other):
        published(desk, party)
    taken_back(desk, own)
    assert PublishedCase.objects.get().id == other.pk
    with acting_as(desk.reviewer) as actor:
        judge_pair(one.pk, other.pk, actor=actor, at=AT, verdict=SAME)
    assert PublishedCase.objects.get().id == other.pk


def test_what_waits_is_offered_at_the_persons_level(desk: Desk, owner_sql: Any) -> None:
    one, _ = person_with_spell(desk)
    own = said(desk, one, Basis.SELF)
    said(desk, one, Basis.PUBLIC_RECORD)
    gate = published(desk, one)
    levels = "SELECT identity FROM registry_snapshot(ARRAY[%s::uuid])"
    assert owner_sql(levels, [gate.pk]) == [(4,)]
    taken_back(desk, own)
    assert owner_sql(levels, [gate.pk]) == [(0,)]
    assert not PublishedCase.objects.exists()


def test_nothing_is_proposed_against_a_persons_own_word(desk: Desk) -> None:
    one, _ = person_with_spell(desk)
    own = said(desk, one, Basis.SELF)
    said(desk, one, Basis.PUBLIC_RECORD)
    gate = published(desk, one)
    with acting_as(desk.reviewer) as actor:
        take_down(gate, actor=actor, at=AT)
    taken_back(desk, own)
    with acting_as(desk.documenter) as actor, pytest.raises(ConsentMissing, match="revoked"):
        propose_publication(one, actor=actor, at=LATER)
