"""A list that comes again changes what the list changed; what the desk did since then stands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.prisoners.registry.actions.test_imports import ledger_text
from tests.prisoners.registry.casework import sources
from tests.prisoners.registry.desk import AT, Desk, bring_in
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import Party, PartyName
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.events.models import Act
from undaunted.core.events.rules import ReleaseType
from undaunted.core.evidence.actions import withdraw_citation
from undaunted.core.evidence.models import Citation
from undaunted.prisoners.registry.actions.names import correct_name
from undaunted.prisoners.registry.actions.people import correct_person
from undaunted.prisoners.registry.actions.records import (
    correct_act,
    correct_spell,
    record_release,
    withdraw_act,
)
from undaunted.prisoners.registry.actions.undo import undo_import
from undaunted.prisoners.registry.queries.reimport import desk_kept

if TYPE_CHECKING:
    from undaunted.prisoners.registry.models import ImportBatch, SourceList

ROW = "1,Mirela Antova,female,1980,2020-05-01,,extremism,https://example.org/1,B,held"
OTHER_LAW = ROW.replace("extremism", "treason_state_security")
LATER = AT + timedelta(hours=5)


def current(desk: Desk, **wanted: Any) -> list[Act]:
    with acting_as(desk.steward):
        return list(Act.objects.filter(recorded_to__isnull=True, **wanted))


def spell(desk: Desk) -> Act:
    (found,) = current(desk, category="deprivation_of_liberty")
    return found


def release(desk: Desk, day: str = "2023-02") -> None:
    held = spell(desk)
    with acting_as(desk.documenter) as actor:
        record_release(
            held, ReleaseType.SENTENCE_SERVED, PartialDate.parse(day),
            actor=actor, at=LATER, sources=sources(desk, actor),
        )  # fmt: skip


def told(desk: Desk, batch: ImportBatch) -> set[tuple[str, str, str]]:
    with acting_as(desk.steward) as actor:
        return {(one.column, one.value, one.params[0][1]) for one in desk_kept(actor, batch)}


def test_a_release_of_the_desk_stays_and_the_new_law_is_taken(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, ROW)
    release(desk)
    batch = bring_in(desk, first_list, OTHER_LAW, days=1)
    held = spell(desk)
    assert (held.end, held.release_type) == ("2023-02", "sentence_served")
    assert held.law_category == "treason_state_security"
    (released,) = current(desk, category="release")
    assert (released.start, released.within, released.origin) == ("2023-02", held.claim, None)
    (charge,) = current(desk, category="charge")
    assert (charge.law_category, charge.within) == ("treason_state_security", held.claim)
    assert told(desk, batch) == set()


def test_corrections_of_the_person_stay(desk: Desk, first_list: SourceList) -> None:
    bring_in(desk, first_list, ROW)
    with acting_as(desk.documenter) as actor:
        correct_person(
            Party.objects.get(), actor=actor, at=LATER,
            gender="male", birth=PartialDate.parse("1981-03"),
        )  # fmt: skip
    batch = bring_in(desk, first_list, OTHER_LAW, days=1)
    with acting_as(desk.steward):
        party = Party.objects.get()
    assert (party.gender, party.birth, str(party.birth_latest)) == ("male", "1981-03", "1981-03-31")
    assert told(desk, batch) == set()
    third = bring_in(desk, first_list, OTHER_LAW.replace("1980", "1982"), days=2)
    with acting_as(desk.steward):
        assert Party.objects.get().birth == "1981-03"
    assert told(desk, third) == {("person.birth", "1982", "1981-03")}


def test_what_the_list_itself_changed_of_a_person_is_taken(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, ROW)
    with acting_as(desk.documenter) as actor:
        correct_person(Party.objects.get(), actor=actor, at=LATER, gender="male")
    batch = bring_in(desk, first_list, ROW.replace("1980", "1982"), days=1)
    with acting_as(desk.steward):
        party = Party.objects.get()
    assert (party.gender, party.birth) == ("male", "1982")
    assert told(desk, batch) == set()


def test_a_tier_set_by_hand_stays(desk: Desk, first_list: SourceList) -> None:
    bring_in(desk, first_list, ROW)
    held = spell(desk)
    with acting_as(desk.documenter) as actor:
        correct_spell(held, actor=actor, at=LATER, tier="C")
    bring_in(desk, first_list, OTHER_LAW, days=1)
    assert spell(desk).tier == "C"
    batch = bring_in(desk, first_list, OTHER_LAW.replace(",B,", ",D,"), days=2)
    assert spell(desk).tier == "C"
    assert told(desk, batch) == {("deprivation_of_liberty.tier", "D", "C")}
    bring_in(desk, first_list, OTHER_LAW.replace(",B,", ",D,").replace("05-01", "05-02"), days=3)
    assert (spell(desk).tier, spell(desk).start) == ("C", "2020-05-02")


def test_where_both_speak_of_a_release_the_desk_stands_and_it_is_told(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, ROW)
    release(desk)
    batch = bring_in(desk, first_list, ROW.replace("05-01,,", "05-01,2024-07,"), days=1)
    assert spell(desk).end == "2023-02"
    assert [one.start for one in current(desk, category="release")] == ["2023-02"]
    assert ("deprivation_of_liberty.end", "2024-07", "2023-02") in told(desk, batch)
    assert ("release.start", "2024-07", "2023-02") in told(desk, batch)
    again = bring_in(desk, first_list, OTHER_LAW.replace("05-01,,", "05-01,2024-07,"), days=2)
    assert told(desk, again) == set()
    assert spell(desk).end == "2023-02"


def test_a_charge_withdrawn_at_the_desk_does_not_come_back(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, ROW)
    (charge,) = current(desk, category="charge")
    with acting_as(desk.documenter) as actor:
        withdraw_act(charge, actor=actor, at=LATER)
    bring_in(desk, first_list, ROW.replace("1980", "1982"), days=1)
    bring_in(desk, first_list, ROW.replace("1980", "1983"), days=2)
    assert current(desk, category="charge") == []


def test_a_corrected_charge_that_the_list_drops_stands_and_is_told(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, ROW)
    (charge,) = current(desk, category="charge")
    with acting_as(desk.documenter) as actor:
        correct_act(charge, actor=actor, at=LATER, law="Art. 1")
    batch = bring_in(desk, first_list, OTHER_LAW, days=1)
    laws = {one.law_category: one.law for one in current(desk, category="charge")}
    assert laws["extremism"] == "Art. 1"
    assert "treason_state_security" in laws
    assert {column for column, _, _ in told(desk, batch)} == {"charge.law"}


def test_a_name_corrected_at_the_desk_stays(desk: Desk, first_list: SourceList) -> None:
    bring_in(desk, first_list, ROW)
    with acting_as(desk.documenter) as actor:
        correct_name(PartyName.objects.get(), "Mirela Antowa", actor=actor, at=LATER, kind="full")
    bring_in(desk, first_list, OTHER_LAW, days=1)
    bring_in(desk, first_list, OTHER_LAW.replace("Antova", "Antoba"), days=2)
    with acting_as(desk.steward):
        names = dict(
            PartyName.objects.filter(withdrawn_at__isnull=True).values_list("text", "primary")
        )
    assert names == {"Mirela Antowa": True, "Mirela Antoba": False}


def test_undoing_brings_back_the_list_with_the_work_of_the_desk(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, ROW)
    release(desk)
    with acting_as(desk.documenter) as actor:
        correct_person(Party.objects.get(), actor=actor, at=LATER, gender="male")
    before = ledger_text(desk)
    changed = OTHER_LAW.replace("1980", "1982").replace("05-01,,", "05-01,2024-07,")
    batch = bring_in(desk, first_list, changed.replace(",B,", ",D,"), days=1)
    assert ledger_text(desk) != before
    with acting_as(desk.steward) as actor:
        undo_import(batch, actor=actor, at=AT + timedelta(days=2))
    assert ledger_text(desk) == before
    again = bring_in(desk, first_list, OTHER_LAW, days=3)
    held = spell(desk)
    assert (held.end, held.tier, held.law_category) == ("2023-02", "B", "treason_state_security")
    with acting_as(desk.steward):
        assert Party.objects.get().gender == "male"
    assert told(desk, again) == set()


def test_an_untouched_act_keeps_its_row(desk: Desk, first_list: SourceList) -> None:
    bring_in(desk, first_list, ROW)
    before = {act.pk for act in current(desk)}
    bring_in(desk, first_list, ROW.replace("1980", "1982"), days=1)
    assert {act.pk for act in current(desk)} == before


def cited(desk: Desk) -> list[str]:
    with acting_as(desk.steward):
        standing = Citation.objects.filter(withdrawn_at__isnull=True, subject_kind="party")
        return sorted(standing.values_list("source__url", flat=True))


def test_a_source_withdrawn_at_the_desk_does_not_come_back(
    desk: Desk, first_list: SourceList
) -> None:
    two = ROW.replace("example.org/1", "example.org/1 https://example.org/2")
    bring_in(desk, first_list, two)
    assert cited(desk) == ["https://example.org/1", "https://example.org/2"]
    with acting_as(desk.documenter) as actor:
        wrong = Citation.objects.get(source__url="https://example.org/2")
        withdraw_citation(wrong, actor=actor, at=LATER)
    law = two.replace("extremism", "treason_state_security")
    bring_in(desk, first_list, law, days=1)
    assert cited(desk) == ["https://example.org/1"]
    added = law.replace("1980", "1982").replace("example.org/1", "example.org/3")
    batch = bring_in(desk, first_list, added, days=2)
    assert cited(desk) == ["https://example.org/3"]
    with acting_as(desk.steward) as actor:
        undo_import(batch, actor=actor, at=AT + timedelta(days=3))
    assert cited(desk) == ["https://example.org/1"]
    bring_in(desk, first_list, added, days=4)
    assert cited(desk) == ["https://example.org/3"]


def test_the_list_itself_withdrawn_as_a_source_does_not_come_back(
    desk: Desk, first_list: SourceList
) -> None:
    without = ROW.replace("https://example.org/1", "")
    bring_in(desk, first_list, without)
    (own,) = cited(desk)
    with acting_as(desk.documenter) as actor:
        withdraw_citation(Citation.objects.get(), actor=actor, at=LATER)
    bring_in(desk, first_list, without.replace("1980", "1982"), days=1)
    assert cited(desk) == []
    bring_in(desk, first_list, OTHER_LAW, days=2)
    assert cited(desk) == ["https://example.org/1"]
    assert own != "https://example.org/1"
