"""A private installation on a scratch folder: server, tables, settings; gone afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django

from undaunted.config import schema
from undaunted.config.keys import private_folder
from undaunted.config.postgres import EmbeddedServer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Installation", "django_without_database", "installed"]

PREFIX = "UNDAUNTED_"
LOADED = "ledger-is-written"


@dataclass(frozen=True)
class Installation:
    """Where it is, and its owner's address."""

    folder: Path
    owner_url: str
    loaded: bool = False

    def mark_loaded(self) -> None:
        """Remember that the ledger is written, for a run that uses the same folder again."""
        (self.folder / LOADED).touch()


@contextmanager
def installed(kept: Path | None = None) -> Iterator[Installation]:
    """Start a server as `undaunted run` does, durable, without the demonstration.

    It lives in the folder `kept`, as an earlier run may have left it, or in a scratch folder.
    """
    folder = kept or Path(tempfile.mkdtemp(prefix="undaunted-bench-", dir="/tmp"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    loaded = (folder / LOADED).exists()
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    os.environ["UNDAUNTED_VAR"] = str(folder)
    os.environ["UNDAUNTED_SECRET_KEY"] = secrets.token_hex(32)
    os.environ["UNDAUNTED_SESSION_BINDING_KEY"] = secrets.token_hex(32)
    os.environ["DJANGO_SETTINGS_MODULE"] = "undaunted.config.settings"
    for name in ("static", "documents", "postgres"):
        private_folder(folder / name)
    server = EmbeddedServer(folder / "postgres", folder / "secrets")
    try:
        lease = server.open(lambda owner, urls: schema.prepare(owner, urls, demonstrate=False))
        assert lease.owner_url is not None
        django.setup()  # a kept ledger needs no migration, which would have done it
        try:
            yield Installation(folder, lease.owner_url, loaded)
        finally:
            _close_connections()
            lease.close()
    finally:
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def django_without_database() -> None:
    """Load Django for its rules alone; nothing is asked of a database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undaunted.config.settings")
    os.environ.setdefault("UNDAUNTED_PROFILE", "test")
    django.setup()


def _close_connections() -> None:
    from django.db import connections  # noqa: PLC0415 - needs the settings

    for alias in connections:
        connections[alias].close()
        pool = getattr(connections[alias], "close_pool", None)
        if pool is not None:
            pool()
