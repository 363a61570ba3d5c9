"""Which material may be written for which case, in which forms; nothing may for a silent one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from undaunted.prisoners.campaigns.rules.terms import MaterialKind, Mode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from undaunted.prisoners.campaigns.rules.sheets import AdopterSheet, CampaignSheet, CaseSheet

__all__ = [
    "AdopterRefused",
    "CardTooFull",
    "CaseNotHeld",
    "CasePrivate",
    "CaseSilent",
    "Form",
    "FormUnknown",
    "Material",
    "MaterialRefused",
    "check_material",
    "forms_of",
    "is_public",
    "kinds_for",
    "stem_of",
]


class MaterialRefused(ValueError):
    """A material may not be written, or not in this way."""


class CaseSilent(MaterialRefused):
    """The case is silent: nothing about it leaves the desk in any form."""


class CasePrivate(MaterialRefused):
    """The case is raised in private alone: only a note for a conversation is written."""


class CardTooFull(MaterialRefused):
    """The words of a card fit in no size that can still be read."""


class CaseNotHeld(MaterialRefused):
    """The record does not say that the person is held now, and every material asks as if so."""


class FormUnknown(MaterialRefused):
    """This kind of material does not come in this form."""


class AdopterRefused(MaterialRefused):
    """This kind of material does not name an adopter, or not one who has not agreed."""


class Form(StrEnum):
    """What kind of file a material is."""

    WORD = "docx"
    PDF = "pdf"
    TEXT = "txt"
    SQUARE_PNG = "square-png"
    SQUARE_SVG = "square-svg"
    WIDE_PNG = "wide-png"
    WIDE_SVG = "wide-svg"


@dataclass(frozen=True, slots=True)
class Material:
    """One file, whom it shows, and whether it may be shown to everybody."""

    kind: MaterialKind
    form: Form
    language: str
    name: str
    media_type: str
    content: bytes
    subjects: frozenset[UUID]
    public: bool
    alternative: str = ""
    """What a picture shows, in words."""


_FORMS: Final[Mapping[MaterialKind, tuple[Form, ...]]] = MappingProxyType(
    {
        MaterialKind.LETTER: (Form.WORD, Form.PDF),
        MaterialKind.PARLIAMENTARY_QUESTION: (Form.WORD, Form.TEXT),
        MaterialKind.DEMARCHE_NOTE: (Form.WORD,),
        MaterialKind.STATEMENT: (Form.WORD,),
        MaterialKind.SOCIAL_CARD: (
            Form.SQUARE_PNG, Form.SQUARE_SVG, Form.WIDE_PNG, Form.WIDE_SVG,
        ),
    }
)  # fmt: skip
_KINDS: Final[Mapping[Mode, tuple[MaterialKind, ...]]] = MappingProxyType(
    {
        Mode.PUBLIC: tuple(MaterialKind),
        Mode.PRIVATE_ONLY: (MaterialKind.DEMARCHE_NOTE,),
        Mode.SILENT: (),
    }
)
_LONGEST_STEM: Final = 120
_SAFE: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def forms_of(kind: MaterialKind) -> tuple[Form, ...]:
    """Give the forms in which a material comes, the usual one first."""
    return _FORMS[kind]


def kinds_for(mode: Mode) -> tuple[MaterialKind, ...]:
    """Give the materials that may be written of a case in this mode."""
    return _KINDS[mode]


def check_material(
    kind: MaterialKind, form: Form, case: CaseSheet, adopter: AdopterSheet | None = None
) -> None:
    """Raise `MaterialRefused` where this material may not be written of this case."""
    if case.mode is Mode.SILENT:
        raise CaseSilent("mode: a silent case appears in no material; choose another case")
    if kind not in kinds_for(case.mode):
        raise CasePrivate(
            f"{kind}: a case in mode {case.mode} is raised in private alone; write the note for a "
            "conversation, or ask whoever holds the consent for another mode"
        )
    if not case.held_now:
        raise CaseNotHeld(
            f"{case.reference}: not recorded as held now, so a material would ask for what has "
            "ended; take the case out of the campaign, or record the new detention"
        )
    if form not in forms_of(kind):
        may = ", ".join(forms_of(kind))
        raise FormUnknown(f"form {form}: a {kind} comes as {may}")
    if adopter is not None and kind is MaterialKind.DEMARCHE_NOTE:
        raise AdopterRefused(f"adopter: a {kind} names nobody who speaks; write it without")
    if adopter is not None and not adopter.public and kind is MaterialKind.SOCIAL_CARD:
        raise AdopterRefused(
            f"adopter: a {kind} is for everybody, and this adopter has not agreed to be named; "
            "write it without, or record the agreement"
        )


def is_public(kind: MaterialKind, adopter: AdopterSheet | None) -> bool:
    """Tell whether a material may be shown to everybody: a note never, nor who did not agree."""
    return kind is not MaterialKind.DEMARCHE_NOTE and (adopter is None or adopter.public)


def stem_of(kind: MaterialKind, case: CaseSheet, campaign: CampaignSheet, language: str) -> str:
    """Give the name of the file without its ending; it names a case by its reference alone."""
    parts = (campaign.reference, case.reference, kind.value, language)
    safe = ("".join(_safe(letter) for letter in part.lower()) for part in parts)
    return "-".join(part[: _LONGEST_STEM // len(parts)].strip("-.") for part in safe)


def _safe(letter: str) -> str:
    return letter if letter in _SAFE else "-"
