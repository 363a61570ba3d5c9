"""People of files who are held against lists: described by the subject that keeps the file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from undaunted.core.listings.rules import Birth, Entry, Identifier, Kind, Name, Quality

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules.forms import Form
    from undaunted.core.matching.rules.references import Named, Reference

__all__ = [
    "FILES",
    "Subject",
    "Subjects",
    "SubjectsUnknown",
    "entry_of_subject",
    "register_subjects",
    "subjects_of",
]

FILES = "files"
"""Stands for one's own files where a list is named: whom a notice names may be somebody in them."""


class SubjectsUnknown(LookupError):
    """Nobody describes people of this kind."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody of a file, as far as whoever asks may read it."""

    reference: Reference
    holder: UUID
    form: Form
    address: str = ""
    """Where the file is read."""
    called: str = ""
    """The reference of its case, where it has one and whoever asks may read it."""

    members: tuple[Reference, ...] = ()
    """Files that were judged to be one with it: an answer about any is about this person."""

    @property
    def digest(self) -> str:
        """Name what is known of them; of no two files alike, whatever they say."""
        return _digest(str(self.reference), self.form)

    @property
    def files(self) -> frozenset[str]:
        """The references of all their files, as they are written."""
        return frozenset(map(str, (self.reference, *self.members)))

    def is_as_in(self, file: str, digest: str) -> bool:
        """Whether a digest that was taken of one of their files says what all of them say now."""
        return file in self.files and digest == _digest(file, self.form)


def _digest(file: str, form: Form) -> str:
    return hashlib.sha256(f"{file} {form.digest}".encode()).hexdigest()


class Subjects(Protocol):
    """Who describes the people of one kind of file; gives only what the actor may read."""

    def all_of(self, actor: Actor, holder: UUID) -> Iterable[Subject]:
        """Give everybody in the files of an organisation."""
        ...

    def described(self, actor: Actor, keys: Iterable[str]) -> Mapping[str, Subject]:
        """Give some by the key of any of their files; whoever may not be read is left out."""
        ...

    def sought(self, actor: Actor, words: str, *, most: int) -> Collection[UUID]:
        """Give the records of those named like the words, or whose case is called so."""
        ...


_SUBJECTS: dict[Named, Subjects] = {}


def register_subjects(kind: Named, subjects: Subjects) -> None:
    """Say who describes people of a kind; called in `apps.py`, a second call replaces it."""
    _SUBJECTS[kind] = subjects


def subjects_of(kind: Named) -> Subjects:
    """Give who describes people of a kind. Raises `SubjectsUnknown`."""
    try:
        return _SUBJECTS[kind]
    except KeyError:
        raise SubjectsUnknown(f"{kind}: nobody describes them here") from None


def entry_of_subject(subject: Subject) -> Entry:
    """Give somebody of one's own files as an entry, so that others are held against them."""
    form = subject.form
    numbers = (each.partition(":") for each in form.identifiers)
    return Entry(
        key=str(subject.reference),
        kind=Kind(form.kind),
        names=tuple(Name(each, Quality.PRIMARY) for each in form.names),
        births=tuple(Birth(each) for each in form.births),
        nationalities=form.nationalities,
        identifiers=tuple(Identifier(kind, number) for kind, _colon, number in numbers),
        gender=form.gender,
    )
