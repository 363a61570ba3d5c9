"""Worked examples of flows, durations and releases."""

from datetime import date, timedelta

import pytest

from tests.engines.census.reference import KNOWN, Window, World
from undaunted.engines.census import (
    Flows,
    PeriodReversed,
    Release,
    ReleaseType,
    Spell,
    StandardsDiffer,
    Tier,
    durations_until,
    flows_between,
    release_summary,
)

FIRST, LAST = date(2024, 12, 31), date(2025, 12, 31)
LATER = KNOWN + timedelta(days=300)


def _flows(*spells: Spell, known: tuple[Spell, ...] = (), **more: tuple[Window, ...]) -> Flows:
    people = {spell.person for spell in (*spells, *known)}
    recognised = more.get("recognised", tuple(Window(person, None, None) for person in people))
    before = World(known, recognised)
    after = World(spells, recognised, more.get("deaths", ()), LATER)
    return flows_between(before.census(), FIRST, after.census(), LAST)


def test_an_arrest_learnt_late_is_backlog_and_not_an_arrest_of_the_year() -> None:
    flows = _flows(Spell.exact(1, date(2023, 5, 1)))
    assert (flows.before, flows.backlog, flows.new, flows.after) == (0, 1, 0, 1)


def test_a_person_found_to_have_been_free_is_corrected_and_not_released() -> None:
    flows = _flows(known=(Spell.exact(1, date(2023, 5, 1)),))
    assert (flows.before, flows.corrected, flows.released, flows.after) == (1, 1, 0, 0)


def test_flows_say_how_to_repeat_them() -> None:
    flows = _flows()
    assert (flows.from_day, flows.from_known) == (FIRST, KNOWN)
    assert (flows.to_day, flows.to_known) == (LAST, LATER)
    assert flows.residual == flows.entered == flows.left == 0


def test_release_and_new_detention_within_the_period_are_both_told() -> None:
    spells = (
        Spell.exact(1, date(2024, 1, 1), date(2025, 3, 1)),
        Spell.exact(1, date(2025, 9, 1)),
    )
    flows = _flows(*spells, known=spells)
    assert (flows.before, flows.released, flows.redetained, flows.new, flows.after) == (
        1,
        1,
        1,
        0,
        1,
    )


def test_a_transfer_on_the_same_day_is_no_movement() -> None:
    moved = date(2025, 3, 1)
    spells = (Spell.exact(1, date(2024, 1, 1), moved), Spell.exact(1, moved))
    flows = _flows(*spells, known=spells)
    assert (flows.entered, flows.left, flows.after) == (0, 0, 1)


def test_an_earlier_spell_of_unknown_days_makes_the_next_a_new_detention_of_the_same() -> None:
    vague = Spell(1, date(2020, 1, 1), date(2020, 12, 31), date(2020, 1, 1), date(2020, 12, 31))
    assert _flows(vague, Spell.exact(1, date(2025, 5, 1))).redetained == 1


def test_the_doubt_before_a_first_spell_is_no_earlier_spell() -> None:
    assert _flows(Spell(1, date(2025, 4, 1), date(2025, 5, 1), None, None)).new == 1


def test_one_day_of_freedom_is_a_release_and_a_new_detention() -> None:
    spells = (
        Spell.exact(1, date(2024, 1, 1), date(2025, 3, 1)),
        Spell.exact(1, date(2025, 3, 2)),
    )
    flows = _flows(*spells, known=spells)
    assert (flows.released, flows.redetained, flows.after) == (1, 1, 1)


def test_the_first_day_is_outside_the_period_and_the_last_is_in_it() -> None:
    spells = (
        Spell.exact(1, FIRST),
        Spell.exact(2, LAST),
        Spell.exact(3, date(2024, 1, 1), FIRST),
        Spell.exact(4, date(2024, 1, 1), LAST),
    )
    flows = _flows(*spells, known=spells)
    assert (flows.before, flows.new, flows.released, flows.after) == (2, 1, 1, 2)


def test_death_in_custody_is_not_release() -> None:
    held = (Spell.exact(1, date(2024, 1, 1)), Spell.exact(2, date(2024, 1, 1)))
    died = Spell(
        2, date(2024, 1, 1), date(2024, 1, 1), date(2025, 2, 1), date(2025, 2, 9), died=True
    )
    day = date(2025, 7, 1)
    flows = _flows(held[0], died, known=held, deaths=(Window(1, day, day),))
    assert (flows.before, flows.died, flows.released, flows.after) == (2, 2, 0, 0)


def test_death_after_release_is_not_death_in_custody() -> None:
    spell = Spell.exact(1, date(2024, 1, 1), date(2025, 2, 1))
    day = date(2025, 7, 1)
    flows = _flows(spell, known=(spell,), deaths=(Window(1, day, day),))
    assert (flows.died, flows.released) == (0, 1)


def test_recognition_of_a_person_already_held_is_reclassification() -> None:
    spells = (Spell.exact(1, date(2024, 1, 1)), Spell.exact(2, date(2024, 1, 1)))
    recognised = (Window(1, date(2025, 4, 1), None), Window(2, None, date(2025, 4, 1)))
    flows = _flows(*spells, known=spells, recognised=recognised)
    assert (flows.before, flows.reclassified_in, flows.reclassified_out, flows.after) == (
        1,
        1,
        1,
        1,
    )


def test_better_support_of_a_record_is_reclassification() -> None:
    spells = (
        Spell.exact(1, date(2024, 1, 1), tier=Tier.C),
        Spell.exact(1, date(2025, 4, 1), tier=Tier.A),
    )
    assert _flows(*spells, known=spells).reclassified_in == 1


def test_two_standards_have_no_flows_between_them() -> None:
    world = World((), ())
    with pytest.raises(StandardsDiffer):
        flows_between(world.census("pace-1900"), FIRST, world.census("wgad"), LAST)


def test_a_period_runs_forward_in_the_world_and_in_knowledge() -> None:
    world, later = World((), ()), World((), (), (), LATER)
    with pytest.raises(PeriodReversed):
        flows_between(world.census(), LAST, world.census(), FIRST)
    with pytest.raises(PeriodReversed):
        flows_between(later.census(), FIRST, world.census(), LAST)


def test_spells_that_overlap_are_not_added_up() -> None:
    world = World(
        (
            Spell.exact(1, date(2024, 1, 1), date(2024, 2, 1)),
            Spell.exact(1, date(2024, 1, 15), date(2024, 2, 15)),
            Spell(2, date(2024, 1, 1), date(2024, 1, 31), date(2024, 3, 1), date(2024, 3, 31)),
            Spell.exact(3, FIRST - timedelta(days=1)),
            Spell.exact(4, FIRST),
        ),
        (),
    )
    found = durations_until(world.census(), FIRST)
    assert found.person.tolist() == [1, 2, 3]
    assert found.low.tolist() == [45, 30, 1]
    assert found.high.tolist() == [45, 90, 1]
    assert found.censored.tolist() == [False, False, True]
    assert (found.as_of, found.known_at) == (FIRST, KNOWN)


def test_whoever_is_released_on_the_day_asked_for_has_an_ended_duration() -> None:
    world = World((Spell.exact(1, date(2024, 6, 1), FIRST),), ())
    assert durations_until(world.census(), FIRST).censored.tolist() == [False]


def test_a_lapse_of_confirmation_on_the_very_day_leaves_a_duration_open() -> None:
    world = World((Spell.exact(1, date(2023, 12, 31)),), ())
    assert durations_until(world.census(), FIRST).censored.tolist() == [True]


def test_553_releases_are_323_common_prisoners_and_230_sentences_left_standing() -> None:
    """The shape of Cuba's announcement of 2025, on people who do not exist."""
    freed_on = date(2025, 1, 20)
    ours = range(1, 231)
    common = range(1001, 1324)
    world = World(
        tuple(Spell.exact(person, date(2021, 7, 11), freed_on) for person in (*ours, *common)),
        tuple(Window(person, None, None) for person in ours),
    )
    claimed = [
        Release(person, freed_on, ReleaseType.CONDITIONAL_PAROLE, sentence_intact=True)
        for person in ours
    ] + [Release(person, freed_on, ReleaseType.UNCONDITIONAL) for person in common]
    summary = release_summary(claimed, world.census())
    assert (summary.claimed, summary.never_in_stock, summary.from_stock) == (553, 323, 230)
    assert (summary.freed, summary.sentence_intact, summary.otherwise) == (0, 230, 0)
    assert summary.by_type == {ReleaseType.CONDITIONAL_PAROLE: 230}
    assert summary.intact_by_type == summary.by_type
    assert (summary.standard, summary.known_at) == ("pace-1900", KNOWN)
    flows = flows_between(world.census(), FIRST, world.census(), LAST)
    assert (flows.before, flows.released, flows.after) == (230, 230, 0)


def test_freedom_is_told_apart_from_other_ways_out() -> None:
    kinds = list(ReleaseType)
    world = World(
        tuple(Spell.exact(number, date(2024, 1, 1)) for number in range(len(kinds))),
        tuple(Window(number, None, None) for number in range(len(kinds))),
    )
    claimed = [Release(number, LAST, kind) for number, kind in enumerate(kinds)]
    claimed.append(Release(0, LAST, ReleaseType.PARDON_AMNESTY, sentence_intact=True))
    claimed.append(Release(1, date(2024, 1, 1), ReleaseType.UNKNOWN))
    claimed.append(Release(77, LAST, ReleaseType.UNCONDITIONAL))
    summary = release_summary(claimed, world.census())
    assert (summary.claimed, summary.never_in_stock) == (14, 2)
    assert (summary.freed, summary.sentence_intact, summary.otherwise) == (4, 1, 7)
    assert summary.by_type[ReleaseType.PARDON_AMNESTY] == 2
    assert summary.intact_by_type == {ReleaseType.PARDON_AMNESTY: 1}
