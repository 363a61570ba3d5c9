"""A figure as a page shows it: caption, drawing, key, notes, and the table behind it."""

from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from undaunted.site.charts.drawing import ChartError, Specification, svg_for, svgs_for
from undaunted.site.charts.theme import embed
from undaunted.site.components.numbers import number_text

__all__ = ["Chart", "Key", "TableBehind", "prepare", "rendered"]


@dataclass(frozen=True)
class Key:
    """One line of the key: which custom property, which words, area or line."""

    colour: str
    label: str
    line: bool = False


@dataclass(frozen=True)
class TableBehind:
    """The numbers of a figure. The first column names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def written(self) -> SafeString:
        """Write the rows in the reader's numbers; hundreds of them are too many for a template."""
        return SafeString("".join([_row(row) for row in self.rows]))


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite chart with everything that a reader needs who cannot see it."""

    title: str
    description: str
    specification: Specification
    table: TableBehind
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def html(self, prefix: str) -> SafeString:
        """Write the figure; without a drawing the table stands open."""
        try:
            drawn = svg_for(self.specification)
        except ChartError:
            drawn = ""
        svg = embed(drawn, prefix=prefix, title=self.title, description=self.description)
        return rendered(self, svg, prefix=prefix)


def prepare(*charts: Chart) -> None:
    """Draw several charts in one go, so that a page pays for one process and not for each."""
    try:
        svgs_for([chart.specification for chart in charts])
    except ChartError:
        return


def rendered(figure: object, svg: str, *, prefix: str, after: str = "") -> SafeString:
    """Write caption, drawing, key, notes and table round an SVG text of our own making."""
    context = {
        "figure": figure,
        "svg": SafeString(svg),
        "after": SafeString(after),
        "prefix": prefix,
    }
    return SafeString(render_to_string("site/components/figure.html", context))


def _row(row: tuple[object, ...]) -> str:
    cells = [f'<td class="number">{escape(_cell(each))}</td>' for each in row[1:]]
    return f'<tr><th scope="row">{escape(_cell(row[0]))}</th>{"".join(cells)}</tr>'


def _cell(value: object) -> str:
    if value is None or isinstance(value, int | float):
        return number_text(value)
    return str(value)
