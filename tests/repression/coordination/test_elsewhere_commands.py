"""Guests and proposals of partners elsewhere at the terminal; notices under `sanctions notices`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.core.accounts.terminal import run_at_terminal
from tests.core.matching.factories import at_terminal_as_shown
from tests.core.vault.factories import PASSPHRASE
from tests.repression.coordination.factories import NAME, make_body
from tests.repression.coordination.scene_elsewhere import (
    agreed_across,
    befriended,
    make_across,
    make_house,
    refused_unread,
)
from undaunted.cli.sanctions import commands as sanctions
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import load_invented_lists
from undaunted.core.listings.queries import entries_named
from undaunted.core.sharing.models import Parcel
from undaunted.repression.coordination.commands import commands
from undaunted.repression.coordination.rules import Announced, CoordinationStep

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
UNSEALED = f"{PASSPHRASE}\n"


def _run(user: User, *words: object, code: int = 0, given: str = "") -> str:
    return run_at_terminal(commands, *words, person=user, status=code, given=given)


def _notices(user: User, *words: object, code: int = 0) -> str:
    return run_at_terminal(sanctions, "notices", *words, person=user, status=code)


def _id(told: str) -> str:
    found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", told)
    assert found is not None, told
    return found[0]


def test_a_guest_is_invited_told_and_answers_at_the_terminal(owner_sql: Any) -> None:
    across = make_across(owner_sql)
    ours, theirs = across.ours.body, across.theirs.body
    third = make_house(owner_sql, "XZ", "Zubrowka (invented)")
    befriended(across.ours, third, "government:XZ")
    one = across.proposal.pk
    partner = _id(_run(ours.documenter, "guest", "partners", one))
    assert "there is no such" in _run(ours.documenter, "guest", "invite", one, one, code=2,
                                given=UNSEALED)  # fmt: skip
    invited = _run(ours.documenter, "guest", "invite", one, partner, given=UNSEALED)
    assert "Zubrowka (invented)  waits for a second person" in invited
    assert "no role" in _run(ours.documenter, "guest", "confirm", _id(invited), code=2)
    assert "confirmed" in _run(ours.publisher, "guest", "confirm", _id(invited))
    told = _run(ours.documenter, "guest", "tell", across.guest.pk)
    with acting_as(ours.documenter):
        parcel = Parcel.objects.get(pk=_id(told))
    across.theirs.accepted(across.ours.sealed(parcel))
    there = _id(_run(theirs.documenter, "elsewhere", "list"))
    assert NAME not in _run(theirs.documenter, "elsewhere", "show", there)
    assert "party  Zubrowka (invented)  invited" in _run(
        theirs.documenter, "elsewhere", "show", there
    )
    assert NAME in _run(theirs.documenter, "elsewhere", "show", there, "--open", given=UNSEALED)
    assert "words: it is empty" in _run(
        theirs.documenter, "elsewhere", "tell", there, "declined", code=2
    )
    assert "is no day" in _run(
        theirs.documenter, "elsewhere", "tell", there, "prepared", "--due", "soon", code=2
    )
    said = _run(theirs.documenter, "elsewhere", "tell", there, "accepted", "--words", "Yes.")
    with acting_as(theirs.documenter):
        parcel = Parcel.objects.get(pk=_id(said))
    across.ours.accepted(across.theirs.sealed(parcel))
    shown = _run(ours.documenter, "status", one)
    assert f"guest  {across.guest.pk}  Syldavia (invented)  accepted  not yet" in shown
    assert "told  accepted  sealed" in _run(theirs.documenter, "elsewhere", "show", there)
    assert "no such proposal" in _run(ours.documenter, "elsewhere", "show", there, code=2)
    assert "no such guest" in _run(theirs.documenter, "guest", "tell", across.guest.pk, code=2)


def test_a_part_is_ended_and_a_package_set_aside_at_the_terminal(owner_sql: Any) -> None:
    agreed = agreed_across(make_across(owner_sql))
    ours, one = agreed.ours.body, agreed.proposal.pk
    item = refused_unread(agreed, CoordinationStep.HOLD, "Stop.")
    assert f"refused  {item}" in _run(ours.publisher, "status", one)
    _run(ours.documenter, "guest", "set-aside", one, item, code=2)
    assert "set aside" in _run(ours.publisher, "guest", "set-aside", one, item)
    assert agreed.stands() is Announced.AGREED
    assert "nobody has proposed" in _run(
        ours.publisher, "guest", "end", agreed.guest.pk, "--confirm", code=2
    )
    assert "a second person" in _run(ours.documenter, "guest", "end", agreed.guest.pk)
    assert "ended" in _run(ours.publisher, "guest", "end", agreed.guest.pk, "--confirm")
    assert "left  --" in _run(ours.documenter, "status", one)


def test_notices_are_loaded_screened_judged_and_erased(owner_sql: Any, tmp_path: Path) -> None:
    body = make_body(owner_sql, "XZ", government=False, seated=False)
    with acting_as(body.documenter) as actor:
        load_invented_lists(actor=actor, at=timezone.now())
    with acting_as(body.documenter) as actor:
        key = ("xf-invented", "XF-0001")
        listed = entries_named(actor, [key])[key].name
    table = tmp_path / "notices.csv"
    table.write_text(f'number,kind,name,source\nA-1,red,"{listed}",court\n', encoding="utf-8")
    user = body.documenter
    assert "1 notices entered" in _notices(user, "load", table)
    assert "entered already" in _notices(user, "load", table, code=2)
    shown = _notices(user, "list")
    assert "A-1  red  --" in shown
    assert "2 new questions" in _notices(user, "screen")
    asked = _notices(user, "questions")
    assert "2 questions wait." in asked
    words = ("notices", "judge", _id(asked), "different", "--why", "Another birth")
    assert "different" in at_terminal_as_shown(sanctions, *words, person=user)
    assert "1 questions wait." in _notices(user, "questions")
    assert "1 answered before" in _notices(user, "screen")
    assert "erased" in _notices(user, "erase", _id(shown))
    assert "no such notice" in _notices(user, "erase", _id(shown), code=2)
    other = make_body(owner_sql, "XB", government=False, seated=False)
    assert _notices(other.documenter, "list") == ""
    assert "name one of your" in _notices(user, "screen", "--for", "Nobody", code=2)
