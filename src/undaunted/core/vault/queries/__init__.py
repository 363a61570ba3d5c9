"""Reads of the vault: teams and their keys, records, the key that is open in a session."""

from undaunted.core.vault.queries.compartments import (
    DutyPlace,
    alarms_for,
    bars_for,
    duty_for,
    duty_place,
    is_barred_in,
    kept_out,
    members_of,
)
from undaunted.core.vault.queries.keys import (
    key_pair_for,
    opened_key,
    recipient_of,
    recovery_for,
    wrapped_key_for,
)
from undaunted.core.vault.queries.records import (
    record_for,
    record_key_for,
    sealing_for,
    sealings_for,
)
from undaunted.core.vault.queries.teams import TeamKeys, member_for, team_for, team_keys, teams_for

__all__ = [
    "DutyPlace",
    "TeamKeys",
    "alarms_for",
    "bars_for",
    "duty_for",
    "duty_place",
    "is_barred_in",
    "kept_out",
    "key_pair_for",
    "member_for",
    "members_of",
    "opened_key",
    "recipient_of",
    "record_for",
    "record_key_for",
    "recovery_for",
    "sealing_for",
    "sealings_for",
    "team_for",
    "team_keys",
    "teams_for",
    "wrapped_key_for",
]
