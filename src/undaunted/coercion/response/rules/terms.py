"""The words of a collective response: stages, sides, measures, reaches, votes, keys."""

from enum import StrEnum

__all__ = [
    "SOLIDARITY",
    "BurdenKey",
    "Choice",
    "MeasureClass",
    "PledgeKind",
    "Reach",
    "ResponseStage",
    "Side",
    "StepKind",
    "Voting",
]


class ResponseStage(StrEnum):
    """Where an invocation stands."""

    INVOKED = "invoked"
    CONSULTING = "consulting"
    ASSESSING = "assessing"
    PLEDGING = "pledging"
    DECIDING = "deciding"
    MONITORING = "monitoring"
    CLOSED = "closed"


class StepKind(StrEnum):
    """What two people of a government do with its membership."""

    ACCEPT = "accept"
    LEAVE = "leave"


class Side(StrEnum):
    """What a government is in an invocation; the chair may also have invoked."""

    INVOKER = "invoker"
    CHAIR = "chair"
    MEMBER = "member"


class Reach(StrEnum):
    """How far a text or a pledge goes: the own government, the members, everybody."""

    OWN = "own"
    MEMBERS = "members"
    PUBLIC = "public"


class PledgeKind(StrEnum):
    """What a government pledges: measures towards the coercer, solidarity with the target."""

    TRADE = "trade"
    INVESTMENT = "investment"
    EXPORT_CONTROL = "export_control"
    DIVESTMENT = "divestment"
    PROCUREMENT = "procurement"
    CREDIT = "credit"
    PURCHASES = "purchases"
    QUOTA = "quota"
    COMPENSATION_FUND = "compensation_fund"


class MeasureClass(StrEnum):
    """Towards whom a pledge is directed."""

    MEASURE = "measure"
    SOLIDARITY = "solidarity"


SOLIDARITY = frozenset(
    {
        PledgeKind.CREDIT,
        PledgeKind.PURCHASES,
        PledgeKind.QUOTA,
        PledgeKind.COMPENSATION_FUND,
    }
)
"""Kinds that help the target; the others are directed at the coercer."""


class Voting(StrEnum):
    """By which rule members decide."""

    UNANIMITY = "unanimity"
    MAJORITY = "majority"
    WEIGHTED = "weighted"


class Choice(StrEnum):
    """What a member votes."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class BurdenKey(StrEnum):
    """By what the burden is shared."""

    EQUAL = "equal"
    GDP = "gdp"
    EXPOSURE = "exposure"
