"""What is done to accounts: enrolling people, giving roles, opening and closing identities."""

from undaunted.core.accounts.actions.answers import KeyReused, KeyUnreadable, answer_once
from undaunted.core.accounts.actions.identities import (
    acting_as,
    acting_with_token,
    close_identity,
    open_entering,
    open_identity,
    renew_identity,
)
from undaunted.core.accounts.actions.installation import InstalledPerson, install_office
from undaunted.core.accounts.actions.panic import panic, unlock_account
from undaunted.core.accounts.actions.people import (
    close_account,
    enrol_person,
    give_role,
    record_organisation,
    renew_access,
    withdraw_role,
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
    "close_account",
    "close_identity",
    "end_other_sessions",
    "end_session",
    "enrol_person",
    "give_role",
    "install_office",
    "make_token",
    "open_entering",
    "open_identity",
    "panic",
    "record_factor_change",
    "record_organisation",
    "record_passphrase_change",
    "renew_access",
    "renew_identity",
    "sign_in_at_terminal",
    "sign_out_everywhere",
    "unlock_account",
    "withdraw_role",
    "withdraw_token",
]
