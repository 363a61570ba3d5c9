"""`python -m benchmarks.trade_gpu_page`: what a graphics card took, on the page of the engine.

A card is seldom where the page is written, so `benchmarks.trade_gpu` writes what it measured into a
file that is kept beside this one, and `benchmarks.trade` puts this section of it on its page. Run
alone, this renews the section there and leaves what was measured on the processor as it stands.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["MEASURED", "main", "section"]

MEASURED = Path(__file__).parent / "measured" / "trade_gpu.json"
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-trade.md"
BEGIN = "## On a graphics card\n"
END = "\nContains data from"


def main() -> None:
    """Renew the section on the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, after = text.partition(BEGIN)
    end = after.index(END)
    PAGE.write_text(before + section() + after[end:], encoding="utf-8")


def section() -> str:
    """Give the section, its heading included."""
    told = json.loads(MEASURED.read_text(encoding="utf-8"))
    text = BEGIN + _HEAD.format(
        **{name: told[name] for name in ("on", "device", "PyTorch", "CUDA", "NumPy", "Python")},
        world=told["world"],
        compared=told["compared with NumPy"],
        exact=told["apart"],
        ms=1000 * told["seconds"],
        numpy_ms=1000 * told["NumPy beside it, seconds"],
    )
    text += "".join(map(_row, told["batches"]))
    large = told["large"]
    text += _LARGE.format(
        size=" by ".join(map(str, large["size"])),
        ms=1000 * large["seconds"],
        numpy_ms=1000 * large["NumPy beside it, seconds"],
        short=told["found with shorter products"],
        smallest=min(row["scenarios"] for row in told["batches"]),
    )
    return text + "".join(
        _bound(row, told["copied, bytes a second"]) for row in told["batches"] if "busy" in row
    )


def _row(row: dict[str, Any]) -> str:
    number = row["scenarios"]
    return (
        f"| {number:,} | {row['type']} | {row['tolerance']:.0e} | {number / row['seconds']:,.0f}"
        f" | {number / row['middle']:,.0f} | {row['iterations']} | {row['found']:.1%}"
        f" | {row['apart']:.1e} |\n"
    )


def _bound(row: dict[str, Any], copied: float) -> str:
    """Say how long the card itself worked, as so many times reading or writing the state."""
    whole = row["state, bytes"] * row["scenarios"]
    return _BOUND.format(
        number=row["scenarios"],
        type=row["type"],
        busy=1000 * row["busy"],
        took=1000 * row["middle"],
        times=row["busy"] * copied / whole / row["iterations"],
    )


_HEAD = """
Written by `python -m benchmarks.trade_gpu` on {on}, on one {device}, with PyTorch {PyTorch},
CUDA {CUDA}, NumPy {NumPy} and Python {Python}; `python -m benchmarks.trade_gpu_page` put it here. The
table is {world}, the code that of NumPy. Each scenario levies drawn tariffs of every other country
on one country's goods; time runs from levels that lie on the card to real income at the processor.
The last column is the greatest difference of any country's real income, as parts of one, from what
NumPy finds in float64 at 1e-8 for the first {compared} of them. Target: 25,000 scenarios a second
at 2e-5.

One scenario alone, at 1e-8 in float64: {ms:.1f} ms on the card and {numpy_ms:.1f} ms with NumPy on
the processors beside it; at 1e-11 their real income differs by {exact:.1e} at most.

| Scenarios at once | Numbers | Within | A second, shortest run | Middle run | Iterations, at most | Found | From NumPy |
|---|---|---|---|---|---|---|---|
"""  # noqa: E501
_LARGE = """
A drawn world of {size}, one scenario at 1e-8: {ms:.1f} ms on the card, {numpy_ms:.1f} ms with NumPy
beside it. Products of float32 are whole: in the card's shorter ones (TF32) {short:.1%} of
{smallest} scenarios are found within 2e-5.

"""
_BOUND = """\
- {number:,} at once in {type}: the card itself works {busy:.1f} ms of {took:.1f}. In that time
  copying would read or write the state {times:,.0f} times in each iteration, which is about what
  the sums and the mixing of past steps do: memory bounds it. Else it waits for the processor.
"""

if __name__ == "__main__":
    main()
