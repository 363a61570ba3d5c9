"""At the terminal as at the desk: lists made, imports accepted or declined, changes approved."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from tests.prisoners.registry.casework import agree, published
from tests.prisoners.registry.desk import MAPPING, ROWS, make_list, table
from undaunted.core.access.actions import terminal_token
from undaunted.core.accounts.actions import acting_as, open_identity
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.prisoners.registry.actions.people import correct_person
from undaunted.prisoners.registry.commands import commands
from undaunted.prisoners.registry.models import (
    ImportBatch,
    ListEntry,
    PublishedCase,
    SourceList,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

    from tests.prisoners.registry.desk import Desk
    from undaunted.core.accounts.models import User

SHOWN = re.compile(r"^(\S+=[0-9a-f]{32})", re.MULTILINE)
SEEN = re.compile(r"--seen ([0-9a-f]{64})")


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    settings.DOWNLOADS_FOLDER = tmp_path / "downloads"


@contextmanager
def signed_in(user: User) -> Iterator[None]:
    token = f"terminal of {user.pk}"
    until = timezone.now() + timedelta(hours=1)
    open_identity(token, user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)


def call(user: User | None, *words: object) -> tuple[int, str]:
    told = [str(word) for word in words]
    if user is None:
        result = CliRunner().invoke(commands, told)
    else:
        with signed_in(user):
            result = CliRunner().invoke(commands, told)
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def bring(desk: Desk, tmp_path: Path, *rows: str, user: User, more: tuple[str, ...] = ()) -> Any:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "f.csv").write_bytes(table(*rows).getvalue())
    words = ("import", tmp_path / "f.csv", "--mapping", tmp_path / "m.toml", "--list", "first")
    return call(user, *words, *more)


def newest(desk: Desk) -> ImportBatch:
    with acting_as(desk.steward):
        return ImportBatch.objects.order_by("-proposed_at")[0]


def test_a_list_is_made_by_its_steward_and_once(desk: Desk) -> None:
    words = ("make-list", "roll", "--name", "Roll of XR", "--holder", desk.organisation)
    assert call(None, *words)[0] == call(desk.stranger, *words)[0] == 2
    status, said = call(desk.steward, *words, "--licence", "CC0")
    assert status == 0, said
    with acting_as(desk.steward):
        made = SourceList.objects.get()
    assert (made.slug, made.name, made.licence) == ("roll", "Roll of XR", "CC0")
    status, said = call(desk.steward, *words)
    assert (status, "already" in said) == (2, True)
    for wrong in (("a b",), ("x", "--url", "ftp://x"), ("x", "--publisher", "x" * 201)):
        assert call(desk.steward, "make-list", *wrong, *words[2:])[0] == 2


def test_what_was_proposed_is_accepted_or_declined_by_the_steward(
    desk: Desk, tmp_path: Path
) -> None:
    make_list(desk)
    for verb, state in (("decline-import", "declined"), ("accept-import", "written")):
        bring(desk, tmp_path, *ROWS, user=desk.steward, more=("--propose",))
        batch = newest(desk)
        assert batch.state == "proposed"
        assert call(desk.stranger, verb, batch.pk)[0] == 2
        assert call(desk.documenter, verb, batch.pk)[0] == 2
        assert newest(desk).state == "proposed"
        status, said = call(desk.steward, verb, batch.pk)
        assert status == 0, said
        assert newest(desk).state == state
        status, said = call(desk.steward, verb, batch.pk)
        assert (status, "not proposed" in said) == (2, True)


def test_looking_and_proposing_say_where_the_desk_stands(desk: Desk, tmp_path: Path) -> None:
    make_list(desk)
    assert bring(desk, tmp_path, *ROWS[:1], user=desk.steward)[0] == 0
    with acting_as(desk.documenter) as actor:
        party = ListEntry.objects.get().party
        born = PartialDate.parse("1981")
        correct_person(party, actor=actor, at=timezone.now(), birth=born)
    row = ROWS[0].replace("1980-05-06", "1982")
    stands = "the desk recorded “1981”, which stands"
    status, said = bring(desk, tmp_path, row, user=desk.steward, more=("--dry-run",))
    assert (status, stands in said, "Nothing was written." in said) == (0, True, True)
    status, said = bring(desk, tmp_path, row, user=desk.steward, more=("--propose",))
    assert (status, stands in said) == (0, True)
    status, said = call(desk.steward, "accept-import", newest(desk).pk)
    assert (status, stands in said) == (0, True)


def test_a_second_person_approves_what_the_terminal_showed(desk: Desk, tmp_path: Path) -> None:
    make_list(desk)
    bring(desk, tmp_path, *ROWS[:2], user=desk.steward)
    with acting_as(desk.steward):
        parties = [one.party for one in ListEntry.objects.order_by("source_key")]
    for party in parties:
        agree(desk, party)
        published(desk, party)
    assert "Nothing waits." in call(desk.publisher, "changes")[1]
    with acting_as(desk.documenter) as actor:
        correct_person(parties[0], actor=actor, at=timezone.now(), country="XS")
    status, said = call(desk.publisher, "changes")
    assert (status, '"country": "XS"' in said) == (0, True)
    (shown,) = SHOWN.findall(said)
    assert "somebody else approves" in call(desk.documenter, "changes")[1]
    for user in (None, desk.stranger, desk.documenter):
        assert call(user, "approve-changes", shown)[0] == 2
    reference = shown.partition("=")[0]
    guessed = f"{reference}={'0' * 32}"
    assert call(desk.publisher, "approve-changes", guessed)[0] == 2
    assert PublishedCase.objects.get(reference=reference).country == "XR"
    status, said = call(desk.publisher, "approve-changes", shown)
    assert (status, "1 approved." in said) == (0, True)
    assert PublishedCase.objects.get(reference=reference).country == "XS"


def test_an_import_is_approved_as_a_whole_at_the_terminal(desk: Desk, tmp_path: Path) -> None:
    make_list(desk)
    bring(desk, tmp_path, *ROWS[:2], user=desk.steward)
    with acting_as(desk.steward):
        parties = [one.party for one in ListEntry.objects.all()]
    for party in parties:
        agree(desk, party)
        published(desk, party)
    bring(desk, tmp_path, *(row.replace(",B,", ",C,") for row in ROWS[:2]), user=desk.steward)
    batch = newest(desk).pk
    status, said = call(desk.publisher, "changes", "--import", batch, "--most", 1)
    assert (status, "and 1 more cases" in said) == (0, True)
    (seen,) = SEEN.findall(said)
    words = ("approve-changes", "--import", batch, "--seen")
    assert call(desk.steward, *words, seen)[0] == 2
    assert call(desk.publisher, *words, "0" * 64)[0] == 2
    status, said = call(desk.publisher, *words, seen)
    assert (status, "2 approved." in said) == (0, True)
    assert set(PublishedCase.objects.values_list("tier", flat=True)) == {"C"}


@pytest.mark.parametrize(
    "words",
    [
        ("approve-changes",),
        ("approve-changes", "XR-1"),
        ("approve-changes", "XR-1=0", "--import", uuid4(), "--seen", "0"),
        ("approve-changes", "--import", uuid4()),
        ("approve-changes", "--seen", "0"),
        ("approve-changes", "--import", uuid4(), "--seen", "0"),
        ("approve-changes", "XR-NOBODY=0"),
        ("changes", "--import", uuid4()),
        ("accept-import", uuid4()),
        ("decline-import", "x"),
    ],
)
def test_what_is_not_there_or_not_said_is_refused(desk: Desk, words: tuple[object, ...]) -> None:
    assert call(desk.publisher, *words)[0] == 2
