"""Dossiers, what stands in them, and what was written from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Q
from django.urls import reverse

from undaunted.core.access.queries import seen_by
from undaunted.repression.coordination.rules import SubmissionTold
from undaunted.repression.dossiers.models import (
    Accused,
    Annex,
    AnnexLook,
    Detail,
    Dossier,
    DossierAct,
    FoundFact,
    Link,
    Post,
    Statement,
    Submission,
    SubmissionFile,
    SubmissionSubject,
)
from undaunted.repression.dossiers.rules import SubmissionState, opens
from undaunted.repression.dossiers.writers.terms import in_words

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.models import Protected
    from undaunted.core.access.rules import Actor


__all__ = [
    "accused_in",
    "acts_in",
    "acts_withdrawn",
    "annexes_in",
    "details_in",
    "dossier_for",
    "dossiers_for",
    "file_of",
    "files_given",
    "files_of",
    "findings_in",
    "handles_dossiers",
    "links_in",
    "looks_in",
    "part_of",
    "posts_in",
    "statements_changed",
    "statements_in",
    "statements_taken_back",
    "subjects_of",
    "submission_for",
    "submission_named",
    "submissions_of",
    "submissions_waiting",
]

_PARTS: dict[str, type[Protected]] = {
    "act": DossierAct,
    "accused": Accused,
    "detail": Detail,
    "post": Post,
    "link": Link,
    "finding": FoundFact,
    "statement": Statement,
    "annex": Annex,
    "look": AnnexLook,
}
Row = TypeVar("Row", bound="Protected")


def dossiers_for(actor: Actor) -> QuerySet[Dossier]:
    """Give the dossiers that the actor handles, the newest first; nobody else's exist."""
    if actor.id is None:
        return Dossier.objects.none()
    rows = Dossier.objects.filter(team__contains=[actor.id])
    return _ours(actor, rows).order_by("-opened_at", "id")


def handles_dossiers(actor: Actor) -> bool:
    """Whether somebody handles a dossier that is open."""
    return dossiers_for(actor).filter(closed_at__isnull=True).exists()


def dossier_for(actor: Actor, dossier: UUID) -> Dossier | None:
    """Give one dossier; None for absent and for forbidden."""
    return dossiers_for(actor).filter(pk=dossier).first()


def acts_in(actor: Actor, dossier: Dossier) -> QuerySet[DossierAct]:
    """Give the acts a dossier rests on, in the order they came."""
    rows = DossierAct.objects.filter(dossier=dossier, withdrawn_at__isnull=True)
    return _ours(actor, rows).order_by("number", "recorded_at", "id")


def acts_withdrawn(actor: Actor, dossier: Dossier) -> QuerySet[DossierAct]:
    """Give the acts that were taken out and did not come back; texts may tell of them still."""
    standing = DossierAct.objects.filter(dossier=dossier, withdrawn_at__isnull=True)
    rows = DossierAct.objects.filter(dossier=dossier, withdrawn_at__isnull=False)
    gone = rows.exclude(claim__in=standing.values("claim"))
    return _ours(actor, gone).order_by("number", "recorded_at", "id")


def accused_in(actor: Actor, dossier: Dossier) -> QuerySet[Accused]:
    """Give those alleged to be responsible, in the order they came."""
    rows = Accused.objects.filter(dossier=dossier, withdrawn_at__isnull=True)
    return _ours(actor, rows).order_by("number", "id")


def details_in(actor: Actor, dossier: Dossier) -> QuerySet[Detail]:
    """Give what tells who they are."""
    rows = Detail.objects.filter(dossier=dossier, withdrawn_at__isnull=True)
    return _ours(actor, rows).order_by("recorded_at", "id")


def posts_in(actor: Actor, dossier: Dossier) -> QuerySet[Post]:
    """Give their posts by the day they began."""
    rows = Post.objects.filter(dossier=dossier, withdrawn_at__isnull=True)
    return _ours(actor, rows).order_by("start_earliest", "recorded_at", "id")


def links_in(actor: Actor, dossier: Dossier) -> QuerySet[Link]:
    """Give how they are linked to acts; a link to an act that was taken out counts no more."""
    rows = Link.objects.filter(
        dossier=dossier,
        withdrawn_at__isnull=True,
        act__withdrawn_at__isnull=True,
        accused__withdrawn_at__isnull=True,
    )
    return (
        _ours(actor, rows)
        .select_related("act", "accused")
        .order_by("act__number", "recorded_at", "id")
    )


def findings_in(actor: Actor, dossier: Dossier) -> QuerySet[FoundFact]:
    """Give what was found on single facts."""
    rows = FoundFact.objects.filter(dossier=dossier, withdrawn_at__isnull=True)
    return (
        _ours(actor, rows)
        .select_related("act", "accused")
        .order_by("act__number", "recorded_at", "id")
    )


def statements_in(actor: Actor, dossier: Dossier) -> QuerySet[Statement]:
    """Give what speaks for them, confirmed or waiting."""
    rows = Statement.objects.filter(dossier=dossier, withdrawn_at__isnull=True)
    return _ours(actor, rows).order_by("written_at", "id")


def statements_changed(actor: Actor, submission: Submission) -> frozenset[UUID]:
    """Give of whom of a submission a statement was confirmed or withdrawn after it was written."""
    since = submission.written_at
    rows = Statement.objects.filter(
        Q(confirmed_at__gt=since) | Q(confirmed_at__isnull=False, withdrawn_at__gt=since),
        dossier=submission.dossier_id,
        accused__in=submission.people,
    )
    return frozenset(_ours(actor, rows).values_list("accused_id", flat=True))


def statements_taken_back(actor: Actor, submission: Submission) -> QuerySet[Statement]:
    """Give what two people confirmed that speaks for somebody in a submission and took back."""
    rows = Statement.objects.filter(
        dossier=submission.dossier_id,
        accused__in=submission.people,
        confirmed_by__isnull=False,
        withdrawn_at__isnull=False,
    )
    return _ours(actor, rows).order_by("withdrawn_at", "id")


def annexes_in(actor: Actor, dossier: Dossier) -> QuerySet[Annex]:
    """Give the documents that go along, by number."""
    rows = Annex.objects.filter(dossier=dossier, withdrawn_at__isnull=True)
    return _ours(actor, rows).order_by("number", "id")


def looks_in(actor: Actor, dossier: Dossier) -> QuerySet[AnnexLook]:
    """Give by whom files of annexes were looked at, in the order they were."""
    rows = AnnexLook.objects.filter(dossier=dossier, withdrawn_at__isnull=True)
    return _ours(actor, rows).order_by("recorded_at", "id")


def part_of(actor: Actor, dossier: Dossier, kind: str, part: UUID) -> Any:  # noqa: ANN401 - a row of any of the parts
    """Give one part of a dossier that stands; None for absent and for forbidden."""
    if kind not in _PARTS:
        return None
    rows = _PARTS[kind].objects.filter(  # type: ignore[attr-defined]
        dossier=dossier, withdrawn_at__isnull=True, pk=part
    )
    return _ours(actor, rows).first()


def submissions_of(actor: Actor, dossier: Dossier) -> QuerySet[Submission]:
    """Give what was written from a dossier, the newest first."""
    rows = _ours(actor, Submission.objects.filter(dossier=dossier))
    return rows.order_by("-written_at", "id")


def submissions_waiting(actor: Actor) -> QuerySet[Submission]:
    """Give what was written from one's own dossiers and a second person has to release."""
    rows = Submission.objects.filter(dossier__in=dossiers_for(actor))
    return _ours(actor, rows).filter(state=SubmissionState.WRITTEN)


def submission_for(actor: Actor, submission: UUID) -> Submission | None:
    """Give one submission; None for absent and for forbidden."""
    rows = Submission.objects.filter(pk=submission, dossier__in=dossiers_for(actor))
    return _ours(actor, rows).select_related("dossier").first()


def submission_named(actor: Actor, submission: UUID) -> SubmissionTold | None:
    """Give how a proposal names a submission to who may read its dossier; None for others."""
    held = submission_for(actor, submission)
    if held is None:
        return None
    return SubmissionTold(
        title=f"{held.dossier.title} {held.number}",
        mark=_marked(held),
        address=reverse("dossiers:submission", args=[held.pk]),
    )


def _marked(held: Submission) -> str:
    """Give its marking, and why nobody reads it any more where it has ended."""
    if held.state != SubmissionState.ENDED:
        return f"TLP:{held.dossier.tlp}"
    told = (in_words("SubmissionState", held.state), in_words("Why", held.why))
    return " · ".join((f"TLP:{held.dossier.tlp}", *filter(None, told)))


def files_of(actor: Actor, submission: Submission) -> QuerySet[SubmissionFile]:
    """Give the files of a submission by name, without their bytes."""
    rows = SubmissionFile.objects.filter(submission=submission)
    return _ours(actor, rows).defer("content").order_by("name")


def files_given(actor: Actor, submission: Submission) -> list[SubmissionFile]:
    """Give the files that count in a submission's state: the draft until release, then papers."""
    released = submission.released_at is not None
    given = files_of(actor, submission)
    return [each for each in given if opens(each.name, submission.state, released=released)]


def file_of(actor: Actor, submission: Submission, name: str) -> SubmissionFile | None:
    """Give one file with its bytes; None for absent, for forbidden and for destroyed."""
    rows = SubmissionFile.objects.filter(submission=submission, name=name, content__isnull=False)
    return _ours(actor, rows).first()


def subjects_of(actor: Actor, submission: Submission) -> frozenset[UUID]:
    """Give everybody of whom a submission tells, by opaque id; nobody once it has ended."""
    rows = _ours(actor, SubmissionSubject.objects.filter(submission=submission))
    return frozenset(rows.values_list("subject", flat=True))


def _ours(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Narrow to the actor's organisations; row security leaves the handling team's alone."""
    return seen_by(actor, rows).filter(holder__in=actor.organisations)
