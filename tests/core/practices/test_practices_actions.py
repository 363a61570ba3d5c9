"""Two people, versions kept, a year's review, withdrawal, markings, and the menu for others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.core.practices.factories import (
    AT,
    Library,
    accepted,
    entry,
    make_library,
    proposed,
)
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.queries import clocks_about
from undaunted.core.practices.actions import (
    PracticeGone,
    PracticeRefused,
    ReadersMissing,
    ReferenceTaken,
    VersionDecided,
    VersionWaits,
    accept_version,
    confirm_practice,
    decline_version,
    load_practices,
    propose_practice,
    revise_practice,
    withdraw_practice,
)
from undaunted.core.practices.queries import (
    practice_for,
    practice_menu,
    practice_named,
    practices_for,
    published_practice,
    published_practices,
    version_for,
    versions_of,
    waiting_versions,
)
from undaunted.core.practices.rules import (
    Aim,
    Condition,
    Instrument,
    PracticeStage,
    PracticeTlp,
    Withdrawal,
    shipped_entries,
)

if TYPE_CHECKING:
    from undaunted.core.practices.models import Practice

pytestmark = pytest.mark.usefixtures("ledger")
SHELTER: dict[str, Any] = {"aim": "shelter", "instrument": "visa", "stages": ["entry", "stay"]}


@pytest.fixture
def library(owner_sql: Any) -> Library:
    return make_library(owner_sql)


def _verbs(owner_sql: Any) -> list[str]:
    rows = owner_sql("SELECT verb FROM audit_entry WHERE verb LIKE 'practice.%%' ORDER BY verb", [])
    return [verb for (verb,) in rows]


def test_practice_shows_when_a_second_person_has_accepted_it(
    library: Library, owner_sql: Any
) -> None:
    version = proposed(library)
    assert list(published_practices(PUBLIC)) == []
    with acting_as(library.reviewer) as actor:
        assert [each.pk for each in waiting_versions(actor)] == [version.pk]
        accept_version(version, actor=actor, at=AT)
    shown = published_practice(PUBLIC, "lists-at-the-bridge")
    assert shown is not None
    assert shown.entry == entry()
    assert (shown.number, shown.conditions) == (1, ["counterpart_access"])
    assert _verbs(owner_sql) == ["practice.accepted", "practice.proposed"]


def test_nobody_accepts_their_own_and_nobody_without_the_role(library: Library) -> None:
    with acting_as(library.steward) as actor:
        own = propose_practice(library.holder, entry(), actor=actor, at=AT)
        with pytest.raises(Forbidden, match="second person"):
            accept_version(own, actor=actor, at=AT)
    with acting_as(library.writer) as actor, pytest.raises(Forbidden):
        accept_version(own, actor=actor, at=AT)
    with acting_as(library.reviewer) as actor, pytest.raises(Forbidden):
        propose_practice(library.holder, entry(reference="other"), actor=actor, at=AT)
    with acting_as(library.stranger) as actor:
        with pytest.raises(Forbidden):
            propose_practice(library.holder, entry(reference="other"), actor=actor, at=AT)
        with pytest.raises(Forbidden):
            accept_version(own, actor=actor, at=AT)


def test_version_is_decided_once_and_a_declined_one_says_why(library: Library) -> None:
    version = proposed(library)
    with acting_as(library.reviewer) as actor:
        with pytest.raises(PracticeRefused, match="say what is wrong"):
            decline_version(version, " ", actor=actor, at=AT)
        decline_version(version, "The second source says four.", actor=actor, at=AT)
        with pytest.raises(VersionDecided):
            accept_version(version, actor=actor, at=AT)
    with acting_as(library.writer) as actor:
        held = version_for(actor, version.pk)
        assert held is not None
        assert held.why == "The second source says four."
        again = revise_practice(held.practice, entry(title="Mended"), actor=actor, at=AT)
        assert again.number == 2
        assert decline_version(again, "I found a mistake.", actor=actor, at=AT).state == "declined"
    assert published_practice(PUBLIC, "lists-at-the-bridge") is None


def test_accepted_text_stands_until_its_revision_is_accepted_and_stays_kept(
    library: Library,
) -> None:
    practice = accepted(library).practice
    with acting_as(library.writer) as actor:
        second = revise_practice(practice, entry(title="New"), actor=actor, at=AT)
        with pytest.raises(VersionWaits):
            revise_practice(practice, entry(title="Newer"), actor=actor, at=AT)
        with pytest.raises(PracticeRefused, match="aim: it stays"):
            revise_practice(practice, entry(**SHELTER), actor=actor, at=AT)
    shown = published_practice(PUBLIC, practice.reference)
    assert shown is not None
    assert shown.title == entry().title
    later = AT + timedelta(days=3)
    with acting_as(library.publisher) as actor:
        accept_version(second, actor=actor, at=later)
        numbers = [(each.number, each.state) for each in versions_of(actor, practice)]
        assert numbers == [(2, "accepted"), (1, "accepted")]
    shown = published_practice(PUBLIC, practice.reference)
    assert shown is not None
    assert (shown.title, shown.number, shown.reviewed_at) == ("New", 2, later)


def test_year_of_review_runs_as_a_clock_and_begins_anew(library: Library) -> None:
    version = accepted(library)
    practice = version.practice
    with acting_as(library.reviewer) as actor:
        (clock,) = clocks_about(actor, "practice", practice.pk)
        assert clock.due_at.date() == AT.date().replace(year=AT.year + 1) + timedelta(days=1)
    with acting_as(library.writer) as actor, pytest.raises(Forbidden):
        confirm_practice(practice, actor=actor, at=AT)
    later = AT + timedelta(days=100)
    with acting_as(library.steward) as actor:
        confirm_practice(practice, actor=actor, at=later)
        closed = [each.closed for each in clocks_about(actor, "practice", practice.pk)]
        assert sorted(closed) == [False, True]
    shown = published_practice(PUBLIC, practice.reference)
    assert shown is not None
    assert shown.reviewed_at == later


def test_what_was_never_accepted_is_not_confirmed(library: Library) -> None:
    practice = proposed(library).practice
    with acting_as(library.reviewer) as actor, pytest.raises(PracticeGone):
        confirm_practice(practice, actor=actor, at=AT)


def test_withdrawn_practice_is_hidden_at_once_and_stays_in_the_audit_trail(
    library: Library, owner_sql: Any
) -> None:
    practice = accepted(library).practice
    with acting_as(library.writer) as actor, pytest.raises(Forbidden):
        withdraw_practice(practice, Withdrawal.HARM, actor=actor, at=AT)
    with acting_as(library.stranger) as actor:
        assert [each.pk for each in practices_for(actor)] == [practice.pk]
    with acting_as(library.publisher) as actor:
        withdraw_practice(practice, Withdrawal.HARM, actor=actor, at=AT)
        held = practice_for(actor, practice.pk)
        assert held is not None
        assert held.withdrawn_why == "harm"
        assert all(each.closed for each in clocks_about(actor, "practice", practice.pk))
        with pytest.raises(PracticeGone):
            withdraw_practice(practice, Withdrawal.HARM, actor=actor, at=AT)
    with acting_as(library.writer) as actor, pytest.raises(PracticeGone):
        revise_practice(practice, entry(title="Again"), actor=actor, at=AT)
    with acting_as(library.stranger) as actor:
        assert list(practices_for(actor)) == []
    assert published_practice(PUBLIC, practice.reference) is None
    assert "practice.withdrawn" in _verbs(owner_sql)


def test_reference_is_taken_once(library: Library) -> None:
    proposed(library)
    with acting_as(library.writer) as actor, pytest.raises(ReferenceTaken):
        propose_practice(library.holder, entry(), actor=actor, at=AT)


@pytest.mark.parametrize(
    ("tlp", "seen"), [("CLEAR", "everybody"), ("GREEN", "instance"), ("AMBER", "organisation")]
)
def test_marking_says_who_sees_it(library: Library, tlp: str, seen: str) -> None:
    practice = accepted(library, tlp=tlp).practice
    assert (published_practice(PUBLIC, practice.reference) is not None) == (seen == "everybody")
    with acting_as(library.stranger) as actor:
        assert (practice_named(actor, practice.reference) is None) == (seen == "organisation")
    with acting_as(library.publisher) as actor:
        assert practice_named(actor, practice.reference) is not None


def _red(library: Library) -> Practice:
    readers = (library.reviewer.pk,)
    told = {"tlp": "RED", "route_in_use": True, **SHELTER}
    return accepted(library, readers=readers, **told).practice


def test_red_is_for_the_people_named_and_its_reference_tells_nothing(library: Library) -> None:
    practice = _red(library)
    assert practice.reference.startswith("red-")
    assert set(practice.readers) == {library.writer.pk, library.reviewer.pk}
    assert published_practice(PUBLIC, practice.reference) is None
    for person in (library.publisher, library.steward, library.stranger):
        with acting_as(person) as actor:
            assert practice_for(actor, practice.pk) is None
            assert practice_menu(actor, aim=Aim.SHELTER, most=PracticeTlp.RED) == ()
    with acting_as(library.reviewer) as actor:
        menu = practice_menu(actor, aim=Aim.SHELTER, most=PracticeTlp.RED)
        assert [each.entry.reference for each in menu] == [practice.reference]
        assert practice_menu(actor, aim=Aim.SHELTER, most=PracticeTlp.AMBER) == ()


def test_red_names_somebody_who_can_review_it(library: Library) -> None:
    red = entry(tlp="RED", **SHELTER)
    with acting_as(library.writer) as actor:
        with pytest.raises(ReadersMissing, match="name somebody else"):
            propose_practice(library.holder, red, actor=actor, at=AT)
        with pytest.raises(ReadersMissing, match="works in no organisation"):
            propose_practice(library.holder, red, actor=actor, at=AT, readers=(uuid4(),))


def test_red_that_is_lowered_by_two_people_shows(library: Library) -> None:
    practice = _red(library)
    with acting_as(library.writer) as actor:
        lowered = revise_practice(practice, entry(**SHELTER), actor=actor, at=AT)
    with acting_as(library.reviewer) as actor:
        accept_version(lowered, actor=actor, at=AT + timedelta(days=1))
    assert published_practice(PUBLIC, practice.reference) is not None
    with acting_as(library.steward) as actor:
        assert [each.number for each in versions_of(actor, practice)] == [2], "the first stays RED"


def test_menu_narrows_orders_and_keeps_to_the_marking(library: Library) -> None:
    accepted(library)
    accepted(library, reference="amber", tlp="AMBER", title="An amber one")
    accepted(library, reference="visas", **SHELTER)
    menu = practice_menu(PUBLIC, aim=Aim.RELEASE, conditions=[Condition.COUNTERPART_ACCESS])
    assert [(each.entry.reference, each.fits) for each in menu] == [("lists-at-the-bridge", True)]
    assert menu[0].reviewed_on == AT.date()
    with acting_as(library.writer) as actor:
        both = practice_menu(actor, aim=Aim.RELEASE, most=PracticeTlp.AMBER)
        assert {each.entry.reference for each in both} == {"amber", "lists-at-the-bridge"}
        assert practice_menu(actor, aim=Aim.RELEASE, instruments=[Instrument.EXCHANGE]) == ()
        assert practice_menu(actor, aim=Aim.SHELTER, stages=[PracticeStage.RETURN]) == ()
        (visas,) = practice_menu(actor, aim=Aim.SHELTER, stages=[PracticeStage.ENTRY])
        assert visas.missing == (Condition.COUNTERPART_ACCESS,)
    assert practice_menu(PUBLIC, aim=Aim.RELEASE, most=PracticeTlp.RED) == practice_menu(
        PUBLIC, aim=Aim.RELEASE
    )


def test_public_list_is_filtered(library: Library) -> None:
    accepted(library)
    accepted(library, reference="visas", **SHELTER)
    found = {
        "all": published_practices(PUBLIC),
        "aim": published_practices(PUBLIC, aim="shelter"),
        "instrument": published_practices(PUBLIC, instrument="prisoner_list"),
        "stage": published_practices(PUBLIC, stage="stay"),
        "condition": published_practices(PUBLIC, condition="funding"),
    }
    assert {name: rows.count() for name, rows in found.items()} == {
        "all": 2, "aim": 1, "instrument": 1, "stage": 1, "condition": 0
    }  # fmt: skip


def test_pack_is_loaded_once_and_what_changed_is_proposed(library: Library) -> None:
    shipped = shipped_entries()[:2]
    with acting_as(library.writer) as actor:
        done = load_practices(library.holder, shipped, actor=actor, at=AT)
        assert len(done.proposed) == 2
        again = load_practices(library.holder, shipped, actor=actor, at=AT)
        assert len(again.unchanged) == 2
        versions = list(waiting_versions(actor))
    from dataclasses import replace  # noqa: PLC0415 - once

    changed = [replace(each, title=f"{each.title} (again)") for each in shipped]
    with acting_as(library.writer) as actor:
        assert len(load_practices(library.holder, changed, actor=actor, at=AT).waiting) == 2
    with acting_as(library.reviewer) as actor:
        for version in versions:
            accept_version(version, actor=actor, at=AT)
    with acting_as(library.writer) as actor:
        assert len(load_practices(library.holder, changed, actor=actor, at=AT).revised) == 2
