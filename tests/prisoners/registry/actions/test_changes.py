"""What is recorded of a published case waits for a second person; what is taken back does not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import make_user
from tests.prisoners.registry.casework import (
    PACE,
    agree,
    person_with_spell,
    published,
    recognised,
    sources,
)
from tests.prisoners.registry.desk import AT, ROWS, Desk, bring_in
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import PartyName
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.audit.models import Entry
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.rules import IdentityLevel
from undaunted.core.events.rules import ReleaseType
from undaunted.prisoners.registry.actions.people import correct_person
from undaunted.prisoners.registry.actions.publication import (
    ChangedMeanwhile,
    PublicationRefused,
    approve_changes,
    propose_publication,
    publish,
    take_down,
)
from undaunted.prisoners.registry.actions.records import (
    correct_spell,
    record_release,
    withdraw_act,
)
from undaunted.prisoners.registry.actions.undo import UndoUnconfirmed, undo_import
from undaunted.prisoners.registry.models import (
    Approval,
    Publication,
    PublishedCase,
    PublishedName,
    PublishedSource,
    PublishedSpell,
)
from undaunted.prisoners.registry.queries.changes import (
    gates_waiting,
    imports_waiting,
    offers_for,
    waiting_cases,
)
from undaunted.prisoners.registry.queries.counting import count
from undaunted.prisoners.registry.queries.imports import entries_of

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import User
    from undaunted.core.events.models import Act
    from undaunted.prisoners.registry.models import SourceList

LATER = AT + timedelta(days=2)
MUCH_LATER = AT + timedelta(days=5)


def shown(desk: Desk) -> tuple[Publication, Act]:
    party, spell = person_with_spell(desk)
    agree(desk, party)
    recognised(desk, party)
    return published(desk, party), spell


def release(desk: Desk, spell: Act, at: datetime = LATER) -> None:
    with acting_as(desk.documenter) as actor:
        record_release(
            spell, ReleaseType.SENTENCE_SERVED, PartialDate.parse("2025-01-01"),
            actor=actor, at=at, sources=sources(desk, actor),
        )  # fmt: skip


def offered(actor: Actor) -> dict[UUID, str]:
    return offers_for(actor, gates_waiting(actor).values_list("pk", flat=True))


def approve(user: User, at: datetime = MUCH_LATER) -> int:
    with acting_as(user) as actor:
        return approve_changes(offered(actor), actor=actor, at=at)


def test_a_correction_of_a_published_case_waits_for_a_second_person(desk: Desk) -> None:
    gate, spell = shown(desk)
    release(desk, spell)
    assert PublishedCase.objects.get().held_now
    assert PublishedSpell.objects.get().end == ""
    with acting_as(desk.publisher) as actor:
        (case,) = waiting_cases(actor, gates_waiting(actor))
    assert (case.gate, case.hands) == (gate, frozenset({desk.documenter.pk}))
    assert {one.kind for one in case.differences} == {"act"}
    assert approve(desk.publisher) == 1
    assert not PublishedCase.objects.get().held_now
    assert PublishedSpell.objects.get(in_stock=True).end == "2025-01"
    with acting_as(desk.publisher) as actor:
        assert not gates_waiting(actor).exists()
        assert Entry.objects.filter(verb="publication.changes_approved").count() == 1


def test_what_an_approval_brought_was_not_known_before_it(desk: Desk) -> None:
    _, spell = shown(desk)
    release(desk, spell)
    approve(desk.publisher)

    def held(known_at: datetime | None) -> int:
        return count(PUBLIC, as_of=date(2026, 1, 1), standard=PACE, known_at=known_at).persons

    assert held(LATER + timedelta(hours=1)) == 1
    assert held(MUCH_LATER) == 0
    assert held(None) == 0


def test_nobody_approves_the_changes_of_their_own_hands(desk: Desk, owner_sql: Any) -> None:
    party, spell = person_with_spell(desk)
    agree(desk, party)
    published(desk, party)
    both = make_user(owner_sql, {desk.organisation: [Role.DOCUMENTER, Role.PUBLISHER]})
    with acting_as(both) as actor:
        correct_spell(spell, actor=actor, at=LATER, tier="C")
        with pytest.raises(Forbidden):
            approve_changes(offered(actor), actor=actor, at=LATER)
    with acting_as(desk.documenter) as actor, pytest.raises(Forbidden):
        approve_changes(offered(actor), actor=actor, at=LATER)
    assert PublishedCase.objects.get().tier == "B"
    approve(desk.publisher)
    assert PublishedCase.objects.get().tier == "C"


def test_who_changed_a_proposed_case_does_not_publish_it(desk: Desk, owner_sql: Any) -> None:
    party, spell = person_with_spell(desk)
    agree(desk, party)
    both = make_user(owner_sql, {desk.organisation: [Role.DOCUMENTER, Role.PUBLISHER]})
    with acting_as(desk.documenter) as actor:
        gate = propose_publication(party, actor=actor, at=AT)
    with acting_as(both) as actor:
        correct_spell(spell, actor=actor, at=AT, tier="C")
        with pytest.raises(Forbidden):
            publish(gate, actor=actor, at=AT)
    with acting_as(desk.publisher) as actor:
        publish(gate, actor=actor, at=AT)
    assert PublishedCase.objects.get().tier == "C"


def test_a_change_made_after_the_look_is_not_approved_with_it(desk: Desk) -> None:
    _, spell = shown(desk)
    release(desk, spell)
    with acting_as(desk.publisher) as actor:
        seen = offered(actor)
    with acting_as(desk.documenter) as actor:
        correct_person(spell.victim, actor=actor, at=LATER, gender="male")
    with acting_as(desk.publisher) as actor, pytest.raises(ChangedMeanwhile):
        approve_changes(seen, actor=actor, at=MUCH_LATER)
    assert PublishedCase.objects.get().held_now
    approve(desk.publisher)
    assert PublishedCase.objects.get().gender == "male"


def test_facts_about_the_person_wait_too(desk: Desk) -> None:
    gate, _ = shown(desk)
    with acting_as(desk.documenter) as actor:
        correct_person(
            gate.party, actor=actor, at=LATER, gender="male", country="XS", roles=["lawyer"],
            birth=PartialDate.parse("1970"), death=PartialDate.parse("2024-06-01"),
        )  # fmt: skip
    case = PublishedCase.objects.get()
    assert (case.gender, case.country, case.roles, case.birth_year) == ("female", "XR", [], None)
    assert case.held_now
    approve(desk.publisher)
    case = PublishedCase.objects.get()
    assert (case.gender, case.country, case.roles) == ("male", "XS", ["lawyer"])
    assert (case.birth_year, case.held_now) == (1970, False)


def test_a_withdrawn_claim_waits_since_it_changes_a_count(desk: Desk) -> None:
    _, spell = shown(desk)
    with acting_as(desk.documenter) as actor:
        withdraw_act(spell, actor=actor, at=LATER)
    assert count(PUBLIC, as_of=date(2025, 1, 31)).persons == 1
    approve(desk.publisher)
    assert count(PUBLIC, as_of=date(2025, 1, 31)).persons == 0


def test_a_new_name_waits_and_a_withdrawn_name_goes_at_once(desk: Desk) -> None:
    gate, _ = shown(desk)
    with acting_as(desk.documenter):
        (old, *_) = PartyName.objects.filter(party=gate.party, kind="alias")
        PartyName.objects.create(
            party=gate.party, holder=gate.holder, text="Another Name", kind="alias",
            script="Latn", search_form="another name", recorded_at=AT,
        )  # fmt: skip
        PartyName.objects.filter(pk=old.pk).update(withdrawn_at=LATER)
    grant = agree(desk, gate.party)
    with acting_as(desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=LATER)
    assert {name.text for name in PublishedName.objects.all()} == {"Олена Корсак"}
    approve(desk.publisher)
    assert {name.text for name in PublishedName.objects.all()} == {"Олена Корсак", "Another Name"}


def test_consent_renewed_at_the_same_level_waits_for_nobody(desk: Desk) -> None:
    party, _ = person_with_spell(desk)
    grant = agree(desk, party)
    published(desk, party)
    agree(desk, party, at=LATER)
    with acting_as(desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=LATER)
        assert not gates_waiting(actor).exists()
    assert PublishedCase.objects.get().name == "Олена Корсак"


def test_consent_to_more_shows_more_once_a_second_person_approved(desk: Desk) -> None:
    party, _ = person_with_spell(desk)
    agree(desk, party, IdentityLevel.CODE)
    published(desk, party)
    agree(desk, party, IdentityLevel.NAME, at=LATER)
    assert PublishedCase.objects.get().name == ""
    with acting_as(desk.publisher) as actor:
        (case,) = waiting_cases(actor, gates_waiting(actor))
    assert {one.kind for one in case.differences} >= {"level", "names"}
    approve(desk.publisher)
    assert PublishedCase.objects.get().name == "Олена Корсак"


def test_consent_to_less_takes_the_name_away_at_once(desk: Desk) -> None:
    party, _ = person_with_spell(desk)
    grant = agree(desk, party)
    published(desk, party)
    agree(desk, party, IdentityLevel.CODE, at=LATER)
    with acting_as(desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=LATER)
    case = PublishedCase.objects.get()
    assert (case.name, case.search_form) == ("", case.reference.lower())
    assert not PublishedName.objects.exists()
    assert not PublishedSource.objects.exists()


def test_a_takedown_waits_for_nobody_and_leaves_nothing_to_approve(desk: Desk) -> None:
    gate, spell = shown(desk)
    release(desk, spell)
    with acting_as(desk.reviewer) as actor:
        take_down(gate, actor=actor, at=LATER)
    with acting_as(desk.publisher) as actor:
        assert not gates_waiting(actor).exists()
        seen = offers_for(actor, [gate.pk])
        with pytest.raises(PublicationRefused):
            approve_changes(seen, actor=actor, at=LATER)


REIMPORTED = tuple(row.replace("2020-01-10,,", "2020-01-10,2026-05-05,") for row in ROWS)


def publish_list(desk: Desk, first_list: SourceList) -> list[UUID]:
    bring_in(desk, first_list, *ROWS)
    with acting_as(desk.steward) as actor:
        parties = [entry.party for entry in entries_of(actor, first_list)]
    for party in parties:
        agree(desk, party)
        published(desk, party)
    return [party.pk for party in parties]


def test_a_reimport_waits_and_is_approved_in_one_decision(
    desk: Desk, first_list: SourceList
) -> None:
    publish_list(desk, first_list)
    before = list(PublishedSpell.objects.values_list("start", "end").order_by("start", "end"))
    cited = PublishedSource.objects.count()
    batch = bring_in(desk, first_list, *REIMPORTED, days=1)
    assert batch.changed == 1
    same = PublishedSpell.objects.values_list("start", "end").order_by("start", "end")
    assert list(same) == before
    assert PublishedSource.objects.count() == cited
    with acting_as(desk.publisher) as actor:
        (waiting,) = imports_waiting(actor)
        assert (waiting.batch, waiting.cases) == (batch.pk, 1)
        gates = gates_waiting(actor, batch=batch.pk)
        seen = offers_for(actor, gates.values_list("pk", flat=True))
        assert approve_changes(seen, actor=actor, at=MUCH_LATER) == 1
    assert PublishedSpell.objects.filter(end="2026-05").exists()


def test_an_undone_reimport_leaves_nothing_different(desk: Desk, first_list: SourceList) -> None:
    publish_list(desk, first_list)
    before = list(
        PublishedCase.objects.order_by("reference").values_list("search_form", "held_now")
    )
    batch = bring_in(desk, first_list, *REIMPORTED, days=1)
    with acting_as(desk.steward) as actor:
        undo_import(batch, actor=actor, at=AT + timedelta(days=2))
    now = PublishedCase.objects.order_by("reference").values_list("search_form", "held_now")
    assert list(now) == before
    with acting_as(desk.publisher) as actor:
        (case,) = waiting_cases(actor, gates_waiting(actor))
        assert case.differences == ()


def test_undoing_what_is_published_needs_the_number_that_leaves(
    desk: Desk, first_list: SourceList
) -> None:
    parties = publish_list(desk, first_list)
    with acting_as(desk.steward) as actor:
        batch = entries_of(actor, first_list)[0].batch
        assert batch is not None
        for number in (0, len(parties) - 1, len(parties) + 1):
            with pytest.raises(UndoUnconfirmed) as refused:
                undo_import(batch, actor=actor, at=LATER, taking_out=number)
            assert refused.value.cases == len(parties)
    assert PublishedCase.objects.count() == len(parties)
    with acting_as(desk.steward) as actor:
        undo_import(batch, actor=actor, at=LATER, taking_out=len(parties))
    assert not PublishedCase.objects.exists()


def test_what_an_undone_import_took_out_does_not_wait_beside_what_can_be_approved(
    desk: Desk, first_list: SourceList
) -> None:
    publish_list(desk, first_list)
    gate, spell = shown(desk)
    with acting_as(desk.steward) as actor:
        batch = entries_of(actor, first_list)[0].batch
        assert batch is not None
        undo_import(batch, actor=actor, at=LATER, taking_out=len(ROWS))
    with acting_as(desk.publisher) as actor:
        assert not gates_waiting(actor).exists()
        assert imports_waiting(actor) == []
        dead = Publication.objects.exclude(pk=gate.pk).select_related("party")
        assert len(dead) == len(ROWS)
        assert waiting_cases(actor, dead) == []
    release(desk, spell)
    with acting_as(desk.publisher) as actor:
        assert [one.gate for one in waiting_cases(actor, gates_waiting(actor))] == [gate]
    assert approve(desk.publisher) == 1
    with acting_as(desk.publisher) as actor:
        assert not gates_waiting(actor).exists()


def test_a_change_of_what_is_never_shown_is_approved_too(desk: Desk) -> None:
    _, spell = shown(desk)
    with acting_as(desk.documenter) as actor:
        correct_spell(spell, actor=actor, at=LATER, city="Elsewhere")
    with acting_as(desk.publisher) as actor:
        (case,) = waiting_cases(actor, gates_waiting(actor))
        assert case.differences == ()
    assert approve(desk.publisher) == 1


def test_approvals_end_where_the_next_begins(desk: Desk) -> None:
    _, spell = shown(desk)
    release(desk, spell)
    approve(desk.publisher)
    with acting_as(desk.publisher):
        first, second = Approval.objects.order_by("approved_at")
        assert (first.approved_at, first.ended_at) == (AT, MUCH_LATER)
        assert (second.approved_at, second.ended_at) == (MUCH_LATER, None)
        assert second.approved_by == desk.publisher.pk
