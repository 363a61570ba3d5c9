"""Teams at the desk: founding, taking in, letting go, comparing, and sealing anew in portions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from tests.core.vault.factories import (
    PASSPHRASE,
    Colleague,
    Office,
    admit,
    make_colleague,
    make_office,
)
from undaunted.core.access.rules import Role
from undaunted.core.vault.actions import (
    add_member,
    compare_key,
    go_on_resealing,
    open_sealed,
    rotate_key_pair,
    seal_for,
)
from undaunted.core.vault.pages import membership as pages
from undaunted.core.vault.queries import colleagues_for, resealing_of
from undaunted.core.vault.rules import FLOOR, NoKeyPair, NotForThisKey, ResealingUnfinished

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("ledger")
KEY, TEAMS = "/desk/vault/", "/desk/vault/teams/"
FRESH = "eleven paper boats at the weir"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def newcomer(owner_sql: Any, office: Office) -> Colleague:
    return make_colleague(owner_sql, {office.holder: [Role.DOCUMENTER]})


def _desk(who: Colleague, *, opened: bool = True) -> Client:
    client = signed_in_client(who.user)
    if opened:
        client.post(KEY, {"passphrase": PASSPHRASE}, secure=True)
    return client


def _text(client: Client, address: str, **typed: Any) -> str:
    ask = client.post if typed else client.get
    return str(ask(address, typed or None, secure=True, follow=True).content.decode())


def _sealed(office: Office, number: int = 1) -> list[tuple[UUID, bytes]]:
    asked: dict[str, Any] = {"kind": "note", "version": 1, "at": timezone.now()}
    with office.steward.acting() as actor:
        made = [
            seal_for(office.team, uuid4(), b"text", actor=actor, **asked) for _ in range(number)
        ]
    return [(each.binding.record, each.envelope) for each in made]


def _opens(who: Colleague, record: UUID, envelope: bytes) -> bool:
    asked: dict[str, Any] = {"kind": "note", "version": 1, "at": timezone.now()}
    try:
        with who.acting() as actor:
            return open_sealed(envelope, record, key=who.key, actor=actor, **asked) == b"text"
    except NotForThisKey:
        return False


def test_a_team_is_founded_at_the_desk(office: Office) -> None:
    desk = _desk(office.steward)
    page = _text(desk, TEAMS)
    assert "Casework" in page
    assert "receives from outside" in page
    typed = {"holder": office.holder, "name": "Night desk", "receives": "on"}
    assert "Night desk" in _text(desk, TEAMS, **typed)
    assert "has a team of that name" in _text(desk, TEAMS, **typed)
    elsewhere = _text(desk, TEAMS, holder=uuid4(), name="Other")
    assert "not one of the available choices" in elsewhere
    assert "Found a team" not in _text(_desk(office.caseworker, opened=False), TEAMS)


def test_a_steward_without_a_key_is_told_to_make_one(office: Office, owner_sql: Any) -> None:
    keyless = signed_in_client(make_user(owner_sql, {office.holder: [Role.STEWARD]}))
    page = _text(keyless, TEAMS)
    assert "Teams of your organisation that you are not in" in page
    assert "There is no key yet." in _text(keyless, TEAMS, holder=office.holder, name="Second")
    page = _text(keyless, f"{TEAMS}{office.team}/")
    assert "Nobody else of this organisation has a key." in page
    assert "Let" not in re.sub(r"Let go", "", page)


def test_somebody_is_taken_in_and_let_go(
    office: Office, newcomer: Colleague, owner_sql: Any
) -> None:
    (record, envelope), place = _sealed(office)[0], f"{TEAMS}{office.team}/"
    desk = _desk(office.steward)
    assert newcomer.user.username in _text(desk, place)
    assert "Choose one of the colleagues" in _text(desk, place + "add/", person=uuid4())
    take_in = _agreed(desk, office, newcomer, owner_sql)
    closed = _desk(office.steward, opened=False)
    assert "Open your key first" in _text(closed, take_in, go="1")
    page = _text(desk, take_in, go="1")
    assert "Nobody else of this organisation has a key." in page
    assert _opens(newcomer, record, envelope)
    _text(desk, f"{place}remove/{newcomer.user.pk}/", go="1")
    with newcomer.acting() as actor, pytest.raises(Exception, match="no such team"):
        colleagues_for(actor, office.team)
    assert _opens(office.steward, record, envelope)
    _text(desk, f"{place}remove/{office.caseworker.user.pk}/", go="1")
    page = _text(desk, f"{place}remove/{office.steward.user.pk}/", go="1")
    assert "Somebody must stay in the team" in page


def _agreed(desk: Client, office: Office, newcomer: Colleague, owner_sql: Any) -> str:
    """Propose at a steward's desk, approve at another's; gives where to take somebody in."""
    place = f"{TEAMS}{office.team}/"
    second = signed_in_client(make_user(owner_sql, {office.holder: [Role.STEWARD]}))
    page = _text(desk, place + "add/", person=newcomer.user.pk)
    assert "You proposed this" in page
    assert "waits for a second person" in _text(second, TEAMS)
    approve = re.search(rf"{place}add/[0-9a-f-]{{36}}/approve/", _text(second, place))
    assert approve is not None
    assert "Two people agree" in _text(second, approve[0], go="1")
    assert "approved, to be taken in" in _text(desk, TEAMS)
    return approve[0].replace("approve/", "take-in/")


def test_what_was_proposed_is_withdrawn_and_not_approved_twice(
    office: Office, newcomer: Colleague, owner_sql: Any
) -> None:
    desk, place = _desk(office.steward), f"{TEAMS}{office.team}/"
    typed = {"person": newcomer.user.pk}
    _text(desk, place + "add/", **typed)
    assert "is proposed already" in _text(desk, place + "add/", **typed)
    ((admission,),) = owner_sql(
        "SELECT id FROM vault_admission WHERE person = %s", [newcomer.user.pk]
    )
    where = f"{place}add/{admission}/"
    assert "You proposed this" in _text(desk, where + "approve/", go="1")
    assert "Propose this person first" in _text(desk, where + "take-in/", go="1")
    other = f"{TEAMS}{uuid4()}/add/{admission}/approve/"
    assert desk.post(other, secure=True).status_code == 404
    night = _text(desk, TEAMS, holder=office.holder, name="Night desk")
    elsewhere = owner_sql("SELECT id FROM vault_team WHERE name = 'Night desk'")[0][0]
    assert "Night desk" in night
    wrong = f"{TEAMS}{elsewhere}/add/{admission}/approve/"
    assert desk.post(wrong, secure=True).status_code == 404
    assert "Proposed for this team" not in _text(desk, where + "decline/", go="1")
    assert desk.post(where + "take-in/", secure=True).status_code == 404
    assert desk.post(f"{place}add/{uuid4()}/decline/", secure=True).status_code == 404
    assert owner_sql("SELECT count(*) FROM vault_member WHERE team_id = %s", [office.team]) == [
        (2,)
    ]


def test_a_steward_who_leaves_lands_on_the_list(office: Office) -> None:
    desk = _desk(office.steward)
    page = _text(desk, f"{TEAMS}{office.team}/remove/{office.steward.user.pk}/", go="1")
    assert "Propose somebody" in page
    assert f"/remove/{office.caseworker.user.pk}/" not in page


def test_strangers_and_caseworkers_change_nothing(
    office: Office, newcomer: Colleague, owner_sql: Any
) -> None:
    stranger = make_colleague(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    place = f"{TEAMS}{office.team}/"
    for who, status in ((stranger, 404), (newcomer, 404)):
        desk = _desk(who)
        for address in ("", "add/", "go-on/", f"remove/{uuid4()}/", f"compare/{uuid4()}/"):
            ask = desk.post if address else desk.get
            assert ask(place + address, secure=True).status_code == status
    desk = _desk(office.caseworker)
    assert "Propose somebody" not in _text(desk, place)
    typed = {"person": newcomer.user.pk}
    assert desk.post(place + "add/", typed, secure=True).status_code == 404
    assert owner_sql("SELECT count(*) FROM vault_member") == [(2,)]


def test_a_fingerprint_is_compared_once_by_each(office: Office, owner_sql: Any) -> None:
    place = f"{TEAMS}{office.team}/"
    desk = _desk(office.steward)
    with office.steward.acting() as actor:
        people = {each.person: each for each in colleagues_for(actor, office.team)}
        theirs, own = people[office.caseworker.user.pk], people[office.steward.user.pk]
    assert re.fullmatch(r"([0-9a-f]{4} ){7}[0-9a-f]{4}", theirs.fingerprint)
    page = _text(desk, place)
    assert theirs.fingerprint in page
    assert own.fingerprint in _text(desk, KEY)
    assert "I compared it with" in page
    for _ in range(2):
        assert "I compared it with" not in _text(desk, f"{place}compare/{theirs.key}/", go="1")
    assert owner_sql("SELECT count(*) FROM vault_keycheck") == [(1,)]
    assert desk.post(f"{place}compare/{uuid4()}/", secure=True).status_code == 404
    assert "There is no key yet." in _text(desk, f"{place}compare/{own.key}/", go="1")
    with office.caseworker.acting() as actor, pytest.raises(NoKeyPair):
        compare_key(uuid4(), actor=actor, at=timezone.now())


def test_a_large_team_is_sealed_anew_in_portions_with_progress(
    office: Office, newcomer: Colleague, owner_sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 2)
    records, place = _sealed(office, 5), f"{TEAMS}{office.team}/"
    desk = _desk(office.steward)
    assert "Records are being sealed anew" in _text(
        desk, _agreed(desk, office, newcomer, owner_sql), go="1"
    )
    with office.steward.acting() as actor:
        found = resealing_of(actor, office.team)
    assert found is not None
    assert (found.done, found.total) == (2, 5)
    assert sum(_opens(newcomer, *each) for each in records) == 2
    assert "being sealed anew" in _text(desk, TEAMS)
    page = _text(desk, f"{place}remove/{office.caseworker.user.pk}/", go="1")
    assert "still being sealed anew. Finish that" in page
    with office.caseworker.acting() as actor, pytest.raises(ResealingUnfinished):
        rotate_key_pair(
            FRESH, key=office.caseworker.key, actor=actor, at=timezone.now(), work=FLOOR
        )
    late = _sealed(office)
    _text(desk, place + "go-on/", go="1")
    assert "Records are being sealed anew" not in _text(desk, place + "go-on/", go="1")
    assert all(_opens(newcomer, *each) for each in records + late)
    with office.steward.acting() as actor:
        assert resealing_of(actor, office.team) is None


def test_who_is_not_reached_yet_cannot_go_on(
    office: Office, owner_sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sealed(office, 3)
    second = make_colleague(owner_sql, {office.holder: [Role.STEWARD]})
    admit(owner_sql, office.team, second.user.pk, by=office.steward)
    at = timezone.now()
    with office.steward.acting() as actor:
        key = office.steward.key
        assert add_member(office.team, second.user.pk, key=key, actor=actor, at=at, most=1) == 1
    page = _text(_desk(second), f"{TEAMS}{office.team}/go-on/", go="1")
    assert "Somebody who was in it before must go on." in page
    with office.steward.acting() as actor:
        done = go_on_resealing(
            office.team, key=office.steward.key, actor=actor, at=timezone.now(), most=10
        )
    assert done == 2


def test_passphrase_and_pair_are_changed_at_the_desk(office: Office) -> None:
    (record, envelope) = _sealed(office)[0]
    desk = _desk(office.steward)
    change, rotate = KEY + "passphrase/", KEY + "rotate/"
    for address in (change, rotate):
        assert "Passphrase until now" in _text(desk, address)
        typed = {"old": PASSPHRASE, "passphrase": FRESH, "again": FRESH}
        assert "does not open your key" in _text(desk, address, **{**typed, "old": "x" * 20})
        weak = _text(desk, address, **{**typed, "passphrase": "short", "again": "short"})
        assert "too short" in weak
    assert "another passphrase now" in _text(
        desk, change, old=PASSPHRASE, passphrase=FRESH, again=FRESH
    )
    page = _text(desk, rotate, old=FRESH, passphrase=PASSPHRASE, again=PASSPHRASE)
    assert "has been replaced" in page
    assert "Your key is open" in page
    assert not _opens(office.steward, record, envelope)
    assert _opens(office.caseworker, record, envelope)
