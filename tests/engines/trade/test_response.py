"""The search finds what trying everything finds; it can be stopped and goes on to the same end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.engines.trade.worlds import SECTORS, small_world
from undaunted.engines.trade import (
    Effort,
    Instrument,
    Key,
    Line,
    MeasureRefused,
    Menu,
    NotConverged,
    Pool,
    ResponseInfeasible,
    SearchEffort,
    SearchState,
    Terms,
    borne_by_each,
    greedy_order,
    joined_by,
    no_measures,
    point_for,
    prepare,
    respond,
    shapley,
    solve,
)
from undaunted.engines.trade.pareto import front_of
from undaunted.engines.trade.responding import _what_binds
from undaunted.engines.trade.search import (
    TOWARDS,
    _neighbours,
    _weights_beside,
    advance,
    begin,
    shared_changes,
)
from undaunted.engines.trade.stage import (
    Outcomes,
    Stage,
    measures_for,
    outcomes,
    outcomes_at,
    rates_of,
    stage_for,
)
from undaunted.engines.trade.tangents import tangent_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

WORLD = small_world(7, countries=8)
GROUND = prepare(WORLD)
PARTNERS = tuple(f"C{n}" for n in range(1, 7))
LEVELS = (0.0, 0.25, 1.0)
MENU = Menu("C0", PARTNERS, tuple(Line(Instrument.TARIFF, each) for each in SECTORS), LEVELS)
MIXED = (
    Line(Instrument.TARIFF, "farms"),
    Line(Instrument.BARRIER, "mills"),
    Line(Instrument.EXPORT_CONTROL, "shops"),
    Line(Instrument.EXPORT_CONTROL, "mills"),
)
EXACT = Effort(1e-11)
WHOLE = SearchEffort(points=None, tried=1000, steps=2)


def _rng() -> np.random.Generator:
    return np.random.default_rng(5)


def _all_choices(menu: Menu) -> NDArray[np.int8]:
    m, lines = menu.size
    who = product((0, 1), repeat=m)
    levels = list(product(range(len(menu.levels)), repeat=lines))
    return np.array([(*a, *b) for a in who for b in levels], dtype=np.int8)


@cache
def _everything(menu: Menu) -> Outcomes:
    return outcomes(stage_for(GROUND, menu, effort=EXACT), _all_choices(menu))


@pytest.mark.parametrize(
    ("menu", "terms"),
    [
        (MENU, Terms()),
        (replace(MENU, levels=(0, 0.5, np.inf), replies=(0.0, 1.0)), Terms(0.02)),
        (
            replace(MENU, levels=(0, 0.1, 0.5), replies=(1.0,)),
            Terms(0.01, Key.EQUAL_LOSS, Pool.PARTNERS),
        ),
    ],
    ids=["unanswered", "bans, answered as is best, with a ceiling", "in kind, with transfers"],
)
def test_front_is_that_of_trying_everything(menu: Menu, terms: Terms) -> None:
    """Six partners, three sectors, three levels: 2^6 x 3^3 choices, all of them solved."""
    stage = stage_for(GROUND, menu, effort=EXACT)
    choices = _all_choices(menu)
    told = _everything(menu)
    changes = shared_changes(stage, terms, choices, told.changes)
    harm = np.where(changes.min(1) >= -terms.ceiling, told.harm, np.nan)
    every = front_of(harm, told.cost)
    state = begin(stage, terms)
    while not state.done:
        state = advance(stage, terms, state, WHOLE)
    assert len(state.harm) < len(choices)
    assert len(state.front) == len(every) >= 20
    assert np.allclose(state.harm[state.front], told.harm[every], atol=1e-10)
    assert np.allclose(state.cost[state.front], told.cost[every], atol=1e-10)


@pytest.fixture(scope="module")
def tried() -> tuple[Stage, Outcomes]:
    """Bans, answered as is best, in a world where what a tight ceiling leaves lies apart."""
    menu = replace(MENU, levels=(0, 0.5, np.inf), replies=(0.0, 1.0))
    stage = stage_for(prepare(small_world(3, countries=8)), menu, effort=Effort(1e-9))
    return stage, outcomes(stage, _all_choices(menu))


@pytest.mark.parametrize("key", [None, Key.EQUAL_LOSS])
@pytest.mark.parametrize("ceiling", [0.0005, 0.001])
def test_what_a_tight_ceiling_leaves_is_found_by_the_usual_search(
    tried: tuple[Stage, Outcomes], ceiling: float, key: Key | None
) -> None:
    """What is within it lies apart: from what gains most, single moves do not lead there."""
    stage, told = tried
    terms, choices = Terms(ceiling, key), _all_choices(stage.menu)
    changes = shared_changes(stage, terms, choices, told.changes)
    every = front_of(np.where(changes.min(1) >= -ceiling, told.harm, np.nan), told.cost)
    state = begin(stage, terms)
    while not state.done:
        state = advance(stage, terms, state, SearchEffort(points=None))
    assert len(state.harm) < len(choices) / 3
    assert len(state.front) == len(every) > 1
    assert np.allclose(state.harm[state.front], told.harm[every], atol=1e-8)


def test_ceiling_of_nothing_leaves_doing_nothing(tried: tuple[Stage, Outcomes]) -> None:
    stage, _ = tried
    state = begin(stage, Terms(0.0))
    while not state.done:
        state = advance(stage, Terms(0.0), state, SearchEffort(points=None))
    assert len(state.front)
    assert not state.choices[state.front[0]].any()


def test_double_moves_leave_no_single_move_out() -> None:
    stage = stage_for(GROUND, MENU, effort=EXACT)
    state = begin(stage, Terms())
    kept = state.front
    for at in kept:
        single, double = (
            {
                row.tobytes()
                for row in _neighbours(stage, state, kept, at, SearchEffort(tried=6, steps=steps))
            }
            for steps in (1, 2)
        )
        assert single < double


@pytest.fixture(scope="module")
def mixed() -> Stage:
    """Every instrument, bans, an answer in kind, and an episode with a tariff and a barrier."""
    episode = no_measures(WORLD)
    episode.tariffs[0, 7] += 0.4
    episode.barriers[0, 6] = 1.3
    menu = Menu("C0", PARTNERS, MIXED, (0.0, 0.2, np.inf), (0.5,))
    return stage_for(GROUND, menu, episode=episode, effort=EXACT)


def test_batch_and_measures_of_a_choice_are_one_scenario(mixed: Stage) -> None:
    choices = np.array(
        [[1, 1, 0, 0, 1, 0, 1, 1, 2, 1], [0, 1, 1, 0, 0, 1, 2, 1, 1, 0], [0] * 10], dtype=np.int8
    )
    told = outcomes(mixed, choices)
    for number, choice in enumerate(choices):
        rates = rates_of(mixed.menu, choice[None])[0]
        alone = solve(GROUND, measures_for(mixed, rates, reply=0.5), effort=EXACT)
        changed = (1 + alone.real_income) / (1 + mixed.before.real_income) - 1
        assert np.isclose(-changed[0], told.harm[number], atol=1e-10)
        assert np.allclose(changed[1:7], told.changes[number], atol=1e-10)
    assert told.harm[2] == pytest.approx(0, abs=1e-12)
    assert mixed.before.real_income[0] != 0


def test_tangent_is_what_small_changes_do(mixed: Stage) -> None:
    rates = np.random.default_rng(2).uniform(0, 0.5, mixed.menu.size)
    told = tangent_at(mixed, rates, reply=0.5)
    for cell in product((0, 4), range(4)):
        ends = []
        for way in (1e-4, -1e-4):
            moved = rates.copy()
            moved[cell] += way
            ends.append(tangent_at(mixed, moved, reply=0.5))
        closed = ends[0].closed[cell] - ends[1].closed[cell]
        assert (ends[0].harm - ends[1].harm) / closed == pytest.approx(
            told.harm_slopes[cell], abs=2e-6
        )
        assert (ends[0].cost - ends[1].cost) / closed == pytest.approx(
            told.cost_slopes[cell], abs=2e-6
        )
    banned = tangent_at(mixed, np.full(mixed.menu.size, np.inf), reply=0.5)
    assert ((banned.closed > 0.97) & (banned.closed < 0.9801)).all()


def test_search_goes_on_from_a_kept_state_to_the_same_end() -> None:
    effort = SearchEffort(points=10, tried=6, at_once=3, sharpened=0)
    kept: list[dict[str, NDArray[Any]]] = []
    whole = respond(
        WORLD, MENU, rng=_rng(), effort=effort, progress=lambda each: kept.append(each.arrays())
    )
    assert len(kept) > 3
    again = respond(WORLD, MENU, rng=_rng(), effort=effort, state=SearchState.of(kept[2]))
    assert again.state.rounds == whole.state.rounds
    assert np.array_equal(again.state.choices, whole.state.choices)
    assert [each.harm for each in again.points] == [each.harm for each in whole.points]
    assert [each.contributions for each in again.points] == [
        each.contributions for each in whole.points
    ]
    assert advance(whole.stage, Terms(), whole.state) is whole.state
    short = respond(WORLD, MENU, rng=_rng(), effort=replace(effort, most=10), apply=_in_two_threads)
    assert len(short.state.harm) < len(whole.state.harm)


@pytest.mark.parametrize(
    ("key", "pool"),
    [
        (Key.EQUAL_LOSS, Pool.MEMBERS),
        (Key.GDP_SHARE, Pool.PARTNERS),
        (Key.SHAPLEY, Pool.MEMBERS),
    ],
)
def test_points_are_proved_shared_and_attributed(key: Key, pool: Pool) -> None:
    menu = replace(MENU, levels=(0, 0.5), replies=(0.0, 1.0))
    terms = Terms(0.05, key, pool)
    found = respond(
        GROUND,
        menu,
        rng=_rng(),
        terms=terms,
        exact=True,
        effort=SearchEffort(points=4, sharpened=0),
    )
    assert 2 <= len(found.points) <= 4
    cost = [each.cost for each in found.points]
    assert cost == sorted(cost)
    for point in found.points:
        assert point.certificate.residual <= 1e-8
        assert min(point.changes.values()) >= -0.05
        assert sum(point.transfers.values()) == pytest.approx(0, abs=1e-9)
        assert sum(mean for mean, _ in point.contributions.values()) == pytest.approx(
            point.harm_before, abs=1e-7
        )
        losses = [point.changes[each] for each in point.members]
        if key is Key.EQUAL_LOSS and len(losses) > 1:
            assert max(losses) - min(losses) < 1e-8
        assert point.more >= 0
        assert set(point.real_income) == set(WORLD.regions)
    assert found.gap.kind == "estimate"
    assert found.gap.greatest >= max(each.more for each in found.points)


def test_one_choice_is_solved_without_a_search() -> None:
    stage = stage_for(GROUND, MENU, effort=EXACT)
    choice = np.array([1, 1, 0, 1, 0, 0, 2, 1, 0], dtype=np.int8)
    terms = Terms(key=Key.EQUAL_LOSS)
    quick = point_for(stage, terms, choice, rng=_rng(), pairs=0)
    whole = point_for(stage, terms, choice, rng=_rng(), pairs=1)
    assert quick.harm == whole.harm > 0
    assert quick.members == ("C1", "C2", "C4")
    assert quick.contributions == {}
    assert set(whole.contributions) == set(quick.members)
    order = greedy_order(joined_by(stage, choice), 3)
    assert sorted(order) == [0, 1, 2]
    with pytest.raises(MeasureRefused, match="pairs: Shapley's key needs"):
        point_for(stage, Terms(key=Key.SHAPLEY), choice, rng=_rng(), pairs=0)


def test_what_each_bears_of_levels_of_its_own_is_near_the_exact_where_orders_are_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    menu = replace(MENU, partners=tuple(f"C{n}" for n in range(1, 8)), replies=(0.0, 1.0))
    stage = stage_for(GROUND, menu, effort=Effort(1e-9))
    rates = np.linspace(0.1, 1.0, 21).reshape(7, 3)
    pool, income = np.arange(7), GROUND.world.income[stage.members]
    drawn = borne_by_each(stage, rates, pool, rng=_rng(), pairs=4)
    monkeypatch.setattr(shapley, "FEW", 7)
    exact = borne_by_each(stage, rates, pool, rng=_rng(), pairs=4)
    assert (drawn.orders, exact.orders) == (8, 0)
    reply = outcomes_at(stage, rates[None]).replies[0]
    after = solve(GROUND, measures_for(stage, rates, reply=reply), effort=EXACT).real_income
    whole = float(after[stage.members] @ income)
    assert drawn.mean.sum() == pytest.approx(whole, abs=1e-6 * income.sum())
    assert exact.mean.sum() == pytest.approx(whole, abs=1e-6 * income.sum())
    off = np.abs(drawn.mean - exact.mean)
    assert 0 < (off / income).max() < 0.2 * np.abs(exact.mean / income).max()
    assert off.max() < 4 * drawn.error.max()


def test_what_nobody_bears_is_nothing_and_sets_without_equilibrium_are_refused() -> None:
    stage = stage_for(GROUND, MENU, effort=Effort(1e-9))
    rates, pool = np.zeros((6, 3)), np.arange(2)
    assert not borne_by_each(stage, rates, pool, rng=_rng(), pairs=1).mean.any()
    rates[:2] = np.inf
    told = borne_by_each(stage, rates, pool, rng=_rng(), pairs=1).mean
    assert (told[:2] != 0).all()
    assert not told[2:].any()
    hasty = replace(stage, effort=Effort(1e-9, most=1))
    with pytest.raises(NotConverged, match="no equilibrium without the others"):
        borne_by_each(hasty, rates, pool, rng=_rng(), pairs=1)


def test_nobody_on_the_front_can_do_more_than_the_estimate_says() -> None:
    """Every choice there is, held against what the gap allows at its cost."""
    found = respond(
        GROUND, MENU, rng=_rng(), exact=True, effort=SearchEffort(points=8, sharpened=1)
    )
    told = _everything(MENU)
    most = found.gap.most[:, None] + found.gap.weights[:, None] * told.cost
    assert (told.harm <= most.min(0) + 1e-9).all()


def test_what_cannot_be_had_says_what_binds() -> None:
    with pytest.raises(ResponseInfeasible, match=r"90% is asked of C0, and of \d+ choices"):
        respond(GROUND, MENU, rng=_rng(), terms=Terms(least_harm=0.9))
    with pytest.raises(
        ResponseInfeasible, match=r"ceiling of 0.01% on C\d: .* costs it \d.\d+%, \d.\d+% more"
    ):
        respond(GROUND, MENU, rng=_rng(), terms=Terms(0.0001, least_harm=0.02))


def test_what_lies_within_no_ceiling_is_nothing_and_no_nan() -> None:
    stage = stage_for(GROUND, MENU)
    state = begin(stage, Terms())
    outside = replace(state, excess=np.full(len(state.harm), 0.5))
    said = _what_binds(stage, Terms(1e-9, least_harm=0.001), outside)
    assert "ceiling of 0.0000001% on" in said
    assert said.endswith("within the ceiling nothing was found")


def test_beyond_the_ceiling_the_search_leads_to_less_cost() -> None:
    state = begin(stage_for(GROUND, MENU), Terms())
    outside = replace(state, excess=np.full(len(state.harm), 0.5))
    assert _weights_beside(outside, state.front, int(state.front[0])) == TOWARDS
    assert _weights_beside(state, state.front, int(state.front[0])) != TOWARDS


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"partners": ()}, "partners: name at least one"),
        ({"partners": ("C1", "C1")}, "partners: name at least one, and each once"),
        ({"lines": ()}, "lines: name at least one"),
        ({"partners": ("C0",)}, "C0 is the coercer"),
        ({"levels": (0.0,)}, "levels: they start at 0"),
        ({"levels": (0.1, 0.2)}, "levels: they start at 0"),
        ({"levels": (0.0, 0.3, 0.2)}, "levels: they start at 0, rise"),
        ({"replies": ()}, "replies: name at least one"),
        ({"replies": (np.inf,)}, "replies: .* a number from 0"),
        ({"partners": ("XX",)}, "partners: XX is not in this world"),
        ({"coercer": "XX"}, "coercer: XX is not in this world"),
        ({"lines": (Line(Instrument.BARRIER, "inns"),)}, "lines: inns is not in this world"),
    ],
)
def test_menu_that_cannot_be_is_named(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(MeasureRefused, match=words):
        stage_for(GROUND, replace(MENU, **changed))


def test_terms_and_episodes_that_cannot_be_are_named() -> None:
    told: list[dict[str, Any]] = [{"ceiling": -0.1}, {"ceiling": np.nan}, {"least_harm": 1.0}]
    for terms in told:
        with pytest.raises(MeasureRefused, match=next(iter(terms))):
            Terms(**terms)
    taxed = replace(no_measures(WORLD), export_taxes=np.zeros_like(WORLD.tariffs))
    with pytest.raises(MeasureRefused, match="episode: a search starts from"):
        stage_for(GROUND, MENU, episode=taxed)


def _in_two_threads(function: Callable[..., Any], parts: Iterable[Any]) -> Iterable[Any]:
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(function, parts))
