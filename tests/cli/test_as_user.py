"""`--as USER` in a real terminal: both factors asked, refused in one way, the public otherwise.

The first test starts its command from nothing; those of the others are forked from a process that
has loaded everything, each with a session and a terminal of its own.
"""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.utils import timezone

from tests.attacks.standing import COMMAND, Standing, standing
from tests.core.accounts.codes import code_of
from tests.core.accounts.factories import (
    make_organisation,
    make_user,
    set_up_totp,
    signed_in_client,
)
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, acting_with_token
from undaunted.core.accounts.queries import user_named
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from undaunted.config.postgres import Lease
    from undaunted.core.accounts.models import User

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="needs a pty")]

PASSPHRASE = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXP"
WORDS = [sys.executable, "-m", "undaunted.cli.root"]
PATIENCE = 60.0
ROOT = Path(__file__).parents[2]


@pytest.fixture
def steward(ledger: Lease, owner_sql: Any) -> User:
    assert ledger
    user = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    user.set_password(PASSPHRASE)
    owner_sql("UPDATE accounts_user SET password = %s WHERE id = %s", [user.password, user.pk])
    set_up_totp(user, SECRET)
    with acting_as(user) as actor:
        record_entry(
            "case.read", actor=actor, subject_kind="case", subject_id="1", at=timezone.now()
        )
    return user


@pytest.fixture(scope="module")
def surroundings(database_server: Lease) -> dict[str, str]:
    """Give the environment in which `undaunted run` starts its own processes."""
    urls = database_server.urls
    return os.environ | {
        "UNDAUNTED_PROFILE": "test",
        "UNDAUNTED_DESK_URL": urls.desk,
        "UNDAUNTED_PUBLIC_URL": urls.public,
        "UNDAUNTED_INTAKE_URL": urls.intake,
        "UNDAUNTED_SECRET_KEY": settings.SECRET_KEY,
        "UNDAUNTED_SESSION_BINDING_KEY": settings.SESSION_BINDING_KEY.hex(),
        "COLUMNS": "200",
    }


def _code() -> str:
    return code_of(SECRET)


def _next_code() -> str:
    """Give a code for who has used the one of this moment."""
    return code_of(SECRET, 1)


@pytest.fixture(scope="module")
def loaded(surroundings: dict[str, str]) -> Iterator[Standing]:
    """Give the process from which commands are forked."""
    with (
        tempfile.TemporaryDirectory(dir="/tmp") as folder,
        standing(surroundings | {"PYTHONPATH": str(ROOT)}, Path(folder)) as process,
    ):
        yield process


def _from_nothing(
    surroundings: dict[str, str], words: list[str], *answers: str | Callable[[], str]
) -> tuple[int, str]:
    """Run a command in a pseudo-terminal, answering its questions; gives status and screen."""
    child, screen = pty.fork()
    if child == 0:
        os.execve(sys.executable, [*WORDS, *words], surroundings)  # noqa: S606 - no shell wanted
    said = _answered(screen, answers)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said


def _at_terminal(
    loaded: Standing, words: list[str], *answers: str | Callable[[], str]
) -> tuple[int, str]:
    """Do the same in a process that has been loaded."""
    screen, keyboard = pty.openpty()
    loaded.begin(COMMAND, words, terminal=os.ttyname(keyboard))
    said = _answered(screen, answers, keyboard)
    return loaded.ended().status, said


def _answered(
    screen: int, answers: Sequence[str | Callable[[], str]], keyboard: int | None = None
) -> str:
    """Answer what is asked until nobody sits there; our own end of the keyboard holds no one up."""
    said, asked, waiting = "", "", list(answers)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        ready, _, _ = select.select([screen], [], [], 1.0)
        if not ready:
            continue
        try:
            block = os.read(screen, 65536)
        except OSError:
            break
        if not block:
            break
        if keyboard is not None:
            os.close(keyboard)
            keyboard = None
        said += block.decode("utf-8", "replace")
        asked += block.decode("utf-8", "replace")
        if waiting and asked.rstrip().endswith(":"):
            answer = waiting.pop(0)
            text = answer if isinstance(answer, str) else answer()
            os.write(screen, text.encode() + b"\n")
            asked = ""
    os.close(screen)
    if keyboard is not None:
        os.close(keyboard)
    return said


def test_both_factors_are_asked_and_the_command_acts_as_the_user(
    steward: User, surroundings: dict[str, str]
) -> None:
    words = ["--as", steward.username, "audit", "verify"]
    status, said = _from_nothing(surroundings, words, PASSPHRASE, _code)
    assert f"Passphrase of {steward.username}:" in said
    assert "Code of the second factor:" in said
    assert "The chain is whole" in said
    assert status == 0
    assert PASSPHRASE not in said


def test_every_wrong_answer_is_refused_in_the_same_words(
    steward: User, loaded: Standing, owner_sql: Any
) -> None:
    seen = set()
    for name, passphrase, code in (
        (steward.username, "wrong", _code),
        (steward.username, PASSPHRASE, "000000"),
        ("nobody-at-all", PASSPHRASE, _code),
    ):
        words = ["--as", name, "audit", "verify"]
        status, said = _at_terminal(loaded, words, passphrase, code)
        seen.add((status, said.replace(name, "USER").strip()))
    assert len(seen) == 1
    ((status, said),) = seen
    assert status == 2
    assert "user name, passphrase or code is wrong" in said
    assert "entries" not in said
    live = "SELECT count(*) FROM accounts_identity WHERE kind = 'terminal' AND closed_at IS NULL"
    assert owner_sql(live) == [(0,)]


def test_who_uses_a_code_twice_is_told_that_each_is_taken_once(
    steward: User, loaded: Standing
) -> None:
    words, code = ["--as", steward.username, "audit", "verify"], _code()
    assert _at_terminal(loaded, words, PASSPHRASE, code)[0] == 0
    status, said = _at_terminal(loaded, words, PASSPHRASE, code)
    assert status == 2
    assert "each code is taken once, so wait for the next one" in " ".join(said.split())


def test_who_cannot_be_asked_is_told_that_signing_in_needs_a_terminal() -> None:
    words = [*WORDS, "--as", "nobody", "audit", "verify"]
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        start_new_session=True, timeout=PATIENCE, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("undaunted: signing in asks for a passphrase and a code, and")
    assert "Warning" not in done.stderr
    assert "Aborted" not in done.stderr


def test_without_as_commands_act_as_the_public(steward: User, loaded: Standing) -> None:
    assert steward
    for words in (
        ["audit", "verify"],
        ["accounts", "token", "list"],
        ["accounts", "organisations"],
    ):
        said = loaded.do(COMMAND, words)
        assert said.status == 2, said.err
        assert "--as USER" in said.err
    said = loaded.do(COMMAND, ["registry", "count", "--as-of", "2025-12-31", "--json"])
    assert said.status == 0, said.err
    assert json.loads(said.out)["persons"] == 0


def test_a_token_made_at_the_terminal_opens_the_api(steward: User, loaded: Standing) -> None:
    words = ["--as", steward.username, "accounts", "token", "make", "nightly"]
    words += ["--scope", "registry:read", "--days", "7"]
    status, said = _at_terminal(loaded, words, PASSPHRASE, _code)
    assert status == 0, said
    secret = next(line for line in said.split() if line.startswith("undaunted_"))
    with acting_with_token(secret) as actor:
        assert actor.id == steward.pk
    wrong = [*words[:-3], "everything"]
    status, said = _at_terminal(loaded, wrong, PASSPHRASE, _next_code)
    assert status == 2
    assert "scopes: choose among registry:read" in said


def test_the_ids_of_ones_organisations_are_told(
    steward: User, loaded: Standing, owner_sql: Any
) -> None:
    words = ["--as", steward.username, "accounts", "organisations"]
    status, said = _at_terminal(loaded, words, PASSPHRASE, _code)
    assert status == 0, said
    held = owner_sql("SELECT organisation_id FROM accounts_membership")
    assert held
    assert all(str(each)[:8] in said for (each,) in held)


def test_the_panic_lock_at_the_terminal_ends_everything_and_keeps_out(
    steward: User, loaded: Standing, owner_sql: Any
) -> None:
    browser = signed_in_client(steward)
    assert browser.get("/desk/accounts/sessions/").status_code == 200
    words = ["--as", steward.username, "accounts", "panic"]
    status, said = _at_terminal(loaded, words, PASSPHRASE, _code)
    assert status == 0, said
    assert "have ended, everywhere" in said
    assert "locked" not in said
    assert browser.get("/desk/accounts/sessions/").status_code == 302
    live = "SELECT count(*) FROM accounts_identity WHERE closed_at IS NULL"
    assert owner_sql(live) == [(0,)]
    status, said = _at_terminal(loaded, [*words, "--lock"], PASSPHRASE, _next_code)
    assert status == 0, said
    assert "two colleagues" in said
    assert user_named(steward.username) is None
    assert owner_sql("SELECT user_id FROM accounts_lock") == [(steward.pk,)]
