"""Reads of the vault: teams and their keys, records, the key that is open in a session."""

from undaunted.core.vault.queries.keys import (
    key_pair_for,
    opened_key,
    recipient_of,
    recovery_for,
    recovery_of,
    wrapped_key_for,
)
from undaunted.core.vault.queries.people import (
    Colleague,
    Holder,
    Resealing,
    ShareState,
    Standing,
    colleagues_for,
    holder_named,
    houses_for,
    own_share,
    resealing_of,
    shares_for,
    standings_for,
)
from undaunted.core.vault.queries.records import record_for, record_key_for, sealing_for
from undaunted.core.vault.queries.teams import TeamKeys, member_for, team_for, team_keys, teams_for

__all__ = [
    "Colleague",
    "Holder",
    "Resealing",
    "ShareState",
    "Standing",
    "TeamKeys",
    "colleagues_for",
    "holder_named",
    "houses_for",
    "key_pair_for",
    "member_for",
    "opened_key",
    "own_share",
    "recipient_of",
    "record_for",
    "record_key_for",
    "recovery_for",
    "recovery_of",
    "resealing_of",
    "sealing_for",
    "shares_for",
    "standings_for",
    "team_for",
    "team_keys",
    "teams_for",
    "wrapped_key_for",
]
