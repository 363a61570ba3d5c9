"""People of files held against lists: questions asked, answered once, and asked anew on change.

The record of who did what says only that somebody worked on screening: every step has one verb, a
number of its own and no detail, so that whoever reads that record learns of no hit.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from undaunted.core.access.rules import PUBLIC, Facts, Sharing, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.matching.actions.refusals import MatchingRefused
from undaunted.core.matching.actions.seeing import demand_shown
from undaunted.core.matching.actions.turns import in_turn, read_in_turn
from undaunted.core.matching.actions.vouching import keep_answer, keep_asked, keep_held, settle
from undaunted.core.matching.analysis import (
    ENGINE,
    Listed,
    held_against,
    held_beside,
    listed_in_force,
)
from undaunted.core.matching.models import Answer, Question
from undaunted.core.matching.queries import (
    described_of,
    judged_of_entries,
    lists_now,
    sheets_of,
)
from undaunted.core.matching.rules import (
    FILES,
    Answered,
    Memory,
    Named,
    Reference,
    SubjectsUnknown,
    Verdict,
    entry_of_subject,
    entry_reference,
    form_of_entry,
    subjects_of,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.analysis import Found
    from undaunted.core.matching.rules import EntryKey, Subject

__all__ = ["Screened", "answer_question", "screen_subjects", "undo_answer"]

LONGEST_WHY = 2_000


@dataclass(frozen=True, slots=True)
class Screened:
    """What a screening did: people held against lists, and the questions that came of it."""

    asked: int
    new: int
    again: int
    """Answered before, of what has changed since."""
    remembered: int
    closed: int
    refused: Mapping[str, str] = field(default_factory=dict)
    """Whose names cannot be compared, by the file, and why: nothing is said of them."""


def screen_subjects(
    holder: UUID,
    kind: Named,
    *,
    actor: Actor,
    at: datetime,
    keys: Iterable[str] | None = None,
) -> Screened:
    """Hold the people of an organisation's files against every list in force.

    Whom notices name is held against the organisation's own files too.

    What was answered is not asked again while neither side says something else of who it is; an
    answer counts for every entry that is confirmed to be the same. That all were held is kept, with
    the versions of the lists. Of whoever is erased meanwhile nothing is asked. Raises `Forbidden`.
    """
    require(actor, Verb.JUDGE_MATCH, Facts(holder=holder))
    with transaction.atomic():
        read_in_turn(holder, kind)
        return _screen(holder, kind, actor, at, keys)


def _screen(
    holder: UUID, kind: Named, actor: Actor, at: datetime, keys: Iterable[str] | None
) -> Screened:
    describer = subjects_of(kind)
    held = (
        describer.all_of(actor, holder)
        if keys is None
        else describer.described(actor, keys).values()
    )
    people = {str(each.reference): each for each in held if each.holder == holder}
    lists = lists_now(actor)
    listed = listed_in_force(PUBLIC)
    forms = {key: each.form for key, each in people.items()}
    told = held_against(listed, forms)
    found, entries, refused = told.found, dict(listed.entries), dict(told.refused)
    if kind is Named.NOTICE and forms and (files := _files(actor, holder)):
        beside = held_against(Listed(files), forms)
        found, entries, refused = (
            found + beside.found,
            entries | files,
            {**beside.refused, **refused},
        )
    in_turn(holder)
    found, refused = _still_there(actor, found, refused)
    done = _ask(people, found, entries, holder, at)
    if keys is None:
        keep_held(holder, kind, lists, at, refused)
    _note(actor, at)
    return Screened(len(people), *done, refused=dict(sorted(refused.items())))


def answer_question(  # noqa: PLR0913 - what is asked, what is said and why, by whom and when
    question: UUID,
    *,
    verdict: Verdict,
    why: str,
    seen: str,
    actor: Actor,
    at: datetime,
) -> Answer:
    """Say whether somebody of a file is an entry, with a reason; unsure leaves the question open.

    That they are the same settles it once a second person says so too. `seen` names what the person
    was shown (`Asked.seen`): where either side says something else by now, nobody looked at that.
    Raises `MatchingRefused`, alike for a question that is not there and one of somebody else.
    """
    text = _reason(why)
    with transaction.atomic():
        held = _question(actor, question)
        (sheet,) = sheets_of(actor, [held])
        if sheet.subject is None or sheet.entry is None:
            raise MatchingRefused("question: the file or the entry is gone; screen again")
        demand_shown(seen, sheet.seen)
        if sheet.waits and sheet.before and Verdict(verdict) is Verdict.SAME:
            if sheet.before.by == actor.person:
                raise MatchingRefused("verdict: you said so before; a second person confirms it")
            _replace(held, sheet.subject, actor, at, but=sheet.before)
            return _confirmed(sheet.before, held, text, actor, at)
        _replace(held, sheet.subject, actor, at)
        made = Answer(
            **_judged(held, sheet.subject, sheet.entry),
            verdict=Verdict(verdict),
            by=actor.person,
            at=at,
            why=text,
        )
        keep_answer(made, new=True)
        if made.verdict == Verdict.DIFFERENT:
            settle([held.pk], at)
        _note(actor, at)
    return made


def _judged(asked: Question, subject: Subject, entry: Entry) -> dict[str, Any]:
    """Give what an answer is about: both sides as they are now, and what is alike of them."""
    found = held_beside(subject.form, Reference(Named.ENTRY, asked.entry).entry, entry)
    form = form_of_entry(entry)
    reasons = found.reasons if found else ()
    return {
        "holder": asked.holder,
        "sharing": Sharing.ORGANISATION,
        "subject": str(subject.reference),
        "entry": asked.entry,
        "likeness": found.score if found else None,
        # what the entry says: words of the file stay in the file
        "reasons": [{name: v for name, v in each.items() if name != "left"} for each in reasons],
        "engine": ENGINE,
        "subject_digest": subject.digest,
        "entry_digest": form.digest,
        "entry_form": form.as_data(),
    }


def _replace(
    asked: Question, subject: Subject, actor: Actor, at: datetime, *, but: Answer | None = None
) -> None:
    """Undo what the new answer takes the place of.

    That is what was answered about the file, and about files that became one with it as they are
    now. What was answered about such a file when it said something else stays: should the files be
    parted again, it holds.
    """
    own = str(subject.reference)
    rows = Answer.objects.filter(holder=asked.holder, entry=asked.entry, undone_at__isnull=True)
    for each in rows.filter(subject__in=subject.files):
        if but is not None and each.pk == but.pk:
            continue
        if each.subject == own or subject.is_as_in(each.subject, each.subject_digest):
            keep_answer(each, undone_at=at, undone_by=actor.person)


def _confirmed(first: Answer, asked: Question, why: str, actor: Actor, at: datetime) -> Answer:
    """Let the same answer of a second person settle the question."""
    if not keep_answer(first, confirmed_by=actor.person, confirmed_at=at, confirmed_why=why):
        raise MatchingRefused("answer: somebody undid it meanwhile; look at it again")
    settle([asked.pk], at)
    _note(actor, at)
    first.refresh_from_db()
    return first


def undo_answer(answer: UUID, *, actor: Actor, at: datetime) -> Answer:
    """Take an answer back: it stays on record, and the question is asked again."""
    with transaction.atomic():
        held = Answer.objects.select_for_update().filter(pk=answer, undone_at__isnull=True).first()
        if held is None:
            raise MatchingRefused("answer: none of yours that stands has this id")
        require(actor, Verb.JUDGE_MATCH, Facts(holder=held.holder))
        keep_answer(held, undone_at=at, undone_by=actor.person)
        Question.objects.get_or_create(
            holder=held.holder,
            subject=held.subject,
            entry=held.entry,
            closed_at=None,
            defaults={
                "sharing": Sharing.ORGANISATION,
                "likeness": held.likeness or 0.0,
                "subject_digest": held.subject_digest,
                "entry_digest": held.entry_digest,
                "engine": held.engine,
                "asked_at": at,
            },
        )
        _note(actor, at)
    return held


def _still_there(
    actor: Actor, found: Iterable[Found], refused: Mapping[str, str]
) -> tuple[tuple[Found, ...], dict[str, str]]:
    """Leave out whoever was erased while all were held, on either side; read in turn."""
    told = tuple(found)
    beside = {each.right[1] for each in told if each.right[0] == FILES}
    wanted = {str(each.left) for each in told} | beside | refused.keys()
    there = described_of(actor, map(Reference.read, wanted))
    stay = (each for each in told if str(each.left) in there)
    return (
        tuple(each for each in stay if each.right[0] != FILES or each.right[1] in there),
        {key: why for key, why in refused.items() if key in there},
    )


def _ask(
    people: Mapping[str, Subject],
    found: Iterable[Found],
    entries: Mapping[EntryKey, Entry],
    holder: UUID,
    at: datetime,
) -> tuple[int, int, int, int]:
    """Open, renew and close questions; gives new, again, remembered and closed."""
    digests = {entry_reference(key): form_of_entry(entry).digest for key, entry in entries.items()}
    memory = Memory(judged_of_entries(PUBLIC), digests)
    stands = {file: person for person, each in people.items() for file in each.files}
    answers = _answers(holder, people, stands)
    standing, doubled = _asked(holder, stands)
    new = again = remembered = 0
    for each in found:
        subject, entry = people[str(each.left)], entry_reference(each.right)
        before = answers.get(str(each.left), [])
        if memory.answer_to(entry, subject.digest, before) is not None:
            remembered += 1
            continue
        told = {
            "likeness": each.score,
            "subject_digest": subject.digest,
            "entry_digest": digests[entry],
            "engine": ENGINE,
        }
        held = standing.pop((str(each.left), entry.key), None)
        if held is not None:
            keep_asked(held, **told)
            continue
        Question.objects.create(
            holder=holder,
            sharing=Sharing.ORGANISATION,
            subject=str(each.left),
            entry=entry.key,
            asked_at=at,
            **told,
        )
        known = any(one.entry == entry for one in before)
        again, new = again + known, new + (not known)
    kept = _waiting(answers, digests)
    left = [*doubled, *(each.pk for key, each in standing.items() if key not in kept)]
    return new, again, remembered, settle(left, at)


def _asked(
    holder: UUID, stands: Mapping[str, str]
) -> tuple[dict[tuple[str, str], Question], list[UUID]]:
    """Give the open questions by who stands for the file now, and those asked twice by that.

    A question about a file that became one with another goes over to whoever stands for both.
    """
    rows = Question.objects.filter(holder=holder, closed_at__isnull=True, subject__in=stands)
    standing: dict[tuple[str, str], Question] = {}
    doubled = []
    for each in sorted(rows, key=lambda one: stands[one.subject] != one.subject):
        key = (stands[each.subject], each.entry)
        if key in standing:
            doubled.append(each.pk)
            continue
        keep_asked(each, subject=key[0])
        standing[key] = each
    return standing, doubled


def _waiting(
    answers: Mapping[str, list[Answered]], listed: Container[Reference]
) -> set[tuple[str, str]]:
    """Give whom one person called the same: a second is asked, found alike or not."""
    return {
        (subject, each.entry.key)
        for subject, several in answers.items()
        for each in several
        if not each.counts and each.entry in listed
    }


def _files(actor: Actor, holder: UUID) -> dict[EntryKey, Entry]:
    """Give the people of an organisation's case files, where an area keeps any."""
    try:
        held = subjects_of(Named.PERSON).all_of(actor, holder)
    except SubjectsUnknown:
        return {}
    return {
        (FILES, str(each.reference)): entry_of_subject(each)
        for each in held
        if each.holder == holder
    }


def _answers(
    holder: UUID, people: Mapping[str, Subject], stands: Mapping[str, str]
) -> dict[str, list[Answered]]:
    """Give what was answered of each person, about whichever of their files."""
    found: dict[str, list[Answered]] = {}
    rows = Answer.objects.filter(holder=holder, undone_at__isnull=True)
    for each in rows:
        if (person := stands.get(each.subject)) is None:
            continue
        subject = people[person]
        same = subject.is_as_in(each.subject, each.subject_digest)
        entry = Reference(Named.ENTRY, each.entry)
        now = subject.digest if same else ""
        told = Answered(entry, Verdict(each.verdict), now, each.entry_digest, each.counts)
        found.setdefault(person, []).append(told)
    return found


def _question(actor: Actor, question: UUID) -> Question:
    rows = Question.objects.select_for_update()
    held = rows.filter(pk=question, closed_at__isnull=True).first()
    if held is None:
        raise MatchingRefused("question: none of yours that is open has this id")
    require(actor, Verb.JUDGE_MATCH, Facts(holder=held.holder))
    return held


def _reason(why: str) -> str:
    text = why.strip()
    if not text:
        raise MatchingRefused("why: say on what the answer rests; somebody will ask")
    if len(text) > LONGEST_WHY:
        raise MatchingRefused(f"why: {len(text)} characters are more than {LONGEST_WHY}")
    return text


def _note(actor: Actor, at: datetime) -> None:
    record_entry(
        "screening.step",
        actor=actor,
        subject_kind="screening",
        subject_id=uuid.uuid4(),
        at=at,
    )
