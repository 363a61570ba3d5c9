"""What is done with the vault. This is its door: nothing else of it is called from outside.

Sealing needs no open key; opening needs the `OpenKey` of somebody in the record's team.
"""

from undaunted.core.vault.actions.bars import bar_from, lift_bar, renew_bars
from undaunted.core.vault.actions.ceremonies import Ceremony, hold_ceremony, recover_key_pair
from undaunted.core.vault.actions.duty import (
    acknowledge_alarm,
    break_glass,
    cover_team,
    open_in_emergency,
    put_on_duty,
)
from undaunted.core.vault.actions.keys import (
    change_passphrase,
    close,
    close_everywhere,
    make_key_pair,
    open_at_terminal,
    open_for_session,
    rotate_key_pair,
)
from undaunted.core.vault.actions.moving import close_team, move_records
from undaunted.core.vault.actions.opening import open_all, open_sealed, open_stream
from undaunted.core.vault.actions.outside import open_outside, recipient_of
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
    "acknowledge_alarm",
    "add_member",
    "bar_from",
    "break_glass",
    "change_passphrase",
    "close",
    "close_everywhere",
    "close_team",
    "cover_team",
    "erase_record",
    "found_team",
    "hold_ceremony",
    "lift_bar",
    "make_key_pair",
    "move_records",
    "open_all",
    "open_at_terminal",
    "open_for_session",
    "open_in_emergency",
    "open_outside",
    "open_sealed",
    "open_stream",
    "put_on_duty",
    "recipient_of",
    "recover_key_pair",
    "remove_member",
    "renew_bars",
    "rotate_key_pair",
    "seal_for",
    "seal_stream_for",
    "take_sealed",
    "upload_for",
]
