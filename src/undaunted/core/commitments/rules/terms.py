"""The words of a commitment: how a state stands to an instrument, and who may be named."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.core.places.rules import UnknownCountry, country

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "COLUMNS",
    "LIMITS",
    "PLATFORMS",
    "UNIONS",
    "CommitmentAnswer",
    "CommitmentState",
    "Status",
    "is_state",
]

UNIONS: Mapping[str, str] = MappingProxyType({"EU": "European Union"})
"""Unions of states that make law of their own, beside the codes of ISO 3166-1."""

PLATFORMS: Mapping[str, str] = MappingProxyType({"G7": "G7"})
"""Groups of governments that act together, each under its own law."""

LIMITS: Mapping[str, int] = MappingProxyType({"text": 2000, "law": 300, "clause": 120})
"""The most letters of a text."""


COLUMNS = (
    "instrument",
    "state",
    "status",
    "since",
    "law",
    "text",
    "language",
    "has",
    "lacks",
    "evidence",
    "source_id",
    "source_title",
    "publisher",
    "source_date",
    "url",
    "source_status",
    "read_on",
    "read_in",
    "note",
)
"""Of a CSV with a row a source; `has`, `lacks`: features, as call-in@section 2; penalties."""


class Status(StrEnum):
    """How a state stands to an instrument from a day on."""

    ABSENT = "absent"
    PROPOSED = "proposed"
    SIGNED = "signed"
    ADOPTED = "adopted"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    NOT_KNOWN = "not_known"

    @property
    def binds(self) -> bool:
        """Whether the instrument is law there: in force, also where it was amended since."""
        return self in {Status.IN_FORCE, Status.AMENDED}

    @property
    def pending(self) -> bool:
        """Whether it is a text that may become law, or was agreed, and binds nobody yet."""
        return self in {Status.PROPOSED, Status.SIGNED, Status.ADOPTED}

    @property
    def lacking(self) -> bool:
        """Whether a source says that there is none: none was made, or it was given up."""
        return self in {Status.ABSENT, Status.WITHDRAWN}

    @property
    def vague(self) -> bool:
        """Whether it says only that a bill came to nothing, or that nothing was found."""
        return self in {Status.LAPSED, Status.NOT_KNOWN}

    @property
    def bare(self) -> bool:
        """Whether there is nothing to have features, be it that none is or that none is known."""
        return self.lacking or self.vague


class CommitmentAnswer(StrEnum):
    """Whether a state's instrument has a feature."""

    HAS = "has"
    LACKS = "lacks"
    UNKNOWN = "unknown"


class CommitmentState(StrEnum):
    """Where a statement stands between two people."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


def is_state(code: str) -> bool:
    """Tell whether the code is of a country, a hypothetical state, a union or a platform."""
    if code in UNIONS or code in PLATFORMS:
        return True
    try:
        return country(code).code == code
    except (UnknownCountry, ValueError, KeyError):
        return False
