"""The words of a collective response in the reader's language."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from undaunted.coercion.response.readers import Deniability, MeasureKind, Reading, Stated
from undaunted.coercion.response.rules import (
    BurdenKey,
    Choice,
    PledgeKind,
    Reach,
    Side,
    Stage,
    Voting,
)

__all__ = ["choices_of", "in_words"]

_ALL: Final[dict[str, dict[Any, Any]]] = {
    "Stage": {
        Stage.INVOKED: _("Invoked"),
        Stage.CONSULTING: _("Consulting"),
        Stage.ASSESSING: _("Assessing"),
        Stage.PLEDGING: _("Pledging"),
        Stage.DECIDING: _("Deciding"),
        Stage.MONITORING: _("Monitoring"),
        Stage.CLOSED: _("Closed"),
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
        MeasureKind.TARIFF: _("Tariff"),
        MeasureKind.CUSTOMS_DELISTING: _("Struck off by customs"),
        MeasureKind.SPS_PRETEXT: _("Health of animals or plants as a pretext"),
        MeasureKind.LICENCE: _("Licence refused"),
        MeasureKind.TOURISM: _("Tourism"),
        MeasureKind.BOYCOTT: _("Boycott"),
        MeasureKind.INVESTMENT: _("Investment"),
        MeasureKind.COMPANY_PRESSURE: _("Pressure on companies"),
        MeasureKind.EXPORT_RESTRICTION: _("Exports restricted"),
        MeasureKind.DIPLOMATIC_FREEZE: _("Diplomatic freeze"),
        MeasureKind.DETENTION: _("Detention"),
        MeasureKind.THREAT: _("Threat"),
    },
    "Deniability": {
        Deniability.OPEN: _("Openly"),
        Deniability.PRETEXT: _("Under a pretext"),
        Deniability.DENIED: _("Denied"),
        Deniability.COVERT: _("Covertly"),
    },
    "Stated": {Stated.STATED: _("The coercer said so"), Stated.IMPLIED: _("Implied")},
    "Reading": {
        Reading.VERIFIED: _("read at the source"),
        Reading.SECONDARY: _("read in a copy or a report"),
        Reading.UNVERIFIED: _("not read"),
    },
}


def in_words(kind: str, value: str) -> str:
    """Give a term in words: `in_words("Stage", "invoked")`."""
    words = {str(each): word for each, word in _ALL[kind].items()}
    return str(words.get(value, value))


def choices_of(kind: str) -> list[tuple[str, Any]]:
    """Give the terms of a kind for a form."""
    return [(str(each), word) for each, word in _ALL[kind].items()]
