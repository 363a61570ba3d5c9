"""`undaunted coordination`: what ends when, what lists did, a proposal at the terminal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.core.accounts.terminal import run_at_terminal
from tests.core.vault.factories import PASSPHRASE
from tests.repression.coordination.factories import NAME, make_scene
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import load_invented_lists
from undaunted.repression.coordination.commands import commands

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")


def _run(user: User, *words: object, code: int = 0, given: str = "") -> str:
    return run_at_terminal(commands, *words, person=user, status=code, given=given)


def test_a_proposal_goes_its_way_at_the_terminal(owner_sql: Any) -> None:
    scene = make_scene(owner_sql, sent=False)
    one, first, second = scene.proposal.pk, scene.proposer.documenter, scene.proposer.publisher
    partner, partner_second = scene.partner.documenter, scene.partner.publisher
    assert "civil society" in _run(first, "seats")
    assert "there is no such proposal for you" in _run(partner, "status", one, code=2)
    assert "sent" in _run(second, "send", one)
    assert NAME not in _run(partner, "status", one)
    assert NAME in _run(partner, "status", one, "--open", given=f"{PASSPHRASE}\n")
    assert "say why" in _run(partner, "answer", one, "declined", code=2)
    _run(partner, "answer", one, "accepted")
    _run(partner, "say", one, "Seen at the terminal")
    opened = _run(first, "status", one, "--open", given=f"{PASSPHRASE}\n")
    assert "Seen at the terminal" in opened
    assert "is none; write it as" in _run(first, "moment", one, "soon", code=2)
    when = (timezone.now() + timedelta(days=1)).isoformat()
    assert "proposed" in _run(first, "moment", one, when)
    _run(partner, "prepare", one, "gazette", "done")
    for recording, confirming in ((first, second), (partner, partner_second)):
        _run(recording, "go", one)
        assert "confirmed" in _run(confirming, "go", one, "--confirm")
    assert "agreed" in _run(partner, "status")
    assert "held" in _run(partner, "hold", one, "A judgment is due")
    assert "prepared" in _run(first, "status", one)
    assert "withdrawn" in _run(second, "withdraw", one)
    assert str(one) not in _run(partner, "status")


def test_lists_and_renewals_are_told_to_everybody(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    user = scene.stranger.documenter
    told = _run(user, "renewals")
    assert "us-eo-13818  verified  past" in told
    assert "there is no list" in _run(user, "designations", "nothing", code=2)
    assert "never loaded" in _run(user, "designations", "xf-invented", code=2)
    with acting_as(user) as actor:
        load_invented_lists(actor=actor, at=timezone.now())
    told = _run(user, "designations", "xf-invented")
    assert "designated  xf-invented:" in told
    assert "designated" not in _run(user, "designations", "xf-invented", "--kind", "removed")
