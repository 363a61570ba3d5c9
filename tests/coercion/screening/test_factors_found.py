"""What a graph of ownership shows of an investor: each fact with the rows it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.coercion.screening.deals import FROM, port_deal
from undaunted.coercion.screening.readers import read_stakes
from undaunted.coercion.screening.rules import (
    AskedOwner,
    Filing,
    Investor,
    exposure_found,
    facts_found,
    owners_found,
    regime_on,
    scope_of,
)
from undaunted.coercion.screening.rules.casework import FactKind
from undaunted.engines.ownership import (
    Answer,
    Assets,
    Exposure,
    control,
    exposure,
    imputed,
    threshold_of,
    upstream,
    votes_graph,
)

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.engines.ownership import Stakes

__all__: list[str] = []

FILE = """owner,owned,share,kind,source,owner_kind
STATE:XR,Conglomerate,51%,,register of Ruritania,state
Marshal's Fund,Conglomerate,9%,,register of Ruritania,company
Conglomerate,Harbour Holdings,100%,,register of Zubrowka,company
STATE:XR,Harbour Holdings,,special,statute of the shell,state
State Bank,Harbour Holdings,30%,lender,loan register,company
Nominees,Harbour Holdings,,nominee,loan register,
STATE:XS,Ferries,10-60%,,register of Syldavia,state
"""
SHELL = "Harbour Holdings"


@pytest.fixture(scope="module")
def stakes(tmp_path_factory: pytest.TempPathFactory) -> Stakes:
    file: Path = tmp_path_factory.mktemp("stakes") / "register.csv"
    file.write_text(FILE, encoding="utf-8")
    return read_stakes(file).stakes.as_of(date(2026, 11, 26))


def _asked(stakes: Stakes, owner: str, military: str = "", state: str = "") -> AskedOwner:
    near = upstream(stakes, SHELL, (owner,))
    lowest, highest = (imputed(near, [owner], SHELL, may=may) for may in (False, True))
    found = control(votes_graph(near), [owner])
    return AskedOwner(owner, found, (lowest, highest), military, state)


def test_the_state_behind_the_shell_is_found_with_its_proof(stakes: Stakes) -> None:
    near = upstream(stakes, SHELL)
    facts = facts_found([_asked(stakes, "STATE:XR"), _asked(stakes, "Marshal's Fund")], near, SHELL)
    by_kind = {each.kind: each for each in facts}
    state = by_kind[FactKind.STATE]
    assert (state.party, state.answer) == ("STATE:XR", Answer.MUST)
    assert "51 % (register of Ruritania, row 2)" in state.proof[0]
    assert len(state.proof) == 2
    assert by_kind[FactKind.SPECIAL_RIGHTS]
    assert by_kind[FactKind.FUNDING].proof == (
        "State Bank lends to Harbour Holdings, 30 % (loan register, row 6).",
    )
    assert FactKind.MILITARY not in by_kind


def test_special_rights_count_whatever_their_share_and_nominees_only_may(stakes: Stakes) -> None:
    facts = facts_found([], upstream(stakes, SHELL), SHELL)
    told = {each.party: each.answer for each in facts if each.kind is FactKind.SPECIAL_RIGHTS}
    assert told == {"STATE:XR": Answer.MUST, "Nominees": Answer.MAY}
    (special,) = (each for each in facts if each.party == "STATE:XR")
    assert special.proof == (
        "STATE:XR holds a special right in Harbour Holdings (statute of the shell, row 5).",
    )


def test_armed_forces_are_found_where_a_source_names_them(stakes: Stakes) -> None:
    asked = _asked(stakes, "Conglomerate", military="list of defence suppliers, 2026")
    facts = facts_found([asked], upstream(stakes, SHELL), SHELL)
    (military,) = (each for each in facts if each.kind is FactKind.MILITARY)
    assert military.sources == ("list of defence suppliers, 2026",)
    assert military.proof
    assert not [each for each in facts if each.kind is FactKind.STATE]


def test_what_the_graph_says_goes_into_the_scope_test(stakes: Stakes) -> None:
    asked = [_asked(stakes, "STATE:XR"), _asked(stakes, "Marshal's Fund", state="XR")]
    owners = owners_found(asked, SHELL)
    state, fund = owners
    assert (state.state, state.is_state, state.controls) == ("XR", True, Answer.MUST)
    assert state.interest is not None
    assert state.interest.lowest == 510_000_000
    assert (fund.state, fund.is_state, fund.controls) == ("XR", False, Answer.NO)
    shell = Investor(SHELL, "XZ", owners, complete=True)
    found = scope_of(regime_on("EU", FROM), replace(port_deal(FROM), investor=shell))
    assert found.filing is Filing.MANDATORY


def test_an_owner_whose_kind_nobody_told_and_a_company_nobody_names_are_not_made_up(
    stakes: Stakes,
) -> None:
    nominees = AskedOwner("Nominees", control(votes_graph(stakes), ["Nominees"]))
    (owner,) = owners_found([nominees], "Nobody's company")
    assert (owner.is_state, owner.interest, owner.proof) == (None, None, ())
    assert owner.controls is Answer.NO
    syldavia = AskedOwner("STATE:XS", control(votes_graph(stakes), ["STATE:XS"]))
    (may,) = owners_found([syldavia], "Ferries")
    assert may.controls is Answer.MAY


def test_cumulative_exposure_tells_whom_the_deal_lifts_over_a_level(stakes: Stakes) -> None:
    graph = votes_graph(stakes)
    numbers = stakes.parties.numbers_of
    assets = Assets(
        np.concatenate([numbers(["Ferries"]), numbers([SHELL])]), np.array([60.0, 40.0])
    )
    states = {each: numbers([each]) for each in ("STATE:XR", "STATE:XS")}
    after = exposure(graph, assets, states)
    before = after | {"STATE:XR": Exposure(0.0, 0.0, 100.0)}
    first, second = exposure_found("transport", before, after, threshold_of(0.3, reached=True))
    assert (first.state, first.after, first.crosses) == ("STATE:XR", (0.4, 0.4), Answer.MUST)
    assert (second.state, second.after, second.crosses) == ("STATE:XS", (0.0, 0.6), Answer.NO)
    risen = {"STATE:XS": Exposure(0.0, 0.0, 100.0)}
    (maybe,) = exposure_found(
        "transport", risen, {"STATE:XS": after["STATE:XS"]}, threshold_of(0.5)
    )
    assert maybe.crosses is Answer.MAY
