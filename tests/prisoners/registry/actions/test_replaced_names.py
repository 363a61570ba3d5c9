"""A name that another takes the place of stays before the public until that one is approved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from tests.prisoners.registry.casework import agree, person_with_spell, published
from tests.prisoners.registry.desk import AT, ROWS, Desk, bring_in
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import PartyName
from undaunted.core.consent.rules import IdentityLevel
from undaunted.prisoners.registry.actions.names import (
    correct_name,
    record_name,
    withdraw_name,
)
from undaunted.prisoners.registry.actions.publication import approve_changes
from undaunted.prisoners.registry.actions.undo import undo_import
from undaunted.prisoners.registry.models import PublishedCase, PublishedName
from undaunted.prisoners.registry.pages.case import case_context
from undaunted.prisoners.registry.queries.changes import gates_waiting, offers_for
from undaunted.prisoners.registry.queries.imports import entries_of

if TYPE_CHECKING:
    from undaunted.core.actors.models import Party
    from undaunted.prisoners.registry.models import SourceList

LATER = AT + timedelta(days=2)
RENAMED = ROWS[0].replace("Mirela Antova", "Mirella Antowa")


def shown(desk: Desk, level: IdentityLevel = IdentityLevel.NAME) -> Party:
    party, _spell = person_with_spell(desk)
    agree(desk, party, level)
    published(desk, party)
    return party


def corrected(desk: Desk, party: Party, old: str, new: str) -> PartyName:
    with acting_as(desk.documenter) as actor:
        held = PartyName.objects.get(party=party, text=old, withdrawn_at__isnull=True)
        return correct_name(held, new, actor=actor, at=LATER, kind=held.kind)


def approve(desk: Desk) -> int:
    with acting_as(desk.publisher) as actor:
        seen = offers_for(actor, gates_waiting(actor).values_list("pk", flat=True))
        return approve_changes(seen, actor=actor, at=LATER)


def names() -> set[str]:
    return set(PublishedName.objects.values_list("text", flat=True))


def headline() -> str:
    return PublishedCase.objects.get().name


def withheld() -> list[str]:
    with override("en"):
        return [line for line in case_context(PublishedCase.objects.get())["withheld"]
                if line.startswith("The name")]  # fmt: skip


def test_a_corrected_name_stays_until_the_correction_is_approved(desk: Desk) -> None:
    party = shown(desk)
    before = PublishedCase.objects.values_list("name", "search_form").get()
    corrected(desk, party, "Олена Корсак", "Олена Корсакова")
    assert PublishedCase.objects.values_list("name", "search_form").get() == before
    assert names() == {"Олена Корсак", "Olena Korsak"}
    corrected(desk, party, "Олена Корсакова", "Елена Корсакова")
    assert headline() == "Олена Корсак"
    assert approve(desk) == 1
    assert headline() == "Елена Корсакова"
    assert names() == {"Елена Корсакова", "Olena Korsak"}


def test_what_stands_first_stays_first_while_its_correction_waits(desk: Desk) -> None:
    party, _spell = person_with_spell(desk)
    with acting_as(desk.documenter) as actor:
        other = record_name(party, "Anna Second", actor=actor, at=AT, kind="full", first=True)
    agree(desk, party)
    published(desk, party)
    assert headline() == "Anna Second"
    with acting_as(desk.documenter) as actor:
        correct_name(other, "Anna Third", actor=actor, at=LATER, kind="full")
    assert headline() == "Anna Second"


def test_taking_back_the_correction_takes_the_name_away_too(desk: Desk) -> None:
    party = shown(desk)
    made = corrected(desk, party, "Олена Корсак", "Олена Корсакова")
    with acting_as(desk.documenter) as actor:
        withdraw_name(made, actor=actor, at=LATER)
    assert names() == {"Olena Korsak"}


def test_the_same_words_taken_back_are_gone_whatever_took_their_place(desk: Desk) -> None:
    party = shown(desk)
    corrected(desk, party, "Олена Корсак", "Олена Корсакова")
    with acting_as(desk.documenter) as actor:
        again = record_name(party, "Олена Корсак", actor=actor, at=LATER, kind="full")
        withdraw_name(again, actor=actor, at=LATER)
    assert names() == {"Olena Korsak"}


def test_the_page_says_truly_why_no_name_is_shown(desk: Desk) -> None:
    party = shown(desk)
    assert withheld() == []
    with acting_as(desk.documenter) as actor:
        record_name(party, "Another Name", actor=actor, at=LATER, kind="full")
        for name in PartyName.objects.filter(party=party, recorded_at=AT):
            withdraw_name(name, actor=actor, at=LATER)
    assert headline() == ""
    assert withheld() == [
        "The name: no name of this person is approved for publication at present."
    ]
    approve(desk)
    assert (headline(), withheld()) == ("Another Name", [])


def test_a_case_agreed_to_by_a_code_says_so(desk: Desk) -> None:
    shown(desk, IdentityLevel.CODE)
    assert withheld() == ["The name: consent was given for a code only."]


@pytest.fixture
def listed(desk: Desk, first_list: SourceList) -> Party:
    bring_in(desk, first_list, ROWS[0])
    with acting_as(desk.steward) as actor:
        party = entries_of(actor, first_list)[0].party
    agree(desk, party)
    published(desk, party)
    return party


def test_a_reimport_that_spells_otherwise_waits(
    desk: Desk, first_list: SourceList, listed: Party
) -> None:
    before = PublishedCase.objects.values_list("name", "search_form").get()
    batch = bring_in(desk, first_list, RENAMED, days=1)
    assert PublishedCase.objects.values_list("name", "search_form").get() == before
    with acting_as(desk.steward) as actor:
        undo_import(batch, actor=actor, at=LATER)
    assert PublishedCase.objects.values_list("name", "search_form").get() == before
    assert approve(desk) == 1
    assert names() == {"Mirela Antova"}


def test_an_approved_reimport_undone_waits_too(
    desk: Desk, first_list: SourceList, listed: Party
) -> None:
    batch = bring_in(desk, first_list, RENAMED, days=1)
    approve(desk)
    assert names() == {"Mirella Antowa"}
    with acting_as(desk.steward) as actor:
        undo_import(batch, actor=actor, at=LATER)
        standing = PartyName.objects.filter(party=listed, withdrawn_at__isnull=True)
        assert [name.text for name in standing] == ["Mirela Antova"]
    assert names() == {"Mirella Antowa"}
    approve(desk)
    assert names() == {"Mirela Antova"}


def test_what_took_the_place_of_a_name_is_not_said_afterwards(desk: Desk) -> None:
    party = shown(desk)
    with acting_as(desk.documenter) as actor:
        old, other = PartyName.objects.filter(party=party).order_by("-primary")
        withdraw_name(old, actor=actor, at=LATER)
    assert names() == {"Olena Korsak"}
    statement = "UPDATE actors_partyname SET replaced_by = %s WHERE id = %s"
    for by, which in ((other.pk, old.pk), (uuid4(), other.pk), (old.pk, other.pk)):
        refused = pytest.raises(DatabaseError, match="takes the place")
        with acting_as(desk.documenter), refused, transaction.atomic():
            connection.cursor().execute(statement, [by, which])
