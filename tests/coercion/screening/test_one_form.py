"""Identifiers of parties, stakes and assets meet in whichever form they were written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.coercion.screening.factories import AT, Scene, make_scene
from undaunted.coercion.screening.actions import (
    PartyPlan,
    import_assets,
    import_holdings,
    record_party,
    record_stake,
)
from undaunted.coercion.screening.analysis.case_exposure import case_exposure
from undaunted.coercion.screening.analysis.holdings import surest
from undaunted.coercion.screening.analysis.letter_owners import owners_named
from undaunted.coercion.screening.analysis.owners import Asked, analyse
from undaunted.coercion.screening.models import Party
from undaunted.coercion.screening.queries import (
    case_as_known,
    holdings_for,
    parties_known,
    party_names,
)
from undaunted.coercion.screening.rules import ScreeningRefused
from undaunted.coercion.screening.rules.casework import PartyRole
from undaunted.coercion.screening.rules.stakes import StakePlan
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("ledger")

SHELL, APART = "XZ-SH\u00c9LL", "XZ-SHE\u0301LL"
BERTH, BERTH_APART = "XF-B\u00c9RTH", "XF-BE\u0301RTH"
ASSETS = f"""reference,name,country,sector,capacity,unit,source,owner,share
{BERTH},Berths of Alder Bay,XF,ports,12,M TEU,Port office,XF-PORT,100 %
XF-NORTH,Northern berths,XF,ports,4,M TEU,Port office,XR-NORTH,100 %
""".encode()
OWNERS = f"""owner,owned,share,source,owner_kind
STATE:XR,XR-HOLDING,51 %,Gazette,state
STATE:XR,XR-NORTH,100 %,Gazette,state
XR-HOLDING,{SHELL},100 %,Company register,company
{SHELL},XF-PORT,20 %,Company register,company
""".encode()
AS_BEFORE = (
    ("UPDATE screening_party SET identifier = %s WHERE identifier = 'XZ-SHELL'", APART),
    ("UPDATE screening_holding SET owned = %s WHERE owner = 'XR-HOLDING'", APART),
    ("UPDATE screening_holding SET owner = %s WHERE owned = 'XR-HOLDING'", "state:xr"),
    ("UPDATE screening_asset SET reference = %s WHERE reference <> 'XF-NORTH'", BERTH_APART),
)
"""Rows as they were kept before identifiers were put into one form."""


@pytest.fixture
def scene(owner_sql: Callable[..., Any]) -> Scene:
    made = make_scene(owner_sql)
    with acting_as(made.own.documenter) as actor:
        import_assets(made.own.id, "assets.csv", ASSETS, actor=actor, at=timezone.now())
        import_holdings(made.own.id, "owners.csv", OWNERS, actor=actor, at=timezone.now())
        plan = StakePlan(SHELL, "XF-PORT", "The notification", "60 %", filed=True)
        record_stake(made.case, plan, actor=actor, at=AT)
    for words, form in AS_BEFORE:
        owner_sql(words, [form])
    return made


def test_the_assets_of_a_sector_are_told_whichever_forms_rows_have(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, timezone.now())
        told = {each.owner: each for each in case_exposure(actor, sheet)}
    assert list(told) == ["STATE:XR", SHELL]
    assert (told["STATE:XR"].before.must, told["STATE:XR"].after.must) == (4, 16)
    assert [each.name for each in told[SHELL].grips] == ["Berths of Alder Bay"]


def test_a_party_is_known_by_the_form_in_which_stakes_have_it(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        now = timezone.now()
        assert (scene.case.pk, SHELL) in parties_known(actor, scene.own.id)
        assert party_names(actor, scene.case, now)[SHELL] == "Morava Shell NV"
        secret = set(owners_named(actor, case_as_known(actor, scene.case, now)))
        assert not secret & {SHELL, APART}
        asked = Asked(AT.date(), owners=(APART,))
        found = analyse(actor, scene.case, asked, known_at=now).result["after"]
        assert [each["owner"] for each in found] == [SHELL]


def test_a_target_is_not_asked_as_its_own_owner(scene: Scene, owner_sql: Any) -> None:
    owner_sql("UPDATE screening_stake SET owned = %s, owner = 'XR-HOLDING'", [SHELL])
    owner_sql("UPDATE screening_party SET identifier = 'XR' WHERE identifier = %s", [APART])
    owner_sql("UPDATE screening_party SET identifier = %s WHERE role = 'target'", [APART])
    with acting_as(scene.own.documenter) as actor:
        told = analyse(actor, scene.case, Asked(AT.date()), known_at=timezone.now())
    assert (told.target, [each["owner"] for each in told.result["after"]]) == (
        SHELL, ["XR-HOLDING"]
    )  # fmt: skip


def test_a_party_is_kept_in_one_form_and_one_id_has_one_name(scene: Scene) -> None:
    def plan(name: str, identifier: str) -> PartyPlan:
        return PartyPlan(PartyRole.ACQUIRER, name, "the notification", identifier)

    with acting_as(scene.own.documenter) as actor:
        made = record_party(scene.case, plan("Ruritania", " state: xr "), actor=actor, at=AT)
        assert Party.objects.get(pk=made.pk).identifier == "STATE:XR"
        for identifier in ("State:XR", SHELL):
            with pytest.raises(ScreeningRefused, match="in this case; give another id, or that na"):
                record_party(scene.case, plan("Another", identifier), actor=actor, at=AT)


def test_two_sources_of_one_stake_are_not_added_up_for_its_form(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        again = f"owner,owned,share,source\nXR-HOLDING,{SHELL},90 %,Another register\n"
        import_holdings(scene.own.id, "again.csv", again.encode(), actor=actor, at=timezone.now())
        rows = [each for each in surest(holdings_for(actor)) if each.owner == "XR-HOLDING"]
    assert [each.source for each in rows] == ["Another register"]
