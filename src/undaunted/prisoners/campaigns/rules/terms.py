"""The words of campaigns: how a case may be shown, how it is raised and what came back."""

from enum import StrEnum

__all__ = [
    "LADDER",
    "AdopterKind",
    "Channel",
    "Level",
    "MaterialKind",
    "Mode",
    "Reply",
    "SourceStatus",
]


class Mode(StrEnum):
    """How a case takes part. Silent appears in nothing that leaves the desk."""

    PUBLIC = "public"
    PRIVATE_ONLY = "private_only"
    SILENT = "silent"


class Channel(StrEnum):
    """By which way something is raised."""

    PUBLIC = "public"
    PRIVATE = "private"
    MULTILATERAL = "multilateral"


class Level(StrEnum):
    """How high the counterpart stands."""

    WORKING = "working"
    SENIOR = "senior"
    AMBASSADOR = "ambassador"
    PARLIAMENT = "parliament"
    MINISTER = "minister"
    HEAD = "head"


class Reply(StrEnum):
    """What came back: a ladder from nothing to release."""

    NONE = "none"
    DENIAL = "denial"
    INFORMATION = "information"
    VISIT = "visit"
    IMPROVED_CONDITIONS = "improved_conditions"
    RELEASE = "release"


LADDER = tuple(Reply)
"""The rungs from the lowest to the highest."""


class AdopterKind(StrEnum):
    """Who stands up for a case."""

    PARLIAMENTARIAN = "parliamentarian"
    MINISTER = "minister"
    CITY = "city"
    ORGANISATION = "organisation"


class MaterialKind(StrEnum):
    """What a campaign hands out for a case."""

    LETTER = "letter"
    PARLIAMENTARY_QUESTION = "parliamentary_question"
    DEMARCHE_NOTE = "demarche_note"
    STATEMENT = "statement"
    SOCIAL_CARD = "social_card"


class SourceStatus(StrEnum):
    """Whether somebody read a source where it was published."""

    READ = "read"
    COPY = "copy"
    UNVERIFIED = "unverified"
