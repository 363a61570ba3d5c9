"""nomenklatura's logic-v2: pairs of names scored, with what each took of the processor."""

from __future__ import annotations

import importlib
import json
import sys
import time
from importlib.metadata import version
from itertools import count
from typing import Any

__all__: list[str] = []


def _main(question: dict[str, Any]) -> dict[str, Any]:
    begin = time.process_time()
    logic = importlib.import_module("nomenklatura.matching.logic_v2.model").LogicV2
    proxy = importlib.import_module("followthemoney.proxy").EntityProxy
    config = logic.default_config()

    fresh = map(str, count())

    def entity(names: list[str], schema: str, known: Any = None) -> Any:  # noqa: ANN401 - its own
        # the peer keeps what it worked out by id: each needs one of its own
        properties = {"name": names, **(known or {})}
        return proxy.from_dict({"id": next(fresh), "schema": schema, "properties": properties})

    logic.compare(entity(["Zarina Velgant"], "Person"),
                  entity(["Zarina Velgand"], "Person"), config)  # fmt: skip
    started = time.process_time() - begin
    scores, took = {}, {}
    for name, pairs in question["sets"].items():
        known = question.get("known", {}).get(name) or [(None, None)] * len(pairs)
        ready = [(entity(left, schema, of_left), entity(right, schema, of_right))
                 for (left, right, schema), (of_left, of_right) in
                 zip(pairs, known, strict=True)]  # fmt: skip
        begin = time.process_time()
        scores[name] = [logic.compare(left, right, config).score for left, right in ready]
        took[name] = time.process_time() - begin
    said = f"nomenklatura {version('nomenklatura')}, logic-v2"
    return {"by": said, "start": started, "scores": scores, "took": took}


if __name__ == "__main__":
    json.dump(_main(json.load(sys.stdin)), sys.stdout)
