"""Words of the ledger that code depends on; the packs hold their labels and definitions.

A test keeps each of these equal to the vocabulary it mirrors.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "ActFamily",
    "InvolvementRole",
    "LawKind",
    "PerpetratorMode",
    "TargetRole",
]


class InvolvementRole(StrEnum):
    """How an actor takes part in an act (HURIDOCS events model)."""

    VICTIM = "victim"
    PERPETRATOR = "perpetrator"
    SOURCE = "source"
    HELPER = "helper"


class PerpetratorMode(StrEnum):
    """In what way an actor is answerable for an act; always an allegation until judged."""

    ORDERED = "ordered"
    COMMITTED = "committed"
    COMPLICIT = "complicit"
    ASSISTED = "assisted"
    BENEFITED = "benefited"
    COMMAND = "command"


class ActFamily(StrEnum):
    """The top of the vocabulary of acts."""

    DEPRIVATION_OF_LIBERTY = "deprivation_of_liberty"
    CHARGE = "charge"
    PROCEEDING = "proceeding"
    SENTENCE = "sentence"
    RELEASE = "release"
    CIVIL_DEATH = "civil_death"
    KILLING = "killing"
    DEATH_IN_CUSTODY = "death_in_custody"
    ENFORCED_DISAPPEARANCE = "enforced_disappearance"
    ILL_TREATMENT = "ill_treatment"
    THREAT = "threat"
    SEARCH_AND_SEIZURE = "search_and_seizure"
    OTHER = "other"


class TargetRole(StrEnum):
    """What a person did that made them a target."""

    HRD = "hrd"
    JOURNALIST = "journalist"
    OPPOSITION_POLITICIAN = "opposition_politician"
    LAWYER = "lawyer"
    FORMER_INSIDER = "former_insider"
    MINORITY_MEMBER = "minority_member"
    STUDENT = "student"
    ARTIST = "artist"
    TRADE_UNIONIST = "trade_unionist"
    ACTIVIST = "activist"
    OTHER = "other"


class LawKind(StrEnum):
    """What kind of law is used against somebody (card 1.4)."""

    TERRORISM = "terrorism"
    EXTREMISM = "extremism"
    TREASON_STATE_SECURITY = "treason_state_security"
    FOREIGN_AGENT_FUNDING = "foreign_agent_funding"
    DEFAMATION_INSULT = "defamation_insult"
    FALSE_NEWS = "false_news"
    PUBLIC_ORDER_ASSEMBLY = "public_order_assembly"
    CYBER = "cyber"
    TAX_FRAUD_PRETEXT = "tax_fraud_pretext"
    DRUGS_PRETEXT = "drugs_pretext"
    OTHER = "other"
