"""A dossier and its parts out of a file of TOML.

Who is meant stands in a file, never among the words of a command, which everybody on the machine
can read while it runs.
"""

from __future__ import annotations

import tomllib
from typing import Any, Final

from undaunted.repression.dossiers.rules import DossierRefused

__all__ = ["read_tables"]

_MOST_BYTES: Final = 2**20


def read_tables(content: bytes) -> dict[str, Any]:
    """Read a file of TOML, 1 MiB at most. Raises `DossierRefused`, which says what is wrong."""
    if len(content) > _MOST_BYTES:
        raise DossierRefused("file", f"it has more than {_MOST_BYTES} bytes; write less")
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise DossierRefused("file", "it is not written in UTF-8; save it as such") from problem
    except (ValueError, RecursionError) as problem:
        raise DossierRefused("file", f"it is no TOML: {str(problem)[:200]}") from problem
