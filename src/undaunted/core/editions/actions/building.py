"""Building an edition: drawn up first, then kept with its files in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.consent.queries import ledger_state
from undaunted.core.editions.actions.kinds import kind_named
from undaunted.core.editions.analysis import Order, draw_up, instance_key
from undaunted.core.editions.models import Edition, EditionFile, EditionSubject
from undaunted.core.editions.queries import (
    last_entry,
    last_number,
    newest_edition,
    news_heard,
)
from undaunted.core.editions.rules import (
    Cut,
    FileLine,
    ParameterRefused,
    StepRefused,
    brought_again,
    brought_for,
    chosen_parameters,
    line_of,
    read_manifest,
    series_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.editions.analysis import DrawnUp

__all__ = ["Wanted", "build_edition", "order_for", "rebuild_edition"]

PORTION = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which edition is wanted. Without `known_at` it is frozen at the last entry of the ledger."""

    kind: str
    as_of: date
    known_at: datetime | None = None
    languages: tuple[str, ...] = ("en",)
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    embargo_until: datetime | None = None
    file: tuple[str, bytes] | None = field(default=None, repr=False)
    """Name and content of a file that the kind reads; it is not kept."""


def build_edition(
    wanted: Wanted,
    holder: UUID,
    *,
    actor: Actor,
    at: datetime,
    told: Callable[[str], None] = lambda _name: None,
) -> Edition:
    """Build the next edition of its series as a draft; two people publish it later.

    Raises an `EditionRefused`, `Forbidden`.
    """
    require(actor, Verb.PROPOSE_PUBLICATION, Facts(holder=holder))
    order = order_for(wanted, holder=holder, actor=actor)
    previous = newest_edition(actor, holder, order.series)
    heard = news_heard(actor, hold=False)
    drawn = draw_up(order, told=told)
    number = int(order.number.partition(".")[0])
    edition = Edition(
        holder=holder,
        kind=order.kind.name,
        series=order.series,
        number=number,
        parameters=dict(order.parameters),
        purpose=order.kind.purpose,
        as_of=order.cut.as_of,
        known_at=order.cut.known_at,
        languages=list(order.languages),
        embargo_until=wanted.embargo_until,
        previous=previous,
    )
    try:
        with transaction.atomic():
            _refuse_if_withdrawn(heard, actor)
            _keep(edition, drawn, order, actor=actor, at=at)
    except IntegrityError as problem:
        raise StepRefused(
            f"edition {order.number} of {order.series} was built meanwhile; build again"
        ) from problem
    return edition


def rebuild_edition(  # noqa: PLR0913 - an edition, who builds it, when, and with which file
    edition: Edition,
    *,
    actor: Actor,
    at: datetime,
    file: tuple[str, bytes] | None = None,
    without_file: bool = False,
    told: Callable[[str], None] = lambda _name: None,
) -> Edition:
    """Build edition n.m that replaces a withdrawn one: the same cut, without who withdrew.

    One that was built with a `file` is given a file again, for it was not kept, or is built
    `without_file` on purpose. Raises an `EditionRefused`, `Forbidden`.
    """
    require(actor, Verb.PROPOSE_PUBLICATION, Facts(holder=edition.holder))
    if edition.built_at is not None or edition.replaces is None:
        raise StepRefused("only an edition that replaces a withdrawn one is built anew, and once")
    order = _order_again(edition, actor, file, without_file=without_file)
    heard = news_heard(actor, hold=False)
    drawn = draw_up(order, told=told)
    with transaction.atomic():
        held = Edition.objects.select_for_update().get(pk=edition.pk)
        if held.built_at is not None:
            raise StepRefused("the edition was built meanwhile")
        _refuse_if_withdrawn(heard, actor)
        _keep(held, drawn, order, actor=actor, at=at)
    return held


def order_for(wanted: Wanted, *, actor: Actor, holder: UUID | None = None) -> Order:
    """Say what is to be drawn up; without `holder` it is numbered 0.0 and kept by nobody."""
    kind = kind_named(wanted.kind)
    parameters = chosen_parameters(kind, wanted.parameters)
    series = series_of(kind, parameters)
    known = wanted.known_at or last_entry(actor)
    if known is None:
        raise ParameterRefused("known_at: nothing is recorded yet, so there is nothing to count")
    if wanted.as_of > known.date():
        raise ParameterRefused(
            f"as_of: {wanted.as_of} lies after {known:%Y-%m-%d}, the last day that is known; give "
            "an earlier day"
        )
    previous = newest_edition(actor, holder, series) if holder else None
    number = last_number(actor, holder, series) + 1 if holder else 0
    return Order(
        kind=kind,
        series=series,
        number=f"{number}.0",
        parameters=parameters,
        cut=Cut(wanted.as_of, known, _withdrawals(actor)),
        languages=_languages(wanted.languages),
        embargo_until=wanted.embargo_until,
        previous=(previous.label, previous.figures) if previous else None,
        holder=holder,
        builder=actor,
        brought=brought_for(kind, wanted.file),
    )


def _order_again(
    edition: Edition, actor: Actor, file: tuple[str, bytes] | None, *, without_file: bool
) -> Order:
    withdrawn, previous = edition.replaces, edition.previous
    if withdrawn is None or withdrawn.withdrawn_at is None:
        raise StepRefused("only an edition that replaces a withdrawn one is built anew")
    lines = tuple(
        FileLine(each.name, each.media_type, each.size, each.sha256)
        for each in withdrawn.files.defer("content").order_by("name")
    )
    kept = previous is not None and previous.state == "published"
    kind = kind_named(edition.kind)
    had = read_manifest(bytes(withdrawn.manifest or b"")).brought
    return Order(
        kind=kind,
        series=edition.series,
        number=edition.label,
        parameters=edition.parameters,
        cut=Cut(edition.as_of, edition.known_at, _withdrawals(actor)),
        languages=tuple(edition.languages),
        embargo_until=edition.embargo_until,
        previous=(previous.label, previous.figures) if kept and previous else None,
        replaces=(withdrawn.label, f"{withdrawn.withdrawn_at:%Y-%m-%d}", lines),
        holder=edition.holder,
        builder=actor,
        brought=brought_again(kind, file, had=had, without=without_file),
    )


def _refuse_if_withdrawn(heard: int, actor: Actor) -> None:
    if news_heard(actor, hold=True) != heard:
        raise StepRefused("somebody withdrew while it was written, perhaps from it; build again")


def _keep(edition: Edition, drawn: DrawnUp, order: Order, *, actor: Actor, at: datetime) -> None:
    edition.title, edition.withdrawals = drawn.title[:400], order.cut.withdrawals
    edition.manifest, edition.signature = drawn.manifest, drawn.signature
    edition.signing_key = instance_key()
    edition.built_by, edition.built_at = actor.person, at
    edition.figures = drawn.figures
    edition.revised = [[each.key, each.before, each.after] for each in drawn.revised]
    edition.save()
    for file in drawn.written.files:
        line = line_of(file.name, file.media_type, file.content)
        EditionFile.objects.create(
            holder=edition.holder,
            edition=edition,
            name=line.name,
            language=file.language,
            media_type=line.media_type,
            size=line.size,
            sha256=line.sha256,
            content=file.content,
        )
    EditionSubject.objects.bulk_create(
        (
            EditionSubject(holder=edition.holder, edition=edition, subject=each)
            for each in sorted(drawn.subjects)
        ),
        batch_size=PORTION,
    )
    record_entry(
        "edition.built",
        actor=actor,
        subject_kind="edition",
        subject_id=edition.pk,
        at=at,
        detail={
            "series": edition.series,
            "number": edition.label,
            "left_out": list(drawn.left_out),
        },
    )


def _languages(wanted: tuple[str, ...]) -> tuple[str, ...]:
    known = dict(settings.LANGUAGES)
    unknown = [each for each in wanted if each not in known]
    if unknown or not wanted:
        told = unknown[0] if unknown else "none"
        raise ParameterRefused(f"language: {told!r}; choose among {', '.join(known)}")
    return tuple(dict.fromkeys(wanted))


def _withdrawals(actor: Actor) -> int:
    head, _waiting = ledger_state(actor)
    return head.number
