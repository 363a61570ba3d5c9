"""A submission: written from the dossier as it stands, and written anew from what stands now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import Verb
from undaunted.core.sharing.queries import partner_for
from undaunted.core.sharing.rules import new_watermark
from undaunted.core.vault.actions import check_receiving_key, seal_abroad
from undaunted.core.vault.rules import VaultError
from undaunted.repression.dossiers.actions.parts import handled, note, said
from undaunted.repression.dossiers.actions.releasing import TYPED, end_for, publisher_of
from undaunted.repression.dossiers.actions.vouching import keep_vouched
from undaunted.repression.dossiers.analysis import (
    Recipient,
    compose_whole,
    gather,
    searches_of,
)
from undaunted.repression.dossiers.models import Submission, SubmissionFile, SubmissionSubject
from undaunted.repression.dossiers.queries import (
    accused_in,
)
from undaunted.repression.dossiers.rules import (
    ANNEXES,
    DossierRefused,
    SubmissionRefused,
    SubmissionState,
    audience_for,
    check_addressee,
    coincidences_of,
    tombstone_of,
)
from undaunted.repression.dossiers.writers import (
    annexes_file,
    victims_list,
    write_submission_files,
)
from undaunted.repression.sanctions.rules import AuthorityUnknown, authority_for
from undaunted.site.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.rules import Audience
    from undaunted.repression.dossiers.analysis import Composed, PersonLine, Sheet, Whole
    from undaunted.repression.dossiers.models import Dossier
    from undaunted.repression.sanctions.rules import Authority, RegimeTest

__all__ = [
    "SubmissionPlan",
    "rewrite_submission",
    "write_submission",
]


@dataclass(frozen=True, slots=True)
class SubmissionPlan:
    """For whom, under which law, in which language; whose key seals who the victims are."""

    authority: str
    recipient: str
    language: str = "en"
    people: Sequence[UUID] = ()
    partner: UUID | None = None
    key: str = ""
    coincidences: Sequence[str] = ()
    """Words that are a victim's surname and mean somebody or something else here."""
    summary: str = ""
    """Of this submission alone; empty: that of the dossier, where it tells of nobody left out."""
    neutral: bool = False
    """Without the dossier's summary: one is put together from what the paper tells."""


@dataclass(frozen=True, slots=True)
class _Seal:
    recipient: str = ""
    fingerprint: str = TYPED
    partner: UUID | None = None
    name: str | None = None
    """How the partner is called."""


def write_submission(
    dossier: Dossier,
    plan: SubmissionPlan,
    *,
    actor: Actor,
    at: datetime,
    replaces: Submission | None = None,
) -> Submission:
    """Write a submission from the dossier as it stands, of whoever agreed to this recipient.

    Raises `Forbidden`, `DossierRefused`, and `SubmissionRefused` with everything that is missing.
    """
    handled(dossier, Verb.RECORD, actor)
    summary = _own_summary(plan)
    authority = _authority(plan)
    audience = audience_for(authority.jurisdiction)
    seal = _seal_for(dossier, plan, audience, actor)
    check_addressee(
        plan.recipient,
        state=dossier.country,
        jurisdiction=authority.jurisdiction,
        tlp=dossier.tlp,
        partner=seal.name,
    )
    with transaction.atomic():
        # Held to the end, so that no withdrawal comes between the question and the file.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('editions'))")
        sheet = gather(actor, dossier)
        people = _chosen(sheet, plan)
        recipient = Recipient(
            name=said("recipient", plan.recipient, 200),
            authority=authority,
            language=plan.language,
            number=_number(dossier, audience, replaces),
            watermark=new_watermark(),
            publisher=publisher_of(actor, dossier),
            seals=bool(seal.recipient),
            coincidences=coincidences_of(plan.coincidences),
            summary=summary,
            neutral=plan.neutral,
        )
        whole, problems = compose_whole(
            actor, sheet, people, recipient, fingerprint=seal.fingerprint, asked=at.date(),
            on=at.date(),
        )  # fmt: skip
        if whole is None:
            raise SubmissionRefused(problems)
        return _keep(dossier, recipient, seal, whole, replaces, actor=actor, at=at,
                     people=people)  # fmt: skip


def _own_summary(plan: SubmissionPlan) -> str:
    """Give the summary that was written for this paper alone; none where one is put together."""
    if not plan.summary.strip():
        return ""
    if plan.neutral:
        raise DossierRefused("summary", "write one or have one put together, not both")
    return said("summary", plan.summary)


def rewrite_submission(
    submission: Submission,
    *,
    actor: Actor,
    at: datetime,
    summary: str = "",
    neutral: bool = False,
) -> Submission:
    """Write a submission anew from what is known and agreed to now: 3 becomes 3.1; the old ends.

    What was declared a coincidence is asked anew where somebody joined the dossier since. A summary
    of its own goes along until the submission has ended, which erases it; `summary` is another, and
    with `neutral` one is put together from the paper.
    """
    dossier = submission.dossier
    standing = set(accused_in(actor, dossier).values_list("pk", flat=True))
    _check_anew(submission, standing, typed=neutral or bool(summary.strip()))
    plan = SubmissionPlan(
        submission.authority,
        submission.recipient,
        submission.language,
        tuple(each for each in submission.people if each in standing),
        submission.partner,
        submission.key,
        () if _joined_since(dossier, submission) else submission.coincidences,
        summary.strip() or ("" if neutral else submission.summary),
        neutral or (submission.neutral and not summary.strip()),
    )
    with transaction.atomic():
        made = write_submission(dossier, plan, actor=actor, at=at, replaces=submission)
        if submission.state != SubmissionState.ENDED:
            end_for(submission, "rebuilt", actor=actor, at=at)
    return made


def _keep(  # noqa: PLR0913 - what was composed, for whom, instead of what, by whom, when
    dossier: Dossier,
    recipient: Recipient,
    seal: _Seal,
    whole: Whole,
    replaces: Submission | None,
    *,
    actor: Actor,
    at: datetime,
    people: tuple[PersonLine, ...],
) -> Submission:
    composed, reach = whole.composed, whole.reach
    made = Submission(
        holder=dossier.holder,
        dossier=dossier,
        number=recipient.number,
        authority=recipient.authority.code,
        jurisdiction=recipient.authority.jurisdiction,
        reader=reach.audience,
        recipient=recipient.name,
        partner=seal.partner,
        key="" if seal.partner else seal.recipient,
        people=[each.row.pk for each in people],
        language=recipient.language,
        watermark=recipient.watermark,
        coincidences=list(recipient.coincidences),
        summary=recipient.summary,
        summed_up=bool(recipient.summary),
        neutral=recipient.neutral,
        digest=whole.digest,
        looks=list(composed.looks),
        annexes=list(composed.taken),
        searches=searches_of(people),
        outcome=[_outcome(each.test) for each in composed.paper.people],
        left_out=len(reach.left_out),
        written_by=actor.person,
        written_at=at,
        replaces=replaces,
    )
    keep_vouched(made)
    _keep_files(made, composed, seal, at)
    SubmissionSubject.objects.bulk_create(
        SubmissionSubject(holder=dossier.holder, dossier=dossier, submission=made, subject=each)
        for each in sorted(composed.subjects)
    )
    note("submission.written", dossier, actor=actor, at=at, submission=str(made.pk),
         law=made.authority, reader=reach.audience, people=len(composed.subjects),
         coincidences=len(recipient.coincidences))  # fmt: skip
    return made


def _keep_files(made: Submission, composed: Composed, seal: _Seal, at: datetime) -> None:
    files = write_submission_files(composed.paper, moment=int(at.timestamp()))
    if composed.annexes:
        package = annexes_file(composed.annexes, made.watermark)
        files[ANNEXES] = ("application/zip", package)
        if composed.seals_annexes:
            files["annexes.age"] = ("application/age", seal_abroad(package, [seal.recipient]))
    if composed.victims:
        told = victims_list(composed.paper, composed.victims)
        files["victims.age"] = ("application/age", seal_abroad(told, [seal.recipient]))
    for name, (media, content) in files.items():
        SubmissionFile.objects.create(
            holder=made.holder,
            dossier=made.dossier,
            submission=made,
            name=name,
            media_type=media,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
        )


def _outcome(test: RegimeTest) -> dict[str, object]:
    return {
        "fit": test.fit.value,
        "act": test.act,
        "over_several_acts": test.scattered,
        "law": test.law.reference if test.law else "",
        "elements": [
            {"element": each.code, "state": each.state.value,
             "wants": [list(way) for way in each.wants]}
            for each in test.elements
        ],
    }  # fmt: skip


def _authority(plan: SubmissionPlan) -> Authority:
    if plan.language not in {each.code for each in LANGUAGES}:
        raise DossierRefused("language", f"{plan.language!r} is no language of the product")
    try:
        return authority_for(plan.authority)
    except AuthorityUnknown as refusal:
        raise DossierRefused("law", str(refusal).removeprefix("authority: ")) from None


def _seal_for(dossier: Dossier, plan: SubmissionPlan, audience: Audience, actor: Actor) -> _Seal:
    """Give the key that seals who the victims are: a verified partner's, or one that was typed."""
    if plan.partner is not None:
        partner = partner_for(actor, plan.partner)
        if partner is None or partner.holder != dossier.holder or partner.ended_at is not None:
            raise DossierRefused("partner", "there is no such partner of your organisation")
        if partner.verified_by is None:
            raise DossierRefused("partner", "nobody has compared its key yet; a second person does")
        if partner.audience != str(audience):
            raise DossierRefused(
                "partner", f"it is {partner.audience}, and the law is {audience}'s"
            )
        return _Seal(partner.recipient, partner.fingerprint, partner.pk, partner.name)
    if plan.key.strip():
        try:
            return _Seal(check_receiving_key(plan.key.strip()))
        except VaultError as refusal:
            raise DossierRefused("key", f"{refusal}; write a key that begins with age1") from None
    return _Seal()


def _chosen(sheet: Sheet, plan: SubmissionPlan) -> tuple[PersonLine, ...]:
    wanted = set(plan.people)
    found = tuple(each for each in sheet.people if not wanted or each.row.pk in wanted)
    if not found or wanted - {each.row.pk for each in found}:
        raise DossierRefused("people", "record somebody alleged first, or choose of the dossier's")
    return found


def _check_anew(submission: Submission, standing: Collection[UUID], *, typed: bool) -> None:
    """Raise `DossierRefused` where nothing tells whom, or in what words, it would be about."""
    if submission.people and not set(submission.people) & set(standing):
        raise DossierRefused("people", "none of those it was about stands any more; write another")
    if submission.summed_up and not (submission.summary or typed):
        raise DossierRefused("summary", "what was written for it went when it ended; write another")


def _joined_since(dossier: Dossier, submission: Submission) -> bool:
    """Tell whether an act came after: a word declared before may be the surname of its victim."""
    return dossier.acts.filter(recorded_at__gt=submission.written_at).exists()


def _number(dossier: Dossier, reader: Audience, replaces: Submission | None) -> str:
    """Count for each reader apart: a number tells nobody how many others were written to."""
    rows = Submission.objects.filter(dossier=dossier, reader=str(reader))
    taken = set(rows.values_list("number", flat=True))
    if replaces is None:
        return str(max((int(each.partition(".")[0]) for each in taken), default=0) + 1)
    number = tombstone_of(replaces.number)
    while number in taken:
        number = tombstone_of(number)
    return number
