"""What of a case or a document one recipient may have: every part asked about in consent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.consent.queries import grants_for
from undaunted.core.consent.rules import (
    IDENTIFYING,
    FieldGroup,
    IdentityLevel,
    highest_level,
    permits,
)
from undaunted.core.evidence.queries import (
    citations_from,
    clean_copy_of,
    document_for,
    is_withdrawn,
    open_clean_copy,
)
from undaunted.core.sharing.rules import ItemRefused, Offer
from undaunted.prisoners.registry.queries.records import case_file, current_act
from undaunted.prisoners.registry.readers.hygiene import clean_text
from undaunted.prisoners.registry.rules.shared_case import (
    MOST_TEXT,
    SharedAct,
    SharedCase,
    SharedName,
    cut_to_month,
)
from undaunted.prisoners.registry.writers.shared_case import write_case

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.models import Party
    from undaunted.core.consent.rules import Audience, Grant, Purpose
    from undaunted.core.events.models import Act
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = ["offer_case", "offer_document"]


@dataclass(frozen=True, slots=True)
class _Use:
    """Whose records, for whom, to which key, for what."""

    holder: UUID
    audience: Audience
    fingerprint: str
    purpose: Purpose


class _Asked:
    """Consent about one person for one use on one day."""

    def __init__(self, case: CaseFile, use: _Use, *, actor: Actor, at: datetime) -> None:
        self.members = [one for one in case.members if one.holder == use.holder]
        self.acts = [act for act in case.acts if act.holder == use.holder]
        self.subjects = frozenset(one.pk for one in self.members)
        held = grants_for(actor, self.subjects)
        self._grants: list[Grant] = [grant for rows in held.values() for grant in rows]
        self._use = {
            "purpose": use.purpose,
            "audience": use.audience,
            "fingerprint": use.fingerprint,
            "on": at.date(),
            "origin_states": case.feared(use.holder),
        }
        self.audience = use.audience
        self.consents: set[UUID] = set()

    def level(self, group: FieldGroup) -> IdentityLevel:
        """Give how much may be told of a group, and remember the consent that it rests on."""
        found = highest_level(self._grants, field_group=group, **self._use)  # type: ignore[arg-type]
        if found > IdentityLevel.AGGREGATE:
            self._remember(group, found)
            return found
        return IdentityLevel.NONE

    def why_not(self, group: FieldGroup, level: IdentityLevel) -> str:
        """Give the reason of a refusal, as a word."""
        answer = permits(self._grants, field_group=group, level=level, **self._use)  # type: ignore[arg-type]
        return answer.reason.value

    def _remember(self, group: FieldGroup, level: IdentityLevel) -> None:
        answer = permits(self._grants, field_group=group, level=level, **self._use)  # type: ignore[arg-type]
        if answer.by_which_grant is not None:
            self.consents.add(UUID(answer.by_which_grant))


def offer_case(  # noqa: PLR0913 - the dimensions of consent
    thing: UUID,
    *,
    holder: UUID,
    audience: Audience,
    fingerprint: str,
    purpose: Purpose,
    actor: Actor,
    at: datetime,
    **_more: object,
) -> Offer:
    """Give what of a case this audience may have. Raises `ItemRefused` with the reason.

    Only records that `holder` keeps are read: what other organisations share inside this instance
    is theirs to share outside.
    """
    require(actor, Verb.READ, Facts(holder=holder))
    use = _Use(holder, audience, fingerprint, purpose)
    asked = _asked(thing, use, actor=actor, at=at)
    identity = asked.level(FieldGroup.IDENTITY)
    if identity is IdentityLevel.NONE:
        why = asked.why_not(FieldGroup.IDENTITY, IdentityLevel.CODE)
        raise ItemRefused(
            f"case {thing}: {audience} may not have it ({why}); ask for consent first"
        )
    case = _shared(thing, asked, identity)
    content = write_case(case)
    return Offer(
        content=content,
        media_type="application/json",
        version=hashlib.sha256(content).hexdigest()[:16],
        subjects=asked.subjects,
        consents=tuple(sorted(asked.consents)),
        marked=True,
    )


def offer_document(  # noqa: PLR0913 - the dimensions of consent
    thing: UUID,
    *,
    holder: UUID,
    audience: Audience,
    fingerprint: str,
    purpose: Purpose,
    actor: Actor,
    at: datetime,
    **_more: object,
) -> Offer:
    """Give the clean copy of a document, where everybody whom it speaks of agreed by name.

    Raises `ItemRefused`: no clean copy, nobody cited it (nobody can say whom it shows), no consent.
    """
    require(actor, Verb.READ, Facts(holder=holder))
    document = document_for(actor, thing)
    if document is None or document.holder != holder:
        raise ItemRefused(f"document {thing}: there is none of your organisation")
    if is_withdrawn(actor, document):
        raise ItemRefused(f"document {thing}: it was withdrawn, and goes to nobody any more")
    copy = clean_copy_of(actor, document)
    if copy is None or not copy.sha256:
        raise ItemRefused(f"document {thing}: it has no clean copy; make one first")
    people = _people_of(document.source_id, actor)
    if not people:
        raise ItemRefused(f"document {thing}: no claim cites it, so nobody can say whom it shows")
    subjects: frozenset[UUID] = frozenset()
    consents: set[UUID] = set()
    use = _Use(holder, audience, fingerprint, purpose)
    for person in people:
        asked = _asked(person, use, actor=actor, at=at)
        if asked.level(FieldGroup.DOCUMENTS) is not IdentityLevel.NAME:
            why = asked.why_not(FieldGroup.DOCUMENTS, IdentityLevel.NAME)
            raise ItemRefused(f"document {thing}: {audience} may not have it ({why})")
        subjects, consents = subjects | asked.subjects, consents | asked.consents
    with open_clean_copy(actor, document) as held:
        content = held.read()
    return Offer(
        content=content,
        media_type=copy.media_type,
        version=copy.sha256[:16],
        subjects=subjects,
        consents=tuple(sorted(consents)),
        marked=False,
    )


def _asked(thing: UUID, use: _Use, *, actor: Actor, at: datetime) -> _Asked:
    case = case_file(actor, thing)
    asked = _Asked(case, use, actor=actor, at=at) if case else None
    if asked is None or not asked.members:
        raise ItemRefused(f"case {thing}: your organisation holds no such record")
    return asked


def _people_of(source: UUID, actor: Actor) -> set[UUID]:
    found = set()
    for citation in citations_from(actor, source):
        if citation.subject_kind == "party":
            found.add(citation.subject_id)
        elif (act := current_act(actor, citation.subject_id)) is not None:
            found.add(act.victim_id)
    return found


def _shared(thing: UUID, asked: _Asked, identity: IdentityLevel) -> SharedCase:
    named = identity in IDENTIFYING
    code = "case-" + hashlib.sha256(f"{thing} {asked.audience}".encode()).hexdigest()[:8]
    person = asked.members[0]
    told: dict[str, object] = {"code": code, "country": person.country}
    if named:
        told |= {
            "names": _names(asked.members, pseudonym=identity is not IdentityLevel.NAME),
            "gender": person.gender,
        }
    if identity is IdentityLevel.NAME:
        told |= {"birth": person.birth, "nationalities": tuple(person.nationalities)}
    if asked.level(FieldGroup.BIOGRAPHY) is not IdentityLevel.NONE:
        told["roles"] = tuple(person.roles)
    if asked.level(FieldGroup.DETENTION) is not IdentityLevel.NONE:
        told["acts"] = tuple(_act(act, named=named) for act in asked.acts)
    return SharedCase(**told)  # type: ignore[arg-type]


def _names(members: list[Party], *, pseudonym: bool) -> tuple[SharedName, ...]:
    """Give the names in force; at the level of a pseudonym, those recorded as one."""
    rows = [name for one in members for name in one.names.all() if name.withdrawn_at is None]
    rows.sort(key=lambda name: (not name.primary, name.recorded_at, name.pk))
    return tuple(
        SharedName(_plain(name.text), name.kind, name.language)
        for name in rows
        if not pseudonym or name.kind == "alias"
    )


def _act(act: Act, *, named: bool) -> SharedAct:
    told = {"family": act.category, "type": act.type, "country": act.country, "stage": act.stage}
    if not named:
        return SharedAct(**told, start=cut_to_month(act.start), end=cut_to_month(act.end))
    return SharedAct(
        **told,
        start=act.start,
        end=act.end,
        city=_plain(act.city),
        facility=_plain(act.facility),
        authority=_plain(act.authority),
        law=_plain(act.law)[:MOST_TEXT],
    )


def _plain(text: str) -> str:
    """Give a text without marks that whoever receives it refuses."""
    return clean_text(text)[0]
