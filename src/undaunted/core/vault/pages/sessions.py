"""What the pages of the vault share: whose key is open here, and what a refusal is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from undaunted.core.access.rules import actor_of
from undaunted.core.vault.queries import open_key_of as vault_key_of
from undaunted.core.vault.rules import (
    VAULT_COOKIE,
    AdmissionRefused,
    KeyPairExists,
    NoKeyPair,
    NoRecipients,
    NoRecovery,
    NotForThisKey,
    NotTheQuorum,
    NotYourShare,
    ResealingUnfinished,
    SharesDisagree,
    ShareUnreadable,
    TooManyGuesses,
    TooManyUnlocks,
    VaultError,
    WeakPassphrase,
    WrongPassphrase,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "FORGOTTEN",
    "actor_of",
    "ask_for_key",
    "open_key_of",
    "refused",
    "told",
    "with_cookie",
]

FORGOTTEN = ""


def open_key_of(request: HttpRequest) -> OpenKey | None:
    """Give the key that is open in this session, None where none is."""
    return vault_key_of(actor_of(request), request, at=timezone.now())


def ask_for_key(request: HttpRequest) -> HttpResponse:
    """Lead to the page on which the key is opened."""
    messages.info(request, _("Open your key first; then come back to where you were."))
    return redirect("vault:vault")


def with_cookie(address: str, cookie: str) -> HttpResponse:
    """Lead on, with the cookie that opens the session's key, or without one (`FORGOTTEN`)."""
    answer = redirect(address)
    age = None if cookie else 0
    answer.set_cookie(
        VAULT_COOKIE, cookie, max_age=age, secure=True, httponly=True, samesite="Strict", path="/"
    )
    return answer


def refused(refusal: VaultError, old: str) -> tuple[str, str]:
    """Give the field that a refusal belongs to, and its sentence."""
    weak = isinstance(refusal, WeakPassphrase)
    return ("passphrase" if weak else old), told(refusal)


def told(refusal: VaultError) -> str:
    """Give a refusal as a sentence that says what to do."""
    if isinstance(refusal, AdmissionRefused):
        return _admission_sentences()[refusal.reason]
    for kind, sentence in _sentences().items():
        if isinstance(refusal, kind):
            return sentence
    return _("Your key cannot be opened. Tell whoever runs this instance before you go on.")


def _sentences() -> dict[type[VaultError], str]:
    return {
        WrongPassphrase: _("This passphrase does not open your key."),
        WeakPassphrase: _(
            "This passphrase is too short. Use at least 16 characters; several words are best."
        ),
        TooManyGuesses: _("Too many wrong tries. Wait a while, at most 15 minutes, and try again."),
        TooManyUnlocks: _("Too many people open their keys at this moment. Try again in a minute."),
        KeyPairExists: _("You have a key already."),
        NoKeyPair: _("There is no key yet. It is made on the page Your key."),
        NoRecovery: _("There is no ceremony in force that could bring this key back."),
        ShareUnreadable: _(
            "A share has 33 words. At least one is missing, mistyped or out of place; compare"
            " each with the sheet. Nothing was changed."
        ),
        NotTheQuorum: _("More different shares are needed. Nothing was changed."),
        SharesDisagree: _(
            "These shares belong to another ceremony. Look for sheets with a later date."
            " Nothing was changed."
        ),
        NotYourShare: _("These are not the words of your share. Compare each with the sheet."),
        ResealingUnfinished: _(
            "The records of a team are still being sealed anew. Finish that on the team's page."
        ),
        NotForThisKey: _(
            "Your key does not open all records of this team yet. Somebody who was in it before"
            " must go on."
        ),
        NoRecipients: _("Somebody must stay in the team who can open its records."),
    }


def _admission_sentences() -> dict[str, str]:
    return {
        "absent": _("There is no such person in this organisation, or you may not do this."),
        "inside": _("This person is in the team already."),
        "waiting": _("This person is proposed already. A second person approves it."),
        "answered": _("This was answered or done before."),
        "lapsed": _("This was proposed more than 14 days ago. Propose it anew."),
        "own": _("You proposed this. Another steward or a member of the team approves it."),
        "proposer_left": _("Whoever proposed this is no steward any more. Propose it anew."),
        "newer": _("Only a steward, or a member since before the proposal, approves this."),
        "pair": _("Whoever proposed this proposed you as well. Somebody else approves it."),
        "alone": _("Propose this person first. A second person approves it."),
    }
