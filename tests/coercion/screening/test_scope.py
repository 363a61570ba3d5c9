"""Who is screened: each regime on its days, and what is missing where the answer is not clear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.coercion.screening.deals import BEFORE, FROM, deal, per_cent, port_deal, ruritania
from undaunted.coercion.screening.rules import (
    Filing,
    Held,
    InScope,
    Investor,
    Owner,
    RegimeUnknown,
    Span,
    Target,
    TransactionKind,
    jurisdictions_of,
    regime_named,
    regime_on,
    regimes,
    regimes_for,
    scope_of,
    words_for,
)
from undaunted.engines.ownership import Answer

__all__: list[str] = []

TODAY = date(2026, 11, 26)
ABROAD = Investor("Ruritanian Ports", "XR", (ruritania(),), complete=True)
KINDS = TransactionKind


def test_the_regime_of_the_union_changes_on_its_day() -> None:
    assert regime_on("EU", BEFORE).key == "eu-2019-452"
    assert regime_on("EU", FROM).key == "eu-2026-1386"
    assert [each.key for each in regimes_for("XF", BEFORE)] == ["eu-2019-452", "model"]
    assert [each.key for each in regimes_for("XZ", FROM)] == ["eu-2026-1386"]
    assert jurisdictions_of("XR") == ("XR",)
    assert regimes_for("XR", FROM) == ()


def test_a_day_or_place_without_a_regime_is_told_with_those_there_are() -> None:
    with pytest.raises(RegimeUnknown, match="eu-2019-452 from 2020-10-11"):
        regime_on("EU", date(2019, 1, 1))
    with pytest.raises(RegimeUnknown, match="there are those of AU, CA, EU, GB, US"):
        regime_on("XR", TODAY)
    with pytest.raises(RegimeUnknown, match="uk-nsia"):
        regime_named("nsia")


def test_the_port_bought_through_a_shell_is_caught_by_the_regulation_that_looks_through() -> None:
    before = scope_of(regime_on("EU", BEFORE), port_deal(BEFORE))
    assert (before.in_scope, before.filing_may) == (InScope.UNCLEAR, Filing.NATIONAL)
    assert before.missing == ("flags.genuine",)
    after = scope_of(regime_on("EU", FROM), port_deal(FROM))
    assert (after.in_scope, after.filing) == (InScope.YES, Filing.MANDATORY)
    assert [each.row.id for each in after.deciding] == ["minimum-scope", "other-sectors"]
    assert after.lists == ("eu-2026-minimum@1",)
    assert not after.verified


@pytest.mark.parametrize(
    ("flags", "outcome", "filing", "filing_may", "deciding", "missing"),
    [
        ({"newcomer": False}, InScope.NO, Filing.NONE, Filing.NONE, ["restructuring"], ()),
        ({"newcomer": True}, InScope.YES, Filing.MANDATORY, Filing.MANDATORY,
         ["minimum-scope", "other-sectors"], ()),
        ({}, InScope.UNCLEAR, Filing.NONE, Filing.MANDATORY,
         ["minimum-scope", "other-sectors", "restructuring"], ("flags.newcomer",)),
    ],
)  # fmt: skip
def test_a_restructuring_is_left_out_unless_an_entity_of_another_third_country_enters(  # noqa: PLR0913, PLR0917 - one answer
    flags: dict[str, bool],
    outcome: InScope,
    filing: Filing,
    filing_may: Filing,
    deciding: list[str],
    missing: tuple[str, ...],
) -> None:
    facts = replace(port_deal(FROM, {"participation": True} | flags), kind=KINDS.RESTRUCTURING)
    found = scope_of(regime_on("EU", FROM), facts)
    assert (found.in_scope, found.filing, found.filing_may) == (outcome, filing, filing_may)
    assert [each.row.id for each in found.deciding] == deciding
    assert found.missing == missing


def test_a_restructuring_in_a_group_of_the_union_is_left_out_whoever_enters() -> None:
    at_home = Owner("Zubrowka", "XZ", Answer.MUST, is_state=True)
    facts = deal(
        FROM,
        {"participation": True, "newcomer": True},
        kind=KINDS.RESTRUCTURING,
        investor=Investor("Harbour Holdings", "XZ", (at_home,), complete=True),
    )
    assert scope_of(regime_on("EU", FROM), facts).in_scope is InScope.NO


def test_an_empty_shell_is_circumvention_and_one_with_a_business_is_not() -> None:
    regime = regime_on("EU", BEFORE)
    empty = scope_of(regime, port_deal(BEFORE, {"genuine": False}))
    real = scope_of(regime, port_deal(BEFORE, {"genuine": True}))
    assert (empty.in_scope, empty.filing) == (InScope.YES, Filing.NATIONAL)
    assert (real.in_scope, real.filing) == (InScope.NO, Filing.NONE)


def test_freedonias_own_regime_asks_for_a_filing_on_both_days() -> None:
    for day in (BEFORE, FROM):
        found = scope_of(regime_on("XF", day), port_deal(day))
        assert (found.in_scope, found.filing) == (InScope.YES, Filing.MANDATORY)
        assert not found.verified, "our own proposal is read at no source"


def test_whether_an_entity_is_critical_is_asked_where_only_its_sector_is_known() -> None:
    regime = regime_on("EU", FROM)
    asked = scope_of(regime, deal(FROM))
    assert (asked.filing, asked.filing_may) == (Filing.NATIONAL, Filing.MANDATORY)
    assert asked.missing == ("target.sectors.critical_transport",)
    assert words_for(asked.missing[0]) == "whether the target is in the sector critical_transport"
    told = scope_of(regime, deal(FROM, ruled_out=frozenset({"critical_transport"})))
    assert (told.filing, told.filing_may) == (Filing.NATIONAL, Filing.NATIONAL)


@pytest.mark.parametrize(
    ("before", "after", "filing"),
    [
        (25, 26, Filing.MANDATORY),
        (20, 25, Filing.NONE),
        (26, 50, Filing.NONE),
        (50, 51, Filing.MANDATORY),
        (74, 75, Filing.MANDATORY),
        (75, 100, Filing.NONE),
    ],
)
def test_the_act_of_the_kingdom_counts_steps_as_section_8_has_them(
    before: int, after: int, filing: Filing
) -> None:
    held = [Held(per_cent(each), per_cent(each)) for each in (before, after)]
    facts = deal(
        TODAY,
        {"blocks": False, "influence": False},
        where="GB",
        before=held[0],
        after=held[1],
    )
    found = scope_of(regime_on("GB", TODAY), facts)
    assert found.filing is filing
    assert found.in_scope is (InScope.NO if filing is Filing.NONE else InScope.YES)


def test_a_list_that_was_announced_leaves_open_what_it_would_change() -> None:
    regime = regime_on("GB", TODAY)
    water = deal(TODAY, {"influence": False}, where="GB", sectors=frozenset({"water"}))
    open_now = scope_of(regime, water)
    assert (open_now.filing, open_now.filing_may) == (Filing.VOLUNTARY, Filing.MANDATORY)
    assert open_now.missing == ("sectors.uk-nsia",)
    assert "announced" in words_for("sectors.uk-nsia")
    earlier = date(2025, 6, 1)
    closed = scope_of(regime, deal(earlier, where="GB", sectors=frozenset({"water"})))
    assert (closed.filing, closed.filing_may) == (Filing.VOLUNTARY, Filing.VOLUNTARY)


def test_a_range_over_a_threshold_is_unclear_and_names_the_share() -> None:
    facts = deal(
        TODAY,
        {"blocks": False, "influence": False},
        where="GB",
        after=Held(Span(0, 0), per_cent(20, 30)),
    )
    found = scope_of(regime_on("GB", TODAY), facts)
    assert found.in_scope is InScope.UNCLEAR
    assert found.missing == ("after.votes",)


@pytest.mark.parametrize(
    ("votes", "interest", "filing"),
    [(25, 49, Filing.MANDATORY), (24, 49, Filing.VOLUNTARY), (25, 48, Filing.VOLUNTARY)],
)
def test_a_states_substantial_interest_is_declared_in_the_united_states(
    votes: int, interest: int, filing: Filing
) -> None:
    investor = Investor("Ports", "XR", (ruritania(interest=interest),), complete=True)
    facts = deal(
        TODAY,
        {"excepted": False, "board": True},
        where="US",
        investor=investor,
        sectors=frozenset({"covered_infrastructure"}),
        after=Held(per_cent(votes), per_cent(votes)),
    )
    assert scope_of(regime_on("US", TODAY), facts).filing is filing


def test_votes_of_people_and_of_the_own_state_are_no_foreign_states_interest() -> None:
    owners = (
        Owner("Somebody", "XR", Answer.MUST, is_state=False, interest=per_cent(60)),
        Owner("United States", "US", Answer.NO, is_state=True, interest=per_cent(50)),
    )
    facts = deal(
        TODAY,
        {"excepted": False, "board": True},
        where="US",
        investor=Investor("Ports", "XR", owners, complete=True),
        sectors=frozenset({"covered_infrastructure"}),
    )
    assert scope_of(regime_on("US", TODAY), facts).filing is Filing.VOLUNTARY


def test_a_small_passive_stake_leaves_control_alone_and_greenfield_buys_no_business() -> None:
    regime = regime_on("US", TODAY)
    small = Held(per_cent(10), per_cent(10))
    told = dict.fromkeys(("excepted", "board", "access", "involvement"), False)
    asked = deal(TODAY, told | {"passive": True}, where="US", investor=ABROAD, after=small)
    found = scope_of(regime, asked)
    assert (found.in_scope, found.filing) == (InScope.NO, Filing.NONE)
    assert [each.row.id for each in found.deciding] == ["passive"]
    founded = scope_of(regime, deal(TODAY, where="US", investor=ABROAD, kind=KINDS.GREENFIELD))
    assert founded.in_scope is InScope.NO


def test_a_licence_that_nobody_asked_about_is_named() -> None:
    facts = deal(
        TODAY,
        {"excepted": False, "board": True},
        where="US",
        investor=ABROAD,
        sectors=frozenset({"critical_technologies"}),
        after=Held(per_cent(5), per_cent(5)),
    )
    found = scope_of(regime_on("US", TODAY), facts)
    assert (found.filing, found.filing_may) == (Filing.VOLUNTARY, Filing.MANDATORY)
    assert found.missing == ("flags.licence",)
    assert words_for("flags.licence").startswith("whether the target's critical technology")


@pytest.mark.parametrize(
    ("where", "kind", "flags", "filing"),
    [
        ("CA", KINDS.ACQUISITION, {}, Filing.MANDATORY),
        ("CA", KINDS.ASSET, {}, Filing.VOLUNTARY),
        ("AU", KINDS.ACQUISITION, {}, Filing.MANDATORY),
        ("AU", KINDS.LAND, {"sensitive_land": True}, Filing.MANDATORY),
        ("AU", KINDS.LAND, {"sensitive_land": False}, Filing.VOLUNTARY),
        ("XF", KINDS.RESTRUCTURING, {}, Filing.NONE),
        ("XF", KINDS.LAND, {"listed": True}, Filing.MANDATORY),
    ],
)
def test_other_laws_ask_by_kind_of_transaction(
    where: str, kind: TransactionKind, flags: dict[str, bool], filing: Filing
) -> None:
    facts = deal(TODAY, flags, where=where, kind=kind, investor=ABROAD)
    assert scope_of(regime_on(where, TODAY), facts).filing is filing


@pytest.mark.parametrize(
    ("owner", "sectors", "filing"),
    [
        (Owner("A fund", "XR", Answer.NO, is_state=False, interest=per_cent(20)), "defence",
         Filing.MANDATORY),
        (Owner("A fund", "XR", Answer.NO, is_state=False, interest=per_cent(19)), "defence",
         Filing.NONE),
        (Owner("A fund", "AU", Answer.NO, is_state=False, interest=per_cent(40)), "defence",
         Filing.NONE),
        (ruritania(Answer.NO, 20), "media", Filing.MANDATORY),
        (ruritania(Answer.NO, 19), "media", Filing.NONE),
    ],
)  # fmt: skip
def test_a_fifth_makes_a_person_foreign_or_of_a_government_in_australia(
    owner: Owner, sectors: str, filing: Filing
) -> None:
    """No control is asked for: one foreigner's substantial interest in the investor is enough."""
    investor = Investor("Harbour Holdings", "AU", (owner,), complete=True)
    facts = deal(TODAY, where="AU", investor=investor, sectors=frozenset({sectors}))
    assert scope_of(regime_on("AU", TODAY), facts).filing is filing


def test_a_foreign_share_of_unknown_place_or_size_is_asked_for_in_australia() -> None:
    for owner, missing in (
        (Owner("A fund", "", Answer.NO, is_state=False, interest=per_cent(20)),
         "investor.owners.state"),
        (Owner("A fund", "XR", Answer.NO, is_state=False), "investor.owners.interest"),
    ):  # fmt: skip
        investor = Investor("Harbour Holdings", "AU", (owner,), complete=True)
        facts = deal(TODAY, where="AU", investor=investor, sectors=frozenset({"defence"}))
        found = scope_of(regime_on("AU", TODAY), facts)
        assert (found.filing, missing in found.missing) == (Filing.NONE, True)
        assert found.filing_may is Filing.MANDATORY


def test_nothing_known_is_unclear_everywhere_and_names_fields_that_have_words() -> None:
    nobody = Investor("Nobody knows")
    for regime in regimes():
        where = {"EU": "XZ", "": "XF"}.get(regime.jurisdiction, regime.jurisdiction)
        facts = deal(regime.valid_from, where=where, sectors=None, investor=nobody, after=Held())
        found = scope_of(regime, facts)
        assert found.in_scope is InScope.UNCLEAR, regime.key
        assert found.missing
        assert all(words_for(each) for each in found.missing)


def test_a_target_elsewhere_is_not_screened_and_one_of_unknown_place_is_asked_about() -> None:
    regime = regime_on("GB", TODAY)
    assert scope_of(regime, deal(TODAY)).in_scope is InScope.NO
    nowhere = replace(deal(TODAY), target=Target("Port"))
    lost = scope_of(regime, nowhere)
    assert "target.states" in lost.missing


@pytest.mark.parametrize(
    ("owner", "missing"),
    [
        (Owner("Somebody", "", Answer.MUST), "investor.owners.state"),
        (Owner("Ruritania", "XR", Answer.MAY, is_state=True), "investor.owners.controls"),
    ],
)
def test_an_owner_who_may_control_or_is_from_nowhere_leaves_it_open(
    owner: Owner, missing: str
) -> None:
    shell = Investor("Harbour Holdings", "XZ", (owner,), complete=True)
    found = scope_of(regime_on("EU", FROM), deal(FROM, investor=shell))
    assert found.in_scope is InScope.UNCLEAR
    assert missing in found.missing


def test_owners_at_home_and_owners_without_control_bring_nothing_in() -> None:
    owners = (
        Owner("Zubrowka", "XZ", Answer.MUST, is_state=True),
        Owner("Ruritania", "XR", Answer.NO, is_state=True),
    )
    shell = Investor("Harbour Holdings", "XZ", owners, complete=True)
    assert scope_of(regime_on("EU", FROM), deal(FROM, investor=shell)).in_scope is InScope.NO


def test_whether_an_owner_is_a_state_is_asked_where_that_would_decide() -> None:
    owner = Owner("Fund", "XR", Answer.MUST, is_state=None, interest=per_cent(60))
    facts = deal(
        TODAY, sectors=frozenset(), investor=Investor("Fund", "XR", (owner,), complete=True)
    )
    found = scope_of(regime_on("XF", TODAY), facts)
    assert (found.filing, found.filing_may) == (Filing.VOLUNTARY, Filing.MANDATORY)
    assert "investor.owners.is_state" in found.missing


def test_who_is_at_home_under_the_model_is_the_state_that_adopted_it() -> None:
    both = replace(deal(TODAY, investor=ABROAD), target=Target(
        "Port of Strelsau", frozenset({"XF", "XR"}), frozenset({"transport"})
    ))  # fmt: skip
    assert scope_of(regime_on("XF", TODAY), both).filing is Filing.MANDATORY
    elsewhere = deal(TODAY, where="XS", investor=ABROAD)
    assert scope_of(regime_named("model"), elsewhere).filing is Filing.MANDATORY


def test_every_row_has_a_source_and_every_clock_a_rule() -> None:
    from undaunted.core.clocks.rules import rules  # noqa: PLC0415 - only here

    held = {each.id for each in rules()}
    for regime in regimes():
        assert {each.clock for each in regime.phases} <= held, regime.key
        assert set(regime.ex_post) <= held, regime.key
        for source in regime.sources:
            assert source.law
            assert source.read_on <= date(2026, 11, 28)
