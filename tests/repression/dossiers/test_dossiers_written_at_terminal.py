"""A dossier from its opening to its end at the terminal, out of files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.core.accounts.terminal import run_at_terminal
from tests.repression.dossiers.factories import VICTIM, Scene, make_scene
from undaunted.repression.dossiers.commands import commands
from undaunted.repression.dossiers.models import Dossier

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
PARTS = """
[[act]]
act = "{claim}"

[[link]]
accused = "Michael Strelsau"
act = "{claim}"
mode = "ordered"
reasons = "Signed the order (invented)."
sources = ["{source}"]
grade = "A2"

[[person]]
name = "Michael Strelsau"
sources = ["{source}"]
grade = "A2"

[[detail]]
accused = "Michael Strelsau"
kind = "birth"
text = "1961-04"

[[statement]]
accused = "Michael Strelsau"
kind = "searched"
body = "The gazette."

[[reply]]
accused = "Michael Strelsau"
reply = "unsafe"
reasons = "Whoever asks is arrested."
"""

WRONG = """
[[person]]
name = "Rupert Hentzau"
{rest}
[[person]]
name = "?"

[[detail]]
accused = "?"
kind = "birth"
text = "1961"

[[detail]]
accused = "Rupert Hentzau"
kind = "birth"
text = "1961"
colour = 1

[[post]]
accused = "Nobody Here"
office = "Warden"
grade = "Z9"

[[finding]]
fact = "wealth"
value = "met"
reasons = "So."

[[thing]]

[[other]]
"""


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def _run(user: User, *words: object, code: int = 0) -> str:
    return run_at_terminal(commands, *words, person=user, status=code)


def _file(folder: Path, text: str) -> Path:
    made = folder / f"{uuid4()}.toml"
    made.write_text(text, encoding="utf-8")
    return made


def _alike(user: User, *words: object, one: object) -> bool:
    """Whether a dossier answers as one does that is not there."""
    absent = uuid4()
    said = _run(user, *words, code=2).replace(str(one), str(absent))
    return said == _run(user, *(absent if each == one else each for each in words), code=2)


def test_every_fault_of_a_plan_is_told_at_once(scene: Scene, tmp_path: Path) -> None:
    wrong = 'title = "?"\ncountry = "XX"\ntlp = "PINK"\nteam = ["nobody", "noone"]'
    told = _run(scene.desk.documenter, "new", _file(tmp_path, wrong), code=2)
    for fault in (
        "undaunted: title: write it in words; ",
        "; country: 'XX' is no country; ",
        "; tlp: 'PINK' is no marking of TLP 2.0; ",
        "; team: nobody in your organisation is called 'nobody'; ",
        "; team: nobody in your organisation is called 'noone'",
    ):
        assert fault in told


def test_a_dossier_is_opened_and_filled_out_of_files(scene: Scene, tmp_path: Path) -> None:
    first, second, outside = scene.desk.documenter, scene.desk.publisher, scene.desk.stranger
    opening = 'title = "Another (invented)"\ncountry = "XR"\n'
    team = f'team = ["{second.username}"]\n'
    for wrong, field in (
        ("= no", "file: it is no TOML"), ('title = "x"', "country: it is missing"),
        (f"{opening}colour = 1", "colour: it is not one of title"), (f"{opening}team = 3", "team"),
        (f'{opening}team = ["nobody"]', "team: nobody in your organisation"),
        (f'{opening}tlp = "PINK"', "tlp"),
    ):  # fmt: skip
        assert field in _run(first, "new", _file(tmp_path, wrong), code=2)
    assert "no role" in _run(second, "new", _file(tmp_path, opening + team), code=2)
    one = _run(first, "new", _file(tmp_path, opening + team)).strip()
    offered = _run(first, "offered", one)
    assert str(scene.act.claim) in offered
    assert str(scene.source) in offered
    assert not any(name in offered for name in VICTIM)
    assert _run(first, "offered", one, "--find", "zzzz").splitlines()[0].startswith("modes: ")
    parts = PARTS.format(claim=scene.act.claim, source=scene.source)
    broken = f'{parts}[[finding]]\nfact = "wealth"\nvalue = "met"\nreasons = "So."\n'
    assert "finding 1.fact: 'wealth' is none" in _run(
        first, "add", one, _file(tmp_path, broken), code=2
    )
    assert json.loads(_run(first, "show", one))["people"] == [], "all or none"
    strange = parts.replace('kind = "birth"', 'kind = "birth"\ncolour = 1')
    said = _run(first, "add", one, _file(tmp_path, strange), code=2)
    assert "detail 1.colour: it is not one of" in said
    assert "'thing' is no part: [[act]]" in _run(
        first, "add", one, _file(tmp_path, "[[thing]]"), code=2
    )
    assert _alike(outside, "add", one, _file(tmp_path, parts), one=one)
    _run(first, "add", one, _file(tmp_path, parts))
    shown = json.loads(_run(first, "show", one))
    (person,) = shown["people"]
    assert (person["names"], person["reply"]) == (["Michael Strelsau"], "unsafe")
    assert (len(shown["acts"]), len(person["links"])) == (1, 1)
    statement = person["exculpatory"][0]["id"]
    assert "no role" in _run(first, "confirm", one, statement, code=2)
    assert "confirmed" in _run(second, "confirm", one, statement)
    assert "0 alike" in _run(first, "search", one)
    assert "changed" in _run(first, "change", one, _file(tmp_path, 'title = "Anew"'))
    shown = json.loads(_run(first, "show", one))
    assert (shown["title"], len(shown["team"])) == ("Anew", 2)


def test_every_fault_of_parts_is_told_at_once_and_no_id_of_what_is_not_kept(
    scene: Scene, tmp_path: Path
) -> None:
    first, one = scene.desk.documenter, str(scene.dossier.pk)
    before = json.loads(_run(first, "show", one))
    rest = f'sources = ["{scene.source}"]\ngrade = "A2"\n'
    wrong = WRONG.format(rest=rest)
    told = _run(first, "add", one, _file(tmp_path, wrong), code=2)
    for fault in (
        "undaunted: file: 'thing', 'other' is no part: [[act]]",
        "; person 2.name: write it in words; ",
        "; detail 2.colour: it is not one of",
        "; post 1.accused: nobody of the dossier has this id or this name",
        "; post 1.grade: write a letter A to F",
        "; finding 1.fact: 'wealth' is none",
    ):
        assert fault in told
    assert "detail 1" not in told, "it rests on somebody who is refused"
    assert "person  " not in told, "no id is printed of what is not kept"
    assert json.loads(_run(first, "show", one)) == before
    right = (
        f'[[person]]\nname = "Hentzau"\n{rest}[[post]]\naccused = "Hentzau"\noffice = "X"\n{rest}'
    )
    kept = _run(first, "add", one, _file(tmp_path, right)).splitlines()
    assert [line.split()[0] for line in kept] == ["person", "post"]


def test_a_part_is_withdrawn_and_a_dossier_ended_by_two(scene: Scene, tmp_path: Path) -> None:
    first, second, steward = (
        scene.desk.documenter, scene.desk.publisher, scene.desk.steward,
    )  # fmt: skip
    one = str(scene.dossier.pk)
    person = json.loads(_run(first, "show", one))["people"][0]
    assert "withdrawn" in _run(first, "withdraw", one, person["links"][0]["id"])
    part = person["exculpatory"][0]["id"]
    assert "nobody has asked" in _run(second, "withdraw", one, part, "--confirm", code=2)
    assert "why: write it" in _run(first, "withdraw", one, part, code=2)
    assert "a second person" in _run(first, "withdraw", one, part, "--why", "Mistaken.")
    assert "a second person" in _run(second, "withdraw", one, part, "--why", "Mistaken.", code=2)
    assert "withdrawn" in _run(second, "withdraw", one, part, "--confirm")
    team = _file(tmp_path, f'team = ["{second.username}", "{steward.username}"]')
    _run(first, "change", one, team)
    assert "nobody has asked" in _run(second, "close", one, code=2)
    assert "asked" in _run(first, "closing", one, "--why", "Over.")
    _run(first, "close", one, code=2)
    for words in (("closing", one, "--why", "x"), ("close", one), ("erase", one, "--for-good")):
        assert _alike(scene.desk.stranger, *words, one=one)
    assert "close it first" in _run(steward, "erase", one, "--for-good", code=2)
    assert "closed" in _run(second, "close", one)
    assert "it is closed" in _run(first, "change", one, team, code=2)
    assert "--for-good" in _run(steward, "erase", one, code=2)
    _run(first, "erase", one, "--for-good", code=2)
    assert "erased, with 0 submissions" in _run(steward, "erase", one, "--for-good")
    assert not Dossier.objects.filter(pk=one).exists()
