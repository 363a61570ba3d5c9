"""A document as tagged PDF (PDF/UA-1), and charts as pictures: both set by Typst."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from undaunted.core.editions.writers.fonts import FOLDERS
from undaunted.core.editions.writers.setting import set_values
from undaunted.core.editions.writers.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from undaunted.core.editions.rules import Document

__all__ = ["Printed", "pictures", "write_pdf"]

_SHARP: Final = 192.0
"""Points per inch of the pictures of charts in Word."""
_PICTURES: Final = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for (at, svg) in json(bytes(sys.inputs.document)).svgs.enumerate() {
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
    done = typeset(
        files(__package__).joinpath("edition.typ").read_bytes(),
        set_values(document, drawn, mark=mark),
        title=document.title,
        language=document.language,
        media="pdf",
        moment=moment,
        folders=folders,
    )
    return Printed(done.pages[0], done.fonts)


def pictures(drawn: Mapping[str, str], *, folders: Iterable[Path] = FOLDERS) -> dict[str, bytes]:
    """Give each drawing as PNG, for writers that cannot draw."""
    if not drawn:
        return {}
    svgs = [svg.replace(_CHART_FONT, "Noto Sans") for svg in drawn.values()]
    done = typeset(
        _PICTURES,
        {"svgs": svgs},
        title=", ".join(drawn),
        language="",
        media="png",
        sharpness=_SHARP,
        folders=folders,
    )
    return dict(zip(drawn, done.pages, strict=True))
