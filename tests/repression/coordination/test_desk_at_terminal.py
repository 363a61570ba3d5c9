"""All that the desk of coordination does, at the terminal: seats, proposals, cases, petitions."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.core.accounts.terminal import run_at_terminal
from tests.core.vault.factories import PASSPHRASE, Colleague, take_in
from tests.repression.coordination.factories import NAME, make_body, make_scene, timed
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import load_invented_lists
from undaunted.core.vault.actions import make_key_pair
from undaunted.core.vault.rules import FLOOR
from undaunted.repression.coordination.commands import commands

if TYPE_CHECKING:
    from pathlib import Path

    from tests.repression.coordination.factories import Body
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
KEY = f"{PASSPHRASE}\n"
ENTRY = "xf-invented:XF-0001"
PROPOSAL = """
kind = "described"
name = "Ivo Marek (invented)"
state = "XR"
identification = "Born in 1961 in Zenda (invented)."
conduct = "Ordered that prisoners be beaten (invented)."
exculpatory = "Looked for in vain (invented)."
authorities = ["xf-rights"]
tlp = "AMBER+STRICT"
invited = ["{invited}"]
"""
CASE = f"""
entry = "{ENTRY}"
number = "T-1/26"
court = "Court of Freedonia (invented)"
outcome = "pending"
day = 2026-05-04
source = "Register of the court (invented)"
"""
PETITION = f"""
authority = "xf-rights"
asked = "delisting"
received_on = 2026-05-04
entry = "{ENTRY}"
name = "Viktor Strovik (invented)"
asks = "Not me."
"""


def _run(user: User, *words: object, code: int = 0, given: str = "") -> str:
    return run_at_terminal(commands, *words, person=user, status=code, given=given)


def _id(told: str) -> str:
    found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", told)
    assert found is not None, told
    return found[0]


def _lists(body: Body) -> None:
    with acting_as(body.documenter) as actor:
        load_invented_lists(actor=actor, at=timezone.now())


def _file(folder: Path, name: str, text: str) -> Path:
    made = folder / name
    made.write_text(text, encoding="utf-8")
    return made


def test_a_seat_is_taken_by_two_people_at_the_terminal(owner_sql: Any) -> None:
    body, other = make_body(owner_sql, "XS", seated=False), make_body(owner_sql, "XF")
    first, second = body.documenter, body.publisher
    assert "no such team" in _run(first, "seat", "take", other.team, code=2)
    made = _id(_run(first, "seat", "take", body.team))
    assert "no role" in _run(first, "seat", "confirm", made, code=2)
    absent = uuid4()
    alike = _run(other.publisher, "seat", "confirm", made, code=2).replace(made, str(absent))
    assert alike == _run(other.publisher, "seat", "confirm", absent, code=2)
    assert "confirmed" in _run(second, "seat", "confirm", made)
    assert str(body.id) in _run(other.documenter, "seats")


def test_a_proposal_is_drawn_up_widened_and_ended_at_the_terminal(
    owner_sql: Any, tmp_path: Path
) -> None:
    scene = make_scene(owner_sql)
    _lists(scene.proposer)
    first, second = scene.proposer.documenter, scene.proposer.publisher
    third, stranger = make_body(owner_sql, "XL"), scene.stranger.documenter
    told = _file(tmp_path, "p.toml", PROPOSAL.format(invited=scene.partner.id))
    assert "no role" in _run(second, "draw-up", told, code=2)
    made = _id(_run(first, "draw-up", told))
    assert "there is no such proposal" in _run(scene.partner.documenter, "status", made, code=2)
    _run(second, "send", made)
    assert "Ivo Marek" in _run(scene.partner.documenter, "status", made, "--open", given=KEY)

    one = scene.proposal.pk
    assert "there is no such proposal" in _run(stranger, "invite", one, third.id, code=2)
    invited = _id(_run(first, "invite", one, third.id, given=KEY))
    assert "waits for a second person" in _run(first, "status", one)
    assert "no role" in _run(first, "confirm-invited", invited, code=2)
    assert "there is no such party" in _run(stranger, "confirm-invited", invited, code=2)
    assert "there is no such proposal" in _run(third.documenter, "status", one, code=2)
    assert "confirmed" in _run(second, "confirm-invited", invited)
    assert NAME in _run(third.documenter, "status", one, "--open", given=KEY)

    assert "and not both" in _run(first, "tie", one, code=2)
    assert "tied" in _run(first, "tie", one, "--entry", ENTRY)
    assert "tied" in _run(first, "tie", one, "--submission", uuid4())
    assert ENTRY in _run(third.documenter, "status", one, "--open", given=KEY)
    assert "sealed anew" in _run(first, "reseal", one, given=KEY)
    due = timezone.now() + timedelta(days=3)
    assert "gazette  open" in _run(first, "prepare", one, "gazette", "open", "--due", f"{due:%F}")

    assert "none was named" in _run(first, "ics", one, "--out", tmp_path / "a.ics", code=2)
    timed(scene)
    _run(first, "ics", one, "--out", tmp_path / "a.ics")
    calendar = (tmp_path / "a.ics").read_text(encoding="utf-8")
    assert ("BEGIN:VCALENDAR" in calendar, "Vantsky" in calendar) == (True, False)
    assert "not there yet" in _run(first, "ics", one, "--out", tmp_path / "a.ics", code=2)

    assert "nobody has proposed" in _run(second, "end", one, "--confirm", code=2)
    _run(scene.partner.documenter, "end", one, code=2)
    assert "proposed" in _run(first, "end", one)
    assert "no role" in _run(first, "end", one, "--confirm", code=2)
    assert "ended" in _run(second, "end", one, "--confirm")
    assert "ended" in _run(first, "status", one)


def test_a_court_case_is_published_and_taken_down_at_the_terminal(
    owner_sql: Any, tmp_path: Path
) -> None:
    body, other = make_body(owner_sql, "XF"), make_body(owner_sql, "XS")
    _lists(body)
    first, second = body.documenter, body.publisher
    told = _file(tmp_path, "case.toml", CASE)
    assert "no role" in _run(second, "case", "enter", told, code=2)
    made = _id(_run(first, "case", "enter", told))
    assert "waits for a second person" in _run(first, "case", "list")
    assert _run(other.documenter, "case", "list") == ""
    assert "no role" in _run(first, "case", "publish", made, code=2)
    for step in ("publish", "withdraw"):
        refused = _run(other.publisher, "case", step, made, code=2)
        assert "there is no such court case for you" in refused
    assert "published" in _run(second, "case", "publish", made)
    assert f"published  {ENTRY}  T-1/26" in _run(first, "case", "list")
    assert "taken down" in _run(second, "case", "withdraw", made)
    assert "taken down" in _run(first, "case", "list")


def test_a_petition_is_answered_by_two_people_at_the_terminal(
    owner_sql: Any, tmp_path: Path
) -> None:
    body, other = make_body(owner_sql, "XF"), make_body(owner_sql, "XS")
    _lists(body)
    with acting_as(body.publisher) as actor:
        make_key_pair(PASSPHRASE, actor=actor, at=timezone.now(), work=FLOOR)
    take_in(owner_sql, body.team, body.publisher.pk, by=Colleague(body.documenter, body.key))
    first, second = body.documenter, body.publisher
    words = _file(tmp_path, "words.txt", "The witnesses stand.")
    told = _file(tmp_path, "petition.toml", PETITION)
    assert "no role" in _run(second, "petition", "enter", told, code=2)
    made = _id(_run(first, "petition", "enter", told))
    assert made in _run(first, "petition", "list")
    assert _run(other.documenter, "petition", "list") == ""
    for step in (
        ("show", made), ("acknowledge", made), ("add", made, "review", words),
        ("answer", made, "refused", words), ("let-out", made, made),
        ("letter", made, "--out", tmp_path / "x.pdf"),
    ):  # fmt: skip
        refused = _run(other.documenter, "petition", *step, code=2)
        assert f"{made}: there is no such petition for you" in refused
    assert "Viktor" not in _run(first, "petition", "show", made)
    assert "asks: Not me." in _run(first, "petition", "show", made, "--open", given=KEY)
    _run(first, "petition", "acknowledge", made)
    assert "acknowledged before" in _run(first, "petition", "acknowledge", made, code=2)
    drawn = ("petition", "answer", made, "refused", words)
    assert "look at the evidence anew" in _run(first, *drawn, code=2)
    assert "by a second person" in _run(first, "petition", "add", made, "answer", words, code=2)
    for kind in ("review", "exculpatory"):
        _run(first, "petition", "add", made, kind, words)
    _run(first, *drawn)
    read = _run(second, "petition", "show", made, "--open", given=KEY)
    paper = _id(re.search(r"^answer .*$", read, re.MULTILINE)[0])  # type: ignore[index]
    _run(first, *drawn)
    let = ("petition", "let-out", made)
    assert "drawn up anew meanwhile" in _run(second, *let, paper, code=2, given=KEY)
    read = _run(second, "petition", "show", made, "--open", given=KEY)
    paper = _id(re.findall(r"^answer .*$", read, re.MULTILINE)[-1])
    assert "no role" in _run(first, *let, paper, code=2, given=KEY)
    _run(second, *let, paper, code=2, given="wrong\n")
    assert "open" in _run(first, "petition", "list")
    assert "let out" in _run(second, *let, paper, given=KEY)
    assert "answered 20" in _run(first, "petition", "list")
    letter = ("petition", "letter", made, "--out")
    assert "end its name in" in _run(first, *letter, tmp_path / "a.txt", code=2)
    _run(first, *letter, tmp_path / "a.pdf", given=KEY)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
