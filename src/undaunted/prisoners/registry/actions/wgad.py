"""A draft for the Working Group on Arbitrary Detention out of a case, as far as consent reaches.

Only records that the holder keeps are read; what came from a partner goes no further.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.consent.queries import grants_for, objections_for
from undaunted.core.consent.rules import (
    Basis,
    FieldGroup,
    Grant,
    IdentityLevel,
    Objection,
    Permission,
    Purpose,
    permits,
)
from undaunted.prisoners.registry.queries.received import holds_received
from undaunted.prisoners.registry.queries.submissions import sections_of
from undaunted.prisoners.registry.rules.wgad import (
    LANGUAGES,
    Draft,
    Procedure,
    SubmissionRefused,
    audience,
    facts,
    word,
)
from undaunted.prisoners.registry.writers.wgad import write_draft

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = ["Submitter", "WrittenDraft", "draft_submission"]

NEEDED = ((FieldGroup.IDENTITY, "identity"), (FieldGroup.DETENTION, "detention"))
ASKED = (FieldGroup.BIOGRAPHY, FieldGroup.HEALTH, FieldGroup.FAMILY)


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who sends it, and whether the government may learn who."""

    name: str
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class WrittenDraft:
    """The document, its checksum, and the questions nobody has answered."""

    content: bytes
    sha256: str
    name: str
    missing: tuple[str, ...]


def draft_submission(  # noqa: PLR0913 - of which case, for which procedure, in which words, by whom
    file: CaseFile,
    procedure: Procedure,
    *,
    language: str,
    submitter: Submitter,
    actor: Actor,
    at: datetime,
) -> WrittenDraft:
    """Write a draft and record that it was made, on which agreements it rests, and its checksum.

    Raises `SubmissionRefused` where nobody agreed that this body may have the case by name, where
    the record came from a partner, or in another language than the procedure's; and `Forbidden`.
    """
    require(actor, Verb.SHARE, Facts(holder=file.party.holder))
    _check(file, language, submitter, actor)
    agreed = _Agreed(file, actor=actor, on=at.date())
    day = at.date().isoformat()
    sections = sections_of(
        actor,
        file,
        procedure,
        language=language,
        groups=agreed.groups,
        submitter=(submitter.name.strip(), submitter.confidential),
        consent=agreed.told(language),
    )
    draft = Draft(
        title=word(f"title_{procedure.value}", language),
        language=language,
        made_on=day,
        notices=(word("made_on", language, day=day), word("to_government", language)),
        sections=sections,
        facts=facts(language),
    )
    content = write_draft(draft)
    digest = hashlib.sha256(content).hexdigest()
    told = {"procedure": procedure.value, "language": language, "sha256": digest}
    with transaction.atomic():
        record_entry(
            "case.wgad_drafted",
            actor=actor,
            subject_kind="party",
            subject_id=file.party.pk,
            at=at,
            right="consent",
            detail={**told, "consents": sorted(agreed.grants)},
        )
    name = f"wgad-{procedure.value}-{language}-{digest[:8]}.docx"
    return WrittenDraft(content, digest, name, draft.missing)


def _check(file: CaseFile, language: str, submitter: Submitter, actor: Actor) -> None:
    if language not in LANGUAGES:
        raise SubmissionRefused("language: the procedure takes en, fr or es; choose one of them")
    if not submitter.name.strip():
        raise SubmissionRefused("submitter: say who submits, with an address for the answer")
    if holds_received(actor, [file.party.canonical]):
        raise SubmissionRefused("what a partner sent goes no further; ask the partner to submit it")


class _Agreed:
    """What somebody agreed that the Working Group may have of this case, on one day."""

    def __init__(self, file: CaseFile, *, actor: Actor, on: date) -> None:
        self.on = on
        holder = file.party.holder
        members = [one.pk for one in file.members if one.holder == holder]
        self._grants: list[Grant] = [
            grant for rows in grants_for(actor, members).values() for grant in rows
        ]
        self._objections: list[Objection] = [
            objection for one in members for objection in objections_for(actor, one)
        ]
        self.grants: set[str] = set()
        for group, name in NEEDED:
            self._need(group, name)
        self.groups = frozenset(
            {group for group, _name in NEEDED} | {group for group in ASKED if self._holds(group)}
        )

    def told(self, language: str) -> tuple[str, ...]:
        """Say who agreed and when, in the language of the draft."""
        used = sorted(
            (grant for grant in self._grants if grant.id in self.grants),
            key=lambda grant: (grant.given_on, grant.id),
        )
        return tuple(
            dict.fromkeys(
                word(
                    "consent_self" if grant.basis is Basis.SELF else "consent_proxy",
                    language,
                    day=grant.given_on.isoformat(),
                )
                for grant in used
            )
        )

    def _need(self, group: FieldGroup, name: str) -> None:
        found = self._ask(group)
        if not found:
            raise SubmissionRefused(
                f"consent: nobody agreed that {audience()} may have {name} by name for submissions "
                f"to the United Nations ({found.reason.value}); record consent first"
            )

    def _holds(self, group: FieldGroup) -> bool:
        return bool(self._ask(group))

    def _ask(self, group: FieldGroup) -> Permission:
        found = permits(
            self._grants,
            purpose=Purpose.UN_SUBMISSION,
            audience=audience(),
            field_group=group,
            level=IdentityLevel.NAME,
            on=self.on,
            objections=self._objections,
        )
        if found.by_which_grant is not None:
            self.grants.add(found.by_which_grant)
        return found
