"""The landing page of the desk: what waits for who looks, of every area, and of nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.deciding import decision_proposed, screened
from tests.coercion.screening.factories import AT
from tests.core.accounts.factories import signed_in_client
from undaunted.briefings.queries import deadlines_of
from undaunted.coercion.screening.actions import take_decision
from undaunted.coercion.screening.queries import decision_for
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")


def _waits(who: User) -> dict[str, int]:
    page = signed_in_client(who).get("/desk/").content.decode()
    found = re.findall(r'<dt><a href="([^"]+)">[^<]+</a></dt><dd class="stat-value">(\d+)', page)
    return {address: int(number) for address, number in found}


def test_a_decision_waits_for_a_second_person_until_it_is_taken(owner_sql: Any) -> None:
    scene = screened(owner_sql)
    assert "/desk/screening/" not in _waits(scene.own.documenter)
    proposed = decision_proposed(scene)
    for who in (scene.own.documenter, scene.own.publisher):
        assert _waits(who)["/desk/screening/"] == 1
    assert "/desk/screening/" not in _waits(scene.partner.documenter)
    assert "/desk/screening/" not in _waits(scene.stranger.documenter)
    with acting_as(scene.own.publisher) as actor:
        held = decision_for(actor, proposed.pk)
        assert held is not None
        take_decision(held, actor=actor, at=AT)
    assert "/desk/screening/" not in _waits(scene.own.publisher)


def test_deadlines_are_counted_as_they_come_and_pass_and_the_registry_stays(owner_sql: Any) -> None:
    scene = screened(owner_sql)
    registry = {"/desk/recognition/", "/desk/publication/", "/desk/changes/", "/desk/imports/"}
    assert registry <= set(_waits(scene.own.documenter))
    with acting_as(scene.own.documenter) as actor:
        soon = [deadlines_of(actor, AT + timedelta(days=each)) for each in range(0, 400, 10)]
    assert any(coming for *_, coming in soon)
    assert soon[0][:2] == (0, 0)
    assert sum(soon[-1][:2]) > 0 == soon[-1][2]
    with acting_as(scene.stranger.documenter) as actor:
        assert deadlines_of(actor, AT + timedelta(days=390)) == (0, 0, 0)
