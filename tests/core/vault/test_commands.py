"""The vault at the terminal: secrets are asked for, and refusals are sentences."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.accounts.factories import in_person, make_organisation, make_user
from tests.core.vault.factories import PASSPHRASE, make_colleague, make_office
from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, open_identity
from undaunted.core.vault.actions import begin_ceremony, show_share, take_share
from undaunted.core.vault.commands import commands
from undaunted.core.vault.queries import holder_named

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("ledger")
HOWTO = Path(__file__).parents[3] / "docs" / "how-to" / "exchange-between-installations.md"
FRESH = "eleven paper boats at the weir"
HOLDERS = ("The Archive of Zubrowka", "Freedonian Bar", "Friends of Ruritania")


@contextmanager
def _signed_in(user: Any) -> Iterator[None]:
    token, until = f"terminal {uuid4()}", timezone.now() + timedelta(hours=1)
    open_identity(token, user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)


def _run(user: Any, *words: object, typed: tuple[str, ...] = (), status: int = 0) -> str:
    with _signed_in(user):
        done = CliRunner().invoke(
            commands, [str(word) for word in words], input="".join(f"{t}\n" for t in typed)
        )
    assert done.exit_code == status, done.output
    for secret in filter(lambda each: len(each) > 1, typed):
        assert secret not in done.output
    return done.output


def test_commands_of_nobody_say_how_to_sign_in() -> None:
    done = CliRunner().invoke(commands, ["team", "list"])
    assert done.exit_code == 2
    assert "undaunted --as USER vault" in done.output


def test_a_key_pair_is_made_changed_and_rotated(owner_sql: Any) -> None:
    user = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    assert "none yet" in _run(user, "ceremony", "state")
    _run(user, "key", "make", typed=(PASSPHRASE, PASSPHRASE))
    said = _run(user, "key", "make", typed=(PASSPHRASE, PASSPHRASE), status=2)
    assert "you have a key pair" in said
    _run(user, "key", "passphrase", typed=(PASSPHRASE, FRESH, FRESH))
    said = _run(user, "key", "passphrase", typed=(PASSPHRASE, FRESH, FRESH), status=2)
    assert "does not open this key" in said
    said = _run(user, "key", "rotate", typed=(FRESH, PASSPHRASE, PASSPHRASE))
    assert "generation 2" in said


def test_a_team_is_founded_and_changed(owner_sql: Any) -> None:
    holder = make_organisation(owner_sql)
    steward = make_colleague(owner_sql, {holder: [Role.STEWARD]})
    other = make_colleague(owner_sql, {holder: [Role.DOCUMENTER]})
    team, _, name = _run(steward.user, "team", "found", holder, "Night desk", "--receives")[
        :-1
    ].partition("  ")
    assert name == "Night desk"
    listed = _run(steward.user, "team", "list")
    assert listed == f"{team}  Night desk (of {holder}, receives from outside)\n"
    second, place = make_user(owner_sql, {holder: [Role.STEWARD]}), (team, other.user.pk)
    said = _run(steward.user, "team", "add", *place, typed=(PASSPHRASE,), status=2)
    assert "propose this person first" in said
    assert "propose this person first" in _run(second, "team", "approve", *place, status=2)
    assert "Another steward" in _run(steward.user, "team", "propose", *place)
    assert "you proposed this" in _run(steward.user, "team", "approve", *place, status=2)
    assert "takes them in" in _run(second, "team", "approve", *place)
    said = _run(steward.user, "team", "add", *place, typed=(PASSPHRASE,))
    assert "0 record keys" in said
    _run(other.user, "team", "remove", team, steward.user.pk, typed=(PASSPHRASE,), status=2)
    _run(steward.user, "team", "remove", team, other.user.pk, typed=(PASSPHRASE,))
    assert _run(other.user, "team", "list") == ""


def test_how_to_exchange_founds_its_team_as_written(owner_sql: Any) -> None:
    holder = make_organisation(owner_sql)
    roles = {"steward": Role.STEWARD, "second": Role.STEWARD, "documenter": Role.DOCUMENTER}
    people = {name: make_user(owner_sql, {holder: [role]}) for name, role in roles.items()}
    given = {"ORGANISATION": str(holder), "PERSON": str(people["documenter"].pk)}
    lines = re.findall(r"undaunted --as (\w+) vault (.+)", HOWTO.read_text("utf-8"))
    assert [line.split()[1] for _, line in lines].count("add") == 1
    for who, line in lines:
        typed = {"key make": (PASSPHRASE, PASSPHRASE), "team add": (PASSPHRASE,)}
        said = _run(
            people[who],
            *(given.get(word, word) for word in line.split()),
            typed=typed.get(" ".join(line.split()[:2]), ()),
        )
        if line.startswith("team found"):
            given["TEAM"] = said.partition("  ")[0]
    assert str(people["documenter"].pk) in _run(people["steward"], "team", "members", given["TEAM"])


def test_a_team_is_put_on_duty_and_another_covered_by_it(owner_sql: Any) -> None:
    office = make_office(owner_sql)
    who = office.steward.user
    night = _run(who, "team", "found", office.holder, "Night duty").partition("  ")[0]
    cover = ("team", "cover", office.team, "--duty", night)
    assert "has an emergency key" in _run(who, *cover, typed=(PASSPHRASE,), status=2)
    _run(who, "team", "duty", night)
    assert "sealed anew" in _run(who, *cover, typed=(PASSPHRASE,))
    assert "sealed anew" in _run(who, "team", "cover", office.team, typed=(PASSPHRASE,))
    _run(office.caseworker.user, "team", "duty", office.team, status=2)
    with _signed_in(office.caseworker.user):
        said = _run(who, "team", "close", office.team)
    assert re.fullmatch(r"[1-9]\d* sessions are ended\.\n", said)


def test_the_ceremony_is_rehearsed_at_the_terminal(owner_sql: Any) -> None:
    office = make_office(owner_sql)
    clerk = make_user(owner_sql, {office.holder: [Role.ADMINISTRATOR]})
    _run(office.steward.user, "ceremony", "hold", *HOLDERS, status=2)
    said = _run(clerk, "ceremony", "hold", *HOLDERS, "--threshold", "2")
    parts = [part.partition("Share of ")[0] for part in said.split("again.\n")[1:]]
    shares = [" ".join(re.findall(r"\d+ ([a-z]+)", part)) for part in parts]
    assert [len(share.split()) for share in shares] == [33, 33, 33]
    who = office.caseworker.user
    assert "2 of: The Archive of Zubrowka" in _run(who, "ceremony", "state")
    said = _run(who, "ceremony", "recover", typed=(shares[0], shares[1], FRESH, FRESH), status=2)
    assert "no recovery was in force" in said
    _run(who, "key", "rotate", typed=(PASSPHRASE, PASSPHRASE, PASSPHRASE))
    said = _run(who, "ceremony", "recover", typed=(shares[2], shares[0], FRESH, FRESH))
    assert "generation 3" in said
    assert "hold a new ceremony" in said
    _run(who, "key", "rotate", typed=(FRESH, FRESH, FRESH))


def test_recovery_without_a_ceremony_is_told(owner_sql: Any) -> None:
    who = make_colleague(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    said = _run(who.user, "ceremony", "recover", typed=("a share", FRESH, FRESH), status=2)
    assert "no recovery was in force" in said


def test_sheets_are_checked_and_rehearsed_at_the_terminal(owner_sql: Any) -> None:
    office = make_office(owner_sql)
    clerk = make_user(owner_sql, {office.holder: [Role.ADMINISTRATOR]})
    for command in ("check", "rehearse"):
        said = _run(clerk, "ceremony", command, typed=("a share",), status=2)
        assert "no ceremony was held" in said
    said = _run(clerk, "ceremony", "hold", *HOLDERS, "--threshold", "2")
    parts = [part.partition("Share of ")[0] for part in said.split("again.\n")[1:]]
    shares = [" ".join(re.findall(r"\d+ ([a-z]+)", part)) for part in parts]
    said = _run(clerk, "ceremony", "check", typed=(shares[0],), status=2)
    assert "not your share" in said
    said = _run(clerk, "ceremony", "rehearse", typed=(shares[1], shares[2]))
    assert "Nothing was changed" in said


def test_a_lost_pair_is_given_up_after_what_is_lost_was_told(owner_sql: Any) -> None:
    office = make_office(owner_sql)
    make_user(owner_sql, {office.holder: [Role.READER]})
    listed = _run(office.steward.user, "team", "members", office.team)
    assert office.caseworker.user.username in listed
    assert re.search(r"([0-9a-f]{4} ){7}[0-9a-f]{4}", listed)
    who = office.caseworker.user
    said = _run(who, "key", "give-up", typed=("n",), status=1)
    assert "Casework: you open 0 records; 1 others open the same." in said
    said = _run(who, "key", "give-up", typed=("y", FRESH, FRESH))
    assert "generation 2, in no team" in said
    assert _run(who, "team", "list") == ""
    nobody = make_user(owner_sql, {office.holder: [Role.READER]})
    said = _run(nobody, "key", "give-up", typed=("y", FRESH, FRESH), status=2)
    assert "no key pair to give up" in said


def test_a_holder_checks_their_sheet_at_the_terminal(owner_sql: Any) -> None:
    houses = [make_organisation(owner_sql, name) for name in ("Archive", "Bar")]
    clerk = make_user(owner_sql, {houses[0]: [Role.ADMINISTRATOR]})
    holders = [make_colleague(owner_sql, {house: [Role.READER]}) for house in houses]
    named = [(house, each.user.username) for house, each in zip(houses, holders, strict=True)]
    with acting_as(clerk) as actor:
        found = [holder_named(actor, *each) for each in named]
        begin_ceremony(found, 2, actor=actor, at=timezone.now())
    sheets = []
    for each in holders:
        with in_person(each.user) as actor:
            at = timezone.now()
            sheets.append(show_share(key=each.key, actor=actor, at=at))
            last = take_share(sheets[-1], actor=actor, at=at)
    assert last
    assert "Your sheet is right" in _run(holders[0].user, "ceremony", "check", typed=(sheets[0],))
