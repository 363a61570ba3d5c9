"""Interests of the Beneficial Ownership Data Standard as kinds of right, and back.

The codes are those of its list `interestType` in version 0.4 (documentation of the standard,
openownership/data-standard, as of November 2026, remembered and held against its samples). Earlier
versions write them with hyphens.
"""

from __future__ import annotations

from undaunted.engines.ownership import PartyKind, Right

__all__ = ["EARLIER", "INTERESTS", "KINDS_OF_ENTITY", "OFFICES", "SHARELESS", "interest_of"]

INTERESTS = {
    "shareholding": Right.EQUITY,
    "votingRights": Right.VOTES,
    "rightsToProfitOrIncome": Right.PROFITS,
    "rightToProfitOrIncomeFromAssets": Right.PROFITS,
    "rightsToSurplusAssetsOnDissolution": Right.ASSETS,
    "appointmentOfBoard": Right.BOARD,
    "controlViaCompanyRulesOrArticles": Right.SPECIAL,
    "controlByLegalFramework": Right.SPECIAL,
    "rightsGrantedByContract": Right.CONTRACT,
    "conditionalRightsGrantedByContract": Right.CONTRACT,
    "enjoymentAndUseOfAssets": Right.CONTRACT,
    "otherInfluenceOrControl": Right.CONTRACT,
    "settlor": Right.TRUST,
    "trustee": Right.TRUST,
    "protector": Right.TRUST,
    "beneficiaryOfLegalArrangement": Right.TRUST,
    "nominee": Right.NOMINEE,
    "nominator": Right.NOMINEE,
}

OFFICES = frozenset({"boardMember", "boardChair", "seniorManagingOfficial"})
"""Offices in a company; whoever holds one does not decide alone."""

EARLIER = {
    "influenceOrControl": "otherInfluenceOrControl",
    "settlorOfTrust": "settlor",
    "trusteeOfTrust": "trustee",
    "protectorOfTrust": "protector",
    "beneficiaryOfTrust": "beneficiaryOfLegalArrangement",
}
"""Names in versions before 0.4 that are not the same words with hyphens."""

SHARELESS = frozenset(Right) - {Right.EQUITY, Right.VOTES, Right.PROFITS, Right.ASSETS, Right.BOARD}
"""Rights of which no share need be stated."""

KINDS_OF_ENTITY = {
    "registeredEntity": PartyKind.COMPANY,
    "legalEntity": PartyKind.COMPANY,
    "arrangement": PartyKind.COMPANY,
    "state": PartyKind.STATE,
    "stateBody": PartyKind.STATE,
    "anonymousEntity": PartyKind.UNKNOWN,
    "unknownEntity": PartyKind.UNKNOWN,
}

_WRITTEN = {right: code for code, right in reversed(INTERESTS.items())}


def interest_of(right: Right) -> tuple[str, str]:
    """Give the code of a right and what is written beside it where the standard has none."""
    code = _WRITTEN.get(right)
    return (code, "") if code else ("otherInfluenceOrControl", right.name.lower())
