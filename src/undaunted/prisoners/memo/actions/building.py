"""Building a memo: asked, drawn, and kept with its files while everybody in it agrees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.audit.actions import record_entry
from undaunted.core.consent.rules import Audience, AudienceKind
from undaunted.core.editions.queries import last_entry, news_heard
from undaunted.core.practices.rules import Condition
from undaunted.prisoners.memo.actions.texts import drop_undeclared
from undaunted.prisoners.memo.analysis import draw_memo, gather_memo
from undaunted.prisoners.memo.models import Memo, MemoFile, MemoSubject
from undaunted.prisoners.memo.queries import (
    agreed_case,
    counterpart_naming,
    file_of,
    files_of,
    subjects_of,
)
from undaunted.prisoners.memo.rules import (
    MemoEnded,
    MemoRefused,
    MemoRequest,
    Variant,
    audience_for,
    check_request,
)
from undaunted.site.instants import InstantOutOfRange, in_utc

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.memo.analysis import DrawnMemo

__all__ = [
    "MemoWanted",
    "build_memo",
    "check_memo",
    "draw_open_memo",
    "end_memo",
    "open_memo_file",
    "preview_memo",
    "rebuild_memo",
]

PUBLISHER: Final = "Undaunted"


@dataclass(frozen=True, slots=True)
class _House:
    """The organisation that a memo is built for."""

    id: UUID
    name: str
    country: str
    government: bool


@dataclass(frozen=True, slots=True)
class MemoWanted:
    """What somebody asks for; what is left out is filled in: the newest day, the last entry."""

    country: str = ""
    counterpart: str = ""
    meets_on: date | None = None
    as_of: date | None = None
    known_at: datetime | None = None
    language: str = "en"
    variant: Variant = Variant.PUBLIC
    pages: int = 2
    conditions: tuple[Condition, ...] = ()
    reader: str = ""
    with_red: bool = False


def draw_open_memo(wanted: MemoWanted, *, actor: Actor, at: datetime) -> DrawnMemo:
    """Draw a public memo that is kept by nobody, and so names nobody. Raises `MemoRefused`."""
    if wanted.variant is not Variant.PUBLIC:
        raise MemoRefused("variant", "sign in for a restricted memo: undaunted --as USER memo …")
    asked = _asked(wanted, None, actor, at)
    facts = gather_memo(actor, asked, holder=None, publisher=PUBLISHER, on=at.date())
    return draw_memo(facts)


def build_memo(wanted: MemoWanted, holder: UUID, *, actor: Actor, at: datetime) -> Memo:
    """Build a memo for an organisation, and keep it with who built it and when.

    Raises `MemoRefused`, `EditionRefused`, `Forbidden`.
    """
    require(actor, Verb.SHARE, Facts(holder=holder))
    return _built(wanted, holder, None, actor=actor, at=at)


def preview_memo(wanted: MemoWanted, holder: UUID, *, actor: Actor, at: datetime) -> DrawnMemo:
    """Draw a memo to be looked at and kept by nobody, and record that it was looked at.

    Raises `MemoRefused`, `EditionRefused`, `Forbidden`.
    """
    require(actor, Verb.SHARE, Facts(holder=holder))
    house = _house(actor, holder)
    asked = _asked(wanted, house, actor, at)
    facts = gather_memo(actor, asked, holder=holder, publisher=house.name, on=at.date())
    drawn = draw_memo(facts)
    record_entry(
        "memo.looked_at",
        actor=actor,
        subject_kind="organisation",
        subject_id=holder,
        at=at,
        detail={
            "country": asked.country,
            "variant": asked.variant.value,
            "cases": drawn.cases,
            "texts_left_out": _texts_left_out(drawn),
            "counterpart": bool(asked.counterpart),
        },
    )
    return drawn


def rebuild_memo(memo: Memo, *, actor: Actor, at: datetime) -> Memo:
    """Build a memo again from what is known and agreed to now; the old one ends.

    Whoever was in it and is not any more is named by id in the audit.
    """
    require(actor, Verb.SHARE, Facts(holder=memo.holder))
    shown = subjects_of(actor, memo)
    wanted = MemoWanted(
        country=memo.country,
        counterpart=memo.counterpart,
        meets_on=memo.meets_on,
        as_of=memo.as_of,
        language=memo.language,
        variant=Variant(memo.variant),
        pages=memo.pages,
        conditions=tuple(Condition(each) for each in memo.conditions),
        reader=memo.reader if memo.variant == Variant.RESTRICTED else "",
        with_red=bool(memo.only_for),
    )
    with transaction.atomic():
        made = _built(wanted, memo.holder, memo, actor=actor, at=at)
        gone = shown - subjects_of(actor, made)
        _record_gone(gone, actor, at, memo=memo.pk, rebuilt=made.pk)
        if memo.state == "kept":
            _end(memo, "rebuilt", actor=actor, at=at)
    return made


def end_memo(memo: Memo, *, actor: Actor, at: datetime) -> Memo:
    """Destroy the files of a memo; that it was built stays in the list."""
    require(actor, Verb.SHARE, Facts(holder=memo.holder))
    with transaction.atomic():
        return _end(memo, "desk", actor=actor, at=at)


def check_memo(memo: Memo, *, actor: Actor, at: datetime) -> bool:
    """Ask consent again for everybody in a memo; end it where somebody may not be shown any more.

    What ends a memo by news has ended it already; this finds what no news tells: a case that was
    taken down, a family that asked for quiet, a state that became known, a counterpart who is held.
    """
    require(actor, Verb.READ, Facts(holder=memo.holder))
    if memo.state != "kept":
        return False
    audience = Audience.parse(memo.reader)
    subjects = subjects_of(actor, memo)
    covered: set[UUID] = set()
    for subject in sorted(subjects):
        found = None if subject in covered else agreed_case(
            actor, subject, holder=memo.holder, audience=audience, on=at.date()
        )  # fmt: skip
        covered |= found.subjects if found else frozenset()
    named = counterpart_naming(
        actor, memo.counterpart, memo.language, public=memo.variant == Variant.PUBLIC
    )
    if subjects <= covered and named is None:
        return True
    with transaction.atomic():
        _end(memo, "consent", actor=actor, at=at)
        _record_gone(subjects - covered, actor, at, memo=memo.pk)
    return False


def open_memo_file(memo: Memo, name: str, *, actor: Actor, at: datetime) -> MemoFile | None:
    """Give a file of a memo to be saved, after consent was asked once more, and record it.

    None where there is no such file. Raises `MemoEnded` where the memo is over.
    """
    good = check_memo(memo, actor=actor, at=at)
    held = file_of(actor, memo, name)
    if held is None:
        return None
    if not good or held.content is None:
        raise MemoEnded("memo", "somebody in it may not be shown any more; build it anew")
    _record("memo.read", memo, actor, at, {"file": name})
    return held


def _built(
    wanted: MemoWanted, holder: UUID, replaces: Memo | None, *, actor: Actor, at: datetime
) -> Memo:
    house = _house(actor, holder)
    asked = _asked(wanted, house, actor, at)
    heard = news_heard(actor, hold=False)
    facts = gather_memo(actor, asked, holder=holder, publisher=house.name, on=at.date())
    drawn = draw_memo(facts)
    with transaction.atomic():
        if news_heard(actor, hold=True) != heard:
            raise MemoRefused("consent", "somebody withdrew while it was written; build again")
        return _keep(drawn, asked, holder, replaces, actor=actor, at=at)


def _house(actor: Actor, holder: UUID) -> _House:
    found = organisations_for(actor).filter(pk=holder).first()
    if found is None:
        raise Forbidden("no role in that organisation")
    return _House(found.pk, found.name, found.country, found.government)


def _asked(wanted: MemoWanted, house: _House | None, actor: Actor, at: datetime) -> MemoRequest:
    known = _known(wanted.known_at, last_entry(actor) or at, at)
    if wanted.language not in dict(settings.LANGUAGES):
        raise MemoRefused("language", f"{wanted.language!r}; choose a language of the product")
    if wanted.country and wanted.meets_on is None:
        raise MemoRefused("date", "say on which day the meeting is")
    own = _own(house)
    reader = audience_for(
        wanted.variant, wanted.reader, own=own, official=house is not None and house.government
    )
    asked = MemoRequest(
        country=wanted.country.strip().upper(),
        counterpart=" ".join(wanted.counterpart.split()),
        meets_on=wanted.meets_on or at.date(),
        as_of=wanted.as_of or min(wanted.meets_on or known.date(), known.date()),
        known_at=known,
        language=wanted.language,
        newest=wanted.known_at is None,
        variant=wanted.variant,
        pages=wanted.pages,
        conditions=tuple(dict.fromkeys(wanted.conditions)),
        reader=reader,
        stays=reader == own,
        with_red=wanted.with_red,
    )
    return _without_names(check_request(asked), actor)


def _without_names(asked: MemoRequest, actor: Actor) -> MemoRequest:
    """Refuse a counterpart who is in the registry; whom the actor may not know of is left out."""
    public = asked.variant is Variant.PUBLIC
    named = counterpart_naming(actor, asked.counterpart, asked.language, public=public)
    if named is None:
        return asked
    if named.seen:
        raise MemoRefused(
            "counterpart", f"“{named.words}” names somebody in the registry; write the office alone"
        )
    return replace(asked, counterpart="")


def _known(wanted: datetime | None, newest: datetime, at: datetime) -> datetime:
    if wanted is None:
        return newest
    try:
        known = in_utc(wanted)
    except InstantOutOfRange:
        raise MemoRefused("known_at", "no calendar keeps it; give another") from None
    if known > at:
        raise MemoRefused("known_at", f"{known:%Y-%m-%d %H:%M} has not come; go back")
    return known


def _own(house: _House | None) -> Audience:
    """Give as whom consent counts the people of the holder: a government by its country (H5)."""
    if house is None:
        return Audience(AudienceKind.ORGANISATION, PUBLISHER)
    if house.government:
        return Audience(AudienceKind.GOVERNMENT, house.country or "unknown")
    return Audience(AudienceKind.ORGANISATION, str(house.id))


def _keep(  # noqa: PLR0913 - what was drawn, for whom, instead of what, by whom
    drawn: DrawnMemo,
    asked: MemoRequest,
    holder: UUID,
    replaces: Memo | None,
    *,
    actor: Actor,
    at: datetime,
) -> Memo:
    memo = Memo.objects.create(
        holder=holder,
        country=asked.country,
        counterpart=asked.counterpart,
        meets_on=asked.meets_on,
        as_of=asked.as_of,
        known_at=asked.known_at,
        language=asked.language,
        variant=asked.variant.value,
        pages=drawn.pages if asked.is_world else asked.pages,
        reader=str(asked.reader),
        conditions=[each.value for each in asked.conditions],
        only_for=[actor.person] if asked.with_red else [],
        title=drawn.memo.document.title[:300],
        left_out=drawn.left_out[:600],
        built_by=actor.person,
        built_at=at,
        replaces=replaces,
    )
    _keep_parts(memo, drawn)
    told = {
        "country": asked.country,
        "variant": asked.variant.value,
        "reader": str(asked.reader),
        "cases": drawn.cases,
        "replaces": str(replaces.pk) if replaces else "",
        "texts_left_out": _texts_left_out(drawn),
        "counterpart": bool(asked.counterpart),
    }
    _record("memo.built", memo, actor, at, told, right="consent" if drawn.subjects else "")
    drop_undeclared(drawn.texts.undeclared, actor=actor, at=at)
    return memo


def _texts_left_out(drawn: DrawnMemo) -> list[str]:
    """Give by id the texts that stay out for want of consent."""
    return sorted(str(each.id) for each in (*drawn.texts.refused, *drawn.texts.undeclared))


def _keep_parts(memo: Memo, drawn: DrawnMemo) -> None:
    for file in drawn.files:
        MemoFile.objects.create(
            holder=memo.holder,
            memo=memo,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=file.sha256,
            content=file.content,
            only_for=memo.only_for,
        )
    MemoSubject.objects.bulk_create(
        MemoSubject(holder=memo.holder, memo=memo, subject=each) for each in sorted(drawn.subjects)
    )


def _record(  # noqa: PLR0913 - what, of which memo, by whom, when, in detail, under which right
    verb: str,
    memo: Memo,
    actor: Actor,
    at: datetime,
    detail: Mapping[str, object],
    *,
    right: str = "",
) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="memo",
        subject_id=memo.pk,
        at=at,
        right=right,
        detail=dict(detail),
    )


def _record_gone(gone: frozenset[UUID], actor: Actor, at: datetime, **told: UUID) -> None:
    """Say of each person by id that a memo does not show them any more."""
    for each in sorted(gone):
        record_entry(
            "memo.name_removed",
            actor=actor,
            subject_kind="party",
            subject_id=each,
            at=at,
            detail={name: str(value) for name, value in told.items()},
        )


def _end(memo: Memo, why: str, *, actor: Actor, at: datetime) -> Memo:
    held = Memo.objects.select_for_update().filter(pk=memo.pk, state="kept").first()
    if held is None:
        raise MemoRefused("memo", "it has ended already")
    held.state, held.why, held.ended_at = "ended", why, at
    held.save(update_fields=["state", "why", "ended_at"])
    files_of(actor, held).update(content=None)
    MemoSubject.objects.filter(memo=held).delete()
    _record("memo.ended", held, actor, at, {"why": why})
    return held
