"""All files of an edition, language by language; the same documents give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from django.utils.translation import override

from undaunted.core.editions.rules import check_document, encoded
from undaunted.core.editions.writers.charts import drawings
from undaunted.core.editions.writers.fonts import FOLDERS
from undaunted.core.editions.writers.package import write_package
from undaunted.core.editions.writers.page import write_page
from undaunted.core.editions.writers.pdf import pictures, write_pdf
from undaunted.core.editions.writers.word import write_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from undaunted.core.editions.rules import Document

__all__ = ["MANIFEST", "SIGNATURE", "Written", "WrittenFile", "write_files", "written_page"]

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.json.sig"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LOOK: Final = "2"
"""Counts the looks of an edition: whoever changes what a writer sets adds one."""
_RENDERERS: Final = ("typst", "vl-convert-python", "python-docx", "lxml", "babel")


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file of an edition."""

    name: str
    language: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """The files of an edition, and what they were written with."""

    files: tuple[WrittenFile, ...]
    renderers: Mapping[str, str]


def write_files(  # noqa: PLR0913 - what, under which name, dated when, marked how, with which fonts
    documents: Mapping[str, Document],
    stem: str,
    *,
    moment: int,
    mark: Callable[[], str] = str,
    folders: Iterable[Path] = FOLDERS,
    told: Callable[[str], None] = lambda _name: None,
) -> Written:
    """Write every document in its language; the data package comes from the first.

    `mark` gives the words across every page, in each language. `told` hears of each file begun.
    """
    places, fonts = tuple(folders), dict[str, str]()
    files: list[WrittenFile] = []
    for language, document in documents.items():
        check_document(document)
        with override(language):
            files += _in_language(document, stem, moment, mark(), places, fonts, told)
        if len(files) == len(_MEDIA):
            told(f"{stem}-data.zip")
            content = write_package(document, stem)
            files.append(WrittenFile(f"{stem}-data.zip", "", "application/zip", content))
    renderers = {name: version(name) for name in _RENDERERS} | {"look": LOOK}
    return Written(tuple(files), renderers | {f"font {name}": fonts[name] for name in fonts})


def written_page(document: Document, *, mark: str = "") -> bytes:
    """Write the web page alone."""
    with override(document.language):
        return write_page(document, drawings(document), mark=mark)


_MEDIA: Final = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": WORD,
}


def _in_language(  # noqa: PLR0913, PLR0917 - as above
    document: Document,
    stem: str,
    moment: int,
    mark: str,
    places: tuple[Path, ...],
    fonts: dict[str, str],
    told: Callable[[str], None],
) -> Iterator[WrittenFile]:
    drawn = drawings(document)

    def made(ending: str, write: Callable[[], bytes]) -> WrittenFile:
        name = f"{stem}-{document.language}.{ending}"
        told(name)
        return WrittenFile(name, document.language, _MEDIA[ending], write())

    def pdf() -> bytes:
        printed = write_pdf(document, drawn, moment=moment, mark=mark, folders=places)
        fonts.update(printed.fonts)
        return printed.content

    def word() -> bytes:
        shown = pictures(drawn, folders=places)
        return write_word(document, shown, moment=moment, mark=mark)

    yield made("json", lambda: encoded(document))
    yield made("html", lambda: write_page(document, drawn, mark=mark))
    yield made("pdf", pdf)
    yield made("docx", word)
