"""`python -m benchmarks.ownership_targets`: which targets the page's own figures meet.

The section is worked out from the tables of the page, so that nothing of it is typed by hand;
`python -m benchmarks.ownership` writes it with them. Run alone, this renews it, and the section of
the largest sizes from what was measured of them last, and leaves the rest as it stands. A figure
that a page does not hold is told as not measured.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.ownership_largest import section

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PAGE", "with_verdicts"]

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-ownership.md"
LARGEST, AFTER_LARGEST = "\n## The largest\n", "\n## Ranges, proofs, changes\n"
BEFORE, TITLE = "## Planted conglomerates", "## Targets"
MANY, ROOM = 200_000_000, 10
"""Stakes that are to fit into so many GiB."""
FIRST, FIRST_EACH = 1_500_000, 100e6 / 1_500_000
"""The target among a million companies, and nanoseconds of it that fall to a stake."""
ITS_SECONDS = 37
"""What so many took when the design was written, with shares of seven digits."""
IN_STEP = 1.25
"""So many times what one stake took in the first row still counts as growth in step."""
ALIKE = "every pair is the same"


def main() -> None:
    """Write the sections anew into the page that stands."""
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(AFTER_LARGEST)
    head = head.partition(LARGEST)[0] + section()
    PAGE.write_text(with_verdicts(head + AFTER_LARGEST + rest), encoding="utf-8")


def with_verdicts(page: str) -> str:
    """Give the page with its section of targets, before the first table."""
    head, _, tables = page.partition(BEFORE)
    head = head.partition(TITLE)[0]
    rows = "".join(f"| {' | '.join(each)} |\n" for each in _verdicts(tables))
    return f"{head}{TITLE}\n\n{_SAYS}{rows}\n{BEFORE}{tables}"


_SAYS = """Of the engine's design. The second kind are figures to beat, measured once before it was
written, on another drawn graph of a million companies.

| Target | Measured | |
|---|---|---|
"""


def _verdicts(tables: str) -> Iterator[tuple[str, str, str]]:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in tables.splitlines() if line.startswith("| ")
    ]  # fmt: skip
    named = {row[0]: row for row in rows}
    first = _sizes(rows, columns=7)[0]
    many = _sizes(rows, columns=6)
    ours = named["control, the least fixpoint (ours)"]
    truth = tables.split("A state controls ")[1].split(" companies", maxsplit=1)[0]
    yield ("planted companies found, none wrongly", f"{ours[1]} of {truth}, {ours[2]} wrongly",
           _said(met=ours[1] == truth and ours[2] == "0"))  # fmt: skip
    yield _most("who controls whom, every owner among a million companies", first[3], 100)
    yield from _largest(many[0], many[-1]) if many else ()
    for begins, most in (
        ("integrated shares of 64 owners", 4_000), ("must and may of one owner", 500),
        ("must and may of every owner", 500), ("proof of the answer found last", 50),
    ):  # fmt: skip
        row = next(row for row in rows if row[0].startswith(begins))
        yield _most(row[0].partition(" (")[0], row[1], most)
    for name, way in (("DuckDB", named.get("DuckDB")), ("Spark", named.get("Spark, two workers"))):
        told = "" if way is None else way[3].partition(";")[0]
        yield (f"every pair in {name} that of ours, among a million companies",
               told or "not measured", _said(met=told == ALIKE))  # fmt: skip
    for name, figure, beat in (
        ("figure to beat: control of one owner", first[2], 20),
        ("figure to beat: every owner", first[3], 120),
        ("figure to beat: integrated shares of one owner", first[6], 550),
    ):
        yield _most(name, figure, beat)
    for name, way, seconds in (
        ("DuckDB", named.get("DuckDB"), 1.6),
        ("Spark", named.get("Spark, two workers"), 55.0),
    ):
        took = "not measured" if way is None else f"{way[1]} s"
        yield (f"figure to beat: every owner in {name}, {seconds:g} s", took,
               _said(met=way is not None and _clock(way[1]) <= seconds))  # fmt: skip


def _most(name: str, figure: str, most: float) -> tuple[str, str, str]:
    took = _number(figure)
    return f"{name}, {most:,g} ms", f"{took:,.0f} ms", _said(met=took <= most)


def _sizes(rows: list[list[str]], columns: int) -> list[list[str]]:
    """Give rows of companies and stakes, of the table that has so many columns."""
    return [row for row in rows if len(row) == columns and " / " in row[0] and row[0][0].isdigit()]


def _largest(first: list[str], last: list[str]) -> Iterator[tuple[str, str, str]]:
    one, each, held = _number(first[4]), _number(last[4]), _number(last[5])
    stakes = _stakes(last)
    told = f"{one:g} ns a stake among {_stakes(first):,}, {each:g} among {stakes:,}"
    yield "growth in step with the stakes", told, _said(met=each <= IN_STEP * one)
    asked = f"{MANY:,} stakes in step with 100 ms for {FIRST:,}, {FIRST_EACH:.0f} ns a stake"
    met = stakes >= MANY and each <= FIRST_EACH
    yield asked, f"{each:g} ns among {stakes:,}", _said(met=met)
    took = each * stakes / 1e9
    asked = f"figure to beat: every owner among {MANY:,} stakes, {ITS_SECONDS} s"
    met = stakes >= MANY and took <= ITS_SECONDS
    yield asked, f"{took:.1f} s for {stakes:,}", _said(met=met)
    told = f"{held:.1f} GiB for {stakes:,}" + (", the most that was run" * (stakes < MANY))
    yield (f"{MANY:,} stakes within {ROOM} GiB", told, _said(met=stakes >= MANY and held <= ROOM))


def _stakes(row: list[str]) -> int:
    return int(_number(row[0].partition(" / ")[2]))


def _number(text: str) -> float:
    return float(text.split(maxsplit=1)[0].replace(",", ""))


def _clock(text: str) -> float:
    """Give seconds by the clock, as the figure to beat was taken: those in parentheses."""
    return _number(text.partition("(")[2].replace(")", " "))


def _said(*, met: bool) -> str:
    return "met" if met else "**not met**"


if __name__ == "__main__":
    main()
