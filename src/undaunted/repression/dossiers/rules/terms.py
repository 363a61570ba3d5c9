"""Words that the record of a dossier is kept in; the words people read are in `writers.terms`."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = [
    "FIRST_LAWS",
    "HEALTH_FACTS",
    "DetailKind",
    "DossierReply",
    "PartyKind",
    "SubmissionState",
    "Weighed",
]

FIRST_LAWS: Final = (
    "eu-2020-1998", "gb-ghrsr-2020", "us-eo-13818", "ca-jvcfoa-2017", "au-6a-rights",
)  # fmt: skip
"""Laws that people are laid beside where nobody chooses others."""


class PartyKind(StrEnum):
    """What somebody who is alleged to be responsible is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE_BODY = "state_body"


class DetailKind(StrEnum):
    """What tells one person from another of the same name."""

    NAME = "name"
    BIRTH = "birth"
    BIRTHPLACE = "birthplace"
    NATIONALITY = "nationality"
    PAPER = "paper"
    PHOTO = "photo"
    ADDRESS = "address"
    LISTED = "listed"
    """An entry of a list that is the person, as list:key; found by a person, with evidence."""
    OTHER = "other"


class DossierReply(StrEnum):
    """Whether the person was asked for their own account (rule H8)."""

    OPEN = "open"
    SOUGHT = "sought"
    RECEIVED = "received"
    UNSAFE = "unsafe"


class Weighed(StrEnum):
    """What was looked for that speaks for the person, and what came of it."""

    SEARCHED = "searched"
    FOUND = "found"
    NOTHING_FOUND = "nothing_found"
    ACCOUNT = "account"


class SubmissionState(StrEnum):
    """How far a submission is."""

    WRITTEN = "written"
    RELEASED = "released"
    ENDED = "ended"


HEALTH_FACTS: Final = frozenset({"torture", "sexual_violence", "death_or_harm", "slavery"})
"""Facts whose grounds are about somebody's body: they need an agreement to share health."""
