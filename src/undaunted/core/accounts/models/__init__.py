"""Tables of people who sign in."""

from undaunted.core.accounts.models.answers import KeptAnswer
from undaunted.core.accounts.models.guesses import SpentStep, Tries
from undaunted.core.accounts.models.locks import Lock, Unlocking
from undaunted.core.accounts.models.people import Membership, Organisation, User
from undaunted.core.accounts.models.rights import RightsProposal
from undaunted.core.accounts.models.sessions import ApiToken, SessionStore, WebSession

__all__ = [
    "ApiToken",
    "KeptAnswer",
    "Lock",
    "Membership",
    "Organisation",
    "RightsProposal",
    "SessionStore",
    "SpentStep",
    "Tries",
    "Unlocking",
    "User",
    "WebSession",
]
