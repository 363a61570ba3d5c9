"""As whom consent counts the reader of a submission, and how those written anew are numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.core.consent.rules import Audience, AudienceKind
from undaunted.repression.dossiers.rules.terms import SubmissionState

if TYPE_CHECKING:
    from uuid import UUID

__all__ = [
    "ANNEXES",
    "DRAFT",
    "FILES",
    "MEMBERS",
    "PAPERS",
    "SEALED",
    "UNION",
    "audience_for",
    "opening_told",
    "opens",
    "tombstone_of",
]


UNION: Final = "EU"
MEMBERS: Final = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
"""Members of the Union (Article 52 of the Treaty on European Union; as of November 2026).

Whoever fears one of them is told of to the Union no more than to it: its officials read there too.
"""

ANNEXES: Final = "annexes.zip"
"""Annexes as whoever releases reads them; where they go out sealed, these bytes go at release."""
SEALED: Final = ("annexes.age", "victims.age")
"""Files that nobody here can open: they are sealed to the recipient's key."""
DRAFT: Final = "draft.pdf"
"""The paper as it is read until it is released: every page says that it is a draft."""
PAPERS: Final = ("submission.docx", "submission.pdf")
"""The paper as it goes out: nobody opens it before."""
FILES: Final = (*PAPERS, DRAFT, ANNEXES, *SEALED)
"""How the files of a submission are called; the database takes no other."""


def audience_for(jurisdiction: str) -> Audience:
    """Give the audience that must have been named: one government, the Union as `body:EU`.

    An agreement for one government is none for another, nor for the Union of which it is a member.
    """
    code = jurisdiction.upper()
    kind = AudienceKind.BODY if code == UNION else AudienceKind.GOVERNMENT
    return Audience(kind, code)


def tombstone_of(number: str) -> str:
    """Give the number of a submission that takes the place of one that ended: 3, then 3.1, 3.2."""
    first, _, later = number.partition(".")
    return f"{first}.{int(later or 0) + 1}"


def opening_told(submission: UUID, sha256: str) -> dict[str, object]:
    """Give what the record keeps of it that somebody opened a file."""
    return {"submission": str(submission), "sha256": sha256}


def opens(name: str, state: str, *, released: bool) -> bool:
    """Tell whether a file counts in a state: a draft until release, the paper itself from then.

    Of one that ended before it was `released`, neither: no paper went out.
    """
    if state == SubmissionState.WRITTEN:
        return name not in PAPERS
    return name != DRAFT and (released or name not in PAPERS)
