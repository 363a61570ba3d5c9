"""A submission composed whole with everything that stops it, and composed again before release.

Between writing and release anything in a dossier may fall: a link, somebody alleged, an act, an
answer. So whoever releases has the same paper composed from what stands now, and where it differs
from what was written it is written anew. A later version of a list that says the same of who is
alike is none that differs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from undaunted.repression.dossiers.analysis.composing import (
    Recipient,
    compose,
    problems_of,
    unsettled_in,
)
from undaunted.repression.dossiers.analysis.gathering import gather
from undaunted.repression.dossiers.analysis.narrowing import narrowed
from undaunted.repression.dossiers.analysis.onward import going_onward
from undaunted.repression.dossiers.analysis.outside import outside_problems, who_is_outside
from undaunted.repression.dossiers.analysis.searches import as_written, lists_since
from undaunted.repression.dossiers.analysis.testing import reach_of
from undaunted.repression.dossiers.queries import subjects_of
from undaunted.repression.dossiers.rules import audience_for, coincidences_of, digest_of_told
from undaunted.repression.sanctions.rules import AuthorityUnknown, authority_for

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.analysis.composing import Composed
    from undaunted.repression.dossiers.analysis.gathering import PersonLine, Sheet
    from undaunted.repression.dossiers.analysis.searches import Since
    from undaunted.repression.dossiers.analysis.testing import Reach
    from undaunted.repression.dossiers.models import Submission

__all__ = ["Whole", "compose_whole", "composed_again", "lists_came"]


@dataclass(frozen=True, slots=True)
class Whole:
    """A submission that nothing stops: what it tells, and what its government may be told."""

    composed: Composed
    reach: Reach

    @property
    def digest(self) -> str:
        """Of all that it tells, in the paper and sealed beside it."""
        told = self.composed
        return digest_of_told(told.paper, told.victims, told.subjects)


def compose_whole(  # noqa: PLR0913 - who asks, from what, whom, to whom, by which key, when
    actor: Actor,
    sheet: Sheet,
    people: tuple[PersonLine, ...],
    recipient: Recipient,
    *,
    fingerprint: str,
    asked: date,
    on: date,
) -> tuple[Whole | None, tuple[str, ...]]:
    """Compose a submission of some day, or give everything that stops it.

    Agreements are those of the day `asked`; `on` is the day that stands on the paper.
    """
    jurisdiction = recipient.authority.jurisdiction
    reach = reach_of(actor, sheet, jurisdiction, on=asked, fingerprint=fingerprint)
    whole, (sheet, reach) = sheet, narrowed(sheet, reach, people)
    if missing := problems_of(actor, people, reach, jurisdiction):
        return None, missing
    outside = who_is_outside(whole, people, reach)
    if outside.unagreed and not recipient.summary:
        # What the dossier's summary says may tell of the act that is left out.
        recipient = replace(recipient, neutral=True)
    onward = going_onward(actor, whole, sheet, people, reach)
    composed, problems = compose(actor, onward.sheet, onward.people, reach, recipient, on=on)
    problems += onward.problems + tuple(outside_problems(composed.paper, outside, recipient))
    return (None, problems) if problems else (Whole(composed, reach), ())


def lists_came(actor: Actor, submission: Submission) -> tuple[Since, ...]:
    """Give the lists that one person alone changed since a submission was written."""
    return lists_since(actor, _about(gather(actor, submission.dossier), submission), submission)


def composed_again(  # noqa: PLR0913 - who asks, of what, as whose, by which key, when, without what
    actor: Actor,
    submission: Submission,
    *,
    publisher: str,
    fingerprint: str,
    asked: date,
    without: Collection[str] = (),
) -> tuple[Composed | None, tuple[str, ...]]:
    """Compose a written submission again, or give why its dossier tells something else now.

    `without` are codes of lists that one person alone changed since, and that are left as they
    were when it was written.
    """
    sheet = gather(actor, submission.dossier)
    about = _about(sheet, submission)
    people = tuple(as_written(actor, each, submission, without=without) for each in about)
    if len(people) < len(submission.people):
        return None, ("people: somebody it is about was taken out of the dossier; write it anew",)
    try:
        authority = authority_for(submission.authority)
    except AuthorityUnknown as refusal:
        return None, (f"law: {refusal}",)
    recipient = Recipient(
        name=submission.recipient,
        authority=authority,
        language=submission.language,
        number=submission.number,
        watermark=submission.watermark,
        publisher=publisher,
        seals=bool(submission.partner or submission.key),
        coincidences=_declared(sheet, submission),
        summary=submission.summary,
        neutral=submission.neutral,
    )
    made, problems = compose_whole(
        actor, sheet, people, recipient, fingerprint=fingerprint, asked=asked,
        on=submission.written_at.date(),
    )  # fmt: skip
    told = (*unsettled_in(actor, submission, sheet), *problems)
    if not told and (made is None or not _is_that(actor, submission, made)):
        told = ("paper: what it tells changed after this was written; write it anew",)
    return (made.composed if made and not told else None), tuple(dict.fromkeys(told))


def _is_that(actor: Actor, submission: Submission, made: Whole) -> bool:
    """Whether a submission tells what is composed, and news of each in it would reach it."""
    asked = {submission.reader, str(audience_for(submission.jurisdiction))}
    return (
        made.digest == submission.digest
        and made.composed.subjects == subjects_of(actor, submission)
        and asked == {made.reach.audience}
    )


def _about(sheet: Sheet, submission: Submission) -> list[PersonLine]:
    return [each for each in sheet.people if each.row.pk in submission.people]


def _declared(sheet: Sheet, submission: Submission) -> tuple[str, ...]:
    """Give the words declared, none where somebody joined since: one may be their surname."""
    rows = (*(each.row for each in sheet.acts), *sheet.withdrawn)
    joined = any(row.recorded_at > submission.written_at for row in rows)
    return () if joined else coincidences_of(submission.coincidences)
