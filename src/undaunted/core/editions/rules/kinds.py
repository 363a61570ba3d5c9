"""The seam to the areas: what an edition can be made of, and what whoever gathers it is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.core.access.rules import PUBLIC, Actor
from undaunted.core.editions.rules.refusals import FileWanted, ParameterRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.editions.rules.document import Document

__all__ = [
    "Brought",
    "EditionKind",
    "Gathered",
    "Parameter",
    "Question",
    "brought_again",
    "brought_for",
    "chosen_parameters",
    "series_of",
]


@dataclass(frozen=True, slots=True)
class Question:
    """What an edition is asked: for whom, of which day, as known when, in which language.

    The gathering runs in that language. `actor` is the public. `builder` is whoever builds it, the
    public where nobody keeps it: only what the public may see of the unpublished is asked as them.
    `holder` is the organisation that keeps the edition; None where nobody keeps it.
    `remembered` is one for all languages of an edition: what is counted once is alike in each.
    `brought` is what the kind read of a file that the builder brought, if any.
    """

    actor: Actor
    as_of: date
    known_at: datetime
    language: str
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    holder: UUID | None = None
    builder: Actor = PUBLIC
    remembered: dict[object, object] = field(default_factory=dict, compare=False, repr=False)
    brought: object = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """A document, and everybody whom it shows: when one of them withdraws, it goes.

    `left_out` names, without naming anybody, what stays out because somebody did not agree.
    """

    document: Document
    subjects: frozenset[UUID] = frozenset()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing to choose; `read` gives it in its one spelling or raises `ParameterRefused`.

    Editions that differ in a parameter that stands `apart` are numbered apart.
    """

    name: str
    help: str
    read: Callable[[str], str]
    default: str | None = None
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that whoever builds may bring: read while it is built, and not kept.

    `help` says what of it stays in the edition. `read` is given its bytes and its name, and raises
    `ParameterRefused` with what is wrong.
    """

    help: Callable[[], str]
    read: Callable[[bytes, str], object]


@dataclass(frozen=True, slots=True)
class EditionKind:
    """A kind of publication that an area hands in when the process starts.

    `gather` answers a `Question` with plain values out of the area's queries. `purpose` is that of
    consent: an agreement for it that ends withdraws the editions in which its subject appears.
    Title and parameters stay on the tombstone: they name nobody.
    """

    name: str
    title: Callable[[], str]
    gather: Callable[[Question], Gathered]
    parameters: tuple[Parameter, ...] = ()
    purpose: str = "registry"
    file: Brought | None = None


def chosen_parameters(kind: EditionKind, given: Mapping[str, str]) -> dict[str, str]:
    """Give the parameters of an edition, each in its one spelling. Raises `ParameterRefused`."""
    known = {each.name for each in kind.parameters}
    unknown = sorted(set(given) - known)
    if unknown:
        may = ", ".join(sorted(known)) or "no parameter"
        raise ParameterRefused(f"{unknown[0]}: a {kind.name} has {may}")
    chosen: dict[str, str] = {}
    for each in kind.parameters:
        text = given.get(each.name, each.default)
        if text is None:
            raise ParameterRefused(f"{each.name}: missing; {each.help}")
        chosen[each.name] = each.read(text)
    return chosen


def brought_for(kind: EditionKind, file: tuple[str, bytes] | None) -> object:
    """Give what a kind reads of a file: its name and its bytes. Raises `ParameterRefused`."""
    if file is None:
        return None
    if kind.file is None:
        raise ParameterRefused(f"file: a {kind.name} is built without one; leave it out")
    name, content = file
    return kind.file.read(content, name)


def brought_again(
    kind: EditionKind, file: tuple[str, bytes] | None, *, had: bool, without: bool
) -> object:
    """Give what a kind reads of a file where an edition that may have `had` one is built again.

    No file is kept, so that what came of one would be lost in silence: raises `FileWanted` unless a
    file is given, or it is said that it is to be `without`. Raises `ParameterRefused`.
    """
    if without and file is not None:
        raise ParameterRefused("file: give one, or leave it out, not both")
    if file is None and had and not without:
        raise FileWanted(
            "file: the withdrawn edition was built with one, which was not kept; give it again, or "
            "another, with --file, or build it with --without-file"
        )
    return brought_for(kind, file)


def series_of(kind: EditionKind, parameters: Mapping[str, str]) -> str:
    """Give the name under which editions are numbered and compared with each other."""
    apart = sorted(each.name for each in kind.parameters if each.apart)
    told = [f"{name}={parameters[name]}" for name in apart if parameters[name]]
    return " ".join([kind.name, *told])
