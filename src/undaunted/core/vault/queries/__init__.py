"""Reads of the vault: teams and their keys, records, the key that is open in a session."""

from undaunted.core.vault.queries.keys import (
    key_pair_for,
    opened_key,
    recipient_of,
    recovery_for,
    wrapped_key_for,
)
from undaunted.core.vault.queries.records import record_for, record_key_for, sealing_for
from undaunted.core.vault.queries.teams import TeamKeys, member_for, team_for, team_keys, teams_for

__all__ = [
    "TeamKeys",
    "key_pair_for",
    "member_for",
    "opened_key",
    "recipient_of",
    "record_for",
    "record_key_for",
    "recovery_for",
    "sealing_for",
    "team_for",
    "team_keys",
    "teams_for",
    "wrapped_key_for",
]
