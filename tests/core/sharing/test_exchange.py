"""A package from one organisation to another and back: sealed by two, reviewed, taken back."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.core.sharing.factories import (
    NAME,
    Instance,
    befriend,
    case_of,
    consented,
    make_instance,
    sealed,
    wanted,
)
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.actors.models import Party, PartyName
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.rules import FieldGroup, IdentityLevel
from undaunted.core.events.models import Act
from undaunted.core.sharing.actions import (
    accept_item,
    end_arrival,
    hand_over_takedown,
    look_at_item,
    propose_parcel,
    reject_item,
    seal_parcel,
    take_in,
)
from undaunted.core.sharing.actions.keys import open_own_keys
from undaunted.core.sharing.models import Arrival, ArrivalItem, Kept, Slip, TakenBack
from undaunted.core.sharing.queries import arrivals_due, slips_outstanding
from undaunted.core.sharing.readers import read_package
from undaunted.core.sharing.rules import (
    ItemRefused,
    PackageReplayed,
    PartnerKind,
    StepRefused,
    Tlp,
    copy_with_order,
)
from undaunted.core.vault.actions import open_abroad

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.sharing.models import Partner

pytestmark = pytest.mark.usefixtures("ledger")


class World:
    """Two organisations that know each other, and a case that may be shared."""

    def __init__(self, owner_sql: Any) -> None:
        self.ours: Instance = make_instance(owner_sql, "Harbour Watch")
        self.theirs: Instance = make_instance(owner_sql, "Lantern Fund")
        self.partner: Partner = befriend(self.ours, self.theirs)
        befriend(self.theirs, self.ours, audience="organisation:harbour-watch")
        self.party: Party = case_of(self.ours)
        self.grant = consented(self.ours, self.party)

    def send(self) -> bytes:
        """Give the file for the partner."""
        _, (file,) = sealed(self.ours, wanted(self.party.pk, partners=(self.partner.pk,)))
        return file

    def receive(self, file: bytes, *, into: Instance | None = None) -> Any:
        """Take a file in as the steward there."""
        there = into or self.theirs
        steward = there.office.steward
        with steward.acting() as actor:
            return take_in(file, there.holder, key=steward.key, actor=actor, at=timezone.now())

    def item(self, arrival: Arrival) -> ArrivalItem:
        """Give the only item."""
        with self.theirs.office.steward.acting():
            return ArrivalItem.objects.select_related("arrival__partner").get(arrival=arrival)


@pytest.fixture
def world(owner_sql: Any) -> World:
    return World(owner_sql)


def test_package_arrives_is_looked_at_and_accepted_with_its_origin(world: World) -> None:
    arrival = world.receive(world.send())
    item = world.item(arrival)
    steward = world.theirs.office.steward
    with steward.acting() as actor:
        at = timezone.now()
        lines = look_at_item(item, key=steward.key, actor=actor, at=at)
        assert ("name", NAME) in lines
        assert not Party.objects.filter(holder=world.theirs.holder).exists()
        made = accept_item(item, key=steward.key, actor=actor, at=at)
        party = Party.objects.get(pk=made[0].subject)
        assert party.holder == world.theirs.holder
        assert [name.text for name in party.names.all()] == [NAME]
        assert Act.objects.get(victim=party).city == "Port Ruritan"
        assert Kept.objects.filter(subject=party.pk, until=arrival.expires_at).exists()
        with pytest.raises(StepRefused):
            accept_item(item, key=steward.key, actor=actor, at=at)


def test_whoever_proposes_does_not_seal(world: World) -> None:
    steward = world.ours.office.steward
    request = wanted(world.party.pk, partners=(world.partner.pk,))
    with steward.acting() as actor:
        parcel = propose_parcel(world.ours.holder, request, actor=actor, at=timezone.now())
    with pytest.raises(Forbidden, match="second person"), steward.acting() as actor:
        seal_parcel(parcel, key=steward.key, actor=actor, at=timezone.now())


@pytest.mark.skipif(which("age") is None, reason="age is not installed (Debian: age)")
def test_debians_age_opens_a_copy_with_the_recipients_identity(
    world: World, tmp_path: Path
) -> None:
    file = world.send()
    steward = world.theirs.office.steward
    with steward.acting() as actor:
        secrets = open_own_keys(world.theirs.own, key=steward.key, actor=actor, at=timezone.now())
    (tmp_path / "identity").write_text(secrets.receiving + "\n")
    (tmp_path / "package").write_bytes(file)
    opened = subprocess.run(
        ["age", "-d", "-i", tmp_path / "identity", tmp_path / "package"],
        check=True,
        capture_output=True,
    ).stdout
    package = read_package(opened)
    assert package.manifest.from_name == "Harbour Watch"
    (content,) = (piece for _, piece in package.contents)
    told = json.loads(content)
    assert told["copy"]["watermark"] == package.manifest.watermark
    assert told["names"][0]["text"] == NAME


def test_code_only_consent_gives_no_name_and_no_day(owner_sql: Any) -> None:
    world = World(owner_sql)
    party = case_of(world.ours)
    consented(world.ours, party, level=IdentityLevel.CODE)
    _, (file,) = sealed(world.ours, wanted(party.pk, partners=(world.partner.pk,)))
    steward = world.theirs.office.steward
    with steward.acting() as actor:
        secrets = open_own_keys(world.theirs.own, key=steward.key, actor=actor, at=timezone.now())
    inside = open_abroad(file, secrets.receiving)
    assert NAME.encode() not in inside
    assert b"2024-03-05" not in inside
    assert b"2024-03" in inside
    assert b"Port Ruritan" not in inside


def test_field_that_nobody_agreed_to_is_left_out(owner_sql: Any) -> None:
    world = World(owner_sql)
    party = case_of(world.ours)
    consented(world.ours, party, groups=(FieldGroup.IDENTITY,))
    _, (file,) = sealed(world.ours, wanted(party.pk, partners=(world.partner.pk,)))
    item = world.item(world.receive(file))
    steward = world.theirs.office.steward
    with steward.acting() as actor:
        lines = look_at_item(item, key=steward.key, actor=actor, at=timezone.now())
    assert {label for label, _ in lines} == {"name", "country"}


def test_consent_that_ends_takes_the_package_back_until_the_receipt(
    world: World, owner_sql: Any
) -> None:
    arrival = world.receive(world.send())
    item = world.item(arrival)
    theirs, ours = world.theirs.office.steward, world.ours.office.steward
    with theirs.acting() as actor:
        made = accept_item(item, key=theirs.key, actor=actor, at=timezone.now())
    with ours.acting() as actor:
        assert not slips_outstanding(actor).exists()
        revoke_consent(world.grant, actor=actor, at=timezone.now())
        (slip,) = slips_outstanding(actor)
        assert (slip.why, slip.copy.partner) == ("revoked", world.partner)
        notice = hand_over_takedown(slip, actor=actor, at=timezone.now())
    taken = world.receive(notice)
    assert isinstance(taken, TakenBack)
    assert taken.outcome == "erased_with_records"
    assert world.receive(notice).pk == taken.pk, "obeying twice changes nothing"
    _assert_gone(made[0].subject, world, owner_sql)
    item = world.item(arrival)
    with pytest.raises(StepRefused, match="erased"), theirs.acting() as actor:
        look_at_item(item, key=theirs.key, actor=actor, at=timezone.now())
    confirmed = world.receive(bytes(taken.receipt), into=world.ours)
    assert isinstance(confirmed, Slip)
    assert confirmed.receipt == "erased_with_records"
    with ours.acting() as actor:
        assert not slips_outstanding(actor).exists()


def _assert_gone(party: Any, world: World, owner_sql: Any) -> None:
    with world.theirs.office.steward.acting():
        assert not PartyName.objects.filter(party=party).exists()
        assert not Act.objects.filter(victim=party).exists()
        assert Party.objects.get(pk=party).withdrawn_at is not None
    assert owner_sql("SELECT given_up_at IS NOT NULL FROM sharing_kept WHERE subject = %s", [party])


def test_withdrawal_that_does_not_touch_the_consent_takes_nothing_back(world: World) -> None:
    world.send()
    other = consented(world.ours, world.party, audience="organisation:somebody-else")
    with world.ours.office.steward.acting() as actor:
        revoke_consent(other, actor=actor, at=timezone.now())
        assert not slips_outstanding(actor).exists()


def test_consent_that_ended_after_the_proposal_stops_the_sealing(world: World) -> None:
    request = wanted(world.party.pk, partners=(world.partner.pk,))
    with world.ours.office.caseworker.acting() as actor:
        parcel = propose_parcel(world.ours.holder, request, actor=actor, at=timezone.now())
        revoke_consent(world.grant, actor=actor, at=timezone.now())
    steward = world.ours.office.steward
    with pytest.raises(ItemRefused, match="revoked"), steward.acting() as actor:
        seal_parcel(parcel, key=steward.key, actor=actor, at=timezone.now())


def test_package_that_has_run_out_is_erased_with_what_came_of_it(
    world: World, owner_sql: Any
) -> None:
    arrival = world.receive(world.send())
    item = world.item(arrival)
    steward = world.theirs.office.steward
    with steward.acting() as actor:
        made = accept_item(item, key=steward.key, actor=actor, at=timezone.now())
        with pytest.raises(StepRefused):
            end_arrival(arrival, actor=actor, at=timezone.now())
    assert arrivals_due(PUBLIC) == []
    owner_sql("UPDATE sharing_arrival SET expires_at = now() - interval '1 minute'")
    ((due, person),) = arrivals_due(PUBLIC)
    assert (due, person) == (arrival.pk, steward.user.pk)
    with steward.acting() as actor:
        held = Arrival.objects.get(pk=due)
        assert end_arrival(held, actor=actor, at=timezone.now() + timedelta(seconds=1)) == 1
    _assert_gone(made[0].subject, world, owner_sql)
    assert arrivals_due(PUBLIC) == []
    left = owner_sql("SELECT count(*) FROM vault_recordkey WHERE record_id = %s", [item.record])
    assert left == [(0,)], "the key of the content is destroyed"


def test_rejected_item_is_erased_at_once(world: World, owner_sql: Any) -> None:
    item = world.item(world.receive(world.send()))
    with world.theirs.office.steward.acting() as actor:
        reject_item(item, actor=actor, at=timezone.now())
    assert owner_sql("SELECT envelope, state FROM sharing_arrivalitem") == [(None, "rejected")]


def test_packages_are_numbered_and_a_gap_is_told(world: World) -> None:
    first, second, third = world.send(), world.send(), world.send()
    assert world.receive(second).missing == 1
    with pytest.raises(PackageReplayed):
        world.receive(first)
    assert world.receive(third).missing == 0


def test_each_recipient_has_a_copy_with_a_watermark_of_its_own(
    world: World, owner_sql: Any
) -> None:
    other = make_instance(owner_sql, "Beacon Trust")
    second = befriend(world.ours, other)
    parties = [case_of(world.ours) for _ in range(5)]
    for party in parties:
        consented(world.ours, party)
    request = wanted(*(p.pk for p in parties), partners=(world.partner.pk, second.pk))
    _, files = sealed(world.ours, request)
    found = {}
    for file, there in zip(files, (other, world.theirs), strict=True):
        steward = there.office.steward
        with steward.acting() as actor:
            secrets = open_own_keys(there.own, key=steward.key, actor=actor, at=timezone.now())
        package = read_package(open_abroad(file, secrets.receiving))
        assert package.manifest.to_name == there.own.name
        assert package.manifest.recipients == ("Beacon Trust", "Lantern Fund")
        found[there.own.name] = package.manifest
    marks = {name: manifest.watermark for name, manifest in found.items()}
    assert len(set(marks.values())) == 2
    for name, manifest in found.items():
        assert name in copy_with_order([item.id for item in manifest.items], marks)


def test_under_red_nobody_learns_who_the_others_are(world: World, owner_sql: Any) -> None:
    instances = [make_instance(owner_sql, name) for name in ("Anna Reke", "Bela Torv", "Cira Vask")]
    partners = [befriend(world.ours, one, kind=PartnerKind.PERSON).pk for one in instances]
    request = wanted(world.party.pk, partners=tuple(partners), tlp=Tlp.RED)
    _, files = sealed(world.ours, request)
    with world.ours.office.steward.acting():
        takedowns = [bytes(slip.manifest) for slip in Slip.objects.all()]
    for file, there in zip(files, instances, strict=True):
        steward = there.office.steward
        with steward.acting() as actor:
            secrets = open_own_keys(there.own, key=steward.key, actor=actor, at=timezone.now())
        inside = open_abroad(file, secrets.receiving)
        told = read_package(inside).manifest
        assert (told.recipients, told.others) == ((there.own.name,), 2)
        others = {one.own.name.encode() for one in instances} - {there.own.name.encode()}
        mine = [told for told in takedowns if there.own.name.encode() in told]
        assert len(mine) == 1
        assert not any(name in text for name in others for text in (inside, *mine))
