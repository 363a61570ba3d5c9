"""Recognition and publication take two people, consent opens the door, and closing is at once."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from tests.prisoners.registry.casework import (
    agree,
    assess,
    person_with_spell,
    propose,
    published,
    sources,
)
from tests.prisoners.registry.desk import AT, ROWS, Desk, bring_in, make_list
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import DIFFERENT, SAME, JudgementsContradict
from undaunted.core.actors.models import Party
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.consent.actions import record_consent, revoke_consent
from undaunted.core.consent.models import Receipt
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.core.events.models import Act
from undaunted.core.events.rules import ReleaseType
from undaunted.core.standards.rules import Value
from undaunted.prisoners.registry.actions.lists import export_list, hand_over_list
from undaunted.prisoners.registry.actions.matching import judge_pair, undo_match
from undaunted.prisoners.registry.actions.publication import (
    ConsentMissing,
    PublicationRefused,
    propose_publication,
    publish,
    release_embargo,
    take_down,
)
from undaunted.prisoners.registry.actions.records import (
    ActNotCurrent,
    SourceMissing,
    WrongAct,
    correct_spell,
    record_charge,
    record_civil_death,
    record_confirmation,
    record_release,
    record_spell,
)
from undaunted.prisoners.registry.actions.standing import (
    StatusRefused,
    decide_status,
)
from undaunted.prisoners.registry.actions.undo import undo_import
from undaunted.prisoners.registry.analysis.candidates import candidate_pairs
from undaunted.prisoners.registry.models import (
    PublishedCase,
    PublishedSegment,
    PublishedTombstone,
    Recognition,
    SourceList,
)
from undaunted.prisoners.registry.queries.imports import entries_of
from undaunted.prisoners.registry.queries.lists import list_named, lists_for, mappings_for
from undaunted.prisoners.registry.queries.matching import judgements_about
from undaunted.prisoners.registry.queries.records import (
    case_file,
    cases_for,
    current_act,
    people_named,
    publications_for,
    waiting_proposals,
)
from undaunted.prisoners.registry.rules.statuses import RecognitionStatus, StatusReason


def test_one_person_cannot_recognise(desk: Desk) -> None:
    party, _ = person_with_spell(desk)
    proposal = propose(desk, party, RecognitionStatus.RECOGNISED, assess(desk, party, Value.MET))
    with acting_as(desk.reviewer) as actor, pytest.raises(Forbidden):
        decide_status(proposal, accept=True, actor=actor, at=AT)
    with acting_as(desk.second_reviewer) as actor:
        assert waiting_proposals(actor).count() == 1
        made = decide_status(proposal, accept=True, actor=actor, at=AT)
        assert made is not None
        assert (made.status, made.decided_by) == ("recognised", desk.second_reviewer.pk)


def test_recognition_rests_on_a_computed_result(desk: Desk) -> None:
    party, _ = person_with_spell(desk)
    with pytest.raises(StatusRefused) as refused:
        propose(desk, party, RecognitionStatus.RECOGNISED, assess(desk, party, Value.UNCLEAR))
    assert refused.value.reason is StatusReason.RESULT_UNCLEAR


def test_a_superseded_status_stays_as_history(desk: Desk) -> None:
    party, _ = person_with_spell(desk)
    propose(desk, party, RecognitionStatus.CANDIDATE)
    propose(desk, party, RecognitionStatus.DISPUTED)
    with acting_as(desk.reviewer):
        rows = list(Recognition.objects.filter(party=party).order_by("recorded_to"))
        assert [(row.status, row.recorded_to is None) for row in rows] == [
            ("candidate", False),
            ("disputed", True),
        ]


def test_nothing_is_proposed_for_publication_without_consent(desk: Desk) -> None:
    party, _ = person_with_spell(desk)
    with acting_as(desk.documenter) as actor, pytest.raises(ConsentMissing):
        propose_publication(party, actor=actor, at=AT)


def test_one_person_cannot_publish_and_a_second_can(desk: Desk) -> None:
    party, _ = person_with_spell(desk)
    agree(desk, party)
    with acting_as(desk.publisher) as actor:
        gate = propose_publication(party, actor=actor, at=AT)
        assert gate.reference.startswith("XR-")
        assert len(gate.reference) == 9
        with pytest.raises(Forbidden):
            publish(gate, actor=actor, at=AT)
    assert not PublishedCase.objects.exists()
    with acting_as(desk.publisher) as actor:
        take_down(gate, actor=actor, at=AT)
    assert published(desk, party).state == "published"
    assert PublishedCase.objects.get().name == "Олена Корсак"


def test_an_embargo_keeps_a_published_case_back(desk: Desk) -> None:
    party, _ = person_with_spell(desk)
    agree(desk, party)
    with acting_as(desk.documenter) as actor:
        late = AT + timedelta(days=20_000)
        gate = propose_publication(party, actor=actor, at=AT, embargo_until=late)
    with acting_as(desk.publisher) as actor:
        publish(gate, actor=actor, at=AT)
    assert not PublishedCase.objects.exists()
    with acting_as(desk.publisher) as actor:
        release_embargo(gate, actor=actor, at=AT)
        assert publications_for(actor, state="published").count() == 1
    assert PublishedCase.objects.exists()


def test_taking_down_empties_projection_and_downloads_and_leaves_a_tombstone(
    desk: Desk, settings: Any, tmp_path: Any
) -> None:
    settings.DOWNLOADS_FOLDER = tmp_path
    party, _ = person_with_spell(desk)
    agree(desk, party)
    gate = published(desk, party)
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "cases.csv").write_text("x")
    with acting_as(desk.reviewer) as actor:
        take_down(gate, actor=actor, at=AT)
        with pytest.raises(PublicationRefused):
            take_down(gate, actor=actor, at=AT)
    assert not PublishedCase.objects.exists()
    assert not PublishedSegment.objects.exists()
    assert PublishedTombstone.objects.get().reference == gate.reference
    assert not (tmp_path / "open" / "cases.csv").exists()


def test_revoking_consent_takes_the_case_out_and_leaves_a_receipt(desk: Desk) -> None:
    party, _ = person_with_spell(desk)
    grant = agree(desk, party)
    published(desk, party)
    assert PublishedCase.objects.exists()
    with acting_as(desk.documenter) as actor:
        news = revoke_consent(grant, actor=actor, at=AT + timedelta(days=1))
        receipt = Receipt.objects.get(news=news, handler="registry")
        assert receipt.done["cases"] == 1
    assert not PublishedCase.objects.exists()


def test_a_case_taken_back_with_its_import_is_public_no_more(
    desk: Desk, first_list: SourceList
) -> None:
    batch = bring_in(desk, first_list, *ROWS)
    with acting_as(desk.steward) as actor:
        party = entries_of(actor, first_list).get(source_key="1").party
    agree(desk, party)
    published(desk, party)
    assert PublishedCase.objects.get().laws == ["extremism", "terrorism"]
    with acting_as(desk.steward) as actor:
        undo_import(batch, actor=actor, at=AT + timedelta(days=1), taking_out=1)
    assert not PublishedCase.objects.exists()


def test_house_arrest_is_no_freedom(desk: Desk) -> None:
    party, spell = person_with_spell(desk)
    with acting_as(desk.documenter) as actor:
        record_release(
            spell, ReleaseType.HOUSE_ARREST, PartialDate.parse("2025-01-01"),
            actor=actor, at=AT, sources=sources(desk, actor),
        )  # fmt: skip
        open_spells = Act.objects.filter(
            victim=party, in_stock=True, end="", recorded_to__isnull=True
        )
        assert [act.type for act in open_spells] == ["house_arrest"]


def test_a_death_in_custody_is_the_persons_death(desk: Desk) -> None:
    party, spell = person_with_spell(desk)
    with acting_as(desk.documenter) as actor:
        record_release(
            spell, ReleaseType.DIED, PartialDate.parse("2025-02"),
            actor=actor, at=AT, sources=sources(desk, actor),
        )  # fmt: skip
        assert Party.objects.get(pk=party.pk).death_latest == date(2025, 2, 28)


def test_records_need_sources_and_fitting_types_and_current_rows(desk: Desk) -> None:
    party, spell = person_with_spell(desk)
    with acting_as(desk.documenter) as actor:
        cited = sources(desk, actor)
        day = PartialDate.parse("2024")
        with pytest.raises(SourceMissing):
            record_civil_death(party, "visa_ban", day, actor=actor, at=AT, sources=[])
        with pytest.raises(WrongAct):
            record_spell(party, "visa_ban", day, actor=actor, at=AT, sources=cited)
        ban = record_civil_death(party, "visa_ban", day, actor=actor, at=AT, sources=cited)
        assert not ban.in_stock
        charge = record_charge(
            spell, actor=actor, at=AT, sources=cited, law="art. 1", law_category="extremism"
        )
        assert charge.within == spell.claim
        confirmed = record_confirmation(spell, date(2025, 5, 5), actor=actor, at=AT, sources=cited)
        assert confirmed.confirmed == [date(2025, 5, 5)]
        with pytest.raises(ActNotCurrent):
            correct_spell(spell, actor=actor, at=AT, city="Xana")
        fixed = correct_spell(confirmed, actor=actor, at=AT, city="Xana")
        now = current_act(actor, spell.claim)
        assert now is not None
        assert (now.pk, now.city) == (fixed.pk, "Xana")
        case = case_file(actor, party.pk)
        assert case is not None
        assert {citation.claim for citation in case.citations} >= {"", "confirmed", "civil_death"}
        assert people_named(actor, "Korsak")[0][0] == party.pk
    with acting_as(desk.reviewer) as actor, pytest.raises(Forbidden):
        correct_spell(fixed, actor=actor, at=AT, city="Elsewhere")


def test_two_lists_become_one_person_and_two_again(desk: Desk, first_list: SourceList) -> None:
    bring_in(desk, first_list, *ROWS)
    second = make_list(desk, "second")
    bring_in(desk, second, "b7,Mirela ANTOVA,female,1980-05-06,2020-01-10,,,,B,held")
    with acting_as(desk.reviewer) as actor:
        pair, *others = candidate_pairs(actor)
        assert not others
        assert pair.match.score > 0.9
        assert {reason.field.value for reason in pair.match.reasons} >= {"name", "birth_date"}
        judgement = judge_pair(pair.left, pair.right, actor=actor, at=AT, verdict=SAME)
        assert {judgement.left_key, judgement.right_key} == {"first:1", "second:b7"}
        assert not candidate_pairs(actor)
        case = case_file(actor, pair.right)
        assert case is not None
        assert {entry.source_key for entry in case.entries} == {"1", "b7"}
        undo_match(judgement, actor=actor, at=AT)
        assert len(candidate_pairs(actor)) == 1
        assert judgements_about(actor, pair.left).count() == 1


def test_verdicts_survive_an_import_made_again(desk: Desk, first_list: SourceList) -> None:
    bring_in(desk, first_list, *ROWS)
    second = make_list(desk, "second")
    row = "b7,Mirela ANTOVA,female,1980-05-06,2020-01-10,,,,B,held"
    batch = bring_in(desk, second, row)
    with acting_as(desk.steward) as actor:
        pair = candidate_pairs(actor)[0]
        judge_pair(pair.left, pair.right, actor=actor, at=AT, verdict=SAME)
        undo_import(batch, actor=actor, at=AT + timedelta(days=1))
    bring_in(desk, second, row, days=2)
    with acting_as(desk.steward) as actor:
        assert not candidate_pairs(actor)
        again = entries_of(actor, second).get().party_id
        case = case_file(actor, again)
        assert case is not None
        assert len(case.members) == 2


def test_a_group_never_holds_two_who_are_judged_different(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, *ROWS)
    with acting_as(desk.steward) as actor:
        one, two, three = cases_for(actor).values_list("pk", flat=True)[:3]
        judge_pair(one, two, actor=actor, at=AT, verdict=SAME)
        judge_pair(two, three, actor=actor, at=AT, verdict=SAME)
        with pytest.raises(JudgementsContradict):
            judge_pair(one, three, actor=actor, at=AT, verdict=DIFFERENT)
        assert (
            Party.objects.filter(pk__in=[one, two, three]).values("canonical").distinct().count()
            == 1
        )


def test_a_merge_publishes_nothing_by_one_hand(desk: Desk, first_list: SourceList) -> None:
    bring_in(desk, first_list, ROWS[0])
    second = make_list(desk, "second")
    bring_in(desk, second, "b7,Mirela ANTOVA,female,1980-05-06,2020-01-10,,,,B,held")
    with acting_as(desk.steward) as actor:
        shown, hidden = list(cases_for(actor))
    agree(desk, shown)
    published(desk, shown)
    before = list(PublishedCase.objects.values("id", "reference", "name", "lists", "first_start"))
    with acting_as(desk.steward) as actor:
        judge_pair(shown.pk, hidden.pk, actor=actor, at=AT, verdict=SAME)
    after = PublishedCase.objects.values("id", "reference", "name", "lists", "first_start")
    assert list(after) == before
    assert len(before) == 1


def test_a_later_consent_shows_no_name_before_two_publish_again(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, ROWS[0])
    with acting_as(desk.steward) as actor:
        (party,) = cases_for(actor)
    agree(desk, party, IdentityLevel.CODE)
    published(desk, party)
    assert PublishedCase.objects.get().name == ""
    with acting_as(desk.documenter) as actor:
        record_consent(
            party.pk,
            actor=actor,
            at=AT + timedelta(hours=1),
            holder=desk.organisation,
            purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE,
            level=IdentityLevel.NAME,
            field_groups=[FieldGroup.IDENTITY, FieldGroup.DETENTION],
            basis=Basis.FAMILY_PROXY,
            relation="sibling",
            how="call",
            given_on=date(2026, 10, 1),
            until=date(2030, 1, 1),
        )
    assert PublishedCase.objects.get().name == ""


def test_a_list_is_exported_whole_and_handed_over_by_a_steward_of_both(
    desk: Desk, first_list: SourceList
) -> None:
    bring_in(desk, first_list, *ROWS)
    into = BytesIO()
    with acting_as(desk.steward) as actor:
        assert export_list(first_list, into, actor=actor, at=AT) > 20
        with pytest.raises(Forbidden):
            hand_over_list(first_list, desk.other, actor=actor, at=AT)
    with ZipFile(into) as archive:
        assert len(archive.read("parties.jsonl").splitlines()) == 4
        assert [name for name in archive.namelist() if name.startswith("files/")]
    with acting_as(desk.both) as actor:
        hand_over_list(first_list, desk.other, actor=actor, at=AT)
    with acting_as(desk.stranger) as actor:
        handed = list_named(actor, "first")
        assert handed is not None
        assert cases_for(actor).count() == 4
        assert mappings_for(actor, handed).count() == 1
        assert handed.batches.get().mapping.version == 2
    with acting_as(desk.steward) as actor:
        assert not lists_for(actor).exists()
        assert not cases_for(actor).exists()
