"""Tables of the vault."""

from undaunted.core.vault.models.compartments import Bar, Breaking, Duty, SessionKey
from undaunted.core.vault.models.keys import (
    KeyCheck,
    PublicKey,
    Recovery,
    RecoveryCopy,
    Share,
    WrappedKey,
)
from undaunted.core.vault.models.marks import mark, require_mark
from undaunted.core.vault.models.records import Record, RecordKey, Sealing
from undaunted.core.vault.models.teams import Admission, Member, Team

__all__ = [
    "Admission",
    "Bar",
    "Breaking",
    "Duty",
    "KeyCheck",
    "Member",
    "PublicKey",
    "Record",
    "RecordKey",
    "Recovery",
    "RecoveryCopy",
    "Sealing",
    "SessionKey",
    "Share",
    "Team",
    "WrappedKey",
    "mark",
    "require_mark",
]
