"""The register of critical assets: imported, corrected, kept as known, watched over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.coercion.screening.registers import (
    ASSETS,
    HOLDINGS,
    bring_assets,
    bring_holdings,
)
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.coercion.screening.actions import (
    import_holdings,
    record_asset,
    record_holding,
    review_alert,
    screen_again,
    withdraw_asset,
    withdraw_holding,
)
from undaunted.coercion.screening.models import Alert, AssetEntry, Holding, Screening
from undaunted.coercion.screening.queries import (
    alerts_for,
    asset_entries_for,
    asset_for,
    asset_history,
    holdings_for,
    registers_due,
)
from undaunted.coercion.screening.readers import FileRefused
from undaunted.coercion.screening.rules import (
    AssetRow,
    AssetsRefused,
    Confidence,
    HoldingRow,
    ReviewOutcome,
)
from undaunted.coercion.screening.tasks import screen_registers
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.engines.ownership import HALF, WHOLE

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    return make_desk(owner_sql)


def told(desk: Desk) -> list[tuple[str, str, str, str]]:
    with acting_as(desk.reviewer) as actor:
        return sorted(
            (each.asset.reference, each.state, each.before, each.after)
            for each in alerts_for(actor)
        )


def test_ownership_that_changes_raises_alerts_with_their_proof(desk: Desk) -> None:
    bring_assets(desk)
    assert told(desk) == []
    bring_holdings(desk, "45-55 %")
    assert told(desk) == [("PORT", "STATE:XR", "none", "may")]
    before = timezone.now()
    bring_holdings(desk, "60 %")
    assert told(desk)[1:] == [("PORT", "STATE:XR", "none", "may")]
    assert told(desk)[0] == ("PORT", "STATE:XR", "may", "must")
    with acting_as(desk.reviewer) as actor:
        alert = alerts_for(actor).first()
        assert alert is not None
        assert len(alert.proof) == 4
        assert alert.proof[0].startswith("HOLDING is controlled: STATE:XR holds 51 %")
        assert [each["owned"] for each in alert.stakes] == ["HOLDING", "SHELL", "OPERATOR", "PORT"]
        assert alert.stakes[1]["lowest"] == WHOLE * 6 // 10
        assert alert.screening.changed == 1
        known = holdings_for(actor, known_at=before).get(owned="SHELL")
        now = holdings_for(actor).get(owned="SHELL")
    assert (known.lowest, now.lowest) == (WHOLE * 45 // 100, WHOLE * 6 // 10)
    bring_holdings(desk, "60 %")
    assert len(told(desk)) == 2


def test_same_file_twice_changes_nothing_and_a_whole_file_ends_what_it_no_longer_tells(
    desk: Desk,
) -> None:
    first = bring_assets(desk)
    assert (first.added, first.replaced, first.unchanged, first.rows) == (6, 0, 0, 3)
    again = bring_assets(desk)
    assert (again.added, again.replaced, again.unchanged) == (0, 0, 6)
    bring_holdings(desk)
    with acting_as(desk.documenter) as actor:
        made = record_holding(
            desk.organisation,
            HoldingRow("OTHER", "SHELL", "equity", 1, 1, source="Company register"),
            actor=actor, at=timezone.now(),
        )  # fmt: skip
    assert bring_holdings(desk).replaced == 0
    assert bring_holdings(desk, whole=True).replaced == 1
    with acting_as(desk.documenter) as actor:
        assert not holdings_for(actor).filter(pk=made.pk).exists()
        kept = Holding.objects.get(pk=made.pk)
        assert kept.replaced_why == "stakes.csv"
        with pytest.raises(Forbidden):
            withdraw_holding(kept, "x", actor=actor, at=timezone.now())


def test_a_whole_file_with_a_row_that_is_no_stake_ends_nothing(desk: Desk) -> None:
    bring_assets(desk)
    bring_holdings(desk)
    damaged = HOLDINGS.format(share="60 %").replace("SHELL,OPERATOR", "SHELL,").encode()
    with acting_as(desk.documenter) as actor:
        before = holdings_for(actor).count()
        with pytest.raises(FileRefused, match=r"stakes\.csv, row 4: .*company_missing"):
            import_holdings(
                desk.organisation, "stakes.csv", damaged, actor=actor, at=timezone.now(), whole=True
            )
        assert holdings_for(actor).count() == before
        made = import_holdings(
            desk.organisation, "stakes.csv", damaged, actor=actor, at=timezone.now()
        )
    assert any("company_missing" in each for each in made.findings)


def test_a_party_named_almost_as_the_register_names_it_is_told(desk: Desk) -> None:
    bring_assets(desk)
    with acting_as(desk.documenter) as actor:
        made = import_holdings(
            desk.organisation, "more.csv", b"owner,owned,share\nSTATE:XB,port,0.6\n",
            actor=actor, at=timezone.now(),
        )  # fmt: skip
        again = import_holdings(
            desk.organisation, "more.csv", b"owner,owned,share\nSTATE:XB,PORT,0.6\n",
            actor=actor, at=timezone.now(),
        )  # fmt: skip
    (said,) = made.findings
    assert "row 2" in said
    assert "'port', 'PORT' of the register" in said
    assert "identifiers_alike" in said
    assert not again.findings


def test_surer_source_counts_where_sources_differ(desk: Desk) -> None:
    bring_assets(desk)
    bring_holdings(desk, "45-55 %")
    row = HoldingRow(
        "HOLDING", "SHELL", "equity", HALF + 1, HALF + 1, source="Court file",
        confidence=Confidence.A,
    )  # fmt: skip
    with acting_as(desk.documenter) as actor:
        made = record_holding(desk.organisation, row, actor=actor, at=timezone.now())
    assert told(desk)[0] == ("PORT", "STATE:XR", "may", "must")
    with acting_as(desk.documenter) as actor:
        withdraw_holding(made, "annulled", actor=actor, at=timezone.now())
    assert ("PORT", "STATE:XR", "must", "may") in told(desk)


def test_a_stake_that_begins_later_alerts_on_its_day(desk: Desk) -> None:
    bring_assets(desk)
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    row = HoldingRow(
        "STATE:XS", "GRIDCO", "equity", WHOLE, WHOLE, owner_kind="state", valid_from=tomorrow,
        source="Gazette",
    )  # fmt: skip
    with acting_as(desk.documenter) as actor:
        record_holding(desk.organisation, row, actor=actor, at=timezone.now())
        assert alerts_for(actor).count() == 0
        screen_again(desk.organisation, actor=actor, at=timezone.now(), day=tomorrow)
    assert told(desk) == [("GRID", "STATE:XS", "none", "must")]


def test_assets_are_corrected_and_withdrawn_and_stay_as_they_were_known(desk: Desk) -> None:
    bring_assets(desk)
    before = timezone.now()
    row = AssetRow("PORT", "Port of Fredville and Nixon", "XF", "ports", source="Visit")
    with acting_as(desk.documenter) as actor:
        made = record_asset(desk.organisation, row, actor=actor, at=timezone.now())
        asset = asset_for(actor, made.asset_id)
        assert asset is not None
        assert [each.name for each in asset_history(actor, asset)] == [
            "Port of Fredville and Nixon",
            "Port of Fredville",
        ]
        withdraw_asset(asset, "closed", actor=actor, at=timezone.now())
        names = set(asset_entries_for(actor).values_list("asset__reference", flat=True))
        assert names == {"GRID", "MINE"}
        then = asset_entries_for(actor, known_at=before).get(asset=asset)
        assert then.name == "Port of Fredville"
        with pytest.raises(Forbidden):
            withdraw_asset(asset, "closed", actor=actor, at=timezone.now())
        fresh = AssetRow("DAM", "Dam", "XF", "hydro", source="Visit")
        record_asset(desk.organisation, fresh, actor=actor, at=timezone.now())
        for wrong in (AssetRow("DAM", "Dam", "XF", "hydro"),):
            with pytest.raises(AssetsRefused, match="source: is empty"):
                record_asset(desk.organisation, wrong, actor=actor, at=timezone.now())


def test_alerts_are_reviewed_with_a_reason(desk: Desk, owner_sql: Any) -> None:
    bring_assets(desk)
    bring_holdings(desk)
    with acting_as(desk.reviewer) as actor:
        alert = alerts_for(actor, waiting=True).get()
        with pytest.raises(AssetsRefused, match="reason: is empty"):
            review_alert(alert, ReviewOutcome.WATCH, " ", actor=actor, at=timezone.now())
        review_alert(alert, ReviewOutcome.CASE, "51 % parent", actor=actor, at=timezone.now())
        assert not alerts_for(actor, waiting=True).exists()
        assert alerts_for(actor).get().reviews.get().reason == "51 % parent"
    verbs = {row[0] for row in owner_sql("SELECT verb FROM audit_entry")}
    assert {"register.imported", "register.screened", "alert.reviewed"} <= verbs


def test_bad_rows_are_named_and_the_others_taken(desk: Desk) -> None:
    content = ASSETS + (
        b"A,,XF,ports,1,x,,,,\nB,B,Atlantis,ports,1,x,,,,\nC,C,XF,ports,-1,x,,,,\n"
        b"D,D,XF,ports,1,,,,,\nE,E,XF,ports,1,x,,Z,,\nF,F,XF,ports,x,x,,,,\n"
        b"G,G,XF,ports,1,x,,,OWNER,170 %\nPORT,Other,XF,ports,1,x,,,,\n"
    )
    made = bring_assets(desk, content)
    said = "\n".join(made.findings)
    for part in (
        "row 5, name: is empty; fill it in",
        'row 6, country "Atlantis": names no country',
        'row 7, capacity "-1": is no number from 0 to 1e15',
        "row 8, unit: is empty beside a capacity",
        'row 9, confidence "Z": is no level',
        'row 10, capacity "x": is no number',
        'row 11, share "170 %": lies outside 0 to 100 %',
        'row 12, reference "PORT": says something else',
    ):
        assert part in said
    assert made.added == 7


def test_days_task_screens_every_register_once(desk: Desk, owner_sql: Any) -> None:
    bring_assets(desk)
    assert registers_due(PUBLIC) == []
    owner_sql("UPDATE screening_screening SET day = day - 1")
    assert [each[0] for each in registers_due(PUBLIC)] == [desk.organisation]
    assert screen_registers(0) == 1
    assert screen_registers(0) == 0


def test_strangers_see_and_change_nothing(desk: Desk) -> None:
    bring_assets(desk)
    bring_holdings(desk)
    with acting_as(desk.stranger) as actor:
        for model in (AssetEntry, Holding, Alert, Screening):
            assert model.objects.count() == 0
        with pytest.raises(Forbidden):
            screen_again(desk.organisation, actor=actor, at=timezone.now())


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE screening_holding SET lowest = 0", "never changed"),
        ("UPDATE screening_holding SET replaced_at = now() - interval '2 hours'", "never changed"),
        (
            (
                "UPDATE screening_holding SET replaced_at = statement_timestamp(), "
                "replaced_by = gen_random_uuid()"
            ),
            "never changed",
        ),
        ("UPDATE screening_alert SET after = 'none'", "permission denied"),
        ("DELETE FROM screening_alert", "permission denied"),
        (
            (
                "INSERT INTO screening_asset (id, holder, sharing, reference, recorded_at, "
                "recorded_by) SELECT gen_random_uuid(), holder, sharing, 'X', recorded_at, "
                "gen_random_uuid() FROM screening_asset"
            ),
            "one's own name",
        ),
        (
            (
                "INSERT INTO screening_asset (id, holder, sharing, reference, recorded_at, "
                "recorded_by) SELECT gen_random_uuid(), holder, sharing, 'X', recorded_at - "
                "interval '1 day', recorded_by FROM screening_asset"
            ),
            "one's own name",
        ),
    ],
)
def test_database_keeps_what_was_known(desk: Desk, statement: str, said: str) -> None:
    bring_assets(desk)
    bring_holdings(desk)
    with (
        acting_as(desk.documenter),
        pytest.raises(DatabaseError, match=said),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
