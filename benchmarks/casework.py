"""`python -m benchmarks.casework`: how long a caseworker waits for an opened mailbox.

A private installation, a team of five, mailboxes with one and with twenty letters; the key is open.
Each round opens another mailbox, first through the action, then as the page of the desk with its
database, session and template. Nothing is kept between rounds that the product does not keep.
"""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from benchmarks.installation import installed
from benchmarks.machine import describe

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.test import Client

    from undaunted.core.accounts.actions import InstalledPerson
    from undaunted.core.vault.rules import OpenKey

__all__ = ["main"]

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-casework.md"
ROUNDS = 15
LETTERS = (1, 20)
TARGET = 150
TEXT = "They came at night. " * 100


def main() -> None:
    """Measure and write the page."""
    told = ", ".join(f"{name} {value}" for name, value in describe().items())
    with installed() as place:
        before = os.getloadavg()[0]
        rows = list(_measured(place.owner_url))
    load = f"Load of the machine before and after: {before:.1f} and {os.getloadavg()[0]:.1f}"
    text = f"{_HEAD}Machine: {told}. {load}.\n\n{_TABLE}{''.join(rows)}"
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def _measured(owner_url: str) -> list[str]:
    team, who, key = _office(owner_url)
    rows = []
    for number in LETTERS:
        boxes = _handed_in(team, number, 2 * ROUNDS)
        by_action = _times(partial(_open, who, key), boxes[:ROUNDS])
        client = _client(who)
        by_page = _times(partial(_look, client), boxes[ROUNDS:])
        rows += [
            _row(f"Open a mailbox of {number}, the action alone", by_action),
            _row(f"Open a mailbox of {number}, the whole page", by_page),
        ]
    return rows


def _office(owner_url: str) -> tuple[UUID, InstalledPerson, OpenKey]:
    """Found a team of five; gives it, somebody of it, and their open key."""
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from undaunted.config.schema import acting_as_owner  # noqa: PLC0415 - as above
    from undaunted.core.access.rules import Role  # noqa: PLC0415 - as above
    from undaunted.core.accounts.actions import acting_as, install_office  # noqa: PLC0415
    from undaunted.core.vault import actions as vault  # noqa: PLC0415 - as above
    from undaunted.core.vault.queries import admissions_waiting  # noqa: PLC0415 - as above

    now = timezone.now()
    names: dict[str, list[Role]] = {f"person-{n}": [Role.STEWARD] for n in range(5)}
    with acting_as_owner(owner_url):
        holder, people = install_office("House of the benchmark", names, demonstration=False)
    for each in people:
        with acting_as(each.user) as actor:
            vault.make_key_pair(each.passphrase, actor=actor, at=now)
    first = people[0]
    with acting_as(first.user) as actor:
        key = vault.open_at_terminal(first.passphrase, actor=actor, at=now)
        team = vault.found_team(holder, "Casework", receives=True, actor=actor, at=now).pk
    for each in people[1:]:
        second = people[1] if each is not people[1] else people[2]
        with acting_as(first.user, kind="terminal") as actor:
            vault.propose_member(team, each.user.pk, actor=actor, at=now)
        with acting_as(second.user, kind="terminal") as actor:
            vault.approve_member(admissions_waiting(actor).get().pk, actor=actor, at=now)
        with acting_as(first.user) as actor:
            vault.add_member(team, each.user.pk, key=key, actor=actor, at=now)
    return team, people[-1], _key_of(people[-1])


def _key_of(person: InstalledPerson) -> OpenKey:
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from undaunted.core.accounts.actions import acting_as  # noqa: PLC0415 - as above
    from undaunted.core.vault.actions import open_at_terminal  # noqa: PLC0415 - as above

    with acting_as(person.user) as actor:
        return open_at_terminal(person.passphrase, actor=actor, at=timezone.now())


def _handed_in(team: UUID, letters: int, number: int) -> list[UUID]:
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - as above
    from undaunted.core.intake import actions, queries, rules  # noqa: PLC0415 - as above

    now, made = timezone.now(), []
    said = rules.Answers(rules.Door.INCIDENT, rules.Danger.NOW, {"story": TEXT}, "en")
    for _ in range(number):
        receipt = actions.hand_in(said, at=now, team=team).receipt
        found = queries.mailbox_by_receipt(PUBLIC, receipt)
        assert found is not None
        for _message in range(letters - 1):
            actions.write_message(found, TEXT, receipt, at=now)
        made.append(found.id)
    return made


def _open(who: InstalledPerson, key: OpenKey, box: UUID) -> None:
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from undaunted.core.accounts.actions import acting_as  # noqa: PLC0415 - as above
    from undaunted.core.intake import actions, queries, rules  # noqa: PLC0415 - as above

    with acting_as(who.user) as actor:
        held = queries.mailbox_for(actor, box)
        assert held is not None
        reason = rules.WhyOpened.CASEWORK
        actions.open_mailbox(held, key=key, actor=actor, at=timezone.now(), reason=reason)


def _client(who: InstalledPerson) -> Client:
    """Give a browser's session of somebody, with their key open in it."""
    from tests.core.accounts.factories import signed_in_client  # noqa: PLC0415 - as above

    client = signed_in_client(who.user)
    client.post("/desk/vault/", {"passphrase": who.passphrase})
    return client


def _look(client: Client, box: UUID) -> None:
    answer = client.post(f"/desk/intake/{box}/", {"reason": "casework"})
    assert TEXT[:40].encode() in answer.content


def _times(call: Callable[[UUID], None], boxes: list[UUID]) -> list[tuple[float, float]]:
    """Give what each call took by the wall, and of this process's processor, in milliseconds."""
    found = []
    call(boxes[0])
    for box in boxes[1:]:
        begun, worked = time.perf_counter(), time.process_time()
        call(box)
        took = (time.perf_counter() - begun, time.process_time() - worked)
        found.append((1000 * took[0], 1000 * took[1]))
    return found


def _row(what: str, times: list[tuple[float, float]]) -> str:
    wall, worked = [each for each, _ in times], [each for _, each in times]
    late = quantiles(wall, n=20)[-1]
    least = f"{min(wall):.0f} | {median(wall):.0f} | {late:.0f} | {median(worked):.0f}"
    return f"| {what} | ≤ {TARGET} | {least} |\n"


_HEAD = """# Casework, measured

Written by `python -m benchmarks.casework`; nothing here is typed by hand. A team of five, letters
of 2 kB, the key open. Milliseconds by the wall, on a machine that may have had other work; in the
last column, of the web process's processor, which other work does not lengthen as much.

"""
_TABLE = (
    "| Measure | Target | Least | Median | p95 | Processor, median |\n|---|---|---|---|---|---|\n"
)

if __name__ == "__main__":
    main()
