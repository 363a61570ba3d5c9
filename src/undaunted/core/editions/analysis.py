"""From an area's answer to files, and from files back: drawn up, and checked.

Nothing here writes a row. What is drawn up twice for the same cut and the same withdrawals has the
same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from undaunted.core.access.rules import PUBLIC, Actor
from undaunted.core.editions.rules import (
    Column,
    ColumnKind,
    EditionAltered,
    FileLine,
    Manifest,
    Notice,
    Paragraph,
    Question,
    Section,
    Table,
    check_file,
    check_signature,
    decoded,
    line_of,
    numbers_of,
    public_key,
    read_manifest,
    revisions,
    sign,
)
from undaunted.core.editions.writers import FOLDERS, Written, write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from undaunted.core.editions.rules import Cut, Document, EditionKind, Gathered, Revision

__all__ = [
    "Checked",
    "DrawnUp",
    "Order",
    "check_content",
    "draw_up",
    "instance_key",
    "rewritten",
    "stem_of",
]

Figures = dict[str, int | float | None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drawn up."""

    kind: EditionKind
    series: str
    number: str
    parameters: Mapping[str, str]
    cut: Cut
    languages: tuple[str, ...]
    embargo_until: datetime | None = None
    previous: tuple[str, Mapping[str, int | float | None]] | None = None
    """Number and figures of the edition before."""
    replaces: tuple[str, str, tuple[FileLine, ...]] | None = None
    """Number and last day of the withdrawn edition that it stands for, and its files."""
    holder: UUID | None = None
    builder: Actor = PUBLIC
    brought: object = None


@dataclass(frozen=True, slots=True)
class DrawnUp:
    """An edition that nobody keeps yet."""

    title: str
    written: Written
    manifest: bytes
    signature: bytes
    figures: Figures
    revised: tuple[Revision, ...]
    subjects: frozenset[UUID]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found: each line is a problem with what it is about."""

    files: int
    problems: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Nothing was changed."""
        return not self.problems


def draw_up(
    order: Order,
    *,
    folders: Iterable[Path] = FOLDERS,
    mark: Callable[[], str] = str,
    told: Callable[[str], None] = lambda _name: None,
) -> DrawnUp:
    """Gather in each language, compare with the edition before, write every file, and sign.

    Raises an `EditionRefused`.
    """
    remembered: dict[object, object] = {}
    gathered = {language: _gathered(order, language, remembered) for language in order.languages}
    left_out = tuple(sorted({name for each in gathered.values() for name in each.left_out}))
    for name in left_out:
        told(_("Left out because consent of somebody in it is missing: %(text)s") % {"text": name})
    first = gathered[order.languages[0]]
    figures = {key: value for key, (_words, value) in numbers_of(first.document).items()}
    revised = revisions(order.previous[1], figures) if order.previous else ()
    documents = {
        language: _completed(each.document, order, revised, language)
        for language, each in gathered.items()
    }
    stem = stem_of(order.series, order.number)
    moment = int(order.cut.known_at.timestamp())
    written = write_files(documents, stem, moment=moment, folders=folders, mark=mark, told=told)
    manifest = _manifest(order, written).encoded()
    return DrawnUp(
        title=first.document.title,
        written=written,
        manifest=manifest,
        signature=sign(manifest, _secret()),
        figures=figures,
        revised=revised,
        subjects=frozenset().union(*(each.subjects for each in gathered.values())),
        left_out=left_out,
    )


def rewritten(
    manifest: Manifest,
    frozen: Mapping[str, bytes],
    *,
    folders: Iterable[Path] = FOLDERS,
    mark: Callable[[], str] = str,
) -> Written:
    """Write every file again from the frozen documents of an edition; `frozen` by file name."""
    documents: dict[str, Document] = {}
    for language in manifest.languages:
        name = f"{stem_of(manifest.series, manifest.number)}-{language}.json"
        if name not in frozen:
            raise EditionAltered(f"{name}: missing; without it nothing can be written again")
        documents[language] = decoded(frozen[name])
    moment = int(manifest.cut.known_at.timestamp())
    stem = stem_of(manifest.series, manifest.number)
    return write_files(documents, stem, moment=moment, folders=folders, mark=mark)


def check_content(  # noqa: PLR0913 - what was signed, by whom, how far it is checked
    manifest: bytes,
    signature: bytes,
    files: Mapping[str, bytes],
    *,
    key: str,
    again: bool,
    folders: Iterable[Path] = FOLDERS,
) -> Checked:
    """Check signature, checksums and, with `again`, that writing it again gives the same bytes.

    Raises `EditionAltered` where there is no list of files that `key` signed.
    """
    check_signature(key, signature, manifest)
    told = read_manifest(manifest)
    problems = [f"{name}: not in the list of files" for name in files if name not in _names(told)]
    for line in told.files:
        if line.name not in files:
            problems.append(f"{line.name}: missing")
            continue
        try:
            check_file(line, files[line.name])
        except EditionAltered as found:
            problems.append(str(found))
    if again and not problems:
        problems += _differences(told, rewritten(told, files, folders=folders))
    return Checked(len(told.files), tuple(problems))


def instance_key() -> str:
    """Give the public half of this instance's key for editions."""
    return public_key(_secret())


def stem_of(series: str, number: str) -> str:
    """Give how the names of files begin."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in series.lower())
    return f"{plain}-{number}"


def _gathered(order: Order, language: str, remembered: dict[object, object]) -> Gathered:
    with override(language):
        cut = order.cut
        return order.kind.gather(
            Question(
                actor=PUBLIC,
                as_of=cut.as_of,
                known_at=cut.known_at,
                language=language,
                parameters=order.parameters,
                holder=order.holder,
                builder=order.builder,
                remembered=remembered,
                brought=order.brought,
            )
        )


def _completed(
    document: Document, order: Order, revised: tuple[Revision, ...], language: str
) -> Document:
    with override(language):
        label = _("Edition %(number)s") % {"number": order.number}
        blocks = document.blocks
        if order.replaces:
            blocks = (_tombstone(order.replaces), *blocks)
        if order.previous:
            blocks = (*blocks, _annex(order.previous[0], revised, document))
        return replace(document, edition=label, blocks=blocks)


def _tombstone(replaces: tuple[str, str, tuple[FileLine, ...]]) -> Notice:
    number, day, _files = replaces
    text = _(
        "This edition replaces edition %(number)s, which was withdrawn on %(day)s because consent "
        "ended. Its files were destroyed; their checksums stand in the list of files."
    )
    return Notice(_("Withdrawn and replaced."), (text % {"number": number, "day": day},))


def _annex(number: str, revised: tuple[Revision, ...], document: Document) -> Section:
    if not revised:
        text = _("No number that edition %(number)s gave as well has changed.")
        told = Paragraph((text % {"number": number},))
        return Section("revisions", _("Revisions"), (told,))
    words = {key: label for key, (label, _value) in numbers_of(document).items()}
    table = Table(
        key="revised-numbers",
        caption=_("Numbers that edition %(number)s gave otherwise") % {"number": number},
        columns=(
            Column("what", _("What")),
            Column("before", _("Before"), ColumnKind.DECIMAL),
            Column("now", _("Now"), ColumnKind.DECIMAL),
        ),
        rows=tuple((words.get(each.key, each.key), each.before, each.after) for each in revised),
    )
    return Section("revisions", _("Revisions"), (table,))


def _manifest(order: Order, written: Written) -> Manifest:
    lines = (line_of(each.name, each.media_type, each.content) for each in written.files)
    return Manifest(
        kind=order.kind.name,
        series=order.series,
        number=order.number,
        parameters=order.parameters,
        cut=order.cut,
        languages=order.languages,
        renderers=written.renderers,
        files=tuple(sorted(lines, key=lambda line: line.name)),
        embargo_until=order.embargo_until,
        replaces=order.replaces[2] if order.replaces else (),
        brought=order.brought is not None,
    )


def _differences(told: Manifest, written: Written) -> list[str]:
    used = dict(told.renderers)
    changed = sorted(
        name
        for name in used.keys() | written.renderers.keys()
        if used.get(name) != written.renderers.get(name)
    )
    why = f" (written with other versions of {', '.join(changed)})" if changed else ""
    wanted = {line.name: line for line in told.files}
    problems = []
    for file in written.files:
        try:
            check_file(wanted[file.name], file.content)
        except (EditionAltered, KeyError):
            problems.append(f"{file.name}: writing it again gives other bytes{why}")
    return problems


def _names(manifest: Manifest) -> frozenset[str]:
    return frozenset(line.name for line in manifest.files)


def _secret() -> bytes:
    return str(settings.SECRET_KEY).encode()
