"""Stewards, administrators and officials elsewhere ask the record of acts for what others did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.attacks.sharing_scene import accepted
from tests.attacks.sharing_scene import make_scene as make_shared
from tests.core.accounts.factories import make_organisation, make_user
from tests.repression.dossiers.factories import UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import released
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.queries import verify_chain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

OTHERS = """
    SELECT DISTINCT e.verb, e.subject_kind FROM audit_entry e
    WHERE e.actor IS DISTINCT FROM (SELECT identity_actor())
"""
DETAILS = (
    "SELECT d.detail FROM audit_detail d JOIN audit_entry e ON e.id = d.entry_id WHERE e.verb = %s"
)
BY_NOBODY = {"instance", "ledger", "registry", "campaigns", "sharing"}
ODD = {
    "text": 'Ödön „quoted“ "so" \\ \n\t\u0001 \u007f',
    "Z": [1, -2, {"b": None, "a": True}, [], {}],
    "é": {"": "", "\U0001f600": 2, "\uffff": 1},
    "share": 0.25,
    "small": [1e-07, -0.000012345, 0.0001, 0.00009999],
    "whole": [3.0, 0.0, 123456789012.5, 10**20],
}


def _sql(statement: str, *parameters: Any) -> list[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _seen(user: User) -> set[str]:
    """Give which kinds of what others did somebody reads."""
    with acting_as(user):
        return {kind for _, kind in _sql(OTHERS)}


def _government(owner_sql: Any, country: str) -> UUID:
    made = make_organisation(owner_sql, country=country)
    owner_sql("UPDATE accounts_organisation SET government = true WHERE id = %s", [made])
    return made


@pytest.fixture
def scene(owner_sql: Callable[..., Any], settings: Any, tmp_path: Path) -> Scene:
    """Release a submission of a dossier with an agreement; let another take a package in."""
    settings.DOCUMENTS_FOLDER = tmp_path
    scene = make_scene(owner_sql)
    agree(scene, UNION)
    released(scene, written(scene, "eu-2020-1998"))
    accepted(make_shared(owner_sql))
    return scene


@pytest.mark.parametrize("role", [Role.STEWARD, Role.ADMINISTRATOR])
def test_nobody_elsewhere_reads_what_others_did(scene: Scene, owner_sql: Any, role: Role) -> None:
    assert owner_sql(DETAILS, ["submission.released"])
    official = make_user(owner_sql, {_government(owner_sql, "XR"): [role]})
    other = make_user(owner_sql, {make_organisation(owner_sql, country="XR"): [role]})
    assert _seen(official) == set()
    assert _seen(other) <= BY_NOBODY
    for spy in (official, other):
        with acting_as(spy):
            for verb in ("consent.recorded", "submission.released", "submission.written"):
                assert _sql(DETAILS, verb) == []
            told = " ".join(str(row) for row in _sql("SELECT d.detail FROM audit_detail d"))
            assert str(scene.subject) not in told
            assert verify_chain().whole, "and still verifies what it does not read"


def test_a_steward_reads_what_the_own_people_did_and_of_dossiers_what_the_team_reads(
    scene: Scene, owner_sql: Any
) -> None:
    own = make_user(owner_sql, {scene.desk.organisation: [Role.STEWARD]})
    with acting_as(own):
        assert _sql(DETAILS, "consent.recorded")
        assert _sql(DETAILS, "submission.released") == [], "not of the handling team"
    assert "dossier" not in _seen(own)
    owner_sql("UPDATE dossiers_dossier SET team = team || %s::uuid", [own.pk])
    assert "dossier" in _seen(own)
    clerk = make_user(owner_sql, {scene.desk.organisation: [Role.ADMINISTRATOR]})
    assert _seen(clerk) <= {"user", "organisation", "lock", "rights_proposal", *BY_NOBODY}


def _leave(user: User, kind: str = "matter", detail: dict[str, object] | None = None) -> None:
    with acting_as(user) as actor:
        record_entry(
            "matter.read", actor=actor, subject_kind=kind, subject_id="1", at=timezone.now(),
            detail=detail,
        )  # fmt: skip


def test_whoever_works_at_two_places_is_read_at_neither_for_the_other(owner_sql: Any) -> None:
    ours, theirs = make_organisation(owner_sql), make_organisation(owner_sql)
    _leave(make_user(owner_sql, {ours: [Role.DOCUMENTER], theirs: [Role.DOCUMENTER]}))
    assert _seen(make_user(owner_sql, {ours: [Role.STEWARD]})) == set()
    both = make_user(owner_sql, {ours: [Role.STEWARD], theirs: [Role.STEWARD]})
    assert _seen(both) == {"matter"}


def test_what_somebody_did_stays_with_where_they_worked_then(owner_sql: Any) -> None:
    ours, theirs = _government(owner_sql, "XS"), make_organisation(owner_sql)
    user = make_user(owner_sql, {ours: [Role.DOCUMENTER]})
    _leave(user)
    owner_sql(
        "UPDATE accounts_membership SET organisation_id = %s WHERE user_id = %s", [theirs, user.pk]
    )
    _leave(user, "later")
    assert _seen(make_user(owner_sql, {theirs: [Role.STEWARD]})) == {"later"}
    assert _seen(make_user(owner_sql, {ours: [Role.STEWARD]})) == {"matter"}


def test_where_somebody_works_is_not_said_by_themselves(owner_sql: Any) -> None:
    ours, theirs = make_organisation(owner_sql), make_organisation(owner_sql)
    user = make_user(owner_sql, {ours: [Role.DOCUMENTER]})
    with acting_as(user), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO audit_entry (id, at, actor, verb, subject_kind, subject_id, "right",'
            " digest, previous, hash, organisations) VALUES (gen_random_uuid(), now(), %s, 'x',"
            " 'x', 'x', 'x', '', '', '', ARRAY[%s]::uuid[])",
            [user.pk, theirs],
        )
    assert owner_sql("SELECT organisations FROM audit_entry") == [([ours],)]


def test_a_changed_detail_shows_to_a_steward_who_does_not_read_it(owner_sql: Any) -> None:
    steward = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    _leave(make_user(owner_sql, {make_organisation(owner_sql): [Role.DOCUMENTER]}), detail=ODD)
    with acting_as(steward):
        assert _sql("SELECT 1 FROM audit_detail") == []
        assert verify_chain().whole
    owner_sql("UPDATE audit_detail SET detail = jsonb_set(detail, '{é,\uffff}', '2')")
    with acting_as(steward):
        assert verify_chain().problems == ("the detail of entry 1 was changed",)
