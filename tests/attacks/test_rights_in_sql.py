"""One administrator with SQL on the desk's connection tries to give rights alone, or as two."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.accounts.factories import in_person, make_organisation, make_user, set_up_totp
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, acting_with_token, make_token
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

HASH = "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$aGFzaA"
REFUSES = "SELECT account_refuses_approval(%s)"


@pytest.fixture
def scene(owner_sql: Callable[..., Any]) -> dict[str, Any]:
    """Make an organisation with two administrators, a colleague, and another organisation."""
    ours, theirs = make_organisation(owner_sql), make_organisation(owner_sql)
    people = {
        "anna": make_user(owner_sql, {ours: [Role.ADMINISTRATOR]}),
        "boris": make_user(owner_sql, {ours: [Role.ADMINISTRATOR]}),
        "colleague": make_user(owner_sql, {ours: [Role.DOCUMENTER]}),
        "stranger": make_user(owner_sql, {theirs: [Role.ADMINISTRATOR]}),
    }
    return {"ours": ours, "theirs": theirs, **people}


def _sql(statement: str, *parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else [cursor.rowcount]


def _propose(
    place: UUID, person: UUID | None, name: str, role: str = "publisher", what: str = "role"
) -> Any:
    asked = (what, place, person, name, role, "sealed")
    return _sql("SELECT account_propose(%s, %s, %s, %s, %s, %s)", *asked)[0][0]


def _approve(which: Any) -> Any:
    return _sql("SELECT account_approve(%s, %s)", which, HASH)[0][0]


def _administrator(owner_sql: Callable[..., Any], place: UUID, **marks: Any) -> User:
    """Make an administrator whose role bears these marks."""
    made = make_user(owner_sql, {place: [Role.ADMINISTRATOR]})
    for column, value in marks.items():
        owner_sql(
            f"UPDATE accounts_membership SET {column} = %s WHERE user_id = %s", [value, made.pk]
        )
    return made


def test_one_administrator_writes_no_person_role_organisation_or_proposal(
    scene: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    before = owner_sql("SELECT count(*) FROM accounts_membership")
    attempts = (
        "INSERT INTO accounts_membership SELECT * FROM accounts_membership",
        "UPDATE accounts_membership SET role = 'administrator'",
        "UPDATE accounts_membership SET proposed_by = NULL, approved_by = '{boris}'",
        "INSERT INTO accounts_user SELECT * FROM accounts_user",
        "INSERT INTO accounts_organisation SELECT * FROM accounts_organisation",
        "INSERT INTO accounts_rightsproposal SELECT * FROM accounts_rightsproposal",
        "UPDATE accounts_rightsproposal SET proposed_by = '{boris}'",
        "DELETE FROM accounts_rightsproposal",
        "SELECT account_appointed('{anna}', '{ours}', 'infinity')",
    )
    ids = {name: getattr(value, "pk", value) for name, value in scene.items()}
    with in_person(scene["anna"]):
        _propose(scene["ours"], scene["colleague"].pk, "c")
        for attempt in attempts:
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                _sql(attempt.format(**ids))
    assert owner_sql("SELECT count(*) FROM accounts_membership") == before


def test_nobody_approves_what_they_proposed(
    scene: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    with in_person(scene["anna"]):
        made = _propose(scene["ours"], None, "invented")
        assert _sql(REFUSES, made) == [("own",)]
        assert _approve(made) is None
    with in_person(scene["anna"]):
        assert _approve(made) is None
    assert not owner_sql("SELECT 1 FROM accounts_user WHERE username = 'invented'")
    with in_person(scene["boris"]):
        assert _approve(made) is not None
    assert owner_sql("SELECT 1 FROM accounts_user WHERE username = 'invented'")


def test_nobody_proposes_or_approves_rights_of_their_own(scene: dict[str, Any]) -> None:
    with in_person(scene["anna"]):
        assert _propose(scene["ours"], scene["anna"].pk, "anna") is None
        assert _propose(scene["ours"], scene["anna"].pk, "anna", "", "renewal") is None
        for_boris = _propose(scene["ours"], scene["boris"].pk, "boris")
        renewed = _propose(scene["ours"], scene["boris"].pk, "boris", "", "renewal")
    with in_person(scene["boris"]):
        for made in (for_boris, renewed):
            assert _sql(REFUSES, made) == [("concerned",)]
            assert _approve(made) is None


def test_who_became_an_administrator_afterwards_does_not_approve(
    scene: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    with in_person(scene["anna"]):
        made = _propose(scene["ours"], None, "invented")
    later = _administrator(owner_sql, scene["ours"])
    with in_person(later):
        assert _sql(REFUSES, made) == [("newer",)]
        assert _approve(made) is None


def test_a_puppet_of_one_hand_is_neither_of_the_two(
    scene: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    """Made an administrator by one person, before two were needed."""
    puppet = _administrator(owner_sql, scene["ours"], proposed_by=scene["anna"].pk)
    with in_person(scene["anna"]):
        made = _propose(scene["ours"], None, "invented")
    with in_person(puppet):
        assert _sql(REFUSES, made) == [("one_hand",)]
        assert _approve(made) is None
        assert _propose(scene["ours"], None, "another") is None


@pytest.mark.parametrize("turned", [False, True])
def test_one_deceived_colleague_does_not_make_two(
    scene: dict[str, Any], owner_sql: Callable[..., Any], *, turned: bool
) -> None:
    """Boris once approved somebody whom Anna invented: she and her invention are still one."""
    invented = _administrator(
        owner_sql, scene["ours"], proposed_by=scene["anna"].pk, approved_by=scene["boris"].pk
    )
    first, second = (invented, scene["anna"]) if turned else (scene["anna"], invented)
    with in_person(first):
        made = _propose(scene["ours"], None, "another")
    with in_person(second):
        assert _sql(REFUSES, made) == [("pair",)]
        assert _approve(made) is None
    with in_person(scene["boris"]):
        assert _approve(made) is not None


def test_what_somebody_proposed_before_they_left_is_not_approved(
    scene: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    with in_person(scene["anna"]):
        made = _propose(scene["ours"], None, "invented")
    owner_sql("DELETE FROM accounts_membership WHERE user_id = %s", [scene["anna"].pk])
    with in_person(scene["boris"]):
        assert _sql(REFUSES, made) == [("proposer_left",)]
        assert _approve(made) is None


def test_an_old_proposal_is_not_approved(
    scene: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    owner_sql("UPDATE accounts_membership SET since = since - interval '1 year'")
    with in_person(scene["anna"]):
        made = _propose(scene["ours"], None, "invented")
    owner_sql("UPDATE accounts_rightsproposal SET proposed_at = now() - interval '15 days'")
    with in_person(scene["boris"]):
        assert _sql(REFUSES, made) == [("lapsed",)]
        assert _approve(made) is None
        assert _propose(scene["ours"], None, "invented") is not None
    rows = owner_sql("SELECT username, part FROM accounts_rightsproposal WHERE answer = 'lapsed'")
    assert rows == [("", "")]


def test_an_administrator_elsewhere_neither_proposes_nor_approves_nor_sees(
    scene: dict[str, Any],
) -> None:
    with in_person(scene["anna"]):
        made = _propose(scene["ours"], None, "invented")
        assert _propose(scene["theirs"], scene["colleague"].pk, "c") is None
    for name in ("stranger", "colleague"):
        with in_person(scene[name]):
            assert _sql("SELECT count(*) FROM accounts_rightsproposal") == [(0,)]
            assert _sql(REFUSES, made) == [("absent",)]
            assert _approve(made) is None
            assert _sql("SELECT account_decline(%s)", made) == [(False,)]
            assert _propose(scene["ours"], scene["stranger"].pk, "s") is None


def test_half_an_identity_a_job_and_a_token_give_no_rights(scene: dict[str, Any]) -> None:
    with in_person(scene["anna"]):
        made = _propose(scene["ours"], None, "invented")
    set_up_totp(scene["boris"], "JBSWY3DPEHPK3PXP")
    with in_person(scene["boris"]) as actor:
        _, secret = make_token("x", ["registry:decide"], actor=actor, at=timezone.now(), days=1)
    for acting in (
        in_person(scene["boris"], second_factor=False),
        acting_as(scene["boris"]),
        acting_with_token(secret),
        acting_with_token(None),
    ):
        with acting:
            assert _approve(made) is None
            assert _propose(scene["ours"], None, "another") is None
            assert _sql("SELECT account_decline(%s)", made) == [(False,)]


def test_a_proposal_of_one_name_serves_nobody_who_took_the_name_since(
    scene: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    with in_person(scene["anna"]):
        made = _propose(scene["ours"], None, "wanted")
    owner_sql("UPDATE accounts_user SET username = 'wanted' WHERE id = %s", [scene["stranger"].pk])
    with in_person(scene["boris"]):
        assert _sql(REFUSES, made) == [("taken",)]
        assert _approve(made) is None


def test_one_proposal_gives_one_right_however_often_it_is_approved(
    scene: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    third = make_user(owner_sql, {scene["ours"]: [Role.ADMINISTRATOR]})
    with in_person(scene["anna"]):
        made = _propose(scene["ours"], None, "invented")
    given: list[Any] = []

    def approve(person: User) -> None:
        try:
            with in_person(person):
                given.append(_approve(made))
        finally:
            connection.close()

    both = [threading.Thread(target=approve, args=(each,)) for each in (scene["boris"], third)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(one is None for one in given) == [False, True]
    assert owner_sql(
        "SELECT count(*) FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id"
        " WHERE u.username = 'invented'"
    ) == [(1,)]


def test_nonsense_is_no_proposal(scene: dict[str, Any]) -> None:
    ours, colleague = scene["ours"], scene["colleague"].pk
    with in_person(scene["anna"]):
        for what, person, name, role in (
            ("role", colleague, "c", "owner"),
            ("role", colleague, "c", None),
            ("gift", colleague, "c", "reader"),
            (None, colleague, "c", "reader"),
            ("role", uuid4(), "c", "reader"),
            ("role", None, "", "reader"),
            ("role", None, "x" * 65, "reader"),
            ("role", None, scene["boris"].username, "reader"),
            ("role", colleague, "c", "documenter"),
            ("renewal", None, "c", ""),
        ):
            assert _propose(ours, person, name, role, what) is None, (what, name, role)  # type: ignore[arg-type]
        made = _propose(ours, None, "invented")
    with in_person(scene["boris"]):
        assert _sql("SELECT account_approve(%s, 'plain')", made) == [(None,)]


def test_the_end_of_an_account_ends_its_proposals(
    scene: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    with in_person(scene["anna"]):
        assert _propose(scene["ours"], scene["colleague"].pk, "c") is not None
        assert _sql("SELECT account_close(%s)", scene["colleague"].pk) == [(True,)]
    assert owner_sql("SELECT answer, username FROM accounts_rightsproposal") == [("lapsed", "")]


def test_a_role_given_by_one_hand_before_is_marked_by_the_record(
    scene: dict[str, Any], owner_sql: Callable[..., Any]
) -> None:
    """The statement of migration 0005 over what an older version left."""
    at = timezone.now()
    with in_person(scene["anna"]) as actor:
        record_entry(
            "role.given", actor=actor, subject_kind="user", subject_id=scene["boris"].pk, at=at
        )
    owner_sql(
        "UPDATE accounts_membership SET since = %s WHERE user_id = %s", [at, scene["boris"].pk]
    )
    migration = import_module("undaunted.core.accounts.migrations.0005_two_administrators")
    owner_sql(migration.ONE_HAND)
    assert owner_sql(
        "SELECT user_id, approved_by FROM accounts_membership WHERE proposed_by = %s",
        [scene["anna"].pk],
    ) == [(scene["boris"].pk, None)]
