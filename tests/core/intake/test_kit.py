"""The offline form is signed; what it saves is taken in once, wholly, by its own team's site."""

from __future__ import annotations

import hashlib
import json
import subprocess
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.intake.browser import Team, box_of
from tests.core.vault.factories import Office, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.actions import (
    AnotherTeam,
    HandedInBefore,
    open_mailbox,
    take_handed,
)
from undaunted.core.intake.commands import commands
from undaunted.core.intake.queries import mailbox_by_receipt, queue_for
from undaunted.core.intake.readers import HANDED, SealedUnreadable
from undaunted.core.intake.rules import (
    Answers,
    Danger,
    Door,
    WhyOpened,
    fingerprint_of,
    kit_number,
    sign_kit,
    verify_kit,
)
from undaunted.core.vault.queries import team_keys
from undaunted.core.vault.rules import INTAKE, NotAnEnvelope

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undaunted.core.intake.rules import Receipt

pytestmark = pytest.mark.usefixtures("ledger")

STORY = Answers(Door.TARGETED, Danger.SOON, {"story": "By hand, CANARY33."}, "en")
SECRET = b"of-this-test" * 5


@pytest.fixture
def office(owner_sql: Callable[..., object]) -> Office:
    return make_office(owner_sql)


def _team(office: Office) -> Team:
    keys = team_keys(PUBLIC, office.team, door=INTAKE)
    return Team(office.team, keys.holder, tuple(keys.recipients.values()))


def _saved(team: Team, **change: Any) -> tuple[Receipt, bytes]:
    """Give what the form saves, with a change in the box that its digest covers."""
    receipt, sent = box_of(team, STORY)
    sent["mailboxes"][0] |= change
    return receipt, _file(json.dumps(sent))


def _file(inside: str, **change: Any) -> bytes:
    digest = hashlib.sha256(inside.encode()).hexdigest()
    held = {"format": HANDED, "kit": "0", "digest": digest, "sent": inside}
    return json.dumps(held | change).encode()


def _mailboxes(owner_sql: Any) -> int:
    return int(owner_sql("SELECT count(*) FROM intake_mailbox, vault_record")[0][0])


def test_file_is_taken_in_opened_by_the_team_and_answered_to_its_receipt(office: Office) -> None:
    receipt, content = _saved(_team(office))
    assert mailbox_by_receipt(PUBLIC, receipt) is None
    assert take_handed(content, at=timezone.now()) == 1
    assert mailbox_by_receipt(PUBLIC, receipt) is not None
    with office.caseworker.acting() as actor:
        (mailbox,) = queue_for(actor)
        (letter,) = open_mailbox(
            mailbox,
            key=office.caseworker.key,
            actor=actor,
            at=timezone.now(),
            reason=WhyOpened.FIRST_LOOK,
        )
    assert letter.answers == STORY


def test_file_is_taken_in_once_whatever_is_changed_around_it(
    office: Office, owner_sql: Any
) -> None:
    team = _team(office)
    receipt, content = _saved(team)
    take_handed(content, at=timezone.now())
    with pytest.raises(HandedInBefore):
        take_handed(content, at=timezone.now())
    _, same_receipt = _saved(team, lookup=receipt.lookup.hex())
    with pytest.raises(HandedInBefore):
        take_handed(same_receipt, at=timezone.now())
    assert _mailboxes(owner_sql) == 1


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"", "body"),
        (b"not json", "body"),
        (b"[]", "body"),
        (b"{}", "format"),
        (_file("{}", format="another"), "format"),
        (_file("{}", sent=None), "sent"),
        (_file("{}", digest="0" * 64), "digest"),
        (_file("{}", digest="0"), "digest"),
        (_file("{}"), "mailboxes"),
        (_file('{"mailboxes": [{}], "team": "x"}'), "team"),
    ],
)
def test_damaged_file_names_what_is_wrong(content: bytes, field: str) -> None:
    with pytest.raises(SealedUnreadable) as told:
        take_handed(content, at=timezone.now())
    assert told.value.field == field


def test_file_for_another_team_and_one_that_is_not_sealed_leave_nothing(
    office: Office, owner_sql: Any
) -> None:
    team = _team(office)
    _, foreign = _saved(Team(uuid4(), team.holder, team.recipients))
    with pytest.raises(AnotherTeam):
        take_handed(foreign, at=timezone.now())
    _, plain = _saved(team, envelope="bm90IHNlYWxlZA==")
    with pytest.raises(NotAnEnvelope):
        take_handed(plain, at=timezone.now())
    assert _mailboxes(owner_sql) == 0


def test_signature_holds_for_these_bytes_and_this_instance_alone() -> None:
    signature = sign_kit(b"a form", SECRET)
    assert verify_kit(b"a form", signature, SECRET)
    assert not verify_kit(b"a fork", signature, SECRET)
    assert not verify_kit(b"a form", signature, b"another instance" * 4)
    assert fingerprint_of(SECRET) != fingerprint_of(b"another instance" * 4)


def test_number_of_the_form_changes_with_the_keys_of_the_team() -> None:
    team = uuid4()
    assert kit_number(team, ["b", "a"]) == kit_number(team, ["a", "b"])
    assert kit_number(team, ["a"]) != kit_number(team, ["a", "b"])


def test_commands_write_verify_and_take_in(
    office: Office, tmp_path: Path, settings: Any, owner_sql: Any
) -> None:
    run, out = CliRunner(), tmp_path / "form.html"
    made = run.invoke(commands, ["kit", str(out), "--team", str(office.team), "--language", "ar"])
    assert made.exit_code == 0, made.output
    assert fingerprint_of(settings.SECRET_KEY.encode()) in made.output
    page = out.read_text("utf-8")
    assert 'dir="rtl"' in page
    assert all(each in page for each in _team(office).recipients)
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert run.invoke(commands, ["verify", str(out)]).exit_code == 0
    asked = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", f"{out}.pub", "-rawin"]
    subprocess.run([*asked, "-in", out, "-sigfile", f"{out}.sig"], check=True, capture_output=True)
    out.write_text(page.replace("age1", "age2", 1), "utf-8")
    refused = run.invoke(commands, ["verify", str(out)])
    assert refused.exit_code == 2
    assert "it was changed" in refused.output
    assert run.invoke(commands, ["verify", str(tmp_path / "none.html")]).exit_code == 2
    assert run.invoke(commands, ["kit", str(out), "--team", str(uuid4())]).exit_code == 2
    refused = run.invoke(commands, ["kit", str(out), "--language", "zz"])
    assert refused.exit_code == 2
    assert "the form speaks en, " in refused.output
    _, good = _saved(_team(office))
    _, foreign = _saved(Team(uuid4(), office.holder, _team(office).recipients))
    _, plain = _saved(_team(office), envelope="bm90IHNlYWxlZA==")
    for name, content in (("1", good), ("2", good), ("3", foreign), ("4", b"x"), ("5", plain)):
        (tmp_path / name).write_bytes(content)
    brought = run.invoke(commands, ["import", *(str(tmp_path / name) for name in "123456")])
    assert brought.exit_code == 2
    said = brought.output.replace("\n", " ")
    for words in (
        "1: taken in, 1 mailbox",
        "2: it was handed in before",
        "3: it is sealed to a team",
        "4: body",
        "5: give the first",
        "6: No such file",
    ):
        assert words in said, said
    assert _mailboxes(owner_sql) == 1
