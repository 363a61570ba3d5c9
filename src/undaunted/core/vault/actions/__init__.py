"""What is done with the vault. This is its door: nothing else of it is called from outside.

Sealing needs no open key; opening needs the `OpenKey` of somebody in the record's team.
"""

from undaunted.core.vault.actions.abroad import (
    check_receiving_key,
    new_receiving_key,
    open_abroad,
    seal_abroad,
)
from undaunted.core.vault.actions.admissions import approve_member, decline_member, propose_member
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
    give_up_key_pair,
    make_key_pair,
    open_at_terminal,
    open_for_session,
    rotate_key_pair,
)
from undaunted.core.vault.actions.moving import close_team, move_records
from undaunted.core.vault.actions.opening import open_all, open_sealed, open_stream
from undaunted.core.vault.actions.outside import open_outside, recipient_of, seal_outside
from undaunted.core.vault.actions.records import erase_by_clock, erase_record
from undaunted.core.vault.actions.sealing import (
    Sealed,
    Upload,
    seal_for,
    seal_stream_for,
    upload_for,
)
from undaunted.core.vault.actions.shares import (
    abandon_ceremony,
    begin_ceremony,
    check_share,
    rehearse_recovery,
    show_share,
    take_share,
)
from undaunted.core.vault.actions.taking import take_sealed
from undaunted.core.vault.actions.teams import (
    add_member,
    compare_key,
    found_team,
    go_on_resealing,
    remove_member,
)

__all__ = [
    "Ceremony",
    "Sealed",
    "Upload",
    "abandon_ceremony",
    "acknowledge_alarm",
    "add_member",
    "approve_member",
    "bar_from",
    "begin_ceremony",
    "break_glass",
    "change_passphrase",
    "check_receiving_key",
    "check_share",
    "close",
    "close_everywhere",
    "close_team",
    "compare_key",
    "cover_team",
    "decline_member",
    "erase_by_clock",
    "erase_record",
    "found_team",
    "give_up_key_pair",
    "go_on_resealing",
    "hold_ceremony",
    "lift_bar",
    "make_key_pair",
    "move_records",
    "new_receiving_key",
    "open_abroad",
    "open_all",
    "open_at_terminal",
    "open_for_session",
    "open_in_emergency",
    "open_outside",
    "open_sealed",
    "open_stream",
    "propose_member",
    "put_on_duty",
    "recipient_of",
    "recover_key_pair",
    "rehearse_recovery",
    "remove_member",
    "renew_bars",
    "rotate_key_pair",
    "seal_abroad",
    "seal_for",
    "seal_outside",
    "seal_stream_for",
    "show_share",
    "take_sealed",
    "take_share",
    "upload_for",
]
