"""Tables of people who sign in."""

from undaunted.core.accounts.models.answers import KeptAnswer
from undaunted.core.accounts.models.guesses import SpentStep, Tries
from undaunted.core.accounts.models.people import Membership, Organisation, User
from undaunted.core.accounts.models.rights import RightsProposal
from undaunted.core.accounts.models.sessions import ApiToken, SessionStore, WebSession

__all__ = [
    "ApiToken",
    "KeptAnswer",
    "Membership",
    "Organisation",
    "RightsProposal",
    "SessionStore",
    "SpentStep",
    "Tries",
    "User",
    "WebSession",
]
