"""Words of coordination: what a proposal is, how parties answer, what they prepare and reply."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Announced",
    "Answer",
    "Asked",
    "Change",
    "CoordinationReply",
    "CoordinationStage",
    "CoordinationState",
    "Court",
    "Part",
    "Preparation",
    "Said",
    "SubjectKind",
]


class SubjectKind(StrEnum):
    """Whom a proposal is about: an entry of a list, or somebody whom the proposer describes."""

    LISTED = "listed"
    DESCRIBED = "described"


class CoordinationStage(StrEnum):
    """Where a proposal stands; a draft is read by its own organisation alone."""

    DRAFT = "draft"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Answer(StrEnum):
    """What a party says to the invitation."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"


class Said(StrEnum):
    """What is said under a proposal, always sealed to its parties."""

    COMMENT = "comment"
    REASON = "reason"
    HOLD = "hold"
    TIE = "tie"
    SUBMISSION = "submission"


class Preparation(StrEnum):
    """What a party does at home before the moment of an announcement."""

    LEGAL_REVIEW = "legal_review"
    COUNCIL = "council"
    GAZETTE = "gazette"
    TRANSLATION = "translation"
    BANKS_TOLD = "banks_told"
    STATEMENT = "statement"


class CoordinationState(StrEnum):
    """How far a preparation is."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not_needed"


class Announced(StrEnum):
    """Where a joint announcement stands, reckoned and never stored."""

    NO_MOMENT = "no_moment"
    WAITING = "waiting"
    HELD = "held"
    AGREED = "agreed"
    LIFTED = "lifted"
    MISSED = "missed"


class Change(StrEnum):
    """What a version of a list did to an entry."""

    DESIGNATED = "designated"
    AMENDED = "amended"
    DELISTED = "delisted"
    REMOVED = "removed"
    MISSING = "missing"
    """Not in a file that one person brought, and nobody confirmed that."""
    UNREAD = "unread"
    """Missing from a version that holds a row which nobody can place: perhaps it is in that."""
    NEW_LINE = "new_line"
    """New on a list without numbers: perhaps somebody who stood there under another spelling."""
    LINE_GONE = "line_gone"


class Court(StrEnum):
    """How a case about a listing stands or ended."""

    PENDING = "pending"
    DISMISSED = "dismissed"
    ANNULLED = "annulled"
    PARTLY_ANNULLED = "partly_annulled"
    REMITTED = "remitted"
    DISCONTINUED = "discontinued"


class Asked(StrEnum):
    """What a listed person asks an authority for."""

    DELISTING = "delisting"
    ACCESS_TO_FILE = "access_to_file"
    CORRECTION = "correction"
    EXEMPTION = "exemption"


class Part(StrEnum):
    """What a file of a petition holds, each sealed."""

    REQUEST = "request"
    REVIEW = "review"
    EXCULPATORY = "exculpatory"
    ANSWER = "answer"


class CoordinationReply(StrEnum):
    """What an authority answers."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    NOT_COMPETENT = "not_competent"
