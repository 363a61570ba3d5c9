"""The desk and the API: a package is proposed, sealed and taken in by hand; programs never sign."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person, make_user, signed_in_client
from tests.core.sharing.factories import (
    AUDIENCE,
    NAME,
    befriend,
    case_of,
    consented,
    make_instance,
    sealed,
    wanted,
)
from tests.core.vault.factories import PASSPHRASE
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import Scope
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.models import Grant
from undaunted.core.sharing.models import ArrivalItem, Copy, Parcel, Partner, Slip

if TYPE_CHECKING:
    from tests.core.vault.factories import Colleague

pytestmark = pytest.mark.usefixtures("ledger")
BASE = "/desk/sharing/"


def _browser(person: Colleague) -> Client:
    """Sign somebody in and open their key."""
    client = signed_in_client(person.user)
    client.post("/desk/vault/", {"passphrase": PASSPHRASE})
    return client


@pytest.fixture
def world(owner_sql: Any) -> dict[str, Any]:
    ours, theirs = make_instance(owner_sql, "Harbour Watch"), make_instance(owner_sql, "Lantern")
    partner = befriend(ours, theirs)
    befriend(theirs, ours, audience="organisation:harbour-watch")
    party = case_of(ours)
    grant = consented(ours, party)
    return {"ours": ours, "theirs": theirs, "partner": partner, "party": party, "grant": grant}


def _proposal(world: dict[str, Any], **changed: Any) -> dict[str, Any]:
    until = timezone.now().date() + timedelta(days=20)
    return {
        "holder": str(world["ours"].holder),
        "title": "For the campaign",
        "kind": "registry.case",
        "things": str(world["party"].pk),
        "tlp": "AMBER",
        "pap": "GREEN",
        "purpose": "campaign",
        "until": until.isoformat(),
        "partners": [str(world["partner"].pk)],
    } | changed


def test_package_is_proposed_sealed_taken_in_and_accepted_on_pages(
    world: dict[str, Any],
) -> None:
    ours, theirs = world["ours"].office, world["theirs"].office
    answer = _browser(ours.caseworker).post(BASE + "packages/new/", _proposal(world))
    assert answer.status_code == 302, answer.content.decode()
    page = answer["Location"]
    assert b"Seal it" not in signed_in_client(ours.caseworker.user).get(page).content
    steward = _browser(ours.steward)
    shown = steward.get(page).content.decode()
    assert "on a need-to-know basis" in shown
    assert "Seal it to these recipients" in shown
    assert steward.post(page + "seal/").status_code == 302
    with ours.steward.acting():
        copy = Copy.objects.get()
    file = steward.post(f"{BASE}copies/{copy.pk}/")
    assert file.headers["Content-Disposition"].endswith('.age"')
    receiver = _browser(theirs.steward)
    sent = {
        "holder": str(theirs.holder),
        "file": SimpleUploadedFile("package.age", file.content),
    }
    arrived = receiver.post(BASE + "arrivals/new/", sent)
    assert arrived.status_code == 302, arrived.content.decode()
    assert "Harbour Watch" in receiver.get(arrived["Location"]).content.decode()
    with theirs.steward.acting():
        item = ArrivalItem.objects.get()
    place = f"{BASE}items/{item.pk}/"
    assert NAME not in receiver.get(place).content.decode()
    assert NAME in receiver.post(place).content.decode()
    assert receiver.post(place + "accept/").status_code == 302
    assert "accepted" in receiver.get(arrived["Location"]).content.decode()
    assert receiver.post(place + "reject/").status_code == 409


def test_consent_names_a_partner_of_another_instance(world: dict[str, Any], owner_sql: Any) -> None:
    office = world["ours"].office
    other = make_instance(owner_sql, "Beacon")
    befriend(world["ours"], other, audience="organisation:beacon", verified=False)
    client, case = signed_in_client(office.caseworker.user), f"/desk/cases/{world['party'].pk}/"
    page = client.get(case + "consent/new/").content.decode()
    fingerprint = world["theirs"].own.fingerprint
    assert f"Lantern, at another instance; fingerprint {fingerprint}" in page
    assert "Beacon" not in page, "nobody has compared its keys"
    today = timezone.now().date()
    agreed = {
        "purpose": ["memo"],
        "audience": AUDIENCE,
        "level": "code",
        "field_groups": ["identity"],
        "basis": "self",
        "how": "by letter",
        "given_on": today.isoformat(),
        "until": (today + timedelta(days=90)).isoformat(),
    }
    made = client.post(case + "consent/new/", agreed)
    assert made.status_code == 302, made.content.decode()
    refused = client.post(case + "consent/new/", agreed | {"audience": "organisation:beacon"})
    assert refused.status_code == 200
    with office.caseworker.acting():
        grant = Grant.objects.get(purpose="memo")
    assert (grant.audience, grant.holder) == (AUDIENCE, office.holder)
    assert grant.fingerprints == [fingerprint], "the one that was shown"
    assert "Lantern" in client.get(case).content.decode()


def test_refusals_are_told_beside_the_form(world: dict[str, Any]) -> None:
    client = signed_in_client(world["ours"].office.caseworker.user)
    for changed, words in (
        ({"partners": []}, "nobody is not everybody"),
        ({"things": "x"}, "Line 1 is no id"),
        ({"purpose": "memo"}, "other_purpose"),
        ({"tlp": "RED"}, "named persons"),
    ):
        told = client.post(BASE + "packages/new/", _proposal(world, **changed))
        assert told.status_code == 200
        assert words in told.content.decode()
    with world["ours"].office.caseworker.acting():
        assert not Parcel.objects.exists()


def test_partner_is_recorded_and_verified_on_pages(world: dict[str, Any], owner_sql: Any) -> None:
    third = make_instance(owner_sql, "Beacon")
    office = world["ours"].office
    told = {
        "holder": str(office.holder),
        "name": "Beacon",
        "kind": "organisation",
        "audience": "organisation:beacon",
        "signing_key": third.own.signing_key,
        "recipient": third.own.recipient,
    }
    recorder = signed_in_client(office.caseworker.user)
    wrong = recorder.post(BASE + "partners/new/", told | {"signing_key": "AAAA"})
    assert "signing key has 32 bytes" in wrong.content.decode()
    made = recorder.post(BASE + "partners/new/", told)
    page = made["Location"]
    second = signed_in_client(office.steward.user)
    assert third.own.fingerprint not in second.get(page).content.decode(), "it is read out"
    refused = second.post(page, {"fingerprint": "0" * 64})
    assert "differs" in refused.content.decode()
    assert second.post(page, {"fingerprint": third.own.fingerprint}).status_code == 302
    circle = recorder.post(BASE + "circles/new/", {"holder": told["holder"], "name": "Allies"})
    with office.steward.acting():
        partner = Partner.objects.get(name="Beacon")
    assert "stands for nobody" in recorder.get(circle["Location"]).content.decode()
    recorder.post(circle["Location"], {"partner": str(partner.pk)})
    assert "Beacon" in recorder.get(circle["Location"]).content.decode()
    recorder.post(circle["Location"] + "leave/", {"partner": str(partner.pk)})
    assert "stands for nobody" in recorder.get(circle["Location"]).content.decode()
    assert recorder.post(page + "stop/").status_code == 302
    assert recorder.post(page + "stop/").status_code == 409


def test_board_shows_takedowns_until_they_are_confirmed(world: dict[str, Any]) -> None:
    office = world["ours"].office
    sealed(world["ours"], wanted(world["party"].pk, partners=(world["partner"].pk,)))
    client = _browser(office.steward)
    assert "consent was revoked" not in client.get(BASE).content.decode()
    with office.steward.acting() as actor:
        revoke_consent(world["grant"], actor=actor, at=timezone.now())
        slip = Slip.objects.get()
    assert "consent was revoked" in client.get(BASE).content.decode()
    notice = client.post(f"{BASE}takedowns/{slip.pk}/").content
    theirs = world["theirs"].office
    receiver = _browser(theirs.steward)
    sent = {"holder": str(theirs.holder), "file": SimpleUploadedFile("t.age", notice)}
    assert receiver.post(BASE + "arrivals/new/", sent).status_code == 302
    shown = receiver.get(BASE).content.decode()
    (address,) = re.findall(r'action="(/desk/sharing/receipts/[^"]+)"', shown)
    receipt = receiver.post(address).content
    back = {"holder": str(office.holder), "file": SimpleUploadedFile("r.age", receipt)}
    assert client.post(BASE + "arrivals/new/", back).status_code == 302
    assert "consent was revoked" not in client.get(BASE).content.decode()


def test_keys_are_made_on_a_page(world: dict[str, Any]) -> None:
    office = world["ours"].office
    client = signed_in_client(office.steward.user)
    told = {"holder": str(office.holder), "team": str(office.team), "name": "Harbour Watch II"}
    assert client.post(BASE + "keys/", told).status_code == 302
    assert "Harbour Watch II" in client.get(BASE).content.decode()


def test_without_an_open_key_nothing_is_sealed_or_taken_in(world: dict[str, Any]) -> None:
    office = world["ours"].office
    client = signed_in_client(office.steward.user)
    sent = {"holder": str(office.holder), "file": SimpleUploadedFile("x.age", b"x")}
    assert client.post(BASE + "arrivals/new/", sent)["Location"] == "/desk/vault/"
    opened = _browser(office.steward)
    sent["file"] = SimpleUploadedFile("x.age", b"x")
    assert "ask the sender" in opened.post(BASE + "arrivals/new/", sent).content.decode()


@pytest.mark.parametrize("language", ["", "/ar"])
def test_every_page_is_shown_in_either_direction(world: dict[str, Any], language: str) -> None:
    parcel, (file,) = sealed(
        world["ours"], wanted(world["party"].pk, partners=(world["partner"].pk,))
    )
    assert file
    client = _browser(world["ours"].office.steward)
    pages = ["", "keys/", "partners/", "partners/new/", "circles/new/", "packages/new/"]
    pages += ["arrivals/new/", f"packages/{parcel.pk}/", f"partners/{world['partner'].pk}/"]
    for page in pages:
        assert client.get(f"{language}{BASE}{page}").status_code == 200, page


def _program(user: Any, *scopes: Scope) -> Client:
    with in_person(user) as actor:
        token = make_token("x", scopes, actor=actor, at=timezone.now(), days=1)[1]
    return Client(headers={"Authorization": f"Bearer {token}"})


def _asked(world: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {
        "holder": str(world["ours"].holder),
        "title": "By a program",
        "items": [{"kind": "registry.case", "id": str(world["party"].pk)}],
        "partners": [str(world["partner"].pk)],
        "tlp": "AMBER",
        "pap": "GREEN",
        "purpose": "campaign",
        "expires_at": (timezone.now() + timedelta(days=9)).isoformat(),
    } | changed


def test_program_proposes_and_never_seals(world: dict[str, Any]) -> None:
    person = world["ours"].office.caseworker.user
    program = _program(person, Scope.SHARE, Scope.READ)
    place = "/api/v1/sharing/desk/"
    made = program.post(f"{place}packages", _asked(world), "application/json")
    assert made.status_code == 201, made.content
    told = made.json()
    assert told["state"] == "proposed"
    assert told["recipients"] == [str(world["partner"].pk)]
    assert program.get(f"{place}packages").json() == [told]
    assert program.get(f"{place}packages/{told['id']}").json() == told
    assert program.get(f"{place}partners").json()[0]["verified"] is True
    assert len(program.get(f"{place}markings").json()) == 9
    assert program.get(f"{place}arrivals").json() == []
    assert program.get(f"{place}takedowns").json() == []
    declined = program.post(f"{place}packages/{told['id']}/decline")
    assert declined.json()["state"] == "declined"
    assert program.post(f"{place}packages/{told['id']}/decline").status_code == 409


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"partners": []}, 422, "nobody is not everybody"),
        ({"items": []}, 422, ""),
        ({"tlp": "WHITE"}, 422, ""),
        ({"title": "a\x00b"}, 422, "null"),
        ({"purpose": "memo"}, 422, "other_purpose"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, 422, "expires"),
        ({"holder": "00000000-0000-0000-0000-000000000001"}, 404, ""),
    ],
)
def test_program_is_told_what_is_wrong(
    world: dict[str, Any], changed: dict[str, Any], status: int, words: str
) -> None:
    program = _program(world["ours"].office.caseworker.user, Scope.SHARE)
    told = program.post(
        "/api/v1/sharing/desk/packages", _asked(world, **changed), "application/json"
    )
    assert told.status_code == status, told.content
    assert words in told.content.decode()


def test_token_without_the_scope_and_reader_propose_nothing(
    world: dict[str, Any], owner_sql: Any
) -> None:
    place = "/api/v1/sharing/desk/packages"
    reading = _program(world["ours"].office.caseworker.user, Scope.READ, Scope.RECORD)
    assert reading.post(place, _asked(world), "application/json").status_code == 403
    reader = make_user(owner_sql, {world["ours"].holder: [Role.READER]})
    program = _program(reader, Scope.SHARE)
    assert program.post(place, _asked(world), "application/json").status_code == 404
