"""Where the searches of an organisation stand as files, what each holds, under which key it lies.

What a government asks is confidential, and a worker without a person reads it. So each file is
sealed under a key of its organisation that follows from the instance's `secret-key`, which no copy
of the database or of the documents holds: who carries those away reads nothing.
"""

from __future__ import annotations

import hmac
from pathlib import Path
from uuid import UUID

from django.conf import settings

from undaunted.core.vault.actions import open_outside
from undaunted.core.vault.rules import Binding

__all__ = [
    "FAILED",
    "FRONT",
    "PROGRESS",
    "QUESTION",
    "STATE",
    "bound_to",
    "folder_of",
    "name_of",
    "search_file",
    "secret_of",
]

QUESTION, PROGRESS, STATE = "question.json", "progress.json", "state.npz"
FRONT, FAILED = "front.json", "failed.txt"


def folder_of(holder: UUID, digest: str = "") -> Path:
    """Give where an organisation's searches stand, or one of them."""
    return Path(settings.DOCUMENTS_FOLDER) / "fronts" / str(holder) / digest


def secret_of(holder: UUID) -> bytes:
    """Give the secret under which the searches of an organisation are sealed."""
    told = b"undaunted searches 1 " + holder.bytes
    return hmac.digest(settings.SECRET_KEY.encode(), told, "sha256")


def name_of(holder: UUID, digest: str) -> str:
    """Give the name under which an organisation's search for a question stands and is told.

    A question's digest is worked out by whoever guesses the question; this name is not.
    """
    return hmac.digest(secret_of(holder), b"name " + digest.encode(), "sha256").hex()


def bound_to(holder: UUID, digest: str, name: str) -> Binding:
    """Give what the file of a search is bound to: no other stands in for it."""
    kind = f"response.search.{name.partition('.')[0]}"
    return Binding(tenant=holder, record=UUID(digest[:32]), kind=kind, version=1, sequence=1)


def search_file(holder: UUID, digest: str, name: str) -> bytes:
    """Give what the sealed file of a search holds. Raises `OSError`, and `VaultError`."""
    envelope = (folder_of(holder, digest) / name).read_bytes()
    return open_outside(envelope, bound_to(holder, digest, name), secret=secret_of(holder))
