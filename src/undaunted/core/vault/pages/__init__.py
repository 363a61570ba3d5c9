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
from undaunted.core.vault.pages.membership import add, compare, go_on, remove, team, teams
from undaunted.core.vault.pages.own import lock, passphrase, rotate, vault

__all__ = [
    "abandon",
    "add",
    "begin",
    "ceremony",
    "check",
    "compare",
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
    "team",
    "teams",
    "vault",
]
