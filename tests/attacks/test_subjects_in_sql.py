"""Whom a proposal is about changed alone in SQL, after its parties answered and said go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.repression.coordination.factories import SUBJECT, accepted, gone, make_scene, timed
from undaunted.core.accounts.actions import acting_as
from undaunted.repression.coordination.actions import open_proposal, renew_seal
from undaunted.repression.coordination.actions.proposing import SUBJECT_KIND
from undaunted.repression.coordination.actions.seats import keys_of, sealed_to
from undaunted.repression.coordination.queries import proposal_for
from undaunted.repression.coordination.rules import subject_data

if TYPE_CHECKING:
    from tests.repression.coordination.factories import Body, Scene
    from undaunted.repression.coordination.models import Proposal

pytestmark = pytest.mark.usefixtures("ledger")
CHANGE = "UPDATE coordination_proposal SET envelope = %s, vouched = %s WHERE id = %s"


def _change(values: list[Any]) -> str:
    with (
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(CHANGE, values)
    return f"{getattr(refused.value.__cause__, 'sqlstate', '')} {refused.value}"


def _held(scene: Scene, body: Body) -> Proposal:
    with acting_as(body.documenter) as actor:
        held = proposal_for(actor, scene.proposal.pk)
    assert held is not None
    return held


def _forged(held: Proposal) -> bytes:
    """Seal another person to the seats of the parties, well formed: their keys are public."""
    other = subject_data(SUBJECT) | {"name": "Somebody Else (invented)"}
    return sealed_to(keys_of(held, waiting=True), held.pk, SUBJECT_KIND, other)


@pytest.mark.parametrize("sent", [True, False])
def test_subject_of_a_proposal_is_not_changed_in_sql(owner_sql: Any, *, sent: bool) -> None:
    scene = make_scene(owner_sql, sent=sent)
    if sent:
        accepted(scene, scene.partner)
        timed(scene)
        gone(scene, scene.partner)
    held = _held(scene, scene.proposer)
    for user in (scene.proposer.documenter, scene.proposer.publisher):
        with acting_as(user):
            forged = _forged(held)
            for code in (None, b"", b"0" * 32):
                assert _change([forged, code, held.pk]).startswith(("28000", "42501"))
            assert _change([b"age", None, held.pk]).startswith(("28000", "42501"))
    assert bytes(_held(scene, scene.proposer).envelope or b"") == bytes(held.envelope or b"")


def test_seal_is_renewed_with_the_same_subject_and_its_code_serves_once(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    before = bytes(_held(scene, scene.proposer).envelope or b"")
    with acting_as(scene.proposer.documenter) as actor:
        renew_seal(scene.proposal, key=scene.proposer.key, actor=actor, at=timezone.now())
    held = _held(scene, scene.proposer)
    assert bytes(held.envelope or b"") != before
    assert held.vouched is None
    with acting_as(scene.proposer.documenter):
        assert _change([before, held.vouched, held.pk]).startswith("28000")
    with acting_as(scene.partner.documenter) as actor:
        opened = open_proposal(held, key=scene.partner.key, actor=actor, at=timezone.now())
    assert opened.subject.name == SUBJECT.name
