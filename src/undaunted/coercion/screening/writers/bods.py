"""Stakes as a file of the Beneficial Ownership Data Standard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules import statements_of

if TYPE_CHECKING:
    from undaunted.coercion.screening.rules import Publication
    from undaunted.engines.ownership import Stakes

__all__ = ["bods"]


def bods(stakes: Stakes, publication: Publication) -> bytes:
    """Give a document of version 0.4; the same stakes give the same bytes."""
    told = statements_of(stakes, publication)
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
