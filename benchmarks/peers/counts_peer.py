"""pandas in memory: the stock on a day by role, and a monthly series, from the same segments."""

from __future__ import annotations

import importlib
import json
import sys
import time
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

__all__: list[str] = []

KEYS = ["tier", "verified", "certain"]


def _main(question: dict[str, Any]) -> dict[str, Any]:
    pandas: Any = importlib.import_module("pandas")
    numpy: Any = importlib.import_module("numpy")
    stored = numpy.load(question["file"])
    segments = pandas.DataFrame({name: stored[name] for name in ("start", "end", *KEYS)})
    roles = pandas.DataFrame({"at": stored["role_at"], "role": stored["role"]})
    roles["role"] = roles["role"].astype("category")
    wide = segments.loc[roles["at"]].reset_index(drop=True)
    wide["role"] = roles["role"]
    counted, persons, drawn = [], [], []
    for turn in range(question["rounds"] + 1):
        for day in question["days"]:
            begin = time.perf_counter()
            held = segments[(segments["start"] <= day) & (segments["end"] > day)]
            bands = held.groupby(KEYS, observed=True).size()
            parts = wide[(wide["start"] <= day) & (wide["end"] > day)]
            parts.groupby(["role", *KEYS], observed=True).size()
            spent = (time.perf_counter() - begin) * 1000
            if turn:
                counted.append(spent)
            else:
                persons.append(int(sum(n for (t, _, c), n in bands.items() if c and t in "AB")))
    for turn in range(question["rounds"] + 1):
        begin = time.perf_counter()
        series = _series(numpy, segments, question["months"])
        if turn:
            drawn.append((time.perf_counter() - begin) * 1000)
    return {"counted": counted, "persons": persons, "drawn": drawn, "series": series,
            "version": version("pandas")}  # fmt: skip


def _series(
    numpy: ModuleType,
    segments: Any,  # noqa: ANN401 - pandas is not here to be named
    months: list[int],
) -> list[int]:
    """Give changes per day and band, summed up, read off on the months' first days."""
    begun = segments.groupby([*KEYS, "start"], observed=True).size()
    ended = segments.groupby([*KEYS, "end"], observed=True).size()
    names = [*KEYS, "day"]
    change = begun.rename_axis(names).sub(ended.rename_axis(names), fill_value=0)
    table = change.unstack(KEYS, fill_value=0).sort_index().cumsum()
    at = numpy.searchsorted(table.index.to_numpy(), months, side="right") - 1
    rows = table.iloc[at]
    bands = [column for column in table.columns if column[2] and column[0] in "AB"]
    return [int(number) for number in rows[bands].sum(axis=1)]


if __name__ == "__main__":
    print(json.dumps(_main(json.load(sys.stdin))))
