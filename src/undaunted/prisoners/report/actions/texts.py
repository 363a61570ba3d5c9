"""What is done to editorial texts: written, proposed, reviewed, declined, signed, withdrawn."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.prisoners.registry.queries.named import undeclared_in
from undaunted.prisoners.registry.queries.records import cases_for, shown_names
from undaunted.prisoners.report.models import TextVersion
from undaunted.prisoners.report.queries import (
    hands_of,
    standing_text,
    text_named,
    texts_of_place,
)
from undaunted.prisoners.report.rules.marks import read_text, tidied
from undaunted.prisoners.report.rules.printed import CONSENT_MISSING, printed_words
from undaunted.prisoners.report.rules.texts import (
    ORIGINAL,
    STEPS,
    Place,
    State,
    TextRefused,
    flag_of,
    missing_reasons,
    place_named,
    read_translation,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.report.rules.marks import Reading

__all__ = [
    "decline_text",
    "propose_text",
    "review_text",
    "sign_text",
    "withdraw_text",
    "write_text",
]

LONGEST_REASON = 300


def write_text(  # noqa: PLR0913 - whose, where, which words, of which original, by whom, when
    holder: UUID,
    place: Place,
    body: str,
    *,
    actor: Actor,
    at: datetime,
    translates: int | None = None,
    names: Collection[UUID] = (),
) -> TextVersion:
    """Keep a draft; it is read by one's organisation alone, and every draft is kept.

    A translation is of the English version that stands, or of the signed one that `translates`
    names. Whoever is named in it must be among `names`, cases that the actor may see; a translation
    names whom its original names. Raises `TextBroken`, `TextRefused`, `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    with transaction.atomic():
        _one_at_a_time(holder, place)
        original = _original(holder, place, translates, actor)
        body = tidied(body)
        against = read_text(original.body, ORIGINAL) if original else None
        reading = read_translation(body, place.language, against)
        named = {*_declared(actor, names), *(original.names if original else ())}
        _refuse_undeclared(actor, place, reading, named)
        newest = texts_of_place(actor, holder, place).first()
        if newest is not None and newest.state in {State.WAITING, State.REVIEWED}:
            raise TextRefused(
                f"{place}: version {newest.number} waits; somebody decides on it, or it is taken "
                "back, before another is written"
            )
        made = TextVersion.objects.create(
            holder=holder,
            year=place.year,
            chapter=place.chapter,
            language=place.language,
            number=newest.number + 1 if newest else 1,
            body=body,
            names=sorted(named),
            digest=hashlib.sha256(body.encode()).hexdigest(),
            typed=[flag_of(each) for each in reading.typed],
            translates=original.number if original else None,
            written_by=actor.person,
            written_at=at,
        )
        _note("report_text.written", made, actor=actor, at=at)
    return made


def propose_text(version: TextVersion, *, actor: Actor, at: datetime) -> TextVersion:
    """Ask for another person's review of the newest draft, as whoever wrote it.

    Raises `TextRefused`, `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=version.holder))
    with transaction.atomic():
        held = _held(version, State.WAITING)
        if held.written_by != actor.id:
            raise Forbidden("whoever wrote a draft proposes it")
        newest = texts_of_place(actor, held.holder, _place(held)).first()
        if newest is None or newest.number != held.number:
            raise TextRefused(f"{_place(held)}: there is a newer draft; propose that one")
        held.state, held.proposed_at = State.WAITING, at
        held.save(update_fields=["state", "proposed_at"])
        _note("report_text.proposed", held, actor=actor, at=at)
    return held


def review_text(version: TextVersion, *, actor: Actor, at: datetime) -> TextVersion:
    """Say, as another person than whoever wrote it, that a text is right.

    One that names somebody undeclared is refused; where the actor may not know of them it goes back
    instead, as declined.

    Raises `TextRefused`, `Forbidden`.
    """
    hands = frozenset({version.written_by})
    require(actor, Verb.REVIEW_TEXT, Facts(holder=version.holder, earlier_hands=hands))
    with transaction.atomic():
        held = _held(version, State.REVIEWED)
        if _names_others(held, actor):
            return _closed(held, State.DECLINED, CONSENT_MISSING, actor=actor, at=at)
        held.state, held.reviewed_by, held.reviewed_at = State.REVIEWED, actor.person, at
        held.save(update_fields=["state", "reviewed_by", "reviewed_at"])
        _note("report_text.reviewed", held, actor=actor, at=at)
    return held


def sign_text(
    version: TextVersion, accepted: Mapping[str, str], *, actor: Actor, at: datetime
) -> TextVersion:
    """Sign a reviewed text off, as somebody who wrote nothing of it; from now on it stands.

    `accepted` gives a reason for each number typed by hand, by its place from 1. A translation is
    signed while the English version that it translates stands. Raises `TextRefused`, `Forbidden`.
    """
    hands = hands_of(actor, version)
    require(actor, Verb.SIGN_TEXT, Facts(holder=version.holder, earlier_hands=hands))
    with transaction.atomic():
        held = _held(version, State.SIGNED)
        if _names_others(held, actor):
            return _closed(held, State.DECLINED, CONSENT_MISSING, actor=actor, at=at)
        reasons = _reasons(held, accepted)
        if held.translates is not None:
            original = standing_text(actor, held.holder, _place(held, ORIGINAL))
            if original is None or original.number != held.translates:
                raise TextRefused(
                    f"{_place(held)}: the English text was signed anew or withdrawn since; "
                    "translate that one"
                )
        held.state, held.signed_by, held.signed_at = State.SIGNED, actor.person, at
        held.accepted = reasons
        held.save(update_fields=["state", "signed_by", "signed_at", "accepted"])
        told = [
            {"number": typed["number"], "line": typed["line"], "why": reasons[str(place)]}
            for place, typed in enumerate(held.typed, start=1)
        ]
        _note("report_text.signed", held, actor=actor, at=at, accepted=told)
    return held


def decline_text(version: TextVersion, why: str, *, actor: Actor, at: datetime) -> TextVersion:
    """Send a text back with the reason; whoever wrote it may take it back in the same way.

    Raises `TextRefused`, `Forbidden`.
    """
    own = version.written_by == actor.id
    verb = Verb.RECORD if own else Verb.REVIEW_TEXT
    require(actor, verb, Facts(holder=version.holder, earlier_hands=frozenset()))
    return _close(version, State.DECLINED, why, actor=actor, at=at)


def withdraw_text(version: TextVersion, why: str, *, actor: Actor, at: datetime) -> TextVersion:
    """Take a signed text out of what is built from now on; none before it comes back.

    Raises `TextRefused`, `Forbidden`.
    """
    require(actor, Verb.TAKE_DOWN, Facts(holder=version.holder))
    return _close(version, State.WITHDRAWN, why, actor=actor, at=at)


def _close(
    version: TextVersion, state: State, why: str, *, actor: Actor, at: datetime
) -> TextVersion:
    with transaction.atomic():
        return _closed(_held(version, state), state, why, actor=actor, at=at)


def _closed(
    held: TextVersion, state: State, why: str, *, actor: Actor, at: datetime
) -> TextVersion:
    held.state, held.closed_by, held.closed_at = state, actor.person, at
    held.why = _reason("why", why)
    held.save(update_fields=["state", "closed_by", "closed_at", "why"])
    _note(f"report_text.{state}", held, actor=actor, at=at)
    return held


def _declared(actor: Actor, names: Collection[UUID]) -> set[UUID]:
    """Give the records that stand for those whom a text names. Raises `TextRefused`."""
    seen = dict(cases_for(actor).filter(pk__in=tuple(names)).values_list("pk", "canonical"))
    if missing := sorted(set(names) - set(seen)):
        raise TextRefused(f"names: {missing[0]}: there is no such case for you")
    return set(seen.values())


def _names_others(held: TextVersion, actor: Actor) -> bool:
    """Tell whether a version names somebody undeclared whom the actor may not see."""
    reading = read_text(held.body, held.language)
    return _refuse_undeclared(actor, _place(held), reading, held.names)


def _refuse_undeclared(
    actor: Actor, place: Place, reading: Reading, known: Collection[UUID]
) -> bool:
    """Raise `TextRefused` where a text names somebody undeclared whom the actor may see.

    Tell whether it names somebody else whom the registry knows.
    """
    found = undeclared_in(actor, printed_words(reading.blocks), place.language, known)
    if found and found[0].seen and found[0].person:
        who = shown_names(actor, [found[0].person]).get(found[0].person, "")
        raise TextRefused(
            f"{place}: “{found[0].words}” names {who or found[0].person} ({found[0].person}); add "
            "them to the people whom the text names, or say it without them"
        )
    return bool(found)


def _one_at_a_time(holder: UUID, place: Place) -> None:
    """Let nobody else write here until this commits, so that numbers follow each other."""
    with connection.cursor() as cursor:
        name = f"report text {holder} {place}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _original(
    holder: UUID, place: Place, translates: int | None, actor: Actor
) -> TextVersion | None:
    if place.is_original:
        if translates is not None:
            raise TextRefused("translates: the English text is the original and translates none")
        return None
    english = Place(place.year, place.chapter, ORIGINAL)
    if translates is None:
        found = standing_text(actor, holder, english)
    else:
        found = text_named(actor, holder, english, translates)
        if found is not None and found.state not in {State.SIGNED, State.WITHDRAWN}:
            found = None
    if found is None:
        raise TextRefused(f"{place}: no English text is signed; sign one before it is translated")
    return found


def _held(version: TextVersion, state: State) -> TextVersion:
    """Give the version, locked, if `state` may follow its own."""
    held = TextVersion.objects.select_for_update().filter(pk=version.pk).first()
    if held is None:
        raise Forbidden("there is no such text for you")
    if state not in STEPS[State(held.state)]:
        raise TextRefused(f"{_place(held)}: version {held.number} is {held.state}; look again")
    return held


def _place(version: TextVersion, language: str = "") -> Place:
    return place_named(version.year, version.chapter, language or version.language)


def _reasons(version: TextVersion, accepted: Mapping[str, str]) -> dict[str, str]:
    missing = missing_reasons(version.typed, accepted)
    if missing:
        typed = version.typed[int(missing[0]) - 1]
        raise TextRefused(
            f"{_place(version)}, line {typed['line']}: {typed['number']!r} was typed by hand; give "
            "a reason for it, or send the text back"
        )
    places = range(1, len(version.typed) + 1)
    return {str(at): _reason(f"number {at}", accepted[str(at)]) for at in places}


def _reason(name: str, text: str) -> str:
    told = " ".join(text.split())
    if not told:
        raise TextRefused(f"{name}: say why")
    if len(told) > LONGEST_REASON or not told.isprintable():
        raise TextRefused(f"{name}: at most {LONGEST_REASON} letters that can be printed")
    return told


def _note(verb: str, version: TextVersion, *, actor: Actor, at: datetime, **more: object) -> None:
    detail = {
        "year": version.year,
        "chapter": version.chapter,
        "language": version.language,
        "number": version.number,
        "digest": version.digest,
        "typed": len(version.typed),
        **more,
    }
    record_entry(
        verb,
        actor=actor,
        subject_kind="report_text",
        subject_id=version.pk,
        at=at,
        detail=detail,
    )
