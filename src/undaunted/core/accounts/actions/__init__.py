"""What is done to accounts: enrolling people, giving roles, opening and closing identities."""

from undaunted.core.accounts.actions.identities import (
    acting_as,
    acting_with_token,
    close_identity,
    open_identity,
)
from undaunted.core.accounts.actions.installation import InstalledPerson, install_office
from undaunted.core.accounts.actions.people import (
    enrol_person,
    give_role,
    record_organisation,
    withdraw_role,
)
from undaunted.core.accounts.actions.terminal import SignInRefused, sign_in_at_terminal

__all__ = [
    "InstalledPerson",
    "SignInRefused",
    "acting_as",
    "acting_with_token",
    "close_identity",
    "enrol_person",
    "give_role",
    "install_office",
    "open_identity",
    "record_organisation",
    "sign_in_at_terminal",
    "withdraw_role",
]
