"""Pages of the vault: one's own key, its loss, the ceremony of recovery, teams."""

from undaunted.core.vault.pages.ceremonies import (
    abandon,
    begin,
    ceremony,
    check,
    rehearse,
    share,
    take,
)
from undaunted.core.vault.pages.lost import give_up, lost
from undaunted.core.vault.pages.membership import (
    add,
    approve,
    compare,
    decline,
    go_on,
    remove,
    take_in,
    team,
    teams,
)
from undaunted.core.vault.pages.own import lock, passphrase, rotate, vault

__all__ = [
    "abandon",
    "add",
    "approve",
    "begin",
    "ceremony",
    "check",
    "compare",
    "decline",
    "give_up",
    "go_on",
    "lock",
    "lost",
    "passphrase",
    "rehearse",
    "remove",
    "rotate",
    "share",
    "take",
    "take_in",
    "team",
    "teams",
    "vault",
]
