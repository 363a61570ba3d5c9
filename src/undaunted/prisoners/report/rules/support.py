"""What people need after release, and what those around them need: recommendations with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

    from undaunted.core.practices.rules import Source

__all__ = [
    "Addressee",
    "Basis",
    "Need",
    "Recommendation",
    "SupportGroup",
    "addressee_text",
    "basis_text",
    "need_text",
]


class SupportGroup(StrEnum):
    """For whom: the person who was held, or those around them."""

    PERSON = "person"
    COMMUNITY = "community"


class Need(StrEnum):
    """What kind of support it is."""

    MEDICAL = "medical"
    PSYCHOSOCIAL = "psychosocial"
    LEGAL = "legal"
    DOCUMENTS = "documents"
    LIVELIHOOD = "livelihood"
    REINTEGRATION = "reintegration"
    DIGITAL_SAFETY = "digital_safety"


class Basis(StrEnum):
    """On what a recommendation rests, strongest first."""

    LAW = "law"
    STANDARD = "standard"
    PRACTICE = "practice"
    JUDGEMENT = "judgement"


class Addressee(StrEnum):
    """Who is asked to do it."""

    STATE = "state"
    HOST = "host"
    ORGANISATIONS = "organisations"
    FUNDERS = "funders"


_NEEDS: Mapping[Need, Promise] = MappingProxyType(
    {
        Need.MEDICAL: _("Medical care"),
        Need.PSYCHOSOCIAL: _("Care for the mind"),
        Need.LEGAL: _("Legal help"),
        Need.DOCUMENTS: _("Documents"),
        Need.LIVELIHOOD: _("Livelihood"),
        Need.REINTEGRATION: _("Return to life among others"),
        Need.DIGITAL_SAFETY: _("Digital safety"),
    }
)
_BASES: Mapping[Basis, Promise] = MappingProxyType(
    {
        Basis.LAW: _("owed by law, as a treaty says or its committee reads it"),
        Basis.STANDARD: _("an adopted standard that does not bind"),
        Basis.PRACTICE: _("done and reported, its effect not measured"),
        Basis.JUDGEMENT: _("judgement of the authors"),
    }
)
_ADDRESSEES: Mapping[Addressee, Promise] = MappingProxyType(
    {
        Addressee.STATE: _("the state that held them"),
        Addressee.HOST: _("host states"),
        Addressee.ORGANISATIONS: _("organisations"),
        Addressee.FUNDERS: _("funders"),
    }
)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation: who should do what, on what that rests, where it fails, who says so."""

    key: str
    group: SupportGroup
    need: Need
    basis: Basis
    to: tuple[Addressee, ...]
    language: str
    text: str
    limit: str
    sources: tuple[Source, ...]


def need_text(need: Need) -> str:
    """Name a kind of support in the language in force."""
    return str(_NEEDS[need])


def basis_text(basis: Basis) -> str:
    """Say in the language in force on what a recommendation rests."""
    return str(_BASES[basis])


def addressee_text(addressee: Addressee) -> str:
    """Name in the language in force who is asked."""
    return str(_ADDRESSEES[addressee])
