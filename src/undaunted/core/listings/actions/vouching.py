"""A code of the application for each act on a list: SQL alone says nothing of who said what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from undaunted.core.vault.rules import code_for_database, moment_in_code, text_in_code

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from undaunted.core.listings.models import ListVersion

__all__ = ["begin", "mark_attested", "mark_withdrawn"]


def begin(about: Mapping[str, Any]) -> str:
    """Begin a version and give its id: which file, how it came and when. Not an action."""
    told = json.dumps(about)
    with connection.cursor() as cursor:
        cursor.execute("SELECT listings_begin(%s, %s)", [told, _code("listings-begin", told)])
        return str(cursor.fetchone()[0])


def mark_attested(version: ListVersion, at: datetime) -> None:
    """Keep when a second person confirmed a version. Not an action."""
    _mark("attest", version, at)


def mark_withdrawn(version: ListVersion, at: datetime) -> None:
    """Take a version back, and keep when. Not an action."""
    _mark("withdraw", version, at)


def _mark(what: str, version: ListVersion, at: datetime) -> None:
    code = _code(f"listings-{what}", f"{version.pk}|{moment_in_code(at)}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT listings_{what}(%s, %s, %s)", [version.pk, at, code])


def _code(what: str, told: str) -> bytes:
    return code_for_database(settings.SESSION_BINDING_KEY, what, text_in_code(told))
