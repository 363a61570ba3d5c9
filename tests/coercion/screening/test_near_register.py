"""A change in a register is screened by what is near it, and told as by a whole look."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.coercion.screening.registers import bring_assets, bring_holdings
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.coercion.screening.actions import (
    import_holdings,
    record_asset,
    record_holding,
    screen_after,
    withdraw_holding,
)
from undaunted.coercion.screening.analysis.register import look_at
from undaunted.coercion.screening.analysis.watching import grips_of
from undaunted.coercion.screening.models import AssetEntry, Holding, Screening
from undaunted.coercion.screening.queries import grips_for, holdings_for, registers_due
from undaunted.coercion.screening.queries.spelled import Spellings
from undaunted.coercion.screening.rules import AssetRow, HoldingRow
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.engines.ownership import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.core.access.rules import Actor

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")
ELSEWHERE = 300
ONE, APART = "Soci\u00e9t\u00e9", "Socie\u0301te\u0301"


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    made = make_desk(owner_sql)
    lines = [f"FAR{n},FAR{n + 1},60 %,Gazette,company" for n in range(ELSEWHERE)]
    lines = ["STATE:XB,FAR0,60 %,Gazette,state", *lines]
    far = "\n".join(["owner,owned,share,source,owner_kind", *lines]).encode()
    bring_assets(made)
    bring_holdings(made)
    bring_far(made, far)
    return made


def bring_far(desk: Desk, content: bytes) -> None:
    with acting_as(desk.documenter) as actor:
        import_holdings(desk.organisation, "far.csv", content, actor=actor, at=timezone.now())


@pytest.fixture
def read() -> Iterator[list[type]]:
    """Every statement that is read from the database or made, as it is."""
    rows: list[type] = []

    def seen(sender: type, **_: object) -> None:
        rows.append(sender)

    for model in (Holding, AssetEntry):
        post_init.connect(seen, sender=model)
    yield rows
    for model in (Holding, AssetEntry):
        post_init.disconnect(seen, sender=model)


def stake(owner: str, owned: str, share: int, kind: str = "unknown") -> HoldingRow:
    units = WHOLE * share // 100
    return HoldingRow(owner, owned, "equity", units, units, owner_kind=kind, source="Visit")


def test_a_stake_by_hand_reads_what_hangs_together_with_it(desk: Desk, read: list[type]) -> None:
    with acting_as(desk.documenter) as actor:
        whole = Screening.objects.get(whole=True, holdings__gt=ELSEWHERE)
        del read[:]
        made = record_holding(
            desk.organisation, stake("STATE:XS", "GRIDCO", 90, "state"), actor=actor,
            at=timezone.now(),
        )  # fmt: skip
        assert read.count(Holding) < 12
        assert len(read) < 18
        near = Screening.objects.latest("recorded_at")
        assert (near.whole, near.assets, near.holdings, near.changed) == (False, 1, 3, 1)
        assert near.digest != whole.digest
        del read[:]
        withdraw_holding(made, "annulled", actor=actor, at=timezone.now())
        assert read.count(Holding) < 12
        assert told(actor) == whole_look(actor, desk)


def test_the_day_still_asks_for_the_whole_register(desk: Desk, owner_sql: Any) -> None:
    owner_sql("UPDATE screening_screening SET day = day - 1")
    with acting_as(desk.documenter) as actor:
        screen_after(desk.organisation, actor=actor, at=timezone.now())
    assert [each[0] for each in registers_due(PUBLIC)] == [desk.organisation]


def test_changes_are_told_as_a_look_at_the_whole_register_tells_them(desk: Desk) -> None:
    draw = Random(6)  # noqa: S311 - no secret
    parties = ["HOLDING", "SHELL", "OPERATOR", "GRIDCO", "BODY", "PORT", "GRID", "DAM"]
    with acting_as(desk.documenter) as actor:
        for turn in range(14):
            owner, owned = draw.sample(parties, 2)
            if turn % 3 == 0:
                owner = draw.choice(["STATE:XR", "STATE:XS", "BODY"])
            kind = "state" if owner in {"BODY", "STATE:XR", "STATE:XS"} else "unknown"
            if turn % 4 == 1:
                gone = draw.choice(list(holdings_for(actor).exclude(owned__startswith="FAR")))
                withdraw_holding(gone, "annulled", actor=actor, at=timezone.now())
            elif turn == 6:
                dam = AssetRow("DAM", "Dam", "XF", "hydro", source="Visit")
                record_asset(desk.organisation, dam, actor=actor, at=timezone.now())
            elif owner != owned:
                row = stake(owner, owned, draw.choice([20, 40, 51, 100]), kind)
                record_holding(desk.organisation, row, actor=actor, at=timezone.now())
            assert told(actor) == whole_look(actor, desk), turn


def test_a_party_that_is_called_a_state_elsewhere_alone_is_one_here(desk: Desk) -> None:
    with acting_as(desk.documenter) as actor:
        for row in (stake("BODY", "FAR7", 1, "state"), stake("BODY", "GRIDCO", 90)):
            record_holding(desk.organisation, row, actor=actor, at=timezone.now())
        assert ("BODY", "GRID") in told(actor)
        assert told(actor) == whole_look(actor, desk)


def test_rows_in_another_spelling_hang_together_with_a_change(
    desk: Desk, owner_sql: Callable[..., object]
) -> None:
    """As registers kept them before identifiers were put into one form."""
    owner_sql(
        "UPDATE screening_asset SET reference = %s WHERE reference = 'GRID'", [f"GRID {APART}"]
    )
    rows = [
        stake("state:xs", APART, 90), stake(ONE, f"{APART} 2", 60),
        stake("GRIDCO", f"GRID {ONE}", 100),
    ]  # fmt: skip
    with acting_as(desk.documenter) as actor:
        for row in rows:
            record_holding(desk.organisation, row, actor=actor, at=timezone.now())
            assert told(actor) == whole_look(actor, desk)
        joined = stake(f"{ONE} 2", "GRIDCO", 90)
        record_holding(desk.organisation, joined, actor=actor, at=timezone.now())
        assert ("STATE:XS", f"GRID {APART}") in told(actor)
        assert told(actor) == whole_look(actor, desk)


def test_other_spellings_are_found_without_reading_all_of_a_register(desk: Desk) -> None:
    with acting_as(desk.documenter):
        rows = Holding.objects.filter(holder=desk.organisation)
        with CaptureQueriesContext(connection) as asked:
            Spellings(rows, "owner", "owned")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            for column, each in zip(("owner", "owned"), asked.captured_queries[-2:], strict=True):
                cursor.execute(f"EXPLAIN {each['sql']}")
                plan = "\n".join(line for (line,) in cursor.fetchall())
                assert f"using holdings_spelled_{column}" in plan


def told(actor: Actor) -> dict[tuple[str, str], str]:
    """Give what the alerts say that every state must and may control."""
    return {(each.state, each.asset.reference): each.after for each in grips_for(actor)}


def whole_look(actor: Actor, desk: Desk) -> dict[tuple[str, str], str]:
    """Give the same from the whole register."""
    look = look_at(actor, desk.organisation, timezone.localdate())
    return {key: hold.grip.value for key, hold in grips_of(look).items()}
