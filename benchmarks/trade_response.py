"""`python -m benchmarks.trade_response`: the whole search on the shipped table, in two threads.

38 partners, 28 sectors, 5 levels, with transfers, without an answer and with one in kind where that
is best for the coercer; as long as the engine looks by itself, and as the designer does. Prints
seconds by the wall and of the processor, the front, and the gap.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np

from benchmarks.machine import describe
from undaunted.coercion.exposure.readers import chosen_world
from undaunted.coercion.response.analysis.designing import EFFORT
from undaunted.engines.trade import (
    Instrument,
    Key,
    Line,
    Menu,
    SearchEffort,
    Terms,
    prepare,
    respond,
)

__all__ = ["main"]

PARTNERS = (
    "AUS AUT BEL BGR CAN CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ISL ITA JPN KOR "
    "LTU LUX LVA MLT NLD NOR NZL POL PRT ROU SVK SVN SWE TWN USA"
)


def main() -> None:
    """Search four times and print."""
    world = chosen_world(None).world
    ground = prepare(world)
    print(describe())
    for effort, replies in product((SearchEffort(), EFFORT), ((0.0,), (0.0, 1.0))):
        menu = Menu(
            "CHN",
            tuple(PARTNERS.split()),
            tuple(Line(Instrument.TARIFF, each) for each in world.sectors),
            (0.0, 0.1, 0.25, 0.5, 1.0),
            replies,
        )
        wall, processor = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(2) as pool:
            found = respond(
                ground,
                menu,
                rng=np.random.default_rng(1),
                terms=Terms(0.005, Key.EQUAL_LOSS),
                effort=effort,
                apply=pool.map,
            )
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        print(f"\ntried {effort.tried}, answers {replies}")
        print(f"{wall:.0f} s, of processor {processor:.0f} s")
        print(f"{len(found.state.harm)} choices solved, {len(found.points)} points")
        print(f"gap, an {found.gap.kind}: at most {found.gap.greatest:.3%} of real income")
        for each in found.points:
            told = f"harm {each.harm:.3%}  cost {each.cost:.3%}  more {each.more:.3%}"
            exact = f"residual {each.certificate.residual:.0e}"
            print(f"{told}  {len(each.members)} act  {exact}")


if __name__ == "__main__":
    main()
