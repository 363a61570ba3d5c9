"""The count in SQL is the count of the pure rule, on what is known now and what was then."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import psycopg
import pytest
from django.utils import timezone

from tests.prisoners.registry.published_worlds import (
    DUSK,
    OTHER,
    PUBLISHED,
    STANDARD,
    Act,
    Person,
    Status,
    World,
    random_world,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.engines.census import (
    Facet,
    Tier,
    first_days_of_months,
    flows_between,
    series_over,
    stock_by_facet,
    stock_on,
)
from undaunted.prisoners.registry.queries.counting import Ask, count, counts, flows, series
from undaunted.prisoners.registry.queries.published import published_version
from undaunted.prisoners.registry.rules.counts import Breakdown, first_days

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease
    from undaunted.engines.census import Bands
    from undaunted.prisoners.registry.rules.counts import BandCount

DAYS = [date(2015, 6, 1), date(2018, 12, 31), date(2020, 2, 29), date(2021, 3, 1),
        date(2022, 12, 31), date(2023, 7, 15), date(2025, 12, 31), date(2029, 1, 1)]  # fmt: skip
CUTS = [PUBLISHED, PUBLISHED + timedelta(days=400), PUBLISHED + timedelta(days=900)]


def project_all(lease: Lease) -> None:
    assert lease.owner_url is not None
    with psycopg.connect(lease.owner_url, autocommit=True) as connection:
        connection.execute("SELECT registry_project_all()")


def same(sql: BandCount, pure: Bands) -> bool:
    return (sql.persons, sql.tiers, sql.held_unverified, sql.low, sql.high) == (
        pure.persons, pure.tiers, pure.held_unverified, pure.low, pure.high,
    )  # fmt: skip


@pytest.fixture(params=[1, 2, 3])
def world(request: pytest.FixtureRequest, ledger: Lease) -> World:
    made = random_world(request.param, 150)
    made.write(ledger)
    project_all(ledger)
    return made


def test_stock_known_now_is_the_stock_of_the_rule(world: World) -> None:
    census = world.census(timezone.now())
    for day in DAYS:
        assert same(count(PUBLIC, as_of=day).bands, stock_on(census, day).bands), day


def test_stock_known_then_is_the_stock_of_the_rule(world: World) -> None:
    for cut in CUTS:
        census = world.census(cut)
        for day in DAYS:
            found = count(PUBLIC, as_of=day, known_at=cut)
            assert same(found.bands, stock_on(census, day).bands), (cut, day)


def test_nothing_is_known_before_publication(world: World) -> None:
    early = PUBLISHED - timedelta(seconds=1)
    assert count(PUBLIC, as_of=date(2020, 1, 1), known_at=early).bands.high == 0


def test_flows_are_the_flows_of_the_rule_and_balance(world: World) -> None:
    cuts: list[datetime | None] = [*CUTS, None]
    for then in CUTS:
        for now in cuts:
            if now is not None and now < then:
                continue
            pure = flows_between(
                world.census(then), date(2018, 5, 5), world.census(now or timezone.now()),
                date(2023, 3, 3),
            )  # fmt: skip
            found = flows(
                PUBLIC, since=date(2018, 5, 5), until=date(2023, 3, 3), since_known=then,
                known_at=now,
            )  # fmt: skip
            assert found.residual == 0
            for line in ("before", "backlog", "corrected", "new", "redetained", "reclassified_in",
                         "released", "died", "reclassified_out", "after"):  # fmt: skip
                assert getattr(found, line) == getattr(pure, line), line


def test_monthly_series_is_the_series_of_the_rule(world: World) -> None:
    since, until = date(2014, 1, 1), date(2031, 1, 1)
    days = first_days_of_months(since, until)
    for cut in (None, CUTS[1]):
        pure = series_over(world.census(cut or timezone.now()), days)
        found = series(PUBLIC, since=since, until=until, known_at=cut)
        assert len(found.points) == days.size
        for point, stock in zip(found.points, pure, strict=True):
            assert point.day == stock.as_of
            assert same(point.bands, stock.bands), point.day


def test_breakdown_by_gender_adds_up_to_the_rule(world: World) -> None:
    census = world.census(timezone.now())
    members: dict[int, list[Person]] = {}
    for one in world.people:
        members.setdefault(one.leader, []).append(one)
    gender = {
        who: next((one.gender for one in sorted(group, key=lambda p: p.number) if one.gender), "")
        for who, group in members.items()
    }
    labels = ("female", "male")
    facet = Facet.lasting(
        "gender",
        labels,
        np.array([who for who, one in gender.items() if one]),
        np.array([labels.index(one) for one in gender.values() if one]),
    )
    for day in DAYS:
        for cut in (None, timezone.now()):
            found = {part.value: part for part in count(
                PUBLIC, as_of=day, by="gender", known_at=cut).by}  # fmt: skip
            for label, bands in stock_by_facet(census, facet, day).values:
                assert label not in found or found[label].persons == bands.persons
            total = count(PUBLIC, as_of=day)
            assert sum(part.persons for part in found.values()) == total.persons
            assert sum(part.high for part in found.values()) == total.bands.high


def test_correction_is_backlog_and_not_an_arrest(ledger: Lease) -> None:
    turn = PUBLISHED + timedelta(days=100)
    late = Act((date(2019, 1, 1),) * 2, (None, None), Tier.A, known=(turn, None))
    world = World((Person(1, (late,)),))
    world.write(ledger)
    project_all(ledger)
    found = flows(PUBLIC, since=date(2020, 1, 1), until=date(2021, 12, 1), since_known=PUBLISHED)
    assert (found.before, found.backlog, found.new, found.after) == (0, 1, 0, 1)


def test_incremental_projection_equals_the_rebuild(
    ledger: Lease, owner_sql: Callable[..., list[tuple[object, ...]]]
) -> None:
    world = random_world(11, 80)
    world.write(ledger)
    for person in world.people:
        owner_sql("SELECT registry_project(%s)", [[person.id]])
    for person in world.people[::3]:
        owner_sql("SELECT registry_project(%s)", [[person.id]])
    taken = [one.id for one in world.people[::7]]
    owner_sql(
        "UPDATE registry_publication SET state = 'taken_down' WHERE party_id = ANY(%s)", [taken]
    )
    owner_sql("SELECT registry_project(%s)", [taken])
    before = _state(owner_sql)
    project_all(ledger)
    after = _state(owner_sql)
    for table, made in after.items():
        kept = before[table]
        assert kept == made, (
            [row for row in kept if row not in made], [row for row in made if row not in kept],
        )  # fmt: skip


def _state(sql: Callable[..., list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every projection, without the numbers that rows are given on the way."""
    own = {"published_name": "id", "published_spell": "id", "published_source": "id",
           "published_segment": "id", "published_delta": "id", "published_flow": "id",
           "published_pair": "id", "published_publisher": "id",
           "published_case": "changed_at"}  # fmt: skip
    tables = [str(name) for (name,) in sql(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'published%'"
        " AND relname <> 'published_version' ORDER BY 1")]  # fmt: skip
    assert set(own) < set(tables)
    return {
        table: sql(f"SELECT (to_jsonb(t) - '{own.get(table, '')}')::text FROM {table} t ORDER BY 1")
        for table in tables if table not in {"published_place", "published_posting"}
    } | _places(sql)  # fmt: skip


def _places(sql: Callable[..., list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Give what each case is found by, without the numbers; and all that is amiss with those."""
    out_of_order = (
        "SELECT number FROM (SELECT p.number,"
        " lag(p.number) OVER (ORDER BY c.name = '', c.name, c.id) AS before"
        " FROM published_place p JOIN published_case c ON c.id = p.case_id WHERE p.number > 0) o"
        " WHERE before > number"
    )
    misplaced = (
        "SELECT facet, value, stretch FROM published_posting WHERE places = '{}'"
        " OR places <> ARRAY(SELECT DISTINCT n FROM unnest(places) n ORDER BY n)"
        " OR EXISTS (SELECT FROM unnest(places) n WHERE registry_stretch(n) <> stretch)"
    )
    assert sql(out_of_order) == []
    assert sql(misplaced) == []
    return {
        "places": sql("SELECT case_id, name FROM published_place ORDER BY 1"),
        "postings": sql(
            "SELECT o.facet, o.value, p.case_id FROM published_posting o"
            " CROSS JOIN LATERAL unnest(o.places) AS n LEFT JOIN published_place p"
            " ON p.number = n ORDER BY 1, 2, 3"
        ),
    }


def _change(dice: random.Random, one: object, other: object) -> tuple[str, list[object]]:
    """Give one thing that may happen in a ledger."""
    gate, act = "UPDATE registry_publication SET state = ", "UPDATE events_act SET "
    out = f"{gate}'published', published_at = %s, published_by = %s WHERE party_id = %s"
    ended = f"{act}end_latest = %s, end_earliest = %s, release_type = 'died' WHERE victim_id = %s"
    moved = f"{act}tier = %s, country = 'XS', law_category = 'cyber' WHERE victim_id = %s"
    party = "UPDATE actors_party SET "
    roles = dice.sample(["journalist", "lawyer", "hrd"], dice.randrange(3))
    return dice.choice((
        (out, [PUBLISHED, OTHER, one]),
        (f"{gate}'taken_down' WHERE party_id = %s", [one]),
        (f"{party}canonical = %s WHERE id = %s", [one, other]),
        (f"{party}canonical = id WHERE id = %s", [one]),
        (f"{party}roles = %s, gender = 'male' WHERE id = %s", [roles, one]),
        (moved, [dice.choice("ABCD"), one]),
        (ended, [DUSK, DUSK, one]),
        ("UPDATE consent_grant SET revoked_at = now() WHERE subject = %s", [one]),
    ))  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_order_of_changes_leaves_what_a_rebuild_leaves(
    ledger: Lease, owner_sql: Callable[..., list[tuple[object, ...]]], seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - invented people
    world = random_world(seed + 100, 40)
    world.write(ledger)
    project_all(ledger)
    for _ in range(25):
        one, other = (person.id for person in dice.sample(world.people, 2))
        statement, told = _change(dice, one, other)
        groups = "SELECT canonical FROM actors_party WHERE id = ANY (%s)"
        before = [who for (who,) in owner_sql(groups, [[one, other]])]
        owner_sql(statement, told)
        owner_sql("SELECT registry_project(%s)", [list({one, other, *before})])
    kept = _state(owner_sql)
    project_all(ledger)
    assert _state(owner_sql) == kept


def test_every_public_change_has_a_version_of_its_own(
    ledger: Lease, owner_sql: Callable[..., list[tuple[object, ...]]]
) -> None:
    world = random_world(5, 6)
    world.write(ledger)
    seen = {published_version(PUBLIC)}
    for person in world.people:
        owner_sql("SELECT registry_project(%s)", [[person.id]])
        seen.add(published_version(PUBLIC))
    owner_sql("UPDATE registry_publication SET state = 'taken_down'")
    owner_sql("SELECT registry_project(%s)", [world.ids])
    seen.add(published_version(PUBLIC))
    project_all(ledger)
    seen.add(published_version(PUBLIC))
    assert len(seen) == len(world.people) + 3


def test_several_counts_together_are_each_count_alone(world: World) -> None:
    asks = [Ask(day, country, cut, by=by) for day in DAYS for country in (None, "XR")
            for cut in (None, CUTS[1])
            for by in (None, Breakdown.ROLE, Breakdown.TIER, Breakdown.LIST)]  # fmt: skip
    for ask, found in zip(asks, counts(PUBLIC, *asks), strict=True):
        alone = count(
            PUBLIC, as_of=ask.as_of, country=ask.country, known_at=ask.known_at, by=ask.by
        )
        assert (found.bands, found.by, found.break_flags) == (
            alone.bands, alone.by, alone.break_flags,
        )  # fmt: skip


def test_kept_days_of_a_month_agree_with_their_neighbours(world: World) -> None:
    census = world.census(timezone.now())
    first = date(2020, 2, 1)
    for day in (first + timedelta(days=n) for n in range(62)):
        for country in (None, "XR"):
            found = count(PUBLIC, as_of=day, country=country).bands
            assert same(found, stock_on(census, day).bands), (day, country)


def test_recognition_that_ended_is_counted_until_then(ledger: Lease) -> None:
    act = Act((date(2019, 1, 1),) * 2, (None, None), Tier.A)
    world = World((Person(1, (act,), (Status((None, date(2020, 6, 1)), "former"),)),))
    world.write(ledger)
    project_all(ledger)
    assert count(PUBLIC, as_of=date(2020, 5, 31), standard=STANDARD).persons == 1
    assert count(PUBLIC, as_of=date(2020, 6, 1), standard=STANDARD).persons == 0


def test_months_begin_within_the_period() -> None:
    assert list(first_days(date(2019, 11, 2), date(2020, 2, 1))) == [
        date(2019, 12, 1),
        date(2020, 1, 1),
        date(2020, 2, 1),
    ]
    assert list(first_days(date(2020, 1, 1), date(2020, 1, 31))) == [date(2020, 1, 1)]
    assert list(first_days(date(9999, 12, 2), date.max)) == []


def test_movements_of_given_cases_are_planned_for_those_cases(
    owner_sql: Callable[..., Any],
) -> None:
    """A plan for any array, taken after five calls, does not end at a million persons."""
    ((settings,),) = owner_sql(
        "SELECT proconfig FROM pg_proc WHERE proname = 'published_movements'"
    )
    assert "plan_cache_mode=force_custom_plan" in settings
