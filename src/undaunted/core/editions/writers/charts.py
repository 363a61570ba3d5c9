"""Charts of a document as SVG, all drawn at the price of one process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.editions.rules import EditionRefused, figures_in
from undaunted.site.charts.drawing import ChartError, svgs_for

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Document

__all__ = ["drawings"]


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
