"""What every step in a dossier shares: who handles it, what a part rests on, its entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import category

from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.evidence.actions import cite
from undaunted.core.evidence.queries import document_for, sources_for
from undaunted.core.evidence.rules import Grade
from undaunted.repression.dossiers.analysis import CITED
from undaunted.repression.dossiers.rules import DossierRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.models import Protected
    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Dossier

__all__ = ["Evidence", "handled", "kept", "note", "said"]

LONGEST = 6000
_BREAKS: Final = "\n\r\t\u2028\u2029"
_OVERRIDES: Final = "\u202d\u202e"
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNGRADED = Grade()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a part rests on: sources of the holder, one grade for them, where in them it stands."""

    sources: tuple[UUID, ...] = ()
    grade: Grade = _UNGRADED
    locator: str = ""
    document: UUID | None = None


NOTHING = Evidence()


def handled(
    dossier: Dossier,
    verb: Verb,
    actor: Actor,
    hands: frozenset[UUID] | None = None,
    *,
    closed: bool = False,
) -> None:
    """Let whoever handles a dossier pass, an open one unless `closed` may be too.

    Raises `Forbidden`, `DossierRefused`.
    """
    require(actor, verb, Facts(holder=dossier.holder, earlier_hands=hands))
    if actor.person not in dossier.team:
        raise Forbidden("only the handling team works on a dossier")
    if dossier.closed_at is not None and not closed:
        raise DossierRefused("dossier", "it is closed; open another")


def said(field: str, text: str, longest: int = LONGEST) -> str:
    """Give a text without its edges. Raises `DossierRefused` for what is not kept."""
    told = text.strip()
    if not any(each.isalnum() for each in told):
        raise DossierRefused(field, "write it in words")
    if len(told) > longest:
        raise DossierRefused(field, f"it has {len(told)} letters; write at most {longest}")
    if any(_unkept(sign, one_line=longest < LONGEST) for sign in told):
        raise DossierRefused(field, "it holds a sign that no text has; write it again")
    return told


def _unkept(sign: str, *, one_line: bool) -> bool:
    """Whether a sign prints nothing, or turns around what stands beside it."""
    if sign in _BREAKS:
        return one_line
    return category(sign) in {"Cc", "Cs"} or sign in (_TURNING if one_line else _OVERRIDES)


def kept(  # noqa: PLR0913 - what, of which kind, of which dossier, on what, by whom, when
    row: Protected,
    kind: str,
    dossier: Dossier,
    evidence: Evidence,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Keep a part with what it rests on and its entry, all or nothing."""
    wanted = dict.fromkeys(evidence.sources)
    held = {
        each.pk: each
        for each in sources_for(actor).filter(pk__in=list(wanted), holder=dossier.holder)
    }
    missing = [each for each in wanted if each not in held]
    if missing:
        raise DossierRefused("sources", f"{missing[0]} is no source of your organisation")
    document = document_for(actor, evidence.document) if evidence.document else None
    if evidence.document and (document is None or document.source_id not in held):
        raise DossierRefused(
            "document", "it belongs to none of these sources; choose one that does"
        )
    with transaction.atomic():
        row.save(force_insert=True)
        for source in wanted:
            mine = document if document and document.source_id == source else None
            cite(
                held[source],
                actor=actor,
                at=at,
                subject_kind=CITED[kind],
                subject_id=row.pk,
                grade=evidence.grade,
                locator=evidence.locator[:200],
                document=mine,
            )
        note(f"dossier.{kind}_recorded", dossier, actor=actor, at=at, part=str(row.pk))


def note(verb: str, dossier: Dossier, *, actor: Actor, at: datetime, **detail: object) -> None:
    """Leave an entry that holds opaque ids and no name."""
    told: Mapping[str, object] = detail
    record_entry(
        verb, actor=actor, subject_kind="dossier", subject_id=dossier.pk, at=at, detail=dict(told)
    )
