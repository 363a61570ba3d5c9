"""How people are let in (adapters of the sign-in library) and the forms of accounts."""

from undaunted.core.accounts.forms.adapters import AccountAdapter, MFAAdapter, PassphraseBackend
from undaunted.core.accounts.forms.people import REFUSALS, EnrolForm, TokenForm

__all__ = [
    "REFUSALS",
    "AccountAdapter",
    "EnrolForm",
    "MFAAdapter",
    "PassphraseBackend",
    "TokenForm",
]
