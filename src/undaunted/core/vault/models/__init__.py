"""Tables of the vault."""

from undaunted.core.vault.models.compartments import Bar, Breaking, Duty, SessionKey
from undaunted.core.vault.models.keys import PublicKey, Recovery, RecoveryCopy, WrappedKey
from undaunted.core.vault.models.marks import mark, require_mark
from undaunted.core.vault.models.records import Record, RecordKey, Sealing
from undaunted.core.vault.models.teams import Member, Team

__all__ = [
    "Bar",
    "Breaking",
    "Duty",
    "Member",
    "PublicKey",
    "Record",
    "RecordKey",
    "Recovery",
    "RecoveryCopy",
    "Sealing",
    "SessionKey",
    "Team",
    "WrappedKey",
    "mark",
    "require_mark",
]
