"""Papers in two versions: the confidential one sealed to the handling team, opened by it alone."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.actions.recording import check_admits
from undaunted.coercion.instruments.actions.turns import in_turn, note, standing
from undaunted.coercion.instruments.analysis import request_kept, request_told
from undaunted.coercion.instruments.models import Paper
from undaunted.coercion.instruments.queries import papers_of
from undaunted.coercion.instruments.rules import (
    KEPT_KIND,
    KEPT_VERSION,
    LONGEST_NAME,
    LONGEST_PAPER,
    InstrumentRefused,
    KeptUnreadable,
    PaperKind,
    Part,
    check_leaks,
    check_versions,
    checked_day,
    checked_text,
    leaks,
    read_kept,
    secrets_in,
    secrets_of,
    summarise,
    written_kept,
)
from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.standards.rules import says_something
from undaunted.core.vault.actions import open_all, seal_for
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.coercion.instruments.rules import Request, SummaryLine
    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "PaperPlan",
    "check_beside",
    "check_earlier",
    "file_paper",
    "file_request",
    "open_papers",
    "withdraw_paper",
]


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """A paper in its two versions.

    Attributes:
        open_version: the non-confidential version, line by line.
        confidential: what only the handling team reads, by name; the whole document.
    """

    kind: PaperKind
    title: str
    received_on: date
    open_version: Sequence[SummaryLine]
    confidential: Mapping[str, str]


def file_paper(
    proceeding: Proceeding,
    plan: PaperPlan,
    *,
    actor: Actor,
    at: datetime,
    key: OpenKey | None = None,
) -> Paper:
    """File a paper: its confidential version sealed to the team, the other in the clear.

    Sealing needs no open key. Where papers were filed before, the `key` of a member of the team
    is needed: the open version is held against what those keep. A request is filed by
    `file_request`. Raises `InstrumentRefused`, and `SummaryLeaks` where the open version tells
    what is kept.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    if plan.kind is PaperKind.REQUEST:
        raise InstrumentRefused(
            "kind: the summary of a request is written by the rules; file its facts as a request"
        )
    told = [("title", plan.title)]
    told += [(f"summary, {each.title}", f"{each.title}: {each.text}") for each in plan.open_version]
    check_versions(told, plan.confidential)
    looked = check_earlier(proceeding, told, key, actor=actor, at=at)
    return _file(proceeding, plan, looked, actor=actor, at=at)


def _file(
    proceeding: Proceeding,
    plan: PaperPlan,
    looked: frozenset[UUID],
    *,
    actor: Actor,
    at: datetime,
) -> Paper:
    """File a paper beside those that were looked into, and no others."""
    checked_day("received_on", plan.received_on, at.date())
    if not any(says_something(each.text) for each in plan.open_version):
        raise InstrumentRefused(
            "summary: a paper has a non-confidential version, or says why none is possible; "
            "write it"
        )
    with in_turn():
        held = standing(proceeding)
        check_admits(actor, held, Part.PAPER)
        if not looked.issuperset(papers_of(actor, held).values_list("pk", flat=True)):
            raise InstrumentRefused("papers: another was filed meanwhile; file this one again")
        made = Paper(
            id=uuid.uuid4(),
            holder=held.holder,
            proceeding=held,
            kind=plan.kind,
            title=checked_text("title", plan.title, LONGEST_NAME, needed=True),
            received_on=plan.received_on,
            open_version=[_line(each) for each in plan.open_version],
            recorded_at=at,
            recorded_by=actor.person,
        )
        _seal(made, plan.confidential, held, actor=actor, at=at)
        made.save(force_insert=True)
        note("paper.filed", held, actor=actor, at=at, paper=str(made.pk))
    return made


def file_request(  # noqa: PLR0913 - what is filed, by whom, and the key that reads earlier papers
    proceeding: Proceeding,
    request: Request,
    received_on: date,
    *,
    actor: Actor,
    at: datetime,
    key: OpenKey | None = None,
) -> Paper:
    """File a request: the whole of it sealed, its summary in the clear.

    Reference, title and measure of the proceeding, which may become public, and what is read of
    papers that were filed before are looked through too. Where there are such papers, the `key`
    of a member of the team is needed: the summary is held against them, so that it does not tell
    who asked first. Raises `RequestIncomplete`, and `SummaryLeaks` with every place that tells
    who asks.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    summary = summarise(request)
    told = [(name, getattr(proceeding, name)) for name in ("reference", "title", "measure")]
    told += _told_before(proceeding, actor)
    check_leaks(leaks(secrets_of(request), told))
    if request.answers["third_country"].value.upper() != proceeding.third_country:
        raise InstrumentRefused(
            f"third_country: the request is not about {proceeding.third_country}; file it in "
            "another proceeding"
        )
    plan = PaperPlan(
        PaperKind.REQUEST,
        "Request to examine",
        received_on,
        (*summary.lines, *summary.evidence),
        request_told(request),
    )
    open_version = [(f"summary, {each.key}", each.text) for each in plan.open_version]
    looked = check_earlier(proceeding, open_version, key, actor=actor, at=at)
    return _file(proceeding, plan, looked, actor=actor, at=at)


def _told_before(proceeding: Proceeding, actor: Actor) -> list[tuple[str, str]]:
    """Give what is read of earlier papers; one that names who asks is taken back first."""
    return [
        (f"paper of {each.received_on}", f"{each.title}: {line['title']}: {line['text']}")
        for each in papers_of(actor, proceeding).filter(withdrawn_at__isnull=True)
        for line in each.open_version
    ]


def withdraw_paper(paper: Paper, *, actor: Actor, at: datetime) -> Paper:
    """Take a paper out of the proceeding; it stays on record, and its team can still open it."""
    require(actor, Verb.RECORD, Facts(holder=paper.holder))
    with in_turn():
        held = standing(paper.proceeding)
        row = papers_of(actor, held).select_for_update(of=("self",)).filter(pk=paper.pk).first()
        if row is None or row.withdrawn_at is not None:
            raise InstrumentRefused("paper: it was taken back before")
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        note("paper.withdrawn", held, actor=actor, at=at, paper=str(row.pk))
    return row


def open_papers(
    proceeding: Proceeding, *, key: OpenKey, actor: Actor, at: datetime
) -> dict[UUID, dict[str, str]]:
    """Give the confidential versions of a proceeding's papers; who opened them is on record.

    A paper that is not what was sealed for it is not given, and stops no other. Raises
    `KeptUnreadable` where none can be opened, and `Forbidden` for another authority's.
    """
    require(actor, Verb.READ, Facts(holder=proceeding.holder))
    rows = list(papers_of(actor, proceeding))
    if not rows:
        return {}
    with in_turn():
        try:
            opened = _opened(rows, proceeding, key, actor=actor, at=at)
        except KeptUnreadable:
            opened = {}
            for row in rows:
                with suppress(KeptUnreadable):
                    opened |= _opened([row], proceeding, key, actor=actor, at=at)
            if not opened:
                raise
        note("paper.opened", proceeding, actor=actor, at=at, papers=[str(pk) for pk in opened])
    return opened


def check_earlier(
    proceeding: Proceeding,
    told: list[tuple[str, str]],
    key: OpenKey | None,
    *,
    actor: Actor,
    at: datetime,
) -> frozenset[UUID]:
    """Hold what is told against papers of a proceeding that goes on; gives those that there are.

    Raises `InstrumentRefused` where there are any and no key opens them.
    """
    check_admits(actor, proceeding, Part.PAPER)
    return check_beside(proceeding, told, key, actor=actor, at=at)


def check_beside(
    proceeding: Proceeding,
    told: list[tuple[str, str]],
    key: OpenKey | None,
    *,
    actor: Actor,
    at: datetime,
) -> frozenset[UUID]:
    """Hold what is told against every paper of a proceeding, at any stage; gives which those are.

    Raises `InstrumentRefused` where there are any and the key does not open each of them.
    """
    earlier = frozenset(papers_of(actor, proceeding).values_list("pk", flat=True))
    if not earlier:
        return earlier
    if key is None:
        raise InstrumentRefused(
            "papers: earlier ones are sealed, and without a key nobody can tell whether this "
            "says who asked first; let a member of the team do it with an open key, at the desk "
            "or with --open at the terminal"
        )
    try:
        opened = open_papers(proceeding, key=key, actor=actor, at=at)
    except KeptUnreadable as closed:
        raise InstrumentRefused(
            "papers: your key opens none of the earlier ones, so this cannot be held against "
            "them; let a member of the team do it"
        ) from closed
    if not earlier.issubset(opened):
        raise InstrumentRefused(
            "papers: one of them cannot be opened, so this cannot be held against it; look at the "
            "papers, and do it where all of them open"
        )
    beside = " . ".join(text for place, text in told if place != "reference")  # all small letters
    for texts in opened.values():
        asked = "request" in texts
        kept = secrets_of(request_kept(texts)) if asked else secrets_in(texts, beside=beside)
        check_leaks(leaks(kept, told))
    return earlier


def _line(line: SummaryLine) -> dict[str, str]:
    return {
        "key": "" if line.group == "evidence" else line.key,  # short names tell who named them
        "group": line.group,
        "title": checked_text("heading", line.title, LONGEST_NAME, needed=True),
        "text": checked_text(line.title, line.text, LONGEST_PAPER),
        "how": line.how.value,
    }


def _seal(
    paper: Paper,
    confidential: Mapping[str, str],
    proceeding: Proceeding,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    if proceeding.team is None:
        raise InstrumentRefused(
            "team: no team handles this proceeding, so nothing confidential can be kept; name one"
        )
    try:
        made = seal_for(
            proceeding.team,
            proceeding.pk,
            written_kept(paper.pk, confidential),
            kind=KEPT_KIND,
            version=KEPT_VERSION,
            actor=actor,
            at=at,
        )
    except VaultError as problem:
        raise InstrumentRefused(f"team: {problem}") from problem
    paper.envelope, paper.sequence = made.envelope, made.binding.sequence


def _opened(
    rows: list[Paper], proceeding: Proceeding, key: OpenKey, *, actor: Actor, at: datetime
) -> dict[UUID, dict[str, str]]:
    sealed = [(KEPT_KIND, row.sequence, bytes(row.envelope)) for row in rows]
    try:
        contents = open_all(
            sealed, proceeding.pk, version=KEPT_VERSION, key=key, actor=actor, at=at
        )
    except VaultError as problem:
        raise KeptUnreadable(f"kept: {problem}") from problem
    return {row.pk: read_kept(content, row.pk) for row, content in zip(rows, contents, strict=True)}
