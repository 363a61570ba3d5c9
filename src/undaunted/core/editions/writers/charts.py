"""Charts of a document as SVG, all drawn at the price of one process."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undaunted.core.editions.rules import EditionRefused, figures_in
from undaunted.site.charts.drawing import ChartError, svgs_for

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Document

__all__ = ["drawings", "printed"]

_ROOM: Final = 24
"""Wider letters in print than those that the drawing measured: so much more on either side."""
_SIZE: Final = re.compile(
    r'<svg (?P<more>[^>]*?)width="(?P<width>\d+)"(?P<most>[^>]*?)viewBox="0 0 (?P<wide>\d+) '
)
_FONT: Final = "Liberation Sans"
_PRINTED: Final = "Noto Sans"


def drawings(document: Document) -> dict[str, str]:
    """Give figure key → SVG. Raises `EditionRefused` where a chart cannot be drawn."""
    figures = list(figures_in(document))
    ready = {figure.key: figure.svg for figure in figures if figure.svg}
    wanted = {
        figure.key: figure.specification for figure in figures if figure.specification is not None
    }
    if not wanted:
        return ready
    try:
        drawn = svgs_for(list(wanted.values()))
    except ChartError as problem:
        raise EditionRefused(f"figures {', '.join(wanted)}: {problem}; build again") from problem
    return ready | dict(zip(wanted, drawn, strict=True))


def printed(svg: str) -> str:
    """Give a drawing in the letters of print, with room for them."""
    return _SIZE.sub(_wider, svg.replace(_FONT, _PRINTED), count=1)


def _wider(found: re.Match[str]) -> str:
    width, wide = int(found["width"]) + 2 * _ROOM, int(found["wide"]) + 2 * _ROOM
    return f'<svg {found["more"]}width="{width}"{found["most"]}viewBox="-{_ROOM} 0 {wide} '
