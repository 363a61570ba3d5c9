"""What a trade measure costs each country.

The field's standard model (Caliendo and Parro, 2015): N countries, J sectors, input-output links,
solved in changes against a benchmark year. Arrays in, frozen dataclasses out; no files, no clock.

    world, off = settled(make_world(...))
    measures = no_measures(world)
    measures.tariffs[importer, exporter, sectors] += 0.25
    solution = solve(world, measures)
    solution.real_income_pct["CHN"], solution.certificate

In words rather than arrays, as a scenario file has them:

    scenario = Scenario("levy", (Shock("USA", "CHN", "goods", Kind.TARIFF_PP, 25),))
    solution = solve(world, scenario)

The headline is exact real income. Whatever did not converge is refused, never given.
"""

from undaunted.engines.trade.adjoint import Gradients, gradients
from undaunted.engines.trade.aggregation import aggregate
from undaunted.engines.trade.batches import RANKING, Batch, solve_batch
from undaunted.engines.trade.bounds import Gap
from undaunted.engines.trade.closing import Closed, closed
from undaunted.engines.trade.deficits import Deficits
from undaunted.engines.trade.elasticities import (
    Band,
    Draws,
    ElasticitySet,
    Horizon,
    band,
    draw,
    spread_of,
    with_elasticities,
)
from undaunted.engines.trade.equilibrium import solve
from undaunted.engines.trade.errors import (
    MeasureRefused,
    NotConverged,
    SupplyCutOff,
    TradeError,
    WorldMalformed,
)
from undaunted.engines.trade.flows import (
    Decomposition,
    bilateral_trade,
    decomposition,
    trade_quantities,
)
from undaunted.engines.trade.ground import Ground, prepare
from undaunted.engines.trade.holdings import Holdings
from undaunted.engines.trade.instruments import measures_of
from undaunted.engines.trade.measures import (
    Capital,
    Limits,
    Measures,
    check_measures,
    no_measures,
)
from undaunted.engines.trade.menu import (
    Instrument,
    Key,
    Line,
    Menu,
    Pool,
    ResponseInfeasible,
    Terms,
)
from undaunted.engines.trade.points import Point, borne_by_each, joined_by, point_for
from undaunted.engines.trade.responding import Response, respond
from undaunted.engines.trade.scenario import Kind, Rent, Scenario, Shock
from undaunted.engines.trade.search import SearchEffort, SearchState
from undaunted.engines.trade.shapley import Contributions, contributions, greedy_order
from undaunted.engines.trade.solution import Certificate, Solution
from undaunted.engines.trade.solving import Effort
from undaunted.engines.trade.stage import Stage, measures_for, rates_of, stage_for
from undaunted.engines.trade.trading import Crossed, crossed
from undaunted.engines.trade.transfers import Compensation, compensate
from undaunted.engines.trade.world import Balance, World, balance_of, make_world, settled

__all__ = [
    "RANKING",
    "Balance",
    "Band",
    "Batch",
    "Capital",
    "Certificate",
    "Closed",
    "Compensation",
    "Contributions",
    "Crossed",
    "Decomposition",
    "Deficits",
    "Draws",
    "Effort",
    "ElasticitySet",
    "Gap",
    "Gradients",
    "Ground",
    "Holdings",
    "Horizon",
    "Instrument",
    "Key",
    "Kind",
    "Limits",
    "Line",
    "MeasureRefused",
    "Measures",
    "Menu",
    "NotConverged",
    "Point",
    "Pool",
    "Rent",
    "Response",
    "ResponseInfeasible",
    "Scenario",
    "SearchEffort",
    "SearchState",
    "Shock",
    "Solution",
    "Stage",
    "SupplyCutOff",
    "Terms",
    "TradeError",
    "World",
    "WorldMalformed",
    "aggregate",
    "balance_of",
    "band",
    "bilateral_trade",
    "borne_by_each",
    "check_measures",
    "closed",
    "compensate",
    "contributions",
    "crossed",
    "decomposition",
    "draw",
    "gradients",
    "greedy_order",
    "joined_by",
    "make_world",
    "measures_for",
    "measures_of",
    "no_measures",
    "point_for",
    "prepare",
    "rates_of",
    "respond",
    "settled",
    "solve",
    "solve_batch",
    "spread_of",
    "stage_for",
    "trade_quantities",
    "with_elasticities",
]
