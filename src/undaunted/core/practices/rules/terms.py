"""The words in which a practice is described: its aim, its means, what it needs, who may see it."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "INSTRUMENTS",
    "LIMITS",
    "WORLD",
    "Aim",
    "Condition",
    "Grade",
    "Instrument",
    "PracticeSourceStatus",
    "PracticeStage",
    "PracticeTlp",
    "State",
    "Withdrawal",
    "no_wider_than",
]


class Aim(StrEnum):
    """What the practice is for."""

    RELEASE = "release"
    SHELTER = "shelter"
    ACCOUNTABILITY = "accountability"


class Instrument(StrEnum):
    """By which means."""

    SANCTIONS = "sanctions"
    SANCTIONS_RELIEF = "sanctions_relief"
    AID_CONDITIONS = "aid_conditions"
    TRADE_CONDITIONS = "trade_conditions"
    BILATERAL_RAISING = "bilateral_raising"
    MULTILATERAL_RAISING = "multilateral_raising"
    TRIAL_OBSERVATION = "trial_observation"
    PRISONER_LIST = "prisoner_list"
    EXCHANGE = "exchange"
    RELOCATION = "relocation"
    UN_PROCEDURES = "un_procedures"
    CONSULAR_WORK = "consular_work"
    VISA = "visa"
    RESIDENCE = "residence"
    TRAVEL_DOCUMENT = "travel_document"
    HOST_PROGRAMME = "host_programme"
    GRANT = "grant"
    RESETTLEMENT = "resettlement"
    HEALTH_CARE = "health_care"
    DIGITAL_HELP = "digital_help"
    FAMILY_SUPPORT = "family_support"
    RETURN_SUPPORT = "return_support"
    TRIAL_ABROAD = "trial_abroad"
    SANCTIONS_ON_OFFICIALS = "sanctions_on_officials"
    INVESTIGATIVE_MECHANISM = "investigative_mechanism"
    EXPERT_MISSION = "expert_mission"
    CRIMINAL_REFERRAL = "criminal_referral"
    STATE_CLAIM = "state_claim"
    JUDGMENT_FOLLOW_UP = "judgment_follow_up"
    NAMING_OFFICIALS = "naming_officials"
    DOCUMENTATION = "documentation"


_SHELTER = (
    Instrument.VISA,
    Instrument.RESIDENCE,
    Instrument.TRAVEL_DOCUMENT,
    Instrument.HOST_PROGRAMME,
    Instrument.GRANT,
    Instrument.RESETTLEMENT,
    Instrument.HEALTH_CARE,
    Instrument.DIGITAL_HELP,
    Instrument.FAMILY_SUPPORT,
    Instrument.RETURN_SUPPORT,
)
_ACCOUNTABILITY = (
    Instrument.TRIAL_ABROAD,
    Instrument.SANCTIONS_ON_OFFICIALS,
    Instrument.INVESTIGATIVE_MECHANISM,
    Instrument.EXPERT_MISSION,
    Instrument.CRIMINAL_REFERRAL,
    Instrument.STATE_CLAIM,
    Instrument.JUDGMENT_FOLLOW_UP,
    Instrument.NAMING_OFFICIALS,
    Instrument.DOCUMENTATION,
)
INSTRUMENTS: Mapping[Aim, tuple[Instrument, ...]] = MappingProxyType(
    {
        Aim.RELEASE: tuple(
            each for each in Instrument if each not in (*_SHELTER, *_ACCOUNTABILITY)
        ),
        Aim.SHELTER: _SHELTER,
        Aim.ACCOUNTABILITY: _ACCOUNTABILITY,
    }
)
"""Which means serve which aim."""


class PracticeStage(StrEnum):
    """Where in a stay abroad a sheltering practice helps."""

    ENTRY = "entry"
    STAY = "stay"
    DOCUMENTS = "documents"
    LIVELIHOOD = "livelihood"
    FAMILY = "family"
    WELLBEING = "wellbeing"
    DIGITAL = "digital"
    ONWARD = "onward"
    RETURN = "return"


class Condition(StrEnum):
    """What must hold before the practice can be used; a country is described in the same words."""

    LEGAL_BASIS = "legal_basis"
    DIPLOMATIC_RELATIONS = "diplomatic_relations"
    LEVERAGE = "leverage"
    COUNTERPART_ACCESS = "counterpart_access"
    ALLIES = "allies"
    COURT_ACCESS = "court_access"
    DETAINEE_CONSENT = "detainee_consent"
    STATE_IN_UN = "state_in_un"
    OWN_NATIONAL = "own_national"
    THIRD_STATE = "third_state"
    HELD_FOR_EXCHANGE = "held_for_exchange"
    FUNDING = "funding"
    HOST_PARTNER = "host_partner"
    TRAVEL_POSSIBLE = "travel_possible"
    SPECIALISTS = "specialists"
    EVIDENCE = "evidence"
    JURISDICTION = "jurisdiction"
    SUSPECT_IN_REACH = "suspect_in_reach"


class Grade(StrEnum):
    """How strong the evidence is that effect and practice go together; never that one made one."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    SINGLE = "single"


class PracticeSourceStatus(StrEnum):
    """How a source was read: itself, in a copy or summary, or not at all."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class PracticeTlp(StrEnum):
    """Who may see it, in the words of the Traffic Light Protocol 2.0, widest first."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"


class State(StrEnum):
    """Where a version stands at the gate of two people."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Withdrawal(StrEnum):
    """Why a practice is hidden."""

    ENDED = "ended"
    HARM = "harm"
    WRONG = "wrong"
    REPLACED = "replaced"


WORLD = "world"
"""Where something was done in several countries that the source does not tell apart."""

LIMITS: Mapping[str, int] = MappingProxyType(
    {"title": 160, "summary": 1200, "text": 1500, "by": 200, "publisher": 200, "url": 1000}
)
"""The most letters of each kind of text."""


def no_wider_than(marking: PracticeTlp, most: PracticeTlp) -> bool:
    """Tell whether something marked so may be shown where `most` is the strictest that may."""
    order = list(PracticeTlp)
    return order.index(marking) <= order.index(most)
