"""The results as the page docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["PAGE", "write"]

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

`make bench` measures everything on this page together with its peers, on one machine, and writes
the page; a size or a measure can be repeated alone (`python -m benchmarks --sizes 1000000 --only
counts`), and the line of loads below says when each was. No figure stands here that it did not
produce. People and lists are invented from a seed: 1.5 spells a person, three names in two of
twelve scripts, 97 of 100 published. The database is the embedded server with the settings of
`undaunted run`. Times are medians with the 95th percentile in parentheses.

Peers run in environments of their own (`benchmarks/peers`). Datasette is asked in its own process
without a network between, as is our search; it searches whole words, ours parts of words too.
pandas holds all segments in memory and is not charged for reading them.

"""
Result = dict[str, Any]
Tell = Callable[[Result], str]


def write(machine: dict[str, str], results: list[Result], notes: str) -> str:
    """Write the page; gives its text."""
    told = ", ".join(f"{name} {value}" for name, value in machine.items())
    sizes = [f"{each['persons']:,}" for each in results]
    head = f"| Measure | Target at 1,000,000 | {' | '.join(sizes)} |\n"
    rule = f"|---|---|{'---|' * len(sizes)}\n"
    rows = "".join(f"| {name} | {target} | {' | '.join(tell(each) for each in results)} |\n"
                   for name, target, tell in _ROWS)  # fmt: skip
    loads = "".join(map(_loads, results))
    text = f"{HEAD}Machine: {told}.\n\n{loads}\n{head}{rule}{rows}{_where(results[-1])}{notes}"
    PAGE.write_text(text, encoding="utf-8")
    return text


def _loads(result: Result) -> str:
    """Say when each measure was taken and how busy the machine was just before."""
    told = ", ".join(
        f"{name} {found['load']} on {found['on']}"
        for name, found in result.items()
        if isinstance(found, dict) and "load" in found
    )
    return f"Programs waiting for the processor before each, {result['persons']:,}: {told}.\n\n"


def _ms(found: object) -> str:
    if not isinstance(found, dict) or not found.get("runs"):
        return str(found) if isinstance(found, str) and found else "not measured"
    return f"{_number(found['median'])} ms ({_number(found['p95'])})"


def _number(value: float) -> str:
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _of(result: Result, *path: str) -> Any:  # noqa: ANN401 - values of JSON
    found: Any = result
    for name in path:
        if not isinstance(found, dict) or name not in found:
            return found if isinstance(found, str) else None
        found = found[name]
    return found


def _spread_of(*path: str) -> Tell:
    return lambda result: _ms(_of(result, *path))


def _figure(form: str, *path: str) -> Tell:
    def tell(result: Result) -> str:
        found = _of(result, *path)
        return form.format(found) if isinstance(found, int | float) else "not measured"

    return tell


def _ratio(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Tell:
    def tell(result: Result) -> str:
        one, other = _of(result, *ours), _of(result, *theirs)
        if not isinstance(one, dict) or not isinstance(other, dict) or not other.get("p95"):
            return "not measured"
        return f"{one['p95'] / other['p95']:.2f} times"

    return tell


_ROWS: list[tuple[str, str, Tell]] = [
    ("Faceted search", "p95 ≤ 100 ms", _spread_of("search", "ours")),
    ("— facets alone", "", _spread_of("search", "kinds", "facets alone")),
    ("— a name in any script", "", _spread_of("search", "kinds", "name")),
    ("— a name and a facet", "", _spread_of("search", "kinds", "name and facet")),
    ("— country, held on a day", "", _spread_of("search", "held on a day")),
    ("Peer: Datasette, SQLite FTS5", "", _spread_of("search", "peer")),
    ("Our p95 against the peer's", "", _ratio(("search", "ours"), ("search", "peer"))),
    ("Count on a day, by role or law", "≤ 80 ms", _spread_of("counts", "count")),
    ("Peer: pandas", "", _spread_of("counts", "peer", "count")),
    ("Our p95 against the peer's", "", _ratio(("counts", "count"), ("counts", "peer", "count"))),
    ("Fifty years by months", "≤ 1,500 ms", _spread_of("counts", "series")),
    ("Peer: pandas", "", _spread_of("counts", "peer", "series")),
    ("Our p95 against the peer's", "", _ratio(("counts", "series"), ("counts", "peer", "series"))),
    ("Same numbers as pandas", "all",
     lambda result: {True: "all", False: "no", None: "not compared"}[
         _of(result, "counts", "same numbers")]),
    ("Import preview", "≥ 15,000 rows/s", _figure("{:,.0f} rows/s", "imports", "preview")),
    ("— rows a second of processor time", "",
     _figure("{:,.0f} rows/s", "imports", "preview, processor")),
    ("Ledger import with audit", "≥ 2,000 rows/s", _figure("{:,.0f} rows/s", "imports", "written")),
    ("— processor time, Python", "", _figure("{:.1f} s", "imports", "processor", "Python")),
    ("— processor time, server", "", _figure("{:.1f} s", "imports", "processor", "server")),
    ("Popular pages at 50 requests/s", "p95 ≤ 60 ms", _spread_of("pages", "popular")),
    ("— processor time a page", "", _figure("{:.1f} ms", "pages", "popular", "processor")),
    ("— requests that failed", "0", _figure("{}", "pages", "popular", "failed")),
    ("Pages never asked before, at 50 requests/s", "", _spread_of("pages", "anew")),
    ("— answered a second, the wait included", "",
     _figure("{:.1f}", "pages", "anew", "answered a second")),
    ("— processor time a page", "", _figure("{:.1f} ms", "pages", "anew", "processor")),
    ("— requests that failed", "0", _figure("{}", "pages", "anew", "failed")),
    ("Candidates, names of all scripts", "",
     _figure("{:,.1f} s", "matching", "all scripts", "seconds")),
    ("— true pairs found", "", _figure("{:.1%}", "matching", "all scripts", "found")),
    ("Peer: RapidFuzz, all with all", "",
     _figure("{:,.1f} s", "matching", "all scripts", "peer", "seconds")),
    ("Candidates, Han names", "", _figure("{:,.1f} s", "matching", "Han", "seconds")),
    ("— true pairs found", "", _figure("{:.1%}", "matching", "Han", "found")),
    ("Peer: RapidFuzz, all with all", "",
     _figure("{:,.1f} s", "matching", "Han", "peer", "seconds")),
    ("Memory of the web process", "≤ 250 MB", _figure("{:,.0f} MiB", "pages", "memory")),
    ("One case published", "≤ 150 ms", _spread_of("publication", "published")),
    ("One case taken down", "≤ 150 ms", _spread_of("publication", "taken down")),
    ("Projecting the whole ledger", "≤ 600 s", _figure("{:,.0f} s", "projected", "seconds")),
    ("— processor time of the server", "", _figure("{:,.0f} s", "projected", "processor")),
    ("Size of the database", "", _figure("{:,.0f} MiB", "size", "database")),
    ("— of what is published", "", _figure("{:,.0f} MiB", "size", "published")),
    ("— of what is counted", "", _figure("{:,.0f} MiB", "size", "counted")),
    ("— changes of the stock, rows", "", _figure("{:,}", "size", "changes")),
]  # fmt: skip


def _where(result: Result) -> str:
    lines = [f"\nAt {result['persons']:,} persons:\n\n"]
    where = _of(result, "imports", "where")
    if isinstance(where, dict):
        told = ", ".join(f"{name} {seconds} s" for name, seconds in where.items())
        lines.append(f"- writing {_of(result, 'imports', 'rows'):,} rows spends: {told};\n")
    alone = _of(result, "pages", "alone")
    if isinstance(alone, dict):
        told = ", ".join(f"`{page}` {_ms(each)}" for page, each in alone.items())
        lines.append(f"- pages made anew, one at a time: {told};\n")
    lines.append(f"- the slowest search: {_of(result, 'search', 'slowest')}.\n")
    same = _of(result, "search", "peer", "same totals")
    if isinstance(same, str) and isinstance(_of(result, "search", "peer"), dict):
        lines.append(f"\nDatasette found the same number of cases in {same} queries.\n")
    return "".join(lines)
