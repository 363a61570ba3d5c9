"""What goes along with a submission: the copies of annexes whose people all agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.queries import (
    clean_copy_of,
    document_for,
    is_withdrawn,
    open_clean_copy,
    open_redacted_copy,
    redacted_copy_for,
)
from undaunted.repression.dossiers.analysis.naming import (
    annex_problems,
    names_anybody,
    names_silent,
)
from undaunted.repression.dossiers.readers import AnnexUnread, holds_pictures
from undaunted.repression.dossiers.rules import AnnexTold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.analysis.gathering import Sheet
    from undaunted.repression.dossiers.analysis.testing import Reach
    from undaunted.repression.dossiers.models import Annex

__all__ = ["AnnexFile", "AnnexesGoing", "annexes_fallen", "annexes_going", "file_going"]

_SUFFIXES: Final = {
    "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/plain": "txt",
    "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnnexesGoing:
    """What goes along: documents with their annexes, numbered; the bytes, by the name of the file.

    `telling` are titles of those that name or show somebody, `problems` what must not go out as it
    is, `looks` by which looks pictures go along, `taken` which annexes go.
    """

    told: tuple[tuple[UUID, AnnexTold], ...]
    contents: Mapping[str, bytes]
    telling: tuple[str, ...]
    problems: tuple[str, ...]
    looks: tuple[UUID, ...]
    taken: tuple[UUID, ...]


def annexes_fallen(actor: Actor, sheet: Sheet) -> frozenset[UUID]:
    """Give the annexes of which nothing can go along any more, whatever anybody agrees to.

    Their document was withdrawn or is gone, or the redacted copy in its place is: what was sealed
    since can be redacted, and what has no clean copy yet gets one.
    """
    return frozenset(each.pk for each in sheet.annexes if _fell(actor, each))


def _fell(actor: Actor, annex: Annex) -> bool:
    document = document_for(actor, annex.document)
    if document is None or is_withdrawn(actor, document):
        return True
    return annex.redacted is not None and redacted_copy_for(actor, annex.redacted) is None


@dataclass(frozen=True, slots=True)
class AnnexFile:
    """The copy that goes along of an annex, and why it is black where it is.

    The original of a redacted one is not told: whoever guesses a word under a bar could try it
    against the digest.
    """

    content: bytes
    media_type: str
    sha256: str
    original: str = ""
    ground: str = ""

    @property
    def ending(self) -> str:
        """The ending of its name."""
        return _SUFFIXES.get(self.media_type, "bin")


def annexes_going(
    actor: Actor, sheet: Sheet, reach: Reach, coincidences: Collection[str]
) -> AnnexesGoing:
    """Give the annexes whose people all agreed, and what stops them.

    A document may go along more than once, as copies in which other things are black. A copy that
    holds pictures goes once a second person has looked at it.
    """
    told: list[tuple[UUID, AnnexTold]] = []
    contents: dict[str, bytes] = {}
    problems: list[str] = []
    telling: list[str] = []
    kept: list[UUID] = []
    taken: list[UUID] = []
    looks = _looks(sheet)
    silent = names_silent(reach, coincidences)
    for annex in sheet.annexes:
        if not _agreed(annex, reach):
            continue
        going = file_going(actor, annex)
        if going is None:
            problems.append(
                f"annex “{annex.title}”: it has no copy that lies open; make or redact one first"
            )
            continue
        number = len(told) + 1
        name = f"annex-{number:02}.{going.ending}"
        contents[name] = going.content
        stopped = tuple(annex_problems(annex.title, going.content, going.media_type, silent))
        pictures = not stopped and _holds_pictures(going)
        look = looks.get((annex.pk, going.sha256)) if pictures else None
        stopped += (_unlooked(annex),) if pictures and look is None else ()
        kept += [look] if look else []
        problems += stopped
        named = names_anybody(going.content, going.media_type, reach)
        if not stopped and (annex.shows or named):
            telling.append(annex.title)
        told.append((annex.document, _annex_told(number, annex, name, going, pictures=pictures)))
        taken.append(annex.pk)
    return AnnexesGoing(
        tuple(told), contents, tuple(telling), tuple(problems), tuple(kept), tuple(taken)
    )


def _annex_told(
    number: int, annex: Annex, name: str, going: AnnexFile, *, pictures: bool
) -> AnnexTold:
    return AnnexTold(
        number,
        annex.title,
        name,
        len(going.content),
        going.sha256,
        going.original,
        going.ground,
        pictures,
    )


def file_going(actor: Actor, annex: Annex) -> AnnexFile | None:
    """Give what goes along of an annex; None where no copy of it lies open."""
    document = document_for(actor, annex.document)
    if document is None or is_withdrawn(actor, document):
        return None
    if annex.redacted is not None:
        redacted = redacted_copy_for(actor, annex.redacted)
        if redacted is None or redacted.document_id != document.pk:
            return None
        with open_redacted_copy(actor, redacted.pk) as file:
            content = file.read()
        return AnnexFile(content, redacted.media_type, redacted.sha256, ground=redacted.ground)
    copy = clean_copy_of(actor, document)
    if document.team is not None or copy is None or not copy.sha256:
        return None
    with open_clean_copy(actor, document) as file:
        return AnnexFile(file.read(), copy.media_type, copy.sha256, document.sha256)


def _unlooked(annex: Annex) -> str:
    return (
        f"annex “{annex.title}”: it holds pictures, which no program searches for names; a second "
        "person looks at it first"
    )


def _agreed(annex: Annex, reach: Reach) -> bool:
    """Tell whether everybody whom an annex shows is told of, and agreed to documents."""
    shown = {each.row.subject for each in reach.acts}
    agreed = [reach.agreed.get(each) for each in annex.shows]
    return set(annex.shows) <= shown and all(one and one.documents for one in agreed)


def _looks(sheet: Sheet) -> Mapping[tuple[UUID, str], UUID]:
    """Give the first look at each file that was looked at, by its annex and its digest."""
    found: dict[tuple[UUID, str], UUID] = {}
    for each in sheet.looks:
        found.setdefault((each.annex_id, each.sha256), each.pk)
    return found


def _holds_pictures(going: AnnexFile) -> bool:
    try:
        return holds_pictures(going.content, going.media_type)
    except AnnexUnread:
        return True
