"""A reference that was merged leads to its case while that is public, and names it no longer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.test import Client

from tests.prisoners.registry.actions.test_merges import approve, case, join, offers, part
from tests.prisoners.registry.casework import agree
from tests.prisoners.registry.desk import AT
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.models import Grant
from undaunted.prisoners.registry.actions.publication import take_down
from undaunted.prisoners.registry.models import PublishedCase, PublishedTombstone
from undaunted.prisoners.registry.queries.open_data import open_rows
from undaunted.prisoners.registry.queries.published import CaseQuery, merged_into, search
from undaunted.prisoners.registry.rules.open_data import CASES

if TYPE_CHECKING:
    from tests.prisoners.registry.desk import Desk
    from undaunted.core.actors.models import Judgement
    from undaunted.prisoners.registry.models import Publication

Pair = tuple["Publication", "Publication", "Judgement"]


@pytest.fixture
def merged(desk: Desk) -> Pair:
    """Merge two published cases with a second person's approval: the one that stands is first."""
    one, other = sorted((case(desk), case(desk)), key=lambda gate: gate.reference)
    judgement = join(desk, one, other)
    assert _page(other.reference).status_code == 200, "before the approval it stands by itself"
    approve(desk.publisher, offers(desk.publisher))
    return one, other, judgement


def _page(reference: str) -> Any:
    return Client().get(f"/registry/{reference}/")


def _told(reference: str) -> Any:
    return Client().get(f"/api/v1/registry/cases/{reference}")


def _names(owner_sql: Any) -> set[str]:
    """Give every reference that the public role finds in any row that is left."""
    with connections["public"].cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(c)::text FROM published_case c"
            " UNION ALL SELECT to_jsonb(t)::text FROM published_tombstone t"
        )
        left = " ".join(row for (row,) in cursor.fetchall())
    gates = owner_sql("SELECT reference FROM registry_publication")
    return {reference for (reference,) in gates if reference in left}


def test_a_merged_reference_leads_to_the_case_it_is_part_of(desk: Desk, merged: Pair) -> None:
    stands, old, _judgement = merged
    page, told = _page(old.reference), _told(old.reference)
    assert (page.status_code, page["Location"]) == (301, f"/registry/{stands.reference}/")
    assert page["Cache-Control"] == "public, max-age=60", "a merge can be undone"
    assert (told.status_code, told["Location"]) == (
        308,
        f"/api/v1/registry/cases/{stands.reference}",
    )
    assert told.json() == {"reference": old.reference, "merged_into": stands.reference}
    assert not PublishedTombstone.objects.exists()
    shown = Client().get(page["Location"])
    assert shown.status_code == 200
    assert old.reference in shown.content.decode()
    assert _told(stands.reference).json()["merged"] == [old.reference]
    for asked in (old.reference, f" {old.reference.lower()} "):
        found = search(PUBLIC, CaseQuery(name=asked))
        assert [one.reference for one in found.cases] == [stands.reference]
    (row,) = open_rows(PUBLIC, CASES)
    exported = dict(zip((column.name for column in CASES.columns), row, strict=True))
    assert (exported["reference"], exported["merged"]) == (stands.reference, [old.reference])


def test_undoing_the_merge_brings_the_old_reference_back(desk: Desk, merged: Pair) -> None:
    stands, old, judgement = merged
    part(desk, judgement)
    assert _page(old.reference).status_code == 301, "before the approval it is merged"
    approve(desk.publisher, offers(desk.publisher), AT + timedelta(days=2))
    for one in (stands, old):
        assert _page(one.reference).status_code == _told(one.reference).status_code == 200
        assert _told(one.reference).json()["merged"] == []
    assert not PublishedTombstone.objects.exists()


@pytest.mark.parametrize("which", [0, 1], ids=["the one that stands", "the merged one"])
def test_taken_down_neither_names_the_other(
    desk: Desk, merged: Pair, owner_sql: Any, which: int
) -> None:
    stands, old, _judgement = merged
    with acting_as(desk.publisher) as actor:
        take_down((stands, old)[which], actor=actor, at=AT + timedelta(days=2))
    for one, other in ((stands, old), (old, stands)):
        for answer in (_page(one.reference), _told(one.reference)):
            assert answer.status_code == 410
            assert other.reference not in answer.content.decode()
        assert merged_into(PUBLIC, one.reference) == ""
    assert not PublishedCase.objects.exists()
    assert PublishedTombstone.objects.count() == 2
    columns = {field.name for field in PublishedTombstone._meta.get_fields()}
    assert columns == {"reference", "taken_down_on"}, "a tombstone has no room for another name"
    owner_sql("SELECT registry_project_all()")
    assert _page(old.reference).status_code == 410


def test_without_consent_both_are_gone_and_both_come_back_with_it(desk: Desk, merged: Pair) -> None:
    stands, old, _judgement = merged
    with acting_as(desk.documenter) as actor:
        for grant in Grant.objects.filter(subject__in=[stands.party_id, old.party_id]):
            revoke_consent(grant, actor=actor, at=AT + timedelta(hours=1))
    assert _page(stands.reference).status_code == _page(old.reference).status_code == 410
    assert merged_into(PUBLIC, old.reference) == ""
    agree(desk, old.party)
    assert _page(stands.reference).status_code == 200
    assert _page(old.reference)["Location"] == f"/registry/{stands.reference}/"
    assert not PublishedTombstone.objects.exists()


def test_several_merged_lead_to_the_one_that_stands(desk: Desk, owner_sql: Any) -> None:
    gates = sorted((case(desk) for _ in range(3)), key=lambda gate: gate.reference)
    first, second, third = gates
    join(desk, second, third)
    approve(desk.publisher, offers(desk.publisher))
    assert merged_into(PUBLIC, third.reference) == second.reference
    join(desk, first, third)
    approve(desk.publisher, offers(desk.publisher), AT + timedelta(days=2))
    assert PublishedCase.objects.get().merged == [second.reference, third.reference]
    assert merged_into(PUBLIC, second.reference) == first.reference
    assert merged_into(PUBLIC, third.reference) == first.reference
    before = PublishedCase.objects.values("id", "reference", "merged").get()
    owner_sql("SELECT registry_project_all()")
    assert PublishedCase.objects.values("id", "reference", "merged").get() == before
    assert _names(owner_sql) == {gate.reference for gate in gates}


def test_a_merged_record_that_is_withdrawn_is_gone_without_a_trace_of_the_other(
    desk: Desk, merged: Pair, owner_sql: Any
) -> None:
    stands, old, _judgement = merged
    owner_sql("UPDATE actors_party SET withdrawn_at = now() WHERE id = %s", [old.party_id])
    owner_sql("SELECT registry_project(ARRAY[%s::uuid])", [old.party_id])
    assert _page(stands.reference).status_code == 200
    answer = _page(old.reference)
    assert answer.status_code == 410
    assert stands.reference not in answer.content.decode()
