"""Forms in which somebody proves themselves: guesses are slowed, and a code works once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from undaunted.core.access.rules import TooManyTries
from undaunted.core.accounts.actions import prove_code, prove_passphrase
from undaunted.core.accounts.forms.adapters import device_of, slowed
from undaunted.core.accounts.rules import TooManyAtOnce

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

    from undaunted.core.accounts.models import User

__all__ = ["CodeAgainForm", "CodeForm", "PassphraseChangeForm"]


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """A code of the authenticator app or a recovery code, on the way in."""

    def clean_code(self) -> str:
        """Judge the code."""
        code: str = self.cleaned_data["code"]
        self.authenticator = _judged(self.user, code)
        return code


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The same, before something that changes how somebody signs in."""

    def clean_code(self) -> str:
        """Judge the code."""
        code: str = self.cleaned_data["code"]
        self.authenticator = _judged(self.user, code)
        return code


class PassphraseChangeForm(ChangePasswordForm):  # type: ignore[misc]
    """The passphrase of now, and twice the next one."""

    def clean_oldpassword(self) -> str:
        """Judge the passphrase of now."""
        name, given = self.user.username, self.cleaned_data["oldpassword"]
        try:
            found = prove_passphrase(name, given, device=device_of(context.request, name))
        except (TooManyTries, TooManyAtOnce) as refusal:
            raise slowed(refusal) from refusal
        if found is None:
            raise account_adapter().validation_error("enter_current_password")
        return str(given)


def _judged(user: User, code: str) -> Authenticator:
    try:
        found = prove_code(user, code, device=device_of(context.request, user.username))
    except TooManyTries as refusal:
        raise slowed(refusal) from refusal
    if found is None:
        raise get_adapter().validation_error("incorrect_code")
    found.user = user
    return found
