"""A document as tagged PDF (PDF/UA-1), and charts as pictures: both set by Typst.

Only the fonts that a text needs are laid out for it, so that the same text is set with the same
letters on every machine that has them.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import typst

from undaunted.core.editions.rules import EditionRefused, FontMissing, families_for, fonts_for
from undaunted.core.editions.writers.fonts import FOLDERS, digests_of, files_of
from undaunted.core.editions.writers.setting import set_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undaunted.core.editions.rules import Document

__all__ = ["Printed", "pictures", "write_pdf"]

_SHARP: Final = 192.0
"""Points per inch of the pictures of charts in Word."""
_PICTURES: Final = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for (at, svg) in json(bytes(sys.inputs.svgs)).enumerate() {
  if at > 0 { pagebreak() }
  image(bytes(svg), format: "svg")
}
"""
_CHART_FONT: Final = "Liberation Sans"


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and the digests of the fonts it was set with."""

    content: bytes
    fonts: Mapping[str, str]


def write_pdf(
    document: Document,
    drawn: Mapping[str, str],
    *,
    moment: int,
    mark: str = "",
    folders: Iterable[Path] = FOLDERS,
) -> Printed:
    """Give the PDF; runs in the document's language. `moment` is its date, in seconds (UTC).

    Raises `FontMissing` where a letter cannot be set, `EditionRefused` where a page cannot.
    """
    values = set_values(document, drawn, mark=mark)
    fonts = fonts_for([json.dumps(values, ensure_ascii=False)])
    values["families"] = families_for(fonts, document.language)
    found = files_of(fonts, folders)
    template = files(__package__).joinpath("edition.typ").read_bytes()
    with _compiler(found) as compiler, _refusals(document.title):
        done = compiler.compile(
            template,
            format="pdf",
            sys_inputs={"document": json.dumps(values, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=moment,
        )
    return Printed(cast("bytes", done), digests_of(found))


def pictures(drawn: Mapping[str, str], *, folders: Iterable[Path] = FOLDERS) -> dict[str, bytes]:
    """Give each drawing as PNG, for writers that cannot draw."""
    if not drawn:
        return {}
    svgs = [svg.replace(_CHART_FONT, "Noto Sans") for svg in drawn.values()]
    found = files_of(fonts_for(svgs), folders)
    with _compiler(found) as compiler, _refusals(", ".join(drawn)):
        done = compiler.compile(
            _PICTURES,
            format="png",
            ppi=_SHARP,
            sys_inputs={"svgs": json.dumps(svgs, ensure_ascii=False)},
        )
    made = done if isinstance(done, list) else [cast("bytes", done)]
    return dict(zip(drawn, made, strict=True))


@contextmanager
def _compiler(found: Iterable[Path]) -> Iterator[typst.Compiler]:
    with tempfile.TemporaryDirectory(prefix="undaunted-fonts-") as folder:
        for file in found:
            (Path(folder) / file.name).symlink_to(file)
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
        yield typst.Compiler(root=folder, font_paths=fonts)


@contextmanager
def _refusals(what: str) -> Iterator[None]:
    try:
        yield
    except typst.TypstError as problem:
        told: Any = problem
        text = " ".join([str(told.message), *map(str, told.hints)])
        if "font" in text or "glyph" in text:
            raise FontMissing(
                f"{what[:60]}: {text}; install the Debian packages fonts-noto-core and "
                "fonts-noto-cjk, or write it in other letters"
            ) from problem
        raise EditionRefused(f"{what[:60]}: the page cannot be set: {text}") from problem
