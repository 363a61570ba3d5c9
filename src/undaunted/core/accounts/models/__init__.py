"""Tables of people who sign in."""

from undaunted.core.accounts.models.answers import KeptAnswer
from undaunted.core.accounts.models.locks import Lock, Unlocking
from undaunted.core.accounts.models.people import Membership, Organisation, User
from undaunted.core.accounts.models.sessions import ApiToken, SessionStore, WebSession

__all__ = [
    "ApiToken",
    "KeptAnswer",
    "Lock",
    "Membership",
    "Organisation",
    "SessionStore",
    "Unlocking",
    "User",
    "WebSession",
]
