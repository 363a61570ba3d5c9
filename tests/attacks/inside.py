"""What the drill does inside a scratch installation, as a program with its variables set.

`prepare` makes an office with two people, their keys and their team, and prints once, as JSON, what
they need to sign in. `look` opens every mailbox with a passphrase from standard input, walks the
audit chain, and prints what it found.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from undaunted.config.roles import RoleUrls

__all__ = ["HOUSE", "main"]

HOUSE = "House of the drill"


def main(job: str) -> None:
    """Do one of the two jobs and print its result."""
    from undaunted.config.database import embedded_server  # noqa: PLC0415 - the variables first
    from undaunted.config.environment import read_environment  # noqa: PLC0415 - as above

    told: dict[str, Any] = {}

    def make_ready(owner_url: str, urls: RoleUrls) -> None:
        from undaunted.config.schema import prepare  # noqa: PLC0415 - as above

        prepare(owner_url, urls, demonstrate=False)
        told.update(_install(owner_url))

    server = embedded_server(read_environment())
    lease = server.open(make_ready) if job == "prepare" else server.open()
    try:
        if job == "look":
            told.update(_look(lease.urls, sys.stdin.readline().strip()))
        print(json.dumps(told))  # noqa: T201 - shown once
    finally:
        _close_connections()
        lease.close()


def _install(owner_url: str) -> dict[str, dict[str, str]]:
    from undaunted.config.loading import load_areas  # noqa: PLC0415 - needs the addresses

    load_areas()
    from django.utils import timezone  # noqa: PLC0415 - as above

    from undaunted.config.schema import acting_as_owner  # noqa: PLC0415 - as above
    from undaunted.core.access.rules import Role  # noqa: PLC0415 - as above
    from undaunted.core.accounts.actions import acting_as, install_office  # noqa: PLC0415
    from undaunted.core.vault import actions as vault  # noqa: PLC0415 - as above
    from undaunted.core.vault.queries import admissions_waiting  # noqa: PLC0415 - as above

    now = timezone.now()
    with acting_as_owner(owner_url):
        holder, people = install_office(
            HOUSE,
            {
                "drill-steward": [Role.STEWARD],
                "drill-caseworker": [Role.DOCUMENTER],
                "drill-second": [Role.STEWARD],
            },
            demonstration=False,
        )
    steward, caseworker, second = people
    with acting_as(caseworker.user) as actor:
        vault.make_key_pair(caseworker.passphrase, actor=actor, at=now)
    with acting_as(steward.user) as actor:
        vault.make_key_pair(steward.passphrase, actor=actor, at=now)
        key = vault.open_at_terminal(steward.passphrase, actor=actor, at=now)
        team = vault.found_team(holder, "Casework", receives=True, actor=actor, at=now).pk
    with acting_as(steward.user, kind="terminal") as actor:
        vault.propose_member(team, caseworker.user.pk, actor=actor, at=now)
    with acting_as(second.user, kind="terminal") as actor:
        vault.approve_member(admissions_waiting(actor).get().pk, actor=actor, at=now)
    with acting_as(steward.user) as actor:
        vault.add_member(team, caseworker.user.pk, key=key, actor=actor, at=now)
    with acting_as(caseworker.user) as actor:
        opened = vault.open_at_terminal(caseworker.passphrase, actor=actor, at=now)
    return {
        "caseworker": {
            "name": "drill-caseworker",
            "passphrase": caseworker.passphrase,
            "secret": caseworker.secret,
            "id": str(caseworker.user.pk),
            "key": str(opened.identity),
        },
        "steward": {"id": str(steward.user.pk)},
    }


def _look(urls: RoleUrls, passphrase: str) -> dict[str, Any]:
    from undaunted.config.loading import load_areas  # noqa: PLC0415 - needs the addresses

    os.environ.update(urls.variables())
    load_areas()
    from django.utils import timezone  # noqa: PLC0415 - as above

    from undaunted.core.accounts.actions import acting_as  # noqa: PLC0415 - as above
    from undaunted.core.accounts.models import User  # noqa: PLC0415 - as above
    from undaunted.core.audit.queries import verify_chain  # noqa: PLC0415 - as above
    from undaunted.core.intake import actions, queries  # noqa: PLC0415 - as above
    from undaunted.core.intake.rules import WhyOpened  # noqa: PLC0415 - as above
    from undaunted.core.vault.actions import open_at_terminal  # noqa: PLC0415 - as above

    now, stories = timezone.now(), []
    with acting_as(User(pk=UUID(os.environ["DRILL_PERSON"]))) as actor:
        key = open_at_terminal(passphrase, actor=actor, at=now)
        for box in queries.queue_for(actor):
            letters = actions.open_mailbox(
                box, key=key, actor=actor, at=now, reason=WhyOpened.CASEWORK
            )
            first = letters[0].answers if letters else None
            stories.append(first.given.get("story", "") if first else None)
    with acting_as(User(pk=UUID(os.environ["DRILL_STEWARD"]))):
        report = verify_chain()
    return {"stories": stories, "problems": report.problems, "entries": report.entries}


def _close_connections() -> None:
    from django.db import connections  # noqa: PLC0415 - needs the settings

    for alias in connections:
        connections[alias].close()
        connections[alias].close_pool()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(sys.argv[1])
