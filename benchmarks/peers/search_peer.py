"""Datasette over SQLite FTS5, asked in its own process without a network between."""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
import time
from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode

__all__: list[str] = []

SETTINGS = {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000, "suggest_facets": False}


async def _main(question: dict[str, Any]) -> dict[str, Any]:
    application: Any = importlib.import_module("datasette.app")
    datasette = application.Datasette([question["file"]], settings=SETTINGS, cache_headers=False)
    await datasette.invoke_startup()
    addresses = [
        f"/cases/cases.json?{urlencode([tuple(pair) for pair in q])}" for q in question["queries"]
    ]
    totals, found = [], []
    for turn in range(question["rounds"] + 1):
        for address in addresses:
            begin = time.perf_counter()
            answer = await datasette.client.get(address)
            spent = (time.perf_counter() - begin) * 1000
            told = answer.json()
            if told.get("error"):
                raise SystemExit(f"{address}: {told['error']}")
            if turn:
                found.append(spent)
            else:
                totals.append(told.get("filtered_table_rows_count"))
    return {"milliseconds": found, "totals": totals, "version": version("datasette")}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_main(json.load(sys.stdin)))))
