"""Invented reports at the doors of a demonstration, and a team with keys that can open them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from undaunted.core.accounts.actions import acting_as
from undaunted.core.intake.actions.outside import hand_in
from undaunted.core.intake.rules import Answers, Danger, Door
from undaunted.core.vault.actions import (
    add_member,
    approve_member,
    found_team,
    make_key_pair,
    open_at_terminal,
    propose_member,
)
from undaunted.core.vault.queries import admissions_waiting

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.accounts.actions import InstalledPerson

__all__ = ["open_doors"]

_AT: Final = datetime(2026, 11, 20, 9, tzinfo=UTC)
_INVENTED: Final = (
    Answers(
        Door.HELP,
        Danger.SOON,
        {
            "for_whom": "organisation",
            "track": "emergency",
            "needs": ["legal", "equipment_replacement"],
            "story": "Invented. Our office in Strelsau was searched and two computers were taken.",
            "country": "Ruritania",
            "group_size": "two_or_more",
        },
        "en",
    ),
    Answers(
        Door.INCIDENT,
        Danger.NO,
        {
            "what_was_done": ["family_intimidation", "mobility_controls"],
            "target_roles": ["journalist"],
            "story": "Invented. After an article about Borduria my brother was questioned there.",
            "origin_state": "Borduria",
            "when": "2026-10",
        },
        "en",
    ),
    Answers(
        Door.TARGETED,
        Danger.NOW,
        {
            "abuse": ["threats", "doxxing"],
            "story": "Invented. My address was published in a group with a threat.",
        },
        "en",
    ),
)


def open_doors(
    holder: UUID, steward: InstalledPerson, caseworker: InstalledPerson, second: InstalledPerson
) -> UUID:
    """Give two people keys under their passphrases, found their team, and hand in reports to it.

    A second steward agrees that the caseworker comes in. Part of loading a demonstration, before
    anybody else is there.
    """
    with acting_as(caseworker.user) as actor:
        make_key_pair(caseworker.passphrase, actor=actor, at=_AT)
    with acting_as(steward.user) as actor:
        make_key_pair(steward.passphrase, actor=actor, at=_AT)
        key = open_at_terminal(steward.passphrase, actor=actor, at=_AT)
        team = found_team(holder, "Casework", receives=True, actor=actor, at=_AT).pk
    with acting_as(steward.user, kind="terminal") as actor:
        propose_member(team, caseworker.user.pk, actor=actor, at=_AT)
    with acting_as(second.user, kind="terminal") as actor:
        approve_member(admissions_waiting(actor).get().pk, actor=actor, at=_AT)
    with acting_as(steward.user) as actor:
        add_member(team, caseworker.user.pk, key=key, actor=actor, at=_AT)
    for answers in _INVENTED:
        hand_in(answers, at=_AT, team=team)
    return team
