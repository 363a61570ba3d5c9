"""People of files who are held against lists: described by the subject that keeps the file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules.forms import Form
    from undaunted.core.matching.rules.references import Named, Reference

__all__ = ["Subject", "Subjects", "SubjectsUnknown", "register_subjects", "subjects_of"]


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

    @property
    def digest(self) -> str:
        """Name what is known of them; of no two files alike, whatever they say."""
        return hashlib.sha256(f"{self.reference} {self.form.digest}".encode()).hexdigest()


class Subjects(Protocol):
    """Who describes the people of one kind of file; gives only what the actor may read."""

    def all_of(self, actor: Actor, holder: UUID) -> Iterable[Subject]:
        """Give everybody in the files of an organisation."""
        ...

    def described(self, actor: Actor, keys: Iterable[str]) -> Mapping[str, Subject]:
        """Give some by their keys; whoever may not be read is left out."""
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
