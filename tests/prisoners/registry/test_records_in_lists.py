"""One record and a list: whoever records proposes, the steward takes in; received ones stay."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.attacks.sharing_scene import Scene, make_scene
from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from tests.core.sharing.factories import NAME, case_of
from tests.core.vault.factories import PASSPHRASE
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.actions import accept_item, end_arrival, places_for
from undaunted.core.sharing.models import Arrival, ArrivalItem
from undaunted.core.sharing.rules import StepRefused
from undaunted.prisoners.registry.actions.listing import (
    ListingRefused,
    answer_listing,
    propose_for_list,
)
from undaunted.prisoners.registry.actions.lists import export_list, hand_over_list, record_list
from undaunted.prisoners.registry.models import ListEntry, ListProposal, SourceList
from undaunted.prisoners.registry.queries.imports import missing_entries
from undaunted.prisoners.registry.queries.lists import listing_for, listings_waiting
from undaunted.prisoners.registry.queries.records import cases_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

pytestmark = pytest.mark.usefixtures("ledger")


class Roll:
    """A list of whoever received a case, and the case proposed for it."""

    def __init__(self, owner_sql: Any) -> None:
        self.scene: Scene = make_scene(owner_sql)
        self.office = self.scene.theirs.office
        arrival = self.scene.take(self.scene.file)
        steward = self.office.steward
        with steward.acting() as actor:
            at = timezone.now()
            self.list: SourceList = record_list(
                self.office.holder, actor=actor, at=at, name="Roll", slug="roll"
            )
            item = ArrivalItem.objects.select_related("arrival__partner").get(arrival=arrival)
            (place,) = places_for(item, actor=actor)
            assert (place.id, place.name) == (self.list.pk, "Roll")
            made = accept_item(item, key=steward.key, actor=actor, at=at, into=place.id)
        self.item, self.party = item, made[0].subject

    def proposal(self) -> ListProposal:
        """Give what waits, or waited."""
        with self.office.steward.acting():
            return ListProposal.objects.get()

    def answer(self, *, accept: bool) -> ListEntry | None:
        """Answer as the steward."""
        with self.office.steward.acting() as actor:
            return answer_listing(
                self.proposal_for(actor), accept=accept, actor=actor, at=timezone.now()
            )

    def proposal_for(self, actor: Any) -> ListProposal:
        """Give what waits, through the query."""
        (waiting,) = listings_waiting(actor, self.list)
        found = listing_for(actor, waiting.pk)
        assert found is not None
        return found

    def listed(self) -> set[UUID]:
        """Give the records that stand in the list."""
        with self.office.steward.acting() as actor:
            return {one.pk for one in cases_for(actor, source_list=self.list.pk)}


@pytest.fixture
def roll(owner_sql: Any) -> Roll:
    return Roll(owner_sql)


def test_received_case_waits_for_the_steward_and_then_stands_in_the_list(roll: Roll) -> None:
    assert roll.listed() == set()
    entry = roll.answer(accept=True)
    assert entry is not None
    assert (entry.batch_id, entry.party_id) == (None, roll.party)
    assert roll.listed() == {roll.party}
    answered = roll.proposal()
    with roll.office.steward.acting() as actor:
        assert not missing_entries(actor, roll.list).exists(), "no import ever had it"
        with pytest.raises(ListingRefused, match="answered before"):
            answer_listing(answered, accept=True, actor=actor, at=timezone.now())


def test_declined_record_stands_in_no_list(roll: Roll) -> None:
    assert roll.answer(accept=False) is None
    assert roll.listed() == set()
    assert roll.proposal().answer == "declined"


def test_only_a_steward_takes_in_what_anybody_who_records_may_propose(roll: Roll) -> None:
    own = case_of(roll.scene.theirs)
    with roll.office.caseworker.acting() as actor:
        made = propose_for_list(own, roll.list, actor=actor, at=timezone.now())
        with pytest.raises(ListingRefused, match="already"):
            propose_for_list(own, roll.list, actor=actor, at=timezone.now())
        with pytest.raises(Forbidden):
            answer_listing(made, accept=True, actor=actor, at=timezone.now())
    with roll.office.steward.acting() as actor:
        assert answer_listing(made, accept=True, actor=actor, at=timezone.now())
        with pytest.raises(ListingRefused, match="already"):
            propose_for_list(own, roll.list, actor=actor, at=timezone.now())


def test_list_of_somebody_else_takes_nothing(roll: Roll) -> None:
    ours = roll.scene.ours.office
    with ours.steward.acting() as actor:
        theirs = record_list(ours.holder, actor=actor, at=timezone.now(), name="X", slug="x")
    own = case_of(roll.scene.theirs)
    with (
        roll.office.caseworker.acting() as actor,
        pytest.raises(ListingRefused, match="another organisation"),
    ):
        propose_for_list(own, theirs, actor=actor, at=timezone.now())


def test_item_is_accepted_into_no_list_that_was_not_offered(roll: Roll) -> None:
    arrival = roll.scene.take(_again(roll.scene))
    steward = roll.office.steward
    with steward.acting() as actor:
        item = ArrivalItem.objects.select_related("arrival__partner").get(arrival=arrival)
        with pytest.raises(StepRefused, match="no list of your organisation"):
            accept_item(item, key=steward.key, actor=actor, at=timezone.now(), into=item.pk)


def _again(scene: Scene) -> bytes:
    from tests.core.sharing.factories import sealed, wanted  # noqa: PLC0415 - here only

    _, (file,) = sealed(scene.ours, wanted(scene.party.pk, partners=(scene.partner.pk,)))
    return file


def test_received_case_goes_with_no_list_to_anybody_else(roll: Roll, owner_sql: Any) -> None:
    roll.answer(accept=True)
    own = case_of(roll.scene.theirs)
    other = make_organisation(owner_sql)
    both = make_user(owner_sql, {roll.office.holder: [Role.STEWARD], other: [Role.STEWARD]})
    with acting_as(both) as actor:
        now = timezone.now()
        made = propose_for_list(own, roll.list, actor=actor, at=now)
        answer_listing(made, accept=True, actor=actor, at=now)
        archive = BytesIO()
        export_list(roll.list, archive, actor=actor, at=now)
        with zipfile.ZipFile(archive) as held:
            parties = held.read("parties.jsonl").decode()
            assert str(own.pk) in parties
            assert not [name for name in held.namelist() if str(roll.party) in _text(held, name)]
        hand_over_list(roll.list, other, actor=actor, at=now)
    holders = dict(owner_sql("SELECT id, holder FROM actors_party"))
    assert holders[own.pk] == other
    assert holders[roll.party] == roll.office.holder
    assert roll.listed() == set()


def _text(held: zipfile.ZipFile, name: str) -> str:
    return held.read(name).decode()


def test_what_runs_out_leaves_nothing_in_the_list(roll: Roll, owner_sql: Any) -> None:
    roll.answer(accept=True)
    owner_sql("UPDATE sharing_arrival SET expires_at = now() - interval '1 minute'")
    with roll.office.caseworker.acting() as actor:
        held = Arrival.objects.get()
        end_arrival(held, actor=actor, at=timezone.now())
    for table in ("registry_listentry", "registry_listproposal", "events_act", "actors_partyname"):
        column = {"events_act": "victim_id"}.get(table, "party_id")
        rows = owner_sql(f"SELECT count(*) FROM {table} WHERE {column} = %s", [roll.party])
        assert rows == [(0,)], table


def _desk(roll: Roll) -> Client:
    client = signed_in_client(roll.office.steward.user)
    client.post("/desk/vault/", {"passphrase": PASSPHRASE})
    return client


def test_the_desk_says_from_whom_a_record_is_and_its_steward_answers(roll: Roll) -> None:
    client, case = _desk(roll), f"/desk/cases/{roll.party}/"
    page = client.get(case).content.decode()
    assert "A partner sent this record" in page
    assert "Harbour Watch" in page
    assert "TLP:AMBER+STRICT" in page
    place = f"/desk/lists/{roll.list.pk}/"
    assert NAME in client.get(place).content.decode()
    answer = f"{place}proposals/{roll.proposal().pk}/"
    assert client.post(answer, {"answer": "accepted"}).status_code == 302
    assert roll.listed() == {roll.party}
    assert "answered before" in client.post(answer, follow=True).content.decode()
    again = client.post(f"{case}list/", {"source_list": str(roll.list.pk)})
    assert "stands in this list already" in again.content.decode()


def test_a_record_made_by_hand_is_proposed_on_its_page(roll: Roll) -> None:
    own = case_of(roll.scene.theirs)
    client = signed_in_client(roll.office.caseworker.user)
    page = f"/desk/cases/{own.pk}/list/"
    assert "Roll" in client.get(page).content.decode()
    assert client.post(page, {"source_list": str(roll.list.pk)}).status_code == 302
    shown = client.get(f"/desk/lists/{roll.list.pk}/").content.decode()
    assert "wait for the steward" in shown
    assert "Take it into the list" not in shown, "a documenter answers nothing"


def test_item_page_offers_the_lists(roll: Roll) -> None:
    arrival = roll.scene.take(_again(roll.scene))
    with roll.office.steward.acting():
        item = ArrivalItem.objects.get(arrival=arrival)
    client, place = _desk(roll), f"/desk/sharing/items/{item.pk}/"
    assert "Propose it for a list" in client.get(place).content.decode()
    assert client.post(f"{place}accept/", {"into": str(item.pk)}).status_code == 404
    assert client.post(f"{place}accept/", {"into": str(roll.list.pk)}).status_code == 302
    with roll.office.steward.acting() as actor:
        assert listings_waiting(actor, roll.list).count() == 2
