"""Ranked rows with one bar or two, as a list of the page: no engine, and no picture to scale.

Words are words of the page, so that they wrap, grow with the reader's letters and stand above their
bars on a narrow screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from django.utils.html import escape
from django.utils.safestring import SafeString

from undaunted.site.charts.bars import Bar
from undaunted.site.charts.figure import Key, TableBehind, rendered

__all__ = ["Ranked", "RankedRow", "ranked"]

_COLOURS = ("series-1", "series-2")


@dataclass(frozen=True)
class RankedRow:
    """What is ranked, and one value for each key with its own words."""

    label: str
    values: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Ranked:
    """A figure of rows in the order given; the longest bar is the greatest value in any row."""

    title: str
    description: str
    rows: tuple[RankedRow, ...]
    table: TableBehind
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()

    def html(self, prefix: str) -> SafeString:
        """Write the figure."""
        whole = max((_length(v) for row in self.rows for v, _ in row.values), default=0.0) or 1.0
        names = tuple(key.label for key in self.keys)
        rows = "".join(_row(row, whole, names) for row in self.rows)
        listed = f'<ol class="ranked">{rows}</ol>' if rows else ""
        return rendered(self, listed, prefix=prefix)


def ranked(
    items: Sequence[Bar], *, title: str, description: str, headings: tuple[str, str]
) -> Ranked:
    """Rank one value of each item, in the order given."""
    return Ranked(
        title=title,
        description=description,
        rows=tuple(RankedRow(each.label, ((each.value, each.written),)) for each in items),
        table=TableBehind(headings, tuple((each.label, each.written) for each in items)),
    )


def _row(row: RankedRow, whole: float, names: tuple[str, ...]) -> str:
    named = zip(row.values, _COLOURS, (*names, *[None] * len(_COLOURS)), strict=False)
    bars = "".join(
        _bar(_length(value) / whole, words, colour, name) for (value, words), colour, name in named
    )
    return f'<li><span class="name">{escape(row.label)}</span>{bars}</li>'


def _bar(part: float, words: str, colour: str, name: str | None) -> str:
    """Draw a bar as wide as its part; where it begins is for the language's direction to say."""
    whose = f'<span class="visually-hidden">{escape(name)}: </span>' if name else ""
    return (
        f'<span class="ranked-bar"><svg width="{100 * part:.4g}%" viewBox="0 0 1 1" '
        'preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<path d="M0 0h1v1H0z" fill="var(--{colour})"/></svg>'
        f"<span>{whose}{escape(words)}</span></span>"
    )


def _length(value: float) -> float:
    return max(value, 0.0) if isfinite(value) else 0.0
