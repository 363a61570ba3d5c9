"""The words of the library's vocabularies, for pages, for the terminal and for other subjects."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from undaunted.core.practices.rules import (
    Aim,
    Condition,
    Grade,
    Instrument,
    PracticeSourceStatus,
    PracticeStage,
    PracticeTlp,
    State,
    Withdrawal,
)

__all__ = [
    "AIMS",
    "CONDITIONS",
    "GRADES",
    "INSTRUMENTS_TOLD",
    "MARKINGS",
    "STAGES",
    "STATES",
    "STATUSES",
    "WITHDRAWALS",
    "told",
]

AIMS = {
    Aim.RELEASE: _("Release of people who are held"),
    Aim.SHELTER: _("Shelter of people who had to leave"),
    Aim.ACCOUNTABILITY: _("Accountability for detention and torture"),
}
INSTRUMENTS_TOLD = {
    Instrument.SANCTIONS: _("Sanctions"),
    Instrument.SANCTIONS_RELIEF: _("Easing of sanctions"),
    Instrument.AID_CONDITIONS: _("Conditions of assistance"),
    Instrument.TRADE_CONDITIONS: _("Conditions of trade preferences"),
    Instrument.BILATERAL_RAISING: _("Raising cases between two governments"),
    Instrument.MULTILATERAL_RAISING: _("Raising cases together or in international bodies"),
    Instrument.TRIAL_OBSERVATION: _("Trial observation"),
    Instrument.PRISONER_LIST: _("Lists of prisoners"),
    Instrument.EXCHANGE: _("Exchange"),
    Instrument.RELOCATION: _("Release into another country"),
    Instrument.UN_PROCEDURES: _("Procedures of the United Nations"),
    Instrument.CONSULAR_WORK: _("Consular work"),
    Instrument.VISA: _("Visas"),
    Instrument.RESIDENCE: _("Residence"),
    Instrument.TRAVEL_DOCUMENT: _("Travel documents"),
    Instrument.HOST_PROGRAMME: _("Host programmes"),
    Instrument.GRANT: _("Grants"),
    Instrument.RESETTLEMENT: _("Resettlement"),
    Instrument.HEALTH_CARE: _("Care for health and mind"),
    Instrument.DIGITAL_HELP: _("Help with digital safety"),
    Instrument.FAMILY_SUPPORT: _("Support of families"),
    Instrument.RETURN_SUPPORT: _("Support of return"),
    Instrument.TRIAL_ABROAD: _("Trials in another country"),
    Instrument.SANCTIONS_ON_OFFICIALS: _("Sanctions on those responsible"),
    Instrument.INVESTIGATIVE_MECHANISM: _("Bodies that investigate and keep evidence"),
    Instrument.EXPERT_MISSION: _("Missions of experts"),
    Instrument.CRIMINAL_REFERRAL: _("Referral to the International Criminal Court"),
    Instrument.STATE_CLAIM: _("Claims of states against a state"),
    Instrument.JUDGMENT_FOLLOW_UP: _("Judgments and decisions, followed up"),
    Instrument.NAMING_OFFICIALS: _("Naming officials"),
    Instrument.DOCUMENTATION: _("Documentation for courts"),
}
STAGES = {
    PracticeStage.ENTRY: _("Getting in"),
    PracticeStage.STAY: _("Staying"),
    PracticeStage.DOCUMENTS: _("Documents"),
    PracticeStage.LIVELIHOOD: _("Livelihood"),
    PracticeStage.FAMILY: _("Family"),
    PracticeStage.WELLBEING: _("Wellbeing"),
    PracticeStage.DIGITAL: _("Digital safety"),
    PracticeStage.ONWARD: _("Moving on"),
    PracticeStage.RETURN: _("Going back"),
}
CONDITIONS = {
    Condition.LEGAL_BASIS: _("Your own law allows it"),
    Condition.DIPLOMATIC_RELATIONS: _("Diplomatic relations"),
    Condition.LEVERAGE: _("Something the other side wants"),
    Condition.COUNTERPART_ACCESS: _("A counterpart who can decide"),
    Condition.ALLIES: _("Other governments take part"),
    Condition.COURT_ACCESS: _("Access to the courtroom"),
    Condition.DETAINEE_CONSENT: _("The person who is held agrees"),
    Condition.STATE_IN_UN: _("The state belongs to the United Nations"),
    Condition.OWN_NATIONAL: _("The person has your nationality"),
    Condition.THIRD_STATE: _("A third state helps"),
    Condition.HELD_FOR_EXCHANGE: _("Somebody whom the other side wants back"),
    Condition.FUNDING: _("Money for it"),
    Condition.HOST_PARTNER: _("A host on the spot"),
    Condition.TRAVEL_POSSIBLE: _("The person can leave the country"),
    Condition.SPECIALISTS: _("People trained for it"),
    Condition.EVIDENCE: _("Evidence that a court can use"),
    Condition.JURISDICTION: _("A court or body that may hear it"),
    Condition.SUSPECT_IN_REACH: _("A suspect whom the law can reach"),
}
GRADES = {
    Grade.STRONG: _("strong: a systematic comparison of many cases"),
    Grade.MODERATE: _("moderate: counted over many cases, without a comparison"),
    Grade.WEAK: _("weak: several cases, told by people who took part"),
    Grade.SINGLE: _("a single case"),
}
STATUSES = {
    PracticeSourceStatus.VERIFIED: _("read at its publisher"),
    PracticeSourceStatus.SECONDARY: _("read in a copy, an excerpt or a report"),
    PracticeSourceStatus.UNVERIFIED: _("not yet read at its source"),
}
STATES = {
    State.WAITING: _("waits for a second person"),
    State.ACCEPTED: _("accepted"),
    State.DECLINED: _("declined"),
}
MARKINGS = {
    PracticeTlp.CLEAR: _("TLP:CLEAR: for everybody"),
    PracticeTlp.GREEN: _("TLP:GREEN: for the organisations of this platform"),
    PracticeTlp.AMBER: _("TLP:AMBER: for your organisation"),
    PracticeTlp.RED: _("TLP:RED: for the people named, and nobody else"),
}
WITHDRAWALS = {
    Withdrawal.ENDED: _("it is not done any more"),
    Withdrawal.HARM: _("it can harm people"),
    Withdrawal.WRONG: _("what it says is wrong"),
    Withdrawal.REPLACED: _("another practice takes its place"),
}
_BY_KIND: dict[str, dict[str, Any]] = {
    kind: {each.value: words for each, words in held.items()}
    for kind, held in (
        ("Aim", AIMS),
        ("Instrument", INSTRUMENTS_TOLD),
        ("Stage", STAGES),
        ("Condition", CONDITIONS),
        ("Grade", GRADES),
        ("SourceStatus", STATUSES),
        ("State", STATES),
        ("Tlp", MARKINGS),
        ("Withdrawal", WITHDRAWALS),
    )
}


def told(kind: str, value: str) -> str:
    """Give a term of a vocabulary in words, such as `told("Stage", "entry")`."""
    return str(_BY_KIND[kind].get(value, value))
