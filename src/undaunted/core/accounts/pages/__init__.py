"""Pages of accounts: the way in, one's own account, and the administration of people and roles."""

from undaunted.core.accounts.pages.entrance import (
    activate_totp,
    add_webauthn,
    change_passphrase,
    deactivate_totp,
    enter_code,
    generate_recovery_codes,
    prove,
    prove_again,
    remove_webauthn,
    sign_in,
    sign_out,
    view_recovery_codes,
)
from undaunted.core.accounts.pages.members import (
    approve,
    close,
    decline,
    members,
    person,
    renew,
    withdraw,
)
from undaunted.core.accounts.pages.own import end_all, end_one, sessions, tokens, withdraw_one
from undaunted.core.accounts.pages.panic import hide, locks, unlock

__all__ = [
    "activate_totp",
    "add_webauthn",
    "approve",
    "change_passphrase",
    "close",
    "deactivate_totp",
    "decline",
    "end_all",
    "end_one",
    "enter_code",
    "generate_recovery_codes",
    "hide",
    "locks",
    "members",
    "person",
    "prove",
    "prove_again",
    "remove_webauthn",
    "renew",
    "sessions",
    "sign_in",
    "sign_out",
    "tokens",
    "unlock",
    "view_recovery_codes",
    "withdraw",
    "withdraw_one",
]
