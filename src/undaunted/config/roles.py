"""The four roles of the database, what each may do, and how their passwords are kept.

The owner holds the database and its tables and appears only in the process that migrates. The three
serving roles own nothing. All four are bound by row-level security.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from undaunted.config.keys import random_text, secret_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "DATABASE",
    "DESK",
    "INTAKE",
    "OWNER",
    "PUBLIC",
    "SERVING",
    "RoleUrls",
    "creation",
    "permissions",
    "scram_verifier",
    "serving_passwords",
    "serving_urls",
    "url_for",
]

DATABASE = "undaunted"
OWNER = "undaunted_owner"
DESK = "undaunted_desk"
PUBLIC = "undaunted_public"
INTAKE = "undaunted_intake"
SERVING = (DESK, PUBLIC, INTAKE)

SCRAM_ROUNDS = 4096
LIMITS = "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"


@dataclass(frozen=True)
class RoleUrls:
    """The addresses the serving processes connect to; none of them is the owner's."""

    desk: str
    public: str
    intake: str

    def variables(self) -> dict[str, str]:
        """Give them as the environment variables that `Environment` reads."""
        return {
            "UNDAUNTED_DESK_URL": self.desk,
            "UNDAUNTED_PUBLIC_URL": self.public,
            "UNDAUNTED_INTAKE_URL": self.intake,
        }


def serving_passwords(folder: Path) -> dict[str, str]:
    """Give this installation's password of each serving role."""
    return {role: secret_in(folder, role, random_text) for role in SERVING}


def scram_verifier(password: str) -> str:
    """Give what PostgreSQL stores for `password`, so that no server log or disk ever holds it.

    RFC 5802 and 7677. Our passwords are ASCII, which SASLprep leaves alone.
    """
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, SCRAM_ROUNDS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    text = {
        name: base64.b64encode(value).decode()
        for name, value in (("salt", salt), ("stored", stored), ("server", server))
    }
    return f"SCRAM-SHA-256${SCRAM_ROUNDS}:{text['salt']}${text['stored']}:{text['server']}"


def creation() -> list[str]:
    """Give the statements, for a superuser, that make the four roles and the database."""
    roles = [f"CREATE ROLE {role} LOGIN {LIMITS}" for role in (OWNER, *SERVING)]
    return [
        *roles,
        f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0",
        "REVOKE ALL ON DATABASE postgres FROM PUBLIC",
        "REVOKE ALL ON DATABASE template1 FROM PUBLIC",
    ]


def permissions(database: str, owner: str) -> list[str]:
    """Give the statements, for the owner inside `database`, that open the door and no more."""
    roles = ", ".join(SERVING)
    return [
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{database}" TO {roles}',
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f'GRANT ALL ON SCHEMA public TO "{owner}"',
        f"GRANT USAGE ON SCHEMA public TO {roles}",
    ]


def url_for(role: str, password: str, *, host: str, database: str = DATABASE, **more: str) -> str:
    """Give the address of `database` for `role`; `host` may be a socket folder."""
    query = urlencode({"host": host, **more}, quote_via=quote)
    return f"postgresql://{quote(role)}:{quote(password)}@/{quote(database)}?{query}"


def serving_urls(passwords: Mapping[str, str], *, host: str, **more: str) -> RoleUrls:
    """Give the address of each serving role."""
    desk, public, intake = (url_for(role, passwords[role], host=host, **more) for role in SERVING)
    return RoleUrls(desk=desk, public=public, intake=intake)
