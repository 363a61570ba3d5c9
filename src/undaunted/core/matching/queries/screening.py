"""Questions about people of files, and what was answered: read by their holder alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.access.rules import PUBLIC, RECORD_ROLES
from undaunted.core.listings.queries import entries_last_named, entries_named
from undaunted.core.matching.models import Answer, Question
from undaunted.core.matching.rules import (
    FILES,
    Named,
    Reference,
    SubjectsUnknown,
    Verdict,
    changed_between,
    digest_of_question,
    entry_of_subject,
    form_of_entry,
    read_form,
    subjects_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.rules import EntryKey, Form, Subject

__all__ = [
    "AnswerNamed",
    "Asked",
    "answers_for",
    "answers_named",
    "answers_of_question",
    "answers_waiting",
    "asked_again",
    "described_of",
    "questions_for",
    "sheets_of",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with both sides as they are now; a side that is gone is None."""

    question: Question
    subject: Subject | None
    entry: Entry | None
    before: Answer | None = None
    """The answer that stands although the question is open."""

    @property
    def listed(self) -> str:
        """The reference of the entry."""
        return self.question.entry

    @property
    def seen(self) -> str:
        """What names both sides as they are shown, so that an answer is of nothing else.

        The answer that stands is shown, too: another confirms it or takes its place.
        """
        if self.subject is None or self.entry is None:
            return ""
        held = self.before
        standing = (str(held.pk), f"waits: {self.waits}") if held else ()
        return digest_of_question(self.subject.digest, self.listed, self.entry, *standing)

    @property
    def waits(self) -> bool:
        """Whether one person said, of both as they are now, that they are the same."""
        held, subject, entry = self.before, self.subject, self.entry
        if held is None or subject is None or entry is None or not held.waits:
            return False
        same = subject.is_as_in(held.subject, held.subject_digest)
        return same and form_of_entry(entry).digest == held.entry_digest

    @property
    def again(self) -> bool:
        """Whether it was answered, and is asked anew since either side says something else."""
        held = self.before
        return held is not None and held.verdict != Verdict.UNSURE and not self.waits

    @property
    def changed(self) -> tuple[tuple[str, Form, Form], ...]:
        """The fields of the entry that changed since: each with the forms before and now."""
        if self.before is None or self.entry is None or not self.before.entry_form:
            return ()
        was, now = read_form(self.before.entry_form), form_of_entry(self.entry)
        return tuple((field, was, now) for field in changed_between(was, now))

    @property
    def file_changed(self) -> bool:
        """Whether the file says something else of who it is; what it said is not kept."""
        held, subject = self.before, self.subject
        if held is None or subject is None:
            return False
        return not subject.is_as_in(held.subject, held.subject_digest)


@dataclass(frozen=True, slots=True)
class AnswerNamed:
    """An answer with whom it is about, as both are now; a file that is gone or not read is None."""

    answer: Answer
    subject: Subject | None
    entry: Entry | None
    gone: bool = False
    """Whether the entry left its list, and is told as it last stood."""

    @property
    def listed(self) -> str:
        """The reference of the entry."""
        return self.answer.entry


def questions_for(actor: Actor, *, words: str = "") -> QuerySet[Question]:
    """Give the open questions of one's own organisations, likeliest first."""
    rows = Question.objects.filter(holder__in=_own(actor), closed_at__isnull=True)
    if words:
        rows = rows.filter(entry__icontains=words)
    return rows.order_by("-likeness", "asked_at", "id")


def answers_for(actor: Actor) -> QuerySet[Answer]:
    """Give the answers of one's own organisations, newest first, undone ones too."""
    return Answer.objects.filter(holder__in=_own(actor)).order_by("-at", "id")


def answers_waiting(actor: Actor) -> QuerySet[Answer]:
    """Give the answers of one's own organisations that a second person has to confirm."""
    standing = answers_for(actor).filter(undone_at__isnull=True, confirmed_by__isnull=True)
    return standing.filter(verdict=Verdict.SAME)


def answers_named(actor: Actor, answers: Iterable[Answer]) -> tuple[AnswerNamed, ...]:
    """Give answers with whom they are about: names come from whoever keeps the file, asked now."""
    rows = tuple(answers)
    people = described_of(actor, {Reference.read(each.subject) for each in rows})
    entries, keys = _entries(actor, rows)
    last = entries_last_named(PUBLIC, {key for key in keys if key not in entries})
    return tuple(
        AnswerNamed(each, people.get(each.subject), entries.get(key) or last.get(key), key in last)
        for each, key in ((each, _entry_key(each.entry)) for each in rows)
    )


def answers_of_question(
    actor: Actor, question: Question, subject: Subject | None
) -> QuerySet[Answer]:
    """Give everything that was answered to a question, about any file of the person; newest first.

    `subject` is who is meant as the file tells it now, where there is one.
    """
    files = {question.subject, *(subject.files if subject else ())}
    return answers_for(actor).filter(
        holder=question.holder, subject__in=files, entry=question.entry
    )


def sheets_of(actor: Actor, questions: Iterable[Question]) -> tuple[Asked, ...]:
    """Give questions with who is meant: names come from whoever keeps the file, asked now."""
    rows = tuple(questions)
    people = described_of(actor, {Reference.read(each.subject) for each in rows})
    entries, _keys = _entries(actor, rows)
    before = _before(actor, rows, people)
    return tuple(
        Asked(
            each,
            people.get(each.subject),
            entries.get(_entry_key(each.entry)),
            before.get(each.pk),
        )
        for each in rows
    )


def asked_again(actor: Actor, answers: Iterable[Answer]) -> frozenset[UUID]:
    """Give those of these answers that stand, and whose question is open all the same."""
    rows = [each for each in answers if each.undone_at is None]
    opened = list(questions_for(actor).filter(entry__in={each.entry for each in rows}))
    people = described_of(actor, {Reference.read(each.subject) for each in opened})
    keys = {
        (each.holder, file, each.entry)
        for each in opened
        for file in _files_of(each, people.get(each.subject))
    }
    return frozenset(
        each.pk
        for each in rows
        if not each.waits
        and each.verdict != Verdict.UNSURE
        and (each.holder, each.subject, each.entry) in keys
    )


def _before(
    actor: Actor, rows: Iterable[Question], people: Mapping[str, Subject]
) -> dict[UUID, Answer]:
    """Give the answer that stands to each question: one of the files as they are now before others.

    Then what waits for a second person, then the latest.
    """
    files = {each.pk: _files_of(each, people.get(each.subject)) for each in rows}
    wanted = {file for several in files.values() for file in several}
    held: dict[tuple[UUID, str, str], Answer] = {
        (each.holder, each.subject, each.entry): each
        for each in answers_for(actor).filter(subject__in=wanted, undone_at__isnull=True)
    }
    found = {}
    for each in rows:
        keys = ((each.holder, file, each.entry) for file in files[each.pk])
        if answers := [held[key] for key in keys if key in held]:
            subject = people.get(each.subject)
            found[each.pk] = max(answers, key=lambda one: _weight(one, subject))
    return found


def _weight(answer: Answer, subject: Subject | None) -> tuple[bool, bool, datetime]:
    same = subject is not None and subject.is_as_in(answer.subject, answer.subject_digest)
    return same, answer.waits, answer.at


def _files_of(question: Question, subject: Subject | None) -> frozenset[str]:
    return frozenset({question.subject}) | (subject.files if subject else frozenset())


def _entries(
    actor: Actor, rows: Iterable[Question | Answer]
) -> tuple[dict[EntryKey, Entry], set[EntryKey]]:
    """Give the entries that rows name, as they are now, and the keys of all."""
    keys = {_entry_key(each.entry) for each in rows}
    entries = dict(entries_named(PUBLIC, {key for key in keys if key[0] != FILES}))
    return entries | _of_files(actor, {key for source, key in keys if source == FILES}), keys


def _of_files(actor: Actor, wanted: Iterable[str]) -> dict[EntryKey, Entry]:
    held = described_of(actor, {Reference.read(each) for each in wanted})
    return {(FILES, key): entry_of_subject(each) for key, each in held.items()}


def described_of(actor: Actor, wanted: Iterable[Reference]) -> dict[str, Subject]:
    """Give people of files by any of their files; whoever may not be read is left out."""
    by_kind: dict[Named, list[str]] = {}
    for each in wanted:
        by_kind.setdefault(each.kind, []).append(each.key)
    found = {}
    for kind, keys in by_kind.items():
        try:
            held = subjects_of(kind).described(actor, keys)
        except SubjectsUnknown:
            continue
        found.update({file: each for each in held.values() for file in each.files})
    return found


def _entry_key(entry: str) -> tuple[str, str]:
    return Reference(Named.ENTRY, entry).entry


def _own(actor: Actor) -> frozenset[UUID]:
    held = actor.organisations_as(*RECORD_ROLES) if actor.second_factor else frozenset()
    return held & actor.governments if actor.governments else held
