"""Rights are proposed by one administrator and approved by another; one takes them away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import (
    in_person,
    make_organisation,
    make_user,
    set_up_totp,
    signed_in_client,
)
from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.accounts.actions import (
    approve_rights,
    decline_rights,
    propose_renewal,
    propose_role,
    withdraw_role,
)
from undaunted.core.accounts.models import Organisation
from undaunted.core.accounts.queries import (
    account_name,
    members_for,
    rights_for,
    rights_waiting,
    user_named,
)
from undaunted.core.accounts.rules import RightsRefused

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("ledger")

MEMBERS = "/desk/accounts/members/"
SECRET = "JBSWY3DPEHPK3PXP"
CODE = re.compile(r"<p><code>([\w-]{16})</code></p>")
APPROVE = re.compile(r'action="(/desk/accounts/rights/[0-9a-f-]+/approve/)"')
DECLINE = re.compile(r'action="(/desk/accounts/rights/[0-9a-f-]+/decline/)"')


@pytest.fixture
def office(owner_sql: Callable[..., Any]) -> dict[str, Any]:
    """One organisation with two administrators and a colleague."""
    ours = make_organisation(owner_sql)
    return {
        "ours": ours,
        "anna": make_user(owner_sql, {ours: [Role.ADMINISTRATOR]}),
        "boris": make_user(owner_sql, {ours: [Role.ADMINISTRATOR]}),
        "colleague": make_user(owner_sql, {ours: [Role.READER]}),
    }


def _propose(office: dict[str, Any], username: str = "newcomer", role: str = "reader") -> Any:
    return signed_in_client(office["anna"]).post(
        MEMBERS, {"username": username, "organisation": office["ours"], "role": role}
    )


def _part(page: str) -> str:
    found = CODE.search(page)
    assert found, page
    return found[1]


def _signs_in(username: str, passphrase: str) -> bool:
    answer = Client().post("/accounts/sign-in/", {"login": username, "password": passphrase})
    return bool(answer.status_code == 302)


def test_a_new_person_exists_when_a_second_administrator_approves(
    office: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    page = _propose(office).content.decode()
    first = _part(page)
    assert user_named("newcomer") is None
    other = signed_in_client(office["boris"])
    waiting = other.get(MEMBERS).content.decode()
    assert "newcomer" in waiting
    assert first not in waiting
    (address,) = APPROVE.findall(waiting)
    approved = other.post(address).content.decode()
    second = _part(approved)
    assert user_named("newcomer") is not None
    assert not _signs_in("newcomer", first)
    assert not _signs_in("newcomer", second)
    assert not _signs_in("newcomer", second + first)
    assert _signs_in("newcomer", first + second)
    assert other.post(address).status_code == 404
    assert second not in other.get(MEMBERS).content.decode()
    row = owner_sql(
        "SELECT m.role, m.proposed_by, m.approved_by FROM accounts_membership m"
        " JOIN accounts_user u ON u.id = m.user_id WHERE u.username = 'newcomer'"
    )
    assert row == [("reader", office["anna"].pk, office["boris"].pk)]
    verbs = owner_sql("SELECT verb, actor FROM audit_entry ORDER BY seq")
    assert ("rights.proposed", office["anna"].pk) in verbs
    assert ("rights.approved", office["boris"].pk) in verbs


def test_whoever_proposed_sees_no_way_to_approve(office: dict[str, Any]) -> None:
    _propose(office)
    page = signed_in_client(office["anna"]).get(MEMBERS).content.decode()
    assert "another administrator approves it" in page
    assert not APPROVE.findall(page)
    assert DECLINE.findall(page)


def test_the_first_part_is_nowhere_in_clear(
    office: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    first = _part(_propose(office).content.decode())
    for table in ("accounts_rightsproposal", "audit_entry", "audit_detail", "accounts_websession"):
        assert first not in str(owner_sql(f"SELECT * FROM {table}")), table


def test_name_and_sealed_part_go_when_it_is_answered(
    office: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    for answer in (approve_rights, decline_rights):
        _propose(office, f"for-{answer.__name__}")
        with in_person(office["boris"]) as actor:
            (found,) = rights_for(actor)
            answer(found, actor=actor, at=timezone.now())
            with pytest.raises(RightsRefused, match="has been answered"):
                answer(found, actor=actor, at=timezone.now())
    rows = owner_sql("SELECT username, part, answer FROM accounts_rightsproposal ORDER BY answer")
    assert rows == [("", "", "approved"), ("", "", "declined")]


def test_whoever_proposed_withdraws(office: dict[str, Any], owner_sql: Callable[..., Any]) -> None:
    _propose(office)
    client = signed_in_client(office["anna"])
    (address,) = DECLINE.findall(client.get(MEMBERS).content.decode())
    assert client.post(address).status_code == 302
    assert owner_sql("SELECT answer FROM accounts_rightsproposal") == [("withdrawn",)]
    assert not DECLINE.findall(client.get(MEMBERS).content.decode())


def test_somebody_known_keeps_the_passphrase(office: dict[str, Any]) -> None:
    page = _propose(office, office["colleague"].username, "publisher").content.decode()
    assert not CODE.search(page)
    client = signed_in_client(office["boris"])
    (address,) = APPROVE.findall(client.get(MEMBERS).content.decode())
    assert not CODE.search(client.post(address).content.decode())
    with in_person(office["anna"]) as actor:
        held = members_for(actor).filter(user_id=office["colleague"].pk)
        assert {each.role for each in held} == {"reader", "publisher"}


def test_access_is_renewed_by_two(office: dict[str, Any], owner_sql: Callable[..., Any]) -> None:
    colleague = office["colleague"]
    set_up_totp(colleague, SECRET)
    session = signed_in_client(colleague)
    page = f"/desk/accounts/people/{colleague.pk}/"
    first = _part(signed_in_client(office["anna"]).post(f"{page}renew/").content.decode())
    assert session.get("/desk/accounts/sessions/").status_code == 200, "nothing has changed yet"
    again = signed_in_client(office["anna"]).post(f"{page}renew/").content.decode()
    assert "waits already" in again
    client = signed_in_client(office["boris"])
    (address,) = APPROVE.findall(client.get(MEMBERS).content.decode())
    second = _part(client.post(address).content.decode())
    assert session.get("/desk/accounts/sessions/").status_code == 302
    assert not owner_sql("SELECT 1 FROM mfa_authenticator WHERE user_id = %s", [colleague.pk])
    assert _signs_in(colleague.username, first + second)


@pytest.mark.parametrize(
    ("username", "role", "why"),
    [
        ("no spaces", "reader", "letters, digits"),
        ("x" * 65, "reader", "64"),
        ("{colleague}", "reader", "this role already"),
        ("{anna}", "publisher", "for themselves"),
    ],
)
def test_what_cannot_be_proposed_says_why(
    office: dict[str, Any], username: str, role: str, why: str
) -> None:
    named = username.format(colleague=office["colleague"].username, anna=office["anna"].username)
    page = _propose(office, named, role)
    assert why in page.content.decode()
    with in_person(office["anna"]) as actor:
        assert not rights_for(actor).exists()


def test_the_same_is_proposed_once(office: dict[str, Any]) -> None:
    _propose(office)
    assert "waits already" in _propose(office, role="publisher").content.decode()


def test_the_desk_of_an_administrator_shows_what_waits(office: dict[str, Any]) -> None:
    _propose(office)
    link = re.compile(rf'href="{MEMBERS}"[^>]*>People and roles(.*?)</a>')
    own = "/desk/accounts/sessions/"
    for name, count in (("boris", "1"), ("anna", None)):
        found = link.search(signed_in_client(office[name]).get(own).content.decode())
        assert found, name
        assert (count is None) == (found[1] == ""), found[1]
        assert count is None or f">{count}<" in found[1]
    assert not link.search(signed_in_client(office["colleague"]).get(own).content.decode())


def test_who_is_no_administrator_counts_and_names_nothing(
    office: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    stranger = make_user(owner_sql, {make_organisation(owner_sql): [Role.ADMINISTRATOR]})
    _propose(office)
    with in_person(stranger) as actor:
        assert rights_waiting(actor) == 0
        assert account_name(actor, office["anna"].pk) == ""
    with in_person(office["boris"], second_factor=False) as actor:
        assert rights_waiting(actor) == 0


def test_roles_are_taken_by_one(office: dict[str, Any]) -> None:
    with in_person(office["anna"]) as actor:
        for held in members_for(actor).filter(user_id=office["boris"].pk):
            withdraw_role(held, actor=actor, at=timezone.now())
    with in_person(office["boris"]) as actor:
        assert actor.organisations == frozenset()


def test_somebody_with_a_role_elsewhere_is_not_renewed(
    office: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    between = make_user(
        owner_sql, {office["ours"]: [Role.READER], make_organisation(owner_sql): [Role.READER]}
    )
    with in_person(office["anna"]) as actor:
        member = members_for(actor).get(user_id=between.pk)
        with pytest.raises(RightsRefused, match="do not administer"):
            propose_renewal(member, actor=actor, at=timezone.now())


def test_the_public_names_nobody(office: dict[str, Any]) -> None:
    assert account_name(PUBLIC, office["anna"].pk) == ""
    with pytest.raises(RightsRefused):
        propose_role(
            "x", Organisation(pk=office["ours"]), Role.READER, actor=PUBLIC, at=timezone.now()
        )
