"""The words of a proceeding against coercion: stages, bodies, elements, targets, grounds."""

from enum import StrEnum

__all__ = [
    "Aimed",
    "AnnexKind",
    "Body",
    "CheckValue",
    "Comparability",
    "ElementState",
    "Has",
    "Link",
    "Opinion",
    "Origin",
    "Reading",
    "Stage",
    "SuspensionGround",
    "TerminationGround",
    "Verdict",
]


class Reading(StrEnum):
    """How a legal text was read; told wherever it is shown."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Stage(StrEnum):
    """Where a proceeding stands."""

    REQUESTED = "requested"
    EXAMINATION = "examination"
    DETERMINATION = "determination"
    ENGAGEMENT = "engagement"
    ADOPTED = "adopted"
    APPLIED = "applied"
    SUSPENDED = "suspended"
    ENDED = "ended"
    EVALUATED = "evaluated"
    CLOSED = "closed"


class Body(StrEnum):
    """Who takes a step."""

    COMMISSION = "commission"
    COUNCIL = "council"


class Opinion(StrEnum):
    """What the committee of the member states says of a draft (examination procedure)."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NONE = "none"


class ElementState(StrEnum):
    """How far an element is shown; no number stands behind it."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    CONTESTED = "contested"
    NOT_MET = "not_met"


class CheckValue(StrEnum):
    """What was answered to one point of a checklist."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class AnnexKind(StrEnum):
    """The ten kinds of response measure of Annex I, in its order."""

    DUTIES = "duties"
    TRADE_LIMITS = "trade_limits"
    TRANSIT = "transit"
    PROCUREMENT = "procurement"
    SERVICES = "services"
    INVESTMENT = "investment"
    PROPERTY = "intellectual_property"
    FINANCE = "finance"
    CHEMICALS = "chemicals"
    SANITARY = "sanitary"


class Aimed(StrEnum):
    """Whom a measure is for: a state by origin, or named persons linked to its government."""

    GENERAL = "general"
    LINKED = "linked"


class Origin(StrEnum):
    """By which origin of Annex II a measure of general application reaches what it reaches."""

    GOODS = "goods"
    SERVICES = "services"
    INVESTMENT = "investment"
    RIGHTS = "rights"


class Link(StrEnum):
    """On what a person's link to a government rests (Article 10(1))."""

    MAJORITY = "majority"
    PRIVILEGE = "privilege"
    DIRECTION = "direction"


class SuspensionGround(StrEnum):
    """Why measures are suspended (Article 12)."""

    ADJUDICATION = "adjudication"
    IMPLEMENTATION = "implementation"
    UNION_INTEREST = "union_interest"
    ENGAGEMENT = "engagement"


class TerminationGround(StrEnum):
    """Why measures end (Article 12)."""

    REPAIRED = "repaired"
    CEASED = "ceased"
    AGREED = "agreed"
    ADJUDICATED = "adjudicated"
    UNION_INTEREST = "union_interest"


class Verdict(StrEnum):
    """Whether measures stay within the injury."""

    WITHIN = "within"
    WARNED = "warned"
    REFUSED = "refused"


class Comparability(StrEnum):
    """What stands beside a law: another, a proposal, a power not made for it, or less."""

    LAW = "law"
    PROPOSAL = "proposal"
    POWER = "power"
    PLATFORM = "platform"
    DECLARATION = "declaration"
    PRACTICE = "practice"


class Has(StrEnum):
    """Whether an instrument has a feature; what nobody read is not known."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_KNOWN = "not_known"
