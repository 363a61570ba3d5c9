"""What is done with the vault. This is its door: nothing else of it is called from outside.

Sealing needs no open key; opening needs the `OpenKey` of somebody in the record's team.
"""

from undaunted.core.vault.actions.ceremonies import Ceremony, hold_ceremony, recover_key_pair
from undaunted.core.vault.actions.keys import (
    change_passphrase,
    close,
    make_key_pair,
    open_at_terminal,
    open_for_session,
    rotate_key_pair,
)
from undaunted.core.vault.actions.opening import open_sealed, open_stream
from undaunted.core.vault.actions.outside import open_outside, recipient_of, seal_outside
from undaunted.core.vault.actions.records import erase_record
from undaunted.core.vault.actions.sealing import (
    Sealed,
    Upload,
    seal_for,
    seal_stream_for,
    upload_for,
)
from undaunted.core.vault.actions.taking import take_sealed
from undaunted.core.vault.actions.teams import add_member, found_team, remove_member

__all__ = [
    "Ceremony",
    "Sealed",
    "Upload",
    "add_member",
    "change_passphrase",
    "close",
    "erase_record",
    "found_team",
    "hold_ceremony",
    "make_key_pair",
    "open_at_terminal",
    "open_for_session",
    "open_outside",
    "open_sealed",
    "open_stream",
    "recipient_of",
    "recover_key_pair",
    "remove_member",
    "rotate_key_pair",
    "seal_for",
    "seal_outside",
    "seal_stream_for",
    "take_sealed",
    "upload_for",
]
