"""What is done to accounts: rights by two people, their end by one, identities, guesses slowed."""

from undaunted.core.accounts.actions.answers import KeyReused, KeyUnreadable, answer_once
from undaunted.core.accounts.actions.identities import (
    acting_as,
    acting_with_token,
    close_identity,
    open_entering,
    open_identity,
    renew_identity,
)
from undaunted.core.accounts.actions.installation import (
    InstalledPerson,
    appoint_administrator,
    enrol_office,
    install_office,
)
from undaunted.core.accounts.actions.panic import panic, unlock_account
from undaunted.core.accounts.actions.people import close_account, withdraw_role
from undaunted.core.accounts.actions.proving import prove_code, prove_passphrase
from undaunted.core.accounts.actions.rights import (
    approve_rights,
    decline_rights,
    propose_renewal,
    propose_role,
)
from undaunted.core.accounts.actions.sessions import (
    TokenRefused,
    end_other_sessions,
    end_session,
    make_token,
    record_factor_change,
    record_passphrase_change,
    sign_out_everywhere,
    withdraw_token,
)
from undaunted.core.accounts.actions.terminal import SignInRefused, sign_in_at_terminal

__all__ = [
    "InstalledPerson",
    "KeyReused",
    "KeyUnreadable",
    "SignInRefused",
    "TokenRefused",
    "acting_as",
    "acting_with_token",
    "answer_once",
    "appoint_administrator",
    "approve_rights",
    "close_account",
    "close_identity",
    "decline_rights",
    "end_other_sessions",
    "end_session",
    "enrol_office",
    "install_office",
    "make_token",
    "open_entering",
    "open_identity",
    "panic",
    "propose_renewal",
    "propose_role",
    "prove_code",
    "prove_passphrase",
    "record_factor_change",
    "record_passphrase_change",
    "renew_identity",
    "sign_in_at_terminal",
    "sign_out_everywhere",
    "unlock_account",
    "withdraw_role",
    "withdraw_token",
]
