"""Web sessions stored under a digest of their key and sealed with it, and tokens of the API.

Somebody who reads this table learns nothing and becomes nobody: the cookie's value is not in it,
and without that the data does not open. While a second factor is set up its secret is in there.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, ClassVar, Final, cast

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from undaunted.core.access.rules import PersonalData
from undaunted.core.accounts.models.people import User

if TYPE_CHECKING:
    from typing import Any

__all__ = ["ApiToken", "SessionStore", "WebSession"]


class WebSession(AbstractBaseSession):
    """A browser's session; `session_key` holds the digest of the cookie's value."""

    personal_data = PersonalData(
        holds="sealed session data (user id, language, notices); no address, no browser",
        about="people who work with the platform",
        why="to stay signed in",
        kept="until sign-out, 12 hours at most",
    )

    objects: ClassVar[BaseSessionManager[WebSession]] = BaseSessionManager()  # type: ignore[assignment]

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """Give the store that belongs to this table."""
        return SessionStore

    class Meta:
        db_table = "accounts_websession"


_KEPT: Final = """
    SELECT session_key, session_data, expire_date FROM accounts_websession
    WHERE session_key = %s AND expire_date > %s
"""
"""Asked before every page of the desk, so it is written here and not anew each time."""


def _stored(key: str) -> str:
    return hashlib.sha256(b"web-session:" + key.encode()).hexdigest()[:40]


def _box(key: str) -> Fernet:
    secret = settings.SECRET_KEY.encode() + key.encode()
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"undaunted web session")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret)))


class SessionStore(DatabaseStore):
    """Django's database store, except that the key is kept as a digest and seals the data."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """Give the table."""
        return WebSession

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        if self.session_key is None:
            return None
        return self._found(_stored(self.session_key))

    def _found(self, digest: str) -> AbstractBaseSession | None:
        from django.utils import timezone  # noqa: PLC0415  (settings must be ready)

        found = next(iter(WebSession.objects.raw(_KEPT, [digest, timezone.now()])), None)
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether a session with this key is stored."""
        return super().exists(_stored(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Make the row to store: the digest stands for the key."""
        row = super().create_model_instance(data)
        row.session_key = _stored(cast("str", self._get_or_create_session_key()))  # type: ignore[attr-defined]
        return row

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Seal the data with the cookie's value."""
        key = cast("str", self._get_or_create_session_key())  # type: ignore[attr-defined]
        return _box(key).encrypt(super().encode(session_dict).encode()).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Open the data; empty where it was not sealed with this cookie's value."""
        try:
            signed = _box(self.session_key or "").decrypt(session_data).decode()
        except InvalidToken:
            return {}
        return super().decode(signed)

    def delete(self, session_key: str | None = None) -> None:
        """Forget the session with this key (default: this one)."""
        key = session_key or self.session_key
        if key is not None:
            WebSession.objects.filter(session_key=_stored(key)).delete()


class ApiToken(models.Model):
    """A bearer token for the API; only its digest is stored."""

    personal_data = PersonalData(
        holds="digest of a token, its scopes and its owner",
        about="people who work with the platform",
        why="programs act for a person with narrowed rights",
        kept="until it expires or is withdrawn",
    )

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    label = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label
