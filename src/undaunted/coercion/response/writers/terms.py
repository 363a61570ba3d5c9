"""The words of a collective response in the reader's language."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from undaunted.coercion.response.rules import (
    BurdenKey,
    Choice,
    PledgeKind,
    Reach,
    ResponseStage,
    Side,
    Voting,
)

__all__ = ["choices_of", "in_words"]

_ALL: Final[dict[str, dict[Any, Any]]] = {
    "Stage": {
        ResponseStage.INVOKED: _("Invoked"),
        ResponseStage.CONSULTING: _("Consulting"),
        ResponseStage.ASSESSING: _("Assessing"),
        ResponseStage.PLEDGING: _("Pledging"),
        ResponseStage.DECIDING: _("Deciding"),
        ResponseStage.MONITORING: _("Monitoring"),
        ResponseStage.CLOSED: _("Closed"),
    },
    "Side": {
        Side.INVOKER: _("Invoker"),
        Side.CHAIR: _("Chair"),
        Side.MEMBER: _("Member"),
    },
    "Reach": {
        Reach.OWN: _("Own government alone"),
        Reach.MEMBERS: _("Members"),
        Reach.PUBLIC: _("Everybody"),
    },
    "Kept": {
        "pledge": _("Pledge"),
        "note": _("Confidential note"),
        "statement": _("Statement"),
        "offramp": _("Condition that is watched"),
        "delivery": _("Delivered"),
        "trial": _("Test of the trigger"),
    },
    "Finding": {"met": _("Met"), "not_met": _("Not met"), "unclear": _("Not known")},
    "KeptText": {
        "text": _("Text"),
        "legal_basis": _("Legal basis"),
        "trigger": _("What brings it into force"),
        "off_ramp": _("What ends it"),
        "condition": _("Condition that is watched"),
        "evidence": _("Evidence that shows it"),
    },
    "PledgeKind": {
        PledgeKind.TRADE: _("Trade measure"),
        PledgeKind.INVESTMENT: _("Investment measure"),
        PledgeKind.EXPORT_CONTROL: _("Export control"),
        PledgeKind.DIVESTMENT: _("Divestment"),
        PledgeKind.PROCUREMENT: _("Exclusion from procurement"),
        PledgeKind.CREDIT: _("Solidarity: credit"),
        PledgeKind.PURCHASES: _("Solidarity: purchases"),
        PledgeKind.QUOTA: _("Solidarity: quota"),
        PledgeKind.COMPENSATION_FUND: _("Solidarity: compensation fund"),
    },
    "Voting": {
        Voting.UNANIMITY: _("Unanimity: nobody votes no"),
        Voting.MAJORITY: _("Majority: more yes than no"),
        Voting.WEIGHTED: _("Weights: the yes votes reach a share of all weights"),
    },
    "Choice": {Choice.YES: _("Yes"), Choice.NO: _("No"), Choice.ABSTAIN: _("Abstains")},
    "BurdenKey": {
        BurdenKey.EQUAL: _("Equal parts"),
        BurdenKey.GDP: _("Gross domestic product"),
        BurdenKey.EXPOSURE: _("Exposure"),
    },
    "MeasureKind": {
        "tariff": _("Tariff"),
        "customs_delisting": _("Struck off by customs"),
        "sps_pretext": _("Health of animals or plants as a pretext"),
        "licence": _("Licence refused"),
        "tourism": _("Tourism"),
        "boycott": _("Boycott"),
        "investment": _("Investment"),
        "company_pressure": _("Pressure on companies"),
        "export_restriction": _("Exports restricted"),
        "diplomatic_freeze": _("Diplomatic freeze"),
        "detention": _("Detention"),
        "threat": _("Threat"),
    },
    "Deniability": {
        "open": _("Openly"),
        "pretext": _("Under a pretext"),
        "denied": _("Denied"),
        "covert": _("Covertly"),
    },
    "Stated": {"stated": _("The coercer said so"), "implied": _("Implied")},
    "Reading": {
        "verified": _("read at the source"),
        "secondary": _("read in a copy or a report"),
        "unverified": _("not read"),
    },
}


def in_words(kind: str, value: str) -> str:
    """Give a term in words: `in_words("Stage", "invoked")`."""
    words = {str(each): word for each, word in _ALL[kind].items()}
    return str(words.get(value, value))


def choices_of(kind: str) -> list[tuple[str, Any]]:
    """Give the terms of a kind for a form."""
    return [(str(each), word) for each, word in _ALL[kind].items()]
