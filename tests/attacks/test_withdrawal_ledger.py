"""The ledger of withdrawals is killed, cut, altered, taken away and exchanged: nothing is served.

What was acknowledged is never lost: a process is really killed between commit, file and number.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from tests.attacks.test_restored_backup import start
from tests.core.accounts.factories import make_organisation, make_user
from tests.core.consent.test_consent_actions import agree, allowed
from undaunted.cli import session
from undaunted.config.withdrawals import WithdrawalsRefused
from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.queries import ledger_standing, ledger_state
from undaunted.core.consent.rules import (
    FORMER,
    LEDGER,
    NOTED,
    Head,
    Standing,
    Withdrawal,
    WithdrawalKind,
    chained,
    ledger_key,
    line_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
CHILD = """
import os, signal, sys, uuid
from undaunted.config.loading import load_areas
load_areas()
from datetime import datetime, UTC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent, withdrawals
from undaunted.core.consent.models import Grant
def die(*_given, **_more):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(withdrawals, sys.argv[1], die)
with acting_as(uuid.UUID(sys.argv[2])) as actor:
    revoke_consent(Grant.objects.get(), actor=actor, at=datetime(2026, 11, 2, tzinfo=UTC))
"""


@pytest.fixture
def office(owner_sql: Callable[..., object]) -> tuple[UUID, User]:
    organisation = make_organisation(owner_sql)
    return organisation, make_user(owner_sql, {organisation: [Role.DOCUMENTER, Role.STEWARD]})


def folder() -> Path:
    return Path(settings.WITHDRAWALS_FOLDER)


def noted() -> Path:
    return Path(settings.ANCHORS_FOLDER) / NOTED


def withdraw(office: tuple[UUID, User], times: int = 1) -> None:
    for _ in range(times):
        with acting_as(office[1]) as actor:
            grant = agree(actor, office[0], uuid4())
        with acting_as(office[1]) as actor:
            revoke_consent(grant, actor=actor, at=AT)


@pytest.mark.parametrize("place", ["append", "_note_written", "note_head", "write_withdrawals"])
def test_a_process_killed_at_any_step_loses_no_withdrawal(
    place: str, office: tuple[UUID, User], database_server: Lease
) -> None:
    subject = uuid4()
    with acting_as(office[1]) as actor:
        agree(actor, office[0], subject)
    variables = {
        **os.environ,
        **database_server.urls.variables(),
        "UNDAUNTED_SESSION_BINDING_KEY": settings.SESSION_BINDING_KEY.hex(),
        "UNDAUNTED_SECRET_KEY": settings.SECRET_KEY,
    }
    killed = subprocess.run(
        [sys.executable, "-c", CHILD, place, str(office[1].pk)],
        env=variables, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    start()
    assert ledger_standing(PUBLIC).standing is Standing.AGREED
    assert ledger_state(PUBLIC)[0].number == 1
    assert ledger_state(PUBLIC)[1] == 0
    with acting_as(office[1]) as actor:
        assert not allowed(actor, subject, (AT + timedelta(days=3)).date())


def take_away() -> None:
    (folder() / LEDGER).unlink()


def cut() -> None:
    path = folder() / LEDGER
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))


def cut_within_a_line() -> None:
    path = folder() / LEDGER
    os.truncate(path, path.stat().st_size - 20)


def alter() -> None:
    path = folder() / LEDGER
    lines = path.read_text().splitlines(keepends=True)
    lines[1] = lines[1].replace('"id":"', '"id":"0', 1)
    path.write_text("".join(lines))


def exchange() -> None:
    path = folder() / LEDGER
    first, *rest = path.read_text().splitlines(keepends=True)
    held = json.loads(first) | {"instance": str(uuid4())}
    path.write_text(json.dumps(held) + "\n" + "".join(rest))


def empty() -> None:
    (folder() / LEDGER).write_text("")


def reorder() -> None:
    path = folder() / LEDGER
    first, second, third, *rest = path.read_text().splitlines(keepends=True)
    path.write_text("".join([first, third, second, *rest]))


def alter_the_second_place() -> None:
    noted().write_text("{}")


HARM = [take_away, cut, cut_within_a_line, alter, exchange, empty, reorder, alter_the_second_place]


@pytest.mark.parametrize("harm", HARM, ids=lambda harm: harm.__name__)
def test_nothing_starts_over_a_harmed_ledger(
    harm: Callable[[], None], office: tuple[UUID, User]
) -> None:
    withdraw(office, 3)
    harm()
    with pytest.raises(WithdrawalsRefused, match="undaunted consent ledger verify"):
        start()


@pytest.mark.parametrize("harm", HARM[:-1], ids=lambda harm: harm.__name__)
def test_no_page_is_answered_over_a_harmed_ledger(
    harm: Callable[[], None], office: tuple[UUID, User]
) -> None:
    withdraw(office, 3)
    assert Client().get("/about/").status_code == 200
    harm()
    answers = {
        page: Client().get(page).status_code for page in ("/", "/about/", "/help/", "/desk/")
    }
    if harm in {alter, reorder}:
        # What lies before the last line is compared at every start, not at every look.
        assert set(answers.values()) <= {200, 302, 404}
    else:
        assert set(answers.values()) == {503}


def test_a_cut_beyond_what_an_old_backup_knows_is_found_in_the_second_place(
    office: tuple[UUID, User], owner_sql: Callable[..., Any]
) -> None:
    withdraw(office, 3)
    owner_sql("UPDATE consent_withdrawal SET number = NULL, hash = '' WHERE number > 1")
    (link,) = owner_sql("SELECT hash FROM consent_withdrawal WHERE number = 1")[0]
    owner_sql("UPDATE consent_ledgerhead SET number = 1, hash = %s", [link])
    cut()
    with pytest.raises(WithdrawalsRefused, match="lacks its end"):
        start()


def test_the_ledger_of_another_place_is_not_mixed_in(
    office: tuple[UUID, User], owner_sql: Callable[..., Any], tmp_path: Path
) -> None:
    withdraw(office, 2)
    shutil.copytree(folder(), tmp_path / "theirs")
    owner_sql("UPDATE consent_ledgerhead SET instance = gen_random_uuid()")
    noted().unlink()
    with pytest.raises(WithdrawalsRefused, match="another installation"):
        start()


def test_the_serving_roles_cannot_touch_the_ledgers_tables(database_server: Lease) -> None:
    import psycopg  # noqa: PLC0415

    for url in (
        database_server.urls.desk,
        database_server.urls.public,
        database_server.urls.intake,
    ):
        with psycopg.connect(url, autocommit=True) as stranger:
            for statement in (
                "DELETE FROM consent_withdrawal",
                "SELECT * FROM consent_withdrawal",
                "UPDATE consent_ledgerhead SET number = 0",
                "SELECT * FROM consent_holderkey",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    stranger.execute(statement)


def test_the_desk_cannot_take_a_withdrawal_back(office: tuple[UUID, User]) -> None:
    withdraw(office)
    with acting_as(office[1]), pytest.raises(Exception, match="stays withdrawn"):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE consent_grant SET revoked_at = NULL")


def test_a_command_says_what_to_do_and_ends_with_its_own_status(
    office: tuple[UUID, User], capsys: pytest.CaptureFixture[str]
) -> None:
    import typer  # noqa: PLC0415

    withdraw(office)
    take_away()
    with pytest.raises(typer.Exit) as ended, session.refusals():
        start()
    assert ended.value.exit_code == session.REFUSED
    assert "accept-loss" in capsys.readouterr().err


def _forge(lines: int, key: bytes, said: Withdrawal) -> None:
    """Put one more line behind so many of the file, chained as whoever has the file alone can."""
    path = folder() / LEDGER
    first, *held = path.read_text().splitlines(keepends=True)
    last = json.loads(held[lines - 1])
    after = Head(UUID(json.loads(first)["instance"]), last["number"], last["hash"])
    (made,) = chained([said], after, key)
    path.write_text("".join([first, *held[:lines], line_text(made) + "\n"]))


def test_whoever_has_the_file_alone_adds_no_line_that_is_followed(
    office: tuple[UUID, User], owner_sql: Callable[..., Any]
) -> None:
    withdraw(office, 2)
    with acting_as(office[1]) as actor:
        grant = agree(actor, office[0], uuid4())
    _forge(2, ledger_key("guessed"), Withdrawal(grant.pk, WithdrawalKind.REVOKED, AT))
    with pytest.raises(WithdrawalsRefused, match="does not follow"):
        start()
    assert Client().get("/about/").status_code == 503
    assert owner_sql("SELECT revoked_at FROM consent_grant WHERE id = %s", [grant.pk]) == [(None,)]


def test_before_an_old_backup_no_line_of_the_file_is_exchanged_for_another(
    office: tuple[UUID, User], owner_sql: Callable[..., Any]
) -> None:
    withdraw(office, 3)
    owner_sql("UPDATE consent_withdrawal SET number = NULL, hash = ''")
    owner_sql("UPDATE consent_ledgerhead SET number = 0, hash = repeat('0', 64)")
    noted().unlink()
    _forge(1, ledger_key("guessed"), Withdrawal(uuid4(), WithdrawalKind.REVOKED, AT))
    with pytest.raises(WithdrawalsRefused, match="line 2 does not follow"):
        start()


def _as_before_there_was_a_key(owner_sql: Callable[..., Any]) -> list[str]:
    """Chain file, database and noted head by SHA-256 alone; gives the ids in order."""
    import hashlib  # noqa: PLC0415

    path, link, texts = folder() / LEDGER, "0" * 64, []
    first, *held = path.read_text().splitlines()
    instance = json.loads(first)["instance"]
    for each in map(json.loads, held):
        facts = {**each, "previous": link}
        del facts["hash"]
        body = json.dumps(facts, separators=(",", ":"))
        link = hashlib.sha256(f"{FORMER} {instance} {body}".encode()).hexdigest()
        texts.append(f'{body[:-1]},"hash":"{link}"}}')
        owner_sql("UPDATE consent_withdrawal SET hash = %s WHERE id = %s", [link, each["id"]])
    owner_sql("UPDATE consent_ledgerhead SET hash = %s", [link])
    noted().write_text(json.dumps({"instance": instance, "number": len(held), "hash": link}))
    head = json.dumps({"format": FORMER, "instance": instance}, separators=(",", ":"))
    path.write_text("\n".join([head, *texts]) + "\n")
    return [json.loads(each)["id"] for each in held]


def test_a_ledger_from_before_there_was_a_key_is_chained_anew_once(
    office: tuple[UUID, User], owner_sql: Callable[..., Any]
) -> None:
    withdraw(office, 3)
    ids = _as_before_there_was_a_key(owner_sql)
    former = (folder() / LEDGER).read_text()
    start()
    assert ledger_standing(PUBLIC).standing is Standing.AGREED
    first, *lines = (folder() / LEDGER).read_text().splitlines()
    assert json.loads(first)["format"] != FORMER
    assert [json.loads(each)["id"] for each in lines] == ids
    start()
    (folder() / LEDGER).write_text(former)
    with pytest.raises(WithdrawalsRefused, match="differ in what both hold"):
        start()


def test_a_former_ledger_that_holds_more_than_the_database_is_not_signed(
    office: tuple[UUID, User], owner_sql: Callable[..., Any]
) -> None:
    withdraw(office, 2)
    _as_before_there_was_a_key(owner_sql)
    held = (folder() / LEDGER).read_text().splitlines()
    owner_sql("UPDATE consent_ledgerhead SET number = 1, hash = %s", [json.loads(held[1])["hash"]])
    with pytest.raises(WithdrawalsRefused, match="of an earlier version"):
        start()
